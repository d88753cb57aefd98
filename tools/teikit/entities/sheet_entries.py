"""The entries that the rows of a sheet may be for, and why a row cannot be a new one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from teikit.entities.columns import ID, KIND, REGISTER, STATE
from teikit.entities.sheet import Row, Rows, State, id_key, read_state
from teikit.entities.sheet_reading import Sheet, SheetRow

IN_XML = "Edit this in the XML."
_NAME = re.compile(r"[^\W\d][\w.\-·]*")  # about an xml:id; who writes it knows exactly


@dataclass(frozen=True)
class Problem:
    """What stands against a cell of a sheet."""

    column: str
    rule: str  # after the colon
    message: str
    hint: str
    severity: str = "error"


class KnownEntries:
    """The entries of the registers that a sheet is held against."""

    def __init__(self, sheet: Sheet, registers: Sequence[Rows], kinds: Sequence[str]):
        self._kinds = kinds
        self._registers = {one.path: one for one in registers}
        self.entries: dict[tuple[str, str], Row] = {
            (one.path, row.id): row for one in registers for row in one.rows
        }
        self._by_id: dict[str, list[str]] = {}
        self._by_key: dict[str, list[tuple[str, str]]] = {}
        for path, identifier in self.entries:
            self._by_id.setdefault(identifier, []).append(path)
            self._by_key.setdefault(id_key(identifier), []).append((path, identifier))
        self._usual = next(iter(self._registers)) if len(self._registers) == 1 else ""
        self.in_sheet = {self.key(row) for row in sheet.rows}

    def key(self, row: SheetRow) -> tuple[str, str]:
        """Return the register and the id that a row is for; "" where no register is told."""
        register, identifier = row.get(REGISTER).replace("\\", "/"), row.get(ID)
        if not register:
            found = self._by_id.get(identifier, [self._usual])
            register = found[0] if len(found) == 1 else ""
        return register, identifier

    def only_kind(self, register: str) -> str:
        """Return the kind that all entries of a register have; "" where they have several."""
        kinds = {row.kind for row in self._registers[register].rows}
        return kinds.pop() if len(kinds) == 1 else ""

    def problem_of_new(self, row: SheetRow, key: tuple[str, str]) -> Problem | None:
        """Return why a row cannot be a new entry; None where it can."""
        register, identifier = key
        if not register:
            message = f"{identifier}: the row does not say in which register the entry is to be"
            return Problem(REGISTER, "unknown-entry", message, "Fill in the column register.")
        if register not in self._registers:
            message = f"{identifier}: {register} is none of the registers here"
            known = f"Known: {', '.join(sorted(self._registers)[:5])}."
            return Problem(REGISTER, "unknown-entry", message, known)
        state = read_state(row.get(STATE))
        moved = self._moved(state, register, identifier) if state is not None else None
        if moved is not None:
            return moved
        if not _NAME.fullmatch(identifier):
            hint = "Begin it with a letter; use letters, digits, full stops, hyphens, underscores."
            return Problem(ID, "bad-id", f"{identifier} cannot be an xml:id", hint)
        kind = row.get(KIND) or self.only_kind(register)
        if kind not in self._kinds:
            said = f"{kind} is none" if kind else "the row does not say which"
            message = f"{identifier}: a new entry is one of {', '.join(self._kinds)}: {said}"
            return Problem(KIND, "kind", message, "Fill in the column kind.")
        return None

    def _moved(self, state: State, register: str, identifier: str) -> Problem | None:
        """Return what has become of an entry that was exported and is not there."""
        if state.had(ID, identifier):
            if state.had(REGISTER, register):
                message = f"{identifier} is no longer in {register}"
                hint = "Take the row out; to add the entry again, empty its cell state."
                return Problem(ID, "unknown-entry", message, hint)
            message = f"{identifier} was moved to {register} in the sheet"
            return Problem(REGISTER, "unknown-entry", message, IN_XML)
        for key in self._by_key.get(state.id_key, ()):
            if state.had(REGISTER, key[0]) and key not in self.in_sheet:
                message = (
                    f"{key[1]} was called {identifier} in the sheet: ids are not changed from "
                    "there, since texts point to them"
                )
                return Problem(ID, "unknown-entry", message, IN_XML)
        return None
