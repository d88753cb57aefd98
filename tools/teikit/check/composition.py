"""One letter written in two ways: as one character, and as a letter with a mark (Unicode, UAX 15).

The two look the same and are not found by the same search. Nothing is changed, and neither way is
wrong: that one file has both is what is reported.
"""

import bisect
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from teikit.document import Document
from teikit.place import Place
from teikit.report import Finding

# the characters that can be the second part of a composed letter
_MARKED = re.compile(
    ".[\u0300-\u0345\u0653-\u0655\u093c\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0c56\u0cc2"
    "\u0cd5\u0cd6\u0d3e\u0d57\u0dca\u0dcf\u0ddf\u102e\u1161-\u1175\u11a8-\u11c2\u3099\u309a]+"
)
# letters that are another letter by definition; not the ideographs, which sources need
_SINGLETONS = re.compile(
    "[\u0374\u037e\u0387\u1f71\u1f73\u1f75\u1f77\u1f79\u1f7b\u1f7d\u1fbb\u1fbe\u1fc9\u1fcb"
    "\u1fd3\u1fdb\u1fe3\u1feb\u1fee\u1fef\u1ff9\u1ffb\u1ffd\u2126\u212a\u212b]"
)
# what is no text, or stands for one character of it; CDATA sections are left as they are
_MARKUP = re.compile(
    r"(?s:(?P<none><!--.*?-->|<\?.*?\?>)|<!\[CDATA\[.*?\]\]>)"
    r"|&#(?:x(?P<hex>[0-9a-fA-F]{1,6})|(?P<number>[0-9]{1,7}));"
)
_LISTED = 3


@dataclass
class _Form:
    """A form that is not composed: how often, and where first."""

    written: str
    count: int
    first: int


def check_composition(document: Document, text: str) -> Iterator[Finding]:
    """Yield one finding where the file writes a letter in both ways; TEXT is all its characters."""
    if "&#" not in text and unicodedata.is_normalized("NFC", text):
        return
    written = _Written(text)
    text = written.text
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return
    mixed = [
        (composed, form, text.count(composed))
        for composed, form in _find_forms(text).items()
        if composed in text
    ]
    if not mixed:
        return
    mixed.sort(key=lambda one: (-one[1].count, one[0]))
    composed, form, count = mixed[0]
    letters = ", ".join(f"“{letter}”" for letter, _, _ in mixed[:_LISTED])
    if mixed[_LISTED:]:
        letters += f" and {len(mixed) - _LISTED} others"
    at = written.place(document, form.first)
    other = written.place(document, text.find(composed))
    ways = " ".join(f"U+{ord(character):04X}" for character in form.written)
    yield Finding(
        at,
        "characters:mixed-normalisation",
        f"{letters}: written in two ways that look the same; “{composed}” is {ways} "
        f"{_times(form.count)}, first here, and U+{ord(composed):04X} {_times(count)}, first at "
        f"line {other.line}, column {other.column}",
        severity="warning",
        hint="Searching finds the one or the other only. Choose one way; teikit changes nothing.",
        ordinal=max(document.ordinal_at(written.offset(form.first)), 0),
    )


def _find_forms(text: str) -> dict[str, _Form]:
    """Return for each composed letter the other form of it that the text has."""
    found: dict[str, _Form] = {}
    cached: dict[str, tuple[str, str]] = {}
    for pattern in (_MARKED, _SINGLETONS):
        for match in pattern.finditer(text):
            written = match[0][:8]  # no letter has more marks that compose
            if written not in cached:
                cached[written] = _compose(written)
            composed, part = cached[written]
            if not composed:
                continue
            form = found.setdefault(composed, _Form(part, 0, match.start()))
            form.count += 1
    return found


def _compose(written: str) -> tuple[str, str]:
    """Return the composed letter, and the shortest beginning of WRITTEN that it stands for."""
    composed = unicodedata.normalize("NFC", written)[:1]
    if composed == written[:1]:
        return "", ""
    part = unicodedata.normalize("NFD", composed)
    return composed, part if len(written) > 1 else written


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


class _Written:
    """The characters that a file stands for: references replaced, comments and the like blank."""

    def __init__(self, source: str):
        self._source = source
        self._here: list[int] = [0]  # where in `text` something stood that is not as long there
        self._there: list[int] = [0]  # and what comes after it, in the source
        pieces, at, length = [], 0, 0
        for match in _MARKUP.finditer(source):
            if match["none"] is None and match[0][0] == "<":
                continue
            pieces += (source[at : match.start()], _character(match))
            length += len(pieces[-2]) + 1
            at = match.end()
            self._here.append(length)
            self._there.append(at)
        self.text = "".join((*pieces, source[at:]))

    def place(self, document: Document, index: int) -> Place:
        """Return the place of a character of `text`."""
        start = self.offset(index)
        return document.sources[0].span(start, start + len(self.text[index].encode("utf-8")))

    def offset(self, index: int) -> int:
        """Return where a character of `text` stands in the bytes of the file."""
        last = bisect.bisect_right(self._here, index) - 1
        before = self._there[last] + index - self._here[last]
        return len(self._source[:before].encode("utf-8"))


def _character(match: re.Match[str]) -> str:
    """Return what a reference stands for; of a comment or an instruction, a space."""
    if match["none"] is not None:
        return " "
    number = int(match["hex"], 16) if match["hex"] else int(match["number"])
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else " "
