"""Whether the schemas of a run can be used, told once and not again by every file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from teikit.check.records import CheckSettings
from teikit.errors import TeikitError
from teikit.place import Place
from teikit.report import Finding
from teikit.safety.worker import JobFailed, Runner
from teikit.schema.state import SchemaState

_PATIENCE = 3  # documents that may hit a limit before their schema is put aside
_HINT = "A schema that was made to take long cannot be used. Take it from where it was published."


def load_schema(jobs: Runner, path: str, folder: str, cache: str) -> SchemaState:
    """Return whether the RELAX NG file can be used; a limit that it hits is among the reasons."""
    try:
        return jobs.run("schema", path, folder, cache)
    except JobFailed as failure:
        return SchemaState(path, f"{path}: {failure}", failure.reason)


def check_schema(state: SchemaState, shown: str) -> Finding | None:
    """Return the finding about a schema, called SHOWN, that is too much to read.

    Raises TeikitError where it is no sound schema.
    """
    if state.reason == "unsound":
        raise TeikitError(state.problem)
    if not state.reason:
        return None
    rule = "relaxng:too-complex" if state.reason == "complex" else f"safety:{state.reason}"
    why = state.problem.removeprefix(f"{state.path}: ")
    return Finding(
        Place(shown),
        rule,
        f"this schema was not read to the end: {why}. No file was validated against it",
        hint=_HINT,
    )


class Patience:
    """Puts schemas aside with which one document after the other hits a limit, and none does not.

    Else each file of a large edition would take all of its time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lost: dict[tuple[str, ...], int] = {}
        self._fine: set[tuple[str, ...]] = set()
        self.findings: list[Finding] = []

    def seen(self, arguments: Sequence[Any], result: object) -> None:
        """Take note of what became of one job `check`."""
        key = _schemas_of(arguments[2])
        if not any(key) or key in self._fine:
            return
        if not isinstance(result, JobFailed):
            self._fine.add(key)
            return
        self._lost[key] = self._lost.get(key, 0) + 1
        if self._lost[key] == _PATIENCE:
            self.findings.append(self._finding(key, result))

    def allowed(self, settings: CheckSettings) -> CheckSettings:
        """Return the settings, without the schemas that were put aside."""
        key = _schemas_of(settings)
        if key in self._fine or self._lost.get(key, 0) < _PATIENCE:
            return settings
        return replace(settings, unusable=(*settings.unusable, *key))

    def _finding(self, key: tuple[str, ...], failure: JobFailed) -> Finding:
        names = [self._shown(path) for path in key if path]
        return Finding(
            Place(names[-1]),
            f"safety:{failure.reason}",
            f"with {' and '.join(names)} each of {_PATIENCE} files hit a limit: {failure}. "
            "The other files were not held against it",
            hint=_HINT,
        )

    def _shown(self, path: str) -> str:
        file = Path(path)
        return (
            file.relative_to(self._folder).as_posix()
            if file.is_relative_to(self._folder)
            else file.as_posix()
        )


def _schemas_of(settings: CheckSettings) -> tuple[str, ...]:
    chosen = settings.given or (settings.relaxng, settings.schematron)
    return tuple(path for path in chosen if path and path not in settings.unusable)
