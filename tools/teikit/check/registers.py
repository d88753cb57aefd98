"""Registers: what entities a document lists, and what @key says."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from teikit.check.records import PlacedEntity
from teikit.document import TEI, XML_ID, Document, label_of
from teikit.entries import find_entries

_T = f"{{{TEI}}}"
# what is an entity, and the lists it must stand in (TEI P5, chapter 14; interp: 18.3)
_ENTITIES = {
    "person": "listPerson particDesc", "personGrp": "listPerson particDesc",
    "place": "listPlace place settingDesc", "org": "listOrg",
    "event": "listEvent", "bibl": "listBibl", "biblStruct": "listBibl", "biblFull": "listBibl",
    "object": "listObject", "nym": "listNym", "interp": "interpGrp", "item": "list",
}  # fmt: skip
_IN_STANDOFF = frozenset({"interp", "item"})  # elsewhere they are words, and no entities
_KINDS = {
    "personGrp": "person", "biblStruct": "bibl", "biblFull": "bibl", "item": "concept"
}  # fmt: skip
_KINDS_OF = {"work": "bibl"}  # what a kind of entries is called here
# where the names of an entity stand, seen from the entity
_NAMES = {
    "org": "orgName name",
    "person": "persName name",
    "place": "placeName country region settlement geogName district bloc name",
    "event": "eventName label head",
    "bibl": "title analytic/title monogr/title titleStmt/title fileDesc/titleStmt/title",
    "object": "objectName objectIdentifier/objectName",
    "concept": "term label name",
    "nym": "form",
    "interp": "term desc/term",
}
_PARTS = ("forename", "nameLink", "surname")
_APART = {
    "person": "birth death floruit",
    "bibl": "author editor analytic/author monogr/author monogr/editor date monogr/imprint/date "
            "biblScope",
    "event": "date",
}  # fmt: skip


def find_entities(document: Document) -> tuple[PlacedEntity, ...]:
    """Return the entities in the document's standOff, in order.

    A file of the folder registers/ may have its lists in the text as well.
    """
    holders = ("standOff", "text") if is_register(document.path) else ("standOff",)
    return tuple(_find_in(document, holders))


def find_all_entities(document: Document) -> tuple[PlacedEntity, ...]:
    """Return the entities in the document wherever it lists them, in order: in the text too."""
    return tuple(
        replace(
            _entity(document, one.element, _KINDS_OF.get(one.kind, one.kind)),
            if_mentioned=one.if_mentioned,
        )
        for one in find_entries(document.root)
        if one.element.get(XML_ID)
    )


def is_register(path: str) -> bool:
    """Return whether a file is one of entities by its place."""
    return path.startswith("registers/")


def _find_in(document: Document, holders: tuple[str, ...]) -> Iterator[PlacedEntity]:
    for holder in document.elements(*holders):
        if any(one.tag == holder.tag for one in holder.iterancestors()):
            continue
        names = _ENTITIES if holder.tag == f"{_T}standOff" else _ENTITIES.keys() - _IN_STANDOFF
        for element in holder.iter(*(f"{_T}{name}" for name in sorted(names))):
            name, parent = etree.QName(element).localname, element.getparent()
            if element.get(XML_ID) and etree.QName(parent).localname in _ENTITIES[name].split():
                yield _entity(document, element, _KINDS.get(name, name))


def _entity(document: Document, element: etree._Element, kind: str) -> PlacedEntity:
    found = _found(element, _NAMES.get(kind, ""))
    main = [one for one in found if one.get("type") == "main"] or found
    labels = _labels(main)
    return PlacedEntity(
        f"{document.file_of(element)}#{element.get(XML_ID)}",
        label_of(next(element.iterchildren(f"{_T}*"), None)),
        document.place(element),
        document.ordinal(element),
        kind,
        labels,
        (*_labels(one for one in found if one not in main), *_in_order(found, labels)),
        " ".join(_says(one) for one in (element, *_found(element, _APART.get(kind, "")))).strip(),
        element.get("type", ""),
    )


def _labels(elements: Iterable[etree._Element]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(label_of, elements))))


def _in_order(names: Iterable[etree._Element], labels: tuple[str, ...]) -> Iterator[str]:
    """Yield the names of persons whose parts are marked in the order in which texts have them."""
    for name in names:
        parts = [
            [label for one in name.iter(f"{_T}{part}") if (label := label_of(one))]
            for part in _PARTS
        ]
        if parts[0] and parts[-1]:
            said = " ".join(label for labels in parts for label in labels)
            if said not in labels:
                yield said


def _found(element: etree._Element, paths: str) -> list[etree._Element]:
    return [
        one
        for path in paths.split()
        for one in element.iterfind("/".join(f"{_T}{step}" for step in path.split("/")))
    ]


def _says(element: etree._Element) -> str:
    """Return what the element says of a time or of who made it; of the entity, its dates."""
    dates = [
        element.get(name)
        for name in ("when", "from", "to", "notBefore", "notAfter")
        if element.get(name)
    ]
    if dates:
        return " ".join(dates)
    return "" if element.get(XML_ID) else label_of(element)


def find_keys(document: Document) -> tuple[str, ...]:
    """Return what the document's @key attributes say, each once, sorted."""
    return tuple(sorted({element.get("key") for element in document.root.iterfind(".//*[@key]")}))
