"""Where a letter of a stream stands in its file."""

import re

from teikit.comparing.streams import Piece, Stream
from teikit.document import Document
from teikit.place import Place

_INK = re.compile(r"[^ \t\r\n]")
# what stands in a file where the text of an element is, of long texts a part: they are not gone
# through again for each place; a tag ends it
_WRITTEN = re.compile(
    rb"(?P<comment><!--.*?-->|<\?.*?\?>)|<!\[CDATA\[(?P<cdata>.*?)\]\]>|(?P<entity>&[^;]*;)"
    rb"|(?P<plain>[^<&]{1,4096})",
    re.DOTALL,
)
_ONE = re.compile(rb"&(?:#[0-9]+|#x[0-9A-Fa-f]+|amp|lt|gt|quot|apos);")


class Placer:
    """Tells the places of letters; those that rise cost no more than the file is long."""

    def __init__(self, document: Document, stream: Stream):
        self.document, self.stream = document, stream
        self._indices: tuple[Piece | None, list[int]] = (None, [])
        self._known: tuple[int, str, int, int] = (-1, "", 0, 0)  # ordinal, where, count, offset

    def place(self, start: int, end: int) -> Place:
        """Return the place of the letters from START to END; of none, where they would stand."""
        if not self.stream.letters:
            return Place(self.document.path, 1, 1, 1, 1)
        if start >= len(self.stream.letters):
            last = self._one(len(self.stream.letters) - 1)
            return Place(last.path, last.end_line, last.end_column, last.end_line, last.end_column)
        first = self._one(start)
        if end <= start:
            return Place(first.path, first.line, first.column, first.line, first.column)
        last = self._one(end - 1)
        if last.path != first.path:
            return first
        return Place(first.path, first.line, first.column, last.end_line, last.end_column)

    def _one(self, at: int) -> Place:
        piece = self.stream.piece_at(at)
        if self._indices[0] is not piece:
            self._indices = piece, [match.start() for match in _INK.finditer(piece.text)]
        indices = self._indices[1]
        index = indices[min(at - piece.start, len(indices) - 1)] + piece.skip
        return self._find(piece, index)

    def _find(self, piece: Piece, count: int) -> Place:
        source, offset = self.document.text_start(piece.ordinal, piece.where)
        utf8 = source.utf8
        known = self._known
        passed = 0
        if known[:2] == (piece.ordinal, piece.where) and known[2] <= count:
            passed, offset = known[2], known[3]
        while True:
            match = _WRITTEN.match(utf8, offset)
            if match is None:
                return source.span(offset, min(offset + 1, len(utf8)))
            kind, offset = match.lastgroup, match.end()
            if kind == "entity":
                if passed == count or not _ONE.fullmatch(match[0]):
                    return source.span(match.start(), offset)
                passed += 1
            elif kind != "comment":
                begin, end = match.span(kind)
                while kind == "plain" and utf8[end : end + 1] and utf8[end] & 0xC0 == 0x80:
                    end -= 1  # between two characters
                found, used = _forward(utf8, begin, end, count - passed)
                if found < end:
                    if kind == "plain":
                        self._known = piece.ordinal, piece.where, count, found
                    return source.span(found, _after(utf8, found))
                passed += used
                if kind == "plain":
                    offset = max(end, found)


def _forward(utf8: bytes, begin: int, end: int, count: int) -> tuple[int, int]:
    """Return where the character stands that comes COUNT after BEGIN, at most END, and how many
    were passed; a line end counts as one, however it is written."""
    passed, at = 0, begin
    while at < end and passed < count:
        piece = utf8[at : min(at + count - passed, end)]
        # whole characters only; of \r\n the first byte does not count
        text = piece.decode("utf-8", "ignore")
        if not text:
            at = _after(utf8, at)
            passed += 1
            continue
        size = len(text.encode("utf-8"))
        pairs = utf8.count(b"\r\n", at, at + size + 1)
        at += size
        passed += len(text) - pairs
        if pairs and utf8[at - 1 : at + 1] == b"\r\n":
            at += 1
            passed += 1
    return at, passed


def _after(utf8: bytes, at: int) -> int:
    """Return where the character at AT ends."""
    at += 1
    while at < len(utf8) and utf8[at] & 0xC0 == 0x80:
        at += 1
    return at
