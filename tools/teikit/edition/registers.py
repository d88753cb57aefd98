"""Registers: the entities and relations that a document defines, wherever it does.

What an entry is, `teikit.entries` knows. An entry with an xml:id is an entity; one without is
kept in its register, where nothing can point to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from teikit.authorities import page_of, web_address
from teikit.document import TEI, XML_ID, Document, label_of
from teikit.edition.header import read_titles, words_of
from teikit.edition.naming import joined, name_words, sort_key
from teikit.edition.records import (
    ENTRY,
    Dates,
    Entity,
    Group,
    Identifier,
    RegisterRecord,
    Relation,
    Words,
)
from teikit.entries import Entry, find_entries, has_running_text, names_of
from teikit.following import Follower

_T = f"{{{TEI}}}"
_HOLDERS = frozenset(f"{_T}{name}" for name in ("standOff", "particDesc", "settingDesc"))
_DESCS = ("desc", "gloss", "note", "p", "catDesc")
_DATES = ("date", "birth", "death", "floruit")
_PLACES = tuple(f"{_T}{name}" for name in (
    "placeName settlement country region district geogName bloc"
).split())  # fmt: skip
_LISTS = tuple(f"{_T}{name}" for name in ("interpGrp", "list"))
_NAMED = tuple(f"{_T}{name}" for name in (
    "persName placeName orgName eventName objectName geogName settlement country region district "
    "bloc name rs title term author editor occupation"
).split())  # fmt: skip
_MOST_WORDS = 5_000  # characters of one description: an entry is no text


def extract_register(document: Document, root: etree._Element) -> RegisterRecord | None:
    """Return the register in the working tree ROOT, or None where it defines nothing."""
    follower = Follower(document)
    found = {entry.element: entry for entry in find_entries(root)}
    entities = [_entity(entry, document.path, follower, found) for entry in found.values()]
    relations: list[Relation] = []
    for entry in found.values():
        relations.extend(_enclosing(entry, document.path, found))
        relations.extend(_references(entry, document.path, follower, found))
    is_held = bool(entities)
    for element in root.iter(f"{_T}relation"):
        relations.append(_relation(element, follower))
        is_held = is_held or any(one.tag in _HOLDERS for one in element.iterancestors())
    if not is_held:
        return None
    groups = [
        Group(element.get("type"), _children(element, ("desc", "head")))
        for element in root.iter(*_LISTS)
        if element.get("type") and any(child in found for child in element)
    ]
    header = root.find(f"{_T}teiHeader")
    titles = read_titles(header) if header is not None else ()
    return RegisterRecord(
        document.path,
        titles,
        tuple(entities),
        tuple(relations),
        tuple(groups),
        has_running_text(root),
    )


def _entity(
    entry: Entry, path: str, follower: Follower, entries: dict[etree._Element, Entry]
) -> Entity:
    element, kind = entry.element, entry.kind
    identifier = element.get(XML_ID, "")
    named = names_of(element, kind)
    names = tuple(words for one in named if (words := name_words(one)).text)
    descs = _children(element, _DESCS)
    group, says_all = "", kind == "interp"
    if kind == "interp":
        names, descs = _interp_words(element)
        group = element.getparent().get("type", "")
    elif not names and kind in ("concept", "person", "hand", "witness", "nym"):
        before = descs
        names, descs = _words_as_name(element, entries, descs)
        # running words: a name or a description has all of them
        says_all = kind in ("witness", "hand") and bool(names or descs != before)
    same = same_as(element, follower)
    return Entity(
        f"{path}#{identifier}" if identifier else "",
        identifier,
        kind,
        element.get("type", ""),
        group,
        names,
        descs,
        tuple(
            Identifier(one.get("type") or one.get("subtype", ""), label_of(one))
            for one in element.iterfind(f"{_T}idno")
            if label_of(one)
        ),
        _dates_in(element),
        () if says_all else tuple(_facts(element, named, follower, entries)),
        tuple(dict.fromkeys(_sources(element, follower, entries))),
        tuple(one for one in same if not web_address(one)),
        addresses_of(element, named, same, follower),
        entry.if_mentioned,
        sort=sort_key(named[0]) if named else "",
    )


def _words_as_name(
    element: etree._Element, entries: dict[etree._Element, Entry], descs: tuple[Words, ...]
) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """Return the words of an entry that has no element for its name: a role, a hand, an item."""
    descs_of = element.findall(f"{_T}catDesc") or element.findall(f"{_T}desc")
    if descs_of:
        return tuple(words_of(one) for one in descs_of if label_of(one)), tuple(
            one for one in descs if one.text not in {label_of(desc) for desc in descs_of}
        )
    if any(child in entries for child in element.iterdescendants(f"{_T}*")):
        return (), descs
    words = words_of(element)
    siglum = label_of(element.find(f"{_T}abbr[@type='siglum']"))
    if siglum and words.text.startswith(siglum) and words.text != siglum:
        rest = words.text.removeprefix(siglum).lstrip(" :,.：，—–-")
        words = replace(words, text=f"{siglum} – {rest}")
    is_name = 0 < len(words.text) <= 120
    return ((words,), ()) if is_name else ((), descs or ((words,) if words.text else ()))


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


def _facts(
    element: etree._Element,
    named: list[etree._Element],
    follower: Follower,
    entries: dict[etree._Element, Entry],
) -> Iterator[Words]:
    """Yield what else the entry says, the element's name as type, with links where it points."""
    known = {f"{_T}{name}" for name in (*_DESCS, "date", "floruit", "idno", "listRelation")}
    named_in = {*named, *(one.getparent() for one in named)} - {element}
    for one in element.iterchildren(f"{_T}*"):
        if one.tag in known or one in named_in or one in entries or _holds_entries(one, entries):
            continue
        name = etree.QName(one).localname
        if name in ("birth", "death"):
            place = next(one.iter(*_PLACES), None)
            if place is None:
                continue
            inner = place.find(f"{_T}placeName")
            text = label_of(place if inner is None else inner)
        else:
            text = joined(one)
        if text:
            links = tuple(_links(one, follower))
            yield Words(text[:_MOST_WORDS], words_of(one).lang, name, links)


def _holds_entries(element: etree._Element, entries: dict[etree._Element, Entry]) -> bool:
    return any(one in entries for one in element.iterdescendants(f"{_T}*"))


def _links(element: etree._Element, follower: Follower) -> Iterator[tuple[str, str]]:
    for one in element.iter(*_NAMED, f"{_T}ref"):
        label = label_of(one)
        target = next(follower.targets(one, "ref", "target"), "") or _key_of(one)
        if label and target:
            yield label, target


def _key_of(element: etree._Element) -> str:
    return f"key:{element.get('key')}" if element.get("key") else ""


def same_as(element: etree._Element, follower: Follower) -> tuple[str, ...]:
    """Return where @sameAs of an entry leads."""
    return tuple(dict.fromkeys(follower.targets(element, "sameAs")))


def addresses_of(
    element: etree._Element,
    named: Sequence[etree._Element],
    same: tuple[str, ...],
    follower: Follower,
) -> tuple[str, ...]:
    """Return the absolute URIs of an entry that has these names and @sameAs."""
    return tuple(dict.fromkeys(_addresses(element, named, same, follower)))


def _addresses(
    element: etree._Element,
    named: Sequence[etree._Element],
    same: tuple[str, ...],
    follower: Follower,
) -> Iterator[str]:
    """Yield the absolute URIs of the entry: of @sameAs, its idno, and @ref of its own names."""
    yield from (one for one in same if web_address(one))
    for one in element.iterfind(f"{_T}idno"):
        value = label_of(one)
        if value and " " not in value:
            target = page_of(one.get("type", ""), value) or page_of(one.get("subtype", ""), value)
            target = target or follower.follow(one, value).target
            if web_address(target):
                yield target
    for one in named:
        yield from (target for target in follower.targets(one, "ref") if web_address(target))


def _dates_in(element: etree._Element) -> tuple[Dates, ...]:
    found = [_dates(one) for one in element if one.tag in {f"{_T}{name}" for name in _DATES}]
    own = _dates(element)
    return tuple(one for one in (*([own] if own.iso else []), *found) if one.iso or one.label)


def _dates(element: etree._Element) -> Dates:
    name = etree.QName(element).localname
    is_date = name in _DATES
    inner = element.find(f"{_T}date") if is_date and name != "date" else None
    dated = element if inner is None or _when(element) or _start(element) else inner
    place = any(True for _ in element.iter(*_PLACES)) if is_date else False
    label = label_of(dated) if is_date and not (place and dated is element) else ""
    return Dates(
        _when(dated),
        _start(dated),
        dated.get("to") or dated.get("notAfter") or dated.get("to-iso") or "",
        label,
        element.get("type") or (name if is_date else ""),
    )


def _when(element: etree._Element) -> str:
    return element.get("when") or element.get("when-iso") or ""


def _start(element: etree._Element) -> str:
    return element.get("from") or element.get("notBefore") or element.get("from-iso") or ""


def _own_parts(
    element: etree._Element, entries: dict[etree._Element, Entry]
) -> Iterator[etree._Element]:
    """Yield the elements of an entry, without those of entries in it that stand for themselves."""
    yield element
    for one in element.iterchildren(f"{_T}*"):
        if one not in entries:
            yield from _own_parts(one, entries)


def _sources(
    element: etree._Element, follower: Follower, entries: dict[etree._Element, Entry]
) -> Iterator[str]:
    """Yield where the evidence lies: @source on the entity and on what is said of it."""
    for one in _own_parts(element, entries):
        if one.get("source"):
            yield from follower.targets(one, "source")


def _relation(element: etree._Element, follower: Follower) -> Relation:
    def targets(attribute: str) -> tuple[str, ...]:
        return tuple(follower.targets(element, attribute))

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


def _enclosing(entry: Entry, path: str, entries: dict[etree._Element, Entry]) -> Iterator[Relation]:
    """Yield that an entry inside one of its kind is part of it: a place in a place."""
    name = entry.element.get(XML_ID)
    for above in entry.element.iterancestors(f"{_T}*") if name else ():
        around = entries.get(above)
        if around is not None:
            if around.kind == entry.kind and above.get(XML_ID):
                yield Relation("part-of", (f"{path}#{name}",), (f"{path}#{above.get(XML_ID)}",))
            return


def _references(
    entry: Entry, path: str, follower: Follower, entries: dict[etree._Element, Entry]
) -> Iterator[Relation]:
    """Yield which others an entry names: where somebody was born, who took part in an event."""
    name = entry.element.get(XML_ID)
    if not name or entry.kind == "interp":
        return
    own = f"{path}#{name}"
    found: dict[str, None] = {}
    for one in _own_parts(entry.element, entries):
        if one.tag in _NAMED:
            for target in (*follower.targets(one, "ref", "corresp"), _key_of(one)):
                if target and target != own:
                    found[target] = None
    for target in found:
        yield Relation(ENTRY, (own,), (target,))
