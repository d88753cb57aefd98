"""Findings as workflow commands of GitHub Actions, which shows each beside its line."""

from teikit.report import Finding, Report
from teikit.report_formats.summary import summary_line
from teikit.rules import code_of
from teikit.visible import no_hashes, visible

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render_github(report: Report, files: int) -> str:
    """Return one workflow command for each finding, and the summary; FILES were checked."""
    lines = [_command(finding) for finding in report.findings]
    return "\n".join([*lines, summary_line(report, files)]) + "\n"


def _command(finding: Finding) -> str:
    place = finding.place
    properties = {"file": place.path}
    if place.line:
        properties |= {"line": place.line, "endLine": place.end_line, "col": place.column}
        if place.end_line == place.line and place.end_column > place.column:
            properties["endColumn"] = place.end_column
    properties["title"] = f"{code_of(finding.rule)} {finding.rule}".strip()
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = "\n".join(visible(part) for part in (finding.message, finding.hint) if part)
    return no_hashes(f"::{_COMMANDS[finding.severity]} {said}::{_data(message)}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(visible(str(value))).replace(":", "%3A").replace(",", "%2C")
