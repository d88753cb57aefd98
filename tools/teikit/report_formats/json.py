"""Findings for programs: `{"format": 1, "findings": [...]}`. Fields are added, never renamed."""

import json
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from teikit.report import Finding, Report
from teikit.rules import code_of

_NOTHING: Mapping[str, object] = MappingProxyType({})
_CONTROL = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|#(?=#\w*\[)")


def render_json(
    report: Report,
    files: int,
    more: Mapping[str, object] = _NOTHING,
    lists: Mapping[str, Iterable[object]] = _NOTHING,
) -> str:
    """Return the report as JSON; FILES is how many were checked.

    MORE fields stand at its head, and other LISTS after that of the findings.
    """
    head = {"format": 1, "files": files, "allowed": report.allowed, **more}
    return with_lists(head, {"findings": map(finding_fields, report.findings), **lists})


def with_list(head: dict[str, object], name: str, members: Iterable[object]) -> str:
    """Return HEAD as JSON with NAME added: a list with each of its members on one line."""
    return with_lists(head, {name: members})


def with_lists(head: dict[str, object], lists: Mapping[str, Iterable[object]]) -> str:
    """Return HEAD as JSON with lists added, each of their members on one line.

    Indented to the last, a long report takes many times as long to make.
    """
    parts = [_quiet(json.dumps(head, ensure_ascii=False)).removesuffix("}")]
    for name, members in lists.items():
        lines = _quiet(",\n".join(json.dumps(member, ensure_ascii=False) for member in members))
        parts.append(f"{json.dumps(name)}: [\n{lines}\n]")
    return ", ".join(parts) + "}\n"


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
