"""Line beginnings: which of them end a line, which part words, and which hyphens are theirs.

TEI's lb without break="no" parts two words (att.breaking); where the encoder wrote no space
beside it, one is wanted when lines are not shown. Chinese and Japanese part no words by spaces.
A hyphen that stands only because a line ends (pc force="weak" before break="no"; TEI P5, 3.2.2) is
no part of its word.
"""

import copy
import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from teikit.document import OURS, TEI, text_of

_BOX, _FIRST, _SPACE, _HYPHEN = (
    f"{{{OURS}}}{name}" for name in ("box", "first", "space", "hyphen")
)
_LB, _PB, _CB, _PC = (f"{{{TEI}}}{name}" for name in ("lb", "pb", "cb", "pc"))
_XML_SPACE = " \t\r\n"
# Han, kana, their punctuation and full-width forms, but not Hangul, which is written with spaces
_NO_SPACES = re.compile(
    "[\u2e80-\u2fdf\u3000-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)

# Thai, Lao, Burmese, Khmer, without what ends a sentence: spaces part sentences there, not words
_RUNS_ON = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0e59\u0e81-\u0edf\u1000-\u1049\u104c-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f"
    "\u1780-\u17d3\u17d7\u17dc\u17dd\u17e0-\u17e9]"
)
_TSHEG = "\u0f0b\u0f0c"  # parts the syllables of Tibetan, in a line and at its end


def writes_without_spaces(character: str) -> bool:
    """Return whether the character belongs to a script that parts no words by spaces."""
    return bool(_NO_SPACES.match(character))


def needs_space(before: str, after: str) -> bool:
    """Return whether a line break between these two characters stands for a space."""
    if not before or not after or before.isspace() or after.isspace():
        return False
    if writes_without_spaces(before) or writes_without_spaces(after) or before in _TSHEG:
        return False
    return not (_RUNS_ON.match(before) and _RUNS_ON.match(after))


def is_line_end_hyphen(element: etree._Element) -> bool:
    """Return whether the element is a hyphen that stands only because a line, page or column ends.

    It is a weak pc right before an lb, pb or cb with break="no"; white space, comments, and a pb or
    cb that says nothing of the word may stand between.
    """
    if element.tag != _PC or element.get("force") != "weak" or _has_text(element.tail):
        return False
    for node in element.itersiblings():
        if isinstance(node.tag, str):
            if node.tag not in (_LB, _PB, _CB):
                return False
            if node.get("break") == "no":
                return True
            if node.tag == _LB:
                return False
        if _has_text(node.tail):
            return False
    return False


def _has_text(tail: str | None) -> bool:
    return bool(tail and tail.strip(_XML_SPACE))


def mark_hyphens(root: etree._Element) -> None:
    """Set tk:hyphen on each hyphen that stands only because a line ends."""
    for pc in root.iter(_PC):
        if is_line_end_hyphen(pc):
            pc.set(_HYPHEN, "1")


def empty_hyphens(root: etree._Element) -> None:
    """Take the characters out of each hyphen that stands only because a line ends."""
    for pc in root.iter(_PC):
        if is_line_end_hyphen(pc):
            pc.text = None
            for inner in pc.iterdescendants():
                inner.tail = None
                if isinstance(inner.tag, str):
                    inner.text = None


def words_of(element: etree._Element) -> str:
    """Return the characters inside the element without the hyphens of the ends of lines."""
    if not any(map(is_line_end_hyphen, element.iter(_PC))):
        return text_of(element)
    working = copy.deepcopy(element)
    empty_hyphens(working)
    return text_of(working)


def mark_lines(texts: Iterable[etree._Element], is_moved: Callable[[etree._Element], bool]) -> None:
    """Set tk:first and tk:space on each lb; tk:box must be there.

    IS_MOVED says whether the words of an element are read elsewhere (a note at the end): they
    are not of the line that goes on.
    """
    for text in texts:
        for lb in text.iter(_LB):
            before = list(_before(lb, is_moved))
            if not any(piece is None or piece.strip() for piece in before):
                lb.set(_FIRST, "1")
            elif lb.get("break") != "no":
                last = next((piece for piece in before if piece is None or piece), "") or " "
                if needs_space(last[-1], next(filter(None, _after(lb, is_moved)), "")[:1]):
                    lb.set(_SPACE, "1")


def _before(
    element: etree._Element, is_moved: Callable[[etree._Element], bool]
) -> Iterator[str | None]:
    """Yield the texts of the block before the element, backwards; None for another lb."""
    node = element
    while not node.get(_BOX) and not is_moved(node):
        for sibling in node.itersiblings(preceding=True):
            yield sibling.tail or ""
            if not isinstance(sibling.tag, str) or is_moved(sibling):
                continue
            if sibling.get(_BOX):
                return
            if sibling.tag == _LB:
                yield None
                return
            for piece in reversed(sibling.xpath(".//text()")):
                yield piece
                if piece.strip():
                    return
            if sibling.find(f".//{_LB}") is not None:
                yield None
                return
        node = node.getparent()
        if node is None:
            return
        yield node.text or ""
        if node.text and node.text.strip():
            return


def _after(element: etree._Element, is_moved: Callable[[etree._Element], bool]) -> Iterator[str]:
    """Yield the texts of the block after the element."""
    node = element
    while not node.get(_BOX) and not is_moved(node):
        yield node.tail or ""
        for sibling in node.itersiblings():
            if isinstance(sibling.tag, str) and not is_moved(sibling):
                if sibling.get(_BOX) or sibling.tag == _LB:
                    return
                yield from sibling.xpath(".//text()")
            yield sibling.tail or ""
        node = node.getparent()
        if node is None:
            return
