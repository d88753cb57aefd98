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
_SCRIPTS = re.compile(r' (dir="rtl"|lang="ja)')


def add_texts(add: Adder) -> None:
    """Take in the page of each text."""
    texts = add.texts
    for number, text in enumerate(texts):
        before, after = texts[max(number - 1, 0) : number], texts[number + 1 : number + 2]
        _add_text(add, text, before, after)


def _add_text(
    add: Adder, text: TextRecord, before: list[TextRecord], after: list[TextRecord]
) -> None:
    site, piece = add.site, add.pieces[text.path]
    title = text_title(site.edition, text.path, site.language)
    tokens = {
        token for found in re.findall(r'class="([^"]*)"', piece.content) for token in found.split()
    }
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
        around=_around(site, before, after),
        has_lines="lb" in tokens,
        has_notes="tk-notes" in tokens,
        has_summaries="summary" in tokens,
        summaries_shown=not speaks(text.lang, site.language),
        marks=[
            name
            for name in _MARKS
            if name in tokens and any(one.element == name for one in text.mentions)
        ],
        findings=site.findings.get(text.path, []) if site.draft else [],
        also=_also(site, text),
        divisions=_divisions(site, text),
    )


def _around(site: Site, before: list[TextRecord], after: list[TextRecord]) -> list[dict[str, Any]]:
    """Return the texts beside this one: which it is in words, its title and page."""
    beside = (site.strings("text.previous"), before), (site.strings("text.next"), after)
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
