"""`teikit entities list`, which is `teikit entities` too."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from teikit.cli.options import format_option, jobs_options, limits_for, make_jobs
from teikit.cli.printing import echo_data, echo_line, echo_readable
from teikit.cli.selection import Part, select_files
from teikit.entities.gathering import gather_entities, is_there
from teikit.entities.records import Suggestion
from teikit.entities.table import SORTS, Row, Table, build_table, select_rows
from teikit.errors import TeikitError

KINDS = ("person", "place", "org", "work", "event", "concept", "object", "nym")


@click.command("list")
@click.argument("project", required=False, type=click.Path(path_type=Path))
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only entities of this kind."
)
@click.option(
    "--text", type=click.Path(path_type=Path), help="Only what is mentioned in this file."
)
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default="mentions",
    show_default=True,
    help="What comes first: what is mentioned most, or the names or kinds in order.",
)
@format_option(("readable", "csv", "json"), "the table; json has every mention")
@jobs_options
def list_command(
    project: Path | None,
    kinds: tuple[str, ...],
    text: Path | None,
    sort: str,
    form: str,
    timeout: float | None,
    memory: int | None,
) -> None:
    """Show the entities of an edition and how often each is mentioned.

    PROJECT is the folder of an edition, or any folder or file of TEI; without it the edition in
    or above the current folder (or in tei/) is meant. Entities are what the registers list, or
    the lists in a text or header, with an xml:id. Below the table stand the mentions that lead to
    nothing, and the names without @ref.

    It never changes a file.

    \b
    Examples: teikit entities
              teikit entities --kind place --sort name

    Next: `teikit entities show ID`, or `teikit entities suggest`.

    Exit code: 0 fine, 2 could not go on.
    """
    from teikit.entities.showing import render_table_csv, render_table_json, table_lines

    table, part = read_table(project, timeout, memory)
    shown = select_rows(table, kinds, _path(part, text), sort)
    shown = with_shown_paths(shown, part.shown)
    if form == "readable":
        echo_readable("".join(f"{line}\n" for line in table_lines(shown)))
        return
    rendered = render_table_csv(shown) if form == "csv" else render_table_json(shown)
    echo_data(rendered)


def read_table(
    project: Path | None, timeout: float | None, memory: int | None
) -> tuple[Table, Part]:
    """Return the table of the edition or folder, and what was read for it."""
    parts = select_files([project] if project else [])
    if not parts:
        raise TeikitError(f"{project or '.'}: there are no TEI files here")
    if len(parts) > 1:
        names = ", ".join(str(part.project.folder) for part in parts)
        raise TeikitError(f"{project}: holds several editions: name one of {names}")
    (part,) = parts
    if part.problem:
        raise TeikitError(part.problem)
    with make_jobs() as jobs:
        jobs.limits = limits_for(part.project, timeout, memory)
        gathered = gather_entities(part.project, part.paths, jobs)
    tell_problems(gathered.problems, part)
    table = build_table(
        gathered.files,
        lambda path: is_there(part.project, path),
        part.project.publishing.shared_ids,
    )
    return table, part


def tell_problems(problems: tuple[str, ...], part: Part) -> None:
    """Print on standard error which files were left out, and why."""
    for problem in problems:
        path, colon, rest = problem.partition(":")
        echo_line(f"left out: {part.shown(path)}{colon}{rest}", err=True)


def _path(part: Part, text: Path | None) -> str:
    """Return the path in the project of the file that was named."""
    if text is None:
        return ""
    path = next((one for one in part.paths if is_named(part, one, text)), None)
    if path is None:
        raise TeikitError(f"{text}: is none of the files that were read")
    return path


def is_named(part: Part, path: str, name: Path) -> bool:
    """Return whether NAME, seen from here or from the edition, is the file at PATH."""
    return (
        Path(part.shown(path)) == name
        or Path(path) == name
        or (name.exists() and name.samefile(part.project.folder / path))
    )


def with_shown_paths(table: Table, shown: Callable[[str], str]) -> Table:
    """Return the table with files called as they can be opened from here."""

    def placed(thing):
        return replace(thing, place=replace(thing.place, path=shown(thing.place.path)))

    def row(one: Row) -> Row:
        return replace(placed(one), mentions=tuple(map(placed, one.mentions)))

    return Table(
        tuple(map(row, table.rows)),
        *(tuple(map(placed, one)) for one in (table.lost, table.elsewhere, table.unreferred)),
    )


def shown_suggestion(one: Suggestion, part: Part) -> Suggestion:
    """Return the suggestion with its file called as it can be opened from here."""
    return replace(one, place=replace(one.place, path=part.shown(one.place.path)))
