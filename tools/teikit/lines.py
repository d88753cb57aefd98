"""Line beginnings: which of them end a line, and which part words.

TEI's lb without break="no" parts two words (att.breaking); where the encoder wrote no space
beside it, one is wanted when lines are not shown. Chinese and Japanese part no words by spaces.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from teikit.document import OURS, TEI

_BOX, _FIRST, _SPACE = (f"{{{OURS}}}{name}" for name in ("box", "first", "space"))
_LB = f"{{{TEI}}}lb"
# Han, kana, their punctuation and full-width forms, but not Hangul, which is written with spaces
_NO_SPACES = re.compile(
    "[\u2e80-\u2fdf\u3000-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)


def writes_without_spaces(character: str) -> bool:
    """Return whether the character belongs to a script that parts no words by spaces."""
    return bool(_NO_SPACES.match(character))


def needs_space(before: str, after: str) -> bool:
    """Return whether a line break between these two characters stands for a space."""
    if not before or not after or before.isspace() or after.isspace():
        return False
    return not (writes_without_spaces(before) or writes_without_spaces(after))


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
