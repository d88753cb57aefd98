"""What every finding is given at the end: the way to its element, and the line it is on."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from teikit.document import Document
from teikit.location import Locator
from teikit.report import Finding


def complete_findings(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings of one document with `path`, `source` and `source_column` filled in."""
    locator = Locator(document)
    for finding in findings:
        yield complete(document, finding, locator)


def complete(document: Document, finding: Finding, locator: Locator | None = None) -> Finding:
    """Return the finding with what can be said of its place; what it has already stays.

    For many findings, `complete_findings` counts siblings only once.
    """
    if finding.place.path != document.path:
        return finding
    locator = locator or Locator(document)
    path = finding.path or (locator.path(finding.ordinal) if finding.ordinal >= 0 else "")
    if finding.source:
        return replace(finding, path=path)
    source, column = locator.source(finding.place)
    return replace(finding, path=path, source=source, source_column=column)
