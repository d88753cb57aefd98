"""White space that is no text.

TEI P5 says of @break="no" that the element "is not considered to mark the end of any adjacent
orthographic token, irrespective of the presence of any adjacent white space"
(att.breaking): such white space is a convenience of the encoder and no part of the text. It is
dropped here, once, for the witness check, the extraction, and every rendering alike.
"""

import copy
from collections.abc import Iterator

from lxml import etree

from teikit.document import TEI
from teikit.lines import empty_hyphens

_BREAKING = frozenset(f"{{{TEI}}}{name}" for name in ("lb", "pb", "cb", "gb", "milestone"))
_SPACE = " \t\r\n"


def without_idle_space(tree: etree._ElementTree) -> etree._ElementTree:
    """Return a copy of the tree without the white space beside break="no"."""
    working = copy.deepcopy(tree)
    if all(one.get("break") != "no" for one in working.getroot().iter(*_BREAKING)):
        return working
    steps = list(_steps(working.getroot()))
    _strip(steps, str.lstrip)
    _strip(reversed(steps), str.rstrip)
    return working


def as_running_text(tree: etree._ElementTree) -> etree._ElementTree:
    """Return a copy of the tree in which a word that the end of a line divides is one word.

    It has neither the white space beside break="no" nor the hyphens before it; each element is
    there.
    """
    working = without_idle_space(tree)
    empty_hyphens(working.getroot())
    return working


def _steps(root: etree._Element) -> Iterator[tuple[etree._Element, str] | None]:
    """Yield the places of text, in order, and None for each break="no"."""
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            if node.tag in _BREAKING and node.get("break") == "no":
                yield None
            yield node, "text"
        elif node is not root and node.getparent() is not None:
            yield node, "tail"


def _strip(steps, strip) -> None:
    """Strip the text that follows a None, up to and including the first that holds words."""
    stripping = False
    for step in steps:
        if step is None:
            stripping = True
            continue
        node, where = step
        text = getattr(node, where)
        if not stripping or not text:
            continue
        kept = strip(text, _SPACE)
        if kept != text:
            setattr(node, where, kept or None)
        stripping = not kept
