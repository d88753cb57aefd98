"""Whether the schemas of a run can be used, told once and not again by every file."""

import contextlib
from collections import Counter
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
_HINTS = {
    "time": "A large schema needs more: give each file more seconds with --timeout, or under "
    "[limits] in edition.toml.",
    "memory": "A large schema needs more: give each file more megabytes with --memory, or under "
    "[limits] in edition.toml.",
    "crash": "Give it more megabytes with --memory; or take the schema again from where it was "
    "published.",
}
_TOO_COMPLEX = (
    "A schema that was made to take long cannot be used. Take it from where it was published."
)


def load_schema(jobs: Runner, path: str, folder: str, cache: str) -> SchemaState:
    """Return whether the RELAX NG file can be used; a limit that it hits is among the reasons."""
    try:
        return jobs.run("schema", path, folder, cache)
    except JobFailed as failure:
        return SchemaState(path, str(failure), failure.reason)


def check_schema(state: SchemaState, shown: str) -> Finding | None:
    """Return the finding about a schema, called SHOWN, that cannot be used.

    Raises TeikitError where it is not there.
    """
    if state.reason == "missing":
        raise TeikitError(
            f"{shown}: there is no such schema; relaxng under [schema] in edition.toml names it: "
            "correct the path, or put the schema there"
        )
    if not state.reason:
        return None
    place = Place(shown, state.line, 1, state.line, 1) if state.line else Place(shown)
    if state.reason == "unsound":
        return Finding(
            place,
            "relaxng:bad-schema",
            f"is no sound RELAX NG schema, so that no file was held against it: {state.problem}",
            hint="Correct the schema, or take it again from where it was published.",
        )
    return Finding(
        place,
        "relaxng:too-complex" if state.reason == "complex" else f"safety:{state.reason}",
        f"was not read to the end, so that no file was held against it: {state.problem}",
        hint=_hint(state.reason),
    )


def _hint(reason: str) -> str:
    """Return what to do about a schema that hit a limit."""
    return _HINTS.get(reason, _TOO_COMPLEX)


class Patience:
    """Puts schemas aside with which most documents hit a limit.

    Else each file of a large edition would take all of its time.
    """

    def __init__(self, folder: Path, jobs: Runner) -> None:
        self._folder, self._jobs = folder, jobs
        self._lost: Counter[tuple[str, ...]] = Counter()
        self._fine: Counter[tuple[str, ...]] = Counter()
        self._aside: dict[str, None] = {}
        self.findings: list[Finding] = []

    def seen(self, arguments: Sequence[Any], result: object) -> None:
        """Take note of what became of one job `check`."""
        key = _schemas_of(arguments[2])
        if not isinstance(result, JobFailed):
            self._fine[key] += 1
        elif key:
            self._lose(key, self._fine[key], result)
        else:
            with contextlib.suppress(TeikitError):  # then the document itself is to blame
                self._look_into(*arguments, result)

    def allowed(self, settings: CheckSettings) -> CheckSettings:
        """Return the settings, without the schemas that were put aside."""
        if not self._aside:
            return settings
        return replace(settings, unusable=(*settings.unusable, *self._aside))

    def _look_into(
        self, data: bytes, path: str, settings: CheckSettings, failure: JobFailed
    ) -> None:
        """Find out whether a schema that the document names is what took so long."""
        named = self._jobs.run("named", data, path, settings)
        key = (*named.relaxng, *named.schematron)
        if not key or any(schema in self._aside for schema in key):
            return
        for schema in named.relaxng:
            state = load_schema(self._jobs, schema, settings.folder, settings.cache)
            if state.reason and state.reason not in ("missing", "unsound"):
                self._put_aside((schema,), check_schema(state, self._shown(schema)))
                return
        without = replace(settings, unusable=(*settings.unusable, *key))
        self._jobs.run("check", data, path, without)
        self._lose(key, 0, failure)

    def _lose(self, key: tuple[str, ...], fine: int, failure: JobFailed) -> None:
        self._lost[key] += 1
        if self._lost[key] >= max(_PATIENCE, fine) and not any(one in self._aside for one in key):
            self._put_aside(key, self._finding(key, failure))

    def _put_aside(self, key: tuple[str, ...], finding: Finding | None) -> None:
        self._aside |= dict.fromkeys(key)
        if finding is not None:
            self.findings.append(finding)

    def _finding(self, key: tuple[str, ...], failure: JobFailed) -> Finding:
        names = [self._shown(path) for path in key if path]
        return Finding(
            Place(names[-1]),
            f"safety:{failure.reason}",
            f"{self._lost[key]} files hit a limit when they were held against "
            f"{' and '.join(names)}. The files after them were not held against it",
            hint=_hint(failure.reason),
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
