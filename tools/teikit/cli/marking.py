"""Marking suggestions in the files that were named, one file after the other."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import click

from teikit.cachefolder import find_cache_folder
from teikit.check.edition import schema_path
from teikit.check.records import CheckSettings
from teikit.cli.entities_list import shown_suggestion, tell_problems
from teikit.cli.options import echo_readable
from teikit.cli.selection import Part
from teikit.entities.choosing import clear_choices
from teikit.entities.gathering import search_files
from teikit.entities.records import Choice, Marked, Search, Suggestion
from teikit.entities.showing import suggestion_line, suggestion_lines
from teikit.errors import TeikitError
from teikit.safety.worker import Workers
from teikit.safety.writing import check_inside, write_file
from teikit.visible import no_command, visible


class Work(Protocol):
    """What is to be searched for in which files."""

    part: Part
    jobs: Workers

    def paths(self) -> list[str]:
        """Return the files that were named."""

    def build_search(self) -> Search:
        """Return what they are searched for."""

    def select(self, suggestions: Sequence[Suggestion]) -> list[Suggestion]:
        """Return the suggestions that are wanted."""


def apply_suggestions(work: Work, *, ask: bool) -> int:
    """Mark what is wanted in each file; return 0, or 1 where some of it was not marked."""
    search, part = work.build_search(), work.part
    asker = _Asker(part) if ask else None
    exit_code = 0
    for path in work.paths():
        searched = search_files(part.project, [path], search, work.jobs, keep=True)
        tell_problems(searched.problems, part)
        if searched.problems:
            exit_code = 2
            continue
        wanted = work.select([one for one in searched.suggestions if one.place.path == path])
        choices = asker.ask(wanted) if asker else clear_choices(wanted)
        left = _left(wanted, choices, is_asked=ask)
        marked = Marked(searched.data[path])
        if choices:
            arguments = searched.data[path], path, search, choices, _schemas(part)
            marked = work.jobs.run("mark", *arguments)
            _write(part, path, searched.data[path], marked.data)
        _tell(part, path, marked, wanted, left)
        _tell_of_prefixes(part, path, marked, search)
        exit_code = max(exit_code, int(bool(marked.refused or left)))
        if asker and asker.is_over:
            break
    return exit_code


def _left(
    wanted: Iterable[Suggestion], choices: Iterable[Choice], *, is_asked: bool
) -> list[Suggestion]:
    """Return the suggestions that could not be chosen; who was asked has said no."""
    chosen = {one.number for one in choices}
    return [
        one
        for one in wanted
        if one.number not in chosen and (one.problem or (len(one.candidates) > 1 and not is_asked))
    ]


def _schemas(part: Part) -> CheckSettings:
    project = part.project
    return CheckSettings(
        schema_path(project, project.relaxng),
        schema_path(project, project.schematron),
        project.phase,
        folder=os.path.abspath(project.folder),
        cache=str(find_cache_folder() or ""),
    )


def _write(part: Part, path: str, old: bytes, new: bytes) -> None:
    """Write the file, unless it is no longer what was read."""
    file = Path(os.path.abspath(part.project.folder)) / path
    if new == old:
        return
    check_inside(part.project.folder, path)
    try:
        now = file.read_bytes()
    except OSError as error:
        raise TeikitError(f"{part.shown(path)}: cannot be read: {error.strerror}") from error
    if now != old:
        raise TeikitError(
            f"{part.shown(path)}: was changed while teikit read it, so nothing was written: try "
            "again"
        )
    write_file(file, new)


def _tell(
    part: Part, path: str, marked: Marked, wanted: Iterable[Suggestion], left: Sequence[Suggestion]
) -> None:
    """Print what was done in a file, and what was not and why."""
    said = {one.number: one for one in wanted}
    count = len(marked.done)
    lines = [f"{part.shown(path)}: {count or 'no'} mention{'s' * (count != 1)} marked"]
    for number in marked.done:
        lines.append(f"  {suggestion_line(shown_suggestion(said[number], part))}")
    for refusal in marked.refused:
        name = said[refusal.number].name
        lines.append(f"  {refusal.number}  {name}: was not marked: {refusal.reason}")
    for one in left:
        reason = one.problem or (
            "several entities have this name: say which with --entity ("
            + ", ".join(candidate.pointer for candidate in one.candidates)
            + "), or use --ask"
        )
        lines.append(f"  {one.number}  {one.name}: was not marked: {reason}")
    echo_readable("".join(f"{no_command(visible(line))}\n" for line in lines), False)


def _tell_of_prefixes(part: Part, path: str, marked: Marked, search: Search) -> None:
    """Print that a file has no prefixes for its pointers, where that may be why it has no marks."""
    if marked.refused and search.prefixed and path not in search.prefixed:
        text = (
            f"{part.shown(path)} declares no prefixes for its pointers, but "
            f"{part.shown(search.prefixed[0])} does: copy its listPrefixDef into the encodingDesc, "
            "if the schema wants pointers such as org:x"
        )
        echo_readable(f"{visible(text)}\n", False)


class _Asker:
    """Asks about each suggestion."""

    def __init__(self, part: Part):
        self._part = part
        self._is_all = self.is_over = False

    def ask(self, suggestions: Iterable[Suggestion]) -> tuple[Choice, ...]:
        """Return what the editor chose; raise click.Abort where they broke off."""
        choices = []
        for one in suggestions:
            if one.problem:
                continue
            choice = self._ask(one)
            if self.is_over:
                break
            if choice is not None:
                choices.append(choice)
        return tuple(choices)

    def _ask(self, one: Suggestion) -> Choice | None:
        several = len(one.candidates) > 1
        if self._is_all:
            return None if several else Choice(one.number, one.candidates[0].uri)
        lines = suggestion_lines([shown_suggestion(one, self._part)])
        echo_readable("".join(f"{line}\n" for line in lines), False)
        numbers = [str(number + 1) for number in range(len(one.candidates))] if several else ["y"]
        which = f"1-{len(numbers)}: this entity" if several else "y: yes"
        answer = click.prompt(
            f"Mark it? ({which}, n: no, a: all that are clear, q: no more)",
            type=click.Choice([*numbers, "n", "a", "q"]),
            show_choices=False,
        )
        if answer == "q":
            self.is_over = True
        elif answer == "a":
            self._is_all = True
            return self._ask(one)
        elif answer != "n":
            at = numbers.index(answer)
            return Choice(one.number, one.candidates[at].uri)
        return None
