"""`teikit format`."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from teikit.cli.options import echo_readable, jobs_options, limits_for, make_jobs
from teikit.cli.selection import Part, select_files
from teikit.errors import TeikitError
from teikit.formatting.files import first_difference, format_files, write_formatted
from teikit.formatting.records import Formatted
from teikit.report import Finding
from teikit.safety.worker import Workers
from teikit.safety.writing import check_inside
from teikit.visible import no_command, visible

_STDIN = Path("-")
_NOT_TEI = "tei:not-tei"


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.option(
    "--schema",
    "schemas",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Tell by this schema (.rng, .rnc) where white space is no text.",
)
@click.option(
    "--stdin-name",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="With FILES -: the file that the text belongs to.",
)
@jobs_options
def format(
    files: tuple[Path, ...],
    check: bool,
    diff: bool,
    schemas: tuple[Path, ...],
    stdin_name: Path | None,
    timeout: float | None,
    memory: int | None,
) -> None:
    """Lay out FILES in one agreed way, so that a diff shows what an editor changed.

    FILES are TEI files, folders, or - (from standard input to standard output, for editors). Each
    file is replaced as a whole, and only where it changes. This is the only command that does so.

    One child a line, two spaces deeper than its parent; text, front, body, back and div do not
    indent what is in them. White space changes only where it is no text by the schema: of
    --schema, of edition.toml, or the one that the file names; where there is none, by what the
    TEI says of the element. In running text every byte stays, and so do comments, processing
    instructions, references, attribute values, and whatever is in xml:space="preserve". Line ends
    become LF.

    Example: teikit format texts/letter.xml. Next: teikit validate.

    Exit code: 0 done, or nothing to do; 1 with --check or --diff: a file would change, or a file
    cannot be laid out since it is no XML or no TEI; 2 could not go on.
    """
    _check_names(files, schemas)
    run = _Run(is_dry=check or diff, shows_diff=diff, is_filter=_STDIN in files)
    parts = select_files(files, stdin_name)
    given = tuple(os.path.abspath(schema) for schema in schemas)
    with make_jobs() as jobs:
        for part in parts:
            if part.problem:
                raise TeikitError(part.problem)
            part.project = replace(part.project, given=given)
            jobs.limits = limits_for(part.project, timeout, memory)
            run.part(part, jobs)
    run.close()
    raise SystemExit(run.exit_code)


def _check_names(files: Iterable[Path], schemas: Iterable[Path]) -> None:
    """Refuse what cannot be laid out before anything is."""
    files = list(files)
    if _STDIN in files and len(files) > 1:
        raise TeikitError("- is standard input: it cannot be laid out together with files")
    for file in files:
        if file.is_symlink() and not file.is_dir():
            raise TeikitError(f"{file}: is a link: name the file that it leads to")
    for schema in schemas:
        if schema.suffix.lower() not in (".rng", ".rnc"):
            raise TeikitError(f"{schema}: is no RELAX NG schema: these end in .rng or .rnc")
        if not schema.is_file():
            raise TeikitError(f"{schema}: there is no such schema")


@dataclass
class _Run:
    """What is done with each file, and what came of it."""

    is_dry: bool
    shows_diff: bool
    is_filter: bool
    changed: int = 0
    same: int = 0
    problems: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        if self.problems:
            return 2
        return int(bool(self.findings or (self.is_dry and self.changed)))

    def part(self, part: Part, jobs: Workers) -> None:
        """Lay out the files of one project."""
        paths = [path for path in part.paths if path in part.read or not _is_link(part, path)]
        for before, result in format_files(part.project, paths, jobs, part.read):
            shown = part.shown(result.path)
            is_other = result.finding is not None and result.finding.rule == _NOT_TEI
            if is_other and result.path in part.searched:
                continue  # other files than TEI lie in the folder
            if result.finding is not None:
                place = replace(result.finding.place, path=shown)
                self.findings.append(replace(result.finding, place=place))
            elif result.problem:
                self.problems += 1
                _say(f"Error: {visible(result.problem.replace(result.path, shown, 1))}")
            else:
                self.file(part.project.folder, shown, before, result)

    def file(self, folder: Path, shown: str, before: bytes, result: Formatted) -> None:
        """Put one file in its place, or say what would change."""
        is_changed = before != result.data
        self.changed += is_changed
        self.same += not is_changed
        if self.is_filter and not self.is_dry:
            click.echo(result.data, nl=False)
        elif is_changed and self.shows_diff:
            _show("".join(_diff(shown, before, result.data)))
        elif is_changed and self.is_dry:
            line = first_difference(before, result.data)
            _show(f"{visible(shown)}:{line}: is not in the agreed layout\n")
        elif is_changed:
            check_inside(folder, result.path)
            write_formatted(folder / result.path, before, result.data)
            _show(f"{visible(shown)}: laid out\n")

    def close(self) -> None:
        """Say what came of all files."""
        if self.findings:
            from teikit.report import build_report
            from teikit.report_formats.readable import render_readable

            files = self.changed + self.same + len(self.findings)
            _say(render_readable(build_report(self.findings), files).rstrip("\n"))
        if self.is_filter:
            return
        would = "would be laid out anew" if self.is_dry else "laid out"
        left = f", {_files(self.same)} left as {'they are' if self.same != 1 else 'it is'}"
        _say(f"{_files(self.changed)} {would}{left if self.same else ''}.")


def _is_link(part: Part, path: str) -> bool:
    """Return whether a file that was found is a link; what it leads to is found by itself."""
    return (part.project.folder / path).is_symlink()


def _diff(shown: str, before: bytes, after: bytes) -> Iterator[str]:
    import difflib

    from teikit.decoding import decode

    old, new = (decode(data, shown)[0] for data in (before, after))
    lines = difflib.unified_diff(
        old.split("\n"), new.split("\n"), shown, f"{shown} (laid out)", lineterm=""
    )
    for line in lines:
        yield no_command(visible(line)) + "\n"


def _files(count: int) -> str:
    return f"{count} file{'s' * (count != 1)}"


def _show(text: str) -> None:
    echo_readable(text, colour=False)


def _say(text: str) -> None:
    click.echo("\n".join(map(no_command, text.split("\n"))), err=True)
