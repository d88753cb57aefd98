"""Options that several commands share."""

import os
import subprocess
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


def shown_prefix(folder: Path) -> str:
    """Return what to put before a path of the project so that it can be opened from here."""
    absolute, here = Path(os.path.abspath(folder)), Path.cwd()
    if not absolute.is_relative_to(here):
        return absolute.as_posix() + "/"
    return "" if absolute == here else absolute.relative_to(here).as_posix() + "/"


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
