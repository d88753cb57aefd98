"""Document -> its streams: one walk through the tree."""

from collections import Counter

from lxml import etree

from teikit.citations import find_citations
from teikit.comparing.parting import breaks_line, is_aside, is_block
from teikit.comparing.records import HEADER, TEXT
from teikit.comparing.streams import Buffer, Node, Stream, join_buffers
from teikit.document import BASE, INCLUDED_AT, ORDINAL, XML_ID, Document
from teikit.location import plain_name
from teikit.transform.blocks import local_name

_OURS = frozenset((ORDINAL, BASE, INCLUDED_AT))
_PARTS = frozenset("teiHeader text standOff sourceDoc facsimile fsdDecl xenoData".split())
_OUTER = frozenset(("TEI", "teiCorpus"))
_IN_LINE = frozenset("seg cl phr w q quote said".split())  # cited where they have an id
_UNNUMBERED = frozenset(("front", "back", "body"))
_REST = "file"  # what stands outside of every part: TEI itself, comments before it


def read_streams(document: Document) -> dict[str, Stream]:
    """Return the streams of the document by the names of its parts.

    What is neither TEI nor has parts is all one text.
    """
    walk = _Walk(document)
    walk.run()
    return {part: shelf.stream(part) for part, shelf in walk.shelves.items()}


class _Shelf:
    """The buffers of one part and what lies in them."""

    def __init__(self) -> None:
        self.buffers = [Buffer()]
        self.nodes: list[tuple[Node, int, int]] = []

    def stream(self, part: str) -> Stream:
        return join_buffers(part, self.buffers, self.nodes)


class _Open:
    """An element that the walk is in."""

    def __init__(self, part: str, buffer: int, citation: str, path: str, is_new_block: bool):
        self.part, self.buffer, self.citation, self.path = part, buffer, citation, path
        self.is_new_block = is_new_block
        self.counts: Counter[str] = Counter()  # of the blocks in it, by name
        self.node: Node | None = None
        self.slot = 0
        self.skip = 0  # characters since the last tag: comments stand between
        self.own = self.tail_of = -1  # whose text, or else after which child it stands
        self.is_canonical = False
        self.block = self  # in which inner blocks are counted


class _Walk:
    def __init__(self, document: Document):
        self.document = document
        self.cited = find_citations(document)
        self.shelves: dict[str, _Shelf] = {TEXT: _Shelf()}
        self.order = 0
        root = document.root
        self.has_parts = local_name(root) in _OUTER
        self.open: list[_Open] = []

    def run(self) -> None:
        """Walk through the document, with what stands before and after its outermost element."""
        root = self.document.root
        first = _REST if self.has_parts else TEXT
        self.open.append(_Open(first, 0, "", "", True))
        self.shelves.setdefault(first, _Shelf())
        for one in reversed(list(root.itersiblings(preceding=True))):
            self.aside_node(one)
        for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "start":
                self.start(node)
            elif event == "end":
                self.end(node)
                if node is not root:
                    self.text(node.tail, tail_of=self.document.ordinal(node))
            else:
                self.aside_node(node)
                self.text(node.tail)
        for one in root.itersiblings():
            self.aside_node(one)

    def start(self, element: etree._Element) -> None:
        above = self.open[-1]
        part, is_new_part = self.part_of(element, above)
        shelf = self.shelves.setdefault(part, _Shelf())
        buffer = 0 if is_new_part else above.buffer
        aside = not is_new_part and is_aside(element)
        called, anchor = buffer, shelf.buffers[buffer].length
        if aside:
            shelf.buffers.append(Buffer())
            buffer = len(shelf.buffers) - 1
        block = is_new_part or aside or is_block(element)
        if block:
            shelf.buffers[buffer].is_border = True
        self.break_line(element, shelf.buffers[buffer])
        here = self.opened(element, above, part, buffer, block, is_new_part)
        here.node = self.node_of(element, here, above)
        here.node.start, here.node.is_aside = shelf.buffers[buffer].length, aside
        here.node.anchor = anchor
        here.slot = len(shelf.nodes)
        shelf.nodes.append((here.node, buffer, called))
        self.open.append(here)
        self.text(element.text, start_of=self.document.ordinal(element))

    def break_line(self, element: etree._Element, buffer: Buffer) -> None:
        parts = breaks_line(element)
        if parts:
            buffer.is_soft = True
        elif parts is False:
            buffer.is_glued = True

    def part_of(self, element: etree._Element, above: _Open) -> tuple[str, bool]:
        """Return the part that the element belongs to, and whether it begins one."""
        name = local_name(element)
        if not self.has_parts or name not in _PARTS or above.part not in (_REST, "standOff"):
            return above.part, False
        if above.part == "standOff" and name not in (HEADER, TEXT):
            return above.part, False
        return name, True

    def opened(
        self, element, above: _Open, part: str, buffer: int, block: bool, new: bool
    ) -> _Open:
        """Return the element as one that is open, with how what is in it is cited."""
        name = plain_name(element.tag)
        ident, canonical = element.get(XML_ID), self.cited.get(self.document.ordinal(element))
        counts = (block or name == "s") and part != _REST
        if new:
            citation = ""
        elif canonical:
            citation = canonical
        elif ident and (counts or (name in _IN_LINE and not above.is_canonical)):
            citation = ident
        elif counts:
            citation = self.path(element, name, above, part)
        else:
            citation = above.path
        here = _Open(part, buffer, citation or above.citation or name, citation, block)
        here.is_canonical = bool(canonical) or (above.is_canonical and not new)
        if not (counts or new or canonical):
            here.block = above.block
        return here

    def path(self, element: etree._Element, name: str, above: _Open, part: str) -> str:
        """Return the way to a block from what is cited around it: div 2, p 4."""
        above.block.counts[name] += 1
        number = above.block.counts[name]
        if name == "body":
            return above.path
        is_alone = number == 1 and next(element.itersiblings(element.tag), None) is None
        step = name if name in _UNNUMBERED or (part == HEADER and is_alone) else f"{name} {number}"
        return f"{above.path}, {step}" if above.path else step

    def node_of(self, element: etree._Element, here: _Open, above: _Open) -> Node:
        attributes = {name: value for name, value in element.attrib.items() if name not in _OURS}
        return Node(
            plain_name(element.tag),
            attributes,
            self.document.ordinal(element),
            here.citation,
            self.count(),
            parent=above.node,
        )

    def count(self) -> int:
        self.order += 1
        return self.order

    def end(self, _element: etree._Element) -> None:
        here = self.open.pop()
        buffer = self.shelves[here.part].buffers[here.buffer]
        here.node.end = buffer.length
        if here.is_new_block:
            buffer.is_border = True

    def text(self, text: str | None, *, start_of: int = -1, tail_of: int = -1) -> None:
        """Take in a text; with neither argument it goes on behind a comment."""
        here = self.open[-1]
        if start_of >= 0:
            here.tail_of, here.skip, here.own = -1, 0, start_of
        elif tail_of >= 0:
            here.tail_of, here.skip = tail_of, 0
        if not text:
            return
        where = ("tail", here.tail_of) if here.tail_of >= 0 else ("text", here.own)
        buffer = self.shelves[here.part].buffers[here.buffer]
        buffer.add(text, where[1], where[0], here.skip, here.citation)
        here.skip += len(text)

    def aside_node(self, node: etree._Element) -> None:
        """Take in a comment or a processing instruction."""
        here = self.open[-1]
        if isinstance(node, etree._Entity):
            return
        is_comment = node.tag is etree.Comment
        shelf = self.shelves[here.part]
        length = shelf.buffers[here.buffer].length
        one = Node(
            "" if is_comment else node.target,
            {"": " ".join((node.text or "").split())},
            here.node.ordinal if here.node else 0,
            here.citation,
            self.count(),
            kind="comment" if is_comment else "instruction",
            place=(node.sourceline or 1, 0),
            start=length,
            end=length,
            anchor=length,
            parent=here.node,
        )
        shelf.nodes.append((one, here.buffer, here.buffer))
