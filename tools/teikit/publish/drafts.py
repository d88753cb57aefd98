"""Which findings a draft shows with a text."""

from teikit.edition.records import TextRecord
from teikit.report import Finding, Report


def findings_of(report: Report, text: TextRecord) -> tuple[Finding, ...]:
    """Return the findings in the file of a text and in the files that it includes, in order.

    The number of a finding in this order is that of its mark in the text.
    """
    found = [pair for path in {text.path, *text.includes} for pair in report.by_path.get(path, ())]
    return tuple(finding for _, finding in sorted(found, key=lambda pair: pair[0]))
