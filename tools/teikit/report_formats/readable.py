"""Findings for a person at a terminal: one a line, as editors know them, hints below."""

from teikit.report import Report


def render_readable(report: Report, files: int) -> str:
    """Return the report as text; FILES is how many were checked."""
    lines = []
    for finding in report.findings:
        lines.append(str(finding))
        if finding.hint:
            lines.append(f"    {finding.hint}")
    lines.append(_summary(report, files))
    return "\n".join(lines) + "\n"


def _summary(report: Report, files: int) -> str:
    checked = f"{files} file{'s' * (files != 1)} checked"
    counts = [
        f"{count} {severity}{'s' * (count != 1)}"
        for severity in ("error", "warning")
        if (count := report.count(severity))
    ]
    return f"{checked}: {', '.join(counts) or 'nothing wrong'}."
