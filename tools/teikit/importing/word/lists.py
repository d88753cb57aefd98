"""Paragraphs of Word that look like items or quotations, as lists and quotes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from teikit.importing.building import PB, Element, Piece, element
from teikit.importing.nesting import Block
from teikit.importing.word.numbering import Label


@dataclass(frozen=True)
class Flat(Block):
    """A paragraph as it stands in the document; besides those of Block, "item" and "quote"."""

    label: Label | None = None  # of an item


def group(flats: list[Flat]) -> Iterable[Block]:
    """Yield the blocks; items that follow each other are in a list, quoted ones in a quote."""
    at = 0
    while at < len(flats):
        kind, begin = flats[at].kind, at
        while at < len(flats) and flats[at].kind == kind:
            at += 1
        if kind == "quote":
            content = [
                one for flat in flats[begin:at] for one in [*[PB] * flat.breaks, flat.element]
            ]
            yield Block("block", element("quote", content))
        elif kind == "item":
            yield from (Block("block", one) for one in build_lists(flats[begin:at]))
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
        stack[-1].items.append((label, [*[PB] * flat.breaks, *flat.element.content]))
    while stack:
        yield from _close(stack)


def _close(stack: list[_List]) -> Iterable[Element]:
    """Close the deepest list: it goes into the last item of the one around it, or is yielded."""
    closed = stack.pop().close()
    if stack:
        stack[-1].items[-1][1].append(closed)
    else:
        yield closed
