"""Words and line beginnings -> plain text.

text.xsl says which words there are and where blocks, lines and pages begin; here they become
characters. White space is folded as XML editors mean it, except that a line end between two
characters of a script without spaces is no space.
"""

import re
from collections.abc import Iterator

from lxml import etree

from teikit.document import OURS
from teikit.lines import needs_space, writes_without_spaces

_SPACE = re.compile(r"[ \t\r\n]+")
_BLOCK, _LB, _PB, _SPACE_MARK, _TAB = (
    f"{{{OURS}}}{name}" for name in ("block", "lb", "pb", "space", "tab")
)
_APART = frozenset(("head", "stanza", "speech", "note"))  # kinds with a blank line before and after


def lay_out(root: etree._Element, form: str) -> str:
    """Return the text that text.xsl describes, ending with one line end."""
    lines = _Source() if form == "source" else _Reading()
    _walk(root, lines)
    return "\n".join(lines.finish()) + "\n"


def _walk(root: etree._Element, lines: "_Lines") -> None:
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            lines.enter(node)
            lines.add(node.text)
        else:
            lines.leave(node)
            if node is not root:
                lines.add(node.tail)


class _Lines:
    """Lines in the making."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pieces: list[str] = []

    def add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)

    def flush(self) -> None:
        """End the line."""
        line = fold("".join(self.pieces)).strip(" ")
        self.pieces = []
        if line:
            self.put(line)

    def put(self, line: str) -> None:
        self.lines.append(line)

    def enter(self, node: etree._Element) -> None:
        raise NotImplementedError

    def leave(self, node: etree._Element) -> None:
        raise NotImplementedError

    def finish(self) -> Iterator[str]:
        self.flush()
        yield from self.lines


class _Reading(_Lines):
    """A paragraph a line; headings and stanzas apart."""

    def __init__(self) -> None:
        super().__init__()
        self.apart = False

    def put(self, line: str) -> None:
        if self.apart and self.lines:
            self.lines.append("")
        self.apart = False
        self.lines.append(line)

    def enter(self, node: etree._Element) -> None:
        if node.tag == _BLOCK:
            self.flush()
            self.apart = self.apart or node.get("kind") in _APART
        elif node.tag == _LB:
            self.pieces.append("\x00")  # no XML document can hold it
        elif node.tag == _SPACE_MARK:
            self.pieces.append(" ")
        elif node.tag == _TAB:
            self.pieces.append("\x01")

    def leave(self, node: etree._Element) -> None:
        if node.tag == _BLOCK:
            self.flush()
            self.apart = self.apart or node.get("kind") in _APART


class _Source(_Lines):
    """The lines and pages of the source; blank lines are dropped, pages stand apart."""

    def put(self, line: str) -> None:
        if self.lines and self.lines[-1] is None:
            self.lines[-1] = ""
        self.lines.append(line)

    def enter(self, node: etree._Element) -> None:
        if node.tag in (_BLOCK, _LB, _PB):
            self.flush()
        elif node.tag in (_SPACE_MARK, _TAB):
            self.pieces.append(" ")
        if node.tag == _PB and self.lines and self.lines[-1] is not None:
            self.lines.append(None)

    def leave(self, node: etree._Element) -> None:
        if node.tag == _BLOCK:
            self.flush()

    def finish(self) -> Iterator[str]:
        self.flush()
        yield from (line for line in self.lines if line is not None)


def fold(text: str) -> str:
    """Return the text with runs of white space as one space, and line beginnings as needed."""
    text = re.sub(r"\s*\x00[\s\x00]*", _line_beginning, text) if "\x00" in text else text
    text = _SPACE.sub(_one_space, text)
    return text.replace("\x01", "\t")


def _line_beginning(match: re.Match) -> str:
    before, after = _around(match)
    if match[0].strip("\x00"):  # the encoder wrote white space beside it
        return match[0].replace("\x00", "")
    return " " if needs_space(before, after) else ""


def _one_space(match: re.Match) -> str:
    before, after = _around(match)
    if "\n" in match[0] and writes_without_spaces(before) and writes_without_spaces(after):
        return ""
    return " "


def _around(match: re.Match) -> tuple[str, str]:
    text = match.string
    return text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
