"""What XML calls a name.

XML Schema and RELAX NG build on the earlier editions of XML 1.0, where a name consists of letters,
digits and marks, and a letter begins it. The fifth edition allows nearly every character. We ask
for both: a character that the fifth edition allows, of a category that the others ask for.
"""

import re
import unicodedata

# XML 1.0, fifth edition, productions 4 and 4a. Compiled when a name is not plain: that takes
# some milliseconds, and most documents have no such name.
_START = (
    "[:A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
    "\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
    "\U00010000-\U000effff]"
)
_REST = "[-.0-9\u00b7\u0300-\u036f\u203f\u2040]"
_PLAIN = re.compile("[A-Za-z_][A-Za-z0-9_.-]*")
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lo", "Lm", "Nl"})
_MARKS = frozenset({"Mn", "Mc", "Me", "Nd"})


def begins_name(character: str) -> bool:
    """Return whether a name may begin with the character."""
    if character in ":_":
        return True
    return bool(re.match(_START, character)) and unicodedata.category(character) in _LETTERS


def continues_name(character: str) -> bool:
    """Return whether the character may stand in a name."""
    if begins_name(character) or character in "-.\u00b7":
        return True
    if unicodedata.category(character) not in _MARKS:
        return False
    return bool(re.match(_START, character) or re.match(_REST, character))


def is_nmtoken(text: str) -> bool:
    """Return whether the text consists of characters of names."""
    return bool(text) and (_PLAIN.fullmatch(text) is not None or all(map(continues_name, text)))


def is_name(text: str) -> bool:
    """Return whether the text is a name."""
    return is_nmtoken(text) and begins_name(text[0])


def is_ncname(text: str) -> bool:
    """Return whether the text is a name without a colon."""
    return _PLAIN.fullmatch(text) is not None or (is_name(text) and ":" not in text)
