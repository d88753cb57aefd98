"""Registers: what entities a document lists."""

from lxml import etree

from teikit.check.records import PlacedEntity
from teikit.document import TEI, XML_ID, Document, label_of

# what is an entity, and the list it must stand in (TEI P5, chapter 14; interp: 18.3)
_ENTITIES = {
    "org": "listOrg", "person": "listPerson", "personGrp": "listPerson", "place": "listPlace",
    "event": "listEvent", "bibl": "listBibl", "biblStruct": "listBibl", "object": "listObject",
    "nym": "listNym", "interp": "interpGrp", "item": "list",
}  # fmt: skip


def find_entities(document: Document) -> tuple[PlacedEntity, ...]:
    """Return the entities in the document's standOff, in order."""
    found = []
    for stand_off in document.elements("standOff"):
        for element in stand_off.iter(*(f"{{{TEI}}}{name}" for name in _ENTITIES)):
            name, parent = etree.QName(element).localname, element.getparent()
            if element.get(XML_ID) and etree.QName(parent).localname == _ENTITIES[name]:
                found.append(
                    PlacedEntity(
                        f"{document.file_of(element)}#{element.get(XML_ID)}",
                        label_of(next(iter(element), None)),
                        document.place(element),
                        document.ordinal(element),
                    )
                )
    return tuple(found)
