"""Running patterns so that one that cannot be run does not take the others with it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from teikit.schema.schematron.hits import CannotRun, Hit, Source
from teikit.schema.schematron.stylesheet import all_assertions
from teikit.schema.schematron.values import Assertion, Pattern, Schema


class Runnable(Protocol):
    """Patterns that an engine has compiled."""

    def run(self, source: Source) -> Iterator[Hit]:
        """Yield where assertions are broken; raise CannotRun."""


Compile = Callable[[Schema, tuple[Pattern, ...]], Runnable]


@dataclass(frozen=True)
class Failure:
    """An assertion that an engine does not take, and why."""

    assertion: Assertion
    reason: str


@dataclass(frozen=True, eq=False)
class Runner:
    """Patterns for one engine, each part of them compiled at most once."""

    compile: Compile
    schema: Schema
    patterns: tuple[Pattern, ...]
    _compiled: dict[tuple[Pattern, ...], Runnable | CannotRun] = field(default_factory=dict)

    def run(self, source: Source) -> tuple[list[Hit], list[Failure]]:
        """Return where assertions are broken, and which could not be run."""
        return self._run(source, self.patterns) if self.patterns else ([], [])

    def _run(
        self, source: Source, patterns: tuple[Pattern, ...]
    ) -> tuple[list[Hit], list[Failure]]:
        try:
            return list(self._get(patterns).run(source)), []
        except CannotRun as problem:
            assertions = tuple(all_assertions(patterns))
            if len(assertions) == 1:
                return [], [Failure(assertions[0], str(problem))]
        hits, failures = [], []
        for half in _halves(patterns):
            found, failed = self._run(source, half)
            hits += found
            failures += failed
        return hits, failures

    def _get(self, patterns: tuple[Pattern, ...]) -> Runnable:
        if patterns not in self._compiled:
            try:
                self._compiled[patterns] = self.compile(self.schema, patterns)
            except CannotRun as problem:
                self._compiled[patterns] = problem
        found = self._compiled[patterns]
        if isinstance(found, CannotRun):
            raise found
        return found


def _halves(patterns: tuple[Pattern, ...]) -> tuple[tuple[Pattern, ...], ...]:
    if len(patterns) > 1:
        middle = len(patterns) // 2
        return patterns[:middle], patterns[middle:]
    (pattern,) = patterns
    assertions = tuple(all_assertions(patterns))
    middle = len(assertions) // 2
    return (_only(pattern, assertions[:middle]),), (_only(pattern, assertions[middle:]),)


def _only(pattern: Pattern, wanted: tuple[Assertion, ...]) -> Pattern:
    """Return PATTERN with all its rules, and of its assertions those WANTED."""
    left, rules = list(wanted), []
    for rule in pattern.rules:
        kept = tuple(a for a in rule.assertions if any(a is other for other in left))
        rules.append(replace(rule, assertions=kept))
    return replace(pattern, rules=tuple(rules))
