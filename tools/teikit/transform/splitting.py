"""The working tree of a text -> the same with the text in parts, one a page.

Each part becomes a text of its own in the tree: the elements that a cut goes through are there in
both parts, so that what stands in them has the same ancestors as before, but with their id, their
notes and marks in the first alone. No word is copied. Stylesheets find `tk:part` on the text, the
number of the part from 1; as the tree holds all parts, what they look up by a key they find.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from lxml import etree

from teikit.document import ORDINAL, OURS, XML_ID
from teikit.transform.rendering import PartPage

PART = f"{{{OURS}}}part"
_ID, _NOTE, _N, _FINDINGS = (f"{{{OURS}}}{name}" for name in ("id", "note", "n", "findings"))
_ONCE = (XML_ID, _ID, _NOTE, _N, _FINDINGS)


def split_tree(
    root: etree._Element, texts: Iterable[etree._Element], pages: Sequence[PartPage]
) -> list[etree._Element]:
    """Cut the texts in the tree where PAGES say that a part begins; return the parts, in order."""
    tops = {id(text): text for text in texts}
    starts = {str(page.start): number for number, page in enumerate(pages, 1)}
    found = [one for one in root.iter(etree.Element) if one.get(ORDINAL) in starts]
    parts: list[etree._Element] = []
    for element in reversed(found):
        top = _top_of(element, tops)
        if top is None:
            continue
        part = top if element is top else _cut(element, top)
        part.set(PART, str(starts[element.get(ORDINAL)]))
        parts.append(part)
    return parts[::-1]


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


def mend_links(parts: Sequence[Sequence[etree._Element]], pages: Sequence[PartPage]) -> None:
    """Let links inside a rendered part lead inside it, and those to another part to its page.

    PARTS are the elements of HTML on each page.
    """
    ids = [
        {element.get("id") for top in part for element in top.iter() if element.get("id")}
        for part in parts
    ]
    homes: dict[str, int] = {}
    for number, names in enumerate(ids):
        for name in names:
            homes.setdefault(name, number)
    for number, part in enumerate(parts):
        own = pages[number].url
        for link in (link for top in part for link in top.iter("a")):
            page, hash_, fragment = (link.get("href") or "").partition("#")
            name = unquote(fragment)
            if hash_ and page == own:
                link.set("href", f"#{fragment}")
            elif hash_ and not page and name not in ids[number] and name in homes:
                link.set("href", f"{pages[homes[name]].url}#{fragment}")
