"""Files of a project -> what each says of entities and mentions, by the job `entities`."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from teikit.check.records import PlacedEntity
from teikit.entities.records import Listed, Search, Suggested, Suggestion
from teikit.files import is_inside, read_file
from teikit.project import Project
from teikit.report import Finding
from teikit.safety.worker import JobFailed, Runner


@dataclass(frozen=True)
class Gathered:
    """What was read, and why some files were not."""

    files: tuple[Listed, ...]
    problems: tuple[str, ...] = ()

    @property
    def entities(self) -> tuple[PlacedEntity, ...]:
        """Return all entities, each once; categories of analysis are none."""
        found = {one.uri: one for file in self.files for one in file.entities}
        pointed = {target for file in self.files for one in file.mentions for target in one.targets}
        return tuple(
            found[uri]
            for uri in sorted(found)
            if found[uri].kind != "interp" and (uri in pointed or not found[uri].if_mentioned)
        )


def gather_entities(
    project: Project, paths: Iterable[str], jobs: Runner, registers: Collection[str] = ()
) -> Gathered:
    """Return what the files at PATHS say; REGISTERS are those that somebody named as such."""
    folder = os.path.abspath(project.folder)
    reader = _Reader(project, jobs)
    calls = ((data, path, folder, path in registers) for path, data in reader.read(paths))
    files = []
    for path, result in zip(reader.done, jobs.run_all("entities", calls), strict=True):
        if isinstance(result, JobFailed):
            reader.problems.append(f"{path}: was not read to the end: {result}")
        elif result.problem is not None:
            reader.problems.append(_said(result.problem))
        else:
            files.append(result)
    return Gathered(tuple(files), tuple(reader.problems))


@dataclass(frozen=True)
class Searched:
    """The suggestions for some files, the bytes of these, and why some were not searched."""

    suggestions: tuple[Suggestion, ...]
    data: Mapping[str, bytes]
    problems: tuple[str, ...] = ()


def search_files(
    project: Project, paths: Sequence[str], search: Search, jobs: Runner, *, keep: bool = False
) -> Searched:
    """Return the suggestions for the files at PATHS and what they include, each once.

    `keep` says that the bytes of the files are wanted, as they were when they were searched.
    """
    reader = _Reader(project, jobs, keep)
    calls = ((data, path, search) for path, data in reader.read(paths))
    found: dict[object, Suggestion] = {}
    own = set(paths)
    for path, result in zip(reader.done, jobs.run_all("suggest", calls), strict=True):
        if isinstance(result, JobFailed):
            reader.problems.append(f"{path}: was not searched to the end: {result}")
            continue
        if result.problem is not None:
            reader.problems.append(_said(result.problem))
        for one in _of_file(result, path, own):
            found.setdefault(one.place, one)
    ordered = tuple(found[place] for place in sorted(found))
    return Searched(ordered, reader.data, tuple(reader.problems))


def _of_file(result: Suggested, path: str, own: set[str]) -> Iterator[Suggestion]:
    """Yield the suggestions; those in an included file that is searched itself stand there."""
    for one in result.suggestions:
        if one.place.path == path or one.place.path not in own:
            yield one


def _said(problem: Finding) -> str:
    return f"{problem.place}: {problem.message}"


def is_there(project: Project, path: str) -> bool:
    """Return whether the project has this file."""
    return is_inside(project.folder, path) and os.path.exists(project.folder / path)


@dataclass
class _Reader:
    """Reads files one by one, as there is somebody to work on them."""

    project: Project
    jobs: Runner
    keep: bool = False
    done: list[str] = field(default_factory=list)
    data: dict[str, bytes] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for path in paths:
            data = read_file(self.project.folder, path, self.jobs.largest_document)
            if isinstance(data, Finding):
                self.problems.append(_said(data))
                continue
            self.done.append(path)
            if self.keep:
                self.data[path] = data
            yield path, data
