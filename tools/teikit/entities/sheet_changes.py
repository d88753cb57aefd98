"""A sheet held against the registers: what was changed in it, and what cannot be told.

There are three versions of each value: that of the sheet, that of the XML, and, by the state of the
row, that of the XML when the sheet was made. Only what is new in the sheet alone is a change.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from teikit.entities.cells import find_damage, find_unwritable, one_line_end
from teikit.entities.columns import (
    FIXED,
    ID,
    KIND,
    STATE,
    Column,
    find_column,
    is_known,
    is_shown_only,
)
from teikit.entities.edited import Change, Value
from teikit.entities.sheet import Cell, Row, Rows, State, read_state
from teikit.entities.sheet_entries import IN_XML, KnownEntries, Problem
from teikit.entities.sheet_reading import Sheet, SheetRow
from teikit.place import Place
from teikit.report import Finding


@dataclass(frozen=True)
class Difference:
    """One value that is to be changed: where it stands, what it is, what it becomes."""

    register: str
    line: int
    id: str
    column: str  # "" for a whole new entry
    old: str
    new: str


@dataclass
class Comparison:
    """What a sheet changes, by register, and what stands against it."""

    changes: dict[str, list[Change]] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)  # (register, id) -> number
    unchanged: int = 0  # entries
    missing: int = 0  # entries that are not in the sheet
    newer: int = 0  # values that only the XML has changed


def compare(sheet: Sheet, name: str, registers: Sequence[Rows], kinds: Sequence[str]) -> Comparison:
    """Return what the sheet called NAME changes in the registers; KINDS are what may be added."""
    return _Comparer(sheet, name, registers, kinds).compare()


class _Comparer:
    def __init__(
        self, sheet: Sheet, name: str, registers: Sequence[Rows], kinds: Sequence[str]
    ) -> None:
        self.sheet, self.name, self.kinds = sheet, name, kinds
        self.known = KnownEntries(sheet, registers, kinds)
        self.result = Comparison()
        self.columns: set[str] = set()  # that are understood

    def compare(self) -> Comparison:
        self._check_columns()
        counts = Counter(self.known.key(row) for row in self.sheet.rows if row.get(ID))
        for row in self.sheet.rows:
            key, identifier = self.known.key(row), row.get(ID)
            if not identifier:
                hint = "Give the entry an id, or take the row out."
                self._tell(row, Problem(ID, "unknown-entry", "the row has no id", hint))
            elif row.has_more:
                message = f"{identifier}: the row has more cells than the sheet has columns"
                hint = "Was a cell split? Export the sheet again."
                self._tell(row, Problem(ID, "damaged", message, hint))
            elif counts[key] > 1:
                message = f"{identifier} has {counts[key]} rows"
                hint = "Leave one of them; a new entry wants an id of its own."
                self._tell(row, Problem(ID, "repeated-id", message, hint))
            elif key in self.known.entries:
                self.result.rows[key] = row.number
                self._compare_entry(row, key)
            else:
                self._compare_new(row, key)
        self.result.missing = len(self.known.entries.keys() - self.known.in_sheet)
        return self.result

    def _check_columns(self) -> None:
        """Find the columns that are understood; tell those that are not."""
        heads = {
            (cell.column, row.kind) for row in self.known.entries.values() for cell in row.cells
        }
        there = {_names(column) for one in heads if (column := find_column(*one)) is not None}
        for head in self.sheet.columns:
            if not head or head in (*FIXED, STATE) or is_shown_only(head):
                continue
            meant = [one for kind in self.kinds if (one := find_column(head, kind)) is not None]
            if any(_names(one) in there or all(map(is_known, _names(one))) for one in meant):
                self.columns.add(head)
            elif any(row.get(head) for row in self.sheet.rows):
                message = f"the column {head} is left alone: no element is called that"
                hint = "Keep it if it is for yourself; the README says how columns are called."
                self._tell(None, Problem(head, "unknown-column", message, hint, "warning"))

    # -- rows ------------------------------------------------------------------------------------

    def _compare_entry(self, row: SheetRow, key: tuple[str, str]) -> None:
        entry, state = self.known.entries[key], read_state(row.get(STATE))
        if row.get(KIND) and row.get(KIND) != entry.kind:
            message = f"{entry.id} is {entry.kind} in the XML, and not {row.get(KIND)}"
            self._tell(row, Problem(KIND, "kind", message, IN_XML))
            return
        if state is not None and not state.had(ID, entry.id):
            state = None  # that of another row
        there = {cell.column: cell for cell in (*entry.cells, *entry.shown)}
        values, before = [], len(self.result.findings)
        for head, value in self._values(row, entry.kind):
            cell = there.get(head, Cell(head, "", entry.start[0]))
            if self._is_change(row, entry, state, cell, value):
                values.append(Value(head, value))
                self.result.differences.append(
                    Difference(key[0], cell.line, entry.id, head, cell.value, value)
                )
        if values:
            self._add(key[0], Change(entry.id, entry.kind, False, tuple(values)))
        elif len(self.result.findings) == before:
            self.result.unchanged += 1

    def _compare_new(self, row: SheetRow, key: tuple[str, str]) -> None:
        problem = self.known.problem_of_new(row, key)
        if problem is not None:
            self._tell(row, problem)
            return
        register, identifier = key
        kind = row.get(KIND) or self.known.only_kind(register)
        values = [(head, value) for head, value in self._values(row, kind) if value]
        shown = next((head for head, _ in values if is_shown_only(head)), "")
        if shown:
            message = f"{identifier}: {shown} is not taken over into the new entry"
            self._tell(row, Problem(shown, "shown-only", message, IN_XML, "warning"))
        values = [one for one in values if not is_shown_only(one[0])]
        sound = [self._is_sound(row, kind, head, "", value) for head, value in values]
        if all(sound):
            self.result.rows[key] = row.number
            kept = tuple(Value(*one) for one in values)
            self._add(register, Change(identifier, kind, True, kept))
            self.result.differences.append(Difference(register, 0, identifier, "", "", kind))

    def _values(self, row: SheetRow, kind: str) -> Iterator[tuple[str, str]]:
        """Yield what a row says, by the heads that columns have in entries of this kind."""
        told: set[str] = set()
        for head, value in row.cells.items():
            if is_shown_only(head):
                yield head, value
            column = find_column(head, kind) if head in self.columns else None
            if column is None:
                continue
            proper = column.head(kind)
            if proper != head and proper in self.sheet.columns:
                if value and value != row.cells[proper]:
                    message = f"{row.get(ID)}: {head} and {proper} are the same here, and differ"
                    self._tell(row, Problem(head, "refused", message, "Empty one of them."))
            elif proper not in told:
                told.add(proper)
                yield proper, value

    # -- values ----------------------------------------------------------------------------------

    def _is_change(
        self, row: SheetRow, entry: Row, state: State | None, cell: Cell, value: str
    ) -> bool:
        """Return whether a value is new in the sheet, and may be written; tell why it may not."""
        head, old = cell.column, one_line_end(cell.value)
        if value == old:
            return False
        if state is None:
            if not value or is_shown_only(head):
                return False
            if old:
                message = (
                    f"{entry.id}: {head} differs, and without a state none is known to be newer"
                )
                hint = "Export the register again, and make the change there."
                self._tell(row, Problem(head, "no-state", message, hint))
                return False
            return self._is_sound(row, entry.kind, head, old, value)
        if state.had(head, value):
            self.result.newer += 1
            return False
        if is_shown_only(head):
            message = f"{entry.id}: {head} was changed, but is only shown here"
            self._tell(row, Problem(head, "shown-only", message, IN_XML))
            return False
        if not state.had(head, cell.value):
            message = (
                f"{entry.id}: {head} was changed in the sheet to {_quoted(value)}, and in the XML "
                f"to {_quoted(old)} (line {cell.line})"
            )
            hint = "Make both say the same, or export again."
            self._tell(row, Problem(head, "conflict", message, hint))
            return False
        return self._is_sound(row, entry.kind, head, old, value)

    def _is_sound(self, row: SheetRow, kind: str, head: str, old: str, value: str) -> bool:
        wrong, column = find_unwritable(value), find_column(head, kind)
        if wrong:
            message = f"{row.get(ID)}: {head} holds the control character {wrong}"
            self._tell(row, Problem(head, "bad-character", message, "Type the words anew."))
            return False
        damage = find_damage(old, value, column.attribute if column else "")
        if damage:
            said = f" for {_quoted(old)}" if old else ""
            message = f"{row.get(ID)}: {head} is {_quoted(value)}{said}: {damage}"
            hint = (
                "Give the column the format Text and type the value again; if it is meant, edit it "
                "in the XML."
            )
            self._tell(row, Problem(head, "damaged", message, hint))
        return not damage

    def _add(self, register: str, change: Change) -> None:
        self.result.changes.setdefault(register, []).append(change)

    def _tell(self, row: SheetRow | None, problem: Problem) -> None:
        number = self.sheet.number_of(problem.column) or 1
        place = Place(self.name, row.number if row else 1, number)
        rule = f"sheet:{problem.rule}"
        self.result.findings.append(
            Finding(place, rule, problem.message, problem.severity, problem.hint)
        )


def _names(column: Column) -> tuple[str, ...]:
    return tuple(step.name for step in column.steps)


def _quoted(value: str) -> str:
    short = value if len(value) <= 60 else f"{value[:59]}…"
    return f"“{short}”"
