"""What the template of entities is given: the pages of an entity, each under a megabyte."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from teikit.authorities import authority_of, web_address
from teikit.edition.records import ENTRY, Entity, Identifier, Mention, Relation, Words
from teikit.publish.citation import in_language, speaks
from teikit.publish.links import authority_link, authority_name, entity_page
from teikit.publish.pages import Page, Site
from teikit.publish.register_views import type_label
from teikit.publish.shown import Shown
from teikit.publish.views import text_title

_MOST_BYTES = 400_000  # of mentions on a page
_ROW = 260  # bytes of a row's tags
_WORDS = 300  # characters of a mention
_MOST_RELATIONS = 1_000  # of one kind
_PLACES = {
    "note": "entity.in-note",
    "apparatus": "entity.in-apparatus",
    "header": "entity.in-header",
    "file": "entity.in-header",
}
_COUNTS = {"mentions": "entity.mentions-count", "speeches": "entity.speeches-count"}
_FEW = 5  # texts up to which an entity needs no list of them


@dataclass(frozen=True)
class _Group:
    """The mentions of an entity in one text that are shown together."""

    text: str
    kind: str  # "mentions" or "speeches"
    number: int  # of all groups of the entity, from 1
    mentions: tuple[Mention, ...]
    total: int = 0  # of mentions, also where some are on another page


def entity_views(site: Site, entity: Entity, shown: Shown) -> list[tuple[str, dict[str, Any]]]:
    """Return the pages of an entity, each with all that it shows; the first has what is known."""
    first = entity_page(entity)
    if site.edition.meant(entity.uri) != entity.uri:
        return [(first, _reference(site, entity, shown))]
    pages = list(_paged(_groups(site.edition.mentions.get(entity.uri, ()))))
    names = [first, *(f"{first.removesuffix('.html')}/{n}.html" for n in range(2, len(pages) + 1))]
    contents = _contents(site, pages, names)
    views = []
    for number, (name, groups) in enumerate(zip(names, pages, strict=True), 1):
        page = Page(site, name, "")
        views.append(
            (
                name,
                {
                    **_head(site, page, entity, shown),
                    **(_known(site, page, entity) if number == 1 else _NOTHING),
                    "mentions": [_group_view(site, page, one) for one in groups],
                    "contents": contents,
                    "parts": list(enumerate(names, 1)) if len(names) > 1 else [],
                    "number": number,
                    "see": None,
                },
            )
        )
    return views


_NOTHING: dict[str, Any] = {
    "descs": [], "evidence": [], "dates": [], "facts": [], "identifiers": [], "relations": [],
    "same": [], "more_same": 0,
}  # fmt: skip


def _head(site: Site, page: Page, entity: Entity, shown: Shown) -> dict[str, Any]:
    return {
        "entity": entity,
        "name": page.name(entity),
        "other_names": page.other_names(entity),
        "type": type_label(site, entity),
        "register": {"title": shown.title, "page": shown.page},
    }


def _reference(site: Site, entity: Entity, shown: Shown) -> dict[str, Any]:
    """Return what the page of an entry shows that is one with another, which has it all."""
    page = Page(site, entity_page(entity), "")
    other = site.edition.entities[site.edition.meant(entity.uri)]
    see = {"page": entity_page(other), "name": page.name(other)}
    return {
        **_head(site, page, entity, shown),
        **_NOTHING,
        "mentions": [], "contents": [], "parts": [], "number": 1, "see": see,
    }  # fmt: skip


def _known(site: Site, page: Page, entity: Entity) -> dict[str, Any]:
    """Return what the register says of the entity, and how it is tied to others."""
    same = sorted(site.same_entries.get(entity.uri, ()))
    evidence = [one for one in entity.descs if one.type == "evidence"]
    evidence += [Words(uri, "", "", ((uri, uri),)) for uri in entity.sources if page.to(uri)]
    descs = [one for one in entity.descs if one.type != "evidence"]
    descs.sort(key=lambda one: not speaks(one.lang, site.language))
    facts: dict[str, list[Words]] = {}
    for fact in entity.facts:
        facts.setdefault(site.strings.label_of_element(fact.type), []).append(fact)
    return {
        "descs": descs,
        "evidence": evidence,
        "dates": entity.dates,
        "facts": list(facts.items()),
        "identifiers": list(_identifiers(entity)),
        "relations": _relations(site, page, entity),
        "same": [_home(site, site.edition.entities[uri]) for uri in same[:_FEW]],
        "more_same": max(len(same) - _FEW, 0),
    }


def _home(site: Site, entity: Entity) -> Words:
    return text_title(site.edition, entity.uri.partition("#")[0], site.language)


def _identifiers(entity: Entity) -> Iterator[tuple[str, str, str]]:
    """Yield (authority, value, URL) of what others call the entity, each address once."""
    said = set()
    for one in entity.identifiers:
        url = authority_link(one)
        said.add(url)
        yield _authority(one), one.value, url
    for address in entity.addresses:
        if address not in said and not any(address.startswith(one) for one in said if one):
            yield authority_of(address)[0], address, address


def _authority(identifier: Identifier) -> str:
    """Return what the authority is called: by @type, else by the address."""
    name = authority_name(identifier)
    if name.lower() in ("", "uri", "url") and web_address(identifier.value):
        return authority_of(identifier.value)[0]
    return name


def _groups(mentions: Iterable[Mention]) -> list[_Group]:
    """Return the mentions by text, what the entity says itself apart from them."""
    found: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        kind = "speeches" if mention.where == "speech" else "mentions"
        found.setdefault((mention.text, kind), []).append(mention)
    order = {text: number for number, (text, _) in enumerate(found)}
    ordered = sorted(found, key=lambda one: (order[one[0]], one[1]))
    return [
        _Group(text, kind, number, tuple(found[text, kind]), len(found[text, kind]))
        for number, (text, kind) in enumerate(ordered, 1)
    ]


def _paged(groups: Sequence[_Group]) -> Iterator[list[_Group]]:
    """Yield the groups of each page; a group may go on on the next one."""
    page: list[_Group] = []
    size = 0
    for group in groups:
        rows: list[Mention] = []
        for mention in group.mentions:
            bytes_ = _size(mention)
            if size and size + bytes_ > _MOST_BYTES:
                if rows:
                    page.append(_part(group, rows))
                yield page
                page, rows, size = [], [], 0
            rows.append(mention)
            size += bytes_
        page.append(_part(group, rows))
    yield page


def _part(group: _Group, rows: Sequence[Mention]) -> _Group:
    return _Group(group.text, group.kind, group.number, tuple(rows), group.total)


def _size(mention: Mention) -> int:
    words = mention.before + mention.surface[:_WORDS] + mention.after
    return _ROW + len(words.encode("utf-8")) + len(mention.text) + 3 * len(mention.anchor)


def _contents(site: Site, pages: list[list[_Group]], names: list[str]) -> list[dict[str, Any]]:
    """Return where the mentions in each text begin, if there are many texts or pages."""
    seen: set[int] = set()
    found = []
    for name, groups in zip(names, pages, strict=True):
        for group in groups:
            if group.number not in seen:
                seen.add(group.number)
                title = text_title(site.edition, group.text, site.language)
                found.append(
                    {
                        "title": title,
                        "count": group.total,
                        "kind": group.kind,
                        "target": f"{name}#tk-in-{group.number}",
                    }
                )
    return found if len(found) > _FEW or len(names) > 1 else []


def _group_view(site: Site, page: Page, group: _Group) -> dict[str, Any]:
    text = site.edition.text(group.text)
    lang = text.lang if text else ""
    return {
        "id": f"tk-in-{group.number}",
        "kind": group.kind,
        "words": _COUNTS[group.kind],
        "title": text_title(site.edition, group.text, site.language),
        "total": group.total,
        "lang": lang,
        "rows": [_row(site, page, one, lang) for one in group.mentions],
    }


def _row(site: Site, page: Page, mention: Mention, lang: str) -> dict[str, Any]:
    target = site.site_map.find(f"{mention.text}#{mention.anchor}") if mention.anchor else ""
    surface = mention.surface
    if len(surface) > _WORDS:
        surface = surface[:_WORDS].rstrip() + "…"
    return {
        "before": mention.before,
        "surface": surface,
        "after": mention.after,
        "id": mention.passage.removeprefix("tk-") if target else "",
        "lang": mention.lang if mention.lang != lang else "",
        "where": _place(site, mention),
        "url": page.href(site.site_map.place(mention.text, mention.anchor if target else "")),
    }


def _place(site: Site, mention: Mention) -> str:
    """Return in words where a mention stands that is not in the running text."""
    if mention.role:
        return site.strings.label("role", mention.role)
    if mention.where in ("", "speech"):
        return ""
    return site.strings(_PLACES[mention.where])


def _relations(site: Site, page: Page, entity: Entity) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the entity's relations by what they are, seen from the entity."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for relation in site.edition.relations.get(entity.uri, ()):
        for label, others in _sides(site, relation, entity.uri):
            rows = groups.setdefault(label, [])
            if len(rows) < _MOST_RELATIONS:
                rows.append(_relation_row(site, page, relation, others))
    return list(groups.items())


def _sides(site: Site, relation: Relation, uri: str) -> Iterator[tuple[str, list[str]]]:
    t = site.strings
    if uri in relation.active and relation.name != ENTRY:  # the entry itself shows what it names
        yield t.label("relation-active", relation.name), list(relation.passive)
    if uri in relation.passive:
        yield t.label("relation-passive", relation.name), list(relation.active)
    if uri in relation.mutual:
        yield (
            t.label("relation-active", relation.name),
            [one for one in relation.mutual if one != uri],
        )


def _relation_row(site: Site, page: Page, relation: Relation, others: list[str]) -> dict[str, Any]:
    sources = [
        {"words": page.passage(uri), "url": page.to(uri), "id": uri.partition("#")[2]}
        for uri in relation.sources
    ]
    entities = site.edition.entities
    return {
        "others": [
            {
                "url": page.to(uri),
                "name": page.name(entities[uri]) if uri in entities else Words(uri),
            }
            for uri in others
        ],
        "date": page.span(relation.dates),
        "cert": relation.cert,
        "descs": in_language(relation.descs, site.language),
        "sources": sources,
    }
