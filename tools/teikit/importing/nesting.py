"""Blocks that follow each other, as nested divs: most formats know headings, and no sections."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from teikit.importing.building import PB, Element, Piece


@dataclass(frozen=True)
class Block:
    """A block as it stands in the source: what kind it is, and how many pages begin before it.

    Headings and titles are given as p: which of them become a head is decided here.
    """

    kind: str  # "title", "head", "block"; a format may have others, of which `nest` knows nothing
    element: Element
    level: int = 0  # of a heading, from 1
    breaks: int = 0


def nest(blocks: Iterable[Block], *, divs: bool) -> tuple[Element, ...]:
    """Return the blocks nested; headings open a div only where DIVS, else they are paragraphs."""
    root = _Div(0)
    stack = [root]
    blocks = list(blocks)
    for block in _with_title(blocks) if divs else blocks:
        pages: list[Piece] = [PB] * block.breaks
        if block.kind == "head" and divs:
            while stack[-1].level >= block.level:
                stack.pop()
            opened = _Div(block.level)
            stack[-1].content.append(opened)
            stack.append(opened)
        is_title = block.kind == "title" and stack[-1] is root and not root.has_blocks()
        found = block.element
        if divs and (block.kind == "head" or is_title):
            found = replace(found, name="head")
        elif block.kind in ("head", "title"):
            found = _as_paragraph(block)
        stack[-1].content += [*pages, found]
    return root.close()


def _with_title(blocks: list[Block]) -> list[Block]:
    """Return the blocks; a single heading above all others that comes first is the title."""
    levels = [block.level for block in blocks if block.kind == "head"]
    if not levels or any(block.kind == "title" for block in blocks):
        return blocks
    first = blocks[0]
    if first.kind != "head" or any(level <= first.level for level in levels[1:]):
        return blocks
    given = (("type", "main"), *first.element.attributes)
    title = replace(first.element, attributes=given)
    return [replace(first, kind="title", element=title), *blocks[1:]]


def _as_paragraph(block: Block) -> Element:
    given = dict(block.element.attributes)
    given.pop("type", "")
    kind = "heading" if block.kind == "head" else "title"
    given["rend"] = " ".join(filter(None, (kind, given.get("rend", ""))))
    return Element("p", tuple(given.items()), block.element.content)


@dataclass
class _Div:
    level: int
    content: list["_Div | Element"] = field(default_factory=list)

    def has_blocks(self) -> bool:
        return any(isinstance(one, _Div) or one.name not in ("head", "pb") for one in self.content)

    def close(self) -> tuple[Element, ...]:
        """Return what is in it."""
        return tuple(
            one if isinstance(one, Element) else Element("div", (), one.close())
            for one in self.content
        )
