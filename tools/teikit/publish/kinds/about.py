"""The page about the edition: its header."""

from typing import Any

from markupsafe import Markup

from teikit.publish.accounting import TextCarried
from teikit.publish.carried import Carried
from teikit.publish.kinds.adder import Adder, text_row
from teikit.publish.links import DOWNLOADS, text_page
from teikit.publish.pages import Site
from teikit.publish.views import text_title

_MOST = 200  # texts of which each has a row; of more, those that lack something


def add_about(add: Adder) -> None:
    """Take in the page about the edition."""
    site = add.site
    header = next((piece.header for piece in add.pieces.values() if piece.header), "")
    add.page(
        "about.html",
        "about.html",
        site.strings("about.title"),
        site.project.main,
        content=Markup(header),
        carried=_carried(site),
        texts=[
            {**text_row(site, text), "tei": f"{DOWNLOADS}{text.path}"}
            for text in (add.texts if site.is_of_many else ())
        ],
    )


def _carried(site: Site) -> dict[str, Any]:
    """Return the table of what the site carries: the sums, each text, and what may be missing."""
    account = site.account
    rows = [_row(site, one) for one in account.sums()]
    kinds = [one.what for one in account.sums()]
    texts = account.texts if len(account.texts) > 1 else ()
    if len(texts) > _MOST:
        texts = [one for one in texts if any(row.missing for row in one.rows)]
    return {
        "rows": rows,
        "kinds": [site.strings(f"carried.{kind}") for kind in kinds],
        "texts": [_text(site, one, kinds) for one in texts],
        "reasons": [
            {**_named(site, one), "kind": site.strings(f"carried.{kind}"), "reason": reason}
            for one in account.texts
            for kind, reason in one.reasons
        ],
    }


def _row(site: Site, row: Carried) -> dict[str, Any]:
    return {
        "what": site.strings(f"carried.{row.what}"),
        "of": f"{row.of:,}",
        "carried": "" if row.what == "unresolved" else f"{row.carried:,}",
        "allowed": f"{row.allowed:,}" if row.allowed else "",
    }


def _text(site: Site, text: TextCarried, kinds: list[str]) -> dict[str, Any]:
    """Return the row of one text: of each kind how many there are, or how many of how many."""
    rows = [text.row(kind) for kind in kinds]
    return {
        **_named(site, text),
        "cells": [
            (f"{row.of:,}" if row.of else "")
            if not row.missing or row.what == "unresolved"
            else site.strings("carried.part", carried=f"{row.carried:,}", of=f"{row.of:,}")
            for row in rows
        ],
    }


def _named(site: Site, text: TextCarried) -> dict[str, Any]:
    return {
        "page": text_page(text.path),
        "title": text_title(site.edition, text.path, site.language),
    }
