"""The pages of a site in one language: each is rendered from its template and taken in."""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from teikit.edition.records import Division, RegisterRecord, TextRecord, Words
from teikit.publish.citation import choose, in_language, speaks
from teikit.publish.files import SiteFiles
from teikit.publish.links import DOWNLOADS, entity_page, register_page, relative, text_page
from teikit.publish.offers import download_sections, plain_path
from teikit.publish.pages import Page, Site, main_text
from teikit.publish.pieces import Piece
from teikit.publish.views import (
    entity_view,
    listed_registers,
    register_title,
    register_view,
    statements_view,
    text_title,
)

_MARKS = (
    "orgName", "persName", "country", "placeName", "title", "eventName", "term", "rs", "date",
)  # fmt: skip

# languages of which a text is measured in characters as they are, not in letters
_IN_CHARACTERS = re.compile(r"(zh|lzh|cmn|yue|ja|ko)(-|$)", re.IGNORECASE)
# what static/looks.css is for, besides @rend
_LOOKS = frozenset("l list table code eg egXML gi att val ident tag app".split())
_SCRIPTS = re.compile(r' (dir="rtl"|lang="ja)')


def add_pages(files: SiteFiles, site: Site, pieces: Mapping[str, Piece]) -> None:
    """Take in every page of the site in its language; `pieces` are the texts as HTML."""
    add = _Adder(files, site)
    _add_index(add)
    for text in site.edition.texts:
        if text.path in pieces:
            _add_text(add, text, pieces)
    registers = listed_registers(site.edition)
    if registers:
        _add_registers(add, registers)
    if site.edition.statements:
        add.page(
            "statements.html",
            "statements.html",
            site.strings("statements.title"),
            site.project.main,
            **statements_view(site),
        )
    header = next((piece.header for piece in pieces.values() if piece.header), "")
    add.page(
        "about.html",
        "about.html",
        site.strings("about.title"),
        site.project.main,
        content=Markup(header),
        texts=[
            {**_text_row(site, text), "tei": f"{DOWNLOADS}{text.path}"}
            for text in (site.edition.texts if site.is_of_many else ())
            if text.path in pieces
        ],
    )
    add.page(
        "downloads.html",
        "downloads/index.html",
        site.strings("downloads.title"),
        site.project.main,
        sections=download_sections(site.edition, site.project, site.strings, files.files),
    )


class _Adder:
    """Renders pages and takes them into the files of the site."""

    def __init__(self, files: SiteFiles, site: Site):
        self.files, self.site = files, site

    def page(self, template: str, path: str, title: str, origin: str, /, **values: Any) -> None:
        """Render the page at PATH, which comes from ORIGIN, and take it in."""
        text = values.get("text")
        page = Page(self.site, path, title, text.path if text else "")
        html = self.site.render(template, page, **values)
        self.files.add(self.site.prefix(self.site.language) + path, html, origin or path)


def _add_index(add: _Adder) -> None:
    site, edition = add.site, add.site.edition
    header = site.header
    title = _cover_title(site)
    main = main_text(site.project, edition)
    texts = [one for one in edition.texts if one.path != site.project.introduction]
    add.page(
        "index.html",
        "index.html",
        site.title,
        site.project.main,
        title=title,
        others=[one for one in header.titles if one.text not in title.text]
        if len(texts) == 1
        else [],
        authors=tuple(dict.fromkeys(in_language(header.authors, site.language))),
        colophon=_colophon(site),
        abstracts=in_language(header.abstracts, site.language),
        main={"page": text_page(main)} if main else None,
        introduction=text_page(site.project.introduction)
        if edition.text(site.project.introduction)
        else "",
        texts=[_text_row(site, text) for text in edition.texts],
        registers=[register_view(site, one) for one in listed_registers(edition)],
    )


def _cover_title(site: Site) -> Words:
    """Return what the edition is called: by edition.toml, else by its header."""
    if site.project.title:
        return Words(site.title)
    own = tuple(one for one in site.header.titles if one.type in ("", "main"))
    return choose(own, site.language) or Words(site.title)


def _colophon(site: Site) -> list[str | Markup]:
    """Return which edition this is, of when, and who is responsible for it."""
    header, page = site.header, Page(site, "index.html", "")
    names = dict.fromkeys(
        Words(one.text, one.lang) for one in in_language(header.editors, site.language)
    )
    has_comma = any("," in one.text for one in names)
    parts = [
        site.strings("footer.version", version=header.edition) if header.edition else "",
        Markup('<time datetime="{0}">{0}</time>').format(header.date) if header.date else "",
        escape(site.strings("site.semicolon" if has_comma else "site.comma")).join(
            page.words(one) for one in names
        ),
    ]
    return [part for part in parts if part]


def _text_row(site: Site, text: TextRecord) -> dict[str, Any]:
    if _IN_CHARACTERS.match(text.lang):
        key = "index.measure" if text.sentences else "index.measure-short"
    else:
        key = "index.measure-spaced" if text.sentences else "index.measure-short-spaced"
    values = {
        "characters": f"{text.characters:,}",
        "paragraphs": text.paragraphs,
        "sentences": text.sentences,
    }
    return {
        "page": text_page(text.path),
        "title": text_title(site.edition, text.path, site.language),
        "measure": site.strings(key, **values),
    }


def _add_text(add: _Adder, text: TextRecord, pieces: Mapping[str, Piece]) -> None:
    site, piece = add.site, pieces[text.path]
    title = text_title(site.edition, text.path, site.language)
    tokens = {
        token for found in re.findall(r'class="([^"]*)"', piece.content) for token in found.split()
    }
    findings = [one for one in site.report.findings if one.place.path == text.path]
    add.page(
        "text.html",
        text_page(text.path),
        title.text,
        text.path,
        text=text,
        content=Markup(piece.content),
        hidden_title=text.head == title.text,
        has_looks=not tokens.isdisjoint(_LOOKS)
        or any(one.startswith("rend-") for one in tokens)
        or bool(_SCRIPTS.search(piece.content)),
        around=_around(site, text, pieces),
        has_lines="lb" in tokens,
        has_notes="tk-notes" in tokens,
        has_summaries="summary" in tokens,
        summaries_shown=not speaks(text.lang, site.language),
        marks=[
            name
            for name in _MARKS
            if name in tokens and any(one.element == name for one in text.mentions)
        ],
        findings=findings if site.draft else [],
        also=_also(site, text),
        divisions=_divisions(site, text),
    )


def _around(site: Site, text: TextRecord, pieces: Mapping[str, Piece]) -> list[dict[str, Any]]:
    """Return the texts before and after this one: which it is in words, its title and page."""
    texts = [one for one in site.edition.texts if one.path in pieces]
    at = texts.index(text)
    beside = (
        (site.strings("text.previous"), texts[at - 1 : at] if at else []),
        (site.strings("text.next"), texts[at + 1 : at + 2]),
    )
    return [
        {"label": label, **_text_row(site, one)} for label, several in beside for one in several
    ]


def _divisions(site: Site, text: TextRecord) -> list[Division]:
    """Return the divisions in the order of the page: of parallel ones, the reader's first."""
    if text.path != site.project.introduction:
        return list(text.divisions)
    return sorted(text.divisions, key=lambda one: not speaks(one.lang, site.language))


def _also(site: Site, text: TextRecord) -> list[tuple[str, str]]:
    """Return the other forms of a text: (label, URL)."""
    here = site.prefix(site.language) + text_page(text.path)
    found = [
        (site.strings("text.as-tei"), relative(here, f"{DOWNLOADS}{text.path}")),
        (site.strings("text.as-text"), relative(here, plain_path(text.path))),
    ]
    if any(one.text == text.path for one in site.edition.statements):
        found.insert(
            0, (site.strings("text.statements"), relative(text_page(text.path), "statements.html"))
        )
    return found


def _add_registers(add: _Adder, registers: list[RegisterRecord]) -> None:
    site = add.site
    views = [(one, register_view(site, one)) for one in registers]
    add.page(
        "registers.html",
        "registers/index.html",
        site.strings("registers.title"),
        "registers",
        registers=[view for _, view in views],
    )
    for register, view in views:
        title = register_title(register, site.language)
        add.page(
            "register.html", register_page(register.path), title.text, register.path, register=view
        )
        for entity in register.entities:
            if entity.kind != "interp":
                values = entity_view(site, entity, register)
                add.page(
                    "entity.html", entity_page(entity), values["name"].text, entity.uri, **values
                )
