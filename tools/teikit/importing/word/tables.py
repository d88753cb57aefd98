"""Tables of Word: rows and cells, those that span several of them too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from teikit.importing.building import PB, Element, element
from teikit.importing.nesting import nest
from teikit.importing.word.lists import Flat, group
from teikit.importing.word.names import MC, W, find_chosen, is_on, number, value

if TYPE_CHECKING:
    from teikit.importing.word.blocks import Blocks

_STOPS = frozenset((f"{W}p", f"{W}tbl"))
_MOST_COLUMNS = 1000


@dataclass
class _Cell:
    columns: int
    rows: int = 1
    flats: list[Flat] = field(default_factory=list)

    def close(self) -> Element:
        spans = {
            name: str(count)
            for name, count in (("cols", self.columns), ("rows", self.rows))
            if count > 1
        }
        if len(self.flats) == 1 and self.flats[0].kind == "block":
            flat = self.flats[0]
            if flat.element.name == "p":
                rend = dict(flat.element.attributes).get("rend", "")
                language = dict(flat.element.attributes).get("xml:lang", "")
                content = [*[PB] * flat.breaks, *flat.element.content]
                return element("cell", content, **spans, rend=rend, xml_lang=language)
        return element("cell", nest(group(self.flats), divs=False), **spans)


class Tables:
    """Reads one table."""

    def __init__(self, blocks: Blocks):
        self.blocks = blocks
        self._open: dict[int, _Cell] = {}  # by the column, cells that go on in the next row

    def read(self, table: etree._Element) -> Element | None:
        """Return the table; None where it has no cells."""
        rows = []
        for row in _inner(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            cells, continued = self._row(row, properties)
            if not cells:
                for cell in continued:
                    cell.rows -= 1  # a row that only goes on with cells is none in TEI
                continue
            rows.append((bool(is_on(properties, "tblHeader")), cells))
        made = [
            element("row", [cell.close() for cell in cells], role="label" if is_header else "")
            for is_header, cells in rows
        ]
        return element("table", made) if made else None

    def _row(
        self, row: etree._Element, properties: etree._Element | None
    ) -> tuple[list[_Cell], list[_Cell]]:
        context = self.blocks.context
        if properties is not None and (
            properties.find(f"{W}ins") is not None or properties.find(f"{W}del") is not None
        ):
            context.tell("tracked", "that a row was inserted or deleted is tracked; it is kept")
        cells, continued = [], []
        column = number(value(properties, "gridBefore"))
        for found in _inner(row, f"{W}tc"):
            about = found.find(f"{W}tcPr")
            span = min(max(number(value(about, "gridSpan", "1"), 1), 1), _MOST_COLUMNS)
            merge = None if about is None else about.find(f"{W}vMerge")
            flats = self.blocks.for_cell().read(found)
            going_on = self._open.get(column)
            if merge is not None and merge.get(f"{W}val") != "restart" and going_on:
                going_on.rows += 1
                continued.append(going_on)
                if flats:
                    going_on.flats += flats
                    context.tell("changed", "words of cells that were joined stand in the first")
            else:
                cell = _Cell(span, 1, flats)
                cells.append(cell)
                self._open.pop(column, None)
                if merge is not None:
                    self._open[column] = cell
            column += span
        return cells, continued


def _inner(node: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, in whatever they are wrapped."""
    for child in node.iterchildren(tag=etree.Element):
        if child.tag == tag:
            yield child
        elif child.tag == f"{MC}AlternateContent":
            chosen = find_chosen(child)
            yield from () if chosen is None else _inner(chosen, tag)
        elif child.tag not in _STOPS:
            yield from _inner(child, tag)
