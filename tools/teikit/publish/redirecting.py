"""Old addresses that lead on: a page in the place of one that is gone, an anchor for an id."""

import re
from html import escape
from typing import NamedTuple

from teikit.publish.addresses import Addresses
from teikit.publish.files import SiteFiles
from teikit.publish.links import relative
from teikit.publish.pages import Page, Site
from teikit.publish.releases import MANIFEST, Releases

# elements that may begin with an anchor
_HOLDS = frozenset(
    "p div section article aside header footer h1 h2 h3 h4 h5 h6 span li dd dt td th figure "
    "figcaption blockquote em i b u s cite code q sub sup ins del abbr time pre".split()
)


class Moved(NamedTuple):
    """An old id of a page, and where it leads, as seen from there."""

    name: str
    url: str
    words: str


def add_redirects(files: SiteFiles, site: Site, releases: Releases) -> None:
    """Take in what stands at old addresses, in one language; the other pages are there already."""
    prefix = site.prefix(site.language)
    addresses = Addresses(files.files)
    pages: dict[str, str] = {}
    moved: dict[str, list[Moved]] = {}
    for old, new in releases.redirects.items():
        page, _, name = old.partition("#")
        if not addresses.has(prefix + new) or addresses.has(prefix + old):
            continue
        if not name:
            pages[page] = new
        elif (
            prefix + page in files.files
            and new.partition("#")[0] == page
            and _anchor(files, prefix + page, name, new.partition("#")[2])
        ):
            continue
        else:
            moved.setdefault(page, []).append(Moved(name, relative(page, new), new))
    for page, new in pages.items():
        if prefix + page not in files.files:
            own = moved.pop(page, [])
            own += _same(releases, page, new, {one.name for one in own}, addresses, prefix)
            _add_page(files, site, page, new, own)
    for page, found in moved.items():
        if prefix + page in files.files:
            _add_list(files, site, prefix + page, found)
        else:
            _add_page(files, site, page, "", found)


def _same(
    releases: Releases, page: str, new: str, known: set[str], addresses: Addresses, prefix: str
) -> list[Moved]:
    """Return the ids of a page that is gone which the page in its place has too."""
    if "#" in new or page not in releases.pages:
        return []
    return [
        Moved(name, relative(page, f"{new}#{name}"), f"{new}#{name}")
        for name in releases.pages[page].ids
        if name not in known and addresses.has(f"{prefix}{new}#{name}")
    ]


def _add_page(files: SiteFiles, site: Site, path: str, new: str, moved: list[Moved]) -> None:
    """Take in a page that leads on; at once, unless one of its ids may be asked for."""
    page = Page(site, path, site.strings("moved.title"))
    html = site.render(
        "moved.html", page, target=relative(path, new) if new else "", shown=new, moved=moved
    )
    files.add(site.prefix(site.language) + path, html, f"{MANIFEST}#{path}")


def _anchor(files: SiteFiles, path: str, name: str, new: str) -> bool:
    """Put an anchor with the old id where the new one is; return whether it may stand there."""
    html = files.files[path].decode("utf-8")
    match = re.search(
        rf'<([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*?\sid="{re.escape(escape(new))}"[^<>]*>', html
    )
    if match is None or match[1].lower() not in _HOLDS:
        return False
    anchor = f'<span id="{escape(name)}"></span>'
    files.files[path] = (html[: match.end()] + anchor + html[match.end() :]).encode("utf-8")
    return True


def _add_list(files: SiteFiles, site: Site, path: str, moved: list[Moved]) -> None:
    """Put links from old ids to where they are now at the end of a page."""
    html = files.files[path].decode("utf-8")
    before, main, after = html.rpartition("</main>")
    title = escape(site.strings("moved.title"))
    items = "\n".join(
        f'<li id="{escape(one.name)}">{escape(one.name)} → '
        f'<a href="{escape(one.url)}">{escape(one.words)}</a></li>'
        for one in moved
    )
    found = (
        f'<section class="tk-moved" aria-label="{title}">\n'
        f"<h2>{title}</h2>\n<ul>\n{items}\n</ul>\n</section>\n"
    )
    files.files[path] = f"{before}{found}{main}{after}".encode()
