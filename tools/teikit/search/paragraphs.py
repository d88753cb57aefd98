"""A document -> its paragraphs as they are read: what a search finds.

A paragraph is a stretch of running text: a p, a head, a verse, a cell. Line and page beginnings are
taken out, a word that a line divides is one word, and of what stands side by side (the sides of a
choice, the readings of an apparatus) that is taken which the plain text has. Each note is a
paragraph of its own, after the one that it stands in.
"""

from dataclasses import dataclass, field

from lxml import etree

from teikit.document import ORDINAL, OURS, TEI, XML_ID, XML_LANG, Document
from teikit.search.records import Paragraph
from teikit.spacing import as_running_text
from teikit.texts import find_texts
from teikit.transform.blocks import local_name, mark_boxes, shown_reading
from teikit.transform.permalinks import give_ids
from teikit.transform.plain import fold
from teikit.transform.words import mark_words
from teikit.xinclude.names import MISSING

_BOX, _SPACE_MARK = f"{{{OURS}}}box", f"{{{OURS}}}space"
_STAND_OFF, _NOTE = f"{{{TEI}}}standOff", f"{{{TEI}}}note"
# what is said of the text, not in it; what the editors take out of it; readings beside a word
_LEFT_OUT = frozenset("""
    teiHeader standOff witDetail figDesc interp interpGrp spanGrp span certainty precision
    respons link linkGrp join alt index listApp surplus am secl fw rt
""".split())  # fmt: skip
_LISTS = frozenset("listPerson listPlace listOrg listEvent listObject listRelation".split())
_EDITED, _AS_IT_WAS = ("corr", "reg", "expan"), ("sic", "orig", "abbr")
_SPACES = frozenset(("space", "caesura"))
_GAP = "[…]"
_LINE = "\x00"  # no document can hold it; fold() makes of it what a line beginning is


def find_paragraphs(document: Document) -> tuple[list[Paragraph], list[tuple[int, int]]]:
    """Return the paragraphs of a document's texts, and which elements stand in which.

    The second is a list of (ordinal, number of a paragraph, or -1): of the element with this
    ordinal and all that follow, up to the next in the list.
    """
    root = as_running_text(document.tree).getroot()
    give_ids(document, root)
    texts, beside = find_texts(root), list(root.iter(_STAND_OFF))
    mark_boxes([*texts, *beside])  # headers are large, and no text
    mark_words(root)
    reader = _Reader()
    for text in texts:
        reader.read(text)
    for one in beside:
        if next(one.iterancestors(_STAND_OFF), None) is None:
            for note in one.iter(_NOTE):
                if next(note.iterancestors(_NOTE), None) is None:
                    reader.read_apart(note)
    return reader.finish()


@dataclass
class _Open:
    """A paragraph that is being read."""

    element: etree._Element
    anchor: str
    is_note: bool = False
    pieces: list[str] = field(default_factory=list)
    number: int = -1  # in the order of their beginnings
    notes: list["_Open"] = field(default_factory=list)  # those that were called in it
    is_anchored: bool = False

    def meet(self, name: str, *, is_own: bool) -> None:
        """Take an id as the anchor: the paragraph's own, else one that stands where it begins."""
        begins = not any(piece.strip() for piece in self.pieces)
        if not self.is_anchored and (is_own or begins or not self.anchor):
            self.anchor = name
            self.is_anchored = is_own or begins


class _Reader:
    """Walks through texts and takes their paragraphs down."""

    def __init__(self) -> None:
        self._paragraphs: list[_Open] = []  # those that have ended, in order
        self._switches: list[tuple[int, int]] = []
        self._count = 0
        self._last_id = ""
        self._open: _Open | None = None

    def read(self, text: etree._Element) -> None:
        """Take down the paragraphs of a text."""
        self._begin(text)
        self._inside(text)
        self._end()

    def read_apart(self, note: etree._Element) -> None:
        """Take down a note that stands beside the text: it is found where it points to."""
        self._last_id = note.get("target", "").partition(" ")[0].partition("#")[2]
        before, self._open = self._open, None
        self._begin(note, is_note=True)
        self._open.anchor = self._last_id
        self._inside(note)
        self._end()
        self._open = before

    def finish(self) -> tuple[list[Paragraph], list[tuple[int, int]]]:
        """Return the paragraphs that have words, and which elements stand in which."""
        found: list[Paragraph] = []
        numbers = {}
        for one in self._paragraphs:
            text = fold("".join(one.pieces)).strip()
            if text:
                numbers[one.number] = len(found)
                found.append(Paragraph(text, one.anchor, _language(one.element), one.is_note))
        switches = [(ordinal, numbers.get(number, -1)) for ordinal, number in self._switches]
        return found, switches

    # -- paragraphs begin and end --------------------------------------------------------------

    def _begin(self, element: etree._Element, *, is_note: bool = False) -> None:
        self._open = _Open(element, self._last_id, is_note, number=self._count)
        self._count += 1

    def _end(self) -> None:
        """Take down the open paragraph, and then its notes."""
        ended = self._open
        self._paragraphs.append(ended)
        self._paragraphs += ended.notes

    def _note(self, element: etree._Element) -> None:
        """Take down a note; the paragraph that it stands in goes on behind it."""
        outer, ended = self._open, self._paragraphs
        self._paragraphs = outer.notes
        self._begin(element, is_note=True)
        self._enter(element)
        self._inside(element)
        self._end()
        self._open, self._paragraphs = outer, ended

    def _block(self, element: etree._Element) -> None:
        """Take down a paragraph in another; the outer one is two, before and after it."""
        outer = self._open
        self._end()
        self._begin(element, is_note=outer.is_note)
        self._enter(element)
        self._inside(element)
        self._end()
        self._begin(outer.element, is_note=outer.is_note)
        self._open.is_anchored = True  # its own id is that of its first part

    # -- what stands in them -------------------------------------------------------------------

    def _inside(self, element: etree._Element) -> None:
        name = local_name(element)
        keeps_text = name not in ("choice", "subst", "app", "rdgGrp", "ruby")
        chosen = _chosen(element, name)
        if element.text and keeps_text:
            self._open.pieces.append(element.text)
        for child in element:
            if isinstance(child.tag, str) and (chosen is None or child in chosen):
                self._child(child)
            elif child.tag is etree.PI and child.target == MISSING:
                self._open.pieces.append(_GAP)
            if child.tail and (keeps_text or (name == "ruby" and child.tail.strip())):
                self._open.pieces.append(child.tail)

    def _child(self, child: etree._Element) -> None:
        name = local_name(child)
        if name == "note":
            self._note(child)
        elif name == "noteGrp":
            for note in child.iterchildren(_NOTE):
                self._note(note)
        elif name == "lb":
            self._enter(child)
            if child.get("break") != "no":
                self._open.pieces.append(_LINE)
        elif name == "gap":
            self._enter(child)
            self._open.pieces.append(_GAP)
        elif name in _SPACES:
            self._open.pieces.append(" ")
        elif _is_left_out(child, name):
            return
        elif child.get(_BOX):
            self._block(child)
        else:
            if child.get(_SPACE_MARK):
                self._open.pieces.append(" ")
            self._enter(child)
            self._inside(child)

    def _enter(self, element: etree._Element) -> None:
        """Note the element's id, and that it stands in the open paragraph."""
        name = element.get(XML_ID)
        if name:
            self._last_id = name
            self._open.meet(name, is_own=element is self._open.element)
        ordinal = element.get(ORDINAL)
        if ordinal and (not self._switches or self._switches[-1][1] != self._open.number):
            self._switches.append((int(ordinal), self._open.number))


def _chosen(element: etree._Element, name: str) -> list[etree._Element] | None:
    """Return the children that are read, where not all of them are."""
    if name == "choice":
        children = [child for child in element if isinstance(child.tag, str)]
        edited = [child for child in children if local_name(child) in _EDITED]
        if edited and any(local_name(child) in _AS_IT_WAS for child in children):
            return edited
        return children[:1]
    if name in ("app", "rdgGrp"):
        shown = shown_reading(element)
        return [] if shown is None else [shown]
    return None


def _is_left_out(element: etree._Element, name: str) -> bool:
    if name == "del":
        return local_name(element.getparent()) != "restore"  # what was cancelled stands
    if name in _LEFT_OUT:
        return True
    if name == "desc":
        return local_name(element.getparent()) in ("gap", "space")
    if name in _LISTS:
        return next(element.iterancestors(f"{{{TEI}}}back"), None) is not None
    if name == "figure":  # a picture alone leaves no gap in its line
        return all(local_name(one) in ("graphic", "media", "figDesc", "desc") for one in element)
    return False


def _language(element: etree._Element | None) -> str:
    while element is not None:
        if element.get(XML_LANG) is not None:
            return element.get(XML_LANG)
        element = element.getparent()
    return ""
