"""Which elements part words, and which stand apart from the line that they are called in."""

from lxml import etree

from teikit.transform.blocks import STRUCTURAL, local_name

# what stands on its own, besides what holds others
_BLOCKS = STRUCTURAL | frozenset(
    """p ab l head trailer byline titlePart castItem item eg egXML cell speaker stage label
    salute signed dateline addrLine figure formula quote cit bibl entry entryFree sense
    u desc""".split()
)
# of these, what runs in a line where it stands in one
_IN_LINE = frozenset(
    "stage label quote cit bibl dateline signed salute figure formula desc".split()
)
# what never parts words, wherever it stands
_NEVER = frozenset(
    """anchor index ptr ref hi emph c w pc m s seg foreign distinct handShift addSpan delSpan
    damageSpan space gap choice subst app lem g graphic link join alt certainty precision respons
    witStart witEnd lacunaStart lacunaEnd interp when milestone lb pb cb gb persName placeName
    orgName name rs date num add del unclear supplied ruby rb rt""".split()
)
_NOTES = frozenset("note noteGrp witDetail fw figDesc rt".split())
_BREAKS = frozenset("lb pb cb gb".split())


def is_block(element: etree._Element) -> bool:
    """Return whether what is in the element stands on its own, not in the line around it."""
    name, parent = local_name(element), local_name(element.getparent())
    if name in _BLOCKS:
        return name not in _IN_LINE or parent in STRUCTURAL or parent in ("figure", "cit", "")
    return bool(name) and name not in _NEVER and parent in STRUCTURAL


def is_aside(element: etree._Element) -> bool:
    """Return whether the element's words are no part of the line that it stands in.

    These are notes, readings beside a word (rt), and of several words for one place (in choice,
    subst, app) all but the first.
    """
    name = local_name(element)
    if name in _NOTES:
        return True
    parent = element.getparent()
    where = local_name(parent)
    if where in ("choice", "subst"):
        return _has_before(element)
    if name in ("rdg", "rdgGrp") and where in ("app", "rdgGrp"):
        return _has_before(element) or (where == "rdgGrp" and _has_before(parent))
    return False


def _has_before(element: etree._Element) -> bool:
    return next(element.itersiblings(etree.Element, preceding=True), None) is not None


def breaks_line(element: etree._Element) -> bool | None:
    """Return whether a break parts words; False: it joins them; None: it is none."""
    name = local_name(element)
    written = element.get("break", "")
    if name in _BREAKS or (name == "milestone" and written):
        return written != "no"
    return None
