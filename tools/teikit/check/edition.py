"""A whole edition, or some files of it: every document checked, then one held against another."""

import difflib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from teikit.cachefolder import find_cache_folder
from teikit.check.records import Checked, CheckSettings, PlacedEntity, PlacedPointer
from teikit.check.schemas import Patience, check_schema, load_schema
from teikit.errors import TeikitError
from teikit.files import read_file
from teikit.place import Place
from teikit.project import Project, Witness
from teikit.report import Finding, Report, build_report
from teikit.rules import apply_levels
from teikit.safety.worker import JobFailed, Runner

_GRAMMARS = (".rng", ".rnc")
_FAILED_HINTS = {
    "time": "Is it very large, or made to take long? --timeout gives it more seconds.",
    "memory": "Is it very large, or made to grow? --memory gives it more megabytes.",
    "crash": "Is it very large, or made to do harm? --memory gives it more megabytes.",
}


@dataclass(frozen=True)
class Validation:
    """The outcome of a validation: the report, and what was read for it."""

    report: Report
    checked: tuple[Checked, ...]
    data: dict[str, bytes]  # by path; empty unless it was asked for


def validate_files(
    project: Project,
    paths: Sequence[str],
    jobs: Runner,
    *,
    whole: bool,
    keep: bool = False,
    read: Mapping[str, bytes] | None = None,
    on_done: Callable[[], None] = lambda: None,
) -> Validation:
    """Return what is found in the files at PATHS (relative to the project).

    `whole` says that these are all files of the edition, so that a register entry to which
    nothing points can be told; `keep`, that the bytes of all files are wanted afterwards. `read`
    holds the bytes of files that are not to be read from the disk; `on_done` is called after each
    file.
    """
    reading = _Reading(project, keep, read or {}, on_done)
    settings = _usual_settings(project, jobs, reading)
    findings, patience = reading.findings, Patience(project.folder)
    calls = reading.calls(paths, settings, patience)
    found = jobs.run_all("check", calls, on_done=on_done, on_result=patience.seen)
    results = [_or_finding(path, result) for path, result in zip(reading.paths, found, strict=True)]
    findings.extend(patience.findings)
    findings.extend(_findings_of(results))
    pointers = [pointer for checked in results for pointer in checked.pointers]
    known = _known_ids(project, results, pointers, jobs)
    between = list(check_targets(_not_within_a_whole(pointers, results), known))
    if whole:
        entities = [entity for checked in results for entity in checked.entities]
        between.extend(check_mentions(entities, pointers))
    findings.extend(_complete(between, reading, jobs))
    levelled = apply_levels(findings, project.levels)
    return Validation(build_report(levelled), tuple(results), reading.data)


class _Reading:
    """The files of one run, read one by one as there is somebody to check them."""

    def __init__(
        self,
        project: Project,
        keep: bool,
        given: Mapping[str, bytes],
        on_done: Callable[[], None],
    ):
        self._project, self._keep = project, keep
        self._given, self._on_done = given, on_done
        self._sources: dict[str, bytes | None] = {}
        self.paths: list[str] = []  # of what could be read
        self.data: dict[str, bytes] = {}
        self.findings: list[Finding] = []

    def calls(
        self, paths: Sequence[str], usual: CheckSettings, patience: Patience
    ) -> Iterator[tuple[bytes, str, CheckSettings]]:
        """Yield the arguments of the job for each file."""
        for path in paths:
            content = self.content(path)
            if content is None:
                self._on_done()
                continue
            self.paths.append(path)
            if self._keep:
                self.data[path] = content
            witness = self._project.witness_of(path)
            source = self._source(witness) if witness else None
            yield content, path, patience.allowed(replace(usual, witness=witness, source=source))

    def content(self, path: str) -> bytes | None:
        """Return the bytes of a file: those that were given, or else those on the disk."""
        content = self._given.get(path)
        return self.read(path) if content is None else content

    def read(self, path: str) -> bytes | None:
        content = read_file(self._project.folder, path)
        if isinstance(content, Finding):
            self.findings.append(content)
            return None
        return content

    def _source(self, witness: Witness) -> bytes | None:
        if witness.source not in self._sources:
            self._sources[witness.source] = self.read(witness.source)
        return self._sources[witness.source]


def _complete(findings: Iterable[Finding], reading: _Reading, jobs: Runner) -> Iterator[Finding]:
    """Yield findings that were made without the trees, with what their files say of the places."""
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.place.path, []).append(finding)
    calls = [
        (content, path, tuple(by_path[path]))
        for path in by_path
        if (content := reading.content(path)) is not None
    ]
    completed = jobs.run_all("complete", calls)
    for (_, path, _), result in zip(calls, completed, strict=True):
        if not isinstance(result, JobFailed):
            by_path[path] = list(result.findings)
    for found in by_path.values():
        yield from found


def _usual_settings(project: Project, jobs: Runner, reading: _Reading) -> CheckSettings:
    """Return what each file is checked against; what is wrong with that goes to the findings."""
    folder, cache = os.path.abspath(project.folder), str(find_cache_folder() or "")
    own = _schema(project, project.relaxng), _schema(project, project.schematron)
    unusable = []
    for path in project.given or own:
        if path.lower().endswith(_GRAMMARS):
            problem = check_schema(load_schema(jobs, path, folder, cache), _shown(path, folder))
            if problem is not None:
                reading.findings.append(problem)
                unusable.append(path)
    return CheckSettings(
        *own, folder=folder, cache=cache, given=project.given, unusable=tuple(unusable)
    )


def _shown(path: str, folder: str) -> str:
    """Return the path of a schema as findings name it: relative to the project, if it is there."""
    inside = Path(path).is_relative_to(folder)
    return Path(path).relative_to(folder).as_posix() if inside else Path(path).as_posix()


def _schema(project: Project, path: str) -> str:
    return os.path.abspath(project.folder / path) if path else ""


def _or_finding(path: str, result: Checked | JobFailed) -> Checked:
    if isinstance(result, Checked):
        return result
    finding = Finding(
        Place(path),
        f"safety:{result.reason}",
        f"was not checked to the end: {result}",
        hint=_FAILED_HINTS[result.reason],
    )
    return Checked(path, False, (finding,))


def _findings_of(results: Sequence[Checked]) -> Iterator[Finding]:
    """Yield the findings of all documents, each as what it is in the file that it stands in."""
    included = {path for checked in results for path in checked.includes}
    for checked in results:
        for finding in checked.findings:
            if finding.rule == "tei:not-tei" and checked.path in included:
                continue  # a part of a document need not be one
            if finding.place.path != checked.path:  # the ordinal is that in the whole
                finding = replace(finding, ordinal=-1)
            yield finding


def _not_within_a_whole(
    pointers: Iterable[PlacedPointer], results: Iterable[Checked]
) -> Iterator[PlacedPointer]:
    """Yield the pointers that do not lead from one part of a document to another.

    What a part points to may stand in another, which it knows only in the whole that includes both.
    """
    wholes = [
        (frozenset((checked.path, *checked.includes)), frozenset(checked.ids))
        for checked in results
        if checked.includes
    ]
    for pointer in pointers:
        path, _, fragment = pointer.target.partition("#")
        if not any(
            fragment in ids and path in parts and pointer.place.path in parts
            for parts, ids in wholes
        ):
            yield pointer


def _known_ids(
    project: Project, results: Iterable[Checked], pointers: Iterable[PlacedPointer], jobs: Runner
) -> dict[str, frozenset[str] | None]:
    """Return the ids of every file that is pointed to; None for one that is not there."""
    known: dict[str, frozenset[str] | None] = {
        checked.path: frozenset(checked.ids) for checked in results
    }
    wanted = sorted({pointer.target.partition("#")[0] for pointer in pointers} - set(known))
    to_read = []
    for path in wanted:
        file = project.folder / path
        if not file.resolve().is_relative_to(project.folder.resolve()) or not file.exists():
            known[path] = None
        elif file.suffix.lower() in (".xml", ".odd", ".tei", ".rng", ".svg") and file.is_file():
            content = read_file(project.folder, path)
            to_read.append((b"" if isinstance(content, Finding) else content, path))
        else:
            known[path] = frozenset()
    for (_, path), result in zip(to_read, jobs.run_all("ids", to_read), strict=True):
        known[path] = frozenset() if isinstance(result, TeikitError) else frozenset(result.ids)
    return known


def check_targets(
    pointers: Iterable[PlacedPointer], ids: Mapping[str, frozenset[str] | None]
) -> Iterator[Finding]:
    """Yield a finding for each pointer whose file or id is not there.

    `ids` has the ids of each file that is pointed to: None where there is no such file; a file
    that is not XML has no ids.
    """
    for pointer in pointers:
        path, _, fragment = pointer.target.partition("#")
        known = ids.get(path)
        if known is None:
            yield Finding(
                pointer.place,
                "pointers:unknown-file",
                f'@{pointer.attribute} says "{pointer.raw}", but there is no file {path}',
                hint="Correct the pointer, or add the file.",
                ordinal=pointer.ordinal,
            )
        elif fragment and fragment not in known:
            near = tuple(difflib.get_close_matches(fragment, known, 3, 0.7))
            yield Finding(
                pointer.place,
                "pointers:unknown-target",
                f'@{pointer.attribute} says "{pointer.raw}", but {_where(pointer, path)} '
                f'has no xml:id="{fragment}"',
                hint=f"Did you mean {near[0]}?"
                if near
                else "Correct the pointer, or give the id to the element that is meant.",
                expected=near,
                ordinal=pointer.ordinal,
            )


def _where(pointer: PlacedPointer, path: str) -> str:
    return "this file" if path == pointer.place.path else path


def check_mentions(
    entities: Iterable[PlacedEntity], pointers: Iterable[PlacedPointer]
) -> Iterator[Finding]:
    """Yield a warning for each entity that no text mentions and no relation needs."""
    needed = {pointer.target for pointer in pointers}
    for entity in entities:
        if entity.uri not in needed:
            yield Finding(
                entity.place,
                "registers:no-mention",
                f"{entity.name or entity.uri} is in the register, but nothing points to it",
                severity="warning",
                ordinal=entity.ordinal,
                hint="Mark its mention in a text, or take the entry out.",
            )
