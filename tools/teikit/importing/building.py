"""What readers of formats share: pieces of a paragraph, and the witness that a Transcript gives.

A line of the witness is what stands between one lb and the next, by the rules of the witness
check (`check/encoded_lines.py`): white space folded, notes and descriptions of pictures left out.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from teikit.importing.elements import Element
from teikit.readings import NOT_IN_SOURCE
from teikit.witness import NUMBER, Layout

Piece = Element | str

SPACE = " \t\r\n"
WITNESS_LAYOUT = Layout(spaces="fold")
LB, PB = Element("lb"), Element("pb")
_BLOCKS = frozenset("p head l ab item label cell quote".split())
_JOINED = frozenset("hi foreign ref add del emph".split())


def element(name: str, content: Iterable[Piece] = (), **attributes: str) -> Element:
    """Return an element; attributes that are empty are left out, `xml_lang` is xml:lang."""
    given = tuple(
        (key.replace("xml_", "xml:"), value) for key, value in attributes.items() if value
    )
    return Element(name, given, join_pieces(content))


def join_pieces(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces, strings that meet as one, and so what is marked alike."""
    joined: list[Piece] = []
    for kind, group in itertools.groupby(filter(None, pieces), _kind):
        if isinstance(kind, str):
            joined.append("".join(group))
        elif kind[0] in _JOINED:
            content = (piece for one in group for piece in one.content)
            joined.append(Element(*kind, join_pieces(content)))
        else:
            joined.extend(group)
    return tuple(joined)


def _kind(piece: Piece) -> str | tuple[str, tuple[tuple[str, str], ...]]:
    """Return what a piece shares with those that it can be joined with."""
    return "" if isinstance(piece, str) else (piece.name, piece.attributes)


def words_of(pieces: Iterable[Piece]) -> str:
    """Return all characters of the pieces, those of notes too."""
    return "".join(_characters(pieces))


def _characters(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        else:
            yield from _characters(piece.content)


def without_lines(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces of a note, whose lines must not count as lines of the text."""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        elif piece.name == "lb":
            yield from ("\n", Element("milestone", (("unit", "line"),)))
        elif piece.name != "pb":
            yield replace(piece, content=join_pieces(without_lines(piece.content)))


def has_words(pieces: Iterable[Piece]) -> bool:
    """Return whether there is more than white space, lines and pages in the pieces."""
    return any(
        piece.strip(SPACE)
        if isinstance(piece, str)
        else piece.name == "figure" or has_words(piece.content)
        for piece in pieces
    )


def render_witness(body: Iterable[Element], layout: Layout = WITNESS_LAYOUT) -> str:
    """Return the plain text of the lines of BODY, in LAYOUT.

    One line each; after the last line of a paragraph an empty one, and before each page that
    begins a form feed, or the marker of LAYOUT where the page has a name. Each lb must have words
    (`drop_empty_lines`).
    """
    out: list[str] = []
    reading = _Lines()
    page = 0
    for line in reading.read(body):
        begin = "\n\n" if line.starts_block else "\n"
        turns = _turns(reading.names[page : line.page], layout.page_marker, is_first=not page)
        if out and turns.startswith("\f") and not line.starts_block:
            begin = ""
        out += [begin if out else "", turns, line.text]
        page = line.page
    return "".join(out) + "\n" if out else ""


def _turns(names: list[str], marker: str, *, is_first: bool) -> str:
    """Return what stands before the first line of a page; the first page needs no form feed."""
    marked = [f"{marker.replace(NUMBER, name)}\n" if marker and name else "\f" for name in names]
    if is_first and marked[:1] == ["\f"]:
        marked = marked[1:]
    return "".join(marked)


def has_pages(pieces: Iterable[Piece]) -> bool:
    """Return whether a pb is among the pieces or in them."""
    return any(
        piece.name == "pb" or has_pages(piece.content)
        for piece in pieces
        if isinstance(piece, Element)
    )


def drop_empty_lines(body: Iterable[Element]) -> tuple[Element, ...]:
    """Return BODY without each lb that no words follow: a line without words is none."""
    body = tuple(body)
    kept = iter([bool(line.text) for line in _Lines().read(body)])
    return tuple(_without_idle(one, kept) for one in body)


def _without_idle(one: Element, kept: Iterator[bool]) -> Element:
    if one.name in NOT_IN_SOURCE or not one.content:
        return one
    content = tuple(
        piece if isinstance(piece, str) else _without_idle(piece, kept)
        for piece in one.content
        if isinstance(piece, str) or piece.name != "lb" or next(kept)
    )
    return replace(one, content=join_pieces(content))


@dataclass
class _Line:
    page: int
    starts_block: bool
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        folded = "".join(self.pieces).replace("\t", " ").replace("\r", " ").replace("\n", " ")
        return " ".join(filter(None, folded.split(" ")))


class _Lines:
    """Walks through a body once, from one lb to the next."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self.page = 0
        self.names: list[str] = [""]  # of the pages; the first begins without a pb too
        self.new_block = True

    def read(self, body: Iterable[Element]) -> list[_Line]:
        self.walk(body)
        return self.lines

    def walk(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            if isinstance(piece, str):
                if self.lines:
                    self.lines[-1].pieces.append(piece)
            elif piece.name == "lb":
                self.lines.append(_Line(max(self.page, 1), self.new_block))
                self.new_block = False
            elif piece.name == "pb":
                self.turn(dict(piece.attributes).get("n", ""))
            elif piece.name not in NOT_IN_SOURCE:
                is_block = piece.name in _BLOCKS
                self.new_block = self.new_block or is_block
                self.walk(piece.content)
                self.new_block = self.new_block or is_block

    def turn(self, name: str) -> None:
        self.page += 1
        if self.page > 1:
            self.names.append(name)
        else:
            self.names[0] = name
