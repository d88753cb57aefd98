"""A sheet of entities: one row an entry of a register, one column a value; as CSV.

What a row looked like when it was exported is kept in its column `state`, a few letters for each
cell that held something: so a later import can tell what was changed in the sheet from what was
changed in the XML meanwhile.
"""

import base64
import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from teikit.entities.cells import harmless, one_line_end
from teikit.entities.columns import (
    FIXED,
    ID,
    KIND,
    REGISTER,
    STATE,
    find_column,
    is_shown_only,
    rank,
)
from teikit.errors import TeikitError
from teikit.report import Finding

MOST_COLUMNS = 16_384  # of a spreadsheet
MOST_CELLS = 20_000_000
_STATE = "t1."  # how a state begins
_KEY = 6  # letters for a column, and as many for what stood in it
_NUMBER = re.compile(r"#[0-9]+(?=[/@]|$)")
_NUMBERED = re.compile(r"(?:#([0-9]+))?(?=[/@]|$)")
_BOM = "\ufeff"  # without it, spreadsheets take UTF-8 for something else


@dataclass(frozen=True)
class Cell:
    """What stands in one column of an entry, and the line of the file that it stands in."""

    column: str
    value: str
    line: int = 0


@dataclass(frozen=True)
class Row:
    """One entry of a register, as cells; those that are `shown` cannot be changed in a sheet."""

    id: str
    kind: str  # the name of its element
    start: tuple[int, int]  # line and column of the file
    end: tuple[int, int]
    cells: tuple[Cell, ...] = ()
    shown: tuple[Cell, ...] = ()

    def values(self, register: str) -> dict[str, str]:
        """Return what the row says by the head of each column, without what is empty."""
        found = {REGISTER: register, ID: self.id, KIND: self.kind}
        found.update((cell.column, cell.value) for cell in (*self.cells, *self.shown))
        return {head: value for head, value in found.items() if value}


@dataclass(frozen=True)
class Rows:
    """The entries of one register; `notes` say which of them cannot be in a sheet, and why."""

    path: str
    rows: tuple[Row, ...] = ()
    notes: tuple[Finding, ...] = ()
    problem: Finding | None = None  # why the file cannot be read


@dataclass(frozen=True)
class State:
    """What a row looked like when it was exported."""

    _keys: Mapping[str, str] = field(default_factory=dict)  # of a column -> of its value

    def had(self, column: str, value: str) -> bool:
        """Return whether the column had this value."""
        return self._keys.get(_key(column), "") == _value_key(column, value)

    @property
    def id_key(self) -> str:
        """Return the `id_key` of the row's id; "" where the state has none."""
        return self._keys.get(_key(ID), "")


def id_key(identifier: str) -> str:
    """Return by what a state tells an id."""
    return _value_key(ID, identifier)


def write_state(values: Mapping[str, str]) -> str:
    """Return the state of a row with these values."""
    return _STATE + "".join(
        sorted(_key(column) + _value_key(column, value) for column, value in values.items())
    )


def read_state(text: str) -> State | None:
    """Return the State that `write_state` wrote; None where it is none, or was damaged."""
    text = text.strip()
    keys = text.removeprefix(_STATE)
    if not text.startswith(_STATE) or len(keys) % (2 * _KEY) or not keys.isalnum():
        return None
    starts = range(0, len(keys), 2 * _KEY)
    return State({keys[at : at + _KEY]: keys[at + _KEY : at + 2 * _KEY] for at in starts})


def _key(column: str) -> str:
    return _digest(column)


def _value_key(column: str, value: str) -> str:
    value = one_line_end(value)
    return _digest(f"{column}\0{value}") if value else ""


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest)[:_KEY].decode("ascii").lower()


def render_sheet(registers: Iterable[Rows], delimiter: str = ",") -> bytes:
    """Return the entries of the registers as CSV: UTF-8 with a byte order mark, RFC 4180."""
    values = [(register.path, row) for register in registers for row in register.rows]
    columns = _columns(values)
    if len(columns) > MOST_COLUMNS or len(columns) * len(values) > MOST_CELLS:
        raise TeikitError(
            f"a sheet of {len(columns)} columns and {len(values)} rows is more than spreadsheets "
            "take: name fewer registers"
        )
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([harmless(column) for column in columns])
    for path, row in values:
        said = row.values(path)
        said[STATE] = write_state(said)
        writer.writerow([harmless(said.get(column, "")) for column in columns])
    return (_BOM + stream.getvalue()).encode("utf-8", "backslashreplace")


def _columns(rows: Sequence[tuple[str, Row]]) -> list[str]:
    """Return the heads of all columns: first what is fixed, then by what they are for."""
    kinds: dict[str, str] = {}
    for _, row in rows:
        for cell in (*row.cells, *row.shown):
            kinds.setdefault(cell.column, row.kind)
    seen: dict[str, int] = {}
    ordered = sorted(kinds, key=lambda head: _order(head, kinds[head], seen))
    return [*FIXED, *ordered, STATE]


def _order(head: str, kind: str, seen: dict[str, int]) -> tuple:
    """Return what a column is sorted by."""
    bare = head[1:-1] if is_shown_only(head) else head
    column = find_column(bare, kind)
    if column is None:
        return 3, (), (0, bare)
    steps, way = [], ""
    for step in column.steps:
        way += f"/{step.name}({step.type}/{step.subtype}):{step.lang}"
        steps.append((rank(step.name), seen.setdefault(way, len(seen)), step.number))
        way += f"#{step.number}"
    attribute = f"{way}@{column.attribute}"
    last = (seen.setdefault(attribute, len(seen)) + 1 if column.attribute else 0, "")
    if not column.steps:
        return (0 if column.attribute == "type" else 1), (), last
    return (3 if is_shown_only(head) else 2), tuple(steps), last


def bare_values(values: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the values of a row without what is empty, those that only a number parts together.

    So two rows are alike that differ only in how such values are counted.
    """
    found: dict[str, list[tuple[list[int], str]]] = {}
    for head, value in values.items():
        if value:
            numbers = [int(one or "1") for one in _NUMBERED.findall(head)]
            found.setdefault(_NUMBER.sub("", head), []).append((numbers, one_line_end(value)))
    return {head: [value for _, value in sorted(several)] for head, several in found.items()}
