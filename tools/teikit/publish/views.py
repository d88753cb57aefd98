"""What the template of statements is given, and what texts are called. Plain values only."""

from collections.abc import Iterator
from typing import Any

from teikit.edition.model import Edition
from teikit.edition.records import Entity, Statement, Words
from teikit.publish.citation import choose, full_title
from teikit.publish.links import interp_id
from teikit.publish.pages import Page, Site


def text_title(edition: Edition, path: str, language: str) -> Words:
    """Return what a text is called, by its header, else by its own heading."""
    header, text = edition.headers.get(path), edition.text(path)
    return full_title(header.titles if header else (), language) or Words(
        (text.head if text else "") or path, text.lang if text else ""
    )


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
