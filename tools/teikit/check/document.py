"""All that can be said about one document: the job `check`."""

from collections.abc import Iterable, Iterator

from lxml import etree

from teikit.check.dates import check_dates
from teikit.check.ids import check_ids
from teikit.check.pointers import check_is_tei, find_pointers
from teikit.check.records import Checked, CheckSettings, Ids
from teikit.check.registers import find_entities
from teikit.check.witness import check_witness
from teikit.document import Document, read_document
from teikit.errors import TeikitError
from teikit.report import Finding
from teikit.schema.choosing import broken_schema, choose_schemas
from teikit.schema.relaxng.check import check_relaxng
from teikit.schema.schematron import check_schematron_file
from teikit.unreadable import UnreadableDocument
from teikit.xinclude.reading import read_whole
from teikit.xinclude.requests import INCLUDE
from teikit.xinclude.splicing import MISSING

_LACKING = ("relaxng:incomplete-content", "relaxng:missing-element")


def check_job(data: bytes, path: str, settings: CheckSettings) -> Checked:
    """Return what is found in DATA, the bytes of the file called PATH."""
    try:
        document, including, includes = read_whole(data, path, settings.folder)
    except UnreadableDocument as problem:
        return Checked(path, False, (unreadable_finding(problem),))
    if document.root.tag == INCLUDE:  # nothing could be put there: that is the one mistake
        return Checked(path, True, including, includes=includes)
    pointers, wrong = find_pointers(document)
    return Checked(
        path,
        True,
        (*including, *_check(document, settings), *wrong),
        tuple(document.ids),
        pointers,
        find_entities(document),
        includes,
    )


def ids_job(data: bytes, path: str) -> Ids:
    """Return the ids in DATA; none where it is no XML."""
    try:
        return Ids(tuple(read_document(data, path).ids))
    except UnreadableDocument:
        return Ids(())


def unreadable_finding(problem: UnreadableDocument) -> Finding:
    """Return the finding that says why a file cannot be read."""
    return Finding(problem.place, problem.rule, problem.reason, hint=problem.hint)


def _check_schemas(document: Document, settings: CheckSettings) -> Iterator[Finding]:
    chosen = choose_schemas(document, settings)
    yield from chosen.findings
    checks = [(path, check_relaxng(document, path)) for path in chosen.relaxng]
    checks += [(path, check_schematron_file(document, path)) for path, _ in chosen.schematron]
    broken = set()
    for path, findings in checks:
        try:
            yield from _beside_gaps(document, findings)
        except TeikitError as error:
            finding = broken_schema(chosen, path, str(error), settings.folder)
            if finding is None:
                raise
            if path not in broken:
                yield finding
            broken.add(path)


def _beside_gaps(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings, but for what is missing only because an xi:include brought nothing."""
    gaps = {document.ordinal(gap) for gap in document.root.iter(etree.PI) if gap.target == MISSING}
    for finding in findings:
        if gaps and finding.rule in _LACKING and finding.ordinal >= 0:
            around = document.element(finding.ordinal).getparent()
            if finding.ordinal in gaps or (around is not None and document.ordinal(around) in gaps):
                continue
        yield finding


def _check(document: Document, settings: CheckSettings) -> Iterator[Finding]:
    not_tei = tuple(check_is_tei(document))
    yield from not_tei
    yield from check_ids(document)
    if not_tei:
        return  # a schema for TEI would only say the same, at length
    yield from _check_schemas(document, settings)
    yield from check_dates(document)
    if settings.witness and settings.source is not None:
        yield from check_witness(document, settings.witness, settings.source)
