"""Which findings a draft shows with a text."""

from teikit.edition.records import TextRecord
from teikit.report import Finding, Report


def findings_of(report: Report, text: TextRecord) -> tuple[Finding, ...]:
    """Return the findings in the file of a text and in the files that it includes, in order.

    The number of a finding in this order is that of its mark in the text.
    """
    files = {text.path, *text.includes}
    return tuple(one for one in report.findings if one.place.path in files)
