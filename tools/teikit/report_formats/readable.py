"""Findings for a person at a terminal: by file, each as editors know it, what helps below it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from teikit.report import Finding, Group, Report
from teikit.report_formats.caret import caret_lines
from teikit.report_formats.summary import frequent_rules, severities, summary_line
from teikit.rules import code_of
from teikit.visible import no_command, visible

_INDENT = "    "
_AGAIN = 3  # times that a finding is told in full
_STYLES = {  # Select Graphic Rendition, as terminals know it
    "error": "31;1",
    "warning": "33;1",
    "info": "36;1",
    "file": "1",
    "caret": "32;1",
    "aside": "2",
}
_LABELS = {
    "required": "needed here",
    "usual": "usual here",
    "values": "possible values",
}


def render_readable(report: Report, files: int, *, colour: bool = False) -> str:
    """Return the report as text; FILES is how many were checked."""
    return "".join(f"{no_command(line)}\n" for line in _Readable(report, files, colour).lines())


def render_findings(findings: Sequence[Finding], *, colour: bool = False) -> str:
    """Return findings on one file as text, without a line that sums them up."""
    lines = _Readable(Report(tuple(findings)), 1, colour).of_file(findings)
    return "".join(f"{no_command(line)}\n" for line in lines)


class _Readable:
    """One report on its way to text."""

    def __init__(self, report: Report, files: int, colour: bool):
        self.report, self.files, self.colour = report, files, colour

    def lines(self) -> Iterator[str]:
        by_file = [
            (path, tuple(findings))
            for path, findings in groupby(self.report.findings, lambda one: one.place.path)
        ]
        for path, findings in by_file:
            if len(by_file) > 1:
                counts = severities(Report(findings))
                yield self.style(f"{visible(path)} ({counts})", "file")
            yield from self.of_file(findings)
            if len(by_file) > 1:
                yield ""
        yield from self.rules()
        worst = next((one for one in ("error", "warning") if self.report.count(one)), "file")
        yield self.style(summary_line(self.report, self.files), worst)

    def of_file(self, findings: Sequence[Finding]) -> Iterator[str]:
        """Yield the findings; what comes again and again is told once, with all its lines."""
        alike: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            alike.setdefault((finding.rule, finding.message), []).append(finding)
        for finding in findings:
            same = alike[finding.rule, finding.message]
            if len(same) <= _AGAIN:
                yield from self.finding(finding)
            elif same[0] is finding:
                yield from self.finding(finding)
                lines = ", ".join(str(one.place.line) for one in same[1:])
                yield f"{_INDENT}The same {len(same) - 1} more times, in lines {lines}."

    def finding(self, finding: Finding) -> Iterator[str]:
        rule = " ".join(filter(None, (code_of(finding.rule), visible(finding.rule))))
        yield (
            f"{self.style(visible(str(finding.place)), 'file')}: "
            f"{self.style(finding.severity, finding.severity)}: "
            f"{visible(finding.message)} {self.style(f'[{rule}]', 'aside')}"
        )
        if finding.path:
            yield _INDENT + self.style(visible(finding.path), "aside")
        source, caret = caret_lines(finding)
        if source:
            yield _INDENT + source
            yield _INDENT + self.style(caret, "caret")
        for text in (finding.hint, *map(_group_line, finding.groups), finding.gloss):
            if text:
                yield _INDENT + visible(text)

    def rules(self) -> Iterator[str]:
        frequent, more = frequent_rules(self.report)
        if not frequent:
            return
        yield "Most often (teikit explain says what a rule means):"
        width = len(str(frequent[0][1]))
        for name, count in frequent:
            yield f"{_INDENT}{count:>{width}}  {code_of(name)} {visible(name)}"
        if more:
            yield f"{_INDENT}{'':{width}}  and {more} more rule{'s' * (more != 1)}"

    def style(self, text: str, name: str) -> str:
        return f"\033[{_STYLES[name]}m{text}\033[0m" if self.colour else text


def _group_line(group: Group) -> str:
    """Return what may stand here, of one kind; empty for what the hint says already."""
    if group.label == "near" or not group.names:
        return ""
    more = f" and {group.more} more" if group.more else ""
    return f"{_LABELS.get(group.label, group.label)}: {', '.join(group.names)}{more}"
