"""One file of a document: its characters, and the places in it."""

import bisect
import re
from array import array
from dataclasses import dataclass, field
from functools import cached_property

from teikit.place import Columns, Place, line_starts, position

_LONG = 8192  # bytes of a line from which on its characters are not counted one by one
_TAG_END = re.compile(rb"""(?:[^>"']|"[^"]*"|'[^']*')*>""")


@dataclass(frozen=True, eq=False)
class Source:
    """The characters of one file, from which a document or a part of it was read."""

    path: str  # relative to the project
    utf8: bytes = field(repr=False)  # without a byte order mark

    @cached_property
    def lines(self) -> array:
        """Return where each line begins in `utf8`."""
        return line_starts(self.utf8)

    def line(self, number: int) -> str:
        """Return the characters of a line, from 1, without its end; "" where there is none."""
        if not 0 < number <= len(self.lines):
            return ""
        end = self.lines[number] if number < len(self.lines) else len(self.utf8)
        return self.utf8[self.lines[number - 1] : end].decode("utf-8", "replace").rstrip("\r\n")

    def span(self, start: int, end: int) -> Place:
        """Return the place of utf8[start:end]."""
        return Place(
            self.path,
            *self.position(start),
            *self.position(end),
        )

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset in `utf8`, both from 1."""
        line = bisect.bisect_right(self.lines, offset)
        start = self.lines[line - 1]
        if offset - start > _LONG:
            return line, self._columns.between(start, offset) + 1
        return position(self.utf8, self.lines, offset)

    @cached_property
    def _columns(self) -> Columns:
        return Columns(self.utf8)

    def tag_at(self, start: int) -> Place:
        """Return the place of the tag that begins at START."""
        return self.span(start, self.after_tag(start))

    def after_tag(self, start: int) -> int:
        """Return where the tag that begins at START ends."""
        return after_tag(self.utf8, start)


def after_tag(utf8: bytes, start: int) -> int:
    """Return where the tag ends that begins at START in UTF8."""
    if utf8[start : start + 1] == b"&":  # the element came out of an internal entity
        return utf8.find(b";", start) + 1
    match = _TAG_END.match(utf8, start)
    return match.end() if match else start
