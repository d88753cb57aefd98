"""The words of a passage as the text is read, for labels of ours: a lemma, a name."""

from itertools import islice

from lxml import etree

from teikit.document import OURS
from teikit.transform.blocks import is_located, local_name, shown_reading
from teikit.transform.calling import edited_side
from teikit.transform.plain import fold

_HYPHEN, _SPACE = f"{{{OURS}}}hyphen", f"{{{OURS}}}space"
_LINES = frozenset(("lb", "pb", "cb", "caesura"))
# what is no word of the text as it is read
_SILENT = frozenset(
    "note noteGrp witDetail wit desc figDesc del surplus am secl fw certainty precision respons "
    "interp index rt".split()
)
_MOST = 20_000  # characters that are looked at
_FAR = 3000  # nodes of a passage in which the words between two points are looked for
_SHOWN = 60  # characters of a lemma that are shown whole


def read_words(element: etree._Element) -> str:
    """Return the words of the element as they are read, on one line."""
    pieces: list[str] = []
    _add(element, pieces)
    return _joined(pieces)


def words_between(start: etree._Element, end: etree._Element) -> str:
    """Return the words after START and before END; "" where END is not later, or far away."""
    above = set(end.iterancestors())
    holder = next((one for one in start.iterancestors() if one in above), None)
    if holder is None or sum(1 for _ in islice(holder.iter(), _FAR)) == _FAR:
        return ""
    pieces: list[str] = []
    _add(holder, pieces, start, end)
    return _joined(pieces)


def shorten(words: str) -> str:
    """Return a long passage by its beginning and its end."""
    if len(words) <= _SHOWN:
        return words
    begins, ends = words[:25], words[-25:]
    if " " in begins.strip() and " " in ends.strip():
        begins, ends = begins.rpartition(" ")[0], ends.partition(" ")[2]
    return f"{begins.strip()} … {ends.strip()}"


def _add(
    element: etree._Element,
    pieces: list[str],
    start: etree._Element | None = None,
    end: etree._Element | None = None,
) -> None:
    """Add the words of the element, from where START ends to where END begins.

    What is silent in it is passed over.
    """
    skipped: etree._Element | None = None
    begun = start is None
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if node is end:
            return
        if event == "start" and skipped is None:
            if node is not element and node is not start and _is_silent(node):
                skipped = node
            elif begun:
                if local_name(node) in _LINES and node.get("break") != "no":
                    pieces.append("\x00")
                if node.get(_SPACE) and local_name(node) == "w":
                    pieces.append(" ")
                pieces.append(node.text or "")
        elif event != "start":
            skipped = None if node is skipped else skipped
            begun = begun or node is start
            if begun and skipped is None and node is not element:
                pieces.append(node.tail or "")


def _is_silent(element: etree._Element) -> bool:
    name = local_name(element)
    if name in _SILENT or element.get(_HYPHEN):
        return True
    if name == "app" and is_located(element):
        return True
    parent = element.getparent()
    holder = local_name(parent)
    if holder in ("app", "rdgGrp") and name != "rdgGrp":
        return shown_reading(parent) is not element
    return edited_side(element) is not None


def _joined(pieces: list[str]) -> str:
    return fold("".join(pieces)[:_MOST]).strip().replace("\t", " ")
