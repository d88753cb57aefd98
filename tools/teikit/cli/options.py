"""Options that several commands share."""

from collections.abc import Callable

import click

from teikit.safety.worker import Limits, Workers


def jobs_options(command: Callable) -> Callable:
    """Add --timeout and --memory: the limits of a job on one document."""
    command = click.option("--memory", type=click.IntRange(min=64), default=1000,
                           show_default=True, help="Megabytes that one document may take.")(command)
    return click.option("--timeout", type=click.FloatRange(min=0.1), default=30,
                        show_default=True, help="Seconds that one document may take.")(command)


def make_jobs(timeout: float, memory: int) -> Workers:
    """Return workers with these limits, to be used in a `with` statement."""
    return Workers(Limits(timeout, memory * 1_000_000))
