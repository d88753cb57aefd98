"""What a run of comparisons came to: by file, and in all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from teikit.comparing.records import TEXT, Compared, MarkupChange, TextChange
from teikit.place import Place
from teikit.report import Finding


@dataclass(frozen=True)
class FileOutcome:
    """What differs between the two versions of one file. `state` is "", "added" or "removed"."""

    name: str
    compared: Compared
    state: str = ""


@dataclass(frozen=True)
class Outcome:
    """What differs between two versions; the files in order. `shown`: "text" or "markup" alone."""

    files: tuple[FileOutcome, ...]
    shown: str = ""

    @property
    def problems(self) -> tuple[Finding, ...]:
        """Return why files could not be compared."""
        return tuple(one for file in self.files for one in file.compared.problems)

    def text_changes(self, *, everywhere: bool = False) -> int:
        """Return how many changes there are in the texts; EVERYWHERE: in headers too."""
        return sum(
            everywhere or change.part == TEXT
            for file in self.files
            for change in file.compared.text
        )

    def exit_code(self, *, everywhere: bool = False) -> int:
        """Return 2 where a file could not be compared, 1 where the text changed, else 0."""
        if self.problems:
            return 2
        is_other = any(file.state for file in self.files)
        return int(is_other or self.text_changes(everywhere=everywhere) > 0)


def with_paths(
    compared: Compared, old: Callable[[str], str], new: Callable[[str], str]
) -> Compared:
    """Return it with paths as they are seen from here."""
    return replace(
        compared,
        text=tuple(_moved(one, old, new) for one in compared.text),
        markup=tuple(_moved(one, old, new) for one in compared.markup),
        old_problems=_findings(compared.old_problems, old),
        new_problems=_findings(compared.new_problems, new),
        old_notes=_findings(compared.old_notes, old),
        new_notes=_findings(compared.new_notes, new),
    )


def _findings(findings: tuple[Finding, ...], name: Callable[[str], str]) -> tuple[Finding, ...]:
    return tuple(replace(one, place=_renamed(one.place, name)) for one in findings)


def _moved(change: TextChange | MarkupChange, old: Callable, new: Callable):
    return replace(
        change,
        old_place=_renamed(change.old_place, old),
        new_place=_renamed(change.new_place, new),
    )


def _renamed(place: Place, name: Callable[[str], str]) -> Place:
    return replace(place, path=name(place.path)) if place.path else place


def only(outcome: Outcome, what: str) -> Outcome:
    """Return the outcome with the changes in the "text" or in the "markup" alone."""
    other = {"text": "markup", "markup": "text"}[what]
    return Outcome(
        tuple(replace(one, compared=replace(one.compared, **{other: ()})) for one in outcome.files),
        what,
    )


def counts(files: Iterable[FileOutcome]) -> dict[str, int]:
    """Return how many changes there are: in the text, in the words elsewhere, in the markup."""
    found = {"text": 0, "elsewhere": 0, "markup": 0}
    for file in files:
        for change in file.compared.text:
            found["text" if change.part == TEXT else "elsewhere"] += 1
        found["markup"] += len(file.compared.markup)
    return found
