"""`teikit release`."""

from dataclasses import replace
from pathlib import Path

import click

from teikit.cli.options import color_option, jobs_options, limits_for, make_jobs, shown_path
from teikit.cli.printing import echo_line, echo_readable, use_colour
from teikit.cli.publish import Made, find_stops, make_site, read_edition
from teikit.errors import TeikitError
from teikit.report import Finding, build_report
from teikit.wording import counted

# not where the source only has its paragraphs elsewhere
_OTHER_WORDS = ("witness:text", "witness:missing-line", "witness:extra-line")


@click.command()
@click.argument("project", required=False, type=click.Path(path_type=Path))
@click.option(
    "--version",
    metavar="VERSION",
    default="",
    help="Version that is released. [default: that of the edition in the header of the main text]",
)
@click.option(
    "--date",
    metavar="DATE",
    default="",
    help="Date of the release. [default: that of the edition in the header of the main text]",
)
@click.option("--label", metavar="WORDS", default="", help="What the release is called.")
@color_option
@jobs_options
def release(
    project: Path | None,
    version: str,
    date: str,
    label: str,
    color: str,
    timeout: float | None,
    memory: int | None,
) -> None:
    """Record the addresses of the site of the edition PROJECT in its file releases.toml.

    PROJECT is a folder with an edition.toml; without it the edition in or above the current
    folder (or in tei/) is meant. The site is made as `teikit publish` makes it, and not written:
    what is recorded is each page, and each id on it that comes from the edition. From then on
    `teikit publish` stops where a page or id that was released would vanish, and says which
    citations would break. [redirects] in releases.toml says where an old address leads now.

    It never changes the edition's texts, and never what releases.toml says of earlier releases.

    What stops publishing stops a release, and so does a text that has other words than the source
    file that edition.toml names as its witness.

    Example: teikit release --version 1.0 --date 2026-03-01

    Next: commit releases.toml, and publish that very state of the edition.

    Exit code: 0 recorded, 1 stopped by errors, 2 could not go on.
    """
    from teikit.publish.addresses import released_pages
    from teikit.publish.releases import (
        MANIFEST,
        Release,
        add_release,
        read_releases,
        write_releases,
    )
    from teikit.report_formats import with_paths
    from teikit.report_formats.readable import render_readable
    from teikit.safety.writing import write_file

    with make_jobs() as jobs:
        edition = read_edition(project, jobs)
        before = read_releases(edition.folder)
        jobs.limits = limits_for(edition, timeout, memory)
        made = make_site(edition, jobs, draft=False)
    stops, published = [*find_stops(edition, made.report), *_differing(made)], made.published
    if stops or published is None:
        named = with_paths(made.report.findings, lambda path: shown_path(edition.folder, path))
        colour = use_colour(color)
        echo_readable(
            render_readable(build_report(named), len(edition.files), colour=colour), colour
        )
        many, differing = counted(len(stops), "error"), _differing(made)
        where = f", {len(differing)} of them against the source" if differing else ""
        click.echo(
            f"Not released: {many}{where}. What is released is cited: mend them first.", err=True
        )
        raise SystemExit(1)
    new = Release(version, date, label)
    if not version:
        new = replace(new, version=published.header.edition, date=date or published.header.date)
    if not new.version:
        raise TeikitError(
            "which version is released? Say it with --version, or give the edition in the "
            "teiHeader an @n"
        )
    folders = ["" if one == edition.languages[0] else f"{one}/" for one in edition.languages]
    site = {
        path.removeprefix("site/"): data
        for path, data in made.files.items()
        if path.startswith("site/")
    }
    pages = released_pages(published.site_map, site, folders)
    write_file(edition.folder / MANIFEST, write_releases(add_release(before, new, folders, pages)))
    ids = sum(len(page.ids) for page in pages.values())
    echo_line(
        f"Recorded version {new.version}: {counted(len(pages), 'page')} and "
        f"{counted(ids, 'id')}, in {shown_path(edition.folder, MANIFEST)}"
    )


def _differing(made: Made) -> list[Finding]:
    """Return the errors of texts that differ from their sources: publishing shows them as they are,
    but nobody should cite them.
    """
    return [
        one for one in made.report.findings if one.severity == "error" and one.rule in _OTHER_WORDS
    ]
