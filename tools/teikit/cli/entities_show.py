"""`teikit entities show`."""

import difflib
from pathlib import Path

import click

from teikit.cli.entities_list import read_table, with_shown_paths
from teikit.cli.options import echo_readable, jobs_options
from teikit.entities.table import Table, find_rows
from teikit.errors import TeikitError

_MOST = 5000  # ids among which a similar one is looked for


@click.command("show")
@click.argument("entity")
@click.argument("project", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["readable", "json"]),
    default="readable",
    show_default=True,
    help="How to print it.",
)
@jobs_options
def show_command(
    entity: str, project: Path | None, form: str, timeout: float | None, memory: int | None
) -> None:
    """Show every mention of ENTITY, with file, line, column and context.

    ENTITY is its xml:id, a pointer as the texts write it (place:beijing), or its name. PROJECT is
    the edition or folder, as for the table. Nothing is changed.

    Exit code: 0 fine, 2 could not go on (there is no such entity).
    """
    from teikit.entities.showing import render_table_json, row_lines

    table, part = read_table(project, timeout, memory)
    rows = find_rows(table, entity)
    if not rows:
        raise TeikitError(f"{entity}: there is no such entity{near(entity, table)}")
    shown = with_shown_paths(Table(tuple(rows)), part.shown)
    if form == "json":
        click.echo(render_table_json(shown).encode("utf-8", "backslashreplace"), nl=False)
        return
    texts = ("".join(f"{line}\n" for line in row_lines(row)) for row in shown.rows)
    echo_readable("\n".join(texts), False)


def near(asked: str, table: Table) -> str:
    """Return which entity may be meant, in words."""
    names = [name for row in table.rows[:_MOST] for name in (row.id, row.name)]
    found = difflib.get_close_matches(asked[:200], names, 1)
    return f": did you mean {found[0]}?" if found else ": teikit entities lists them"
