"""The words of a document and those of its page, stretch by stretch."""

from collections.abc import Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from teikit.document import TEI, XML_LANG, Document
from teikit.edition.readings import (
    IN_LANGUAGES,
    KEEPS_ORDER,
    MOVABLE,
    MOVABLE_WHERE_LOCATED,
    REGISTERS,
)
from teikit.pointers import resolve
from teikit.texts import find_texts
from teikit.transform.blocks import is_located, local_name

# classes of the elements on a page whose words are ours
OURS_ON_A_PAGE = frozenset(
    {"tk-label", "tk-back", "tk-wit", "tk-n", "tk-noteref", "tk-finding", "tk-outer", "tk-url"}
)
_EVENTS = ("start", "end", "comment", "pi")


class Stretch(NamedTuple):
    """The words of one text node: of a document, or of a page. White space is not counted."""

    words: str  # without white space
    holder: etree._Element
    unit: etree._Element | None = None  # in which words keep their order
    is_annotation: bool = False  # stands in standOff, not in the text


_stretch = Stretch._make  # from a tuple, which is faster


class Words(NamedTuple):
    """All stretches in order, where notes and their like end (first stretch -> that after), and
    of the elements that were asked for the first stretch in them and that after them.
    """

    stretches: list[Stretch]
    movable: dict[int, int]
    spans: dict[etree._Element, tuple[int, int]]


class Page(NamedTuple):
    """The words of a page that are not ours, in order, and its links: (a, how many before it)."""

    stretches: list[Stretch]
    links: list[tuple[etree._Element, int]]  # with the number of stretches before


def words_of_document(
    document: Document, language: str = "", wanted: Set[etree._Element] = frozenset()
) -> Words:
    """Return the words of the texts, in order, and those of the annotations in standOff.

    Of a file that has no text they are those of its standOff, else all but its header's. What
    the page in LANGUAGE leaves to pages in other languages is not among them.
    """
    found = Words([], {}, dict.fromkeys(wanted, (-1, -1)))
    others = notes_for_others(document, language)
    texts = find_texts(document.root)
    for text in texts:
        _collect(text, found, others)
    for stand_off in outermost(document.root, "standOff"):
        for part in annotations_in(stand_off) if texts else (stand_off,):
            _collect(part, found, others, is_annotation=bool(texts))
    if not texts and not found.stretches:
        for part in document.root.iterchildren(etree.Element):
            if local_name(part) != "teiHeader":
                _collect(part, found, others)
    return found


def outermost(root: etree._Element, name: str) -> list[etree._Element]:
    """Return the TEI elements of this name that stand in no other of it."""
    tag = f"{{{TEI}}}{name}"
    return [one for one in root.iter(tag) if next(one.iterancestors(tag), None) is None]


def annotations_in(stand_off: etree._Element) -> Iterator[etree._Element]:
    """Yield the parts of a standOff that are no registers."""
    for part in stand_off.iterchildren(etree.Element):
        if local_name(part) == "standOff":
            yield from annotations_in(part)
        elif local_name(part) not in REGISTERS and local_name(part) != "teiHeader":
            yield part


def notes_for_others(document: Document, language: str) -> set[etree._Element]:
    """Return the notes in standOff that a page in LANGUAGE has in that language, in others."""
    by_place: dict[tuple[str, str], list[etree._Element]] = {}
    for stand_off in outermost(document.root, "standOff") if language else ():
        for note in stand_off.iter(f"{{{TEI}}}note"):
            kind, target, said = note.get("type", ""), note.get("target"), note.get(XML_LANG)
            if kind in IN_LANGUAGES and target and said:
                place = resolve(target.split()[0], document.path).target
                by_place.setdefault((kind, place), []).append(note)
    found: set[etree._Element] = set()
    for notes in by_place.values():
        others = {note for note in notes if _main(note.get(XML_LANG)) != _main(language)}
        if len(others) < len(notes):
            found |= others
    return found


def _main(language: str) -> str:
    return language.partition("-")[0].lower()


@lru_cache(4096)
def _kind(tag: str) -> int:
    """Return 3 for elements that a page may move where they are located, 2 for those that it may
    move, 1 for others that keep order, else 0.
    """
    name = tag.removeprefix(f"{{{TEI}}}")
    if name in MOVABLE_WHERE_LOCATED:
        return 3
    return 2 if name in MOVABLE else int(name in KEEPS_ORDER)


def _kind_of(node: etree._Element) -> int:
    """Return 2 for an element that the page may move, 1 for another that keeps order, else 0."""
    kind = _kind(node.tag)
    if kind == 3:
        return 2 if is_located(node) else 0
    return kind


def may_move(element: etree._Element) -> bool:
    """Return whether a page may set the words of the element elsewhere."""
    return _kind_of(element) == 2


def _collect(
    top: etree._Element,
    found: Words,
    others: set[etree._Element],
    *,
    is_annotation: bool = False,
) -> None:
    stretches, spans, units = found.stretches, found.spans, [top]  # the innermost unit comes last
    begins: list[int] = []  # at which stretch the open movable elements begin
    walk = etree.iterwalk(top, events=_EVENTS)
    for event, node in walk:
        if event == "start":
            if (kind := _kind_of(node)) and node is not top:
                units.append(node)
            if spans and node in spans:
                spans[node] = len(stretches), len(stretches)
            if kind == 2:
                begins.append(len(stretches))
                if node in others:
                    walk.skip_subtree()
                    continue
            text = node.text
            if text and (words := "".join(text.split())):
                stretches.append(_stretch((words, node, units[-1], is_annotation)))
            continue
        if event == "end" and spans and node in spans:
            spans[node] = spans[node][0], len(stretches)
        if event == "end" and (kind := _kind_of(node)):
            if node is not top:
                units.pop()
            if kind == 2:
                begin = begins.pop()
                if len(stretches) > begin:  # the outer of two that begin together ends later
                    found.movable[begin] = len(stretches)
        tail = node.tail
        if tail and node is not top and (words := "".join(tail.split())):
            stretches.append(_stretch((words, node.getparent(), units[-1], is_annotation)))


def words_of_page(page: etree._Element) -> Page:
    """Return the words of a page that are not ours, in order, and its links."""
    found: list[Stretch] = []
    links: list[tuple[etree._Element, int]] = []
    ours: dict[str | None, bool] = {None: False}
    walk = etree.iterwalk(page, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            if node.tag == "a":
                links.append((node, len(found)))
            classes = node.get("class")
            if classes not in ours:
                ours[classes] = not OURS_ON_A_PAGE.isdisjoint(classes.split())
            if ours[classes]:
                if len(node):
                    links += [(one, len(found)) for one in node.iterdescendants("a")]
                walk.skip_subtree()
                continue
            text = node.text
            if text and (words := "".join(text.split())):
                found.append(_stretch((words, node, None, False)))
            continue
        tail = node.tail
        if tail and (words := "".join(tail.split())) and node is not page:
            found.append(_stretch((words, node.getparent(), None, False)))
    return Page(found, links)
