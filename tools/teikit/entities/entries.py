"""The entries of a register as their XML has them: what can be a cell, and which element it is."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from teikit.document import TEI, XML_ID, XML_LANG, Document, label_of
from teikit.entities.cells import LONGEST
from teikit.entities.columns import Column, Step, shown_head
from teikit.entities.sheet import Cell, Row, Rows
from teikit.report import Finding

_T = f"{{{TEI}}}"
# what is an entry, and the lists it must stand in (TEI P5, chapter 14; interp: 18.3)
LISTS = {
    "org": ("listOrg",), "person": ("listPerson", "particDesc"),
    "personGrp": ("listPerson", "particDesc"), "place": ("listPlace", "settingDesc", "place"),
    "event": ("listEvent",), "bibl": ("listBibl",), "biblStruct": ("listBibl",),
    "biblFull": ("listBibl",), "object": ("listObject",), "nym": ("listNym",),
    "interp": ("interpGrp",), "item": ("list",),
}  # fmt: skip
_IN_STANDOFF = frozenset({"interp", "item"})  # elsewhere they are words, and no entities
_HOLDERS = tuple(f"{_T}{name}" for name in ("standOff", "particDesc", "settingDesc", "text"))
# elements whose elements are cells of their own, and which of these are
CONTAINERS = frozenset(
    "persName orgName placeName eventName objectName geogName name birth death floruit date "
    "location residence occupation affiliation nationality education state trait faith author "
    "editor note analytic monogr series imprint objectIdentifier gloss desc socecStatus "
    "form".split()
)
_INNER = frozenset(
    "forename surname nameLink roleName genName addName persName orgName placeName eventName "
    "objectName geogName name settlement district region country bloc geo title author editor "
    "imprint pubPlace publisher date biblScope label desc p term orth idno".split()
)
_QUALIFIERS = frozenset({"type", "subtype", XML_LANG})
_DEEPEST = 5
_LONGEST_SHOWN = 1000
_REFERENCE = re.compile(rb"&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));")
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"', b"apos": "'"}


@dataclass(frozen=True, eq=False)
class Field:
    """What one cell holds: an attribute of an element, or, where it is "", its text."""

    head: str
    element: etree._Element
    attribute: str
    value: str


@dataclass(eq=False)
class Entry:
    """One entry: its element, its fields by the head of their column, and what is only shown."""

    id: str
    kind: str
    element: etree._Element
    fields: dict[str, Field] = field(default_factory=dict)
    elements: dict[tuple[Step, ...], etree._Element] = field(default_factory=dict)
    shown: dict[str, list[str]] = field(default_factory=dict)
    hidden: set[etree._Element] = field(default_factory=set)  # whose content is not in cells
    closed: set[etree._Element] = field(default_factory=set)  # whose attributes are neither


def rows_of(document: Document) -> Rows:
    """Return the entries of the document as rows of a sheet."""
    entries, notes = find_entries(document)
    return Rows(document.path, tuple(_row(document, entry) for entry in entries), tuple(notes))


def _row(document: Document, entry: Entry) -> Row:
    start, end = document.extent(entry.element)
    source = document.sources[0]
    return Row(
        entry.id,
        entry.kind,
        source.position(start),
        source.position(end),
        tuple(
            Cell(one.head, one.value, document.place(one.element).line)
            for one in entry.fields.values()
            if one.value
        ),
        tuple(Cell(shown_head(head), _shown(texts)) for head, texts in entry.shown.items()),
    )


def _shown(texts: list[str]) -> str:
    whole = " | ".join(filter(None, texts)) or "…"
    return whole if len(whole) <= _LONGEST_SHOWN else f"{whole[: _LONGEST_SHOWN - 1]}…"


def find_entries(document: Document) -> tuple[list[Entry], list[Finding]]:
    """Return the entries of the document that a sheet can have, and why it cannot have others."""
    found, notes, seen = [], [], set()
    for element in _candidates(document):
        name = etree.QName(element).localname
        identifier = element.get(XML_ID)
        reason = ""
        if not identifier:
            reason = f"this {name} has no xml:id, so it is not in the sheet"
        elif identifier in seen:
            reason = f"{identifier} is there a second time, so it is not in the sheet"
        elif not _is_in_file(document, element):
            reason = f"{identifier} comes out of an entity of the DTD, so it is not in the sheet"
        if reason:
            notes.append(_left_out(document, element, reason))
            continue
        seen.add(identifier)
        found.append(_entry(document, element))
    return found, notes


def is_entry(element: etree._Element) -> bool:
    """Return whether the element is the entry of an entity, with or without an id."""
    name, parent = etree.QName(element).localname, element.getparent()
    if element.tag != f"{_T}{name}" or parent is None or name not in LISTS:
        return False
    if etree.QName(parent).localname not in LISTS[name]:
        return False
    return name not in _IN_STANDOFF or any(
        one.tag == f"{_T}standOff" for one in element.iterancestors()
    )


def _candidates(document: Document) -> Iterator[etree._Element]:
    tags = tuple(f"{_T}{name}" for name in LISTS)
    for holder in document.root.iter(*_HOLDERS):
        if any(one.tag in _HOLDERS for one in holder.iterancestors()):
            continue
        for element in holder.iter(*tags):
            if is_entry(element) and (element.get(XML_ID) or not _is_within(element)):
                yield element


def _is_within(element: etree._Element) -> bool:
    """Return whether it stands in an entry, as one of the things that are said of it."""
    return any(is_entry(one) for one in element.iterancestors())


def _left_out(document: Document, element: etree._Element, reason: str) -> Finding:
    return Finding(
        document.place(element),
        "sheet:left-out",
        reason,
        "warning",
        hint="Give it an xml:id of its own.",
        ordinal=document.ordinal(element),
    )


def _is_in_file(document: Document, element: etree._Element) -> bool:
    start = document.extent(element)[0]
    return document.utf8[start : start + 1] == b"<"


def _entry(document: Document, element: etree._Element) -> Entry:
    entry = Entry(element.get(XML_ID), etree.QName(element).localname, element)
    _Reader(document, entry).read()
    return entry


class _Reader:
    """Fills one entry with its fields."""

    def __init__(self, document: Document, entry: Entry):
        self.document, self.entry = document, entry

    def read(self) -> None:
        element = self.entry.element
        self.attributes(element, ())
        self.entry.elements[()] = element
        if len(element) == 0:
            self.text(element, ())
            return
        if _has_loose_words(element):
            self.show((), element)
        self.children(element, ())

    def children(self, element: etree._Element, steps: tuple[Step, ...]) -> None:
        numbers: dict[Step, int] = {}
        for child in element:
            if not isinstance(child.tag, str):
                continue
            alike = _step(child)
            numbers[alike] = numbers.get(alike, 0) + 1
            self.child(child, (*steps, _step(child, numbers[alike])))

    def child(self, child: etree._Element, steps: tuple[Step, ...]) -> None:
        if is_entry(child) and child.get(XML_ID):
            self.entry.hidden.add(child)  # it has a row of its own
            return
        self.entry.elements[steps] = child
        if not self.is_open(child, steps):
            self.entry.closed.add(child)
            self.show(steps, child)
            return
        self.attributes(child, steps)
        if len(child) == 0:
            self.text(child, steps)
        elif _has_loose_words(child) or steps[-1].name not in CONTAINERS:
            self.show(steps, child)
        else:
            self.children(child, steps)

    def is_open(self, child: etree._Element, steps: tuple[Step, ...]) -> bool:
        """Return whether what the element says can be cells."""
        return (
            child.tag.startswith(_T)
            and can_be_cells([step.name for step in steps])
            and steps[-1].is_plain
            and not (steps[-1].name in LISTS and len(child))
            and _is_in_file(self.document, child)
        )

    def text(self, element: etree._Element, steps: tuple[Step, ...]) -> None:
        value = _value(self.document, element)
        if len(value) > LONGEST:
            self.show(steps, element)
            return
        self.put(Column(steps), element, value)

    def attributes(self, element: etree._Element, steps: tuple[Step, ...]) -> None:
        for name, value in element.attrib.items():
            if (name in _QUALIFIERS and steps) or name.startswith("{"):
                continue
            if len(value) <= LONGEST:
                self.put(Column(steps, name), element, value)

    def put(self, column: Column, element: etree._Element, value: str) -> None:
        head = column.head(self.entry.kind)
        self.entry.fields[head] = Field(head, element, column.attribute, value)

    def show(self, steps: tuple[Step, ...], element: etree._Element) -> None:
        """Take in an element whose words can only be shown, beside others that are alike."""
        self.entry.hidden.add(element)
        alike = [replace(step, number=1) for step in steps]
        if len(steps) > 1:
            alike = [Step(step.name) for step in steps]
        head = _clean(Column(tuple(alike)).head(self.entry.kind))
        self.entry.shown.setdefault(head, []).append(label_of(element))


def can_be_cells(names: Sequence[str]) -> bool:
    """Return whether an element can be a cell, or several; NAMES lead to it from the entry."""
    if names[0].startswith("list") or len(names) > _DEEPEST:
        return False
    return all(
        inner in _INNER and outer in CONTAINERS for outer, inner in itertools.pairwise(names)
    )


def _step(element: etree._Element, number: int = 1) -> Step:
    return Step(
        etree.QName(element).localname,
        element.get("type", ""),
        element.get("subtype", ""),
        element.get(XML_LANG, ""),
        number,
    )


def _clean(head: str) -> str:
    """Return the head of a column, fit to be read, where it quotes what is no plain word."""
    return re.sub(r"[\[\]\s]+", " ", head)[:200].strip()


def _has_loose_words(element: etree._Element) -> bool:
    """Return whether words stand beside the elements in it."""
    texts = (element.text, *(child.tail for child in element))
    if any(text and text.strip() for text in texts):
        return True
    return not any(isinstance(child.tag, str) for child in element)  # a comment alone


def content_span(document: Document, element: etree._Element) -> tuple[int, int]:
    """Return where the content of an element begins and ends in the file."""
    begin, (_, end) = document.after_start_tag(element), document.extent(element)
    return (begin, end) if begin == end else (begin, document.utf8.rfind(b"</", begin, end))


def _value(document: Document, element: etree._Element) -> str:
    """Return the words of an element that has no others; its line ends are layout, and folded."""
    begin, end = content_span(document, element)
    raw = document.utf8[begin:end]
    if b"<" in raw or b"&" in _REFERENCE.sub(b"", raw):  # CDATA, or entities of the DTD
        return element.text or ""
    pieces = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    if len(pieces) > 1:
        ends = pieces[0].rstrip(b" \t"), pieces[-1].lstrip(b" \t")
        pieces = [ends[0], *(one.strip(b" \t") for one in pieces[1:-1]), ends[1]]
    return _REFERENCE.sub(_character, b" ".join(filter(None, pieces))).decode("utf-8")


def _character(found: re.Match) -> bytes:
    if found[1]:
        return _NAMED[found[1]].encode("utf-8")
    number = int(found[2]) if found[2] else int(found[3], 16)
    return chr(number).encode("utf-8")
