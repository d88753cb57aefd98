"""What of a file is text: what a page shows, and what is counted, searched and split."""

from lxml import etree

from teikit.document import TEI

_T = f"{{{TEI}}}"
_TEXT, _SOURCE_DOC, _FACSIMILE = (f"{_T}{name}" for name in ("text", "sourceDoc", "facsimile"))
EXAMPLE = "{http://www.tei-c.org/ns/Examples}egXML"
_HOLDERS = frozenset((f"{_T}TEI", f"{_T}teiCorpus"))


def find_texts(root: etree._Element) -> list[etree._Element]:
    """Return the outermost <text> elements, in document order.

    Where a TEI has none, its <sourceDoc> stands for it, or else its <facsimile>. A corpus has the
    texts of its members.
    """
    texts = [one for one in root.iter(_TEXT) if next(one.iterancestors(_TEXT), None) is None]
    others = [
        one
        for one in root.iter(_SOURCE_DOC, _FACSIMILE)
        if one.getparent() is not None and _stands_for_text(one)
    ]
    if not others:
        return texts
    both = {*texts, *others}
    return [one for one in root.iter(_TEXT, _SOURCE_DOC, _FACSIMILE) if one in both]


def in_examples(root: etree._Element) -> set[etree._Element]:
    """Return the elements that only show what markup looks like."""
    return {
        inner
        for example in root.iter(EXAMPLE, f"{_T}egXML", f"{_T}eg")
        for inner in example.iterdescendants(etree.Element)
    }


def _stands_for_text(element: etree._Element) -> bool:
    siblings = {one.tag for one in element.getparent()}
    if _TEXT in siblings or (element.tag == _FACSIMILE and _SOURCE_DOC in siblings):
        return False
    return next(element.iterancestors(_TEXT), None) is None


def find_headers(text: etree._Element) -> list[etree._Element]:
    """Return what holds the headers that speak for a text: its TEI, then the corpora around it."""
    return [
        one
        for one in text.iterancestors()
        if one.tag in _HOLDERS and one.find(f"{_T}teiHeader") is not None
    ]


_LISTS = frozenset(
    f"{_T}{name}"
    for name in ("listPerson", "listPlace", "listOrg", "listEvent", "listObject", "listBibl")
)
_AROUND_LISTS = frozenset(f"{_T}{name}" for name in ("text", "body", "back", "div", "div1", "div2"))
_BESIDE_LISTS = frozenset(f"{_T}{name}" for name in ("head", "pb", "milestone"))


def is_register(root: etree._Element) -> bool:
    """Return whether the text of a file, if it has any, holds lists of entities alone."""
    texts = find_texts(root)
    return bool(texts) and all(map(_has_lists_alone, texts))


def _has_lists_alone(text: etree._Element) -> bool:
    found, todo = False, [text]
    while todo:
        for child in todo.pop().iterchildren(etree.Element):
            if child.tag in _LISTS:
                found = True
            elif child.tag in _AROUND_LISTS:
                todo.append(child)
            elif child.tag not in _BESIDE_LISTS:
                return False
    return found
