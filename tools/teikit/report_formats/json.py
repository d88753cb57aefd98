"""Findings for programs: `{"format": 1, "findings": [...]}`. Fields are added, never renamed."""

import json
import re
from collections.abc import Iterable

from teikit.report import Finding, Report
from teikit.rules import code_of

_CONTROL = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|#(?=#\w*\[)")


def render_json(report: Report, files: int) -> str:
    """Return the report as JSON; FILES is how many were checked."""
    head = {"format": 1, "files": files, "allowed": report.allowed}
    return with_list(head, "findings", map(finding_fields, report.findings))


def with_list(head: dict[str, object], name: str, members: Iterable[object]) -> str:
    """Return HEAD as JSON with NAME added: a list with each of its members on one line.

    Indented to the last, a long report takes many times as long to make.
    """
    lines = _quiet(",\n".join(json.dumps(member, ensure_ascii=False) for member in members))
    begin = _quiet(json.dumps(head, ensure_ascii=False)).removesuffix("}")
    return f"{begin}, {json.dumps(name)}: [\n{lines}\n]}}\n"


def _quiet(text: str) -> str:
    """Return JSON that says nothing to a terminal, nor ##vso[ to the host of a check."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


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
        "also": list(finding.also),
    }
