"""Where something stands in a file."""

import bisect
import re
from array import array
from dataclasses import dataclass

_BLOCK = 4096  # bytes
_WITHIN = bytes(range(0x80, 0xC0))  # the bytes of UTF-8 that begin no character
_LINE_END = re.compile(rb"\r\n?|\n")


@dataclass(frozen=True, order=True)
class Place:
    """A stretch of a file: from LINE, COLUMN up to, not including, END_LINE, END_COLUMN.

    Lines and columns count from 1; columns count Unicode characters, not bytes.
    Line 0 means the file as a whole. `path` is relative to the project, with slashes.
    """

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}"

    def seen_from(self, other: "Place") -> str:
        """Return it in words for a finding at OTHER: the line alone in the same file."""
        if self.path != other.path or not self.line:
            return f"at {self}"
        column = f", column {self.column}" if self.line == other.line else ""
        return f"in line {self.line}{column}"


def line_starts(utf8: bytes) -> array:
    """Return where each line of a file begins, in bytes."""
    starts = array("Q", [0])
    starts.extend(match.end() for match in _LINE_END.finditer(utf8))
    return starts


def position(utf8: bytes, lines: array, offset: int) -> tuple[int, int]:
    """Return the line and column of an offset in bytes, both from 1, columns in characters."""
    line = bisect.bisect_right(lines, offset)
    return line, len(utf8[lines[line - 1] : offset].decode("utf-8", "replace")) + 1


class Columns:
    """Tells columns in a file with long lines, without passing a line again for each of them."""

    def __init__(self, utf8: bytes):
        self._utf8 = utf8
        self._counts = array("Q", [0])  # of the characters before each block
        for start in range(0, len(utf8), _BLOCK):
            self._counts.append(self._counts[-1] + _count(utf8[start : start + _BLOCK]))

    def between(self, start: int, end: int) -> int:
        """Return how many characters utf8[start:end] has."""
        return self._before(end) - self._before(start)

    def _before(self, offset: int) -> int:
        block = offset // _BLOCK
        return self._counts[block] + _count(self._utf8[block * _BLOCK : offset])


def _count(utf8: bytes) -> int:
    return len(utf8.translate(None, _WITHIN))
