"""A whole edition, or some files of it: every document checked, then one held against another."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from teikit.check.allowances import apply_allowances
from teikit.check.names import (
    check_entity_ids,
    check_mentions,
    check_text_ids,
    check_two_ids,
    known_names,
)
from teikit.check.records import Checked, CheckSettings, Ids, PlacedEntity, PlacedPointer
from teikit.check.targets import Elsewhere, check_targets
from teikit.errors import TeikitError
from teikit.files import read_file
from teikit.place import Place
from teikit.project import Project
from teikit.report import Finding, Report, build_report
from teikit.rules import level_of
from teikit.safety.worker import JobFailed, Runner

_WITH_IDS = (".xml", ".odd", ".tei", ".rng", ".svg")
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
    findings.extend(_across(project, results, jobs, whole=whole))
    findings.extend(_find_unmarked(project, results, data, jobs))
    allowances = [allowance for checked in results for allowance in checked.allowances]
    settings = {path: settings for _, path, settings in calls}
    ran = _what_ran(project, findings, settings, whole=whole)
    findings = apply_allowances(findings, allowances, ran)
    return Validation(build_report(findings), tuple(results), data)


def _across(
    project: Project, results: Sequence[Checked], jobs: Runner, *, whole: bool
) -> Iterable[Finding]:
    """Yield what is found by holding one document against another."""
    pointers = [pointer for checked in results for pointer in checked.pointers]
    ids = _known_ids(project, results, pointers, jobs)
    registers = set(project.registers) & set(ids)
    short_forms = {checked.path: checked.short_forms for checked in results}
    yield from check_targets(pointers, ids, Elsewhere(tuple(sorted(registers)), short_forms))
    entities = [entity for checked in results for entity in checked.entities]
    if project.files:
        listed = [entity for entity in entities if entity.place.path in registers]
        yield from check_text_ids(text for checked in results for text in checked.texts)
        yield from check_entity_ids(listed)
        yield from check_two_ids(listed)
    if whole:
        keys = {key for checked in results for key in checked.keys}
        yield from check_mentions(entities, pointers, keys)


def _find_unmarked(
    project: Project, results: Sequence[Checked], data: dict[str, bytes], jobs: Runner
) -> list[Finding]:
    """Return the mentions that are not marked; none unless the rule is switched on."""
    level = level_of("registers:unmarked", getattr(project, "levels", ()))
    if level == "off":
        return []
    here = {checked.path: checked for checked in results if checked.is_readable}
    entities = [entity for path in project.registers if path in here
                for entity in here[path].entities]  # fmt: skip
    missing = [path for path in project.registers if path not in here]
    if missing and not project.files == tuple(data):
        entities += _entities_of(project, missing, jobs)
    names = known_names(entities)
    calls = [
        (data[path], path, names) for path in here if names and path not in project.registers
    ]
    found = [
        finding
        for result in jobs.run_all("unmarked", calls)
        if not isinstance(result, TeikitError)
        for finding in result.findings
    ]
    return [replace(finding, severity=level) for finding in found]


def _entities_of(project: Project, paths: Iterable[str], jobs: Runner) -> list[PlacedEntity]:
    """Return the entities of registers that are not themselves validated."""
    calls = [
        (content, path, CheckSettings())
        for path in paths
        if isinstance(content := read_file(project.folder, path), bytes)
    ]
    return [
        entity
        for result in jobs.run_all("check", calls)
        if isinstance(result, Checked)
        for entity in result.entities
    ]


def _what_ran(
    project: Project,
    findings: Iterable[Finding],
    settings: dict[str, CheckSettings],
    *,
    whole: bool,
) -> Callable[[str, str], bool]:
    """Return a function that says whether a rule was tried on a file."""
    levels = getattr(project, "levels", ())
    not_tei = {finding.place.path for finding in findings if finding.rule == "tei:not-tei"}
    no_rules = {finding.place.path for finding in findings if finding.rule == "schematron:not-run"}

    def ran(rule: str, path: str) -> bool:
        family = rule.partition(":")[0]
        if path in not_tei or path not in settings or level_of(rule, levels) == "off":
            return False
        if family == "relaxng":
            return bool(settings[path].relaxng)
        if family == "schematron":
            return bool(settings[path].schematron) and path not in no_rules
        if family == "witness":
            return settings[path].source is not None
        if family == "registers" or rule in ("ids:text-clash", "ids:entity-clash"):
            return whole
        return True

    return ran


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
        _schema(project, project.relaxng), _schema(project, project.schematron), witness, source
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
    """Return the ids of every XML file that is pointed to; None for one that is not there.

    What cannot be read, or is no XML, is not among them.
    """
    known: dict[str, frozenset[str] | None] = {
        checked.path: frozenset(checked.ids) for checked in results if checked.is_readable
    }
    not_judged = {checked.path for checked in results if not checked.is_readable}
    wanted = {pointer.target.partition("#")[0] for pointer in pointers}
    if any(_is_broken(pointer, known) for pointer in pointers):
        wanted.update(project.registers)  # from which the right pointer can be suggested
    to_read = []
    for path in sorted(wanted - set(known) - not_judged):
        if not _is_there(project.folder, path):
            known[path] = None
        elif path.lower().endswith(_WITH_IDS):
            content = read_file(project.folder, path)
            if isinstance(content, bytes):
                to_read.append((content, path))
    for (_, path), result in zip(to_read, jobs.run_all("ids", to_read), strict=True):
        if isinstance(result, Ids) and result.is_readable:
            known[path] = frozenset(result.ids)
    return known


def _is_broken(pointer: PlacedPointer, known: dict[str, frozenset[str] | None]) -> bool:
    path, _, fragment = pointer.target.partition("#")
    return path not in known or bool(fragment and fragment not in (known[path] or ()))


def _is_there(folder: Path, path: str) -> bool:
    """Return whether there is something at FOLDER/PATH, and not by a link that leads out."""
    try:
        file = (folder / path).resolve()
        return file.is_relative_to(folder.resolve()) and file.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False
