"""All that can be said about one document: the job `check`.

What few documents need is imported where they need it: it would be most of a short run.
"""

from collections.abc import Iterator, Sequence

from teikit.check.allowances import find_allowances
from teikit.check.characters import check_characters
from teikit.check.choosing import Chosen, choose_schemas
from teikit.check.dates import check_dates
from teikit.check.gaps import check_gaps
from teikit.check.ids import check_ids, find_text_ids
from teikit.check.languages import check_languages
from teikit.check.pointers import check_is_tei, find_pointers, find_short_forms
from teikit.check.records import Checked, CheckSettings, Ids, Named
from teikit.check.registers import find_entities, find_keys
from teikit.check.validity import check_schemas
from teikit.document import Document
from teikit.report import Finding
from teikit.unreadable import UnreadableDocument
from teikit.xinclude import read_whole
from teikit.xinclude.names import INCLUDE


def check_job(data: bytes, path: str, settings: CheckSettings) -> Checked:
    """Return what is found in DATA, the bytes of the file called PATH."""
    try:
        document, including, includes = read_whole(data, path, settings.folder)
    except UnreadableDocument as problem:
        from teikit.check.completing import complete_unreadable

        return Checked(path, False, (complete_unreadable(data, problem.as_finding()),))
    if document.root.tag == INCLUDE:  # nothing could be put there: that is the one mistake
        return Checked(path, True, _complete(document, including), includes=includes)
    pointers, wrong = find_pointers(document)
    chosen = choose_schemas(document, settings)
    if including:
        from teikit.check.missing_parts import set_apart

        pointers, wrong = set_apart(document, pointers, wrong)
    found = [*including, *_check(document, chosen, settings), *wrong]
    return Checked(
        path,
        True,
        _complete(document, found),
        tuple(document.ids),
        pointers,
        find_entities(document),
        find_text_ids(document),
        find_keys(document),
        find_short_forms(document),
        find_allowances(document),
        includes,
        chosen.families,
    )


def _complete(document: Document, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings with the way to each and its line."""
    if not findings:
        return ()
    from teikit.check.completing import complete_findings

    return tuple(complete_findings(document, findings))


def named_job(data: bytes, path: str, settings: CheckSettings) -> Named:
    """Return the schemas that the job `check` would hold DATA against."""
    try:
        chosen = choose_schemas(read_whole(data, path, settings.folder)[0], settings)
    except UnreadableDocument:
        return Named()
    return Named(chosen.relaxng, tuple(schema for schema, _ in chosen.schematron))


def ids_job(data: bytes, path: str, folder: str) -> Ids:
    """Return the ids in DATA and in what it includes from FOLDER; none where it is no XML."""
    try:
        return Ids(tuple(read_whole(data, path, folder)[0].ids))
    except UnreadableDocument:
        return Ids((), is_readable=False)


def _check(document: Document, chosen: Chosen, settings: CheckSettings) -> Iterator[Finding]:
    not_tei = tuple(check_is_tei(document))
    yield from not_tei
    yield from check_ids(document)
    yield from check_characters(document)
    yield from check_gaps(document)
    yield from check_languages(document)
    if not_tei:
        return  # a schema for TEI would only say the same, at length
    yield from check_schemas(document, chosen, settings)
    yield from check_dates(document)
    if settings.witness and settings.source is not None:
        from teikit.check.witness import check_witness

        yield from check_witness(document, settings.witness, settings.source)
