"""How commands print: for people, for programs, and on the side what is no result."""

import os
import sys
from collections.abc import Callable, Iterable

import click

from teikit.report import Finding


def use_colour(color: str) -> bool:
    """Return whether to print in colour: what --color says."""
    if color != "auto":
        return color == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdout.isatty()


def echo_readable(text: str, colour: bool = False) -> None:
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


def echo_data(text: str) -> None:
    """Print what programs read: the same bytes whatever the terminal's encoding."""
    # a file's name may be no UTF-8
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


def echo_findings_aside(findings: Iterable[Finding], shown: Callable[[str], str]) -> None:
    """Print findings on standard error; SHOWN says how a path is called from here."""
    from teikit.report_formats import with_paths
    from teikit.report_formats.readable import render_findings

    click.echo(render_findings([*with_paths(findings, shown)]), nl=False, err=True)
