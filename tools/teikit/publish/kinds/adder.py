"""Rendering a page and taking it into the files of the site; what several kinds of pages show."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from teikit.edition.records import TextRecord, Words
from teikit.publish.citation import in_language
from teikit.publish.files import SiteFiles
from teikit.publish.links import part_page, text_page
from teikit.publish.pages import Page, Site
from teikit.publish.parts import counts_signs, first_parts, member_title
from teikit.publish.pieces import Piece
from teikit.publish.views import text_title


class Adder:
    """Renders the pages of one language and takes them into the files of the site.

    `pieces` are the texts that could be rendered, by path.
    """

    def __init__(self, files: SiteFiles, site: Site, pieces: Mapping[str, Piece]):
        self.files, self.site, self.pieces = files, site, pieces

    @cached_property
    def texts(self) -> list[TextRecord]:
        """Return the texts that have a page, in order."""
        return [text for text in self.site.edition.texts if text.path in self.pieces]

    def beside(self, path: str) -> tuple[list[TextRecord], list[TextRecord]]:
        """Return the text before the one at PATH, and the text after it, if there are such."""
        at = self._positions[path]
        return self.texts[max(at - 1, 0) : at], self.texts[at + 1 : at + 2]

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {text.path: at for at, text in enumerate(self.texts)}

    def each(self, kind: str, item: Any, make: "Callable[[Adder, Any], None]") -> None:
        """Take in what MAKE(adder, item) adds: pages of a KIND that are made from the item.

        MAKE asks all that it wants to know of the adder that it is given, and of nothing else:
        what it asks is noted, and where all is as it was, the pages of an earlier run are taken.
        """
        make(self, item)

    def page(self, template: str, path: str, title: str, origin: str, /, **values: Any) -> None:
        """Render the page at PATH, which comes from ORIGIN, and take it in."""
        text = values.get("text")
        member = values.get("member", -1)
        page = Page(self.site, path, title, text.path if text else "", member)
        html = self.site.render(template, page, **values)
        self.files.add(self.site.prefix(self.site.language) + path, html, origin or path)


def byline(site: Site, path: str, page: str) -> list[Words]:
    """Return who wrote the text at PATH, and when, for a list of texts on a page."""
    header = site.edition.headers[path]
    names = dict.fromkeys(one.text for one in in_language(header.authors, site.language))
    date = header.origin.date
    said = date.label or Page(site, page, "").span(date)
    return [Words(one[:-1] if one.endswith(").") else one) for one in (*names, said) if one]


def text_row(site: Site, text: TextRecord) -> dict[str, Any]:
    """Return a text as lists of texts show it: its page, title and measure."""
    if counts_signs(text.lang):
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
        "members": [
            {"page": part_page(text.path, part), "title": member_title(site, text, part.member)}
            for part in first_parts(text)
        ],
    }
