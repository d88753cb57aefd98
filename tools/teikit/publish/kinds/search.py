"""The page that searches the texts, and the index that its script reads."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from teikit.edition.model import Edition
from teikit.edition.records import Mention
from teikit.publish.files import SiteFiles
from teikit.publish.gathering import Parts
from teikit.publish.kinds.adder import Adder
from teikit.publish.links import SEARCH, SiteMap, part_page, relative
from teikit.publish.pages import Page, Site
from teikit.publish.pieces import Piece
from teikit.publish.views import text_title
from teikit.search.files import FOLDER, Named, entity_files, index_files, text_files
from teikit.search.records import Indexed
from teikit.search.variants import find_variants

_ORIGIN = "the search"


def add_search(
    files: SiteFiles, site: Site, indexed: Sequence[Indexed], pieces: Mapping[str, Piece]
) -> None:
    """Take in the page in the site's language, and the lists that its choices are made from."""
    if not indexed:
        return
    add = Adder(files, site, pieces)
    entities = _entities(site, indexed)
    add.page(
        "search.html",
        SEARCH,
        site.strings("search.title"),
        site.project.main,
        script="search.js",
        folder=relative(site.prefix(site.language) + SEARCH, f"{FOLDER}x")[:-1],
        kinds=[
            (kind, site.strings.label("kind", kind))
            for kind in sorted({one.kind for one in entities})
        ],
        has_registers=any(one.kind != "interp" for one in site.edition.entities.values()),
        has_variants=bool(find_variants()),
    )
    rows = [_row(site, one) for one in indexed]
    for name, data in (text_files(site.language, rows), *entity_files(site.language, entities)):
        files.add(name, data, _ORIGIN)


def add_search_index(files: SiteFiles, parts: Parts) -> None:
    """Take in the index, which all languages share."""
    if not parts.indexed or parts.folding is None:
        return
    pages = _Pages(parts.site_map, parts.edition)
    for name, data in index_files(parts.indexed, pages.find, find_variants(), parts.folding):
        files.add(name, data, _ORIGIN)


class _Pages:
    """Where paragraphs are: the page, and the id there that is nearest."""

    def __init__(self, site_map: SiteMap, edition: Edition):
        self._site_map = site_map
        self._parts = {text.path: text.parts for text in edition.texts}
        self._starts: dict[str, dict[int, int]] = {}  # path -> paragraph -> ordinal

    def find(self, text: Indexed, number: int) -> str:
        """Return the page of a paragraph and the place in it; of -1, the text's own page."""
        own = self._site_map.find(text.path)
        if number < 0:
            return own
        anchor = text.paragraphs[number].anchor
        place = self._site_map.find(f"{text.path}#{anchor}") if anchor else ""
        page = self._part(text, number) or own
        return place if place.partition("#")[0] == page or (place and page == own) else page

    def _part(self, text: Indexed, number: int) -> str:
        """Return the page of the part that the paragraph stands in, where the text has parts."""
        parts = self._parts.get(text.path, ())
        if text.path not in self._starts:
            self._starts[text.path] = {at: ordinal for ordinal, at in reversed(text.elements)}
        ordinal = self._starts[text.path].get(number, -1)
        at = bisect_right([part.start for part in parts], ordinal) - 1
        return part_page(text.path, parts[max(at, 0)]) if parts and ordinal >= 0 else ""


def _row(site: Site, text: Indexed) -> tuple[str, str, str, int]:
    """Return a text as the script lists it: title, its language, page, number of paragraphs."""
    title = text_title(site.edition, text.path, site.language)
    return title.text, title.lang, site.site_map.find(text.path), len(text.paragraphs)


def _entities(site: Site, indexed: Sequence[Indexed]) -> list[Named]:
    """Return the entities that texts mention, by name, with the paragraphs that mention each."""
    page = Page(site, SEARCH, "")
    bases = dict(
        zip(
            (one.path for one in indexed),
            accumulate((len(one.paragraphs) for one in indexed), initial=0),
            strict=False,
        )
    )
    texts = {one.path: one for one in indexed}
    found = []
    for uri, mentions in site.edition.mentions.items():
        entity = site.edition.entities.get(uri)
        if entity is None or entity.kind == "interp":
            continue
        places = {
            bases[one.text] + number
            for one in mentions
            if one.text in texts and (number := _paragraph_of(texts[one.text], one)) >= 0
        }
        if places:
            name = page.name(entity).text
            found.append(Named(entity.kind, name, uri, tuple(sorted(places))))
    return sorted(found, key=lambda one: (one.name.casefold(), one.uri))


def _paragraph_of(text: Indexed, mention: Mention) -> int:
    """Return the number of the paragraph of its text that the mention stands in, or -1."""
    at = bisect_right(text.elements, (mention.ordinal, len(text.paragraphs))) - 1
    if at >= 0 and mention.where == "speech" and text.elements[at][1] < 0:
        return next((number for _, number in text.elements[at:] if number >= 0), -1)
    return text.elements[at][1] if at >= 0 else -1
