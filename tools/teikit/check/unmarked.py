"""Mentions that look like a known entity but are not marked: the job `unmarked`.

It runs only where `registers:unmarked` is switched on, since it needs the names of all registers.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from teikit.check.completing import complete_findings
from teikit.check.pointers import find_short_forms
from teikit.check.records import KnownName, Unmarked
from teikit.check.running import RunningText, Spot, outermost
from teikit.check.targets import write_pointer
from teikit.document import Document, read_document
from teikit.lines import writes_without_spaces
from teikit.place import Place
from teikit.report import Finding
from teikit.unreadable import UnreadableDocument

_START = 2  # characters of a name by which it is looked up
_NONE: tuple[int, ...] = ()
_MOST = 1000  # findings in one document


def unmarked_job(data: bytes, path: str, names: tuple[KnownName, ...]) -> Unmarked:
    """Return a finding for each name of the registers that DATA holds and does not mark."""
    try:
        document = read_document(data, path)
    except UnreadableDocument:
        return Unmarked(())
    found = []
    for finding in check_unmarked(document, names):
        found.append(finding)
        if len(found) == _MOST:
            break
    return Unmarked(tuple(complete_findings(document, found)))


def check_unmarked(document: Document, names: Iterable[KnownName]) -> Iterator[Finding]:
    """Yield a finding for each place of a text that reads like a known name and is not marked."""
    finder = NameFinder(names)
    forms = find_short_forms(document)
    for text in outermost(document.elements("text")):
        running = RunningText(document, text)
        for occurrence in finder.find(running.words):
            first = running.spot(occurrence.start)
            place = place_between(document, first, running.spot(occurrence.end - 1))
            pointers = tuple(
                write_pointer(uri, document.path, forms) for uri in occurrence.known.uris
            )
            yield Finding(
                place,
                "registers:unmarked",
                f"“{occurrence.known.name}” is the name of an entity in the registers, but is "
                "not marked here",
                severity="warning",
                hint=f'Mark it, with ref="{pointers[0]}"'
                + (f" (or {' or '.join(pointers[1:3])})" if pointers[1:] else "")
                + ", if that is what is meant.",
                expected=pointers,
                ordinal=first.holder,
            )


def place_between(document: Document, first: Spot, last: Spot) -> Place:
    """Return the place from one character to another, as near as it is known."""
    if first.start < 0:
        return document.place_of(first.ordinal)
    source = document.sources[first.source]
    is_known = last.source == first.source and last.end > first.start
    return source.span(first.start, last.end if is_known else first.end)


@dataclass(frozen=True)
class Occurrence:
    """Where a known name stands in a run of text."""

    start: int
    known: KnownName
    end: int


class NameFinder:
    """Finds known names in running text, the longest first, each place once."""

    def __init__(self, names: Iterable[KnownName]):
        self._names = {" ".join(known.name.split()): known for known in names}
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[:_START], set()).add(len(name))
        self._lengths = {
            start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()
        }

    def find(self, text: str) -> Iterator[Occurrence]:
        """Yield the names in TEXT, in order; the time is linear in the length of TEXT."""
        position = 0
        while position < len(text):
            known = self._at(text, position)
            length = len(" ".join(known.name.split())) if known else 1
            if known:
                yield Occurrence(position, known, position + length)
            position += length

    def _at(self, text: str, start: int) -> KnownName | None:
        """Return the longest name that begins here and is whole words."""
        lengths = self._lengths.get(text[start : start + _START], _NONE)
        if len(text) - start >= _START:
            lengths = (*lengths, *self._lengths.get(text[start], _NONE))
        if not lengths or (start and _is_within_a_word(text, start)):
            return None
        for length in lengths:
            end = start + length
            if end <= len(text) and not (end < len(text) and _is_within_a_word(text, end)):
                known = self._names.get(text[start:end])
                if known:
                    return known
        return None


def _is_within_a_word(text: str, at: int) -> bool:
    """Return whether text[at] continues a word, in scripts that part words by spaces."""
    return _is_word(text[at - 1]) and _is_word(text[at])


def _is_word(character: str) -> bool:
    return (
        character.isalnum() or unicodedata.combining(character) > 0
    ) and not writes_without_spaces(character)
