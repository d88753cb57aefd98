"""Which single-byte encoding a text in Latin or Greek letters has, by the letters of languages.

A guess by frequency confuses encodings that differ in few letters (mañana and mańana). Here each is
asked how many of its letters no one language would have beside the others.
"""

import re
import unicodedata
from collections import Counter

# letters beyond a to z that a language has, as common knowledge has them
_LETTERS = {
    "German": "äöüß",
    "French": "àâæçèéêëîïôœùûüÿ",
    "Spanish": "áéíñóúüçà",
    "Portuguese": "áàâãçéêíóôõúü",
    "Italian": "àèéìîòóù",
    "Dutch": "áéèëïíóöüúçê",
    "Nordic": "åäöæøéüàòôèê",
    "Icelandic": "áðéíóúýþæö",
    "English": "éèêëïöüæœçàáâñôî",
    "Latin": "æœàáâèéêëìíîòóôùúûæ",
    "Polish": "ąćęłńóśźż",
    "Czech and Slovak": "áäčďéěíĺľňóôŕřšťúůýž",
    "Hungarian": "áéíóöőúüű",
    "Romanian": "ăâîşţșț",
    "Croatian and Slovenian": "čćđšž",
    "Turkish": "çğıöşüâîûİ",
    "Greek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
}
_ENCODINGS = (
    "cp1252", "iso8859_15", "cp1250", "iso8859_2", "cp1254", "cp1253", "iso8859_7", "mac_roman",
    "cp850", "cp437",
)  # fmt: skip
# a sign beside a letter, other than quotation marks, dashes and their like
_SIGN = r"(?:[¹²³¼½¾]|[^\x00-\x7f\w\s“”‘’„‚‛‟«»‹›–—―…·¡¿°ªº†‡•\u00ad‐−])"
_AMONG_LETTERS = re.compile(rf"(?<=[^\W\d_]){_SIGN}|{_SIGN}(?=[^\W\d_])|[^\W\d_][¡¿°](?=[^\W\d_])")
_CYRILLIC = ("mac_cyrillic", "iso8859_5", "cp866", "koi8_r", "cp1251")  # the likeliest last
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")
_CAPITAL_WITHIN = re.compile("[\u0430-\u045f][\u0400-\u042f]")
_TWO_ALPHABETS = re.compile("[a-zA-Z][\u0400-\u04ff]|[\u0400-\u04ff][a-zA-Z]")
_SINGLE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_BEYOND = re.compile(rb"[\x80-\xff]")
_COMMON = "оеаинтсрвл"
_TWO_SCRIPTS = re.compile("[a-zA-Z][\u0370-\u03ff]|[\u0370-\u03ff][a-zA-Z]")


def is_european(encoding: str) -> bool:
    """Return whether the encoding is one of Latin or Greek letters in single bytes."""
    names = ("cp1250", "cp1252", "cp1253", "cp1254", "cp1257", "cp437", "cp85", "cp775", "mac_")
    if encoding in ("mac_cyrillic", "cp855"):
        return False
    others = ("iso8859_5", "iso8859_6", "iso8859_8", "iso8859_11")
    return encoding.startswith((*names, "iso8859", "latin", "hp_roman8")) and (
        encoding not in others
    )


def looks_latin(data: bytes) -> bool:
    """Return whether the bytes beyond ASCII stand alone, as letters with accents do.

    In encodings of two bytes to a character they stand in pairs, in Greek or Cyrillic in words.
    """
    return len(_SINGLE.findall(data)) > 0.6 * len(_BEYOND.findall(data))


def order_encodings(data: bytes, guessed: list[str]) -> list[str]:
    """Return the encodings, the likeliest first; GUESSED are those that frequency speaks for."""
    asked = list(dict.fromkeys([*_ENCODINGS, *filter(is_european, guessed)]))
    scored = []
    for place, encoding in enumerate(asked):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        scored.append((_oddness(text), encoding not in guessed[:1], place, encoding))
    best = min(scored, default=(0, False, 0, ""))
    # those that frequency speaks for come first only among equals that differ in no letter
    equal = [one for one in scored if one[0] == best[0]]
    return [one[3] for one in sorted(equal, key=lambda one: one[2])] + guessed


def find_cyrillic(data: bytes) -> str:
    """Return the single-byte encoding in which the bytes are surely Cyrillic; "" for all others.

    They are where nearly all beyond ASCII are Cyrillic letters, capitals only begin words, and the
    commonest letters of Slavic languages are common.
    """
    scored = []
    for encoding in _CYRILLIC:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        beyond = sum(ord(one) > 127 for one in text) or 1
        letters = _CYRILLIC_LETTER.findall(text)
        within = len(_CAPITAL_WITHIN.findall(text)) + len(_TWO_ALPHABETS.findall(text))
        common = sum(one.lower() in _COMMON for one in letters)
        if len(letters) > 0.85 * beyond and within < 0.02 * beyond and common > 0.5 * beyond:
            scored.append((common - within, encoding))
    return max(scored, default=(0, ""))[1]


def _oddness(text: str) -> float:
    """Return how many of the letters beyond ASCII no single language would have, from 0 to 1."""
    beyond = Counter(one for one in text if ord(one) > 127)
    letters = {one: count for one, count in beyond.items() if unicodedata.category(one)[0] == "L"}
    total = sum(beyond.values()) or 1
    odd = min(
        sum(
            count for one, count in letters.items() if one not in known and one.lower() not in known
        )
        for known in map(frozenset, _LETTERS.values())
    )
    odd += sum(count for one, count in beyond.items() if unicodedata.category(one) in ("Cc", "Cn"))
    odd += len(_AMONG_LETTERS.findall(text)) + len(_TWO_SCRIPTS.findall(text))
    return odd / total
