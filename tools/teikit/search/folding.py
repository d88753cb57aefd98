"""What makes no difference in a search: case, diacritics, width, variants of characters.

Every character is folded by itself, so that a script can fold a query, and a paragraph that it
shows, in the same way: NFKD; without marks that are diacritics; full case folding; and then, one
for one, letters that Unicode keeps apart but readers do not, and variants of Chinese characters.

Marks that are letters stay: vowels and tones of Indian scripts, Thai, Tibetan. So do the voicing
marks of kana and the syllables of Hangul, which are put together first.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from teikit.search.classes import as_ranges, unit_ranges
from teikit.search.records import FoldData

# Letters that have no decomposition, and i without a dot (in Turkish another letter than i; who
# looks for Turkish words finds more than was asked for, never less)
_ALIKE = {
    "ı": "i", "ȷ": "j", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe",
    "ĸ": "k", "ŀ": "l", "ɑ": "a", "ꜳ": "aa", "ꜵ": "ao", "ꜽ": "ay", "ꝏ": "oo", "ꝛ": "r", "ꞇ": "t",
    "ى": "ي", "ی": "ي", "ک": "ك", "ٱ": "ا", "’": "'", "‘": "'", "ʼ": "'",
}  # fmt: skip
_TATWEEL = "\u0640"
# canonical combining classes of diacritics: overlays, points of Hebrew, Arabic and Syriac, and what
# stands above, below or beside; those of vowels, voicing and viramas are not among them
_DIACRITIC = frozenset((1, *range(10, 37), *range(200, 241)))
_TOGETHER = re.compile(
    "[\u3041-\u30ff\uff66-\uff9d][\u3099\u309a\uff9e\uff9f]"
    "|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
)
_STAYS = re.compile("[\u1100-\u11ff\u3099\u309a]")
_SPACES = re.compile(" {2,}")
# where Unicode has no character that is dropped or folds in a way of its own: Han, Hangul, private
# use, and all that follows the tags and selectors of plane 14
_NOTHING_IN = ((0x3400, 0xA000), (0xAC00, 0xF900), (0x20000, 0xE0000), (0xE0200, 0x110000))


class Folding(dict):
    """What each character becomes; a table for str.translate that fills itself."""

    def __init__(self, variants: Mapping[str, str]):
        super().__init__()
        self._variants = variants

    def __missing__(self, code: int) -> str:
        folded = _fold_sign(chr(code))
        if self._variants:
            folded = "".join(self._variants.get(sign, sign) for sign in folded)
        self[code] = folded
        return folded

    def fold(self, text: str) -> str:
        """Return the text as it is compared: folded, each run of white space one space."""
        if _TOGETHER.search(text):
            text = _TOGETHER.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
        return _SPACES.sub(" ", text.translate(self)).strip(" ")


def _fold_sign(sign: str) -> str:
    if sign.isspace():
        return " "
    if "가" <= sign <= "힣":
        return sign
    folded = _without_marks(_decomposed(sign))
    folded = folded.casefold().lower()  # Cherokee is folded to capitals, all else to small letters
    folded = _without_marks(_decomposed(folded))
    return "".join(_ALIKE.get(one, one) for one in folded)


def _decomposed(text: str) -> str:
    """Return the text in NFKD, but kana with the mark that voices it, and Hangul in syllables."""
    folded = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFKC", text) if _STAYS.search(folded) else folded


def _without_marks(text: str) -> str:
    return "".join(sign for sign in text if not is_dropped(sign))


def is_dropped(sign: str) -> bool:
    """Return whether the character is none for a search: a diacritic, or one without a shape."""
    if sign == _TATWEEL:
        return True
    category = unicodedata.category(sign)
    if category == "Mn":
        return unicodedata.combining(sign) in _DIACRITIC or _is_selector(sign)
    return category in ("Cf", "Me")


def _is_selector(sign: str) -> bool:
    """Return whether it chooses among shapes: variation selectors, and the joiner of graphemes."""
    return sign in "\u034f\u180b\u180c\u180d\u180f" or (
        "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"
    )


def folding_job() -> FoldData:
    """Return what the script has to know of all characters; it takes a while to look at them."""
    return FoldData(exceptions(), dropped_ranges(), unit_ranges())


@cache
def dropped_ranges() -> str:
    """Return the characters that are dropped, as they stand in brackets in a pattern."""
    return as_ranges(code for code in _codes() if is_dropped(chr(code)))


@cache
def exceptions() -> dict[str, str]:
    """Return what folds otherwise than by what every script engine can do.

    That is: decomposing, dropping marks, lower case, and the first two again. The rest goes into
    the site as data.
    """
    found = {}
    for sign in map(chr, _codes()):
        folded = _fold_sign(sign)
        if folded != sign or sign.lower() != sign:
            plain = _without_marks(_decomposed(_without_marks(_decomposed(sign)).lower()))
            if plain != folded:
                found[sign] = folded
    return found


def _codes() -> Iterator[int]:
    """Yield the code points that folding may change in a way of its own."""
    code = 0
    for first, end in _NOTHING_IN:
        yield from range(code, first)
        code = end
