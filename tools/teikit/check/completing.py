"""What every finding is given at the end: the way to its element, and the line it is on."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from teikit.check.records import Completed
from teikit.decoding import decode
from teikit.document import Document, read_document
from teikit.location import Locator, cut_around
from teikit.report import Finding, cut_finding
from teikit.source import Source
from teikit.unreadable import UnreadableDocument


def complete_findings(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings of one document with `path`, `source` and `source_column` filled in."""
    locator = Locator(document)
    for finding in findings:
        yield complete(document, cut_finding(finding), locator)


def complete(document: Document, finding: Finding, locator: Locator | None = None) -> Finding:
    """Return the finding with what can be said of its place; what it has already stays.

    For many findings, `complete_findings` counts siblings only once. A finding in a file that the
    document does not consist of is left as it is.
    """
    if all(finding.place.path != source.path for source in document.sources):
        return finding
    locator = locator or Locator(document)
    path = finding.path or (locator.path(finding.ordinal) if finding.ordinal >= 0 else "")
    if finding.source:
        return replace(finding, path=path)
    line, column = locator.source(finding.place)
    return replace(finding, path=path, source=line, source_column=column)


def complete_unreadable(data: bytes, finding: Finding) -> Finding:
    """Return the finding that says why DATA cannot be read, with the line where it stopped."""
    try:
        text, _ = decode(data, finding.place.path)
    except UnreadableDocument:
        text = data.decode("utf-8", "replace")
    source = Source(finding.place.path, text.removeprefix("\ufeff").encode("utf-8"))
    if "\0" in text or not 0 < finding.place.line <= len(source.lines):
        return finding  # it is no text, or concerns the file as a whole
    line, column = cut_around(source.line(finding.place.line), finding.place.column)
    return replace(finding, source=line, source_column=column)


def complete_job(data: bytes, path: str, findings: tuple[Finding, ...]) -> Completed:
    """Return findings on the file called PATH that were made without its tree, complete."""
    try:
        document = read_document(data, path)
    except UnreadableDocument:  # it was changed since
        return Completed(findings)
    # of what was found in a whole that includes this file, the ordinal is that in the whole
    known = tuple(
        one if document.is_at(one.ordinal, one.place) else replace(one, ordinal=-1)
        for one in findings
    )
    return Completed(tuple(complete_findings(document, known)))
