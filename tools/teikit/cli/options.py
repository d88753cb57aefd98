"""Options that several commands share."""

import os
import subprocess
import sys
from collections.abc import Callable
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
        help="Megabytes that one document may take. "
        "[default: what edition.toml says, or else 1000]",
    )(command)
    return click.option(
        "--timeout",
        type=click.FloatRange(min=0.1),
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


def color_option(command: Callable) -> Callable:
    """Add --color: whether findings are printed in colour."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Colour: on a terminal only, unless NO_COLOR is set; always; or never.",
    )(command)


def use_colour(color: str) -> bool:
    """Return whether to print in colour."""
    if color != "auto":
        return color == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdout.isatty()


def echo_readable(text: str, colour: bool) -> None:
    """Print TEXT; what the terminal has no letters for is printed as numbers."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    safe = text.encode(encoding, "backslashreplace").decode(encoding)
    click.echo(safe, nl=False, color=colour)


def echo_line(line: str, err: bool = False) -> None:
    """Print one line, in which nothing of a stranger's words speaks to a terminal or a host."""
    from teikit.visible import no_command, visible

    stream = sys.stderr if err else sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    safe = no_command(visible(line)).encode(encoding, "backslashreplace").decode(encoding)
    click.echo(safe, err=err)


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
