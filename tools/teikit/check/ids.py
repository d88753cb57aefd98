"""Ids: each is given once, and is one that XML and a URL can carry."""

import re
from collections.abc import Iterator

from lxml import etree

from teikit.check.records import PlacedId
from teikit.document import XML_ID, Document
from teikit.report import Finding

_NAME = re.compile(r"[^\W\d][\w.\-·]*")


def check_ids(document: Document) -> Iterator[Finding]:
    """Yield a finding for each xml:id that is given twice or is no name."""
    for element in document.root.iter(etree.Element):
        name = element.get(XML_ID)
        if name is None:
            continue
        ordinal = document.ordinal(element)
        first = document.ids[name]
        if first != ordinal:
            yield Finding(
                document.place(element),
                "ids:duplicate",
                f'xml:id="{name}" is given twice in this file; first at {document.place_of(first)}',
                hint="Give this element an id of its own.",
                ordinal=ordinal,
            )
        if not _NAME.fullmatch(name):
            yield Finding(
                document.place(element),
                "ids:no-name",
                f'xml:id="{name}" is not a name',
                hint="An id begins with a letter or _, and holds letters, digits, . - _ only.",
                ordinal=ordinal,
            )


def find_text_ids(document: Document) -> tuple[PlacedId, ...]:
    """Return the ids of the document's TEI and teiCorpus elements: those of its texts."""
    return tuple(
        PlacedId(element.get(XML_ID), document.place(element), document.ordinal(element))
        for element in document.elements("TEI", "teiCorpus")
        if element.get(XML_ID)
    )
