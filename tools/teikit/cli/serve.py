"""`teikit serve`."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teikit.cli.options import color_option, jobs_options, limits_for, make_jobs, shown_path
from teikit.cli.printing import echo_readable, use_colour
from teikit.cli.publish import find_stops, make_site, read_edition
from teikit.errors import TeikitError
from teikit.project import Project
from teikit.report import Report, build_report
from teikit.safety.worker import Workers
from teikit.visible import no_command, visible
from teikit.wording import counted

if TYPE_CHECKING:
    from teikit.serving.server import Preview

_PORT = 8000
_PAUSE = 0.4  # seconds between two looks at the files


@click.command()
@click.argument("project", required=False, type=click.Path(path_type=Path))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="NUMBER",
    help=f"The port; 0: any that is free. [default: {_PORT}, or the next that is free]",
)
@click.option("--open", "opens", is_flag=True, help="Show the site in your browser.")
@color_option
@jobs_options
def serve(
    project: Path | None,
    port: int | None,
    opens: bool,
    color: str,
    timeout: float | None,
    memory: int | None,
) -> None:
    """Show the site of the edition PROJECT on this computer, anew whenever a file is saved.

    PROJECT is what `teikit publish` takes. The pages are those that it would write; pages that
    are open in a browser load themselves again after each change. Where errors would stop
    publishing, a draft is shown, with each finding at its place. Findings stand in the terminal,
    too. Ctrl+C ends it.

    Only this computer can see the pages, at 127.0.0.1, and nothing but the site is shown. It
    never writes a file, and never changes the edition.

    Example: teikit serve --open

    Next: `teikit publish`, to make the site that you put on a server.

    Exit code: 0 ended by you, 2 could not go on.
    """
    from teikit.serving.server import Preview

    preview = Preview(_PORT if port is None else port, exact=port is not None)
    with make_jobs() as jobs, preview:
        edition = read_edition(project, jobs)
        ended = threading.Event()

        def end(*_: object) -> None:
            ended.set()  # Python drops an interrupt that comes while it tidies up
            raise KeyboardInterrupt

        try:
            signal.signal(signal.SIGINT, end)
            for number, changed in enumerate(_changes(edition.folder, ended)):
                _build(preview, changed, jobs, use_colour(color), (timeout, memory))
                if number == 0:
                    click.echo(f"Shown at {preview.url} until you press Ctrl+C.")
                    if opens:
                        click.launch(preview.url)
        except KeyboardInterrupt:
            click.echo("Ended.")


def _changes(folder: Path, ended: threading.Event) -> Iterator[Path]:
    """Yield the folder at once, and after each change of its files, when they are at rest."""
    from teikit.serving.watching import look

    without = Path(os.path.abspath("build"))
    seen = look(folder, without)
    yield folder
    while not ended.wait(_PAUSE):
        now = look(folder, without)
        if now != seen:
            time.sleep(_PAUSE)
            if look(folder, without) == now:
                seen = now
                yield folder


def _build(
    preview: "Preview",
    folder: Path,
    jobs: Workers,
    colour: bool,
    limits: tuple[float | None, int | None],
) -> None:
    """Build the site and show it; what keeps it from being built is told, and the old one stays."""
    started = time.monotonic()
    try:
        edition = read_edition(folder, jobs)
        jobs.limits = limits_for(edition, *limits)
        made = make_site(edition, jobs, draft=False)
        stops = find_stops(edition, made.report)
        if stops:
            made = make_site(edition, jobs, draft=True)
    except TeikitError as error:
        if not preview.shown.number:
            raise
        click.echo(f"Error: {no_command(visible(str(error)))}", err=True)
        return
    site = {path[5:]: data for path, data in made.files.items() if path.startswith("site/")}
    # the page of a text that cannot be read at the moment stays as it was
    preview.show({**preview.shown.files, **site} if stops else site)
    _say(edition, made.report, colour)
    number = counted(len(stops), "error")
    as_draft = f" as a draft: {number} would stop publishing" if stops else ""
    click.echo(f"Built{as_draft} in {time.monotonic() - started:.1f} s.")


def _say(edition: Project, report: Report, colour: bool) -> None:
    """Print the findings as `teikit publish` does."""
    from teikit.report_formats import with_paths
    from teikit.report_formats.readable import render_readable

    named = with_paths(report.findings, lambda path: shown_path(edition.folder, path))
    shown = build_report(named, report.allowed)
    echo_readable(render_readable(shown, len(edition.files), colour=colour), colour)
