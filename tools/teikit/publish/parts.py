"""The pages of a text that is split: what each is called, and the contents of the whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from teikit.edition.records import Division, Part, TextRecord, Words
from teikit.publish.citation import full_title
from teikit.publish.links import part_page, relative, text_page
from teikit.publish.pages import Site

_MOST = 120  # entries of the contents beside a part; of longer ones those around it
_AROUND = 12
_IN_SIGNS = re.compile(r"(zh|lzh|cmn|yue|ja|ko)(-|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """A line of the contents: a division that begins in a part, and its link.

    A corpus in a corpus has no page, and no link.
    """

    url: str
    label: str
    incipit: str
    lang: str
    depth: int
    part: int = -1  # which of the parts it begins in
    is_page: bool = False  # it stands for the part as a whole
    is_here: bool = False  # its part is the page that shows the contents
    measure: str = ""  # how long the part is


def division_label(site: Site, division: Division) -> str:
    """Return what a division is called: by its heading, else by its kind and number."""
    if division.label:
        return division.label
    return division_kind(site, division) or division.incipit


def division_kind(site: Site, division: Division) -> str:
    """Return the kind and number of a division; its id where nothing else tells it."""
    kind = site.strings.label("division", division.type) if division.type else ""
    named = " ".join(filter(None, (kind, division.n)))
    return named or ("" if division.incipit else division.id)


def member_title(site: Site, text: TextRecord, member: int) -> Words:
    """Return what one of the texts of a file is called."""
    one = text.members[member]
    return full_title(one.header.titles, site.language) or Words(
        one.head or site.strings("text.part", number=member + 1), one.lang if one.head else ""
    )


def first_parts(text: TextRecord) -> list[Part]:
    """Return the first part of each of the texts in a file that holds several."""
    found: dict[int, Part] = {}
    for part in text.parts:
        if part.member >= 0:
            found.setdefault(part.member, part)
    return list(found.values())


def part_label(site: Site, text: TextRecord, part: Part) -> str:
    """Return what a part is called, by the divisions that it is in."""
    t = site.strings
    names = [division_label(site, one) for one in part.path]
    if part.member >= 0:
        names.insert(0, member_title(site, text, part.member).text)
    if not names and part.opens:
        names = [division_label(site, part.opens[0])]
    label = t("site.separator").join(names) or t("text.part", number=part.name)
    if part.last:
        label = t("text.from-to", first=label, last=division_label(site, part.last[-1]))
    return t("text.page-of", part=label, number=part.number) if part.number > 1 else label


def contents_of(site: Site, text: TextRecord, page: str) -> list[Entry]:
    """Return the contents of a split text, as seen from a page."""
    first = {id(part) for part in first_parts(text)}
    inside = _divisions_by_part(text)
    entries: list[Entry] = []
    within: tuple[tuple[Words, ...], ...] = ()
    for number, part in enumerate(text.parts):
        url = relative(page, part_page(text.path, part))
        if id(part) in first:
            corpora = text.members[part.member].within
            entries += _corpora(site, corpora, within)
            within = corpora
            title, depth = member_title(site, text, part.member), len(corpora) + 1
            is_page = not part.opens
            entries.append(Entry(url, title.text, "", title.lang, depth, number, is_page))
        elif not part.opens:  # it goes on with what began before
            depth = max(len(part.path), 1) + _depth_of_member(text, part)
            label, lang = part_label(site, text, part), part.path[-1].lang if part.path else ""
            entries.append(Entry(url, label, "", lang, depth, number, is_page=True))
        entries += _entries(site, text, number, url, inside.get(number, ()))
    titled = {number for number, part in enumerate(text.parts) if id(part) in first}
    return [_measured(site, text, one, one.part in titled) for one in entries]


def _measured(site: Site, text: TextRecord, entry: Entry, is_titled: bool) -> Entry:
    """Return the entry; that of a page says how long it is, and how it begins without a heading."""
    if not entry.is_page:
        return entry
    part = text.parts[entry.part]
    is_headed = is_titled or bool(part.opens and part.opens[-1].label and not part.last)
    same = (entry.label, part.path[-1].incipit if part.path and part.opens else "")
    begins = "" if is_headed or part.incipit in same else part.incipit
    return replace(
        entry,
        incipit=entry.incipit or begins,
        measure=_measure(site, text.lang, part.characters),
    )


def _measure(site: Site, language: str, characters: int) -> str:
    is_spaced = not counts_signs(language)
    key = "index.measure-short-spaced" if is_spaced else "index.measure-short"
    return site.strings(key, characters=f"{characters:,}")


def counts_signs(language: str) -> bool:
    """Return whether a text in the language is measured in signs as they are, not in letters."""
    return bool(_IN_SIGNS.match(language))


def contents_beside(entries: Sequence[Entry], at: int) -> list[Entry]:
    """Return the contents as the part at AT shows them: itself marked, and not all if many."""
    here = next(number for number, one in enumerate(entries) if one.part == at and one.is_page)
    start, end = 0, len(entries)
    if end > _MOST:
        start, end = max(here - _AROUND, 0), here + _AROUND + 1
    marked = replace(entries[here], is_here=True)
    return [*entries[start:here], marked, *entries[here + 1 : end]]


def _entries(
    site: Site, text: TextRecord, number: int, url: str, inside: Sequence[Division]
) -> Iterator[Entry]:
    """Yield the divisions that begin in a part."""
    part = text.parts[number]
    deeper = _depth_of_member(text, part)
    own = len(part.opens) - 1 if not part.last else 0
    for at, one in enumerate((*part.opens, *inside)):
        label = division_label(site, one)
        incipit = one.incipit if one.is_numbered and one.incipit != label else ""
        to = f"{url}#{_quoted(one.id)}" if one.id and at else url
        is_page = at == own and bool(part.opens)
        yield Entry(to, label, incipit, one.lang, one.depth + deeper, number, is_page)


def _divisions_by_part(text: TextRecord) -> dict[int, list[Division]]:
    """Return the divisions with an id that begin inside of parts, by the number of the part."""
    homes = {name: number for number, part in enumerate(text.parts) for name in part.ids}
    opened = {one.id for part in text.parts for one in part.opens}
    found: dict[int, list[Division]] = {}
    for one in text.divisions:
        if one.id not in opened and one.id in homes:
            found.setdefault(homes[one.id], []).append(one)
    return found


def _depth_of_member(text: TextRecord, part: Part) -> int:
    return 1 + len(text.members[part.member].within) if part.member >= 0 else 0


def _corpora(
    site: Site, corpora: tuple[tuple[Words, ...], ...], before: tuple[tuple[Words, ...], ...]
) -> Iterator[Entry]:
    """Yield the corpora in the file's corpus that begin here."""
    for depth, titles in enumerate(corpora, 1):
        if corpora[:depth] != before[:depth]:
            title = full_title(titles, site.language) or Words("–")
            yield Entry("", title.text, "", title.lang, depth)


def _quoted(name: str) -> str:
    return relative("", f"#{name}").removeprefix("#")


def beside(site: Site, text: TextRecord, at: int) -> list[dict[str, Any]]:
    """Return the parts before and after the one at AT: which it is in words, its label and URL."""
    here = part_page(text.path, text.parts[at])
    found: tuple[tuple[str, Sequence[Part]], ...] = (
        ("text.previous", text.parts[at - 1 : at] if at else ()),
        ("text.next", text.parts[at + 1 : at + 2]),
    )
    return [
        {
            "way": site.strings(key),
            "rel": "next" if key == "text.next" else "prev",
            "label": part_label(site, text, one),
            "url": relative(here, part_page(text.path, one)),
        }
        for key, parts in found
        for one in parts
    ]


def places(text: TextRecord) -> list[tuple[str, str]]:
    """Return each id of a split text once, with its URL as seen from the text's own page."""
    here, found = text_page(text.path), {}
    for part in text.parts:
        page = part_page(text.path, part)
        for name in part.ids:
            found.setdefault(name, relative(here, f"{page}#{name}"))
    return list(found.items())
