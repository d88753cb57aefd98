"""Options that several commands share."""

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from teikit.errors import TeikitError
from teikit.project import Project, find_project
from teikit.safety.worker import Limits, Workers


def jobs_options(command: Callable) -> Callable:
    """Add --timeout and --memory: the limits of a job on one document."""
    command = click.option(
        "--memory",
        type=click.IntRange(min=64),
        metavar="MEGABYTES",
        help="Megabytes that one document may take. "
        "[default: what edition.toml says, or else 1000]",
    )(command)
    return click.option(
        "--timeout",
        type=click.FloatRange(min=0.1),
        metavar="SECONDS",
        help="Seconds that one document may take. [default: what edition.toml says, or else 30]",
    )(command)


def make_jobs() -> Workers:
    """Return workers, to be used in a `with` statement."""
    return Workers(first=click.get_current_context().find_object(subprocess.Popen))


def limits_for(project: Project, timeout: float | None, memory: int | None) -> Limits:
    """Return what the options say, or else the settings of the project."""
    return Limits(
        project.limit_seconds if timeout is None else timeout,
        (project.limit_memory if memory is None else memory) * 1_000_000,
    )


def format_option(forms: Sequence[str], what: str) -> Callable[[Callable], Callable]:
    """Return --format: one of FORMS, the first where nothing is said; WHAT is what is printed."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help=f"How to print {what}.",
    )


def stdin_name_option(command: Callable) -> Callable:
    """Add --stdin-name: which file standard input is."""
    return click.option(
        "--stdin-name",
        type=click.Path(path_type=Path),
        metavar="PATH",
        help="With FILES -: the file that the text belongs to.",
    )(command)


def schema_option(suffixes: Sequence[str], what: str) -> Callable[[Callable], Callable]:
    """Return --schema, for schemas whose names end in SUFFIXES; WHAT is what they are for."""

    def check(_ctx: object, _param: object, schemas: tuple[Path, ...]) -> tuple[Path, ...]:
        for schema in schemas:
            if schema.suffix.lower() not in suffixes:
                known = ", ".join(suffixes)
                if schema.suffix.lower() == ".odd":
                    known += "; `teikit odd compile` makes them of an ODD"
                raise TeikitError(f"{schema}: is no schema that is read here: these end in {known}")
            if not schema.is_file():
                raise TeikitError(f"{schema}: there is no such schema")
        return schemas

    return click.option(
        "--schema",
        "schemas",
        multiple=True,
        type=click.Path(path_type=Path),
        callback=check,
        metavar="FILE",
        help=f"{what} ({', '.join(suffixes)}). May be given several times.",
    )


def color_option(command: Callable) -> Callable:
    """Add --color: whether findings are printed in colour."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Colour: on a terminal only, unless NO_COLOR is set; always; or never.",
    )(command)


def shown_path(folder: Path, path: str) -> str:
    """Return how a path of the project is said so that it can be opened from here.

    It is relative to the current folder, unless the two share no more than the root of a disk.
    """
    absolute, here = Path(os.path.abspath(folder / path)), Path.cwd()
    if absolute.is_relative_to(here):
        return absolute.relative_to(here).as_posix()
    if absolute.parts[:2] != here.parts[:2]:
        return absolute.as_posix()
    return Path(os.path.relpath(absolute, here)).as_posix()


def find_edition() -> Path:
    """Return the folder of the edition in or above the current folder, or else in tei/."""
    found = find_project(Path.cwd())
    if found is None and Path("tei").is_dir():
        found = find_project(Path("tei"))
    if found is None:
        raise TeikitError(
            "there is no edition.toml here: go to the folder of an edition, or name it"
        )
    return found
