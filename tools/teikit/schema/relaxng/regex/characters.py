"""Classes of characters: ranges, categories, blocks, and what is taken away from them."""

import unicodedata
from dataclasses import dataclass

from teikit.schema.relaxng.regex.blocks import block
from teikit.schema.relaxng.xmlnames import begins_name, continues_name

_NAMES = """
L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn
"""
CATEGORIES = frozenset(_NAMES.split())


@dataclass(frozen=True)
class CharacterClass:
    """Some characters: those of the parts, or all others, but none of `minus`."""

    ranges: tuple[tuple[str, str], ...] = ()
    categories: tuple[str, ...] = ()
    classes: tuple["CharacterClass", ...] = ()
    names: str = ""  # "i": characters that begin an XML name, "c": those that stand in one
    negated: bool = False
    minus: "CharacterClass | None" = None

    def __contains__(self, character: str) -> bool:
        if self.minus is not None and character in self.minus:
            return False
        return self._in_parts(character) != self.negated

    def _in_parts(self, character: str) -> bool:
        if any(low <= character <= high for low, high in self.ranges):
            return True
        if self.categories and unicodedata.category(character).startswith(self.categories):
            return True
        if self.names:
            return (begins_name if self.names == "i" else continues_name)(character)
        return any(character in part for part in self.classes)


def one(character: str) -> CharacterClass:
    """Return the class of this character alone."""
    return CharacterClass(((character, character),))


ANY = CharacterClass((("\n", "\n"), ("\r", "\r")), negated=True)  # the point
_ESCAPES = {
    "s": CharacterClass((("\t", "\n"), ("\r", "\r"), (" ", " "))),
    "i": CharacterClass(names="i"),
    "c": CharacterClass(names="c"),
    "d": CharacterClass(categories=("Nd",)),
    "w": CharacterClass(categories=("P", "Z", "C"), negated=True),
}
_SINGLE = {"n": "\n", "r": "\r", "t": "\t"} | {sign: sign for sign in r"\|.?*+(){}-[]^"}


def escape(letter: str) -> CharacterClass | None:
    """Return the class of a backslash and LETTER; None where there is none."""
    if letter in _SINGLE:
        return one(_SINGLE[letter])
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.lower() in _ESCAPES:
        return CharacterClass(classes=(_ESCAPES[letter.lower()],), negated=True)
    return None


def prop(name: str, negated: bool) -> CharacterClass | None:
    r"""Return the class of \p{NAME} or \P{NAME}; None where there is no such property."""
    if name in CATEGORIES:
        return CharacterClass(categories=(name,), negated=negated)
    ranges = block(name[2:]) if name.startswith("Is") else None
    return CharacterClass(ranges, negated=negated) if ranges is not None else None
