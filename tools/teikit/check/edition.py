"""A whole edition, or some files of it: every document checked, then one held against another."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from teikit.check.records import Checked, CheckSettings, PlacedEntity, PlacedPointer
from teikit.errors import TeikitError
from teikit.files import read_file
from teikit.place import Place
from teikit.project import Project
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
    data: dict[str, bytes]


def validate_files(
    project: Project, paths: Sequence[str], jobs: Runner, *, whole: bool
) -> Validation:
    """Return what is found in the files at PATHS (relative to the project).

    `whole` says that these are all files of the edition, so that a register entry to which
    nothing points can be told.
    """
    findings: list[Finding] = []
    data: dict[str, bytes] = {}
    for path in paths:
        content = read_file(project.folder, path)
        if isinstance(content, Finding):
            findings.append(content)
        else:
            data[path] = content
    calls, sources = [], {}
    for path, content in data.items():
        settings, problems = _settings(project, path, sources)
        findings.extend(problems)
        calls.append((content, path, settings))
    results = [
        _or_finding(path, result)
        for (_, path, _), result in zip(calls, jobs.run_all("check", calls), strict=True)
    ]
    for checked in results:
        findings.extend(checked.findings)
    pointers = [pointer for checked in results for pointer in checked.pointers]
    findings.extend(check_targets(pointers, _known_ids(project, results, pointers, jobs)))
    if whole:
        entities = [entity for checked in results for entity in checked.entities]
        findings.extend(check_mentions(entities, pointers))
    return Validation(build_report(findings), tuple(results), data)


def _settings(
    project: Project, path: str, sources: dict[str, bytes | None]
) -> tuple[CheckSettings, list[Finding]]:
    witness, findings = project.witness_of(path), []
    source = None
    if witness:
        if witness.source not in sources:
            content = read_file(project.folder, witness.source)
            if isinstance(content, Finding):
                findings.append(content)
                content = None
            sources[witness.source] = content
        source = sources[witness.source]
    return CheckSettings(
        _schema(project, project.relaxng),
        _schema(project, project.schematron),
        witness,
        source,
        str(project.folder),
    ), findings


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
