"""Names that are known and not marked, as suggestions: the job `suggest`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from teikit.check.pointers import find_short_forms
from teikit.check.records import KnownName, ShortForm
from teikit.check.running import BARRIER, RunningText
from teikit.check.targets import write_pointer
from teikit.check.unmarked import NameFinder, place_between
from teikit.document import TEI, Document
from teikit.entities.reading import text_roots
from teikit.entities.records import Candidate, Known, Search, Suggested, Suggestion
from teikit.entities.usage import without_spaces
from teikit.entities.wrapping import Way, find_ways
from teikit.lines import words_of
from teikit.place import Place
from teikit.unreadable import UnreadableDocument
from teikit.xinclude import read_whole

MOST = 10_000  # suggestions for one file
_AROUND = 30  # characters of context on either side
_ALWAYS = 2  # characters of the names that are numbered first


@dataclass(frozen=True)
class Found:
    """A suggestion, and the ways to mark it: none where its problem says why."""

    suggestion: Suggestion
    ways: tuple[Way, ...]


def suggest_job(data: bytes, path: str, search: Search) -> Suggested:
    """Return the names that DATA, with what it includes, has and does not mark."""
    try:
        document, _, _ = read_whole(data, path, search.folder)
    except UnreadableDocument as problem:
        return Suggested((), problem.as_finding())
    return Suggested(tuple(one.suggestion for one in find_unmarked_names(document, search)))


def find_unmarked_names(document: Document, search: Search) -> list[Found]:
    """Return the unmarked names in the order of files and places, numbered in each file.

    Names of one character, which are looked for only on request, are numbered after all others,
    so that a number means the same with and without them.
    """
    found: dict[Place, Found] = {}
    for one in _Finder(document, search).find():
        found.setdefault(one.suggestion.place, one)
        if len(found) == MOST:
            break
    numbers: dict[str, int] = {}
    numbered = []
    places = sorted(found, key=lambda one: (len(found[one].suggestion.name) < _ALWAYS, one))
    for place in places:
        number = numbers[place.path] = numbers.get(place.path, 0) + 1
        one = found[place]
        numbered.append(replace(one, suggestion=replace(one.suggestion, number=number)))
    return sorted(numbered, key=lambda one: one.suggestion.place)


class _Finder:
    """Finds names in one document."""

    def __init__(self, document: Document, search: Search):
        self._document, self._names = document, NameFinder(_names_for(document, search))
        self._known = {one.uri: one for one in search.known}
        self._forms = find_short_forms(document)

    def find(self) -> Iterator[Found]:
        for root in text_roots(self._document.root):
            running = RunningText(self._document, root)
            for occurrence in self._names.find(running.words):
                yield self._found(running, occurrence.start, occurrence.end, occurrence.known)

    def _found(self, running: RunningText, start: int, end: int, name: KnownName) -> Found:
        first, last = running.spot(start), running.spot(end - 1)
        place = place_between(self._document, first, last)
        own_file = place.path == self._document.path
        candidates = tuple(
            self._candidate(self._known[uri], name.name, place.path, self._forms * own_file)
            for uri in name.uris
        )
        ways, problem = find_ways(self._document, first, last)
        if self._is_a_title(first.holder, running.words[start:end]):
            ways, problem = (), _IN_TITLE.format(candidates[0].pointer)
        before = running.shown(max(start - _AROUND, 0), start).rpartition(BARRIER)[2]
        after = running.shown(end, end + _AROUND).partition(BARRIER)[0]
        suggestion = Suggestion(0, place, name.name, before, after, candidates, problem)
        return Found(suggestion, ways)

    def _candidate(
        self, known: Known, words: str, path: str, forms: tuple[ShortForm, ...]
    ) -> Candidate:
        these = tuple(tag for said, tag in known.by_words if said == without_spaces(words))
        return Candidate(
            known.uri,
            known.kind,
            known.name,
            write_pointer(known.uri, path, forms),
            tuple(dict.fromkeys((*these, *known.tags))),
        )

    def _is_a_title(self, holder: int, words: str) -> bool:
        """Return whether the name is all that a title says, which then is its mention."""
        element = self._document.element(holder)
        if element is None or element.tag != f"{{{TEI}}}title":
            return False
        return without_spaces(words_of(element)) == without_spaces(words)


def _names_for(document: Document, search: Search) -> Iterator[KnownName]:
    """Yield the names without the entities that are other texts' own."""
    others = set(search.private) - {source.path for source in document.sources}
    for name in search.names:
        uris = tuple(uri for uri in name.uris if uri.partition("#")[0] not in others)
        if uris:
            yield KnownName(name.name, uris)


_IN_TITLE = 'it is a title already: write ref="{}" into that tag'
