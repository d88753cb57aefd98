"""What a run came to, in words: a line with the counts, and which rules were met most often."""

from collections import Counter

from teikit.report import SEVERITIES, Report
from teikit.wording import counted

_LONG = 20  # findings from which on the rules are counted
_RULES = 8  # how many of them are named


def summary_line(report: Report, files: int) -> str:
    """Return how many files were checked and how much was found, as one line."""
    allowed = f" ({report.allowed} allowed)" if report.allowed else ""
    return f"{counted(files, 'file')} checked: {severities(report)}{allowed}."


def severities(report: Report) -> str:
    """Return how many findings there are of each severity: "2 errors, 1 warning"."""
    counts = [
        counted(count, severity) for severity in SEVERITIES if (count := report.count(severity))
    ]
    return ", ".join(counts) or "nothing wrong"


def frequent_rules(report: Report) -> tuple[list[tuple[str, int]], int]:
    """Return the rules met most often, with how often, and how many more rules there are.

    Nothing where the report is short enough to be counted by eye, or speaks of one rule only.
    """
    counts = Counter(finding.rule for finding in report.findings)
    if len(report.findings) < _LONG or len(counts) < 2:
        return [], 0
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return ordered[:_RULES], len(ordered[_RULES:])
