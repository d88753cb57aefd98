"""The job `format`: the bytes of one file -> the same file in the agreed layout."""

from collections.abc import Iterator

from lxml import etree

from teikit.check.choosing import choose_schemas
from teikit.check.pointers import check_is_tei
from teikit.check.records import CheckSettings
from teikit.decoding import decode
from teikit.document import TEI, Document, read_document
from teikit.edits import CannotEdit
from teikit.errors import TeikitError
from teikit.formatting.layout import put_together, settle, with_lf
from teikit.formatting.proof import Mistake, check_same
from teikit.formatting.records import Formatted
from teikit.formatting.spaces import Space, find_spaces
from teikit.formatting.tokens import EMPTY, START, NoToken, read_tokens
from teikit.schema.relaxng.loading import read_grammar
from teikit.unreadable import UnreadableDocument

_BOM = "\ufeff"


def format_job(data: bytes, path: str, settings: CheckSettings) -> Formatted:
    """Return the file in DATA as it is to be, or why it is left as it is."""
    try:
        document = read_document(data, path)
    except UnreadableDocument as problem:
        from teikit.check.completing import complete_unreadable

        return Formatted(path, finding=complete_unreadable(data, problem.as_finding()))
    if etree.QName(document.root).namespace != TEI:
        return Formatted(path, finding=next(check_is_tei(document)))
    try:
        return Formatted(path, format_document(document, data, settings))
    except (CannotEdit, Mistake) as problem:
        return Formatted(path, problem=str(problem))


def format_document(document: Document, data: bytes, settings: CheckSettings) -> bytes:
    """Return DATA, from which the document was read, in the agreed layout and its own encoding.

    Raises CannotEdit where its bytes cannot be written again as they are, and Mistake where
    anything but white space would change.
    """
    text, encoding = decode(data, document.path)
    if text.encode(encoding) != data:
        raise CannotEdit(
            f"{document.path}: its bytes can be written in more than one way in {encoding}, so it "
            "is left as it is: save it as UTF-8 first"
        )
    before = with_lf(document.utf8)
    try:
        tokens = list(read_tokens(before))
    except NoToken:
        raise Mistake(document.path) from None
    spaces = list(_written(document, _spaces(document, settings)))
    if len(spaces) != sum(kind in (START, EMPTY) for kind, _ in tokens):
        raise Mistake(document.path)
    spaces = settle(tokens, spaces)
    after = put_together(tokens, spaces)
    check_same(document.path, before, after, spaces)
    mark = _BOM if text.startswith(_BOM) else ""
    return (mark + after.decode("utf-8")).encode(encoding)


def _spaces(document: Document, settings: CheckSettings) -> list[Space]:
    """Return what the white space in each element is, by the schemas that count."""
    chosen = choose_schemas(document, settings)
    schemas = []
    for schema in chosen.relaxng:
        if schema in settings.unusable:
            continue
        try:
            read_grammar(schema, settings.folder, settings.cache)
        except TeikitError:
            if chosen.place_of(schema) is None:
                raise
            continue  # the document names it, and `validate` says what is wrong with it
        schemas.append(schema)
    return find_spaces(document, schemas, settings.folder, settings.cache)


def _written(document: Document, spaces: list[Space]) -> Iterator[Space]:
    """Yield what belongs to elements whose tags stand in the file, and not in an entity."""
    for ordinal, space in enumerate(spaces):
        if document.is_written(ordinal):
            yield space
