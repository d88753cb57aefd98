"""A whole edition, or some files of it: every document checked, then one held against another."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from teikit.cachefolder import find_cache_folder
from teikit.check.across import find_across, find_unmarked, what_ran
from teikit.check.allowing import apply_allowances
from teikit.check.catalogs import load_catalog
from teikit.check.echoes import join_echoes
from teikit.check.named_files import check_named_files
from teikit.check.records import Allowance, Checked, CheckSettings
from teikit.check.schemas import Patience, check_schema, load_schema
from teikit.errors import TeikitError
from teikit.files import is_inside, read_file, read_own, shown_inside
from teikit.place import Place
from teikit.project import Project
from teikit.report import Finding, Report, build_report, cut_finding
from teikit.rules import apply_levels
from teikit.safety.worker import JobFailed, Runner
from teikit.witness import Witness

# what is rather said of the schema or of this computer than of each file
_OF_THE_RUN = frozenset(
    {"schema:none", "schematron:not-run", "schematron:refused", "schematron:failed"}
)
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
    reading = _Reading(project, keep, read or {}, on_done, jobs.largest_document)
    settings = _usual_settings(project, jobs, reading)
    findings, patience = reading.findings, Patience(settings.folder, jobs)
    calls = reading.calls(paths, settings, patience)
    found = jobs.run_all("check", calls, on_done=on_done, on_result=patience.seen)
    results = [_or_finding(path, result) for path, result in zip(reading.paths, found, strict=True)]
    findings.extend(patience.findings)
    own, included = _findings_of(results)
    findings.extend(own)
    if whole:
        findings.extend(check_named_files(project))
    # what could not be read may point to any entry
    knows_all = whole and len(results) == len(paths) and all(one.is_readable for one in results)
    findings.extend(_complete(find_across(project, results, jobs, whole=knows_all), reading, jobs))
    findings.extend(find_unmarked(project, results, jobs, {**(read or {}), **reading.data}))
    report = _judge(project, findings, included, results, whole=knows_all)
    return Validation(report, tuple(results), reading.data)


def _judge(
    project: Project,
    findings: Iterable[Finding],
    included: Iterable[Finding],
    results: Sequence[Checked],
    *,
    whole: bool,
) -> Report:
    """Return what is left when the settings and the allowances in the files were heard."""
    left, allowed = apply_allowances(
        join_echoes(apply_levels(findings, project.levels)),
        [one for checked in results for one in checked.allowances if _is_own(one, checked)],
        what_ran(project, results, whole=whole),
    )
    more, allowed_more = apply_allowances(
        join_echoes(apply_levels(included, project.levels)),
        [one for checked in results for one in checked.allowances if not _is_own(one, checked)],
        lambda _rule, _path: False,  # each file says itself what it allows for nothing
    )
    left.extend(replace(one, ordinal=-1) for one in more)  # the ordinal is that in the whole
    return build_report(apply_levels(left, project.levels), allowed + allowed_more)


class _Reading:
    """The files of one run, read one by one as there is somebody to check them."""

    def __init__(
        self,
        project: Project,
        keep: bool,
        given: Mapping[str, bytes],
        on_done: Callable[[], None],
        largest: int,
    ):
        self._project, self._keep = project, keep
        self._given, self._on_done, self._largest = given, on_done, largest
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
        return self._or_finding(read_file(self._project.folder, path, self._largest))

    def _or_finding(self, content: bytes | Finding) -> bytes | None:
        if isinstance(content, Finding):
            self.findings.append(content)
            return None
        return content

    def _source(self, witness: Witness) -> bytes | None:
        if witness.source not in self._sources:
            self._sources[witness.source] = self._or_finding(
                read_own(self._project.folder, witness.source, self._largest)
            )
        return self._sources[witness.source]


def _complete(findings: Iterable[Finding], reading: _Reading, jobs: Runner) -> Iterator[Finding]:
    """Yield findings that were made without the trees, with what their files say of the places."""
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.place.path, []).append(cut_finding(finding))
    asked: list[str] = []

    def calls() -> Iterator[tuple[bytes, str, tuple[Finding, ...]]]:
        for path, found in by_path.items():
            content = reading.content(path)
            if content is not None:
                asked.append(path)
                yield content, path, tuple(found)

    for path, result in zip(asked, jobs.run_all("complete", calls()), strict=True):
        if not isinstance(result, JobFailed):
            by_path[path] = list(result.findings)
    for found in by_path.values():
        yield from found


def _usual_settings(project: Project, jobs: Runner, reading: _Reading) -> CheckSettings:
    """Return what each file is checked against; what is wrong with that goes to the findings."""
    folder, cache = os.path.abspath(project.folder), str(find_cache_folder() or "")
    own = schema_path(project, project.relaxng), schema_path(project, project.schematron)
    unusable = []
    for path in project.given or own:
        if path.lower().endswith(_GRAMMARS):
            problem = check_schema(
                load_schema(jobs, path, folder, cache), shown_inside(folder, path)
            )
            if problem is not None:
                reading.findings.append(problem)
                unusable.append(path)
    catalog, problem = load_catalog(project, jobs)
    if problem is not None:
        reading.findings.append(problem)
    return CheckSettings(
        *own,
        project.phase,
        folder=folder,
        cache=cache,
        given=project.given,
        unusable=tuple(unusable),
        catalog=catalog,
    )


def schema_path(project: Project, path: str) -> str:
    """Return the absolute path of a schema that edition.toml names; empty where it names none."""
    if path and not is_inside(project.folder, path):
        raise TeikitError(
            f"{project.folder / path}: a link leads out of the edition's folder: put the schema "
            "itself there, or name it with --schema FILE"
        )
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


def _findings_of(results: Sequence[Checked]) -> tuple[list[Finding], list[Finding]]:
    """Return what was found in the files themselves, and in what they include.

    What is a part of a document need not be one.
    """
    parts = {path for checked in results for path in checked.includes}
    own, included = [], []
    for checked in results:
        for finding in checked.findings:
            if not _is_own(finding, checked):
                included.append(finding)
            elif finding.rule != "tei:not-tei" or checked.path not in parts:
                own.append(finding)
    return _once(own), included


def _once(findings: list[Finding]) -> list[Finding]:
    """Return the findings; what is said of many files as a whole stands at the first of them."""
    of_files: dict[tuple[str, str], list[Finding]] = {}
    others = []
    for one in findings:
        if one.rule in _OF_THE_RUN and not one.place.line:
            of_files.setdefault((one.rule, one.message), []).append(one)
        else:
            others.append(one)
    for first, *more in of_files.values():
        said = f" (so too {len(more)} other file{'s' * (len(more) != 1)})" if more else ""
        others.append(replace(first, message=first.message + said))
    return others


def _is_own(found: Finding | Allowance, checked: Checked) -> bool:
    """Return whether it stands in the file itself, and not in one that it includes."""
    return found.place.path == checked.path
