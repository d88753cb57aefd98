"""What the templates of registers are given: their pages, each under a megabyte."""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from teikit.edition.records import Entity, Words
from teikit.publish.links import entity_page
from teikit.publish.pages import Page, Site
from teikit.publish.shown import Section, Shown, count_of, in_order, sections_of
from teikit.publish.views import text_title

_MOST_BYTES = 600_000  # of rows on a page
_ROW = 200  # bytes of a row's tags
_OTHERS = 8  # other names in a row
_WORDS = 160  # characters of a name in a row
_BY_TEXT = "tk-text-"  # what ids of sections begin with that have the entries of a text
_FIRST = 40  # names of a register in the list of registers


@dataclass(frozen=True)
class Part:
    """A page of a register: its place, its sections, and the letters it begins and ends with."""

    page: str
    sections: tuple[Section, ...]


def register_parts(site: Site, shown: Shown, taken: Iterable[str] = ()) -> list[Part]:
    """Return the pages of a register; one of TAKEN is not used for those that follow the first."""
    pages: list[list[Section]] = [[]]
    size = 0
    for section in _sections(site, shown):
        kept: list[Entity] = []
        for entity in section.entities:
            bytes_ = _size(entity)
            if size and size + bytes_ > _MOST_BYTES:
                pages[-1].append(Section(section.id, section.label, tuple(kept)))
                pages.append([])
                kept, size = [], 0
            kept.append(entity)
            size += bytes_
        if kept:
            pages[-1].append(Section(section.id, section.label, tuple(kept)))
    names = set(taken)
    return [
        Part(_page_name(shown.page, number, names), tuple(sections))
        for number, sections in enumerate(pages, 1)
    ]


def _sections(site: Site, shown: Shown) -> Iterable[Section]:
    """Return the sections of a register: witnesses, hands and signs by the text they belong to."""
    if not _is_by_text(shown):
        return sections_of(site.edition, shown, site.strings("registers.unmentioned"))
    found: dict[str, list[Entity]] = {}
    for entity in shown.entities:
        found.setdefault(entity.uri.partition("#")[0], []).append(entity)
    return [
        Section(
            f"{_BY_TEXT}{number}",
            text_title(site.edition, path, site.language).text,
            tuple(entities),
        )
        for number, (path, entities) in enumerate(found.items(), 1)
    ]


def _is_by_text(shown: Shown) -> bool:
    return shown.is_over_all and shown.origin.rpartition("/")[2] in ("witness", "hand", "character")


def _page_name(page: str, number: int, taken: set[str]) -> str:
    if number == 1:
        return page
    stem, suffix = posixpath.splitext(page)
    name = f"{stem}-{number}{suffix}"
    while name in taken:
        name = name.removesuffix(suffix) + "_" + suffix
    return name


def _size(entity: Entity) -> int:
    words = [*entity.names[: _OTHERS + 1], *entity.descs[:1]]
    return _ROW + sum(60 + len(one.text[:_WORDS].encode("utf-8")) for one in words)


def register_view(site: Site, shown: Shown, parts: list[Part], part: Part) -> dict[str, Any]:
    """Return one page of a register: a row for each entity, and the ways to the other pages."""
    page = Page(site, part.page, "")
    is_mixed = shown.is_over_all and not _is_by_text(shown)
    twice = _names_twice(page, shown) if is_mixed else frozenset()
    sections = [
        {
            "id": one.id,
            "label": one.label,
            "rows": [_row(site, page, entity, twice) for entity in one.entities],
        }
        for one in part.sections
    ]
    return {
        **summary(site, shown),
        "sections": sections,
        "rows": [row for section in sections for row in section["rows"]],
        "jumps": list(_jumps(parts)),
        "parts": [
            {"number": number, "page": one.page, "label": _reach(page, one)}
            for number, one in enumerate(parts, 1)
        ],
        "number": parts.index(part) + 1,
    }


def summary(site: Site, shown: Shown) -> dict[str, Any]:
    """Return what lists of registers show of one: its title, page and numbers."""
    return {
        "title": shown.title,
        "page": shown.page,
        "path": shown.origin,
        "entities": len(shown.entities),
        "mentions": sum(count_of(site.edition, one) for one in shown.entities),
        "is_in_text": shown.is_in_text,
        "is_made": shown.is_made,
        "is_over_all": shown.is_over_all,
    }


def register_names(site: Site, shown: Shown) -> dict[str, Any]:
    """Return a register as the list of registers shows it: its first names, and how many more."""
    page = Page(site, "registers/index.html", "")
    entities = in_order(site.edition, shown)
    if len(entities) > _FIRST:
        entities.sort(key=lambda one: -count_of(site.edition, one))
    if shown.is_over_all:  # the same person in many letters
        entities = list({page.name(one).text: one for one in reversed(entities)}.values())[::-1]
    rows = [_row(site, page, one, frozenset()) for one in entities[:_FIRST]]
    return {**summary(site, shown), "rows": rows, "more": len(entities) - len(rows)}


def _jumps(parts: list[Part]) -> Iterator[tuple[str, str]]:
    """Yield (letter, where its section begins)."""
    seen: set[str] = set()
    for part in parts:
        for section in part.sections:
            if section.id.startswith(_BY_TEXT):
                continue  # titles are no letters to jump to
            if section.id and section.id not in seen:
                seen.add(section.id)
                yield section.label, f"{part.page}#{section.id}"


def _reach(page: Page, part: Part) -> str:
    """Return the first and last name on a page."""
    entities = [one for section in part.sections for one in section.entities]
    return f"{page.name(entities[0]).text[:30]} – {page.name(entities[-1]).text[:30]}"


def _names_twice(page: Page, shown: Shown) -> frozenset[str]:
    seen: set[str] = set()
    twice: set[str] = set()
    for entity in shown.entities:
        name = page.name(entity).text
        (twice if name in seen else seen).add(name)
    return frozenset(twice)


def _row(site: Site, page: Page, entity: Entity, twice: frozenset[str]) -> dict[str, Any]:
    name = page.name(entity)
    home = ""
    if name.text in twice:
        home = text_title(site.edition, entity.uri.partition("#")[0], site.language)
    return {
        "page": page_of(site, entity),
        "id": entity.id,
        "name": _cut(name),
        "others": [_cut(one) for one in page.other_names(entity)[:_OTHERS]],
        "type": type_label(site, entity),
        "mentions": count_of(site.edition, entity),
        "home": home,
    }


def _cut(words: Words) -> Words:
    if len(words.text) <= _WORDS:
        return words
    return Words(words.text[:_WORDS].rstrip() + "…", words.lang, words.type)


def page_of(site: Site, entity: Entity) -> str:
    """Return the page of an entity, or of the entry that it is one with; "" where it has none."""
    if not entity.has_page:
        return ""
    return entity_page(site.edition.entities.get(site.edition.meant(entity.uri), entity))


def type_label(site: Site, entity: Entity) -> str:
    """Return the type of an entity in words."""
    if entity.type:
        return site.strings.label("type", entity.type)
    return site.strings.label("kind", entity.kind)
