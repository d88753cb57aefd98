"""The hyphen of a word that is divided at the end of a line: kept, and marked for what it is."""

import re
from collections.abc import Iterable

from teikit.importing.elements import Element

# signs that divide words: hyphen-minus, hyphen, soft hyphen, not sign, double oblique hyphen
_SIGNS = "-‐\u00ad¬⸗"
_ALWAYS = "\u00ad¬⸗"  # these stand for nothing else
_LAST = re.compile(rf"([^\W\d_]+)([{_SIGNS}])\Z")
_FIRST = re.compile(r"[^\W\d_]+")
# from the beginning of a word only: lines of Chinese are words of thousands of letters
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]+[-‐][^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+")


class Hyphens:
    """Decides of a line's end what its hyphen is, by the words of the whole text.

    KIND "weak": a hyphen before a small letter is that of the line's end (pc force="weak"), unless
    the text has the same word with a hyphen within a line, and never without. "maybe": it is left
    open (lb break="maybe"). "keep": it belongs to the word (lb break="no").
    """

    def __init__(self, lines: Iterable[str], kind: str):
        self.kind = kind
        self.weak = self.hard = self.open = 0
        self._words: set[str] = set()
        self._compounds: set[str] = set()
        for line in lines if kind == "weak" else ():
            self._words.update(word.lower() for word in _WORD.findall(line))
            self._compounds.update(word.lower() for word in _COMPOUND.findall(line))

    def part(self, line: str, following: str) -> tuple[tuple, str]:
        """Return the content that stands for the line before another, and @break of the other's lb.

        The @break is "" where a hyphen says nothing of it.
        """
        last, first = _LAST.search(line[-60:]), _FIRST.match(following)
        divides = last and first and (following[0].islower() or last[2] in _ALWAYS)
        if not divides:
            return (line,), ""
        if self.kind == "keep":
            self.hard += 1
            return (line,), "no"
        if self.kind == "maybe" and last[2] not in _ALWAYS:
            self.open += 1
            return (line,), "maybe"
        one, two = last[1].lower(), first[0].lower()
        is_known = last[2] in _ALWAYS or one + two in self._words
        if not is_known and f"{one}{last[2]}{two}" in self._compounds:
            self.hard += 1
            return (line,), "no"
        self.weak += 1
        return (line[:-1], Element("pc", (("force", "weak"),), (line[-1],))), "no"

    def rules(self) -> list[str]:
        """Return in words what was done, one sentence for each kind of hyphen that there was."""
        said = []
        if self.weak:
            said.append(
                "a hyphen at the end of a line, before a small letter, divides a word and is a "
                f'weak pc before lb break="no" ({self.weak} of them) (--hyphens {self.kind})'
            )
        if self.hard:
            where = " where the text has it within lines too" if self.kind == "weak" else ""
            said.append(
                f"a hyphen at the end of a line belongs to the word{where}, and stays before "
                f'lb break="no" ({self.hard} of them) (--hyphens {self.kind})'
            )
        if self.open:
            said.append(
                "whether a hyphen at the end of a line belongs to the word is left open, by lb "
                f'break="maybe" ({self.open} of them) (--hyphens {self.kind})'
            )
        return said
