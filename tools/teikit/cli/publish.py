"""`teikit publish`."""

import gc
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teikit.cli.options import (
    color_option,
    find_edition,
    jobs_options,
    limits_for,
    make_jobs,
    shown_path,
)
from teikit.cli.printing import echo_line, echo_readable, use_colour
from teikit.errors import TeikitError
from teikit.project import SETTINGS, Project, read_project
from teikit.report import Finding, Report, build_report
from teikit.safety.worker import Runner, Workers

if TYPE_CHECKING:
    from teikit.publish.site import Published

# findings of these kinds make output wrong; those of an edition's own schema are added to them
_STOPS_ANYWHERE = ("xml:", "file:unreadable", "safety:", "publish:")
_STOPS = (*_STOPS_ANYWHERE, "tei:not-tei", "ids:duplicate")
_STOPS_SHOWN = 5  # that are said again at the end
_SCHEMA = ("relaxng:", "schematron:")


@click.command()
@click.argument("project", required=False, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="Folder for the site and the plain text.",
)
@click.option(
    "--draft",
    is_flag=True,
    help="Publish in spite of errors, under a banner, with each finding at its place.",
)
@color_option
@jobs_options
def publish(
    project: Path | None,
    output: Path,
    draft: bool,
    color: str,
    timeout: float | None,
    memory: int | None,
) -> None:
    """Make the site (OUTPUT/site) and the plain text (OUTPUT/text) of the edition PROJECT.

    PROJECT is a folder with an edition.toml, or any folder of TEI files: then each file with a
    text is one of the edition, and registers are found wherever they are. Without PROJECT the
    edition in or above the current folder (or in tei/) is meant.

    It is validated first. What would make the output wrong stops it: a file that cannot be read,
    two pages or ids of one name, lost text, and errors against the schema that edition.toml
    names. Everything else is listed, and does not.

    It never changes the edition, and never replaces a folder that teikit did not make. OUTPUT
    appears whole or not at all.

    Example: teikit publish

    Next: open OUTPUT/site/index.html in a browser.

    Exit code: 0 published, 1 stopped by errors, 2 could not go on.
    """
    from teikit.report_formats import with_paths
    from teikit.report_formats.readable import render_readable
    from teikit.safety.writing import check_replaceable, restore_folder, write_folder
    from teikit.search.variants import advise

    target = Path(os.path.abspath(output))
    with make_jobs() as jobs:
        edition = read_edition(project, jobs)
        _check_output(edition, target, output)
        restore_folder(target)
        check_replaceable(target)
        jobs.limits = limits_for(edition, timeout, memory)
        made = make_site(edition, jobs, draft)
    report = made.report
    stops = find_stops(edition, report)
    named = with_paths(report.findings, lambda path: shown_path(edition.folder, path))
    shown, colour = build_report(named, report.allowed), use_colour(color)
    echo_readable(render_readable(shown, len(edition.files), colour=colour), colour)
    for line in made.account:
        echo_line(line)
    if stops and not draft:
        _say_stops(edition, stops)
        raise SystemExit(1)
    write_folder(target, made.files)
    click.echo(
        f"Published{' as a draft' if draft else ''}: "
        f"{output / 'site' / 'index.html'} and {output / 'text'}"
    )
    if advice := advise(made.files):
        click.echo(advice)


def _say_stops(edition: Project, stops: list[Finding]) -> None:
    """Print what stops publishing once more: it may stand far above, among many findings."""
    click.echo(
        f"Not published: {len(stops)} of these would make the output wrong. "
        f"Mend them, or see them in place with --draft.",
        err=True,
    )
    for one in stops[:_STOPS_SHOWN]:
        line = f":{one.place.line}" if one.place.line else ""
        where = f"{shown_path(edition.folder, one.place.path)}{line}"
        echo_line(f"  {where}: {one.message}", err=True)
    if len(stops) > _STOPS_SHOWN:
        click.echo(f"  and {len(stops) - _STOPS_SHOWN} more", err=True)


@dataclass(frozen=True)
class Made:
    """What is found in an edition, the files of its site, and lines on what they carry."""

    report: Report
    files: Mapping[str, bytes]
    account: tuple[str, ...] = ()
    published: "Published | None" = None  # None where errors stopped it before


def make_site(edition: Project, jobs: Workers, draft: bool) -> Made:
    """Return what is found in the edition, and the files of its site; none where that stops it."""
    from teikit.check.edition import validate_files
    from teikit.keeping.opening import keeping_results
    from teikit.publish.account_words import account_lines
    from teikit.publish.site import publish_site

    with keeping_results(edition, jobs) as keeping, _without_collecting():
        validation = validate_files(edition, edition.files, keeping, whole=True, keep=True)
        if find_stops(edition, validation.report) and not draft:
            return Made(validation.report, {})
        published = publish_site(
            edition, keeping, validation.report, read=validation.data, draft=draft
        )
    included = {path for one in validation.checked for path in one.includes}
    left_out = [one for one in edition.left_out if one.place.path not in included]
    found = [*left_out, *validation.report.findings, *published.findings]
    allowed = validation.report.allowed + published.account.allowed
    lines = account_lines(published.account)
    return Made(build_report(found, allowed), published.files, tuple(lines), published)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let Python look for no cycles: records have none, and of many texts there are millions."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_edition(folder: Path | None, jobs: Runner) -> Project:
    """Return the edition in FOLDER, or the nearest; raise TeikitError where it has no text.

    A folder without edition.toml is an edition of all TEI files in it.
    """
    edition = _read_edition(folder, jobs)
    for path in edition.files:
        if any("\udc80" <= sign <= "\udcff" for sign in path):  # a byte that Python cannot read
            raise TeikitError(
                f"{path}: the name of this file is not in UTF-8, so that no address can lead to "
                "its page: give it another name"
            )
    return edition


def _read_edition(folder: Path | None, jobs: Runner) -> Project:
    if folder is not None:
        if not folder.is_dir():
            raise TeikitError(f"{folder}: there is no such folder")
        if not os.path.lexists(folder / SETTINGS):
            from teikit.loose import read_folder

            return read_folder(folder, jobs)
        edition = read_project(folder)
    else:
        edition = read_project(find_edition())
    if not edition.texts and not edition.registers:
        from teikit.loose import with_all_files

        edition = with_all_files(edition, jobs)
    if not edition.texts:
        raise TeikitError(
            f"{edition.folder}: there is nothing to publish: put TEI files into "
            f"{edition.folder / 'texts'}"
        )
    return edition


def _check_output(edition: Project, target: Path, output: Path) -> None:
    """Refuse to write over the edition, or among the files that it is made from."""
    folder = Path(os.path.abspath(edition.folder))
    if folder == target or folder.is_relative_to(target):
        raise TeikitError(f"{output}: holds the edition itself: choose another folder")
    if target.is_relative_to(folder):
        inside = target.relative_to(folder).parts[0]
        if inside in (
            "texts",
            "registers",
            "source",
            "schema",
            "templates",
            edition.publishing.templates,
        ):
            raise TeikitError(
                f"{output}: is a place for the edition's own files: choose another folder"
            )
    if any((folder / path).is_relative_to(target) for path in edition.files):
        raise TeikitError(f"{output}: holds files of the edition: choose another folder")


def find_stops(edition: Project, report: Report) -> list[Finding]:
    """Return the errors that keep the edition from being published."""
    kinds = _STOPS if edition.has_settings else _STOPS_ANYWHERE
    if edition.relaxng or edition.schematron:
        kinds += _SCHEMA
    return [
        finding
        for finding in report.findings
        if finding.severity == "error" and finding.rule.startswith(kinds)
    ]
