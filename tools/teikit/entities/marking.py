"""A file and what is to be marked in it -> the file with these tags and no other change.

A tag that the schema does not allow is tried in the next way and, in the end, not written. The
job `mark`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from teikit.check.choosing import choose_schemas
from teikit.check.records import CheckSettings
from teikit.check.validity import check_schemas
from teikit.document import Document, read_document, text_of
from teikit.edits import CannotEdit, Edit, apply_edits, as_written
from teikit.entities.records import Candidate, Choice, Marked, Refusal, Search
from teikit.entities.suggest import Found, find_unmarked_names
from teikit.entities.usage import without_spaces
from teikit.entities.wrapping import write_tags
from teikit.report import Finding
from teikit.xinclude import read_whole

_MOST_TRIES = 40  # times that a file is held against its schemas
_Fault = tuple[str, str]  # rule and message of a finding


def mark_job(
    data: bytes, path: str, search: Search, choices: tuple[Choice, ...], check: CheckSettings
) -> Marked:
    """Return DATA with the mentions that were chosen; raise UnreadableDocument, CannotEdit."""
    document, (whole, _, _) = read_document(data, path), read_whole(data, path, search.folder)
    found = {
        one.suggestion.number: one
        for one in find_unmarked_names(whole, search)
        if one.suggestion.place.path == path
    }
    refused: list[Refusal] = []
    marks: list[_Mark] = []
    for choice in sorted(choices):
        mark = _mark(whole, found.get(choice.number), choice)
        (refused if isinstance(mark, Refusal) else marks).append(mark)
    accepted = _Trial(data, document, check).accept(marks, refused)
    return Marked(
        _write(data, document, accepted),
        tuple(mark.number for mark in accepted),
        tuple(sorted(refused, key=lambda one: one.number)),
    )


@dataclass(frozen=True)
class _Mark:
    """A mention to be written, and the ways that are left to do it: pairs of tags."""

    number: int
    words: str
    ways: tuple[tuple[Edit, Edit], ...]
    problem: str = ""  # why the usual way is not allowed


def _mark(document: Document, found: Found | None, choice: Choice) -> "_Mark | Refusal":
    """Return how a suggestion can be marked, or why it cannot."""
    if found is None:
        return Refusal(choice.number, "there is no suggestion of this number")
    suggestion = found.suggestion
    meant = [one for one in suggestion.candidates if one.uri == choice.uri]
    if not meant:
        return Refusal(choice.number, "this entity does not have this name")
    if suggestion.problem:
        return Refusal(choice.number, suggestion.problem)
    ways = tuple(_ways(document, found, meant[0]))
    if not ways:
        return Refusal(choice.number, "the namespace of the TEI is not bound there")
    return _Mark(choice.number, suggestion.name, ways)


def _ways(document: Document, found: Found, meant: Candidate) -> Iterator[tuple[Edit, Edit]]:
    """Yield the tags that may be written, the usual ones first."""
    for tag, way in product(meant.tags, found.ways):
        edits = write_tags(document, way, tag, meant.pointer)
        if edits is not None:
            yield edits


def _write(data: bytes, document: Document, marks: Sequence[_Mark]) -> bytes:
    """Return DATA with the marks; raise CannotEdit where anything else would change."""
    edits = [edit for mark in marks for edit in mark.ways[0]]
    if not edits:
        return data
    changed = apply_edits(data, document.path, edits)
    again = read_document(changed, document.path)
    if text_of(again.root) != text_of(document.root):
        raise CannotEdit(f"{document.path}: the words would not stay the same; nothing was marked")
    for mark, ordinal in _written(again, marks):
        if not _reads_like(text_of(again.element(ordinal)), mark.words):
            raise CannotEdit(f"{document.path}: suggestion {mark.number} stands elsewhere")
    return changed


def _reads_like(said: str, name: str) -> bool:
    """Return whether a name is what an element says, but for what corr, reg, expan have in it."""
    said, name = without_spaces(said), without_spaces(name)
    rest = iter(said)
    return said[:1] == name[:1] and said[-1:] == name[-1:] and all(one in rest for one in name)


def _written(document: Document, marks: Iterable[_Mark]) -> Iterator[tuple[_Mark, int]]:
    """Yield each mark with the ordinal of the element that it became."""
    added, done = {}, 0
    edits = sorted(
        ((edit, mark) for mark in marks for edit in mark.ways[0]), key=lambda one: one[0]
    )
    for edit, mark in edits:
        if edit == mark.ways[0][0]:
            added[mark] = edit.start + done
        done += len(as_written(edit.text, document.encoding).encode("utf-8"))
    for mark, start in added.items():
        yield mark, document.ordinal_at(start + 1)


class _Trial:
    """Holds a file with marks against its schemas, until nothing is worse than before."""

    def __init__(self, data: bytes, document: Document, check: CheckSettings):
        self._data, self._document, self._check = data, document, check
        self._tries = 0
        self._before = Counter(map(_fault, self._findings(document)))

    def accept(self, marks: list[_Mark], refused: list[Refusal]) -> list[_Mark]:
        """Return the marks that can be written; the others are added to REFUSED."""
        while marks:
            worse, changed = self._worse(marks)
            if not worse:
                return marks
            said = {one.ordinal: one.message for one in reversed(worse)}
            guilty = {mark: said[at] for mark, at in _written(changed, marks) if at in said}
            if not guilty:
                guilty = dict.fromkeys(self._search(marks), worse[0].message)
            marks = list(self._next(marks, guilty, refused))
        return []

    def _next(
        self, marks: Iterable[_Mark], guilty: Mapping[_Mark, str], refused: list[Refusal]
    ) -> Iterator[_Mark]:
        """Yield the marks; those that are guilty in their next way, if they have one."""
        for mark in marks:
            if mark not in guilty:
                yield mark
                continue
            problem = mark.problem or guilty[mark]
            if len(mark.ways) > 1 and self._tries < _MOST_TRIES:
                yield _Mark(mark.number, mark.words, mark.ways[1:], problem)
            else:
                refused.append(Refusal(mark.number, f"it would not be valid: {problem}"))

    def _search(self, marks: list[_Mark]) -> set[_Mark]:
        """Return a mark that makes the file worse, found by halving; all, if it takes too long."""
        good: list[_Mark] = []
        rest = marks
        while len(rest) > 1:
            if self._tries >= _MOST_TRIES:
                return set(rest)
            half = rest[: len(rest) // 2]
            if self._worse([*good, *half])[0]:
                rest = half
            else:
                good, rest = [*good, *half], rest[len(rest) // 2 :]
        return set(rest)

    def _worse(self, marks: Sequence[_Mark]) -> tuple[list[Finding], Document]:
        """Return what is found with these marks and was not found before, and the new document."""
        changed = read_document(_write(self._data, self._document, marks), self._document.path)
        left, worse = self._before.copy(), []
        for finding in self._findings(changed):
            if left[_fault(finding)] > 0:
                left[_fault(finding)] -= 1
            else:
                worse.append(finding)
        return worse, changed

    def _findings(self, document: Document) -> list[Finding]:
        self._tries += 1
        chosen = choose_schemas(document, self._check)
        found = check_schemas(document, chosen, self._check)
        return [one for one in found if one.severity == "error"]


def _fault(finding: Finding) -> _Fault:
    return finding.rule, finding.message
