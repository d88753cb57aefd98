"""A sheet and an edition -> what its registers become, held against their schema.

Nothing is written here. A value or an entry that cannot be written is a finding, and left out.
"""

import bisect
import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from teikit.check.edition import validate_files
from teikit.entities.columns import KINDS
from teikit.entities.edited import Change, Edited
from teikit.entities.sheet import Row, Rows, bare_values
from teikit.entities.sheet_changes import Comparison, Difference, compare
from teikit.entities.sheet_reading import Sheet
from teikit.errors import TeikitError
from teikit.files import read_file
from teikit.place import Place
from teikit.project import Project
from teikit.report import Finding
from teikit.safety.worker import JobFailed, Runner

_MOST_ROUNDS = 5


@dataclass(frozen=True)
class Outcome:
    """What an import comes to."""

    before: Mapping[str, bytes]  # the registers that change, by path
    after: Mapping[str, bytes]
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]
    comparison: Comparison = field(repr=False)

    @property
    def is_clean(self) -> bool:
        """Return whether nothing stands against the sheet."""
        return not any(one.severity == "error" for one in self.findings)


def read_registers(
    project: Project, paths: Sequence[str], jobs: Runner
) -> tuple[dict[str, bytes], list[Rows]]:
    """Return the bytes of the registers by path, and their entries.

    Raises TeikitError where one of them cannot be read.
    """
    data: dict[str, bytes] = {}
    for path in paths:
        content = read_file(project.folder, path, jobs.largest_document)
        if isinstance(content, Finding):
            raise TeikitError(f"{path}: {content.message}")
        data[path] = content
    found = jobs.run_all("sheet_rows", [(content, path) for path, content in data.items()])
    for path, rows in zip(data, found, strict=True):
        if isinstance(rows, JobFailed):
            raise TeikitError(f"{path}: {rows}")
        if rows.problem is not None:
            raise TeikitError(f"{rows.problem.place}: {rows.problem.message}")
    return data, found


def plan_import(
    project: Project, paths: Sequence[str], sheet: Sheet, name: str, jobs: Runner
) -> Outcome:
    """Return what the sheet called NAME makes of the registers at PATHS."""
    data, registers = read_registers(project, paths, jobs)
    comparison = compare(sheet, name, registers, KINDS)
    findings = list(comparison.findings)
    after: dict[str, bytes] = {}
    left_out: set[tuple[str, str, str]] = set()
    for rows in registers:
        changes = comparison.changes.get(rows.path)
        if changes:
            planner = _Planner(project, rows, data[rows.path], jobs, comparison)
            changed = planner.plan(changes)
            findings += [planner.finding(sheet, name, *one) for one in planner.told]
            left_out |= planner.left_out
            if changed != data[rows.path]:
                after[rows.path] = changed
    kept = tuple(
        one
        for one in comparison.differences
        if not {(one.register, one.id, ""), (one.register, one.id, one.column)} & left_out
    )
    return Outcome({path: data[path] for path in after}, after, kept, tuple(findings), comparison)


class _Planner:
    """Finds, for one register, which of the changes can be written."""

    def __init__(
        self, project: Project, rows: Rows, data: bytes, jobs: Runner, comparison: Comparison
    ):
        self.project, self.rows, self.data, self.jobs = project, rows, data, jobs
        self.comparison = comparison
        self.told: list[tuple[str, str, str, str, str]] = []  # id, column, rule, message, hint
        self.left_out: set[tuple[str, str, str]] = set()  # register, id, column

    def plan(self, changes: Sequence[Change]) -> bytes:
        """Return the file with all changes that can be written."""
        before: list[Finding] | None = None
        for _ in range(_MOST_ROUNDS):
            edited = self._edit(changes)
            changes = [
                one for one in map(self._without_left_out, changes) if one.values or one.is_new
            ]
            if edited.data == self.data:
                return self.data
            wrong = self._find_altered(changes, edited.rows)
            if not wrong:
                before = self._errors(self.data) if before is None else before
                wrong = self._find_invalid(changes, before, edited)
            if not wrong:
                return edited.data
            for identifier, (rule, message, hint) in wrong.items():
                self._leave_out(identifier, "", rule, message, hint)
            changes = [one for one in changes if one.id not in wrong]
            if not changes:
                return self.data
        for one in changes:
            self._leave_out(one.id, "", "invalid", f"{one.id} was left as it is, since the file "
                            "would not be valid", "Change fewer entries at a time.")  # fmt: skip
        return self.data

    def _edit(self, changes: Sequence[Change]) -> Edited:
        edited = self.jobs.run("sheet_edit", self.data, self.rows.path, tuple(changes))
        for one in edited.refused:
            what = f"{one.id}: {one.column}" if one.column else one.id
            message = f"{what} cannot be written: {one.reason}"
            self._leave_out(one.id, one.column, "refused", message, one.hint)
        return edited

    def _leave_out(self, identifier: str, column: str, rule: str, message: str, hint: str) -> None:
        self.left_out.add((self.rows.path, identifier, column))
        self.told.append((identifier, column, rule, message, hint))

    def _without_left_out(self, change: Change) -> Change:
        values = tuple(
            one
            for one in change.values
            if (self.rows.path, change.id, one.column) not in self.left_out
        )
        if (self.rows.path, change.id, "") in self.left_out:
            return replace(change, values=(), is_new=False)
        return replace(change, values=values)

    def _find_altered(
        self, changes: Sequence[Change], rows: Rows
    ) -> dict[str, tuple[str, str, str]]:
        """Return the entries that do not say in the XML what the sheet says; none is expected."""
        expected = {row.id: {one.column: one.value for one in row.cells} for row in self.rows.rows}
        for change in changes:
            values = expected.setdefault(change.id, {})
            values.update((one.column, one.value) for one in change.values)
        found = {row.id: {one.column: one.value for one in row.cells} for row in rows.rows}
        return {
            identifier: (
                "refused",
                f"{identifier} cannot be written so that its XML says what the sheet says",
                "Edit this in the XML.",
            )
            for identifier, values in expected.items()
            if bare_values(values) != bare_values(found.get(identifier, {}))
        }

    def _errors(self, data: bytes) -> list[Finding]:
        path = self.rows.path
        report = validate_files(
            self.project, [path], self.jobs, whole=False, read={path: data}
        ).report
        return [one for one in report.findings if one.severity == "error"]

    def _find_invalid(
        self, changes: Sequence[Change], before: Sequence[Finding], edited: Edited
    ) -> dict[str, tuple[str, str, str]]:
        """Return the changed entries that have errors which they did not have, and these."""
        had = by_entry(before, self.rows.rows)
        has = by_entry(self._errors(edited.data), edited.rows.rows)
        wrong: dict[str, tuple[str, str, str]] = {}
        ids = {one.id for one in changes}
        for identifier, errors in has.items():
            old = Counter(one.message for one in had.get(identifier, ()))
            new = [one for one in errors if not _take(old, one.message)]
            if not new:
                continue
            message = f"would not be valid with this: {new[0].message}"
            for one in [identifier] if identifier in ids else sorted(ids):
                wrong[one] = ("invalid", f"{one} {message}", new[0].hint)
        return wrong

    def finding(
        self,
        sheet: Sheet,
        name: str,
        identifier: str,
        column: str,
        rule: str,
        message: str,
        hint: str,
    ) -> Finding:
        """Return the finding on a change that cannot be written, at its cell of the sheet."""
        row = self.comparison.rows.get((self.rows.path, identifier), 1)
        place = Place(name, row, sheet.number_of(column) or 1)
        return Finding(place, f"sheet:{rule}", message, hint=hint)


def _take(counts: Counter, message: str) -> bool:
    """Return whether the message is among those counted, and take it from them."""
    if counts[message] < 1:
        return False
    counts[message] -= 1
    return True


def by_entry(findings: Iterable[Finding], rows: Sequence[Row]) -> dict[str, list[Finding]]:
    """Return the findings by the id of the innermost entry around them; "" where there is none."""
    rows = sorted(rows, key=lambda row: row.start)
    starts = [row.start for row in rows]
    reach = list(itertools.accumulate((row.end for row in rows), max))  # of all up to here
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        at = (finding.place.line, finding.place.column)
        index = bisect.bisect_right(starts, at) - 1
        while index >= 0 and rows[index].end <= at < reach[index]:
            index -= 1
        is_in = index >= 0 and at < rows[index].end
        found.setdefault(rows[index].id if is_in else "", []).append(finding)
    return found
