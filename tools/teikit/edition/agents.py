"""Who is responsible for a text, with the parts of their names, as citations need them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from teikit.document import NS, TEI, XML_ID, XML_LANG, label_of
from teikit.edition.life_dates import without_life_dates
from teikit.edition.records import Agent, Identifier, Name

_T = f"{{{TEI}}}"
_NAMES = tuple(f"{_T}{name}" for name in ("name", "persName", "orgName"))
_ORGANISATIONS = frozenset(("org", "organisation", "organization", "corporate", "orgName"))
_TRANSLATOR = re.compile(r"(?i)\s*(translat(or|ion)|trl|traducteur|übersetzer(in)?|译者?|譯者?)\s*")
_ORCID = re.compile(r"(?:https?://orcid\.org/|orcid:)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_GND = re.compile(r"(?:https?://d-nb\.info/gnd/|gnd:)([\dX-]+)")
_KNOWN = (("orcid", _ORCID), ("gnd", _GND))
_INVERTED = re.compile(r"([^,，;；\d]+)[,，] *([^,，;；\d]+)")
_LONGEST = 1_000  # characters of a name
_Ids = Mapping[str, etree._Element]  # the elements of the header by their ids


@dataclass(frozen=True)
class _Place:
    """Where names stand in a header, and what those who bear them did."""

    path: str
    role: str


_PLACES = (
    _Place("tei:fileDesc/tei:titleStmt/tei:author", "author"),
    _Place("tei:fileDesc/tei:titleStmt/tei:editor", "editor"),
    _Place("tei:fileDesc/tei:titleStmt/tei:respStmt", "contributor"),
    _Place("tei:fileDesc/tei:editionStmt/tei:respStmt", "contributor"),
)


def extract_agents(header: etree._Element) -> tuple[Agent, ...]:
    """Return who the header makes responsible, in the order of authors, editors, others.

    Where it names no editor, those of respStmt are the editors: somebody made the edition.
    """
    ids = {one.get(XML_ID): one for one in header.iter(etree.Element) if one.get(XML_ID)}
    found: list[Agent] = []
    for place in _PLACES:
        for element in header.xpath(place.path, namespaces=NS):
            found += _agents(ids, element, place.role)
    if not any(one.role == "editor" for one in found):
        found = [_as_editor(one) for one in found]
    known: dict[tuple[str, str], Agent] = {}
    for one in found:  # who is named twice, is so in one role only once
        known.setdefault((one.role, one.names[0].text), one)
    edited = {name for role, name in known if role == "editor"}
    return tuple(
        one for (role, name), one in known.items() if not (role == "contributor" and name in edited)
    )


def _as_editor(agent: Agent) -> Agent:
    if agent.role != "contributor":
        return agent
    return Agent("editor", agent.names, agent.identifiers, agent.is_group)


def _agents(ids: _Ids, element: etree._Element, role: str) -> Iterator[Agent]:
    """Yield those whom the element names: one in several languages, or several."""
    said = element.get("role", "") or label_of(element.find(f"{_T}resp"))
    role = "translator" if role != "author" and _TRANSLATOR.fullmatch(said) else role
    names = list(element.iterchildren(*_NAMES))
    if not names:
        if element.tag == f"{_T}respStmt":
            return
        names = [element]
    spoken = [one for one in names if one.get(XML_LANG)]
    if len(spoken) == len(names) > 1:
        yield from _agent(ids, element, names, role)
        return
    for one in names:
        yield from _agent(ids, element, [one], role, alone=len(names) == 1)


def _agent(
    ids: _Ids,
    holder: etree._Element,
    elements: list[etree._Element],
    role: str,
    *,
    alone: bool = True,
) -> Iterator[Agent]:
    is_group = any(map(_is_group, elements))
    names = tuple(name for one in elements if (name := _name(one, is_group=is_group)) is not None)
    if names:
        holders = (holder, *elements) if alone else tuple(elements)
        yield Agent(role, names, tuple(_identifiers(ids, holders)), is_group)


def _is_group(element: etree._Element) -> bool:
    return (
        element.tag == f"{_T}orgName"
        or element.find(f"{_T}orgName") is not None
        or element.get("type", "") in _ORGANISATIONS
    )


def _name(element: etree._Element, *, is_group: bool) -> Name | None:
    """Return the name with its parts, as far as the encoding tells them apart."""
    lang = next(
        (one.get(XML_LANG) for one in (element, *element.iterancestors()) if one.get(XML_LANG)), ""
    )
    inside = element.find(f"{_T}persName") if element.tag not in _NAMES else None
    part_of = element if inside is None else inside
    family, given, particle, suffix = (
        " ".join(label_of(one) for one in part_of.iter(f"{_T}{name}") if label_of(one))
        for name in ("surname", "forename", "nameLink", "genName")
    )
    text = _words_of(element)[:_LONGEST]
    text = text if is_group else without_life_dates(text)
    if not text:
        return None
    if is_group:
        return Name(text, lang)
    if family:
        return Name(text, lang, family, given, particle, suffix)
    inverted = _INVERTED.fullmatch(text)
    if inverted and inverted[1].strip() and inverted[2].strip():
        return Name(text, lang, inverted[1].strip(), inverted[2].strip())
    return Name(text, lang)


def _words_of(element: etree._Element) -> str:
    """Return the words of a name without the numbers that stand beside it."""
    names = list(element.iterchildren(*_NAMES))
    return label_of(names[0] if len(names) == 1 else element)


def _identifiers(ids: _Ids, elements: tuple[etree._Element, ...]) -> Iterator[Identifier]:
    """Yield what authorities call them: idno inside, @ref and @key, and where @ref leads."""
    seen: set[Identifier] = set()
    for element in elements:
        for one in _said(ids, element):
            if one.value and one not in seen:
                seen.add(one)
                yield one


def _said(ids: _Ids, element: etree._Element) -> Iterator[Identifier]:
    for idno in element.iterfind(f".//{_T}idno"):
        yield _identifier(idno.get("type", ""), label_of(idno))
    for pointer in element.get("ref", "").split():
        if pointer.startswith("#"):
            other = ids.get(pointer[1:])
            if other is not None and other is not element:
                yield from (
                    _identifier("", one) for one in other.get("ref", "").split() if _is_known(one)
                )
                for idno in other.iterfind(f".//{_T}idno"):
                    yield _identifier(idno.get("type", ""), label_of(idno))
        elif _is_known(pointer) or pointer.startswith(("http://", "https://")):
            yield _identifier("", pointer)


def _is_known(value: str) -> bool:
    return any(pattern.fullmatch(value) for _, pattern in _KNOWN)


def _identifier(kind: str, value: str) -> Identifier:
    """Return an identifier, its authority told by its form where @type does not say it."""
    for name, pattern in _KNOWN:
        match = pattern.fullmatch(value)
        if match:
            return Identifier(name, match[1])
    return Identifier({"pnd": "gnd"}.get(kind.lower(), kind), value)
