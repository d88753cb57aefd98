"""How the characters of a text are written in its file: as they are, as references, in CDATA."""

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

_REFERENCE = re.compile(rb"&(?:#x([0-9A-Fa-f]{1,8})|#([0-9]{1,10})|([^;&<\s]{1,200}));")
_BUILT_IN = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_CDATA, _CDATA_END = b"<![CDATA[", b"]]>"
_NO_BEGIN, _NO_END = 1, 2


@dataclass(frozen=True)
class Spelling:
    """Where each character of a piece of text begins and ends in its file, as far as is known."""

    starts: array
    ends: array
    flags: bytes  # empty: a tag can be written anywhere

    def character(self, index: int) -> tuple[int, int, bool, bool]:
        """Return where a character begins and ends, and whether a tag can stand on either side.

        -1, -1 where the file does not show the character.
        """
        if index >= len(self.starts):
            return -1, -1, False, False
        flags = self.flags[index] if self.flags else 0
        return self.starts[index], self.ends[index], not flags & _NO_BEGIN, not flags & _NO_END


def spell(utf8: bytes, start: int, text: str, entities: Mapping[str, str]) -> Spelling:
    """Return how TEXT is written from START on.

    `entities` are those that the document declares; one that stands for more than words ends
    what is known, and so does everything else that is not TEXT.
    """
    plain = text.encode("utf-8")
    if utf8[start : start + len(plain)] == plain and b"&" not in plain and b"<" not in plain:
        return _spell_plain(start, text, plain)
    return _Speller(utf8, start, entities).spell(text)


def _spell_plain(start: int, text: str, plain: bytes) -> Spelling:
    if len(plain) == len(text):
        return Spelling(
            array("q", range(start, start + len(text))),
            array("q", range(start + 1, start + len(text) + 1)),
            b"",
        )
    ends, at = array("q"), start
    for character in text:
        at += _length(character)
        ends.append(at)
    return Spelling(array("q", [start, *ends[:-1]]), ends, b"")


def _length(character: str) -> int:
    code = ord(character)
    return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4


class _Speller:
    """Reads a file beside the text that a parser made of it."""

    def __init__(self, utf8: bytes, start: int, entities: Mapping[str, str]):
        self._utf8, self._at, self._entities = utf8, start, entities
        self._in_cdata = False

    def spell(self, text: str) -> Spelling:
        starts, ends, flags = array("q"), array("q"), bytearray()
        done = 0
        while done < len(text):
            self._pass_marks()
            begin = self._at
            written = self._next()
            if not written or not text.startswith(written, done):
                break
            last = len(written) - 1
            for index in range(len(written)):
                starts.append(begin)
                ends.append(self._at)
                flags.append(
                    _NO_BEGIN | _NO_END
                    if self._in_cdata
                    else _NO_BEGIN * (index > 0) | _NO_END * (index < last)
                )
            done += len(written)
        return Spelling(starts, ends, bytes(flags))

    def _pass_marks(self) -> None:
        """Go on behind what begins and ends CDATA."""
        while True:
            mark = _CDATA_END if self._in_cdata else _CDATA
            if not self._utf8.startswith(mark, self._at):
                return
            self._at += len(mark)
            self._in_cdata = not self._in_cdata

    def _next(self) -> str:
        """Return what the next thing in the file stands for, and go on behind it; "": no text."""
        first = self._utf8[self._at : self._at + 1]
        if first == b"\r":
            self._at += 2 if self._utf8.startswith(b"\r\n", self._at) else 1
            return "\n"
        if self._in_cdata or first not in (b"&", b"<"):
            return self._character()
        match = _REFERENCE.match(self._utf8, self._at)
        if match is None:
            return ""
        self._at = match.end()
        if match[3] is None:
            number = int(match[1], 16) if match[1] else int(match[2])
            return chr(number) if number <= 0x10FFFF else ""
        name = match[3].decode("utf-8", "replace")
        content = _BUILT_IN.get(name) or self._entities.get(name, "")
        return content if name in _BUILT_IN or not {"<", "&"} & set(content) else ""

    def _character(self) -> str:
        lead = self._utf8[self._at] if self._at < len(self._utf8) else 0
        length = 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
        self._at += length
        return self._utf8[self._at - length : self._at].decode("utf-8", "replace")


def after_node(utf8: bytes, offset: int, node: etree._Element) -> int:
    """Return where the comment or processing instruction ends that comes next; -1: another does."""
    at = utf8.find(b"<", offset)
    while at >= 0 and utf8.startswith(_CDATA, at):
        at = utf8.find(_CDATA_END, at)
        at = utf8.find(b"<", at) if at >= 0 else -1
    is_comment = node.tag is etree.Comment
    begin, end = (b"<!--", b"-->") if is_comment else (b"<?", b"?>")
    if at < 0 or not utf8.startswith(begin, at):
        return -1
    after = utf8.find(end, at + len(begin))
    said = utf8[at + len(begin) : after].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    wanted = (node.text or "").encode("utf-8")
    is_this = said == wanted if is_comment else said.split()[:1] == [node.target.encode("utf-8")]
    return after + len(end) if after >= 0 and is_this else -1
