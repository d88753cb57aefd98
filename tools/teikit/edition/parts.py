"""Where a long text goes on on another page: at its divisions, and at members of a corpus.

A text with more words than a page should hold is cut before its outermost divisions (front, body,
back, div, numbered or not, the texts of a group), and a division that is still too long before
those in it. What stands before the first division of a longer one (its heading, a motto) stays
with that division's first page; small neighbours (a title page, a dedication) share a page. A
huge division without divisions is cut before paragraphs and the like.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from teikit.divisions import DIVISIONS
from teikit.document import ORDINAL, TEI, XML_ID, XML_LANG, label_of
from teikit.edition.blocks import is_left_out
from teikit.edition.records import Division, Part
from teikit.slugs import slug
from teikit.texts import in_examples

_T = f"{{{TEI}}}"
_SECTIONS = DIVISIONS | {f"{_T}{name}" for name in ("front", "body", "back", "group", "text")}
_NAMED = _SECTIONS - {f"{_T}{name}" for name in ("body", "group")}  # what contents lists tell
# where a huge division may be cut, if its parent has no words of its own
_BLOCKS = frozenset(f"{_T}{name}" for name in (
    "p ab lg l sp spGrp list item row table quote cit figure floatingText note entry entryFree "
    "superEntry bibl biblStruct listBibl person place org event object listPerson listPlace "
    "listOrg listEvent u annotationBlock surface surfaceGrp zone line"
).split())  # fmt: skip
_BREAKS = frozenset(f"{_T}{name}" for name in ("pb", "cb", "gb", "lb", "milestone", "fw"))
_HUGE = 4  # times the limit: from here on, paragraphs are parted
_SMALL = 20  # a limit's 20th: such neighbours share a page ...
_SHARED = 4  # ... up to a limit's 4th


@dataclass
class _Segment:
    """A page in the making: where it begins and what it is in."""

    start: etree._Element
    size: int
    path: tuple[Division, ...]
    opens: tuple[Division, ...] = ()
    number: int = 1  # of the pages of one division
    last: tuple[Division, ...] = ()  # of what shares the page, the last


def find_parts(texts: Sequence[etree._Element], limit: int) -> tuple[Part, ...]:
    """Return the pages that the texts of one file are split into; one page has no parts.

    LIMIT is in bytes of words; 0: texts are not split. Each of several texts has its own page.
    """
    segments: list[tuple[int, _Segment]] = []
    for number, text in enumerate(texts):
        segments += [(number, one) for one in _Sizes(text).segments(limit)]
    if len(segments) < 2:
        return ()
    members = len(texts) > 1
    parts = [
        _part(segment, member if members else -1, number)
        for number, (member, segment) in enumerate(segments, 1)
    ]
    return tuple(_with_words(_named(parts), texts))


class _Sizes:
    """How many bytes of words each element of a text has."""

    def __init__(self, text: etree._Element):
        self.text, self.sizes = text, {}
        inside = [0]
        for event, node in etree.iterwalk(text, events=("start", "end", "comment", "pi")):
            if event == "start":
                inside.append(_size(node.text))
                continue
            if event == "end":
                self.sizes[node] = inside.pop()
                inside[-1] += self.sizes[node]
            if node is not text:
                inside[-1] += _size(node.tail)

    def segments(self, limit: int) -> list[_Segment]:
        """Return the pages of the text."""
        if not limit or self.sizes[self.text] <= limit:
            return [_Segment(self.text, self.sizes[self.text], ())]
        return self._split(self.text, (), limit)

    def _split(
        self, element: etree._Element, path: tuple[Division, ...], limit: int
    ) -> list[_Segment]:
        opens: tuple[Division, ...] = ()
        is_leaf = not any(child.tag in _SECTIONS for child in element)
        if element is not self.text and (element.tag in _NAMED or is_leaf):
            opens = (_division(element, len(path) + 1),)
            path = (*path, *opens)
        size = self.sizes[element]
        if size <= limit or is_leaf:
            return self._pieces(element, size, path, opens, limit)
        found: list[_Segment] = []
        lead = _size(element.text)
        for child in element:
            if child.tag in _SECTIONS:
                found += self._split(child, path, limit)
            elif found:
                found[-1].size += self.sizes.get(child, 0)
            else:
                lead += self.sizes.get(child, 0)
        if lead > limit // _SMALL:
            found.insert(0, _Segment(element, lead, path, opens))
        else:
            found[0].start, found[0].size = element, found[0].size + lead
            found[0].opens = (*opens, *found[0].opens)
        return _share(found, limit)

    def _pieces(
        self,
        element: etree._Element,
        size: int,
        path: tuple[Division, ...],
        opens: tuple[Division, ...],
        limit: int,
    ) -> list[_Segment]:
        """Return a division without divisions: whole, or if it is huge, cut before paragraphs."""
        starts = [element]
        if size > _HUGE * limit:
            starts += self._cuts(element, limit)
        return [
            _Segment(start, size, path, () if number > 1 else opens, number)
            for number, start in enumerate(starts, 1)
        ]

    def _cuts(self, element: etree._Element, limit: int) -> Iterator[etree._Element]:
        """Yield the blocks before which a huge element is cut."""
        if any(map(_has_words, (element.text, *(child.tail for child in element)))):
            return
        since, has_block = 0, False
        for child in element:
            size = self.sizes.get(child, 0)
            if child.tag in _BLOCKS:
                if has_block and since and since + size > limit:
                    yield child
                    since = 0
                has_block = True
                if size > _HUGE * limit:
                    yield from self._cuts(child, limit)
                    since = limit
                    continue
            since += size


def _share(segments: list[_Segment], limit: int) -> list[_Segment]:
    """Return the pages with small neighbours on one."""
    kept = segments[:1]
    for one in segments[1:]:
        last, small = kept[-1], limit // _SMALL
        both = last.size + one.size
        if one.size < small and (last.size < small or last.last) and both < limit // _SHARED:
            last.size, last.opens = both, (*last.opens, *one.opens)
            last.last = one.last or one.path
        else:
            kept.append(one)
    return kept


def _size(words: str | None) -> int:
    return len(" ".join(words.split()).encode("utf-8")) if words else 0


def _has_words(text: str | None) -> bool:
    return bool(text and text.strip())


def _division(element: etree._Element, depth: int) -> Division:
    name = etree.QName(element).localname
    head = element.find(f"{_T}head")
    divisions = [one for one in element if one.tag in DIVISIONS]
    if head is None and name in ("front", "body", "back") and len(divisions) == 1:
        head = divisions[0].find(f"{_T}head")
    if head is None and name == "text":
        head = next(element.iter(f"{_T}titlePart", f"{_T}head"), None)
    language = next(
        (one.get(XML_LANG) for one in (element, *element.iterancestors()) if one.get(XML_LANG)), ""
    )
    kind = element.get("type", "") or ("" if element.tag in DIVISIONS else name)
    return Division(
        element.get(XML_ID, ""),
        kind,
        element.get("n", ""),
        label_of(head),
        incipit_of(element),
        depth,
        language,
    )


_BEGINNINGS = (f"{_T}p", f"{_T}ab", f"{_T}l")
_INCIPIT = 12  # characters of a division's running text that stand for its heading
_INCIPIT_SPACED = 44  # the same in a script that separates words by spaces
_STRANDED = "，,、；;：: “‘（《〈「『([«"  # looks lost at the end of an incipit


def incipit_of(division: etree._Element) -> str:
    """Return how the division's first paragraph begins, cut with an ellipsis."""
    first = next(division.iter(*_BEGINNINGS), None)
    return "" if first is None else _beginning(first)


def _beginning(element: etree._Element) -> str:
    """Return the first words of a paragraph or verse, without notes."""
    words = " ".join("".join(_running(element)).split())
    length = _INCIPIT_SPACED if " " in words[:_INCIPIT] else _INCIPIT
    if len(words) <= length:
        return words.rstrip(_STRANDED)
    cut = words[:length].rpartition(" ")[0] if length == _INCIPIT_SPACED else words[:length]
    return cut.rstrip(_STRANDED) + "…"


def _running(top: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(top, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start" and is_left_out(node):
            walk.skip_subtree()
        elif event == "start":
            yield node.text or ""
        elif node is not top:
            yield node.tail or ""


def _part(segment: _Segment, member: int, number: int) -> Part:
    own = segment.path[-1].id if segment.path else ""
    name = slug(own)
    if name and segment.number > 1:
        name = f"{name}-{segment.number}"
    return Part(
        name or str(number),
        _ordinal(_with_breaks(segment.start)),
        segment.path,
        segment.opens,
        segment.number,
        segment.last,
        member,
    )


def _with_breaks(start: etree._Element) -> etree._Element:
    """Return the page break before the element, which belongs to what follows; or the element."""
    while True:
        before = start.getprevious()
        if before is None or before.tag not in _BREAKS or _has_words(before.tail):
            return start
        start = before


def _ordinal(element: etree._Element) -> int:
    return int(element.get(ORDINAL))


def _named(parts: Iterable[Part]) -> list[Part]:
    """Return the parts, each with a name of its own, also where case does not count."""
    taken: set[str] = set()
    named = []
    for one in parts:
        name, number = one.name, 2
        while unicodedata.normalize("NFKC", name).casefold() in taken:
            name, number = f"{one.name}-{number}", number + 1
        taken.add(unicodedata.normalize("NFKC", name).casefold())
        named.append(replace(one, name=name))
    return named


def _with_words(parts: list[Part], texts: Sequence[etree._Element]) -> Iterator[Part]:
    """Yield the parts with the ids in each, how long it is and how it begins."""
    ids: list[list[str]] = [[] for _ in parts]
    characters, incipits = [0] * len(parts), [""] * len(parts)
    at, left_out = -1, None
    for text in texts:
        shown = in_examples(text)
        for event, node in etree.iterwalk(text, events=("start", "end", "comment", "pi")):
            if event == "start":
                if at + 1 < len(parts) and _ordinal(node) >= parts[at + 1].start:
                    at += 1
                if node.get(XML_ID) and node not in shown:
                    ids[at].append(node.get(XML_ID))
                if left_out is None and is_left_out(node):
                    left_out = node
                if left_out is None:
                    characters[at] += _count(node.text)
                    if node.tag in _BEGINNINGS and not incipits[at]:
                        incipits[at] = _beginning(node)
                continue
            if node is left_out:
                left_out = None
            if left_out is None and node is not text:
                characters[at] += _count(node.tail)
    for part, *found in zip(parts, ids, characters, incipits, strict=True):
        yield replace(part, ids=tuple(found[0]), characters=found[1], incipit=found[2])


def _count(words: str | None) -> int:
    return len("".join(words.split())) if words else 0
