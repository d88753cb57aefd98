"""A sheet that a spreadsheet has saved: bytes -> its rows, whatever delimiter it took."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from teikit.entities.cells import one_line_end, plain
from teikit.entities.columns import ID
from teikit.entities.sheet import MOST_CELLS, MOST_COLUMNS
from teikit.errors import TeikitError

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
_SEPARATOR = re.compile(r"\Asep=[^\r\n]\r?\n")  # a line for Excel that is no row
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class SheetRow:
    """One row of the sheet: its number there, the head being row 1, and its cells by column."""

    number: int
    cells: Mapping[str, str]
    has_more: bool = False  # cells for which there is no column

    def get(self, column: str) -> str:
        """Return what stands in the column, without spaces around it; "" where nothing does."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet, and the heads of its columns in order ("" for one that has none)."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    def number_of(self, column: str) -> int:
        """Return the number of a column, from 1; 0 where there is none."""
        return self.columns.index(column) + 1 if column in self.columns else 0


def read_sheet(data: bytes, name: str) -> Sheet:
    """Return the sheet in DATA; raise TeikitError where it is none that can be read."""
    text = _SEPARATOR.sub("", _decode(data, name), count=1)
    records = _records(text, _delimiter_of(text), name)
    heads = tuple(plain(cell).strip() for cell in next(records, []))
    _check_heads(heads, name)
    rows = []
    named = sum(map(bool, heads))
    for number, record in enumerate(records, 2):
        if not any(cell.strip() for cell in record):
            continue  # spreadsheets like to leave some at the end
        if named * (len(rows) + 1) > MOST_CELLS:
            raise TeikitError(
                f"{name}: has more than {MOST_CELLS:,} cells, which no spreadsheet takes: divide it"
            )
        values = [one_line_end(plain(cell)) for cell in record]
        values += [""] * (len(heads) - len(values))
        cells = {head: value for head, value in zip(heads, values, strict=False) if head}
        more = any(cell.strip() for cell in record[len(heads) :])
        rows.append(SheetRow(number, cells, more))
    return Sheet(heads, tuple(rows))


def _decode(data: bytes, name: str) -> str:
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if data.startswith(b"PK"):
            advice = "it is the file of a spreadsheet itself: save the sheet as CSV in UTF-8"
        else:
            advice = (
                "it is not in UTF-8, and letters may be lost in it: save the sheet once more, in "
                'Excel as "CSV UTF-8", elsewhere as CSV with the character set UTF-8'
            )
        raise TeikitError(f"{name}: {advice}") from None


def _delimiter_of(text: str) -> str:
    """Return the delimiter by which the first row has a column `id`."""
    for delimiter in DELIMITERS:
        try:
            first = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        except csv.Error:
            continue
        if ID in (plain(cell).strip() for cell in first):
            return delimiter
    return ","


def _records(text: str, delimiter: str, name: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as error:
        raise TeikitError(
            f"{name}:{reader.line_num}: is no CSV that can be read here ({error}): is a quotation "
            "mark missing?"
        ) from error


def _check_heads(heads: tuple[str, ...], name: str) -> None:
    if ID not in heads:
        raise TeikitError(
            f"{name}: has no column {ID} in its first row: import what `teikit entities export` "
            "has made, with its first row left as it is"
        )
    if sum(map(bool, heads)) > MOST_COLUMNS:
        raise TeikitError(
            f"{name}: has more than {MOST_COLUMNS:,} columns, which no spreadsheet takes"
        )
    twice = next((one for one, count in Counter(heads).items() if one and count > 1), "")
    if twice:
        raise TeikitError(f"{name}: has two columns {twice}: take one of them out")
