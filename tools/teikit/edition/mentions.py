"""Mentions and statements of one document, with their words and what stands around them.

A mention is a name, a reference, or whatever points to an entry of a register: a speech by @who,
a reading by @wit, a link. They are found in the text, in notes wherever these stand, in the
apparatus and in the header; not in entries, whose words belong to the entry.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from teikit.divisions import DIVISIONS
from teikit.document import TEI, XML_ID, XML_LANG, Document, label_of
from teikit.edition.blocks import CITABLE, Blocks
from teikit.edition.records import Mention, Statement
from teikit.entries import find_entries, is_listed
from teikit.following import Follower
from teikit.texts import in_examples

__all__ = ["REFERRING", "Blocks", "Mentions", "find_mentions", "find_statements", "is_name"]

_T = f"{{{TEI}}}"
# what is a mention even without @ref: names in the strict sense, and references to things
_NAMES = frozenset(f"{_T}{name}" for name in (
    "orgName persName placeName geogName country region settlement district bloc name rs "
    "eventName objectName"
).split())  # fmt: skip
# what is a mention as soon as it has @ref or @key
REFERRING = _NAMES | frozenset(f"{_T}{name}" for name in (
    "title term bibl persPronouns roleName forename surname addName author editor role speaker "
    "actor repository material objectType occupation affiliation residence"
).split())  # fmt: skip
# the attributes by which any element may point to an entry
_POINTING = tuple("ref nymRef corresp sameAs who toWhom wit hand new scribeRef ana".split())
_TARGETING = frozenset(f"{_T}{name}" for name in ("ref", "ptr"))
_NOTES = frozenset(f"{_T}{name}" for name in ("note", "noteGrp"))
_APPARATUS = frozenset(f"{_T}{name}" for name in ("lem", "rdg", "rdgGrp", "witDetail"))
# what a header says of the file, not of the text
_OF_FILE = frozenset(f"{_T}{name}" for name in (
    "titleStmt editionStmt publicationStmt seriesStmt encodingDesc revisionDesc xenoData"
).split())  # fmt: skip
_AREAS = frozenset(
    f"{_T}{name}" for name in ("teiHeader", "text", "standOff", "sourceDoc", "facsimile")
)
_SPOKEN = 70  # characters of a speech
_LONGEST = 120  # characters of the words of something that is no name


def is_name(element: etree._Element) -> bool:
    """Return whether the element is a mention even where it points to nothing."""
    return element.tag in _NAMES


_LOOKED_BACK = 40  # elements before one without an id


class Mentions:
    """Finds the mentions of one document in its working tree ROOT."""

    def __init__(self, document: Document, root: etree._Element, follower: Follower | None = None):
        self._document, self._follower = document, follower or Follower(document)
        self._examples = in_examples(root)
        self._entries = {one.element: one for one in find_entries(root)}
        self._own = {
            f"{document.path}#{one.get(XML_ID)}" for one in self._entries if one.get(XML_ID)
        }

    def find(self, area: etree._Element, blocks: Blocks) -> Iterator[Mention]:
        """Yield the mentions in an area (a header, a text, a standOff), in document order."""
        in_header = area.tag == f"{_T}teiHeader"
        for element in area.iter(f"{_T}*"):
            if len(element.attrib) < 2 and element.tag not in _NAMES:
                continue  # its ordinal alone
            if element in self._examples:
                continue
            targets, key = self._pointers(element)
            is_named = element.tag in _NAMES and not in_header
            if not (targets or key or is_named) or self._is_in_entry(element):
                continue
            yield self._mention(element, area, blocks, targets, key)

    def _pointers(self, element: etree._Element) -> tuple[tuple[str, ...], str]:
        """Return where the element points to that may be an entry, and its @key."""
        said = element.attrib
        if "ana" in said and element.tag == f"{_T}seg" and said.get("type") == "statement":
            return (), ""
        names = [one for one in _POINTING if one in said]
        if element.tag in _TARGETING and "target" in said:
            names.append("target")
        is_name = element.tag in REFERRING
        if not names:
            return (), said.get("key", "") if is_name else ""
        targets = []
        for name in names:
            for target in self._follower.targets(element, name):
                at, _, fragment = target.partition("#")
                is_here = at == self._document.path
                if is_here and target not in self._own and not (is_name and name == "ref"):
                    continue
                is_outside = "://" in target or not (fragment or is_name)
                if not is_outside or (is_name and name in ("ref", "sameAs", "corresp")):
                    targets.append(target)
        return tuple(dict.fromkeys(targets)), said.get("key", "") if is_name else ""

    def _is_in_entry(self, element: etree._Element) -> bool:
        """Return whether the words of the element belong to an entry."""
        for one in element.iterancestors():
            entry = self._entries.get(one)
            if entry is not None and not entry.if_mentioned:
                return True
        return is_listed(element) or (
            element in self._entries and not self._entries[element].if_mentioned
        )

    def _mention(
        self,
        element: etree._Element,
        area: etree._Element,
        blocks: Blocks,
        targets: tuple[str, ...],
        key: str,
    ) -> Mention:
        place, where = self._document.place(element), _where(element, area)
        said = _said(element, blocks)
        if where in ("header", "file") and not blocks.is_in_block(element) and not _role(element):
            said = _Said(said.surface)  # what stands beside it is another field of the header
        anchor = self._anchor(element, where)
        return Mention(
            self._document.path,
            self._document.ordinal(element),
            place.line,
            place.column,
            etree.QName(element).localname,
            element.get("type", ""),
            targets,
            said.surface,
            said.before,
            said.after,
            anchor,
            _passage(element) or anchor,
            _language(element),
            element.get("cert", ""),
            key,
            where,
            _role(element) if where == "header" else "",
        )

    def _anchor(self, element: etree._Element, where: str) -> str:
        """Return the id on the page that the mention's link leads to."""
        if where in ("header", "file"):
            return ""
        if where == "note" and any(one.tag == f"{_T}standOff" for one in element.iterancestors()):
            for one in element.iterancestors():
                for target in self._follower.targets(one, "target"):
                    at, _, name = target.partition("#")
                    if at == self._document.path and name in self._document.ids:
                        return name
            return ""
        return _inside(element) or _anchor(element) or _near(element)


@dataclass(frozen=True)
class _Said:
    """The words of a mention, and those around them."""

    surface: str
    before: str = ""
    after: str = ""


def _said(element: etree._Element, blocks: Blocks) -> _Said:
    if element.tag == f"{_T}sp":
        speaker = element.find(f"{_T}speaker")
        words = " ".join(
            label_of(one)[:_LONGEST] for one in list(element)[:4] if one is not speaker
        )
        return _Said(label_of(speaker), "", _first_words(words))
    blocks.take_in(element)
    if not blocks.has(element):
        return _Said(_cut(label_of(element)))
    surface = blocks.surface(element)
    if len(surface) > _LONGEST and element.tag not in REFERRING:
        return _Said(_cut(surface))
    return _Said(surface, *blocks.around(element))


def _first_words(words: str) -> str:
    """Return how a speech begins, after the space that parts it from the speaker's name."""
    if len(words) <= _SPOKEN:
        return f" {words}" if words else ""
    cut = words[:_SPOKEN]
    return f" {cut.rpartition(' ')[0] or cut}…"


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + "…"


def _where(element: etree._Element, area: etree._Element) -> str:
    above = [element.tag, *(one.tag for one in element.iterancestors())]
    if area.tag == f"{_T}teiHeader":
        return "file" if not _OF_FILE.isdisjoint(above) else "header"
    if element.tag == f"{_T}sp":
        return "speech"
    if not _NOTES.isdisjoint(above):
        return "note"
    return "apparatus" if not _APPARATUS.isdisjoint(above) else ""


def _role(element: etree._Element) -> str:
    """Return what the correspAction around the element is about: sent, received."""
    action = next(element.iterancestors(f"{_T}correspAction"), None)
    return action.get("type", "") if action is not None else ""


def areas_of(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the parts of a document in which there are mentions, but those inside another."""
    for element in root.iter(*_AREAS):
        if not any(one.tag in _AREAS for one in element.iterancestors()):
            yield element


def find_mentions(
    document: Document, root: etree._Element, blocks: Mapping[etree._Element, Blocks]
) -> Iterator[Mention]:
    """Yield the mentions in the working tree ROOT, in order; BLOCKS are of texts already read."""
    mentions = Mentions(document, root)
    for area in areas_of(root):
        yield from mentions.find(area, blocks.get(area) or Blocks(area))


def find_statements(
    document: Document, text: etree._Element, blocks: Blocks
) -> Iterator[Statement]:
    """Yield the segments of type statement, in document order."""
    follower = Follower(document)
    counts: dict[str, int] = {}
    for element in text.iter(f"{_T}seg"):
        if element.get("type") != "statement" or not blocks.has(element):
            continue
        anchor = _anchor(element)
        counts[anchor] = counts.get(anchor, 0) + 1
        yield Statement(
            document.path,
            anchor,
            counts[anchor],
            blocks.surface(element),
            tuple(follower.targets(element, "ana")),
            _language(element),
        )


def _anchor(element: etree._Element | None) -> str:
    """Return the id of the element or of its nearest ancestor that has one, in its text."""
    while element is not None and element.tag != f"{_T}TEI":
        if element.get(XML_ID):
            return element.get(XML_ID)
        element = element.getparent()
    return ""


def _inside(element: etree._Element) -> str:
    """Return the first id in a speech: the words of the mention begin there."""
    if element.get(XML_ID) or element.tag != f"{_T}sp":
        return ""
    return next((one.get(XML_ID) for one in element.iter(etree.Element) if one.get(XML_ID)), "")


def _near(element: etree._Element) -> str:
    """Return the id of what stands a little before the element, in the same division."""
    left = _LOOKED_BACK
    while element is not None and element.tag not in DIVISIONS:
        for one in element.itersiblings(etree.Element, preceding=True):
            left -= 1
            if left < 0:
                return ""
            if one.get(XML_ID):
                return one.get(XML_ID)
            ids = [inner.get(XML_ID) for inner in one.iterchildren(etree.Element)]
            if found := next((name for name in reversed(ids) if name), ""):
                return found
        element = element.getparent()
    return ""


def _passage(element: etree._Element) -> str:
    for one in (element, *element.iterancestors()):
        if one.tag in CITABLE and one.get(XML_ID):
            return one.get(XML_ID)
    return ""


def _language(element: etree._Element) -> str:
    for one in (element, *element.iterancestors()):
        if one.get(XML_LANG) is not None:
            return one.get(XML_LANG)
    return ""
