"""`teikit entities suggest`."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from teikit.cli.entities_list import KINDS, is_named, shown_suggestion, tell_problems
from teikit.cli.options import echo_readable, jobs_options, limits_for, make_jobs
from teikit.cli.selection import Part, select_files
from teikit.entities.choosing import Wanted, missing_numbers, read_numbers, select_suggestions
from teikit.entities.gathering import Searched, gather_entities, search_files
from teikit.entities.records import Search, Suggestion
from teikit.entities.usage import build_search
from teikit.errors import TeikitError
from teikit.safety.worker import Workers

_SHORTEST = 2


@click.command("suggest")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only entities of this kind."
)
@click.option(
    "--entity",
    "entities",
    multiple=True,
    metavar="ID",
    help="Only this entity: its id, or a pointer to it. So you also say which of several is meant.",
)
@click.option("--name", "names", multiple=True, help="Only this name, as the register has it.")
@click.option(
    "--min-length",
    "shortest",
    type=click.IntRange(1, 200),
    default=_SHORTEST,
    show_default=True,
    help="Only names of so many characters. Those of one find much that is not meant.",
)
@click.option(
    "--register",
    "registers",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A TEI file whose entities are looked for too; it lies in the same folder as FILES.",
)
@click.option("--only", default="", metavar="NUMBERS", help="Only these suggestions: 1,3-5.")
@click.option("--skip", default="", metavar="NUMBERS", help="All but these suggestions.")
@click.option("--apply", "is_apply", is_flag=True, help="Mark them in the FILES that you name.")
@click.option("--ask", "is_ask", is_flag=True, help="With --apply: ask about each of them.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["readable", "csv", "json"]),
    default="readable",
    show_default=True,
    help="How to print the suggestions.",
)
@jobs_options
def suggest_command(
    files: tuple[Path, ...],
    registers: tuple[Path, ...],
    only: str,
    skip: str,
    is_apply: bool,
    is_ask: bool,
    form: str,
    timeout: float | None,
    memory: int | None,
    **limits: tuple[str, ...],
) -> None:
    """Show where FILES have a name of the registers that is not marked.

    FILES are texts or folders; without them, all texts of the edition in or above the current
    folder (or in tei/) are meant. A name must stand there letter by letter, as whole words; line
    breaks and spaces do not count. The longest name is taken. The number before a suggestion is
    the same each time, as long as the file stays as it is; numbers begin with 1 in each file.

    With --apply the suggestions are marked, in the files that you name and in no others: with the
    element by which the edition marks this entity, or others of its kind. Nothing else in a file
    changes, not a single byte. What the schema would not allow is not written, nor is a name that
    several entities have, unless --entity, --kind or --ask says which is meant.

    \b
    Examples: teikit entities suggest texts/first.xml
              teikit entities suggest texts/first.xml --apply --only 1,3-5
              teikit entities suggest texts/first.xml --apply --ask

    Next: teikit validate

    Exit code: 0 nothing to suggest (with --apply: all marked), 1 suggestions (with --apply: some
    were not marked), 2 could not go on, or some file could not be read.
    """
    wanted = Wanted(**limits, only=read_numbers(only), skip=read_numbers(skip))
    _check_options(files, wanted, is_apply=is_apply, is_ask=is_ask, form=form)
    is_nowhere = is_apply and (not files or any(file.is_dir() for file in files))
    is_apply, exit_code = is_apply and not is_nowhere, 0
    outcomes = []
    with make_jobs() as jobs:
        for part in select_files(files):
            if part.problem:
                raise TeikitError(part.problem)
            if part.read:
                raise TeikitError("suggest reads files, not standard input: name a file")
            jobs.limits = limits_for(part.project, timeout, memory)
            work = _Work(part, jobs, wanted, registers, named=files)
            if is_apply:
                from teikit.cli.marking import apply_suggestions

                exit_code = max(exit_code, apply_suggestions(work, ask=is_ask))
            else:
                outcomes.append((work, work.search()))
    if not is_apply:
        exit_code = _show(outcomes, form)
    if is_nowhere:
        raise TeikitError(
            "nothing was marked: --apply marks in the files that you name, so name one: teikit "
            "entities suggest texts/first.xml --apply"
        )
    raise SystemExit(exit_code)


def _check_options(
    files: Sequence[Path], wanted: Wanted, *, is_apply: bool, is_ask: bool, form: str
) -> None:
    if is_ask and not is_apply:
        raise click.UsageError("--ask goes with --apply")
    if is_apply and form != "readable":
        raise click.UsageError("--apply prints what it did; leave --format out")
    if (wanted.only or wanted.skip) and (len(files) != 1 or files[0].is_dir()):
        raise TeikitError("--only and --skip are numbers in one file: name one file")


@dataclass(frozen=True)
class _Work:
    """The files of one project that are to be searched, and for what."""

    part: Part
    jobs: Workers
    wanted: Wanted
    registers: tuple[Path, ...]
    named: tuple[Path, ...]

    def paths(self) -> list[str]:
        """Return the files to search: texts, and what was named."""
        left_out = set(self.part.project.registers)
        return [
            path
            for path in self.part.paths
            if path not in left_out or any(is_named(self.part, path, one) for one in self.named)
        ]

    def build_search(self) -> Search:
        """Return what the files are searched for."""
        project = self.part.project
        folder = Path(os.path.abspath(project.folder))
        own = []
        for register in self.registers:
            path = Path(os.path.abspath(register))
            if not path.is_relative_to(folder):
                raise TeikitError(f"{register}: is not in the folder {folder.name} of the files")
            own.append(path.relative_to(folder).as_posix())
        paths = dict.fromkeys([*project.files, *self.part.paths, *own])
        gathered = gather_entities(project, paths, self.jobs, own)
        searched = self.paths()  # what is wrong with these is told when they are
        tell_problems(
            tuple(one for one in gathered.problems if one.partition(":")[0] not in searched),
            self.part,
        )
        if not gathered.entities:
            raise TeikitError(
                "there are no entities whose names could be looked for: put a register into "
                "registers/, or name one with --register FILE"
            )
        search = build_search(
            str(folder),
            gathered.entities,
            gathered.files,
            min(self.wanted.shortest, _SHORTEST),
            {*project.registers, *own},
        )
        self._check_entities(search)
        return search

    def _check_entities(self, search: Search) -> None:
        ids = {name for one in search.known for name in (one.uri, one.uri.rpartition("#")[2])}
        for asked in self.wanted.entities:
            if ids.isdisjoint((asked, asked.rpartition(":")[2], asked.rpartition("#")[2])):
                raise TeikitError(
                    f"{asked}: there is no entity of this id that has a name to look for: "
                    "teikit entities lists them"
                )

    def search(self) -> Searched:
        """Return the suggestions that are wanted."""
        found = search_files(self.part.project, self.paths(), self.build_search(), self.jobs)
        return replace(found, suggestions=tuple(self.select(found.suggestions)))

    def select(self, suggestions: Sequence[Suggestion]) -> list[Suggestion]:
        """Return those of the suggestions that are wanted; numbers are those of the named file."""
        if self.wanted.only or self.wanted.skip:
            own = set(self.paths())
            suggestions = [one for one in suggestions if one.place.path in own]
        missing = missing_numbers(suggestions, self.wanted.only)
        if missing:
            raise TeikitError(
                f"--only {missing[0]}: there is no such suggestion; look at them without --apply"
            )
        return select_suggestions(suggestions, self.wanted)


def _show(outcomes: Sequence[tuple[_Work, Searched]], form: str) -> int:
    """Print the suggestions; return the exit code."""
    from teikit.entities.showing import (
        render_suggestions_csv,
        render_suggestions_json,
        suggestion_lines,
    )

    shown, files, is_partial = [], 0, False
    for work, searched in outcomes:
        tell_problems(searched.problems, work.part)
        is_partial = is_partial or bool(searched.problems)
        files += len(work.paths())
        shown += [shown_suggestion(one, work.part) for one in searched.suggestions]
    if form == "readable":
        lines = [*suggestion_lines(shown), *([""] if shown else []), _summary(shown, files)]
        echo_readable("".join(f"{line}\n" for line in lines), False)
    elif form == "csv":
        click.echo(render_suggestions_csv(shown).encode("utf-8", "backslashreplace"), nl=False)
    else:
        text = render_suggestions_json(shown, files)
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)
    return 2 if is_partial else int(bool(shown))


def _summary(shown: Sequence[Suggestion], files: int) -> str:
    said = f"{files} file{'s' * (files != 1)} searched: {len(shown) or 'no'} suggestion"
    several = sum(len(one.candidates) > 1 for one in shown)
    more = f", {several} of a name that several entities have" if several else ""
    return f"{said}{'s' * (len(shown) != 1)}{more}."
