"""`teikit validate`."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from teikit.cli.options import (
    color_option,
    echo_readable,
    jobs_options,
    limits_for,
    make_jobs,
    use_colour,
)
from teikit.cli.selection import Part, select_files
from teikit.errors import TeikitError
from teikit.place import Place
from teikit.project import SETTINGS, Project
from teikit.report import Finding, Report
from teikit.safety.worker import Limits, Workers

_SCHEMAS = (".rng", ".rnc", ".sch")
_NOT_TEI = "tei:not-tei"
_LONG = 20  # files from which on a progress bar is shown


class _Rules(click.ParamType):
    """Names, codes and kinds of rules, separated by commas."""

    name = "rules"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, ...]:
        """Return the rules named in VALUE; fail at one that there is not."""
        from teikit.rules import find_near, is_key, is_prefix

        keys = tuple(key for part in value.split(",") if (key := part.strip()))
        for key in keys:
            if not (is_key(key) or is_prefix(key)):
                near = find_near(key)
                advice = f"did you mean {near}?" if near else "teikit explain lists them"
                self.fail(f"there is no rule {key}: {advice}", param, ctx)
        return keys


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--schema",
    "schemas",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check against this schema (.rng, .rnc, .sch). May be given several times.",
)
@click.option(
    "--select",
    multiple=True,
    type=_Rules(),
    help="Report only these rules: names, codes or kinds, separated by commas.",
)
@click.option("--ignore", multiple=True, type=_Rules(), help="Do not report these rules.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["readable", "json", "sarif", "github"]),
    default="readable",
    show_default=True,
    help="How to print the findings.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write the findings into this file instead of printing them.",
)
@click.option(
    "--stdin-name",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="With FILES -: the file that the text belongs to.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@color_option
@jobs_options
def validate(
    files: tuple[Path, ...],
    schemas: tuple[Path, ...],
    select: tuple[tuple[str, ...], ...],
    ignore: tuple[tuple[str, ...], ...],
    form: str,
    output: Path | None,
    stdin_name: Path | None,
    strict: bool,
    color: str,
    timeout: float | None,
    memory: int | None,
) -> None:
    """Say what is wrong in FILES, or in the whole edition.

    FILES are TEI files, folders, or - for standard input. A folder with an edition.toml is an
    edition; any other is searched for TEI files. Without FILES the edition in or above the
    current folder (or in tei/) is meant. Checked are well-formedness, the schema and the
    Schematron rules (of --schema, of edition.toml, or those that the file names), ids and
    pointers, dates, registers, and the source text word for word.

    `teikit explain` tells what the rule behind a finding means.

    Next: mend what it names and validate again; then `teikit entities suggest`, for names that
    are not marked yet, and `teikit publish`.

    Exit code: 0 no errors (there may be warnings), 1 errors found, 2 could not go on.
    """
    _check_schemas(schemas)
    parts = select_files(files, stdin_name)
    _check_output(output, parts)
    with make_jobs() as jobs:
        report, count = _validate(
            parts, schemas, jobs, lambda project: limits_for(project, timeout, memory)
        )
    report = _selected(report, select, ignore)
    _give(report, count, form, output, color)
    raise SystemExit(report.exit_code(strict=strict))


def _check_schemas(schemas: Iterable[Path]) -> None:
    for schema in schemas:
        if schema.suffix.lower() not in _SCHEMAS:
            known = ", ".join(_SCHEMAS)
            if schema.suffix.lower() == ".odd":
                known += "; `teikit odd compile` makes them of an ODD"
            raise TeikitError(f"{schema}: is no schema that teikit reads: these end in {known}")
        if not schema.is_file():
            raise TeikitError(f"{schema}: there is no such schema")


def _check_output(output: Path | None, parts: Iterable[Part]) -> None:
    """Refuse to write the report over a file that is to be checked."""
    if output is None:
        return
    target = output.resolve()
    for part in parts:
        for path in part.paths:
            if target == (part.project.folder / path).resolve() and path not in part.read:
                raise TeikitError(f"{output}: is one of the files to check: choose another name")


def _validate(
    parts: list[Part],
    schemas: Iterable[Path],
    jobs: Workers,
    limits: Callable[[Project], Limits],
) -> tuple[Report, int]:
    """Return what is found, and how many files were checked."""
    from teikit.check.edition import validate_files
    from teikit.report import build_report
    from teikit.report_formats import with_paths

    given = tuple(os.path.abspath(schema) for schema in schemas)
    findings, count, allowed = [], 0, 0
    with _progress(sum(len(part.paths) for part in parts)) as on_done:
        for part in parts:
            project = replace(part.project, given=given)
            jobs.limits = limits(project)
            try:
                if part.problem:
                    raise TeikitError(part.problem)
                validation = validate_files(
                    project, part.paths, jobs, whole=part.whole, read=part.read, on_done=on_done
                )
            except TeikitError as problem:
                if not (part.problem or part.was_found):
                    raise
                findings.append(_not_checked(part, problem))
                continue
            kept, skipped = _skip_others(validation.report, part)
            findings.extend(with_paths(kept, part.shown))
            count += len(part.paths) - skipped
            allowed += validation.report.allowed
    return build_report(findings, allowed), count


def _not_checked(part: Part, problem: TeikitError) -> Finding:
    """Return the finding that says why one edition of several was not checked at all."""
    path = part.shown(SETTINGS)
    folder = os.path.abspath(part.project.folder) + os.sep
    return Finding(
        Place(path),
        "file:settings",
        f"this edition was not checked: {str(problem).replace(folder, '')}",
        hint="Correct edition.toml; the settings that it may have are in the README.",
    )


def _skip_others(report: Report, part: Part) -> tuple[list[Finding], int]:
    """Return the findings, one on each file of a searched folder that is not TEI; count these."""
    from teikit.rules import override_of

    if override_of(_NOT_TEI, part.project.levels):
        return list(report.findings), 0
    skipped = {
        finding.place.path
        for finding in report.findings
        if finding.rule == _NOT_TEI and finding.place.path in part.searched
    }
    kept = [
        replace(finding, severity="info", message=f"skipped: {finding.message}")
        if finding.place.path in skipped
        else finding
        for finding in report.findings
        if finding.rule == _NOT_TEI or finding.place.path not in skipped
    ]
    return kept, len(skipped)


@contextlib.contextmanager
def _progress(files: int) -> Iterator[Callable[[], None]]:
    """Give what is to be called after each file; a long run shows on a terminal how far it is."""
    if files <= _LONG or not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=files, label="Checking", file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _selected(
    report: Report, chosen: Iterable[tuple[str, ...]], ignored: Iterable[tuple[str, ...]]
) -> Report:
    from teikit.rules import select

    chosen = [key for keys in chosen for key in keys]
    ignored = [key for keys in ignored for key in keys]
    if not chosen and not ignored:
        return report
    return replace(report, findings=tuple(select(report.findings, chosen, ignored)))


def _give(report: Report, files: int, form: str, output: Path | None, color: str) -> None:
    """Print the report, or write it into OUTPUT and print its last line."""
    from teikit.report_formats import FORMATS
    from teikit.report_formats.summary import summary_line

    colour = use_colour(color) and (output is None or color == "always")
    options = {"colour": colour} if form == "readable" else {}
    text = FORMATS[form](report, files, **options)
    if output is None and form == "readable":
        echo_readable(text, colour)
        return
    data = text.encode("utf-8", "backslashreplace")  # a file's name may be no UTF-8
    if output is None:
        click.echo(data, nl=False)  # the same bytes whatever the terminal's encoding
        return
    from teikit.safety.writing import write_file

    write_file(output, data)
    click.echo(f"{output} written. {summary_line(report, files)}", err=True)
