"""Ids: each is given once, and is one that XML and a URL can carry."""

import re
from collections.abc import Iterator

from lxml import etree

from teikit.check.records import PlacedId
from teikit.document import XML_ID, Document
from teikit.location import attribute_place
from teikit.place import Place
from teikit.report import Finding

_NAME = re.compile(r"[^\W\d][\w.\-·]*")


def check_ids(document: Document) -> Iterator[Finding]:
    """Yield a finding for each xml:id that is given twice or is no name."""
    twice: dict[Place, list[etree._Element]] = {}
    for element in document.root.iter(etree.Element):
        name = element.get(XML_ID)
        if name is None:
            continue
        ordinal = document.ordinal(element)
        first = document.ids[name]
        if first != ordinal and document.is_same_place(first, ordinal):
            twice.setdefault(_included_again(document, element, first), []).append(element)
        elif first != ordinal:
            place = document.place(element)
            before = document.place_of(first).seen_from(place)
            yield Finding(
                place,
                "ids:duplicate",
                f'xml:id="{name}" is given twice in this file; first {before}',
                hint="Give this element an id of its own.",
                ordinal=ordinal,
            )
        if not _NAME.fullmatch(name):
            yield Finding(
                attribute_place(document, element, XML_ID),
                "ids:no-name",
                f'xml:id="{name}" is not a name',
                hint="An id begins with a letter or _, and holds letters, digits, . - _ only.",
                ordinal=ordinal,
            )
    for place, elements in twice.items():
        yield _included_twice(document, place, elements)


def _included_again(document: Document, element: etree._Element, first: int) -> Place:
    """Return where the element's file, or a part of it, comes in for the second time."""
    before = document.included_at(document.element(first))
    here = document.included_at(element)
    for index, place in enumerate(here):
        if before[index : index + 1] != (place,):
            return place
    return document.place(element)  # an element of an internal entity that is used twice


def _included_twice(document: Document, place: Place, elements: list[etree._Element]) -> Finding:
    names = [element.get(XML_ID) for element in elements]
    shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    return Finding(
        place,
        "ids:duplicate",
        f"what comes in here is in this document already, so ids are given twice: {shown}",
        hint="Include it once, and point to it elsewhere (@sameAs, @copyOf).",
        ordinal=document.ordinal(elements[0]),
    )


def find_text_ids(document: Document) -> tuple[PlacedId, ...]:
    """Return the ids of the document's TEI and teiCorpus elements: those of its texts."""
    return tuple(
        PlacedId(element.get(XML_ID), document.place(element), document.ordinal(element))
        for element in document.elements("TEI", "teiCorpus")
        if element.get(XML_ID)
    )
