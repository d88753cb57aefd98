"""Findings: what is wrong, where, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from teikit.place import Place

SEVERITIES = ("error", "warning", "info")
LONGEST = 2000  # characters of what one finding says
_END = 400  # of these, characters that are kept of its end
_MOST_EXPECTED = 1000


@dataclass(frozen=True, order=True)
class Group:
    """Some of what could stand at a place, best guess first, and how many more there are."""

    label: str  # "near", "required", "usual", "values"
    names: tuple[str, ...] = ()
    more: int = 0  # how many others there are that are not named


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to tell the editor, and where."""

    place: Place
    rule: str  # "relaxng:bad-value", "schematron:dated", "pointers:unknown-target"
    message: str
    severity: str = "error"  # one of SEVERITIES
    hint: str = ""  # what to do about it, in the editor's words
    expected: tuple[str, ...] = ()  # best guess first
    ordinal: int = -1  # of the element it stands at, in document order; -1: none
    path: str = ""  # the way to that element in words: text > body > div 3 > p 4
    gloss: str = ""  # what the schema says the element or attribute is for
    groups: tuple[Group, ...] = ()  # `expected`, ranked and in groups
    source: str = ""  # the line of the file that the place begins in, or the part around it
    source_column: int = 0  # where in `source` the place begins, from 1; 0: no source
    also: tuple[str, ...] = ()  # other rules by which the same thing is wrong

    @property
    def rules(self) -> tuple[str, ...]:
        """Return the names of all rules that it breaks, its own first."""
        return (self.rule, *self.also)

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message} [{self.rule}]"


def cut_finding(finding: Finding) -> Finding:
    """Return the finding; where it quotes what is longer than anybody reads, without the middle.

    A name that is as long is not among what is expected: half of one is of no use.
    """
    texts = finding.rule, finding.message, finding.hint, finding.gloss
    if max(map(len, texts)) <= LONGEST and _are_short(finding.expected):
        return finding
    return replace(
        finding,
        rule=finding.rule[:LONGEST],
        message=_cut(finding.message),
        hint=_cut(finding.hint),
        gloss=_cut(finding.gloss),
        expected=tuple(one for one in finding.expected if len(one) <= LONGEST)[:_MOST_EXPECTED],
    )


def _are_short(names: tuple[str, ...]) -> bool:
    return not names or (len(names) <= _MOST_EXPECTED and max(map(len, names)) <= LONGEST)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - _END - 1]}…{text[-_END:]}"


@dataclass(frozen=True)
class Report:
    """All findings of a run, sorted by file, place and rule, each once."""

    findings: tuple[Finding, ...] = ()
    allowed: int = 0  # how many were found and left out because the editor allows them

    @cached_property
    def by_path(self) -> dict[str, list[tuple[int, Finding]]]:
        """Return the findings in each file, with their numbers among all."""
        found: dict[str, list[tuple[int, Finding]]] = {}
        for number, finding in enumerate(self.findings):
            found.setdefault(finding.place.path, []).append((number, finding))
        return found

    def count(self, severity: str) -> int:
        """Return how many findings have this severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def exit_code(self, *, strict: bool = False) -> int:
        """Return 1 where there are errors (or, when strict, warnings), else 0."""
        return int(bool(self.count("error") or (strict and self.count("warning"))))


def build_report(findings: Iterable[Finding], allowed: int = 0) -> Report:
    """Return the findings sorted and without repetition; ALLOWED is how many were left out.

    What is found in a file by itself and again where it is included is one finding: only what
    leads to the element differs. That with the higher ordinal is kept; -1 leads nowhere.
    """
    once = {
        (finding.place, finding.rule, finding.message, finding.severity): finding
        for finding in sorted(set(map(cut_finding, findings)))
    }
    return Report(tuple(once.values()), allowed)
