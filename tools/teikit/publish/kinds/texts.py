"""The pages of the texts."""

import re
from typing import Any

from markupsafe import Markup

from teikit.edition.records import Division, TextRecord, Words
from teikit.publish.citation import choose, speaks
from teikit.publish.citation_tags import head_of_text
from teikit.publish.citation_work import InPart, work_of_part, work_of_text
from teikit.publish.drafts import findings_of
from teikit.publish.kinds.adder import Adder, byline, text_row
from teikit.publish.links import (
    DOWNLOADS,
    beside_parts,
    part_page,
    plain_path,
    relative,
    text_page,
)
from teikit.publish.pages import Site
from teikit.publish.parts import (
    beside,
    contents_beside,
    contents_of,
    division_kind,
    part_label,
    places,
)
from teikit.publish.text_views import SIGNS, classes_of, views_of
from teikit.publish.views import text_title
from teikit.report import Finding

# names that a page may mark
MARKS = (
    "orgName", "persName", "country", "placeName", "title", "eventName", "term", "rs", "date",
)  # fmt: skip

# what static/looks.css is for, besides @rend
_LOOKS = frozenset("l list table code eg egXML gi att val ident tag".split())
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
        add.each("text", text, _add_text)


def _add_text(add: Adder, text: TextRecord) -> None:
    site, piece = add.site, add.pieces[text.path]
    title = text_title(site.edition, text.path, site.language)
    if text.parts:
        _add_parts(add, text, title)
        return
    add.page(
        "text.html",
        text_page(text.path),
        title.text,
        text.path,
        cited=head_of_text(site, work_of_text(site, text, title, site.language)),
        hidden_title=text.head in (title.text, _main_title(site, text)),
        also=_also(site, text, text_page(text.path)),
        divisions=_divisions(site, text),
        kinds={one.id: division_kind(site, one) for one in text.divisions if not one.label},
        **_values(add, text, piece.parts[0], piece.origin),
    )


def _main_title(site: Site, text: TextRecord) -> str:
    """Return the title of a text without its subtitle."""
    main = choose(site.edition.headers[text.path].titles, site.language)
    return main.text if main else ""


def _add_parts(add: Adder, text: TextRecord, title: Words) -> None:
    """Take in the pages of a text that is split: its contents, and each part."""
    site, separator = add.site, add.site.strings("site.separator")
    piece = add.pieces[text.path]
    add.page(
        "contents.html",
        text_page(text.path),
        title.text,
        text.path,
        text=text,
        cited=head_of_text(site, work_of_text(site, text, title, site.language)),
        contents=contents_of(site, text, text_page(text.path)),
        by=byline(site, text.path, text_page(text.path)),
        findings=_findings(site, text, "", add.pieces[text.path].parts),
        places=places(text),
        script="teikit.js",
        around=_around(add, text),
        also=_also(site, text, text_page(text.path)),
    )
    contents = contents_of(site, text, beside_parts(text.path))
    for at, (part, content) in enumerate(zip(text.parts, add.pieces[text.path].parts, strict=True)):
        label = part_label(site, text, part)
        page = part_page(text.path, part)
        add.page(
            "part.html",
            page,
            f"{title.text}{separator}{label}",
            f"{text.path}#{part.name}",
            hidden_title=bool(part.path and part.path[-1].label) and part.number == 1,
            label=label,
            cited=head_of_text(
                site,
                work_of_part(site, text, title, InPart(label, page, part.member), site.language),
            ),
            member=part.member,
            whole={"title": title, "page": text_page(text.path)},
            also=_also(site, text, page),
            divisions=[],
            contents=contents_beside(contents, at),
            beside=beside(site, text, at),
            **{**_values(add, text, content, "" if at else piece.origin), "around": []},
        )


def _values(add: Adder, text: TextRecord, content: str, origin: str) -> dict[str, Any]:
    """Return what the page shows that has this HTML of a text, and this of its origin."""
    site, tokens = add.site, classes_of(content)
    elements = set(re.findall(r'class="([\w-]+)', content))
    return {
        "text": text,
        "script": "teikit.js",
        "content": Markup(content),
        "origin": Markup(origin),
        "has_looks": not tokens.isdisjoint(_LOOKS)
        or any(one.startswith("rend-") for one in tokens)
        or bool(_SCRIPTS.search(content)),
        "has_signs": not tokens.isdisjoint(SIGNS),
        "has_modules": bool(origin)
        or content.count('<h2 class="head') > 1
        or not elements.isdisjoint(_MODULES),
        **_vertical(site, text, content),
        "around": _around(add, text),
        "views": views_of(tokens, site.project.publishing.views),
        "has_notes": 'id="tk-notes"' in content,
        "has_summaries": "summary" in tokens,
        "summaries_shown": not speaks(text.lang, site.language),
        "marks": [
            name
            for name in MARKS
            if name in tokens and any(one.element == name for one in text.mentions)
        ],
        "findings": _findings(site, text, content),
    }


def _findings(
    site: Site, text: TextRecord, content: str, others: tuple[str, ...] = ()
) -> list[tuple[int, Finding]]:
    """Return the findings that a draft shows on a page, with their numbers in the text.

    A part of a split text shows those that are marked in its CONTENT; the text's own page, those
    that are marked in none of its parts, OTHERS.
    """
    if not site.draft:
        return []
    numbered = list(enumerate(findings_of(site.report, text), 1))
    if not text.parts:
        return numbered
    marked = _marked("".join(others) or content)
    return [pair for pair in numbered if (pair[0] in marked) != bool(others)]


def _marked(content: str) -> set[int]:
    return set(map(int, re.findall(r'href="#tk-finding-(\d+)"', content)))


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
    site = add.site
    before, after = add.beside(text.path)
    beside = (site.strings("text.previous"), before), (site.strings("text.next"), after)
    return [{"label": label, **text_row(site, one)} for label, several in beside for one in several]


def _divisions(site: Site, text: TextRecord) -> list[Division]:
    """Return the divisions in the order of the page: of parallel ones, the reader's first."""
    if text.path != site.project.introduction:
        return list(text.divisions)
    return sorted(text.divisions, key=lambda one: not speaks(one.lang, site.language))


def _also(site: Site, text: TextRecord, page: str) -> list[tuple[str, str]]:
    """Return the other forms of a text, as seen from a page: (label, URL)."""
    here = site.prefix(site.language) + page
    found = [
        (site.strings("text.as-tei"), relative(here, f"{DOWNLOADS}{text.path}")),
        (site.strings("text.as-text"), relative(here, plain_path(text.path))),
    ]
    if any(one.text == text.path for one in site.edition.statements):
        found.insert(0, (site.strings("text.statements"), relative(page, "statements.html")))
    return found
