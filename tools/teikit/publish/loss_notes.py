"""Whether each note and reading is at its place, or a link there leads to it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from lxml import etree

from teikit.document import TEI, Document
from teikit.pointers import resolve
from teikit.publish.carried import Carried, Lost
from teikit.publish.loss_match import Matched
from teikit.publish.loss_words import Page, Words, may_move, outermost
from teikit.report import Finding
from teikit.texts import find_texts

_NOTE, _APP, _LIST, _CHOICE = (f"{{{TEI}}}{name}" for name in ("note", "app", "listApp", "choice"))
_READINGS = (f"{{{TEI}}}rdg", f"{{{TEI}}}witDetail")


def find_notes(document: Document) -> dict[etree._Element, etree._Element]:
    """Return each note of the texts and of standOff with the element that it is about.

    That is the note itself where it stands in the text. One in standOff that points to nothing
    in this document has no place. A reading of the apparatus is a note on its entry.
    """
    found: dict[etree._Element, etree._Element] = {}
    for text in find_texts(document.root):
        for note in text.iter(_NOTE, *_READINGS):
            if note.tag == _NOTE:
                found[note] = note
                continue
            entry = next(note.iterancestors(_APP), None)
            if entry is not None and next(entry.iterancestors(_LIST), None) is None:
                found[note] = _choice_around(entry)
    stand_offs = outermost(document.root, "standOff") if found or document.ids else ()
    by_id: dict[str, etree._Element] = {}
    for stand_off in stand_offs:
        for note in stand_off.iter(_NOTE):
            for raw in note.get("target", "").split():
                at, _, name = resolve(raw, document.path).target.rpartition("#")
                if at == document.path and name in document.ids:
                    if name not in by_id:
                        by_id[name] = document.element(document.ids[name])
                    found[note] = by_id[name]
                    break
    return found


def _choice_around(entry: etree._Element) -> etree._Element:
    """Return the choice that calls an entry in the source's side of it, else the entry."""
    for side in entry.iterancestors("{*}sic", "{*}orig", "{*}abbr"):
        if side.getparent().tag == _CHOICE:
            return side.getparent()
    return entry


def check_notes(
    document: Document,
    notes: Mapping[etree._Element, etree._Element],
    words: Words,
    page: Page,
    matched: Matched,
) -> tuple[Carried, list[Lost]]:
    """Return how many notes can be reached, and a loss for each that cannot."""
    called = _calls(page, matched)
    flows: dict[tuple[int, int], _Flow] = {}
    wanted, losses = 0, []
    for note, about in notes.items():
        first, end = words.spans.get(note, (-1, -1))
        if first < 0 or first == end or matched.places[first] < 0:
            continue  # no words, for another language, or lost: that is told already
        wanted += 1
        begin, after = words.spans.get(about, (-1, -1))
        if begin < 0:
            continue
        around = words.spans.get(holder_of(about), (-1, -1))
        if not around[0] <= begin <= after <= around[1]:
            around = (0, len(words.stretches))
        if around not in flows:
            flows[around] = _Flow(words, matched, *around)
        flow = flows[around]
        low, high = flow.before(begin), flow.after(after)
        at = matched.places[first]
        room = flow.room(begin, after) if begin <= first < after else len(matched.page)
        names = _names_around(page, matched, at)
        if not low <= at <= min(high, low + room) and not any(
            _has_between(called.get(name, ()), low, high) for name in names
        ):
            finding = Finding(
                document.place(note),
                "publish:lost-note",
                "nothing at its place on the page leads to this note",
                ordinal=document.ordinal(note),
                hint="Give its place a link to it: named template note-call does.",
            )
            losses.append(Lost("notes", finding))
    return Carried("notes", wanted - len(losses), wanted), losses


def holder_of(element: etree._Element | None) -> etree._Element | None:
    """Return what holds the element and is itself told elsewhere, as a note that has one."""
    above = element.iterancestors(etree.Element) if element is not None else ()
    return next(filter(may_move, above), None)


def _calls(page: Page, matched: Matched) -> dict[str, list[int]]:
    """Return where on the page links to each of its ids stand."""
    found: dict[str, list[int]] = {}
    for link, number in page.links:
        name = link.get("href", "").rpartition("#")[2]
        name = unquote(name) if "%" in name else name
        if name:
            at = matched.starts[number] if number < len(matched.starts) else len(matched.page)
            found.setdefault(name, []).append(at)
    return found


def _has_between(places: Sequence[int], low: int, high: int) -> bool:
    """Return whether one of these places, which are in order, is from LOW to HIGH."""
    at = bisect_left(places, low)
    return at < len(places) and places[at] <= high


def _names_around(page: Page, matched: Matched, at: int) -> Iterator[str]:
    holder = page.stretches[bisect_right(matched.starts, at) - 1].holder
    for one in (holder, *holder.iterancestors(etree.Element)):
        if name := one.get("id"):
            yield name


class _Flow:
    """Where on the page the words of the text end and begin, or those of one of its notes: what
    is told elsewhere than they are is left out.
    """

    def __init__(self, words: Words, matched: Matched, begin: int, end: int):
        self._begin, self._page = begin, len(matched.page)
        stretches, places = words.stretches[begin:end], matched.places[begin:end]
        many = len(stretches)
        inside = _told_elsewhere(words, begin, end)
        self._before, self._after = [0] * (many + 1), [len(matched.page)] * (many + 1)
        self._sizes, self._first, self._next = [0], [0] * (many + 1), [many] * (many + 1)
        for number, one in enumerate(stretches):
            at = places[number]
            is_flow = at >= 0 and not inside[number]
            self._before[number + 1] = at + len(one.words) if is_flow else self._before[number]
            self._sizes.append(self._sizes[-1] + len(one.words))
            self._first[number + 1] = number + 1 if is_flow else self._first[number]
        for number in range(many - 1, -1, -1):
            is_flow = places[number] >= 0 and not inside[number]
            self._after[number] = places[number] if is_flow else self._after[number + 1]
            self._next[number] = number if is_flow else self._next[number + 1]

    def before(self, number: int) -> int:
        """Return where on the page the words before this stretch end."""
        return self._before[number - self._begin]

    def after(self, number: int) -> int:
        """Return where on the page the words from this stretch on begin."""
        return self._after[number - self._begin]

    def room(self, begin: int, after: int) -> int:
        """Return how many characters the document has between the words before and after these;
        where there are none of either, as many as the page has.
        """
        before, behind = self._first[begin - self._begin], self._next[after - self._begin]
        if not before and behind == len(self._next) - 1:
            return self._page
        return self._sizes[behind] - self._sizes[before]


def _told_elsewhere(words: Words, first: int, last: int) -> bytearray:
    """Return which of these stretches are told elsewhere than the others, in what holds them."""
    inside = bytearray(last - first)
    reached = first
    for begin in sorted(one for one in words.movable if first <= one < last):
        end = words.movable[begin]
        if end > reached and end <= last and (begin, end) != (first, last):
            begin, reached = max(begin, reached), end
            inside[begin - first : end - first] = b"\1" * (end - begin)
    return inside
