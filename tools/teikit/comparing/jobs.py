"""The jobs: two documents -> what differs; a document -> its passages."""

from collections.abc import Sequence

from teikit.comparing.markup import find_markup_changes
from teikit.comparing.reading import read_streams
from teikit.comparing.records import TEXT, Compared, MarkupChange, Passage, Passages, TextChange
from teikit.comparing.streams import Stream
from teikit.comparing.tellings import Teller
from teikit.comparing.texts import Alignment, find_text_changes
from teikit.document import TEI, Document, read_document
from teikit.place import Place
from teikit.report import Finding
from teikit.unreadable import UnreadableDocument
from teikit.xinclude import read_whole

_FIRST = (TEXT, "teiHeader")


def compare_job(
    old: bytes, old_path: str, old_folder: str, new: bytes, new_path: str, new_folder: str
) -> Compared:
    """Return what differs between OLD and NEW, two files; what they include is read in FOLDER."""
    before, old_notes, old_problems = _read(old, old_path, old_folder)
    after, new_notes, new_problems = _read(new, new_path, new_folder)
    text, markup = (), ()
    is_same = old == new
    if before and after and not (is_same and not before.is_assembled and not after.is_assembled):
        text, markup = map(tuple, compare_documents(before, after))
    return Compared(text, markup, old_problems, new_problems, old_notes, new_notes, is_same)


def _read(
    data: bytes, path: str, folder: str
) -> tuple[Document | None, tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the document, what it could not include, and why it is none."""
    try:
        document, notes, _ = read_whole(data, path, folder)
    except UnreadableDocument as problem:
        return None, (), (problem.as_finding(),)
    return document, notes, ()


def compare_documents(old: Document, new: Document) -> tuple[list[TextChange], list[MarkupChange]]:
    """Return the changes in the words and those in the markup, the text first."""
    streams = read_streams(old), read_streams(new)
    text: list[TextChange] = []
    markup: list[MarkupChange] = list(_doctype(old, new))
    for part in _in_order([*streams[0], *streams[1]]):
        pair = tuple(one.get(part) or Stream(part) for one in streams)
        alignment = Alignment(*pair)
        text.extend(find_text_changes(alignment, (old, new)))
        markup.extend(find_markup_changes(alignment, Teller((old, new), pair)))
    return text, markup


def _in_order(parts: Sequence[str]) -> list[str]:
    rest = sorted(set(parts) - set(_FIRST))
    return [*(one for one in _FIRST if one in parts), *rest]


def _doctype(old: Document, new: Document) -> list[MarkupChange]:
    before, after = _declared(old), _declared(new)
    if before == after:
        return []
    return [
        MarkupChange(
            "doctype", "file", "", "", "", before[:400], after[:400], "",
            "the DOCTYPE declaration changed",
            Place(old.path, 1, 1, 1, 1), Place(new.path, 1, 1, 1, 1),
        )
    ]  # fmt: skip


def _declared(document: Document) -> str:
    """Return the document type declaration, with white space folded."""
    if document.tree.docinfo.internalDTD is None:
        return ""
    utf8 = document.utf8
    begin = utf8.find(b"<!DOCTYPE")
    end = document.extent(document.root)[0]
    return " ".join(utf8[begin:end].decode("utf-8", "replace").split()) if begin >= 0 else ""


def passages_job(data: bytes, path: str) -> Passages:
    """Return the passages of a TEI document, in order; its included parts are not read."""
    try:
        document = read_document(data, path)
    except UnreadableDocument:
        return Passages(is_readable=False)
    if not str(document.root.tag).startswith(f"{{{TEI}}}"):
        return Passages(is_readable=False)
    found: list[tuple[int, Passage]] = []
    for part, stream in read_streams(document).items():
        starts, names = stream.passages
        first = {piece.start: piece.ordinal for piece in stream.pieces if piece.text.strip()}
        for start, end, name in zip(
            starts, [*starts[1:], *[len(stream.letters)] * bool(starts)], names, strict=True
        ):
            begin, finish = stream.offset(start), stream.offset(end, before_gap=True)
            passage = Passage(part, name, stream.folded[begin:finish])
            found.append((first.get(start, 0), passage))
    found.sort(key=lambda one: one[0])
    return Passages(tuple(passage for _, passage in found))
