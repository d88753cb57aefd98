"""Characters that do not belong in a text; reported where they stand, never changed."""

import bisect
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from teikit.check.composition import check_composition
from teikit.document import TEI, XML_LANG, Document
from teikit.report import Finding

_T = f"{{{TEI}}}"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_CLASSES = {
    "private": _PRIVATE,
    "noncharacter": _NONCHARACTERS,
    "bidi": "\u202a-\u202e\u2066-\u2069",
    "replacement": "\ufffc\ufffd",
    "control": "\x7f-\x9f\u2028\u2029\ufff9-\ufffb",
    "mark": "\ufeff",
    "invisible": "\u200b\u2060-\u2064",
}
_HIT = f"[{''.join(_CLASSES.values())}]"
# what is looked for in every file: few ranges, which is four times as fast as the exact class
_SUSPECT = (
    "[^\x00-\x7e\xa0-\u200a\u200c-\u2027\u202f-\u205f\u2065\u206a-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef"
    "\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)
_ASCII = bytes(range(0x7F))
_KIND = "|".join(f"(?P<{name}>[{chars}])" for name, chars in _CLASSES.items())
_REFERENCE = r"&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));"
_NO_TEXT = r"(?s:<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>)"
_OVERRIDES, _EMBEDDINGS, _ISOLATES = "\u202d\u202e", "\u202a\u202b", "\u2066\u2067\u2068"
_POP, _POP_ISOLATE = "\u202c", "\u2069"
_MOST = 100  # findings of one rule in one document
# Thai, Lao, Tibetan, Burmese, Khmer, and others in which U+200B says where words may be parted
_RUN_ON = re.compile(
    "[\u0e00-\u109f\u1780-\u17ff\u1950-\u19ff\u1a00-\u1aaf\u1b00-\u1b7f\ua980-\ua9ff\uaa60-\uaadf]"
)
_RUN_ON_LANGUAGES = re.compile(
    r"(th|lo|bo|dz|my|km|shn|mnw|nod|tts|khb|jv|ban)(-|$)", re.IGNORECASE
)
_INVISIBLE = re.compile(f"[{_CLASSES['invisible']}]")
_LETTER = re.compile(r"[^\W\d_]")
# where private-use characters are what is meant: a glyph, and what the header says of it
_GLYPHS = frozenset(f"{_T}{name}" for name in ("g", "mapping", "localProp", "value", "char"))


@dataclass(frozen=True)
class Hit:
    """One such character: what kind, which, and where it stands in the file."""

    kind: str
    character: str
    start: int
    end: int


@dataclass(frozen=True)
class Wrong:
    """Characters of one element that are to be reported together."""

    ordinal: int
    hits: list[Hit]
    rule: str
    message: str
    hint: str


def check_characters(document: Document) -> Iterator[Finding]:
    """Yield a finding for each element in which characters of one kind stand that should not."""
    if all(source.utf8.isascii() and b"&#" not in source.utf8 for source in document.sources):
        return
    text = document.utf8.decode("utf-8")
    groups = _groups(document, 0, _find_hits(document.utf8, text))
    for file, source in enumerate(document.sources[1:], 1):
        groups |= _groups(document, file, _find_hits(source.utf8, source.utf8.decode("utf-8")))
    counts: dict[str, int] = {}
    for wrong in _judge(document, groups):
        counts[wrong.rule] = counts.get(wrong.rule, 0) + 1
        if counts[wrong.rule] <= _MOST:
            yield _finding(document, wrong)
    for rule, count in sorted(counts.items()):
        if count > _MOST:
            yield _more(document, rule, count - _MOST)
    yield from check_composition(document, text)


def _more(document: Document, rule: str, count: int) -> Finding:
    return Finding(
        document.place_of(0),
        rule,
        f"{count} more elements of this file have such characters; {_MOST} are listed",
        severity=_severity(rule),
        hint="Mend those first, and validate again.",
        ordinal=0,
    )


def _severity(rule: str) -> str:
    return "error" if rule == "characters:noncharacter" else "warning"


def _find_hits(utf8: bytes, text: str) -> list[Hit]:
    """Return the characters, as they stand or as references, in order, with places in UTF-8."""
    found = []
    if re.search(_SUSPECT, utf8.translate(None, _ASCII).decode("utf-8")):
        found = [match for match in re.finditer(_SUSPECT, text) if re.match(_HIT, match[0])]
    if "&#" in text:
        references = re.finditer(_REFERENCE, text)
        found += [match for match in references if re.match(_HIT, _referred(match))]
    if not found:
        return []
    spans = [(match.start(), match.end(), match[0][2:3]) for match in re.finditer(_NO_TEXT, text)]
    starts = [start for start, _, _ in spans]
    hits, at, passed = [], 0, 0
    for match in sorted(found, key=lambda one: one.start()):
        is_reference = match.re.pattern == _REFERENCE
        span = bisect.bisect_right(starts, match.start()) - 1
        is_inside = span >= 0 and match.start() < spans[span][1]
        if is_inside and (is_reference or spans[span][2] != "["):
            continue  # a comment, or an & in a CDATA section, where it begins no reference
        passed += len(text[at : match.start()].encode("utf-8"))
        at = match.start()
        character = _referred(match) if is_reference else match[0]
        kind = re.match(_KIND, character).lastgroup
        hits.append(Hit(kind, character, passed, passed + len(match[0].encode("utf-8"))))
    return hits


def _referred(match: re.Match) -> str:
    """Return the character that a reference names; a space where there is none such."""
    number = int(match[1], 16) if match[1] else int(match[2])
    return chr(number) if number <= 0x10FFFF else " "


def _groups(document: Document, file: int, hits: Iterable[Hit]) -> dict[tuple[str, int], list[Hit]]:
    """Return the hits by kind and element, in order; those outside the outermost left out."""
    groups: dict[tuple[str, int], list[Hit]] = {}
    for hit in hits:
        ordinal = document.ordinal_at(hit.start, file)
        if ordinal >= 0:
            groups.setdefault((hit.kind, ordinal), []).append(hit)
    return groups


def _judge(document: Document, groups: dict[tuple[str, int], list[Hit]]) -> Iterator[Wrong]:
    has_private = any(kind == "private" for kind, _ in groups)
    declared = _declared_glyphs(document) if has_private else frozenset()
    for (kind, ordinal), hits in groups.items():
        if kind == "bidi":
            yield from _judge_bidi(ordinal, hits)
            continue
        if kind == "private":
            is_glyph = document.element(ordinal).tag in _GLYPHS
            hits = [hit for hit in hits if not is_glyph and hit.character not in declared]
        if kind == "invisible" and not _is_odd(document.element(ordinal)):
            continue
        if hits:
            yield Wrong(ordinal, hits, *_WORDS[kind](hits))


def _is_odd(element: etree._Element) -> bool:
    """Return whether there are letters beside what cannot be seen, of scripts that need none."""
    values = (value for value in element.attrib.values() if _INVISIBLE.search(value))
    own = (element.text, *(child.tail for child in element), *values)
    words = "".join(filter(None, own))
    if not _LETTER.search(words) or _RUN_ON.search(words):
        return False
    holders = (element, *element.iterancestors())
    language = next((one.get(XML_LANG) for one in holders if one.get(XML_LANG)), "")
    return not _RUN_ON_LANGUAGES.match(language)


def _declared_glyphs(document: Document) -> frozenset[str]:
    """Return the characters that a charDecl of the document says something about."""
    return frozenset(
        character
        for element in document.elements("mapping", "localProp", "value")
        for character in "".join(element.itertext()) + (element.get("value") or "")
    )


def _judge_bidi(ordinal: int, hits: list[Hit]) -> Iterator[Wrong]:
    overrides = [hit for hit in hits if hit.character in _OVERRIDES]
    unpaired = _unpaired(hits)
    if overrides:
        yield Wrong(
            ordinal,
            overrides,
            "characters:bidi",
            "the direction of writing is overridden, so that the text is not shown in its order",
            "Take them out; the letters themselves tell the direction, or rend and style do.",
        )
    elif unpaired:
        yield Wrong(
            ordinal,
            unpaired,
            "characters:bidi",
            "a change of the direction of writing begins or ends without its counterpart",
            "Put the other of the pair into the same element, or take this one out.",
        )


def _unpaired(hits: list[Hit]) -> list[Hit]:
    """Return the controls without a counterpart, in order."""
    lost, opened = [], []
    for hit in hits:
        if hit.character not in _POP + _POP_ISOLATE:
            opened.append(hit)
            continue
        openers = _ISOLATES if hit.character == _POP_ISOLATE else _OVERRIDES + _EMBEDDINGS
        if opened and opened[-1].character in openers:
            opened.pop()
        else:
            lost.append(hit)
    return sorted((*lost, *opened), key=lambda hit: hit.start)


def _private(_hits: list[Hit]) -> tuple[str, str, str]:
    return (
        "characters:private-use",
        "private use, so that only those who have the same font know what it is",
        "Use the Unicode character, or encode it as g and say in charDecl what it is.",
    )


def _noncharacter(_hits: list[Hit]) -> tuple[str, str, str]:
    return (
        "characters:noncharacter",
        "no character, and never to be one (Unicode)",
        "Take it out; look in the source for what stands there.",
    )


def _replacement(hits: list[Hit]) -> tuple[str, str, str]:
    lost = any(hit.character == "\ufffd" for hit in hits)
    return (
        "characters:replacement",
        f"a {'character' if lost else 'picture or table'} was lost here when text was copied or "
        "converted",
        "Look in the source for what stands there; or encode a gap.",
    )


def _control(hits: list[Hit]) -> tuple[str, str, str]:
    meant = next(filter(None, (_windows(hit.character) for hit in hits)), "")
    return (
        "characters:control",
        "control character, which no reader can see",
        f"Write “{meant}”, if that is what is meant: the file was probably once saved in "
        "Windows-1252 and read as Latin-1."
        if meant
        else "Take it out; a line or paragraph begins with lb or p.",
    )


def _windows(character: str) -> str:
    """Return what a C1 control is in Windows-1252."""
    if not "\x80" <= character <= "\x9f":
        return ""
    try:
        return bytes([ord(character)]).decode("cp1252")
    except UnicodeDecodeError:
        return ""


def _mark(_hits: list[Hit]) -> tuple[str, str, str]:
    return (
        "characters:byte-order-mark",
        "byte order mark, which belongs at the very beginning of a file only",
        "Take it out: it comes in when files are put together, and hinders searching.",
    )


def _invisible(_hits: list[Hit]) -> tuple[str, str, str]:
    return (
        "characters:invisible",
        "cannot be seen, and keeps words from being found",
        "Take it out: it mostly comes from a website or a word processor. If the source parts "
        "lines there, write lb.",
    )


_WORDS = {
    "invisible": _invisible,
    "private": _private,
    "noncharacter": _noncharacter,
    "replacement": _replacement,
    "control": _control,
    "mark": _mark,
}


def _finding(document: Document, wrong: Wrong) -> Finding:
    hits = wrong.hits
    names = list(dict.fromkeys(_name(hit.character) for hit in hits))
    listed = ", ".join(names[:5]) + (f" and {len(names) - 5} others" if names[5:] else "")
    again = f" ({len(hits)} times in this element)" if len(hits) > 1 else ""
    return Finding(
        document.source_of(wrong.ordinal).span(hits[0].start, hits[0].end),
        wrong.rule,
        f"{listed}{again}: {wrong.message}",
        severity=_severity(wrong.rule),
        hint=wrong.hint,
        ordinal=wrong.ordinal,
    )


def _name(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" {name}" if name else "")
