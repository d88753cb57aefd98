"""A whole edition, or some files of it: every document checked, then one held against another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from teikit.cachefolder import find_cache_folder
from teikit.check.nearest import Nearest
from teikit.check.records import Checked, CheckSettings, PlacedEntity, PlacedPointer
from teikit.check.schemas import Patience, check_schema, load_schema
from teikit.errors import TeikitError
from teikit.files import read_file
from teikit.place import Place
from teikit.project import Project, Witness
from teikit.report import Finding, Report, build_report
from teikit.safety.worker import JobFailed, Runner

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
    project: Project, paths: Sequence[str], jobs: Runner, *, whole: bool, keep: bool = False
) -> Validation:
    """Return what is found in the files at PATHS (relative to the project).

    `whole` says that these are all files of the edition, so that a register entry to which
    nothing points can be told; `keep`, that the bytes of all files are wanted afterwards.
    """
    reading = _Reading(project, keep)
    settings = _usual_settings(project, jobs, reading)
    findings, patience = reading.findings, Patience(project.folder)
    found = jobs.run_all("check", reading.calls(paths, settings, patience), on_result=patience.seen)
    results = [_or_finding(path, result) for path, result in zip(reading.paths, found, strict=True)]
    findings.extend(patience.findings)
    for checked in results:
        findings.extend(checked.findings)
    pointers = [pointer for checked in results for pointer in checked.pointers]
    findings.extend(check_targets(pointers, _known_ids(project, results, pointers, jobs)))
    if whole:
        entities = [entity for checked in results for entity in checked.entities]
        findings.extend(check_mentions(entities, pointers))
    return Validation(build_report(findings), tuple(results), reading.data)


class _Reading:
    """The files of one run, read one by one as there is somebody to check them."""

    def __init__(self, project: Project, keep: bool):
        self._project, self._keep = project, keep
        self._sources: dict[str, bytes | None] = {}
        self.paths: list[str] = []  # of what could be read
        self.data: dict[str, bytes] = {}
        self.findings: list[Finding] = []

    def calls(
        self, paths: Sequence[str], usual: CheckSettings, patience: Patience
    ) -> Iterator[tuple[bytes, str, CheckSettings]]:
        """Yield the arguments of the job for each file."""
        for path in paths:
            content = self.read(path)
            if content is None:
                continue
            self.paths.append(path)
            if self._keep:
                self.data[path] = content
            witness = self._project.witness_of(path)
            source = self._source(witness) if witness else None
            yield content, path, patience.allowed(replace(usual, witness=witness, source=source))

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


def _usual_settings(project: Project, jobs: Runner, reading: _Reading) -> CheckSettings:
    """Return what each file is checked against; what is wrong with that goes to the findings."""
    relaxng = _schema(project, project.relaxng)
    folder, cache = str(project.folder), str(find_cache_folder() or "")
    if relaxng:
        problem = check_schema(load_schema(jobs, relaxng, folder, cache), project.relaxng)
        if problem is not None:
            reading.findings.append(problem)
            relaxng = ""
    schematron = _schema(project, project.schematron)
    return CheckSettings(relaxng, schematron, folder=folder, cache=cache)


def _schema(project: Project, path: str) -> str:
    return str(project.folder / path) if path else ""


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
    nearest = Nearest()
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
            near = nearest.find(path, fragment, known)
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
