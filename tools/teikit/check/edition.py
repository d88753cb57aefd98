"""A whole edition, or some files of it: every document checked, then one held against another."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from teikit.cachefolder import find_cache_folder
from teikit.check.across import find_across, find_unmarked, what_ran
from teikit.check.allowances import apply_allowances
from teikit.check.records import Checked, CheckSettings
from teikit.check.schemas import Patience, check_schema, load_schema
from teikit.files import read_file
from teikit.place import Place
from teikit.project import Project, Witness
from teikit.report import Finding, Report, build_report
from teikit.rules import apply_levels
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
    for checked in results:
        findings.extend(checked.findings)
    findings.extend(find_across(project, results, jobs, whole=whole))
    findings.extend(find_unmarked(project, results, jobs, {**(read or {}), **reading.data}))
    left, allowed = apply_allowances(
        apply_levels(findings, project.levels),
        [allowance for checked in results for allowance in checked.allowances],
        what_ran(project, settings, results, whole=whole),
    )
    report = build_report(apply_levels(left, project.levels), allowed)
    return Validation(report, tuple(results), reading.data)


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
            content = self._given.get(path)
            content = self.read(path) if content is None else content
            if content is None:
                self._on_done()
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
    relaxng = _given(project, ".rng", ".rnc") or _schema(project, project.relaxng)
    folder, cache = str(project.folder), str(find_cache_folder() or "")
    if relaxng:
        problem = check_schema(load_schema(jobs, relaxng, folder, cache), project.relaxng)
        if problem is not None:
            reading.findings.append(problem)
            relaxng = ""
    schematron = _given(project, ".sch") or _schema(project, project.schematron)
    return CheckSettings(relaxng, schematron, folder=folder, cache=cache)


def _given(project: Project, *suffixes: str) -> str:
    return next((path for path in project.given if path.lower().endswith(suffixes)), "")


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
