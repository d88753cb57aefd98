"""One text -> what is found in it: the job `index`."""

from collections.abc import Iterable, Mapping

from teikit.document import UnreadableDocument, read_document
from teikit.search.classes import token_pattern, unit_pattern
from teikit.search.folding import Folding
from teikit.search.numbers import write_number
from teikit.search.paragraphs import find_paragraphs
from teikit.search.records import Indexed, Paragraph, Postings
from teikit.search.variants import read_folding

_SHIFT = 32  # a place is the number of its paragraph, and its place in it, in one number


def index_job(data: bytes, path: str, variants: str) -> Indexed:
    """Return the text in DATA, indexed; VARIANTS is the package with forms of characters, or ""."""
    try:
        document = read_document(data, path)
    except UnreadableDocument as problem:
        return Indexed(path, findings=(problem.as_finding(),))
    paragraphs, elements = find_paragraphs(document)
    return index_paragraphs(path, paragraphs, read_folding(variants), elements)


def index_paragraphs(
    path: str,
    paragraphs: list[Paragraph],
    folding: Folding,
    elements: Iterable[tuple[int, int]] = (),
) -> Indexed:
    """Return the paragraphs of a text, indexed."""
    lists = _Lists()
    for number, paragraph in enumerate(paragraphs):
        lists.add(number, folding.fold(paragraph.text))
    return Indexed(
        path,
        tuple(paragraphs),
        tuple(elements),
        {key: _of_paragraphs(numbers) for key, numbers in lists.signs.items()},
        {key: _of_places(places) for key, places in lists.pairs.items()},
        {key: _of_places(places) for key, places in lists.words.items()},
    )


class _Lists:
    """The lists of places in the making."""

    def __init__(self) -> None:
        self.signs: dict[str, list[int]] = {}
        self.pairs: dict[str, list[int]] = {}
        self.words: dict[str, list[int]] = {}
        self._tokens, self._units = token_pattern(), unit_pattern()

    def add(self, number: int, text: str) -> None:
        """Take a folded paragraph in.

        Words are counted, so that those of a phrase stand side by side; what has no spaces between
        its words counts as one, so that a phrase does not reach across it. Pairs have their place
        in characters, and are those of each stretch without spaces that has such characters.
        """
        count, high, has_units = number << _SHIFT, number << _SHIFT, False
        for found in self._tokens.finditer(text):
            count += 1
            if found[1]:
                self.words.setdefault(found[1], []).append(count)
            else:
                has_units = True
        if not has_units:
            return
        for sign in set(self._units.findall(text)):
            self.signs.setdefault(sign, []).append(number)
        at = 0
        for stretch in text.split(" "):
            if self._units.search(stretch):
                for place in range(len(stretch) - 1):
                    pair = stretch[place : place + 2]
                    self.pairs.setdefault(pair, []).append(high + at + place)
            at += len(stretch) + 1


def _of_paragraphs(numbers: list[int]) -> Postings:
    rest, last = [], numbers[0]
    for number in numbers[1:]:
        rest.append(write_number(number - last))
        last = number
    return Postings(numbers[0], last, "".join(rest))


def _of_places(places: list[int]) -> Postings:
    """Return places as: steps from paragraph to paragraph, and from place to place in it."""
    first = last = places[0] >> _SHIFT
    before, parts = first << _SHIFT, []
    for at, place in enumerate(places):
        number = place >> _SHIFT
        if number != last:
            parts.append(write_number(number - last))
            last, before = number, number << _SHIFT
        elif at:
            parts.append(write_number(0))
        parts.append(write_number(place - before))
        before = place
    return Postings(first, last, "".join(parts))


def merge_keys(
    texts: Iterable[tuple[int, Mapping[str, Postings]]],
) -> dict[str, str]:
    """Return key -> list of all texts, in the order in which scripts compare the keys."""
    parts: dict[str, list[str]] = {}
    lasts: dict[str, int] = {}
    for base, table in texts:
        for key, one in table.items():
            found = parts.get(key)
            if found is None:
                parts[key] = [write_number(base + one.first), one.rest]
            else:
                found += (write_number(base + one.first - lasts[key]), one.rest)
            lasts[key] = base + one.last
    return {key: "".join(parts[key]) for key in sorted(parts, key=utf16)}


def utf16(key: str) -> bytes:
    """Return what a key is sorted by: JavaScript compares strings by their UTF-16 units."""
    return key.encode("utf-16-be")
