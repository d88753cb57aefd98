"""Registers: the entities and relations that a document defines, wherever it does.

They stand in <standOff>, <particDesc> or <settingDesc> (TEI P5, chapters 14, 16.10 and 18.3).
An entity has an xml:id and stands in the list that its kind belongs to.
"""

from collections.abc import Iterator

from lxml import etree

from teikit.document import TEI, XML_ID, Document, label_of
from teikit.edition.header import read_titles, words_of
from teikit.edition.records import (
    Dates,
    Entity,
    Group,
    Identifier,
    RegisterRecord,
    Relation,
    Words,
)
from teikit.pointers import Prefix, read_prefixes, resolve

_T = f"{{{TEI}}}"
_HOLDERS = tuple(f"{_T}{name}" for name in ("standOff", "particDesc", "settingDesc"))
# element -> the lists it must stand in, and the kind of thing it is
_KINDS = {
    "org": ({"listOrg"}, "org"),
    "person": ({"listPerson", "particDesc"}, "person"),
    "personGrp": ({"listPerson", "particDesc"}, "person"),
    "place": ({"listPlace", "settingDesc", "place"}, "place"),
    "event": ({"listEvent"}, "event"),
    "bibl": ({"listBibl"}, "work"),
    "biblStruct": ({"listBibl"}, "work"),
    "biblFull": ({"listBibl"}, "work"),
    "object": ({"listObject"}, "object"),
    "item": ({"list"}, "concept"),
    "interp": ({"interpGrp"}, "interp"),
}
_NAMES = {
    "org": ("orgName", "name"),
    "person": ("persName", "name"),
    "place": ("placeName", "country", "region", "settlement", "geogName", "district", "bloc",
              "name"),
    "event": ("eventName", "label", "head"),
    "work": ("title",),
    "object": ("objectName", "objectIdentifier"),
    "concept": ("term", "label", "name"),
}  # fmt: skip
_DESCS = ("desc", "gloss", "note", "p")
_DATES = ("date", "birth", "death", "floruit")
_LISTS = tuple(f"{_T}{name}" for name in ("interpGrp", "list"))


def extract_register(document: Document, root: etree._Element) -> RegisterRecord | None:
    """Return the register in the working tree ROOT, or None where it defines nothing."""
    prefixes = read_prefixes(document)
    entities, relations, groups = [], [], []
    for holder in root.iter(*_HOLDERS):
        for element in holder.iter(f"{_T}*"):
            kind = _kind_of(element)
            if kind:
                entities.append(_entity(element, kind, document.path, prefixes))
                relations.extend(_enclosing(element, document.path))
            elif element.tag == f"{_T}relation":
                relations.append(_relation(element, document.path, prefixes))
            elif element.tag in _LISTS and element.get("type"):
                groups.append(Group(element.get("type"), _children(element, ("desc", "head"))))
    if not entities and not relations:
        return None
    header = root.find(f"{_T}teiHeader")
    titles = read_titles(header) if header is not None else ()
    return RegisterRecord(document.path, titles, tuple(entities), tuple(relations), tuple(groups))


def _kind_of(element: etree._Element) -> str:
    parents, kind = _KINDS.get(etree.QName(element).localname, ((), ""))
    parent = element.getparent()
    if not kind or not element.get(XML_ID) or etree.QName(parent).localname not in parents:
        return ""
    if kind == "concept" and parent.get("type") != "concept":
        return ""
    return kind


def _entity(element: etree._Element, kind: str, path: str, prefixes: tuple[Prefix, ...]) -> Entity:
    identifier = element.get(XML_ID)
    names = _children(element, _NAMES.get(kind, ()))
    descs = _children(element, _DESCS)
    group = ""
    if kind == "interp":
        names, descs = _interp_words(element)
        group = element.getparent().get("type", "")
    known = {*_NAMES.get(kind, ()), *_DESCS, *_DATES, "idno", "listRelation", "place", "listPlace"}
    return Entity(
        f"{path}#{identifier}",
        identifier,
        kind,
        element.get("type", ""),
        group,
        names,
        descs,
        tuple(
            Identifier(one.get("type", ""), label_of(one))
            for one in element.iterfind(f"{_T}idno")
            if label_of(one)
        ),
        _dates_in(element),
        tuple(
            _fact(one)
            for one in element.iterchildren(f"{_T}*")
            if kind != "interp" and etree.QName(one).localname not in known and label_of(one)
        ),
        tuple(dict.fromkeys(_sources(element, path, prefixes))),
    )


def _children(element: etree._Element, names: tuple[str, ...]) -> tuple[Words, ...]:
    wanted = {f"{_T}{name}" for name in names}
    return tuple(words for one in element if one.tag in wanted and (words := words_of(one)).text)


def _interp_words(element: etree._Element) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """Return names and definitions: `<desc><term>name</term>: definition</desc>`."""
    names, descs = [], []
    for desc in element.findall(f"{_T}desc") or [element]:
        whole, term = words_of(desc), desc.find(f"{_T}term")
        name = label_of(term)
        said = whole.text.removeprefix(name).lstrip(" ：:—–-") if name else whole.text
        if name:
            names.append(Words(name, whole.lang))
        if said:
            descs.append(Words(said, whole.lang, whole.type))
    return tuple(names), tuple(descs)


def _fact(element: etree._Element) -> Words:
    words = words_of(element)
    return Words(words.text, words.lang, etree.QName(element).localname)


def _dates_in(element: etree._Element) -> tuple[Dates, ...]:
    found = [_dates(one) for one in element if one.tag in {f"{_T}{name}" for name in _DATES}]
    own = _dates(element)
    return tuple(one for one in (*([own] if own.iso else []), *found) if one.iso or one.label)


def _dates(element: etree._Element) -> Dates:
    is_date = etree.QName(element).localname in _DATES
    return Dates(
        element.get("when", ""),
        element.get("from") or element.get("notBefore") or "",
        element.get("to") or element.get("notAfter") or "",
        label_of(element) if is_date else "",
        element.get("type") or (etree.QName(element).localname if is_date else ""),
    )


def _sources(element: etree._Element, path: str, prefixes: tuple[Prefix, ...]) -> Iterator[str]:
    """Yield where the evidence lies: @source on the entity and on what is said of it."""
    for one in element.iter(f"{_T}*"):
        for raw in one.get("source", "").split():
            target = resolve(raw, path, prefixes).target
            if target:
                yield target


def _relation(element: etree._Element, path: str, prefixes: tuple[Prefix, ...]) -> Relation:
    def targets(attribute: str) -> tuple[str, ...]:
        found = (resolve(raw, path, prefixes).target for raw in element.get(attribute, "").split())
        return tuple(target for target in found if target)

    name = element.get("name") or element.get("ref", "").rpartition("/")[2] or "relation"
    return Relation(
        name,
        targets("active"),
        targets("passive"),
        targets("mutual"),
        _dates(element),
        targets("source"),
        tuple(_relation_words(element)),
        element.get("cert", ""),
    )


def _relation_words(element: etree._Element) -> Iterator[Words]:
    """Yield what a relation says of itself: <desc>, or its glosses by language, and its links."""
    for desc in element.iterchildren(f"{_T}desc"):
        glosses = desc.findall(f"{_T}gloss")
        if not glosses:
            yield words_of(desc)
            continue
        yield from map(words_of, glosses)
        links = words_of(desc).links
        if links:
            yield Words("; ".join(label for label, _ in links), "", "evidence", links)


def _enclosing(element: etree._Element, path: str) -> Iterator[Relation]:
    """Yield that a place nested in a place is part of it."""
    parent = element.getparent()
    if element.tag == parent.tag == f"{_T}place" and parent.get(XML_ID):
        yield Relation(
            "part-of", (f"{path}#{element.get(XML_ID)}",), (f"{path}#{parent.get(XML_ID)}",)
        )
