"""The pages of the texts."""

import re
from typing import Any

from markupsafe import Markup

from teikit.edition.records import Division, TextRecord
from teikit.publish.citation import speaks
from teikit.publish.kinds.adder import Adder, text_row
from teikit.publish.links import DOWNLOADS, relative, text_page
from teikit.publish.offers import plain_path
from teikit.publish.pages import Site
from teikit.publish.views import text_title

_MARKS = (
    "orgName", "persName", "country", "placeName", "title", "eventName", "term", "rs", "date",
)  # fmt: skip

# what static/looks.css is for, besides @rend
_LOOKS = frozenset("l list table code eg egXML gi att val ident tag app".split())
# what static/modules.css is for
_MODULES = frozenset(
    """sp speaker stage castList set titlePage opener closer byline trailer postscript epigraph
    argument floatingText group figure figDesc graphic media index interp interpGrp tk-facs
    formula g entry entryFree dictScrap fs u post pause vocal kinesic incident writing
    listBibl biblStruct biblFull cit tk-annotations tk-field msDesc person place org event
    object listPerson listPlace listOrg correspDesc address caesura lg docTitle oRef""".split()
)
_EAST_ASIAN = re.compile(r"(?:zh|lzh|ja|ko|cmn|yue|nan|hak|wuu|ojp|och)(?:-|$)", re.IGNORECASE)
_VERTICAL = re.compile(r'lang="mn-Mong|[" ]rend-vertical')
_SCRIPTS = re.compile(r' (dir="rtl"|lang="ja)')


def add_texts(add: Adder) -> None:
    """Take in the page of each text."""
    for text in add.texts:
        _add_text(add, text)


def _add_text(add: Adder, text: TextRecord) -> None:
    site, piece = add.site, add.pieces[text.path]
    title = text_title(site.edition, text.path, site.language)
    tokens = {
        token for found in re.findall(r'class="([^"]*)"', piece.content) for token in found.split()
    }
    elements = set(re.findall(r'class="([\w-]+)', piece.content))
    findings = [one for one in site.report.findings if one.place.path == text.path]
    add.page(
        "text.html",
        text_page(text.path),
        title.text,
        text.path,
        text=text,
        content=Markup(piece.content),
        origin=Markup(piece.origin),
        hidden_title=text.head == title.text,
        has_looks=not tokens.isdisjoint(_LOOKS)
        or any(one.startswith("rend-") for one in tokens)
        or bool(_SCRIPTS.search(piece.content)),
        **_vertical(site, text, piece.content),
        has_modules=bool(piece.origin)
        or piece.content.count('<h2 class="head') > 1
        or not elements.isdisjoint(_MODULES),
        around=_around(add, text),
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


def _vertical(site: Site, text: TextRecord, content: str) -> dict[str, bool]:
    """Return whether lines from top to bottom are a view of the page, and the first."""
    wish = site.project.publishing.vertical
    article = re.search(r'<article class="([^"]*)"', content)
    says = article is not None and "rend-vertical" in article[1].split()
    offered = says or (wish is not False and bool(_EAST_ASIAN.match(text.lang)))
    return {
        "has_vertical": offered,
        "is_vertical": says or bool(wish),
        "has_vertical_lines": offered or bool(_VERTICAL.search(content)),
    }


def _around(add: Adder, text: TextRecord) -> list[dict[str, Any]]:
    """Return the texts before and after this one: which it is in words, its title and page."""
    site, texts = add.site, add.texts
    at = texts.index(text)
    beside = (
        (site.strings("text.previous"), texts[at - 1 : at] if at else []),
        (site.strings("text.next"), texts[at + 1 : at + 2]),
    )
    return [{"label": label, **text_row(site, one)} for label, several in beside for one in several]


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
