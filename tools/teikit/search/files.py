"""Indexed texts -> the files of the index, each a call of one function that a page defines.

A page that was opened from a disk may fetch nothing, but it may load scripts. So each file is one:
`teikitSearch(name, data)`, with data that is JSON. A query loads those that it needs: lists of
places by ranges of keys, and the words of the paragraphs that it shows.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from teikit.search.merging import merge_tables
from teikit.search.numbers import write_numbers
from teikit.search.records import FoldData, Indexed
from teikit.search.variants import read_variants

FOLDER = "search/"
FUNCTION = "teikitSearch"
_LISTS_SIZE = 24_000  # bytes of a file with lists of places, if no single list is longer
_WORDS_SIZE = 5_000  # bytes of a file with paragraphs, the same
_UNSAFE = {"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True)
class Named:
    """An entity that results can be asked to mention."""

    kind: str
    name: str
    uri: str
    paragraphs: tuple[int, ...]  # in order


def write_call(name: str, data: object) -> bytes:
    """Return the file that hands DATA over under this name."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, safe in _UNSAFE.items():
        text = text.replace(sign, safe)
    return f'{FUNCTION}("{name}",{text})\n'.encode()


def index_files(
    texts: Sequence[Indexed],
    find_page: Callable[[Indexed, int], str],
    variants: str,
    folding: FoldData,
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the index that are the same in all languages: (name, bytes).

    FIND_PAGE gives the page of a paragraph, by number, and the place in it; of -1, the text's own.
    """
    bases = [0, *accumulate(len(one.paragraphs) for one in texts)]
    starts: dict[str, list] = {}
    for kind in ("signs", "pairs", "words"):
        lists = merge_tables(
            (base, getattr(one, kind)) for base, one in zip(bases, texts, strict=False)
        )
        letter, starts[kind] = kind[0], []
        for number, (first, entries) in enumerate(_packed(lists)):
            starts[kind].append(first)
            yield _file(f"{letter}{number}", entries)
    counts = []
    for number, paragraphs in enumerate(_shelved(_shown(texts, find_page))):
        counts.append(len(paragraphs))
        yield _file(f"t{number}", paragraphs)
    yield _file(
        "index",
        {
            "fold": folding.exceptions,
            "drop": folding.dropped,
            "units": folding.units,
            "variants": "".join(
                sign + form for sign, form in sorted(read_variants(variants).items())
            ),
            "parts": write_numbers(counts),
            **starts,
        },
    )


def text_files(language: str, rows: Iterable[tuple[str, str, str, int]]) -> tuple[str, bytes]:
    """Return the file with the list of texts: title, its language, page, count of paragraphs."""
    return _file(f"texts-{language}", list(rows))


def entity_files(language: str, entities: Iterable[Named]) -> Iterator[tuple[str, bytes]]:
    """Yield a file for each kind of entity: name, URI, and the paragraphs that mention it."""
    kinds: dict[str, list] = {}
    for one in entities:
        row = (one.name, one.uri, _steps(one.paragraphs))
        kinds.setdefault(one.kind, []).append(row)
    for kind, rows in sorted(kinds.items()):
        yield _file(f"e-{kind}-{language}", rows)


def _steps(numbers: Sequence[int]) -> str:
    return write_numbers(after - before for before, after in pairwise((0, *numbers)))


def _file(name: str, data: object) -> tuple[str, bytes]:
    return f"{FOLDER}{name}.js", write_call(name, data)


def _packed(lists: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the entries of each file, and the first of their keys.

    Keys and lists follow one another, with spaces between; none holds a space itself.
    """
    first, entries, size = "", [], 0
    for key, places in lists.items():
        length = len(key.encode()) + len(places) + 2
        if entries and size + length > _LISTS_SIZE:
            yield first, " ".join(entries)
            entries, size = [], 0
        if not entries:
            first = key
        entries += (key, places)
        size += length
    if entries:
        yield first, " ".join(entries)


def _shown(
    texts: Sequence[Indexed], find_page: Callable[[Indexed, int], str]
) -> Iterator[tuple[str, ...]]:
    """Yield each paragraph as it is shown: words, page and place in it, language, whether a note.

    What is empty at the end is left out, and so is a page that is the text's own.
    """
    for one in texts:
        own = find_page(one, -1)
        for number, paragraph in enumerate(one.paragraphs):
            page = find_page(one, number).removeprefix(own)
            row = [paragraph.text, page, paragraph.lang, "n" if paragraph.is_note else ""]
            while len(row) > 1 and not row[-1]:
                row.pop()
            yield tuple(row)


def _shelved(rows: Iterable[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    shelf, size = [], 0
    for row in rows:
        length = sum(len(one.encode()) for one in row)
        if shelf and size + length > _WORDS_SIZE:
            yield shelf
            shelf, size = [], 0
        shelf.append(row)
        size += length
    if shelf:
        yield shelf
