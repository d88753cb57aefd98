"""From the paragraphs of Word, one after the other, to the nesting of the TEI: divs, lists, quotes.

Word knows no sections and no lists, only paragraphs that look like headings or items.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from teikit.importing.building import PB, Element, Piece, element
from teikit.importing.word.numbering import Label


@dataclass(frozen=True)
class Flat:
    """A block as it stands in the source: what kind it is, and how many pages begin before it."""

    kind: str  # "title", "head", "item", "quote", "block"
    block: Element  # of an item: an element whose content the item gets
    level: int = 0  # of a heading, from 1
    label: Label | None = None  # of an item
    breaks: int = 0


def nest(flats: Iterable[Flat], *, divs: bool) -> tuple[Element, ...]:
    """Return the blocks nested; headings open a div only where DIVS, else they are paragraphs."""
    root = _Div(0)
    stack = [root]
    for flat in _grouped(list(flats)):
        pages: list[Piece] = [PB] * flat.breaks
        if flat.kind == "head" and divs:
            while stack[-1].level >= flat.level:
                stack.pop()
            opened = _Div(flat.level)
            stack[-1].content.append(opened)
            stack.append(opened)
        block = flat.block
        is_head = flat.kind in ("head", "title") and divs
        if is_head and not (flat.kind == "title" and stack[-1].has_blocks()):
            block = replace(block, name="head")
        elif flat.kind in ("head", "title"):
            block = _as_paragraph(flat)
        stack[-1].content += [*pages, block]
    return root.close()


def _as_paragraph(flat: Flat) -> Element:
    given = dict(flat.block.attributes)
    kind = given.pop("type", "") or ("heading" if flat.kind == "head" else "title")
    given["rend"] = " ".join(filter(None, (kind, given.get("rend", ""))))
    return Element("p", tuple(given.items()), flat.block.content)


@dataclass
class _Div:
    level: int
    content: list["_Div | Element"] = field(default_factory=list)

    def has_blocks(self) -> bool:
        return any(isinstance(one, _Div) or one.name not in ("head", "pb") for one in self.content)

    def close(self) -> tuple[Element, ...]:
        """Return what is in it; what is only a heading gets the paragraph that TEI asks for."""
        return tuple(
            one if isinstance(one, Element) else Element("div", (), one.close())
            for one in self.content
        )


def _grouped(flats: list[Flat]) -> Iterable[Flat]:
    """Yield the blocks; items that follow each other are in a list, quoted ones in a quote."""
    at = 0
    while at < len(flats):
        kind, begin = flats[at].kind, at
        while at < len(flats) and flats[at].kind == kind:
            at += 1
        if kind == "quote":
            content = [one for flat in flats[begin:at] for one in [*[PB] * flat.breaks, flat.block]]
            yield Flat("block", element("quote", content))
        elif kind == "item":
            yield from (Flat("block", one) for one in build_lists(flats[begin:at]))
        else:
            yield from flats[begin:at]


@dataclass
class _List:
    label: Label
    items: list[tuple[Label, list[Piece]]] = field(default_factory=list)

    def close(self) -> Element:
        items = [
            element("item", content, n=label.text if label.is_numbered else "")
            for label, content in self.items
        ]
        return element("list", items, rend="numbered" if self.label.is_numbered else "bulleted")

    def goes_on_with(self, label: Label) -> bool:
        mine = self.label
        return mine.list_id == label.list_id and mine.is_numbered == label.is_numbered


def build_lists(flats: list[Flat]) -> Iterable[Element]:
    """Yield the lists that items make, deeper ones inside the item before them."""
    stack: list[_List] = []
    for flat in flats:
        label = flat.label or Label("", 0, False, "")
        while stack and (
            stack[-1].label.level > label.level
            or (stack[-1].label.level == label.level and not stack[-1].goes_on_with(label))
        ):
            yield from _close(stack)
        if not stack or stack[-1].label.level < label.level:
            stack.append(_List(label))
        stack[-1].items.append((label, [*[PB] * flat.breaks, *flat.block.content]))
    while stack:
        yield from _close(stack)


def _close(stack: list[_List]) -> Iterable[Element]:
    """Close the deepest list: it goes into the last item of the one around it, or is yielded."""
    closed = stack.pop().close()
    if stack:
        stack[-1].items[-1][1].append(closed)
    else:
        yield closed
