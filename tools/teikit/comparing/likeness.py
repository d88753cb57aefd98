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


def what_differs(old: str, new: str) -> str:
    """Return what alone differs: "white space", "normalisation", "characters that look alike",
    "capitals", "punctuation"; "" where words do."""
    if not old and not new:
        return ""
    if _WHITE.sub("", old) == _WHITE.sub("", new):
        return "white space"
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
