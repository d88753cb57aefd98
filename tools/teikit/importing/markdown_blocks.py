"""Headings, paragraphs, lists, quotations, tables and code of Markdown."""

import re

from teikit.importing.building import (
    LB,
    PB,
    SPACE,
    Element,
    Piece,
    element,
    has_words,
    without_lines,
)
from teikit.importing.losses import quote
from teikit.importing.markdown_inline import Inline, Told, words_of_html
from teikit.importing.markdown_nodes import Node, build_nodes
from teikit.importing.nesting import Block, nest

_TAGS = re.compile(r"<!--.*?(?:-->|\Z)|<[!?/A-Za-z][^<>]*>", re.S)
_ALIGN = re.compile(r"text-align:(center|right)")
_IDLE = frozenset("front_matter footnote_block footnote_anchor inline".split())


class Blocks:
    """Reads the blocks of a file, in order."""

    def __init__(self, told: Told, page_marker: re.Pattern[str] | None = None):
        self.told = told
        self.inline = Inline(told, self.read_note, page_marker)
        self.has_lines = True  # not in notes: they are no lines of the text
        self._notes: dict[int, Node] = {}
        self._read: set[int] = set()

    def read(self, nodes: list[Node]) -> list[Block]:
        """Return the blocks of the whole file."""
        for node in nodes:
            if node.kind == "footnote_block":
                for note in node.children:
                    self._notes[note.token.meta.get("id", -1)] = note
        return self._blocks(nodes)

    def without_unread(self, nodes: list[Node]) -> list[Node]:
        """Return the nodes of the file without notes to which none of its words refer."""
        kept = [node for node in nodes if node.kind != "footnote_block"]
        return kept + [note for name, note in self._notes.items() if name in self._read]

    def _blocks(self, nodes: list[Node]) -> list[Block]:
        return [block for node in nodes if node.kind not in _IDLE for block in self._block(node)]

    def _block(self, node: Node) -> list[Block]:
        if node.kind == "heading":
            pieces = self._pieces(node)
            level = int(node.token.tag.removeprefix("h"))
            return [Block("head", self._paragraph(pieces), level)] if has_words(pieces) else []
        if node.kind == "paragraph":
            return self._texts(node)
        if node.kind in ("fence", "code_block"):
            return self._code(node)
        if node.kind == "html_block":
            return self._html(node)
        if node.kind == "hr":
            return [Block("block", element("milestone", unit="section", rend="rule"))]
        made = {
            "blockquote": self._quote,
            "bullet_list": self._list,
            "ordered_list": self._list,
            "table": self._table,
        }.get(node.kind)
        found = made(node) if made else None
        if made is None:
            return self._blocks(node.children)
        return [Block("block", found)] if found is not None else []

    # -- paragraphs -----------------------------------------------------------------------------

    def _pieces(self, node: Node) -> list[Piece]:
        """Return what is in a block that holds text."""
        return [
            piece
            for child in node.children
            if child.kind == "inline"
            for piece in self.inline.read(child)
        ]

    def _paragraph(self, pieces: list[Piece], name: str = "p", **given: str) -> Element:
        return element(name, self._lines(pieces), **given)

    def _lines(self, pieces: list[Piece]) -> list[Piece]:
        if self.has_lines:
            return [LB, *pieces]
        return list(without_lines(pieces))

    def _texts(self, node: Node) -> list[Block]:
        pieces = self._pieces(node)
        if not has_words(pieces):
            return [Block("block", one) for one in _pages(pieces)]
        verses = _verses(node, pieces)
        if not verses:
            return [Block("block", self._paragraph(pieces))]
        lines = [self._paragraph(verse, "l") for verse in verses]
        return [Block("block", element("lg", lines))]

    def _quote(self, node: Node) -> Element | None:
        blocks = nest(self._blocks(node.children), divs=False)
        return element("quote", blocks) if has_words(blocks) else None

    def _code(self, node: Node) -> list[Block]:
        language = " ".join(node.token.info.split()) if node.kind == "fence" else ""
        content = node.token.content.removesuffix("\n")
        if language and not re.fullmatch(r"[\w.+#-]{1,40}", language):
            self.told.tell(node.line, "lost", f"what the block of code says of itself: {language}")
            language = ""
        if not content.strip(SPACE):
            return []
        code = element("code", [content], lang=language)
        return [Block("block", element("ab", self._lines([code]), rend="code"))]

    def _html(self, node: Node) -> list[Block]:
        text = node.token.content
        self.told.tell(
            node.line,
            "lost",
            f"the tags of HTML are left out: {quote(' '.join(_TAGS.findall(text)) or text)}",
            hint="Its words are kept; say in TEI what the tags were for.",
        )
        words = words_of_html(text)
        lines = [line.strip(SPACE) for line in words.split("\n") if line.strip(SPACE)]
        pieces = [piece for line in lines for piece in (LB, line)][1:]
        return [Block("block", self._paragraph(pieces))] if lines else []

    # -- lists and tables -----------------------------------------------------------------------

    def _list(self, node: Node) -> Element | None:
        numbered = node.kind == "ordered_list"
        numbers = _numbers(node) if numbered else [""] * len(node.children)
        items = [
            element("item", self._item(child), n=number)
            for number, child in zip(numbers, node.children, strict=True)
        ]
        if not items:
            return None
        return element("list", items, rend="numbered" if numbered else "bulleted")

    def _item(self, node: Node) -> list[Piece]:
        """Return the content of an item: its words, where it is tight, else its paragraphs."""
        content: list[Piece] = []
        for child in node.children:
            blocks = [block.element for block in self._as_inner([child])]
            if child.kind == "paragraph" and child.token.hidden:
                for block in blocks:
                    content += block.content if block.name == "p" else [block]
            else:
                content += blocks
        return content

    def _as_inner(self, nodes: list[Node]) -> list[Block]:
        return [Block("block", one) for one in nest(self._blocks(nodes), divs=False)]

    def _table(self, node: Node) -> Element | None:
        rows = []
        for part in node.children:
            for row in part.children:
                cells = [self._cell(cell) for cell in row.children]
                role = "label" if part.kind == "thead" else ""
                if cells:
                    rows.append(element("row", cells, role=role))
        return element("table", rows) if rows else None

    def _cell(self, node: Node) -> Element:
        found = _ALIGN.search(node.get("style"))
        pieces = self._pieces(node)
        content = self._lines(pieces) if pieces else []
        return element("cell", content, rend=found[1] if found else "")

    # -- notes ----------------------------------------------------------------------------------

    def read_note(self, reference: Node) -> Element | None:
        """Return the note that is referred to; None where it stands at an earlier reference."""
        meta = reference.token.meta
        name, label = meta.get("id", -1), str(meta.get("label") or "")
        note = self._notes.get(name)
        number = label if label.isdigit() else str(name + 1)
        if note is None or name in self._read:
            self.told.tell(
                reference.line,
                "changed",
                f"note {number} is referred to once more; it stands at the first reference",
                "info",
            )
            return None
        self._read.add(name)
        before, self.has_lines = self.has_lines, False
        self.inline.has_lines = False
        blocks = nest(self._blocks(note.children), divs=False)
        self.has_lines = self.inline.has_lines = before
        if not has_words(blocks):
            return None
        if len(blocks) == 1 and blocks[0].name == "p":
            return element("note", blocks[0].content, n=number, place="foot")
        return element("note", blocks, n=number, place="foot")


def _numbers(node: Node) -> list[str]:
    """Return the numbers as they are written; counted, where the same was written before each."""
    written = [child.token.info for child in node.children]
    if len(set(written)) == len(written) and all(written):
        return written
    start = int(node.token.attrs.get("start", 1))
    return [str(start + at) for at in range(len(written))]


def _pages(pieces: list[Piece]) -> list[Element]:
    return [one for one in pieces if isinstance(one, Element) and one.name == "pb"]


def _verses(node: Node, pieces: list[Piece]) -> list[list[Piece]]:
    """Return the lines of verse, where every line of the paragraph ends with a hard break."""
    inline = next((child for child in node.children if child.kind == "inline"), None)
    top = build_nodes(inline.token.children or []) if inline else []
    kinds = [child.kind for child in top]
    if "hardbreak" not in kinds or any(_has_softbreak(child) for child in top):
        return []
    verses: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece == LB and PB not in verses[-1][-1:]:
            verses.append([])
        else:
            verses[-1].append(piece)
    return [verse for verse in verses if has_words(verse)]


def _has_softbreak(node: Node) -> bool:
    if node.kind == "softbreak":
        return True
    return any(_has_softbreak(child) or child.kind == "hardbreak" for child in node.children)
