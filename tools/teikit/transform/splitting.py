"""The working tree of a text -> the same with the text in parts, one a page.

Each part becomes a text of its own in the tree: the elements that a cut goes through are there in
both parts, so that what stands in them has the same ancestors as before, but with their id, their
notes and marks in the first alone. No word is copied. Stylesheets find `tk:part` on the text, the
number of the part from 1; as the tree holds all parts, what they look up by a key they find.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from lxml import etree

from teikit.document import ORDINAL, OURS, TEI, XML_ID
from teikit.transform.rendering import PartPage

PART = f"{{{OURS}}}part"
_ID, _NOTE, _N, _FINDINGS, _HREF, _ON = (
    f"{{{OURS}}}{name}" for name in ("id", "note", "n", "findings", "href", "on")
)
_ONCE = (XML_ID, _ID, _NOTE, _N, _FINDINGS)


def split_tree(
    root: etree._Element, texts: Iterable[etree._Element], pages: Sequence[PartPage]
) -> list[etree._Element]:
    """Cut the texts in the tree where PAGES say that a part begins; return the parts, in order."""
    tops = {id(text): text for text in texts}
    starts = {str(page.start): number for number, page in enumerate(pages, 1)}
    found = [one for one in root.iter(etree.Element) if one.get(ORDINAL) in starts]
    parts: list[tuple[int, etree._Element]] = []
    for element in reversed(found):
        top = _top_of(element, tops)
        if top is None:
            continue
        part = top if element is top else _cut(element, top)
        number = starts[element.get(ORDINAL)]
        part.set(PART, str(number))
        parts.insert(0, (number, part))
    _mend_links(root, parts, pages)
    return [part for _, part in parts]


def _top_of(element: etree._Element, tops: dict[int, etree._Element]) -> etree._Element | None:
    while element is not None and id(element) not in tops:
        element = element.getparent()
    return element


def _cut(element: etree._Element, top: etree._Element) -> etree._Element:
    """Move the element and all that follows it in the text TOP into a copy; return the copy."""
    first, holder = element, None
    while True:
        parent = first.getparent()
        new = etree.Element(parent.tag, dict(parent.attrib), nsmap=parent.nsmap)
        for name in _ONCE:
            new.attrib.pop(name, None)
        following = list(first.itersiblings())
        if holder is None:
            new.append(first)
        else:  # what was cut below stands for the rest of its parent
            holder.tail, first.tail = first.tail, None
            new.append(holder)
        for one in following:
            new.append(one)
        if parent is top:
            new.tail, top.tail = top.tail, None
            top.addnext(new)
            return new
        first, holder = parent, new


def _mend_links(
    root: etree._Element, parts: list[tuple[int, etree._Element]], pages: Sequence[PartPage]
) -> None:
    """Let links inside a part lead inside it, and those to another part to its page."""
    homes: dict[str, int] = {}  # id -> number of the part that has it
    for number, part in parts:
        for element in part.iter(etree.Element):
            if element.get(_ID):
                homes.setdefault(element.get(_ID), number)
    for note in root.iter(f"{{{TEI}}}note"):  # in standOff: it is told where what it explains is
        if note.get(_ON) in homes and note.get(_ID):
            homes.setdefault(note.get(_ID), homes[note.get(_ON)])
    for number, part in parts:
        own = pages[number - 1].url
        for element in part.iter(f"{{{TEI}}}*"):
            page, hash_, name = (element.get(_HREF) or "").partition("#")
            if hash_ and page == own:
                element.set(_HREF, f"#{name}")
            elif hash_ and not page and homes.get(unquote(name), number) != number:
                element.set(_HREF, f"{pages[homes[unquote(name)] - 1].url}#{name}")
