"""Numbers on a page: of notes, of paragraphs, of the ranks of headings."""

import re
from collections.abc import Mapping

from lxml import etree

from teikit.document import OURS, TEI
from teikit.pointers import resolve
from teikit.transform.blocks import DOUBTS, SECTIONS, local_name, stays
from teikit.transform.calling import in_order_of_calls

_ID, _NOTE, _NUMBER, _ON, _N, _LEVEL = (
    f"{{{OURS}}}{name}" for name in ("id", "note", "number", "on", "n", "level")
)
_HEAD, _APP, _ROW, _CELL, _NOTES = (
    f"{{{TEI}}}{name}" for name in ("head", "app", "row", "cell", "note")
)
_LB, _PB, _LINE = f"{{{TEI}}}lb", f"{{{TEI}}}pb", f"{{{OURS}}}line"
_DOUBTS = tuple(f"{{{TEI}}}{name}" for name in DOUBTS)
_CALLED_TAGS = frozenset((_NOTES, f"{{{TEI}}}noteGrp", f"{{{TEI}}}witDetail", *_DOUBTS))
_NO_PLACE = frozenset((f"{{{TEI}}}witDetail", *_DOUBTS))  # they are told elsewhere themselves
_PARAGRAPH_ID = re.compile(r"[a-z]+(\d+)\.p(\d+)|p(\d+)")


def mark_explained(root: etree._Element, path: str, ids: Mapping[str, etree._Element]) -> set[str]:
    """Return the ids that notes in standOff explain, and set tk:on on the notes.

    So do certainty, precision and respons wherever they are, where they target something in a text.
    """
    found: set[str] = set()
    for note in root.iterfind(f".//{{{TEI}}}standOff//{_NOTES}[@target]"):
        name = _target_of(note, path)
        if name:
            note.set(_ON, name)
            if note.get("type") != "summary":
                found.add(name)
    for doubt in root.iter(*_DOUBTS):
        name = _target_of(doubt, path)
        target = ids.get(name)
        if target is not None and _is_in_text(target):
            doubt.set(_ON, name)
            found.add(name)
    return found


def _is_in_text(target: etree._Element) -> bool:
    """Return whether words can be told at the target: it stands in a text, and in no doubt."""
    if target.tag in _NO_PLACE or next(target.iterancestors(*_DOUBTS), None) is not None:
        return False
    return next(target.iterancestors(f"{{{TEI}}}text"), None) is not None


def _target_of(note: etree._Element, path: str) -> str:
    """Return the id in this document that the note is about, or an empty string."""
    for raw in note.get("target", "").split():
        at, _, name = resolve(raw, path).target.rpartition("#")
        if at == path and name:
            return name
    return ""


def mark_notes(
    texts: list[etree._Element], explained: set[str], examples: set[etree._Element]
) -> None:
    """Number the notes in the order in which the text calls them."""
    notes = 0
    for text in texts:
        for element in text.iter(etree.Element):
            tag = element.tag
            if tag == _APP and _is_called(element) and element not in examples:
                continue
            called = (
                tag in _CALLED_TAGS
                and not element.get(_ON)
                and _is_called(element)
                and element not in examples
            )
            if called or (explained and element.get(_ID) in explained):
                notes += 1
                markable(element).set(_NOTE, str(notes))
                markable(element).set(_NUMBER, str(notes))


def mark_entries(texts: list[etree._Element], examples: set[etree._Element]) -> None:
    """Letter the entries of the apparatus in the order in which the text calls them."""
    entries = 0
    for text in texts:
        for entry in in_order_of_calls(text):
            if _is_called(entry) and entry not in examples:
                entries += 1
                entry.set(_NOTE, letters(entries))
                entry.set(_NUMBER, str(entries))


def letters(number: int) -> str:
    """Return the number as letters: a ... z, aa, ab ... as CSS counts in lower-alpha."""
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = "abcdefghijklmnopqrstuvwxyz"[rest] + found
    return found


def _is_called(element: etree._Element) -> bool:
    """Return whether the words of the element go to the notes, and a mark to its place."""
    if element.tag == _APP:
        return local_name(element.getparent()) != "listApp"
    return not stays(element)


def markable(element: etree._Element) -> etree._Element:
    """Return the element itself, or the first inside it where a mark may stand in HTML."""
    if element.tag == _ROW:
        return next(element.iterchildren(_CELL), element)
    return element


def mark_paragraphs(texts: list[etree._Element]) -> None:
    """Number the paragraphs that can be pointed to: by their id, else by their place."""
    for text in texts:
        counts: dict[etree._Element, int] = {}
        for paragraph in text.iter(f"{{{TEI}}}p"):
            parent = paragraph.getparent()
            if local_name(parent) not in SECTIONS:
                continue
            counts[parent] = counts.get(parent, 0) + 1
            name = paragraph.get(_ID)
            if name:
                match = _PARAGRAPH_ID.fullmatch(name)
                numbers = [part for part in match.groups() if part] if match else []
                paragraph.set(_N, ".".join(numbers) or str(counts[parent]))


def mark_line_numbers(texts: list[etree._Element]) -> None:
    """Set tk:line on each lb whose number begins with that of its page: "12.3" is line 3 of 12."""
    for text in texts:
        page = ""
        for element in text.iter(_LB, _PB):
            number = element.get("n", "")
            if element.tag == _PB:
                page = f"{number}."
            elif page != "." and number.startswith(page) and number != page:
                element.set(_LINE, number.removeprefix(page))


def mark_headings(texts: list[etree._Element]) -> None:
    """Give each heading its rank: 2 for the outermost, one more for each heading it is under."""
    for text in texts:
        ranks: dict[etree._Element, int] = {}  # section with a heading -> its rank
        for head in text.iter(_HEAD):
            section = head.getparent()
            if local_name(section) in SECTIONS and section not in ranks:
                above = (ranks[one] for one in section.iterancestors() if one in ranks)
                ranks[section] = min(next(above, 1) + 1, 6)
                head.set(_LEVEL, str(ranks[section]))
