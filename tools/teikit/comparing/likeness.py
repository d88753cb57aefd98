"""What alone differs between two readings that are nearly the same."""

import re
import unicodedata

_WHITE = re.compile(r"\s+")
_NO_LETTER = re.compile(r"[\W_]+")
# letters of Cyrillic and Greek that look like a Latin one, and the signs that are taken for others
_ALIKE = str.maketrans(
    "аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅԌονραικτυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ’‘‛ʼ′`´“”„‟″‐‑‒–—―−·・٠۰",
    "aeopcyxijsdhqwABEKMHOPCTYXIJSGovpaiktuABEZHIKMNOPTYX'''''''\"\"\"\"\"-------··00",
)

UNSEEN = "invisible characters"
# variation selectors, joiners, spaces of no width, soft hyphens, marks of direction, fillers: they
# change or part what stands beside them, and have no shape of their own
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)


def is_unseen(character: str) -> bool:
    """Return whether the character has no shape of its own, and takes no room."""
    return bool(_UNSEEN.match(character))


def what_differs(old: str, new: str) -> str:
    """Return what alone differs: "white space", "invisible characters", "normalisation",
    "characters that look alike", "capitals", "punctuation"; "" where words do."""
    if not old and not new:
        return ""
    if _WHITE.sub("", old) == _WHITE.sub("", new):
        return "white space"
    if _WHITE.sub("", _UNSEEN.sub("", old)) == _WHITE.sub("", _UNSEEN.sub("", new)):
        return UNSEEN
    if not (old and new):
        rest = old + new
        return "" if _NO_LETTER.sub("", _marked(rest)) else "punctuation"
    nfc = unicodedata.normalize("NFC", old), unicodedata.normalize("NFC", new)
    if nfc[0] == nfc[1]:
        return "normalisation"
    if _skeleton(old) == _skeleton(new):
        return "characters that look alike"
    if nfc[0].casefold() == nfc[1].casefold():
        return "capitals"
    if _NO_LETTER.sub("", _marked(old)) == _NO_LETTER.sub("", _marked(new)):
        return "punctuation"
    return ""


def _skeleton(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    return "".join(one for one in text if unicodedata.category(one) != "Cf")


def _marked(text: str) -> str:
    """Return the text with each mark as a letter, so that it is no punctuation."""
    return "".join("x" + one if unicodedata.category(one)[0] in "MS" else one for one in text)
