"""The divisions of a text, and what each is called in an address."""

from lxml import etree

from teikit.document import TEI, XML_ID, label_of

_T = f"{{{TEI}}}"
DIVISIONS = frozenset(
    f"{_T}{name}" for name in ("div", "div1", "div2", "div3", "div4", "div5", "div6", "div7")
)
# what parts a text besides, and what it adds to an address
_HOLDERS = {f"{_T}front": "front", f"{_T}back": "back", f"{_T}text": "t", f"{_T}floatingText": "f"}


def anchors_of(text: etree._Element) -> dict[etree._Element, str]:
    """Return the anchors of the divisions that have an xml:id or a heading, in order.

    Without an xml:id it is made of the place of the division, as tk-div-2.1 for the first in the
    second; front and back say so: tk-div-back.1.
    """
    anchors: dict[etree._Element, str] = {}
    ways: dict[etree._Element, str] = {text: ""}  # way to each division and holder
    counts: dict[tuple[etree._Element, str], int] = {}
    for element in text.iter(*DIVISIONS, *_HOLDERS):
        if element is text:
            continue
        above = element.getparent()
        while above not in ways:
            above = above.getparent()
        mark = _HOLDERS.get(element.tag, "")
        number = counts[above, mark] = counts.get((above, mark), 0) + 1
        step = mark if mark in ("front", "back") else f"{mark}{number}"
        ways[element] = f"{ways[above]}.{step}"
        if element.tag in DIVISIONS:
            name = element.get(XML_ID, "")
            if name.startswith("tk-") or len(name.split()) > 1:  # no page keeps such an id
                name = ""
            if name or label_of(element.find(f"{_T}head")):
                anchors[element] = name or f"tk-div-{ways[element][1:]}"
    return anchors
