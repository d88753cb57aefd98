"""Which elements stand on their own in a page, and which run in a line.

HTML allows no paragraph inside a paragraph, nor any block inside a span; TEI allows both. So
each element is told apart before it is rendered: "block" (stands on its own and has only
running text), "holds" (contains a block, so it must be a block itself whatever it is), or
neither (runs in a line).
"""

from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from teikit.document import OURS, TEI
from teikit.texts import EXAMPLE

_BOX = f"{{{OURS}}}box"
SECTIONS = frozenset(
    "body front back div div1 div2 div3 div4 div5 div6 div7 prologue epilogue".split()
)
# Elements that hold other elements and no running text: what stands in them stands on its own.
STRUCTURAL = SECTIONS | frozenset(
    """TEI teiCorpus text group floatingText standOff
    sp spGrp lg castList castGroup list table row address argument epigraph
    opener closer postscript titlePage docTitle docImprint performance set
    listBibl listPerson listPlace listOrg listEvent listObject listNym listRelation listApp
    listWit listChange person personGrp persona place org event object nym relation
    biblStruct monogr analytic series imprint biblFull msDesc
    msIdentifier msContents msItem physDesc history additional objectDesc supportDesc layoutDesc
    handDesc decoDesc scriptDesc sealDesc bindingDesc origin provenance acquisition
    teiHeader fileDesc titleStmt editionStmt publicationStmt seriesStmt notesStmt sourceDesc
    encodingDesc profileDesc revisionDesc xenoData spanGrp linkGrp interpGrp
    correspDesc correspAction correspContext particDesc settingDesc langUsage textClass
    annotationBlock timeline surface zone sourceDoc facsimile
    msItemStruct msPart msFrag adminInfo recordHist surrogates typeDesc charDecl char glyph
    listAnnotation annotation superEntry recordingStmt textDesc schemaSpec elementSpec classSpec
    macroSpec dataSpec attList attDef classes constraintSpec valList valItem exemplum paramList
    paramSpec model modelGrp modelSequence specGrp""".split()
)
# These do so where they stand on their own: in a paragraph they run in its line.
BY_PLACE = frozenset(("cit", "figure"))
# These, too, where they have no words of their own.
MIXED = frozenset("origin provenance acquisition docImprint".split())
# These stand on their own wherever they are.
_ALWAYS = STRUCTURAL | frozenset(
    "p ab l head trailer byline titlePart castItem item eg egXML".split()
)
# These run in a line, or show nothing, wherever they are.
RUNNING = frozenset(
    """lb cb gb milestone anchor index ptr ref hi emph c w pc m s foreign distinct
    handShift addSpan delSpan damageSpan space gap choice subst app lem rdg rdgGrp g graphic
    ruby rb rt link join alt certainty precision respons witStart witEnd lacunaStart lacunaEnd
    interp when""".split()
)
# Where a note stands, rather than being called from the notes at the end.
DOUBTS = ("certainty", "precision", "respons")  # what is said of the encoding itself
_READINGS = (f"{{{TEI}}}rdg", f"{{{TEI}}}rdgGrp")
NUMBERED = frozenset(("l", "lg", "lb"))  # by their number an entry of an apparatus is found
_NOTE_STAYS = STRUCTURAL | frozenset(
    "figure bibl app rdg rdgGrp witDetail note noteGrp change desc interp".split()
)
_CALLED_PLACES = frozenset(("foot", "bottom", "end", "endnote", "footnote"))
_STAYING_PLACES = frozenset(("inline",))


_T = f"{{{TEI}}}"
_NOTE = f"{_T}note"
_ALWAYS_TAGS = frozenset((EXAMPLE, *(_T + name for name in _ALWAYS)))
_RUNNING_TAGS = frozenset(_T + name for name in RUNNING)


def local_name(element: etree._Element | None) -> str:
    """Return the TEI name of the element, or "" where it is of another vocabulary."""
    return _tei_name(element.tag) if element is not None else ""


@lru_cache(4096)
def _tei_name(tag: object) -> str:
    if not isinstance(tag, str):  # a comment or a processing instruction
        return ""
    namespace, _, name = tag.rpartition("}")
    return name if namespace == "{" + TEI else ""


def is_located(app: etree._Element) -> bool:
    """Return whether the app speaks of words that stand elsewhere (TEI P5, 12.2)."""
    return (
        local_name(app.getparent()) == "listApp"
        or app.get("from") is not None
        or app.get("to") is not None
        or app.get("loc") is not None
    )


def stays(note: etree._Element) -> bool:
    """Return whether the note is read where it stands."""
    parent = note.getparent()
    if parent is None:
        return True
    place = note.get("place", "")
    if place in _STAYING_PLACES:
        return True
    return local_name(parent) in _NOTE_STAYS and place not in _CALLED_PLACES


def mark_boxes(tops: Iterable[etree._Element]) -> None:
    """Set tk:box in the trees of these elements."""
    for top in tops:
        for element in top.iter(etree.Element):
            if _is_block(element):
                if element.get(_BOX) is None:
                    element.set(_BOX, "block")
                _mark_ancestors(element, top)


def _is_block(element: etree._Element) -> bool:
    tag = element.tag
    if tag in _ALWAYS_TAGS or tag in _RUNNING_TAGS:
        return tag in _ALWAYS_TAGS
    parent = element.getparent()
    if parent is None or not tag.startswith(_T) or not _is_structural(parent):
        return False
    return tag != _NOTE or stays(element)


def _is_structural(element: etree._Element) -> bool:
    name = local_name(element)
    if name in BY_PLACE:
        return local_name(element.getparent()) in STRUCTURAL
    if name in MIXED and _has_words(element):
        return False
    return name in STRUCTURAL


def _has_words(element: etree._Element) -> bool:
    """Return whether words stand in the element itself."""
    return bool((element.text or "").strip()) or any((one.tail or "").strip() for one in element)


def _mark_ancestors(element: etree._Element, top: etree._Element) -> None:
    """Say of all that the block stands in that they hold one; notes at the end hold their own."""
    while element is not top:
        if is_moved(element):
            return
        element = element.getparent()
        if element is None or element.get(_BOX) == "holds":
            return
        element.set(_BOX, "holds")


def is_moved(element: etree._Element) -> bool:
    """Return whether the element's words go to the notes at the end, away from its parent."""
    name = local_name(element)
    parent = element.getparent()
    holder = local_name(parent)
    if name == "app":
        return is_located(element) and holder != "listApp"
    if name in ("note", "noteGrp", "witDetail", *DOUBTS):
        return holder in ("app", "rdgGrp") or not stays(element)
    if holder in ("app", "rdgGrp") and name in ("rdg", "rdgGrp", "wit"):
        return shown_reading(parent) is not element
    return False


def shown_reading(app: etree._Element) -> etree._Element | None:
    """Return the reading of an app (or rdgGrp) that is read in the text, if any is.

    It is the lem, else the rdgGrp that holds it, else the first rdg or rdgGrp.
    """
    if local_name(app) == "app" and is_located(app):
        return None
    lem = _own_lem(app)
    return lem if lem is not None else next(app.iterchildren(*_READINGS), None)


def _own_lem(app: etree._Element) -> etree._Element | None:
    """Return the lem of an app or rdgGrp, or the rdgGrp in it that has one."""
    lem = app.find(f"{{{TEI}}}lem")
    if lem is not None:
        return lem
    groups = app.iterchildren(f"{{{TEI}}}rdgGrp")
    return next((group for group in groups if _own_lem(group) is not None), None)
