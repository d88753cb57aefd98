"""The running text of a document without its mentions, each character with its place in a file.

Names are looked for in it: white space is folded, and tags that part no words are not there.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from lxml import etree

from teikit.check.spelling import Spelling, after_node, spell
from teikit.document import TEI, Document
from teikit.lines import is_line_end_hyphen, needs_space

_T = f"{{{TEI}}}"
# names and references: what stands in them is marked, or was left without @ref on purpose
_MARKED = frozenset(f"{_T}{name}" for name in (
    "orgName persName placeName geogName country region settlement district bloc name rs "
    "eventName objectName speaker bibl biblStruct listBibl listPerson listPlace listOrg castList "
    "index graphic figDesc fw term"
).split())  # fmt: skip
# elements that part no words; a name may run through their tags
THROUGH = frozenset(f"{_T}{name}" for name in (
    "hi emph foreign seg s w pc c g unclear supplied sic orig abbr choice lb pb cb gb milestone "
    "anchor q said quote mentioned soCalled surplus add addSpan delSpan damage ex am"
).split())  # fmt: skip
_BREAKS = frozenset(f"{_T}{name}" for name in ("lb", "pb", "cb", "gb", "milestone"))
_LEFT_OUT = frozenset(f"{_T}{name}" for name in ("corr", "reg", "expan"))
_REFERS = ("ref", "key", "nymRef")
BARRIER = "\x00"


@dataclass(frozen=True)
class _Piece:
    """Characters that stand together in a file."""

    text: str
    ordinal: int = -1  # of the element whose text or tail it is; -1: it stands in no file
    holder: int = -1  # of the element that it stands in
    source: int = -1  # which of the document's sources
    start: int = -1  # where it begins in that source; -1: not known


_PARTS, _MAY_PART, _JOINS = _Piece("\n"), _Piece(" "), _Piece("")  # what a break does to a word


@dataclass(frozen=True)
class Spot:
    """Where one character stands: as it is written in a source, and the element that holds it."""

    ordinal: int  # of the element whose text or tail it is in
    holder: int
    source: int
    start: int  # -1: it is not known where it is written
    end: int
    can_begin: bool  # whether a tag can be written before it
    can_end: bool  # whether a tag can be written behind it


class RunningText:
    """The words in an element that are not marked as a mention, white space folded."""

    def __init__(self, document: Document, root: etree._Element):
        self._document = document
        self._pieces = list(_walk(document, root))
        self._spellings: dict[int, Spelling] = {}
        self._at_piece, self._at_index = array("L"), array("L")
        self._wide: list[int] = []  # before which characters an ideographic space stands
        self.words = self._fold()

    def _fold(self) -> str:
        """Return the words, and note for each character where it comes from."""
        characters: list[str] = []
        gap: tuple[int, int] | None = None  # where the white space began that is not written
        is_wide = False  # whether there is an ideographic space in it
        joined = False  # whether white space is no text, since a break says so

        def write(character: str, piece: int, index: int) -> None:
            characters.append(character)
            self._at_piece.append(piece)
            self._at_index.append(index)

        for number, piece in enumerate(self._pieces):
            if piece is _JOINS:
                gap, joined, is_wide = None, True, False
            for index, character in enumerate(piece.text):
                if character.isspace():
                    if not joined or piece is _PARTS:
                        gap = gap or (number, index)
                        is_wide = is_wide or character == "\u3000"
                    continue
                if gap and characters and needs_space(characters[-1], character):
                    write(" ", *gap)
                elif is_wide and characters:
                    self._wide.append(len(characters))
                gap, joined, is_wide = None, False, False
                write(character, number, index)
        return "".join(characters)

    def shown(self, start: int, end: int) -> str:
        """Return words[start:end] to be read, with the ideographic spaces in and beside them."""
        first, last = bisect_left(self._wide, start), bisect_right(self._wide, end)
        borders = [start, *self._wide[first:last], end]
        return "\u3000".join(self.words[a:b] for a, b in pairwise(borders))

    def spot(self, at: int) -> Spot:
        """Return where words[at] stands."""
        number, index = self._at_piece[at], self._at_index[at]
        piece = self._pieces[number]
        if number not in self._spellings:
            self._spellings[number] = self._spell(piece)
        return Spot(
            piece.ordinal, piece.holder, piece.source, *self._spellings[number].character(index)
        )

    def _spell(self, piece: _Piece) -> Spelling:
        if piece.start < 0:
            return Spelling(array("q"), array("q"), b"")
        utf8 = self._document.sources[piece.source].utf8
        return spell(utf8, piece.start, piece.text, self._entities)

    @cached_property
    def _entities(self) -> dict[str, str]:
        """Return what the document's own entities stand for."""
        declared = self._document.tree.docinfo.internalDTD
        if declared is None:
            return {}
        return {one.name: one.content for one in declared.iterentities() if one.content}


def outermost(elements: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Yield the elements that stand in none of their own name."""
    for element in elements:
        if all(one.tag != element.tag for one in element.iterancestors()):
            yield element


def _walk(document: Document, root: etree._Element) -> Iterator[_Piece]:
    """Yield the words of the text that are not marked as a mention, and what parts them."""
    skipped: etree._Element | None = None
    here = (-1, -1)  # source and offset of what comes next in the file, where that is known
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        is_element = isinstance(node.tag, str)
        if event == "start" and skipped is None:
            if node is not root and (_is_marked(node) or is_line_end_hyphen(node)):
                skipped = node
                yield _border(node)
                continue
            if node.tag in _BREAKS:
                yield _break(node)
            elif node.tag not in THROUGH:
                yield _Piece(BARRIER)
            ordinal = document.ordinal(node)
            here = document.text_at(ordinal)
            if node.text:
                yield _Piece(node.text, ordinal, ordinal, *here)
            continue
        if event == "start" or (skipped is not None and node is not skipped):
            continue
        if node is skipped or (is_element and node.tag not in THROUGH):
            yield _border(node)
        skipped = None if node is skipped else skipped
        if node is root:
            return
        ordinal = document.ordinal(node)
        holder = document.parent_ordinal(ordinal) if is_element else ordinal
        here = document.tail_at(ordinal) if is_element else _after(document, here, node)
        if node.tail:
            yield _Piece(node.tail, ordinal, holder, *here)


def _border(node: etree._Element) -> _Piece:
    """Return what stands for the tags of an element that names do not run through."""
    return _JOINS if is_line_end_hyphen(node) and not _is_marked(node) else _Piece(BARRIER)


def _break(node: etree._Element) -> _Piece:
    """Return what the beginning of a line, page or column does to the word that it stands in."""
    if node.get("break") == "no":
        return _JOINS
    return _PARTS if node.tag == f"{_T}lb" else _MAY_PART


def _after(document: Document, here: tuple[int, int], node: etree._Element) -> tuple[int, int]:
    """Return where a comment or processing instruction ends that comes after HERE."""
    source, offset = here
    if offset < 0:
        return here
    return source, after_node(document.sources[source].utf8, offset, node)


def _is_marked(element: etree._Element) -> bool:
    return (
        element.tag in _MARKED
        or element.tag in _LEFT_OUT
        or any(element.get(name) for name in _REFERS)
    )
