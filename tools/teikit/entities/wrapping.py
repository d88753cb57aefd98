"""Where the tags of a mention can stand: sound nesting, in one file, and nothing but tags added."""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from lxml import etree

from teikit.check.running import THROUGH, Spot
from teikit.document import TEI, Document
from teikit.edits import Edit
from teikit.entities.records import Tag

_T = f"{{{TEI}}}"
_NO_NAMES_IN = frozenset(f"{_T}{name}" for name in ("w", "pc", "c", "g", "am", "ex"))


@dataclass(frozen=True)
class Way:
    """A way to mark a name: between two offsets of a source, inside the element `holder`."""

    start: int
    end: int
    holder: int


def find_ways(document: Document, first: Spot, last: Spot) -> tuple[tuple[Way, ...], str]:
    """Return where tags can be written around a name, the best way first; or why nowhere.

    The innermost is best; but within a word (w) a name has no place, so then around it.
    """
    if first.start < 0 or last.start < 0:
        return (), "the file does not show it: an entity or an included file stands for some of it"
    if first.source != last.source:
        return (), "it begins in one file and ends in another"
    if not (first.can_begin and last.can_end):
        return (), "it stands in a CDATA section, or an entity stands for some of it"
    begins = _outwards(document, first.holder, first.start, first.source, at_start=True)
    ends = dict(_outwards(document, last.holder, last.end, last.source, at_start=False))
    ways = [Way(start, ends[holder], holder) for holder, start in begins if holder in ends]
    if not ways:
        return (), f"it crosses the border of {_crossed(document, first.holder, last.holder)}"
    inside = [one for one in ways if _tag(document, one.holder) in _NO_NAMES_IN]
    return (*(one for one in ways if one not in inside), *inside), ""


def _outwards(
    document: Document, holder: int, offset: int, source: int, *, at_start: bool
) -> list[tuple[int, int]]:
    """Return (element, offset in it) for the place and those that mean the same further out."""
    ways = [(holder, offset)]
    while _tag(document, holder) in THROUGH:
        file, begin = document.text_at(holder)
        border = begin if at_start else document.end_tag_at(holder)
        if file != source or offset != border:
            break
        element = document.element(holder)
        offset = document.extent(element)[0 if at_start else 1]
        holder = document.parent_ordinal(holder)
        if holder < 0 or document.text_at(holder)[0] != source:
            break
        ways.append((holder, offset))
    return ways


def _tag(document: Document, ordinal: int) -> str:
    element = document.element(ordinal)
    return "" if element is None else element.tag


def _crossed(document: Document, one: int, other: int) -> str:
    """Return the name of an element that holds the one end of a name and not the other."""
    around = [
        {int(document.ordinal(step)): step for step in _with_ancestors(document, ordinal)}
        for ordinal in (one, other)
    ]
    for mine, others in (around, around[::-1]):
        for ordinal, element in mine.items():
            if ordinal not in others:
                return etree.QName(element).localname
    return "an element"


def _with_ancestors(document: Document, ordinal: int) -> list[etree._Element]:
    element = document.element(ordinal)
    return [] if element is None else [element, *element.iterancestors()]


def write_tags(document: Document, way: Way, tag: Tag, pointer: str) -> tuple[Edit, Edit] | None:
    """Return the two insertions that mark a name; None where the TEI has no name there."""
    holder = document.element(way.holder)
    prefix = holder.prefix if holder.tag.startswith(_T) else _prefix(holder)
    if prefix is None and holder.nsmap.get(None) != TEI:
        return None
    name = f"{prefix}:{tag.element}" if prefix else tag.element
    kind = f" type={quoteattr(tag.type)}" if tag.type else ""
    start = f"<{name}{kind} ref={quoteattr(pointer)}>"
    return Edit(way.start, way.start, start), Edit(way.end, way.end, f"</{name}>")


def _prefix(element: etree._Element) -> str | None:
    """Return the prefix that stands for the TEI; None: none does."""
    return next((prefix for prefix, uri in element.nsmap.items() if uri == TEI and prefix), None)
