"""One text -> what is found in it: the job `index`."""

from array import array
from collections import defaultdict
from collections.abc import Iterable

from teikit.assembling import assemble
from teikit.document import UnreadableDocument
from teikit.search.classes import token_pattern, unit_pattern
from teikit.search.folding import Folding
from teikit.search.numbers import write_number
from teikit.search.paragraphs import find_paragraphs
from teikit.search.records import Indexed, Paragraph, Table
from teikit.search.variants import read_folding

_SHIFT = 32  # a place is the number of its paragraph, and its place in it, in one number


def index_job(data: bytes, path: str, variants: str, folder: str = "") -> Indexed:
    """Return the text in DATA, indexed, with what it includes from FOLDER.

    VARIANTS is the package that knows the forms of characters, or "".
    """
    try:
        document = assemble(data, path, folder).document
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
        _write_table(lists.signs, 0),
        _write_table(lists.pairs, _SHIFT),
        _write_table(lists.words, _SHIFT),
    )


class _Lists:
    """The lists of places in the making; those of signs are of paragraphs only."""

    def __init__(self) -> None:
        self.signs: dict[str, list[int]] = defaultdict(list)
        self.pairs: dict[str, list[int]] = defaultdict(list)
        self.words: dict[str, list[int]] = defaultdict(list)
        self._tokens, self._units = token_pattern(), unit_pattern()

    def add(self, number: int, text: str) -> None:
        """Take a folded paragraph in.

        Words are counted, so that those of a phrase stand side by side; what has no spaces between
        its words counts as one, so that a phrase does not reach across it. Pairs have their place
        in characters, and are those of each stretch without spaces that has such characters.
        """
        place, has_units, words = number << _SHIFT, False, self.words
        for found in self._tokens.finditer(text):
            place += 1
            word = found[1]
            if word:
                words[word].append(place)
            else:
                has_units = True
        if has_units:
            self._add_units(number, text)

    def _add_units(self, number: int, text: str) -> None:
        for sign in set(self._units.findall(text)):
            self.signs[sign].append(number)
        begin, pairs = number << _SHIFT, self.pairs
        for stretch in text.split(" "):
            if self._units.search(stretch):
                for at, pair in enumerate(map(str.__add__, stretch, stretch[1:]), begin):
                    pairs[pair].append(at)
            begin += len(stretch) + 1


def _write_table(lists: dict[str, list[int]], shift: int) -> Table:
    """Return lists of places as a table; its keys are in no order."""
    bounds = array("I")
    written = []
    for places in lists.values():
        first, last = places[0] >> shift, places[-1] >> shift
        bounds.append(first)
        bounds.append(last)
        if not shift:
            written.append(_of_paragraphs(places))
        elif len(places) == 1:
            written.append(write_number(places[0] - (first << shift)))
        else:
            written.append(_of_places(places))
    return Table(" ".join(lists), " ".join(written), bounds.tobytes())


def _of_paragraphs(numbers: list[int]) -> str:
    """Return paragraphs as steps, without the first."""
    last, parts = numbers[0], []
    for number in numbers[1:]:
        parts.append(write_number(number - last))
        last = number
    return "".join(parts)


def _of_places(places: list[int]) -> str:
    """Return places as steps from paragraph to paragraph and from place to place in it.

    The step to the first paragraph is left out.
    """
    last = places[0] >> _SHIFT
    before, parts = last << _SHIFT, []
    for at, place in enumerate(places):
        number = place >> _SHIFT
        if number != last:
            parts.append(write_number(number - last))
            last, before = number, number << _SHIFT
        elif at:
            parts.append(write_number(0))
        parts.append(write_number(place - before))
        before = place
    return "".join(parts)
