"""What every finding is given at the end: the way to its element, and the line it is on."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from teikit.check.records import Completed
from teikit.decoding import decode
from teikit.document import Document, read_document
from teikit.location import Locator, cut_around
from teikit.place import line_starts
from teikit.report import Finding
from teikit.unreadable import UnreadableDocument


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


def complete_unreadable(data: bytes, finding: Finding) -> Finding:
    """Return the finding that says why DATA cannot be read, with the line where it stopped."""
    try:
        text, _ = decode(data, finding.place.path)
    except UnreadableDocument:
        text = data.decode("utf-8", "replace")
    utf8 = text.removeprefix("\ufeff").encode("utf-8")
    lines, number = line_starts(utf8), finding.place.line
    if "\0" in text or not 0 < number <= len(lines):
        return finding  # it is no text, or concerns the file as a whole
    end = lines[number] if number < len(lines) else len(utf8)
    line = utf8[lines[number - 1] : end].decode("utf-8").rstrip("\r\n")
    source, column = cut_around(line, finding.place.column)
    return replace(finding, source=source, source_column=column)


def complete_job(data: bytes, path: str, findings: tuple[Finding, ...]) -> Completed:
    """Return findings on the file called PATH that were made without its tree, complete."""
    try:
        return Completed(tuple(complete_findings(read_document(data, path), findings)))
    except UnreadableDocument:  # it was changed since
        return Completed(findings)
