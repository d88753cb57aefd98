"""`teikit validate`."""

import os
from pathlib import Path

import click

from teikit.cli.options import (
    find_edition,
    jobs_options,
    limits_for,
    make_jobs,
    shown_prefix,
)
from teikit.errors import TeikitError
from teikit.project import Project, find_project, read_project


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["readable", "json"]),
    default="readable",
    help="How to print the findings.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@jobs_options
def validate(
    files: tuple[Path, ...], form: str, strict: bool, timeout: float | None, memory: int | None
) -> None:
    """Say what is wrong in FILES, or in the whole edition.

    FILES are TEI files, or a folder with an edition.toml; without them the edition in or above
    the current folder (or in tei/) is meant. Checked are well-formedness, the schema and the
    Schematron rules that edition.toml names, ids and pointers, dates, registers, and the source
    text word for word.

    Exit code: 0 no errors (there may be warnings), 1 errors found, 2 could not go on.
    """
    from teikit.check.edition import validate_files
    from teikit.report import build_report
    from teikit.report_formats import FORMATS, with_prefix

    findings, count = [], 0
    with make_jobs() as jobs:
        for project, paths, whole in _select(files):
            jobs.limits = limits_for(project, timeout, memory)
            validation = validate_files(project, paths, jobs, whole=whole)
            findings.extend(with_prefix(validation.report.findings, shown_prefix(project.folder)))
            count += len(paths)
    report = build_report(findings)
    click.echo(FORMATS[form](report, count), nl=False)
    raise SystemExit(report.exit_code(strict=strict))


def _select(files: tuple[Path, ...]) -> list[tuple[Project, tuple[str, ...], bool]]:
    """Return the projects concerned, with the files to check and whether these are all."""
    if not files:
        project = read_project(find_edition())
        return [(project, project.files, True)]
    chosen: dict[Path, list[str]] = {}
    whole = []
    for file in files:
        if not file.exists():
            raise TeikitError(f"{file}: there is no such file")
        if file.is_dir():
            if not (file / "edition.toml").is_file():
                raise TeikitError(
                    f"{file}: is a folder without edition.toml: name a TEI file, "
                    "or the folder of an edition"
                )
            project = read_project(file)
            whole.append((project, project.files, True))
            continue
        absolute = Path(os.path.abspath(file))
        folder = find_project(absolute.parent) or absolute.parent
        chosen.setdefault(folder, []).append(absolute.relative_to(folder).as_posix())
    parts = [
        (
            read_project(folder) if (folder / "edition.toml").is_file() else Project(folder),
            tuple(paths),
            False,
        )
        for folder, paths in chosen.items()
    ]
    return [*whole, *parts]
