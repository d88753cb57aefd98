"""`teikit entities import`."""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from teikit.cli.entities_export import select_registers
from teikit.cli.options import (
    color_option,
    echo_readable,
    jobs_options,
    limits_for,
    make_jobs,
    use_colour,
)
from teikit.cli.selection import Part
from teikit.entities.sheet_changes import Difference
from teikit.entities.sheet_import import Outcome, plan_import
from teikit.entities.sheet_reading import read_sheet
from teikit.errors import TeikitError
from teikit.files import read_file
from teikit.report import Finding

_LONGEST = 80  # characters of a value that are shown


@click.command("import")
@click.argument("sheet", metavar="FILE.csv", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--apply", "is_apply", is_flag=True, help="Change the registers.")
@color_option
@jobs_options
def import_command(
    sheet: Path,
    files: tuple[Path, ...],
    is_apply: bool,
    color: str,
    timeout: float | None,
    memory: int | None,
) -> None:
    """Show what a sheet changes in the registers that it was exported from.

    FILES are registers or the folder of an edition, as for `teikit entities export`. Shown are all
    values that are new in the sheet, and new entries (a row with a new id, added at the end of the
    list for its kind). An emptied cell takes its element or attribute out. An entry that is not
    in the sheet is left alone, and so is what only the XML has changed since the export. Conflicts
    are: what both have changed, what is only shown, what the spreadsheet has altered (dates, long
    numbers), and what the schema would not allow.

    With --apply what is without conflict is written into the registers, one file after the other;
    the conflicts are left. Nothing else in a file changes, not a single byte.

    \b
    Examples: teikit entities import entities.csv
              teikit entities import entities.csv --apply

    Next: teikit validate

    Exit code: 0 nothing to change (with --apply: all written), 1 changes or conflicts (with
    --apply: conflicts, which were not written), 2 could not go on.
    """
    part, paths = select_registers(files)
    content = _read(sheet)
    with make_jobs() as jobs:
        jobs.limits = limits_for(part.project, timeout, memory)
        read = read_sheet(content, sheet.as_posix())
        outcome = plan_import(part.project, paths, read, sheet.as_posix(), jobs)
    lines = [*_difference_lines(outcome, part)]
    echo_readable("".join(f"{line}\n" for line in lines), False)
    _tell_findings(outcome.findings, color)
    written = _apply(outcome, part) if is_apply else 0
    echo_readable(f"{_summary(outcome, written, is_apply=is_apply)}\n", False)
    is_open = not outcome.is_clean or (not is_apply and bool(outcome.differences))
    raise SystemExit(int(is_open))


def _read(sheet: Path) -> bytes:
    absolute = Path(os.path.abspath(sheet))
    content = read_file(absolute.parent, absolute.name)
    if isinstance(content, Finding):
        raise TeikitError(f"{sheet}: {content.message}")
    return content


def _difference_lines(outcome: Outcome, part: Part) -> Iterator[str]:
    from teikit.visible import no_command, visible

    for one in outcome.differences:
        yield no_command(visible(_difference_line(one, part)))


def _difference_line(one: Difference, part: Part) -> str:
    path = part.shown(one.register)
    if not one.column:
        return f"{path}: {one.id}: new {one.new}"
    line = f"{path}:{one.line}: {one.id}: {one.column}: "
    if not one.old:
        return f"{line}{_quoted(one.new)} added"
    if not one.new:
        return f"{line}{_quoted(one.old)} taken out"
    return f"{line}{_quoted(one.old)} -> {_quoted(one.new)}"


def _quoted(value: str) -> str:
    value = value.replace("\n", "⏎")
    return f"“{value if len(value) <= _LONGEST else value[: _LONGEST - 1] + '…'}”"


def _tell_findings(findings: tuple[Finding, ...], color: str) -> None:
    from teikit.report_formats.readable import render_findings

    colour = use_colour(color)
    echo_readable(render_findings(sorted(findings), colour=colour), colour)


def _apply(outcome: Outcome, part: Part) -> int:
    """Write the registers, each whole; return how many."""
    from teikit.safety.writing import check_inside, write_file

    folder = Path(os.path.abspath(part.project.folder))
    for path in outcome.after:
        check_inside(folder, path)
    for path, data in sorted(outcome.after.items()):
        now = read_file(folder, path)
        if now != outcome.before[path]:
            raise TeikitError(
                f"{part.shown(path)}: was changed while teikit read it, so it was left as it is: "
                "import the sheet again"
            )
        write_file(folder / path, data)
    return len(outcome.after)


def _summary(outcome: Outcome, written: int, *, is_apply: bool) -> str:
    differences = outcome.differences
    new = sum(not one.column for one in differences)
    counts = [
        _counted(len(differences) - new, "value to change", "values to change"),
        _counted(new, "new entry", "new entries"),
        _counted(sum(one.severity == "error" for one in outcome.findings), "conflict", "conflicts"),
        _counted(outcome.comparison.unchanged, "entry unchanged", "entries unchanged"),
        _counted(
            outcome.comparison.missing,
            "entry not in the sheet, left alone",
            "entries not in the sheet, left alone",
        ),
        _counted(outcome.comparison.newer, "value newer in the XML", "values newer in the XML"),
    ]
    said = ", ".join(filter(None, counts)) or "the sheet has no entries"
    if is_apply:
        files = f"{written} file{'s' * (written != 1)}" if written else "nothing"
        return f"{said}: {files} written."
    if differences:
        return f"{said}: nothing was written; --apply writes what is without conflict."
    if not outcome.is_clean:
        return f"{said}: nothing that can be written."
    return f"{said}: nothing to change."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""
