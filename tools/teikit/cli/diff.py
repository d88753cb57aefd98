"""`teikit diff`."""

import sys
from functools import partial
from pathlib import Path

import click

from teikit.cli.options import (
    color_option,
    format_option,
    jobs_options,
    limits_for,
    make_jobs,
    shown_path,
)
from teikit.cli.printing import echo_data, echo_line, echo_readable, use_colour
from teikit.cli.selection import read_named
from teikit.comparing.outcome import FileOutcome, Outcome, only, with_paths
from teikit.comparing.pairs import FilePair, Side, find_pairs
from teikit.comparing.records import Compared
from teikit.files import read_file
from teikit.place import Place
from teikit.project import Project, find_project, read_project
from teikit.report import Finding
from teikit.safety.worker import JobFailed, Workers


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path), required=False)
@click.option(
    "--text-only", "what", flag_value="text", help="Show what changed in the words alone."
)
@click.option(
    "--markup-only", "what", flag_value="markup", help="Show what changed in the markup alone."
)
@click.option(
    "--all", "everywhere", is_flag=True, help="End with 1 for words of headers and registers too."
)
@format_option(("readable", "json"), "the changes")
@click.option(
    "--textconv",
    is_flag=True,
    help="For git: print one file, one passage a line, each with its citation.",
)
@color_option
@jobs_options
def diff(
    old: Path,
    new: Path | None,
    what: str | None,
    everywhere: bool,
    form: str,
    textconv: bool,
    color: str,
    timeout: float | None,
    memory: int | None,
) -> None:
    """Say what changed from OLD to NEW in the text, and apart from that in the markup.

    OLD and NEW are two TEI files, or two folders, of which the files are compared by their paths.
    Each change is told with its line and its citation: by the citeStructure of the header, or
    else the xml:id, or else the way to it. The text is all that stands in the element text, notes
    and variants too; white space is folded, so that neither new lines nor indentation nor lb
    change a word. Headers and registers are told apart from it.

    It never changes a file.

    \b
    Examples: teikit diff old/letter.xml letter.xml
              git config diff.tei.textconv "teikit diff --textconv"

    Next: read what changed; `teikit format` keeps such differences small.

    Exit code: 0 the text is the same (the markup may differ), 1 the text changed, 2 could not
    go on.
    """
    if textconv:
        if new is not None:
            raise click.UsageError("--textconv takes one file")
        _print_passages(old, timeout, memory)
        return
    if new is None:
        raise click.UsageError("name two files, or two folders: OLD NEW")
    pairs = find_pairs(old, new)
    with make_jobs() as jobs:
        jobs.limits = limits_for(_project(pairs), timeout, memory)
        outcome = Outcome(tuple(_compare(pair, jobs) for pair in pairs))
    for finding in (*outcome.problems, *outcome.notes):
        echo_line(f"{finding.place}: {finding.severity}: {finding.message}", err=True)
        if finding.hint:
            echo_line(f"    {finding.hint}", err=True)
    _give(outcome if what is None else only(outcome, what), form, color)
    raise SystemExit(outcome.exit_code(everywhere=everywhere))


def _project(pairs: list[FilePair]) -> Project:
    """Return the project of the new version, for its limits."""
    side = next(one.new or one.old for one in pairs if one.new or one.old)
    folder = find_project(side.folder)
    return Project(side.folder) if folder is None else read_project(folder)


def _compare(pair: FilePair, jobs: Workers) -> FileOutcome:
    """Return what differs between the versions of one file."""
    if pair.old is None or pair.new is None:
        return FileOutcome(pair.name, Compared(), "added" if pair.old is None else "removed")
    sides = pair.old, pair.new
    old, new = (read_file(side.folder, side.path, jobs.largest_document) for side in sides)
    if isinstance(old, Finding) or isinstance(new, Finding):
        problems = ((one,) if isinstance(one, Finding) else () for one in (old, new))
        compared = Compared((), (), *problems)
    else:
        compared = _run(pair, old, new, jobs)
    return FileOutcome(pair.name, with_paths(compared, *(partial(_shown, side) for side in sides)))


def _run(pair: FilePair, old: bytes, new: bytes, jobs: Workers) -> Compared:
    """Return what the job makes of two versions; a limit that it hit is a finding."""
    before, after = pair.old, pair.new
    try:
        return jobs.run(
            "compare",
            *(old, before.path, str(before.folder)),
            *(new, after.path, str(after.folder)),
        )
    except JobFailed as failure:
        problem = Finding(
            Place(after.path),
            f"safety:{failure.reason}",
            f"could not be compared: {failure}",
            hint="--timeout gives it more seconds, --memory more megabytes.",
        )
        return Compared(new_problems=(problem,))


def _shown(side: Side, path: str) -> str:
    return shown_path(side.folder, path)


def _give(outcome: Outcome, form: str, color: str) -> None:
    from teikit.comparing.rendering import render_json, render_readable

    if form == "json":
        echo_data(render_json(outcome))
        return
    colour = use_colour(color)
    echo_readable(render_readable(outcome, colour=colour), colour)


def _print_passages(file: Path, timeout: float | None, memory: int | None) -> None:
    """Print the passages of a file; what is no TEI, or takes too long, as it is."""
    from teikit.comparing.rendering import render_passages

    data = read_named(file)
    with make_jobs() as jobs:
        jobs.limits = limits_for(Project(file.parent), timeout, memory)
        try:
            found = jobs.run("passages", data, file.name)
        except JobFailed:
            found = None
    if found is not None and found.is_readable:
        data = render_passages(found.passages).encode("utf-8", "backslashreplace")
    sys.stdout.flush()
    click.echo(data, nl=False)
