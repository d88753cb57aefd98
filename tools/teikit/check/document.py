"""All that can be said about one document: the job `check`."""

from collections.abc import Iterator

from teikit.check.dates import check_dates
from teikit.check.ids import check_ids
from teikit.check.pointers import check_is_tei, find_pointers
from teikit.check.records import Checked, CheckSettings, Ids
from teikit.check.registers import find_entities
from teikit.check.witness import check_witness
from teikit.document import Document, read_document
from teikit.report import Finding
from teikit.schema.relaxng.check import check_relaxng
from teikit.schema.schematron import check_schematron_file
from teikit.unreadable import UnreadableDocument


def check_job(data: bytes, path: str, settings: CheckSettings) -> Checked:
    """Return what is found in DATA, the bytes of the file called PATH."""
    try:
        document = read_document(data, path)
    except UnreadableDocument as problem:
        return Checked(path, False, (unreadable_finding(problem),))
    pointers, wrong = find_pointers(document)
    findings = (*_check(document, settings), *wrong)
    return Checked(path, True, findings, tuple(document.ids), pointers, find_entities(document))


def ids_job(data: bytes, path: str) -> Ids:
    """Return the ids in DATA; none where it is no XML."""
    try:
        return Ids(tuple(read_document(data, path).ids))
    except UnreadableDocument:
        return Ids(())


def unreadable_finding(problem: UnreadableDocument) -> Finding:
    """Return the finding that says why a file cannot be read."""
    return Finding(problem.place, problem.rule, problem.reason, hint=problem.hint)


def _check(document: Document, settings: CheckSettings) -> Iterator[Finding]:
    not_tei = tuple(check_is_tei(document))
    yield from not_tei
    yield from check_ids(document)
    if not_tei:
        return  # a schema for TEI would only say the same, at length
    if settings.relaxng:
        yield from check_relaxng(document, settings.relaxng)
    if settings.schematron:
        yield from check_schematron_file(document, settings.schematron, settings.folder)
    yield from check_dates(document)
    if settings.witness and settings.source is not None:
        yield from check_witness(document, settings.witness, settings.source)
