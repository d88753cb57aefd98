"""What an entry of a register is: an element that describes one thing, in a list of such things.

Registers stand wherever the TEI lets them: in standOff, in the header (particDesc, settingDesc,
taxonomies, witnesses, hands), in back, in the body of a file of its own (TEI P5, chapters 14,
11.2, 12.1, 16 and 18.3). Whoever needs to know it, knows it from here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from teikit.document import TEI, XML_ID

_T = f"{{{TEI}}}"
# element -> the lists that it must stand in, and the kind of thing it is
_KINDS = {
    "person": ("listPerson particDesc org", "person"),
    "personGrp": ("listPerson particDesc org", "person"),
    "persona": ("person", "person"),
    "place": ("listPlace settingDesc place", "place"),
    "org": ("listOrg particDesc org", "org"),
    "event": ("listEvent event person place org", "event"),
    "bibl": ("listBibl", "work"),
    "biblStruct": ("listBibl", "work"),
    "biblFull": ("listBibl", "work"),
    "object": ("listObject", "object"),
    "msDesc": ("listBibl", "object"),
    "nym": ("listNym nym", "nym"),
    "item": ("list", "concept"),
    "category": ("taxonomy category", "concept"),
    "interp": ("interpGrp", "interp"),
    "role": ("castItem", "person"),
    "witness": ("listWit", "witness"),
    "handNote": ("handNotes handDesc", "hand"),
    "char": ("charDecl", "character"),
    "glyph": ("charDecl", "character"),
}
NAMES = {
    "org": "orgName name",
    "person": "persName name",
    "place": "placeName country region settlement geogName district bloc name",
    "event": "eventName label head",
    "work": "title analytic/title monogr/title titleStmt/title fileDesc/titleStmt/title",
    "object": "objectName name objectIdentifier/objectName objectIdentifier msIdentifier/msName",
    "concept": "term label name gloss catDesc/term catDesc/gloss",
    "nym": "form",
    "witness": "name title bibl/title",
    "character": "charName glyphName localProp",
}
_INSIDE_STANDOFF = frozenset(("standOff", "particDesc", "settingDesc"))
# what is an entry only if something points to it: elsewhere it is a bibliography, a list of words
_IF_MENTIONED = frozenset(
    "item category role witness handNote char glyph bibl biblStruct biblFull msDesc event".split()
)
# what lists of entries stand in, without words of their own
_LISTS = frozenset(
    f"{_T}{name}"
    for name in (
        "listPerson listPlace listOrg listEvent listObject listNym listBibl listRelation castList"
    ).split()
)
_RUNNING = tuple(f"{_T}{name}" for name in ("p", "ab", "l", "sp", "head"))
# the lists whose entries' words belong to the entry, and mention nothing
ENTRY_LISTS = frozenset(f"{_T}{name}" for name in (
    "listPerson listPlace listOrg listEvent listObject listNym"
).split())  # fmt: skip
_TYPED_LISTS = frozenset(("concept", "concepts", "gloss", "glossary", "index", "register"))


@dataclass(frozen=True)
class Entry:
    """An entry: its element, the kind of thing it is, and whether only mentions make it one."""

    element: etree._Element
    kind: str
    if_mentioned: bool = False


def find_entries(root: etree._Element) -> Iterator[Entry]:
    """Yield the entries of a document, in order; those without xml:id too.

    One without an id inside another entry is what that one says of itself, and none of its own.
    """
    is_text = has_running_text(root)
    entries: set[etree._Element] = set()
    for element in root.iter(*(f"{_T}{name}" for name in _KINDS)):
        kind = _kind_of(element)
        if not kind:
            continue
        holders = _holders(element)
        if not element.get(XML_ID) and (
            not _may_lack_id(element, kind, holders)
            or any(one in entries for one in element.iterancestors())
        ):
            continue
        if not _is_in_place(element, kind, holders):
            continue
        entries.add(element)
        yield Entry(element, kind, _is_if_mentioned(element, kind, holders, is_text))


def _kind_of(element: etree._Element) -> str:
    parents, kind = _KINDS[etree.QName(element).localname]
    parent = element.getparent()
    if parent is None or etree.QName(parent).localname not in parents.split():
        return ""
    return kind


def _holders(element: etree._Element) -> frozenset[str]:
    return frozenset(etree.QName(one).localname for one in element.iterancestors(f"{_T}*"))


def _may_lack_id(element: etree._Element, kind: str, holders: frozenset[str]) -> bool:
    """Return whether the element is an entry of a register also without xml:id."""
    name = etree.QName(element).localname
    return name not in _IF_MENTIONED and kind != "interp" and "sourceDesc" not in holders


def _is_in_place(element: etree._Element, kind: str, holders: frozenset[str]) -> bool:
    """Return whether an interpretation or an item stands where it is an entry."""
    if kind == "interp":
        return "standOff" in holders
    if etree.QName(element).localname != "item" or not element.get(XML_ID):
        return kind != "concept" or bool(element.get(XML_ID))
    if "standOff" in holders:
        return element.getparent().get("type") in _TYPED_LISTS
    return "back" in holders or element.getparent().get("type") in _TYPED_LISTS


def _is_if_mentioned(
    element: etree._Element, kind: str, holders: frozenset[str], is_text: bool
) -> bool:
    name = etree.QName(element).localname
    if name not in _IF_MENTIONED:
        return False
    if name == "item":
        return "standOff" not in holders
    if name in ("bibl", "biblStruct", "biblFull", "msDesc", "event"):
        is_apart = holders & _INSIDE_STANDOFF or ("text" in holders and not is_text)
        return not is_apart and (name != "event" or "listEvent" not in holders)
    return True


def has_running_text(root: etree._Element) -> bool:
    """Return whether a document has words that are no register."""
    for text in root.iter(f"{_T}text"):
        for one in text.iter(*_RUNNING):
            if not any(above.tag in _LISTS for above in one.iterancestors()):
                return True
    return False


def is_listed(element: etree._Element) -> bool:
    """Return whether the element stands in a list of entries, whose words belong to them."""
    return any(one.tag in ENTRY_LISTS for one in element.iterancestors())


def names_of(element: etree._Element, kind: str) -> list[etree._Element]:
    """Return the elements that hold the names of an entry."""
    return [
        one
        for path in NAMES.get(kind, "").split()
        for one in element.iterfind("/".join(f"{_T}{step}" for step in path.split("/")))
    ]
