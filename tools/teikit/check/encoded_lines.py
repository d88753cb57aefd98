"""The lines of an encoding: what stands between one lb and the next."""

from dataclasses import dataclass, field

from lxml import etree

from teikit.document import TEI, Document
from teikit.readings import NOT_IN_SOURCE, ONLY_IN_CHOICE, is_in_line
from teikit.report import Finding
from teikit.spacing import without_idle_space

_BLOCKS = frozenset(
    "p head l ab item salute signed dateline byline label trailer "
    "speaker stage opener closer cell quote".split()
)
_NOTE = f"{{{TEI}}}note"
_SPACE = " \t\r\n"


@dataclass
class EncodedLine:
    """A line of the encoding while it is read: its text, in pieces with their origin."""

    ordinal: int  # of the lb
    n: str
    page: int
    starts_block: bool | None  # None: within a stanza, where a source may have it either way
    page_n: str = ""  # what the pb before it says
    pieces: list[tuple[str, int, str, int]] = field(default_factory=list)
    letters: int = 0  # characters beside white space, as far as it is read
    pages: list[tuple[int, str]] = field(default_factory=list)  # pb in it: after how many letters

    @property
    def text(self) -> str:
        """Return the characters of the line."""
        return "".join(piece[0] for piece in self.pieces)


def count_letters(text: str) -> int:
    """Return how many characters there are beside white space."""
    return len(text) - sum(map(text.count, _SPACE))


def shorten(text: str) -> str:
    """Return the text, cut to what fits into a message."""
    return text if len(text) <= 24 else text[:23] + "…"


def read_encoded_lines(document: Document, edition: str) -> tuple[list[EncodedLine], list[Finding]]:
    """Return the lines of the document's text, and findings on words that are on none.

    Only the lb and pb whose @edRef names EDITION count; all of them where it is empty.
    """
    reader = _Reader(document, edition)
    return reader.read(), reader.findings


class _Reader:
    """Walks through the text once, from one lb to the next."""

    def __init__(self, document: Document, edition: str):
        self.document, self.edition = document, edition
        self.tree = without_idle_space(document.tree)
        self.lines: list[EncodedLine] = []
        self.findings: list[Finding] = []
        self.page, self.page_n = 0, ""
        self.new_block: bool | None = True

    def read(self) -> list[EncodedLine]:
        for text in self.tree.getroot().findall(f"{{{TEI}}}text"):
            self.walk(text)
        for line in self.lines:
            _fold(line)
        return self.lines

    def walk(self, top: etree._Element) -> None:
        skipped = None
        for event, node in etree.iterwalk(top, events=("start", "end", "comment", "pi")):
            if event == "start" and skipped is None:
                if _is_left_out(node):
                    skipped = node
                    continue
                self.begin(node)
                self.take(node, "text")
            elif event != "start":
                if event == "end" and node is skipped:
                    skipped = None
                if event == "end" and skipped is None and _begins_block(node):
                    self.new_block = True
                if skipped is None and node is not top:
                    self.take(node, "tail")

    def begin(self, node: etree._Element) -> None:
        name = etree.QName(node).localname
        if _begins_block(node):
            self.new_block = True
        elif name == "l" and not self.new_block:
            self.new_block = None
        if name not in ("lb", "pb") or (
            self.edition and self.edition not in node.get("edRef", "").split()
        ):
            return
        if name == "pb":
            self.page, self.page_n = self.page + 1, node.get("n", "")
            if self.lines:
                self.lines[-1].pages.append((self.lines[-1].letters, self.page_n))
            return
        self.lines.append(
            EncodedLine(
                self.document.ordinal(node),
                node.get("n", ""),
                max(self.page, 1),
                self.new_block,
                self.page_n,
            )
        )
        self.new_block = False

    def take(self, node: etree._Element, where: str) -> None:
        text = getattr(node, where)
        if not text:
            return
        if self.lines:
            index = 0
            if isinstance(node.tag, str):
                ordinal = self.document.ordinal(node)
                index = self.document.text_index(ordinal, where, text)
            else:
                ordinal = -1
            self.lines[-1].pieces.append((text, ordinal, where, index))
            self.lines[-1].letters += count_letters(text)
        elif text.strip(_SPACE):
            self.findings.append(
                Finding(
                    self.document.place(node),
                    "witness:before-first-line",
                    f"“{shorten(text.strip(_SPACE))}” stands before the first lb, so it is on "
                    "no line of the source",
                    hint="Put an lb where the line begins.",
                    ordinal=self.document.ordinal(node),
                )
            )


def _begins_block(node: etree._Element) -> bool:
    """Return whether a paragraph begins and ends with the element; a verse of a stanza is none."""
    name = etree.QName(node).localname
    if name != "lg" and (name not in _BLOCKS or (name == "l" and _is_in_stanza(node))):
        return False
    return next(node.iterancestors(_NOTE), None) is None  # an inline note runs in its line


def _is_in_stanza(node: etree._Element) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag == f"{{{TEI}}}lg"


def _is_left_out(node: etree._Element) -> bool:
    name = etree.QName(node)
    if name.namespace != TEI:
        return True
    if name.localname in ONLY_IN_CHOICE:
        parent = node.getparent()
        return parent is not None and etree.QName(parent).localname == "choice"
    if name.localname == "note":
        return not is_in_line(node.attrib)
    return name.localname in NOT_IN_SOURCE


def _fold(line: EncodedLine) -> None:
    """Fold the white space of the encoding: a run is one space, none at the line's edges."""
    folded: list[tuple[str, int, str, int]] = []
    after_space = True
    for text, ordinal, where, index in line.pieces:
        for offset, character in enumerate(text):
            is_space = character in _SPACE
            if is_space and after_space:
                continue
            folded.append((" " if is_space else character, ordinal, where, index + offset))
            after_space = is_space
    while folded and folded[-1][0] == " ":
        folded.pop()
    line.pieces = folded
