"""The pages of a text that is split: what each is called, and the contents of the whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from teikit.edition.records import Division, Part, TextRecord, Words
from teikit.publish.citation import choose
from teikit.publish.links import is_anchor, part_page, relative, text_page
from teikit.publish.pages import Site

_MOST = 120  # entries of the contents beside a part; of longer ones those around it
_AROUND = 12


@dataclass(frozen=True)
class Entry:
    """A line of the contents: a division that begins on a page, and its link from here.

    A corpus in a corpus has no page, and no link.
    """

    url: str
    label: str
    incipit: str
    lang: str
    depth: int
    is_here: bool = False


def division_label(site: Site, division: Division) -> str:
    """Return what a division is called: by its heading, else by its kind and number."""
    if division.label:
        return division.label
    kind = site.strings.label("division", division.type) if division.type else ""
    return " ".join(filter(None, (kind, division.n))) or division.incipit or division.id


def member_title(site: Site, text: TextRecord, member: int) -> Words:
    """Return what one of the texts of a file is called."""
    one = text.members[member]
    return choose(one.header.titles, site.language) or Words(
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


def contents_of(site: Site, text: TextRecord, here: Part | None = None) -> list[Entry]:
    """Return the contents of a split text, as seen from its part HERE or from its own page."""
    page = part_page(text.path, here) if here else text_page(text.path)
    first = {id(part) for part in first_parts(text)}
    entries: list[Entry] = []
    within: tuple[tuple[Words, ...], ...] = ()
    for part in text.parts:
        is_first = id(part) in first
        if is_first:
            corpora = text.members[part.member].within
            entries += _corpora(site, corpora, within)
            within = corpora
        entries += _entries(site, text, part, page, is_here=part is here, is_first=is_first)
    if here is None or len(entries) <= _MOST:
        return entries
    at = next(number for number, one in enumerate(entries) if one.is_here)
    return entries[max(at - _AROUND, 0) : at + _AROUND + 1]


def _entries(
    site: Site, text: TextRecord, part: Part, page: str, *, is_here: bool, is_first: bool
) -> Iterator[Entry]:
    url = relative(page, part_page(text.path, part))
    known = {one.id for one in part.opens}
    ids = frozenset(part.ids)
    inside = [one for one in text.divisions if one.id in ids and one.id not in known]
    deeper = 1 + len(text.members[part.member].within) if part.member >= 0 else 0
    if is_first:
        title = member_title(site, text, part.member)
        yield Entry(url, title.text, "", title.lang, deeper, is_here and not part.opens)
    elif not part.opens:  # it goes on with what began before
        depth = max(len(part.path), 1) + deeper
        yield Entry(url, part_label(site, text, part), "", _language(part), depth, is_here)
    for number, one in enumerate((*part.opens, *inside)):
        label = division_label(site, one)
        incipit = one.incipit if one.is_numbered and one.incipit != label else ""
        to = f"{url}#{_quoted(one.id)}" if one.id and number else url
        is_own = is_here and one is (part.opens[-1] if not part.last else part.opens[0])
        yield Entry(to, label, incipit, one.lang, one.depth + deeper, is_own)


def _corpora(
    site: Site, corpora: tuple[tuple[Words, ...], ...], before: tuple[tuple[Words, ...], ...]
) -> Iterator[Entry]:
    """Yield the corpora in the file's corpus that begin here."""
    for depth, titles in enumerate(corpora, 1):
        if corpora[:depth] != before[:depth]:
            title = choose(titles, site.language) or Words("–")
            yield Entry("", title.text, "", title.lang, depth)


def _quoted(name: str) -> str:
    return relative("", f"#{name}").removeprefix("#")


def _language(part: Part) -> str:
    return part.path[-1].lang if part.path else ""


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
        for name in filter(is_anchor, part.ids):
            found.setdefault(name, relative(here, f"{page}#{name}"))
    return list(found.items())
