"""Findings as SARIF 2.1.0, the form in which code hosts and editors take the results of checks."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import quote

from teikit import __version__
from teikit.report import Finding, Report
from teikit.report_formats.json import with_list
from teikit.rules import find_rule

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0"
_LEVELS = {"error": "error", "warning": "warning", "info": "note", "off": "none"}


def render_sarif(report: Report, files: int) -> str:
    """Return the report as SARIF; FILES, how many were checked, is a property of the run."""
    ids = sorted({_rule_id(finding.rule) for finding in report.findings})
    index = {one: number for number, one in enumerate(ids)}
    counts: Counter[str] = Counter()
    driver = {
        "name": "teikit",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": _descriptors(ids, report.findings),
    }
    run = with_list(
        {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "properties": {"files": files, "allowed": report.allowed},
        },
        "results",
        (_result(finding, index, counts) for finding in report.findings),
    )
    schema = f"{_SARIF}/errata01/os/schemas/sarif-schema-2.1.0.json"
    return f'{{"$schema": "{schema}", "version": "2.1.0", "runs": [\n{run}]}}\n'


def _rule_id(name: str) -> str:
    """Return the code of a rule, or its name where it has none."""
    rule = find_rule(name)
    return rule.code if rule else name


def _descriptors(ids: Iterable[str], findings: Iterable[Finding]) -> list[dict]:
    names = {_rule_id(finding.rule): finding.rule for finding in findings}
    return [_descriptor(one, names[one]) for one in ids]


def _descriptor(identifier: str, name: str) -> dict:
    rule = find_rule(name)
    if rule is None:
        return {"id": identifier, "name": name}
    text = _paragraphs(rule.text)
    return {
        "id": identifier,
        "name": rule.name,
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": text.partition("\n\n")[0]},
        "help": {"text": text},
        "defaultConfiguration": {
            "enabled": rule.severity != "off",
            "level": _LEVELS[rule.severity],
        },
    }


def _paragraphs(text: str) -> str:
    """Return the text with each paragraph on one line."""
    return "\n\n".join(" ".join(one.split()) for one in text.split("\n\n") if one.strip())


def _result(finding: Finding, index: dict[str, int], counts: Counter[str]) -> dict:
    identifier = _rule_id(finding.rule)
    physical = {"artifactLocation": {"uri": _uri(finding.place.path)}, **_region(finding)}
    location: dict = {"physicalLocation": physical}
    if finding.path:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.path, "kind": "element"}]
    return {
        "ruleId": identifier,
        "ruleIndex": index[identifier],
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(filter(None, (finding.message, finding.hint)))},
        "locations": [location],
        "partialFingerprints": {"teikit/v1": _fingerprint(finding, counts)},
        "properties": {"rule": finding.rule},
    }


def _region(finding: Finding) -> dict:
    """Return where in the file it is; nothing for the file as a whole."""
    place = finding.place
    if not place.line:
        return {}
    region = {"startLine": place.line, "startColumn": max(place.column, 1)}
    if place.end_line and (place.end_line, place.end_column) >= (place.line, place.column):
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    return {"region": region}


def _uri(path: str) -> str:
    """Return the path as a URI: relative, or file: where it is absolute."""
    quoted = quote(path.encode("utf-8", "surrogateescape"), safe="/-._~")
    if PurePosixPath(path).is_absolute():
        return f"file://{quoted}"
    if path[1:3] == ":/":  # C:/...
        return f"file:///{path[:2]}{quoted[4:]}"
    return quoted


def _fingerprint(finding: Finding, counts: Counter[str]) -> str:
    """Return what stays the same where the finding only moves to another line."""
    parts = (finding.place.path, finding.rule, finding.message)
    same = hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
    counts[same] += 1
    return f"{same}:{counts[same]}"
