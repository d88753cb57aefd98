"""How much of a committed encoding `suggest` finds again when its mentions are taken away."""

import re
from dataclasses import dataclass

from lxml import etree

from teikit.document import TEI, XML_LANG, read_document
from teikit.entities.suggest import find_unmarked_names
from teikit.entities.usage import without_spaces

_NAMES = frozenset(
    f"{{{TEI}}}{name}" for name in ("rs", "persName", "placeName", "orgName", "name")
)


@dataclass(frozen=True)
class Figures:
    """What was found again."""

    marked: int  # mentions that the editors marked
    named: int  # of these, those in no other name whose words are a name in the register
    found: int  # of these, those that are suggested with their entity among the candidates
    suggested: int  # suggestions for what was a mention or part of one, or for other words
    missed: tuple[str, ...]
    wrong: tuple[str, ...]  # suggestions for words that were marked otherwise or not at all

    @property
    def recall(self) -> float:
        """Return which part of the mentions by name is found."""
        return self.found / self.named

    @property
    def precision(self) -> float:
        """Return which part of the suggestions is what the editors marked."""
        return self.found / self.suggested


def strip_mentions(data: bytes, path: str, targets_of) -> tuple[bytes, dict]:
    """Return DATA without the tags of the mentions in its texts, and these by where they stood.

    A key is (start, end) in the characters of the file without its tags and white space.
    """
    document = read_document(data, path)
    utf8, cuts, gold = document.utf8, [], {}
    for text in document.elements("text"):
        for element in text.iter(etree.Element):
            targets = targets_of(element)
            if not targets:
                continue
            is_inner = any(targets_of(one) or one.tag in _NAMES for one in element.iterancestors())
            start, end = document.extent(element)
            inner = (
                document.after_start_tag(element),
                document.end_tag_at(document.ordinal(element)),
            )
            cuts += [(start, inner[0]), (inner[1], end)]
            gold[inner] = () if is_inner else targets, without_spaces("".join(element.itertext()))
    stripped, at = [], 0
    for start, end in sorted(cuts):
        stripped.append(utf8[at:start])
        at = end
    stripped.append(utf8[at:])
    moved = {}
    for (start, end), said in gold.items():
        moved[tuple(_moved(offset, cuts) for offset in (start, end))] = said
    return b"".join(stripped), moved


def _moved(offset: int, cuts: list) -> int:
    return offset - sum(end - start for start, end in cuts if end <= offset)


def measure(data: bytes, path: str, search, targets_of) -> Figures:
    """Return the figures for one file."""
    stripped, gold = strip_mentions(data, path, targets_of)
    document = read_document(stripped, path)
    names = {known.name: set(known.uris) for known in search.names}
    by_words = {without_spaces(name): uris for name, uris in names.items()}
    places = {}
    for (start, end), (targets, words) in gold.items():
        if not by_words.get(words, set()).isdisjoint(targets):
            places[document.sources[0].span(*_trimmed(stripped, start, end))] = targets
    found, wrong, count = set(), [], 0
    for one in find_unmarked_names(document, search):
        count += 1
        place = one.suggestion.place
        uris = {candidate.uri for candidate in one.suggestion.candidates}
        if not uris.isdisjoint(places.get(place, ())):
            found.add(place)
        else:
            wrong.append(f"{place} {one.suggestion.name}")
    missed = tuple(str(place) for place in sorted(set(places) - found))
    return Figures(len(gold), len(places), len(found), count, missed, tuple(wrong))


def _trimmed(utf8: bytes, start: int, end: int) -> tuple[int, int]:
    """Return the offsets without the tags and white space at both ends."""
    inside = utf8[start:end]
    lead = re.match(rb"(?:\s|<[^>]*>)*", inside).end()
    trail = re.search(rb"(?:\s|<[^>]*>)*\Z", inside).start()
    return start + lead, start + trail


def language_of(element) -> str:
    """Return the xml:lang that holds for an element."""
    for one in (element, *element.iterancestors(f"{{{TEI}}}*")):
        if one.get(XML_LANG):
            return one.get(XML_LANG)
    return ""
