"""Tables as CSV that every spreadsheet opens: UTF-8 with a byte order mark, RFC 4180."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = tuple("=+-@＝＋－＠")
_BOM = "\ufeff"  # without it, spreadsheets take UTF-8 for something else


def render_csv(rows: Iterable[Iterable[object]], delimiter: str = ",") -> str:
    """Return the rows as CSV, each cell as it is."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return _BOM + stream.getvalue()


def render_table(head: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table to be read, and not to be read back: no cell of it is taken for a formula."""
    return render_csv([head, *([_harmless(cell) for cell in row] for row in rows)])


def _harmless(cell: object) -> object:
    """Return the cell so that no spreadsheet takes it for a formula.

    Also what begins with it after a space, and what East Asian systems read as it. What stands
    behind a comma stays as it is: 39.9,-116.4 is a place.
    """
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip()[:1] in _FORMULA else cell
