"""The list of texts, with what the optional script filters them by; for more than a few texts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from teikit.edition.records import Dates, HeaderRecord, TextRecord, Words
from teikit.publish.citation import in_language
from teikit.publish.date_words import say_years
from teikit.publish.kinds.adder import Adder, text_row
from teikit.publish.links import LIST_OF_TEXTS
from teikit.publish.pages import Page, Site
from teikit.publish.strings import Strings

# spans of years by which dates are filtered: the first that makes few of them
_SPANS = (1, 10, 100)
_MOST_SPANS = 30
_DATE = re.compile(r"(-?\d+)(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True)
class _Column:
    """A column of the list: its heading, and the values of each text."""

    heading: str  # key of its words
    cells: tuple[tuple[Words, ...], ...]

    @property
    def is_there(self) -> bool:
        """Return whether any text has a value."""
        return any(self.cells)

    @property
    def filters(self) -> bool:
        """Return whether texts differ here."""
        return len(set(self.cells)) > 1


def add_list_of_texts(add: Adder) -> None:
    """Take in the list of texts, where there are more than a few."""
    site, texts = add.site, add.texts
    if not site.has_list_of_texts:
        return
    items = [item for text in texts for item in _items(site, text)]
    columns = [one for one in _columns(site, items) if one.is_there]
    spans = _spans(site.strings, [one.header.origin.year for one in items])
    rows = [
        {
            **item.row,
            "cells": [column.cells[number] for column in columns],
            "span": spans[number],
            "order": _order(item.header.origin.date),
            "characters": item.characters,
            "length": f"{item.characters:,}",
        }
        for number, item in enumerate(items)
    ]
    add.page(
        "texts.html",
        LIST_OF_TEXTS,
        site.strings("list.title"),
        "texts",
        columns=columns,
        rows=rows,
        script="texts.js",
    )


@dataclass(frozen=True)
class _Item:
    """A text in the list, or a member of a corpus."""

    row: dict[str, Any]
    header: HeaderRecord
    lang: str
    characters: int


def _items(site: Site, text: TextRecord) -> list[_Item]:
    """Return the text, and if it is a corpus, its members after it."""
    row = text_row(site, text)
    whole = _Item(row, site.edition.headers[text.path], text.lang, text.characters)
    pairs = zip(row["members"], text.members, strict=True)
    return [
        whole,
        *(_Item(one, member.header, member.lang, member.characters) for one, member in pairs),
    ]


def _columns(site: Site, items: Iterable[_Item]) -> list[_Column]:
    items = list(items)
    headers = [one.header for one in items]
    page = Page(site, LIST_OF_TEXTS, "")
    authors = [tuple(map(_bare, in_language(one.authors, site.language))) for one in headers]
    senders = [_words(one.origin.senders) for one in headers]
    return [
        _Column("list.author", tuple(authors)),
        _Column("list.sender", tuple(senders) if senders != authors else ((),) * len(headers)),
        _Column("list.addressee", tuple(_words(one.origin.addressees) for one in headers)),
        _Column("list.date", tuple(_date(page, one) for one in headers)),
        _Column("list.place", tuple(_words(one.origin.places) for one in headers)),
        _Column("list.kind", tuple(_words(one.origin.kinds) for one in headers)),
        _Column(
            "list.language",
            tuple(_words((one.header.origin.language or one.lang,)) for one in items),
        ),
    ]


def _words(labels: Iterable[str]) -> tuple[Words, ...]:
    return tuple(Words(label) for label in labels if label)


def _bare(words: Words) -> Words:
    """Return the words without their links, type and language: a filter compares what is seen."""
    return Words(words.text)


def _date(page: Page, header: HeaderRecord) -> tuple[Words, ...]:
    date = header.origin.date
    label = date.label or page.span(date)
    return (Words(label),) if label else ()


def _spans(t: Strings, years: list[int | None]) -> list[str]:
    """Return for each year the span it is in, such as 1890–1899; "" where there is none."""
    known = {year for year in years if year is not None}
    size = next(
        (one for one in _SPANS if len({year // one for year in known}) <= _MOST_SPANS), _SPANS[-1]
    )
    return ["" if year is None else say_years(t, year // size * size, size) for year in years]


def _order(date: Dates) -> int:
    """Return a number by which dates are sorted: 18890802; 0 where there is none."""
    match = _DATE.match(date.when or date.start or date.end)
    if match is None:
        return 0
    year, month, day = (int(part or 0) for part in match.groups())
    return year * 10_000 + month * 100 + day
