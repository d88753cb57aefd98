"""What is known of a faulty file: where the parser stopped, and what it stopped in."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from teikit.place import line_starts, position

NAME = rb"[A-Za-z_:\x80-\xff][\w.:\x80-\xff-]{0,99}"  # as far as it is needed
_SOUND_TAG = re.compile(rb"""<(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+>""")
CONSTRUCTS = (
    (b"<!--", b"-->", "comment"),
    (b"<![CDATA[", b"]]>", "CDATA section"),
    (b"<?", b"?>", "processing instruction"),
    (b"<!", b">", "declaration"),
    (b"</", b">", "end tag"),
    (b"<", b">", "tag"),
)


@dataclass(frozen=True)
class Stop:
    """Where expat gave up and why, what was open there, and what elements began before it."""

    offset: int
    code: int
    reason: str
    open_elements: tuple[tuple[int, str], ...] = ()  # offset and name, the outermost first
    first: int = -1  # where the first element began; -1: none did
    last: int = -1


class Fault(NamedTuple):
    """What is wrong, what to do, and from where to where in the bytes it stands."""

    reason: str
    hint: str
    start: int
    end: int


@dataclass(frozen=True)
class Scene:
    """A faulty file, and where its parser stopped."""

    utf8: bytes = field(repr=False)
    stop: Stop

    def after(self, start: int, count: int = 100) -> bytes:
        """Return the bytes from START on."""
        return self.utf8[start : start + count]

    def line(self, offset: int) -> int:
        """Return the number of the line of an offset."""
        return position(self.utf8, line_starts(self.utf8), offset)[0]

    def character(self) -> str:
        """Return the character that the parser stopped at; "" at the end of the file."""
        return self.after(self.stop.offset, 4).decode("utf-8", "ignore")[:1]


def words(data: bytes) -> str:
    """Return the bytes as characters."""
    return data.decode("utf-8", "replace")


def construct_at(utf8: bytes, start: int, offset: int) -> tuple[str, int]:
    """Return what OFFSET stands in, and where that begins; the bytes from START to it are sound.

    It is a "text", a "tag", an "end tag", a "comment", a "CDATA section", a "processing
    instruction" or a "declaration".
    """
    at = utf8.find(b"<", max(start, 0), offset)
    while at >= 0:
        opening, closing, kind = next(one for one in CONSTRUCTS if utf8.startswith(one[0], at))
        if kind == "tag":
            tag = _SOUND_TAG.match(utf8, at, offset)
            end = tag.end() if tag else -1
        else:
            end = utf8.find(closing, at + len(opening), offset)
            end = end + len(closing) if end >= 0 else -1
        if end < 0:
            return kind, at
        at = utf8.find(b"<", end, offset)
    return "text", -1
