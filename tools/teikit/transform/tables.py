"""Cells over several columns or rows, as HTML allows them.

HTML wants each column to have a cell that begins in it, and each cell to end in the table. A page
that begins between two rows gets a row of its own there, which cells over several rows pass.
"""

from lxml import etree

from teikit.document import OURS, TEI

_TABLE, _ROW, _CELL = (f"{{{TEI}}}{name}" for name in ("table", "row", "cell"))
_COLS, _ROWS = f"{{{OURS}}}cols", f"{{{OURS}}}rows"
_MOST = 1000  # columns or rows of a cell, the most that browsers take; further on, each has one


def mark_spans(root: etree._Element) -> None:
    """Set tk:cols and tk:rows on the cells that are wider or higher than one."""
    for table in root.iter(_TABLE):
        if any(cell.get("cols") or cell.get("rows") for cell in table.iterfind(f"{_ROW}/{_CELL}")):
            _mark(table)


def _mark(table: etree._Element) -> None:
    lines = _lines(table)
    begins: set[int] = set()  # columns in which a cell begins
    wide: list[tuple[etree._Element, int, int]] = []  # cell, first column, width
    taken: dict[int, int] = {}  # column -> first line in which it is free again
    for number, line in enumerate(lines):
        column = 0
        for cell in line.iterchildren(_CELL, _TABLE) if line.tag == _ROW else (line,):
            while taken.get(column, 0) > number:
                column += 1
            is_cell = cell.tag == _CELL and column < _MOST
            width = _number(cell.get("cols")) if is_cell else 1
            height = _height(lines, number, _number(cell.get("rows"))) if is_cell else 1
            ends = (at for at in range(column, column + width) if taken.get(at, 0) > number)
            width = next(ends, column + width) - column
            begins.add(column)
            if width > 1:
                wide.append((cell, column, width))
            if height > 1:
                cell.set(_ROWS, str(height))
                for at in range(column, column + width):
                    taken[at] = number + height
            column += width
    for cell, column, width in wide:
        cols = len(begins.intersection(range(column, column + width)))
        if cols > 1:
            cell.set(_COLS, str(cols))


def _lines(table: etree._Element) -> list[etree._Element]:
    """Return the elements that become rows: from the first row on, all."""
    children = list(table.iterchildren(etree.Element))
    first = next((at for at, one in enumerate(children) if one.tag == _ROW), len(children))
    return children[first:]


def _height(lines: list[etree._Element], number: int, rows: int) -> int:
    """Return in how many lines a cell over ROWS rows is, if it begins in line NUMBER."""
    height = 0
    for at in range(number, len(lines)):
        height += 1
        rows -= lines[at].tag == _ROW
        if rows <= 0:
            break
    return height


def _number(value: str | None) -> int:
    value = (value or "").strip()
    return max(1, min(int(value), _MOST)) if value.isascii() and value.isdigit() else 1
