"""A sheet held against the registers: what was changed in it, and what cannot be told.

There are three versions of each value: that of the sheet, that of the XML, and, by the state of the
row, that of the XML when the sheet was made. Only what is new in the sheet alone is a change.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from teikit.entities.cells import find_damage, find_unwritable, one_line_end
from teikit.entities.columns import (
    FIXED,
    ID,
    KIND,
    REGISTER,
    STATE,
    Column,
    find_column,
    is_known,
    is_shown_only,
)
from teikit.entities.edited import Change, Value
from teikit.entities.sheet import Cell, Row, Rows, State, read_state
from teikit.entities.sheet_reading import Sheet, SheetRow
from teikit.place import Place
from teikit.report import Finding

_NAME = re.compile(r"[^\W\d][\w.\-·]*")  # about an xml:id; the job knows exactly
_IN_XML = "Edit this in the XML."


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
        self.registers = {one.path: one for one in registers}
        self.entries = {(one.path, row.id): row for one in registers for row in one.rows}
        self.by_id: dict[str, list[str]] = {}
        for path, identifier in self.entries:
            self.by_id.setdefault(identifier, []).append(path)
        self.result = Comparison()

    def compare(self) -> Comparison:
        result = self.result
        known = self._known_columns()
        counts = Counter(self._key(row) for row in self.sheet.rows if row.get(ID))
        for row in self.sheet.rows:
            key = self._key(row)
            if not row.get(ID):
                self._tell(
                    row,
                    ID,
                    "unknown-entry",
                    "the row has no id",
                    "Give the entry an id, or take the row out.",
                )
            elif row.has_more:
                self._tell(
                    row,
                    ID,
                    "damaged",
                    f"{row.get(ID)}: the row has more cells than the sheet has columns",
                    "Was a cell split? Export the sheet again.",
                )
            elif counts[key] > 1:
                self._tell(
                    row,
                    ID,
                    "repeated-id",
                    f"{row.get(ID)} has {counts[key]} rows",
                    "Leave one of them; a new entry wants an id of its own.",
                )
            elif key in self.entries:
                result.rows[key] = row.number
                self._compare_entry(row, key, known)
            else:
                self._new_entry(row, key, known)
        seen = {self._key(row) for row in self.sheet.rows}
        result.missing = sum(key not in seen for key in self.entries)
        return result

    def _key(self, row: SheetRow) -> tuple[str, str]:
        """Return the register and the id that a row is for; "" where no register is told."""
        register, identifier = row.get(REGISTER).replace("\\", "/"), row.get(ID)
        if not register:
            found = self.by_id.get(identifier, list(self.registers))
            register = found[0] if len(found) == 1 else ""
        return register, identifier

    def _known_columns(self) -> set[str]:
        """Return the heads that are understood; tell those that are not."""
        there = {
            _bare_names(column)
            for row in self.entries.values()
            for cell in row.cells
            if (column := find_column(cell.column, row.kind)) is not None
        }
        known = set()
        for head in self.sheet.columns:
            if not head or head in (*FIXED, STATE) or is_shown_only(head):
                continue
            columns = [one for kind in self.kinds if (one := find_column(head, kind)) is not None]
            if any(
                _bare_names(one) in there or all(map(is_known, _bare_names(one))) for one in columns
            ):
                known.add(head)
            elif any(row.get(head) for row in self.sheet.rows):
                self._tell(
                    None,
                    head,
                    "unknown-column",
                    f"the column {head} is left alone: no element is called that",
                    "Keep it if it is for yourself; the README says how columns are called.",
                    "warning",
                )
        return known

    # -- rows ------------------------------------------------------------------------------------

    def _compare_entry(self, row: SheetRow, key: tuple[str, str], known: set[str]) -> None:
        entry, state = self.entries[key], read_state(row.get(STATE))
        if row.get(KIND) and row.get(KIND) != entry.kind:
            self._tell(
                row,
                KIND,
                "kind",
                f"{entry.id} is a {entry.kind} in the XML, and not a {row.get(KIND)}",
                _IN_XML,
            )
            return
        if state is not None and not state.had(ID, entry.id):
            state = None  # that of another row
        there = {cell.column: cell for cell in (*entry.cells, *entry.shown)}
        values, before = [], len(self.result.findings)
        for head, value in self._values(row, entry.kind, known):
            cell = there.get(head, Cell(head, "", entry.line))
            if self._is_change(row, entry, state, cell, value):
                values.append(Value(head, value))
                self.result.differences.append(
                    Difference(key[0], cell.line, entry.id, head, cell.value, value)
                )
        if values:
            self._add(key[0], Change(entry.id, entry.kind, False, tuple(values)))
        elif len(self.result.findings) == before:
            self.result.unchanged += 1

    def _values(self, row: SheetRow, kind: str, known: set[str]) -> Iterator[tuple[str, str]]:
        """Yield what a row says, by the heads that columns have in entries of this kind."""
        told: set[str] = set()
        for head, value in row.cells.items():
            if is_shown_only(head):
                yield head, value
            column = find_column(head, kind) if head in known else None
            if column is None:
                continue
            proper = column.head(kind)
            if proper != head and proper in self.sheet.columns:
                if value and value != row.cells[proper]:
                    self._tell(
                        row,
                        head,
                        "refused",
                        f"{row.get(ID)}: {head} and {proper} are the "
                        "same here, and say different things",
                        "Empty one of them.",
                    )
                continue
            if proper not in told:
                told.add(proper)
                yield proper, value

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
                self._tell(
                    row,
                    head,
                    "no-state",
                    f"{entry.id}: {head} differs, but the row has "
                    "no state, so it cannot be told which is newer",
                    "Export the register again, and make the change there.",
                )
                return False
        elif state.had(head, value):
            self.result.newer += 1
            return False
        if is_shown_only(head):
            self._tell(
                row,
                head,
                "shown-only",
                f"{entry.id}: {head} was changed, but is only shown here",
                _IN_XML,
            )
            return False
        if state is not None and not state.had(head, cell.value):
            self._tell(
                row,
                head,
                "conflict",
                f"{entry.id}: {head} was changed in the sheet to "
                f"{_quoted(value)}, and in the XML to {_quoted(old)} (line {cell.line})",
                "Make both say the same, or export again.",
            )
            return False
        return self._is_sound(row, entry.kind, head, old, value)

    def _is_sound(self, row: SheetRow, kind: str, head: str, old: str, value: str) -> bool:
        wrong = find_unwritable(value)
        if wrong:
            self._tell(
                row,
                head,
                "bad-character",
                f"{row.get(ID)}: {head} holds the control character {wrong}",
                "Type the words anew.",
            )
            return False
        column = find_column(head, kind)
        damage = find_damage(old, value, column.attribute if column else "")
        if damage:
            said = f" of {_quoted(old)}" if old else ""
            self._tell(
                row,
                head,
                "damaged",
                f"{row.get(ID)}: {head} is {_quoted(value)}{said}: {damage}",
                "Give the column the format Text and type the value again; if "
                "it is meant, edit it in the XML.",
            )
        return not damage

    def _new_entry(self, row: SheetRow, key: tuple[str, str], known: set[str]) -> None:
        problem = self._problem_of_new(row, *key)
        if problem:
            self._tell(row, *problem)
            return
        register, identifier = key
        kind = row.get(KIND) or self._only_kind(register)
        values = [(head, value) for head, value in self._values(row, kind, known) if value]
        sound = [
            self._is_sound(row, kind, head, "", value)
            for head, value in values
            if not is_shown_only(head)
        ]
        shown = next((head for head, _ in values if is_shown_only(head)), "")
        if shown:
            self._tell(
                row,
                shown,
                "shown-only",
                f"{identifier}: {shown} is not taken over into the new entry",
                _IN_XML,
                "warning",
            )
        if all(sound):
            kept = tuple(Value(*one) for one in values if not is_shown_only(one[0]))
            self.result.rows[key] = row.number
            self._add(register, Change(identifier, kind, True, kept))
            self.result.differences.append(Difference(register, 0, identifier, "", "", kind))

    def _problem_of_new(
        self, row: SheetRow, register: str, identifier: str
    ) -> tuple[str, str, str, str] | None:
        """Return why a row cannot be a new entry: column, rule, message, hint."""
        state = read_state(row.get(STATE))
        if not register:
            return (
                REGISTER,
                "unknown-entry",
                f"{identifier}: the row does not say in which register the entry is, or is to be",
                "Fill in the column register.",
            )
        if register not in self.registers:
            return (
                REGISTER,
                "unknown-entry",
                f"{identifier}: {register} is none of the registers here",
                f"Known: {', '.join(sorted(self.registers)[:5])}.",
            )
        if state is not None:
            moved = self._moved(state, register, identifier)
            if moved:
                return (ID, "unknown-entry", *moved)
        if not _NAME.fullmatch(identifier):
            return (
                ID,
                "bad-id",
                f"{identifier} cannot be an xml:id",
                "Begin it with a letter, "
                "and use letters, digits, full stops, hyphens, underscores.",
            )
        kind = row.get(KIND) or self._only_kind(register)
        if kind not in self.kinds:
            said = f"{kind} is none" if kind else "the row does not say which"
            return (
                KIND,
                "kind",
                f"{identifier}: a new entry is one of {', '.join(self.kinds)}: {said}",
                "Fill in the column kind.",
            )
        return None

    def _moved(self, state: State, register: str, identifier: str) -> tuple[str, str] | None:
        """Return what has become of an entry that was exported and is not there: message, hint."""
        if state.had(ID, identifier):
            if state.had(REGISTER, register):
                return (
                    f"{identifier} is no longer in {register}",
                    "Take the row out; or, if the "
                    "entry is to be there again, empty its cell of the column state.",
                )
            return f"{identifier} was moved to {register} in the sheet", _IN_XML
        old = [key for key in self.entries if state.had(ID, key[1]) and state.had(REGISTER, key[0])]
        in_sheet = {self._key(row) for row in self.sheet.rows}
        if old and old[0] not in in_sheet:
            return (
                f"{old[0][1]} was called {identifier} in the sheet: ids are not changed from "
                "there, since texts point to them",
                _IN_XML,
            )
        return None

    def _only_kind(self, register: str) -> str:
        kinds = {row.kind for row in self.registers[register].rows}
        return kinds.pop() if len(kinds) == 1 else ""

    def _add(self, register: str, change: Change) -> None:
        self.result.changes.setdefault(register, []).append(change)

    def _tell(
        self,
        row: SheetRow | None,
        column: str,
        rule: str,
        message: str,
        hint: str,
        severity: str = "error",
    ) -> None:
        place = Place(self.name, row.number if row else 1, self.sheet.number_of(column) or 1)
        self.result.findings.append(Finding(place, f"sheet:{rule}", message, severity, hint))


def _bare_names(column: Column) -> tuple[str, ...]:
    return tuple(step.name for step in column.steps)


def _quoted(value: str) -> str:
    short = value if len(value) <= 60 else f"{value[:59]}…"
    return f"“{short}”"
