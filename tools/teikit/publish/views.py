"""What the templates of registers, entities and statements are given. Plain values only."""

from collections.abc import Iterator
from typing import Any

from teikit.edition.model import Edition
from teikit.edition.records import Entity, RegisterRecord, Relation, Statement, Words
from teikit.publish.citation import choose, in_language, speaks
from teikit.publish.links import (
    authority_link,
    authority_name,
    entity_page,
    interp_id,
    register_page,
)
from teikit.publish.pages import Page, Site, by_text


def listed_registers(edition: Edition) -> list[RegisterRecord]:
    """Return the registers that have pages: those with entities that are no interpretations."""
    return [one for one in edition.registers if any(e.kind != "interp" for e in one.entities)]


def register_title(register: RegisterRecord, language: str) -> Words:
    """Return what a register is called."""
    return choose(register.titles, language) or Words(register.path)


def text_title(edition: Edition, path: str, language: str) -> Words:
    """Return what a text is called, by its header, else by its own heading."""
    header, text = edition.headers.get(path), edition.text(path)
    return choose(header.titles if header else (), language) or Words(
        (text.head if text else "") or path, text.lang if text else ""
    )


def register_view(site: Site, register: RegisterRecord) -> dict[str, Any]:
    """Return a register: its title, page, and a row for each of its entities."""
    page = Page(site, register_page(register.path), "")
    rows = [
        {
            "page": entity_page(entity),
            "name": page.name(entity),
            "others": page.other_names(entity),
            "type": type_label(site, entity),
            "mentions": len(site.edition.mentions.get(entity.uri, ())),
        }
        for entity in register.entities
        if entity.kind != "interp"
    ]
    return {
        "title": register_title(register, site.language),
        "rows": rows,
        "page": register_page(register.path),
        "path": register.path,
        "entities": len(rows),
        "mentions": sum(row["mentions"] for row in rows),
    }


def type_label(site: Site, entity: Entity) -> str:
    """Return the type of an entity in words."""
    if entity.type:
        return site.strings.label("type", entity.type)
    return site.strings.label("kind", entity.kind)


def entity_view(site: Site, entity: Entity, register: RegisterRecord) -> dict[str, Any]:
    """Return all that the page of an entity shows."""
    page = Page(site, entity_page(entity), "")
    evidence = [one for one in entity.descs if one.type == "evidence"]
    evidence += [Words(uri, "", "", ((uri, uri),)) for uri in entity.sources if page.to(uri)]
    descs = [one for one in entity.descs if one.type != "evidence"]
    descs.sort(key=lambda one: not speaks(one.lang, site.language))
    return {
        "entity": entity,
        "name": page.name(entity),
        "other_names": page.other_names(entity),
        "descs": descs,
        "evidence": evidence,
        "type": type_label(site, entity),
        "register": {
            "title": register_title(register, site.language),
            "page": register_page(register.path),
        },
        "identifiers": [
            (authority_name(one), one.value, authority_link(one)) for one in entity.identifiers
        ],
        "relations": _relations(site, page, entity),
        "mentions": _mentions(site, page, entity),
    }


def _mentions(site: Site, page: Page, entity: Entity) -> list[dict[str, Any]]:
    groups = []
    for path, mentions in by_text(site.edition.mentions.get(entity.uri, ())).items():
        text = site.edition.text(path)
        rows = [
            {
                "before": one.before,
                "surface": one.surface,
                "after": one.after,
                "id": one.passage or one.text,
                "url": page.href(site.site_map.place(path, one.anchor)),
            }
            for one in mentions
        ]
        groups.append(
            {
                "title": text_title(site.edition, path, site.language),
                "rows": rows,
                "lang": text.lang if text else "",
            }
        )
    return groups


def _relations(site: Site, page: Page, entity: Entity) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the entity's relations by what they are, seen from the entity."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for relation in site.edition.relations.get(entity.uri, ()):
        for label, others in _sides(site, relation, entity.uri):
            groups.setdefault(label, []).append(_relation_row(site, page, relation, others))
    return list(groups.items())


def _sides(site: Site, relation: Relation, uri: str) -> Iterator[tuple[str, list[str]]]:
    t = site.strings
    if uri in relation.active:
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


def statements_view(site: Site) -> dict[str, Any]:
    """Return the statements by each group of interpretations, and the first two crossed."""
    edition = site.edition
    names = [
        name
        for name in edition.interp_groups
        if any(edition.said(one.uri) for one in edition.interps(name))
    ]
    groups = [
        _group_view(site, name, names, first=number == 0) for number, name in enumerate(names)
    ]
    matrix = _matrix(site, names[0], names[1]) if len(names) > 1 else None
    return {"groups": groups, "matrix": matrix}


def _group_view(site: Site, name: str, names: list[str], *, first: bool) -> dict[str, Any]:
    edition, page = site.edition, Page(site, "statements.html", "")
    crossed = next((other for other in names if other != name), "")
    categories = []
    for interp in edition.interps(name):
        said = edition.said(interp.uri)
        if said:
            categories.append(
                {
                    "id": interp_id(interp),
                    "name": page.name(interp),
                    "total": len(said),
                    "desc": choose(interp.descs, site.language),
                    "parts": list(_parts(page, edition, interp, said, crossed)),
                }
            )
    group = edition.groups.get(name)
    return {
        "type": name,
        "title": site.strings("statements.by", group=_group_name(site, name)),
        "desc": choose(group.descs, site.language) if group else None,
        "categories": categories,
        "quotes": first,
    }


def _group_name(site: Site, name: str) -> str:
    return site.strings.label("group", name)


def _parts(
    page: Page, edition: Edition, interp: Entity, said: tuple[Statement, ...], crossed: str
) -> Iterator[dict[str, Any]]:
    """Yield the statements of a category by the categories of the other group."""
    left = list(said)
    for other in edition.interps(crossed):
        rows = [one for one in said if other.uri in one.analyses]
        if rows:
            left = [one for one in left if one not in rows]
            yield {
                "name": page.name(other),
                "id": f"{interp_id(interp)}--{other.id}",
                "rows": [_statement_row(page, one) for one in rows],
            }
    if left:
        yield {"name": None, "id": "", "rows": [_statement_row(page, one) for one in left]}


def _statement_row(page: Page, statement: Statement) -> dict[str, Any]:
    return {
        "surface": statement.surface,
        "lang": statement.lang,
        "id": statement.anchor,
        "target": page.site.site_map.place(statement.text, statement.anchor),
    }


def _matrix(site: Site, down: str, across: str) -> dict[str, Any]:
    edition, page = site.edition, Page(site, "statements.html", "")
    columns = [one for one in edition.interps(across) if edition.said(one.uri)]
    rows, most = [], 1
    for interp in edition.interps(down):
        said = edition.said(interp.uri)
        counts = [sum(column.uri in one.analyses for one in said) for column in columns]
        if said:
            rows.append((interp, counts, len(said)))
            most = max(most, *counts) if counts else most
    return {
        "columns": [page.name(one) for one in columns],
        "rows": [
            {
                "id": interp_id(interp),
                "name": page.name(interp),
                "total": total,
                "cells": [
                    _cell(page, interp, column, count, most)
                    for column, count in zip(columns, counts, strict=True)
                ],
            }
            for interp, counts, total in rows
        ],
        "totals": [sum(counts[number] for _, counts, _ in rows) for number in range(len(columns))],
        "total": sum(total for _, _, total in rows),
    }


def _cell(page: Page, row: Entity, column: Entity, count: int, most: int) -> dict[str, Any]:
    label = f"{page.name(row).text}, {page.name(column).text}: {count}"
    weight = 0 if not count else 1 + min(3, count * 4 // (most + 1))
    return {
        "count": count,
        "weight": weight,
        "label": label,
        "id": f"{interp_id(row)}--{column.id}",
    }
