"""Findings for programs: `{"format": 1, "findings": [...]}`. Fields are added, never renamed."""

import json

from teikit.report import Finding, Report
from teikit.rules import code_of


def render_json(report: Report, files: int) -> str:
    """Return the report as JSON; FILES is how many were checked."""
    value = {
        "format": 1,
        "files": files,
        "allowed": report.allowed,
        "findings": [finding_fields(finding) for finding in report.findings],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def finding_fields(finding: Finding) -> dict[str, object]:
    """Return the fields of one finding; line 0 means the file as a whole."""
    place = finding.place
    return {
        "file": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "severity": finding.severity,
        "rule": finding.rule,
        "message": finding.message,
        "hint": finding.hint,
        "expected": list(finding.expected),
        "code": code_of(finding.rule),
        "path": finding.path,
        "gloss": finding.gloss,
        "groups": [
            {"label": group.label, "names": list(group.names), "more": group.more}
            for group in finding.groups
        ],
        "source": finding.source,
        "source_column": finding.source_column,
    }
