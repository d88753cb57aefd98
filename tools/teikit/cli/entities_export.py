"""`teikit entities export`."""

from pathlib import Path

import click

from teikit.cli.options import echo_line, jobs_options, limits_for, make_jobs
from teikit.cli.selection import Part, select_files
from teikit.entities.sheet import Rows, render_sheet
from teikit.entities.sheet_import import read_registers
from teikit.errors import TeikitError
from teikit.report import Finding

_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}


@click.command("export")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
@click.option(
    "--delimiter",
    type=click.Choice(list(_DELIMITERS)),
    default="comma",
    show_default=True,
    help="What stands between cells. Excel in German, French ... opens files with semicolons.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@jobs_options
def export_command(
    files: tuple[Path, ...],
    output: Path | None,
    delimiter: str,
    force: bool,
    timeout: float | None,
    memory: int | None,
) -> None:
    """Write registers as a sheet (CSV, UTF-8) that a spreadsheet opens.

    FILES are registers (any TEI file with entries), or the folder of an edition, which stands for
    all its registers; without them the edition in or above the current folder (or in tei/) is
    meant. Each entry with an xml:id is a row, each value a column. What a cell cannot hold, such as
    a note with links, is shown in columns in [brackets], and is edited in the XML. Keep the
    columns register, id and state as they are. Nothing in the edition is changed.

    \b
    Examples: teikit entities export -o entities.csv
              teikit entities export registers/people.xml -o people.csv --delimiter semicolon

    Next: edit the sheet, save it as CSV (UTF-8), and teikit entities import entities.csv

    Exit code: 0 done, 2 could not go on.
    """
    part, paths = select_registers(files)
    with make_jobs() as jobs:
        jobs.limits = limits_for(part.project, timeout, memory)
        _, registers = read_registers(part.project, paths, jobs)
    data = render_sheet(registers, _DELIMITERS[delimiter])
    _tell_left_out(registers, part)
    if not any(one.rows for one in registers):
        raise TeikitError("there are no entries with an xml:id here, so there is no sheet")
    if output is None:
        click.echo(data, nl=False)
        return
    _write(output, data, force=force)
    entries = sum(len(one.rows) for one in registers)
    echo_line(f"{output} written: {entries} entr{'ies' if entries != 1 else 'y'}.", err=True)


def select_registers(files: tuple[Path, ...]) -> tuple[Part, list[str]]:
    """Return the one project that FILES belong to, and the paths of the registers meant."""
    folders = [file for file in files if file.is_dir()]
    names = [file if file.exists() else _in_folder(file, folders) for file in files]
    parts = select_files(names)
    if len(parts) != 1:
        raise TeikitError("a sheet is for the registers of one edition: name one at a time")
    (part,) = parts
    if part.problem:
        raise TeikitError(part.problem)
    if part.read:
        raise TeikitError("registers are read from files, not from standard input: name a file")
    named = [file for file in names if not file.is_dir()]
    if named:
        chosen = {file.resolve() for file in named}
        paths = [one for one in part.paths if (part.project.folder / one).resolve() in chosen]
    else:
        paths = list(part.project.registers) if part.whole else part.paths
    if not paths:
        raise TeikitError("the edition has no registers (in registers/): name a file with entries")
    return part, paths


def _in_folder(file: Path, folders: list[Path]) -> Path:
    """Return the file in one of the folders, where it is there."""
    return next((folder / file for folder in folders if (folder / file).is_file()), file)


def _write(output: Path, data: bytes, *, force: bool) -> None:
    from teikit.safety.writing import write_file, write_new_file

    if output.exists() and not force:
        raise TeikitError(
            f"{output}: is there already, and may hold changes: choose another name, or --force"
        )
    if force:
        write_file(output, data)
    else:
        write_new_file(output, data)


def _tell_left_out(registers: list[Rows], part: Part) -> None:
    from teikit.report_formats.readable import render_findings

    for register in registers:
        if register.notes:
            notes = [_shown(one, part) for one in register.notes]
            click.echo(render_findings(notes), nl=False, err=True)


def _shown(finding: Finding, part: Part) -> Finding:
    from dataclasses import replace

    place = replace(finding.place, path=part.shown(finding.place.path))
    return replace(finding, place=place)
