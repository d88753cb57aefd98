"""What machines find the pages by: sitemap.xml and linkset.json (signposting.org, RFC 9264).

Both need whole addresses, so that only a site that knows where it stands has them.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from teikit.publish.citation_tags import FORMATS, LINKSET, TEI_TYPE, kind_of
from teikit.publish.citation_work import Work, work_of_edition, work_of_text
from teikit.publish.files import SiteFiles
from teikit.publish.links import site_url, text_page, web_address
from teikit.publish.pages import Site
from teikit.publish.views import text_title

SITEMAP = "sitemap.xml"
_MOST = 50_000  # addresses in one sitemap, as its protocol says
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def add_discovery(files: SiteFiles, sites: Sequence[Site]) -> None:
    """Take in both, for the pages of all languages; SITES is the site in each of them."""
    site = sites[0]
    if not site_url(site.project, ""):
        return
    files.add(LINKSET, _linkset(site), "edition.toml")
    pages = sorted(_pages(files, site))
    parts = [pages[at : at + _MOST] for at in range(0, len(pages), _MOST)] or [[]]
    maps = [_sitemap(site, sites, set(files.files), part) for part in parts]
    if len(maps) == 1:
        files.add(SITEMAP, maps[0], "edition.toml")
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(maps) + 1)]
    for name, data in zip(names, maps, strict=True):
        files.add(name, data, "edition.toml")
    listed = "".join(
        f"<sitemap><loc>{escape(site_url(site.project, name))}</loc></sitemap>\n" for name in names
    )
    files.add(
        SITEMAP,
        f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{listed}</sitemapindex>\n',
        "edition.toml",
    )


def _pages(files: SiteFiles, site: Site) -> Iterator[str]:
    """Yield the pages in the first language."""
    others = tuple(site.prefix(one.language) for one in site.others)
    for path in files.files:
        if path.endswith(".html") and not (others and path.startswith(others)):
            yield path


def _sitemap(site: Site, sites: Sequence[Site], known: set[str], pages: Sequence[str]) -> str:
    days = _days(site)
    whole = _day(site.header.changed, site.header.date)
    urls = []
    for page in pages:
        folder = page.removesuffix(".html")
        text = next((one for one in _folders(folder) if one in days), "")
        spoken = [
            (one.strings.tag, one.prefix(one.language) + page)
            for one in sites
            if one.prefix(one.language) + page in known
        ]
        urls += [_url(site, path, days[text] if text else whole, spoken) for _, path in spoken]
    return (
        f'{_HEAD}<urlset xmlns="{_SPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{''.join(urls)}</urlset>\n"
    )


def _folders(path: str) -> Iterator[str]:
    """Yield the path and the folders that it is in: a part of a text is in the text's."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _url(site: Site, path: str, day: str, spoken: list[tuple[str, str]]) -> str:
    dated = f"<lastmod>{day}</lastmod>" if day else ""
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} '
        f"href={quoteattr(site_url(site.project, other))}/>"
        for language, other in (spoken if len(spoken) > 1 else ())
    )
    return f"<url><loc>{escape(site_url(site.project, path))}</loc>{dated}{others}</url>\n"


def _days(site: Site) -> dict[str, str]:
    """Return the day on which each text was changed, by its page without suffix."""
    found = {}
    for text in site.edition.texts:
        header = site.header_of(text.path)
        page = text_page(text.path).removesuffix(".html")
        found[page] = _day(header.changed, header.date)
    return found


def _day(*dates: str) -> str:
    """Return the newest of the dates that name a day."""
    return max((one for one in dates if _DAY.fullmatch(one)), default="")


def _linkset(site: Site) -> str:
    works = [work_of_edition(site)]
    for text in site.edition.texts:
        title = text_title(site.edition, text.path, site.language)
        works.append(work_of_text(site, text, title, site.language))
    contexts = [one for work in works for one in _contexts(site, work)]
    return json.dumps({"linkset": contexts}, ensure_ascii=False, indent=1) + "\n"


def _contexts(site: Site, work: Work) -> Iterator[dict[str, Any]]:
    """Yield the links of a work's page, then those that lead back to it."""
    page = site_url(site.project, work.page)
    described = [(site_url(site.project, work.citation + end), kind) for end, _, kind in FORMATS]
    items = [
        (site_url(site.project, path), kind)
        for path, kind in ((work.tei, TEI_TYPE), (work.plain, "text/plain"))
        if path
    ]
    links: dict[str, list[dict[str, str]]] = {
        "cite-as": [{"href": work.lasting}],
        "author": [{"href": one.url} for one in (*work.authors, *work.editors) if one.url],
        "license": [{"href": one.url} for one in work.rights if web_address(one.url)],
        "describedby": [{"href": url, "type": kind} for url, kind in described],
        "item": [{"href": url, "type": kind} for url, kind in items],
        "collection": [{"href": site_url(site.project, f"{site.prefix(site.language)}index.html")}]
        if work.tei
        else [],
        "type": [{"href": f"https://schema.org/{one}"} for one in ("AboutPage", kind_of(work))],
    }
    yield {"anchor": page, **{rel: several for rel, several in links.items() if several}}
    for url, _ in items:
        yield {"anchor": url, "collection": [{"href": page, "type": "text/html"}]}
    for url, _ in described:
        yield {"anchor": url, "describes": [{"href": page, "type": "text/html"}]}
