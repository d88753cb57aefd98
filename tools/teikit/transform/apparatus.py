"""The critical apparatus: what its entries say of their place, their words and their witnesses.

An app by parallel segmentation holds the words of the text itself. One that is located by @loc,
@from or @to, or that stands in a listApp, only speaks of words that are elsewhere: none of its
readings is read in the text (TEI P5, 12.2).
"""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from teikit.document import OURS, TEI, XML_ID, Document
from teikit.pointers import resolve
from teikit.report import Finding
from teikit.transform.blocks import NUMBERED, is_located, local_name, shown_reading
from teikit.transform.calling import edited_side
from teikit.transform.reading_words import read_words, shorten, words_between

_ID, _LEMMA, _LINE, _AT, _SHOWN = (
    f"{{{OURS}}}{name}" for name in ("id", "lemma", "line", "at", "shown")
)
_T = f"{{{TEI}}}"
_NUMBER = re.compile(r"(?:\w{0,12}?[\s.:_-]*)?(\d{1,6}[a-z]?)")
_LONGEST_LOCATION = 200


def mark_apparatus(root: etree._Element, path: str) -> None:
    """Set tk:lemma, tk:line and tk:at on the entries, tk:shown on the readings in the text.

    What an entry leads to has an id then.
    """
    entries = list(root.iter(f"{_T}app"))
    if not entries:
        return
    for holder in root.iter(f"{_T}app", f"{_T}rdgGrp"):
        shown = shown_reading(holder)
        if shown is not None:
            shown.set(_SHOWN, "1")
    places = _Places(root, path)
    for entry in entries:
        places.mark(entry)


def _words_instead(entry: etree._Element) -> str:
    """Return what the reading text has for an entry that is all of the source's side of a choice.

    So editors say which readings their emendation stands for, in an entry without a lemma.
    """
    side = entry.getparent()
    edited = None if side is None else edited_side(side)
    return "" if edited is None or read_words(side) else read_words(edited)


def check_apparatus(document: Document) -> Iterator[Finding]:
    """Yield what an editor should know of entries that are located by reference."""
    located = [app for app in document.root.iter(f"{_T}app") if is_located(app)]
    if not located:
        return
    places = _Places(document.root, document.path)
    lost = [app for app in located if places.says_where(app) and places.find(app) is None]
    many = f"{len(located)} entries" if len(located) > 1 else "1 entry"
    yield Finding(
        document.place(located[0]),
        "transform:located-apparatus",
        f"{many} of the apparatus, from here on, are located by reference: they are shown as a "
        "list, not in the text" + (f"; {len(lost)} lead to no place in it" if lost else ""),
        "info",
        ordinal=document.ordinal(located[0]),
    )


class _Places:
    """Where in one document entries lead."""

    def __init__(self, root: etree._Element, path: str):
        self.path = path
        self.by_id: dict[str, etree._Element] = {}
        self.by_number: dict[str, etree._Element] = {}
        self.order: dict[etree._Element, int] = {}
        for number, element in enumerate(root.iter(etree.Element)):
            self.order[element] = number
            name = element.get(XML_ID)
            if name:
                self.by_id.setdefault(name, element)
            if element.get("n") and element.tag in (f"{_T}lb", f"{_T}l"):
                self.by_number.setdefault(element.get("n"), element)
        self.made = 0

    def mark(self, entry: etree._Element) -> None:
        """Set on an entry what is said of its place and its lemma."""
        if not is_located(entry):
            shown = shown_reading(entry)
            words = ("" if shown is None else read_words(shown)) or _words_instead(entry)
            if words:
                entry.set(_LEMMA, shorten(words))
            self._number(entry, entry)
            return
        place = self.find(entry)
        if place is None:
            return
        self._number(entry, place)
        if entry.get("from") and entry.find(f"{_T}lem") is None:
            end = self._target(entry.get("to", "")) if entry.get("to") else None
            words = self._words(place, entry if end is None else end)
            if words:
                entry.set(_LEMMA, shorten(words))
        if not place.get(_ID):
            self.made += 1
            place.set(_ID, f"tk-place-{self.made}")
        entry.set(_AT, f"#{place.get(_ID)}")

    def says_where(self, entry: etree._Element) -> bool:
        """Return whether the entry says at all what it is about."""
        return any(entry.get(name, "").strip() for name in ("from", "to", "loc"))

    def find(self, entry: etree._Element) -> etree._Element | None:
        """Return the element that the entry leads to, if there is one in the document."""
        for name in ("from", "to"):
            found = self._target(entry.get(name, ""))
            if found is not None:
                return found
        location = entry.get("loc", "")[:_LONGEST_LOCATION].strip()
        for said in (location, *location.split()):
            match = _NUMBER.match(said)
            found = self.by_number.get(said)
            if found is None and match:
                found = self.by_number.get(match[1])
            if found is not None:
                return found
        return None

    def _target(self, raw: str) -> etree._Element | None:
        if not raw.strip():
            return None
        at, _, name = resolve(raw.split()[0], self.path).target.rpartition("#")
        return self.by_id.get(name) if at == self.path else None

    def _words(self, start: etree._Element, end: etree._Element) -> str:
        """Return the words from one point to the other; those of the first where it has some."""
        own = read_words(start)
        if start is end or own or self.order[start] > self.order[end]:
            return own
        return words_between(start, end)

    def _number(self, entry: etree._Element, place: etree._Element) -> None:
        """Say in which verse it is, or in which numbered paragraph."""
        lines: Iterable[etree._Element] = (place, *place.iterancestors())
        for line in lines:
            if local_name(line) in NUMBERED and line.get("n"):
                entry.set(_LINE, line.get("n"))
                return
