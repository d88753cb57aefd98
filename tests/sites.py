"""Sites built for the tests, and a look at their pages without a browser."""

import posixpath
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from shared_data import PROJECT
from teikit.project import read_project
from teikit.publish.site import Published, publish_site
from teikit.report import Report
from teikit.safety.worker import Here

SMALL = PROJECT / "tests" / "edition"
OURS = PROJECT / "tei"


def copy_of(edition: Path, folder: Path) -> Path:
    """Return a copy of an edition that a test may change."""
    return Path(shutil.copytree(edition, folder / "edition"))


def build(folder: Path, report: Report | None = None, *, draft: bool = False) -> Published:
    """Return what publishing the edition in FOLDER gives."""
    return publish_site(read_project(folder), Here(), report or Report(), draft=draft)


@lru_cache
def built(folder: Path) -> Published:
    """Return the same, built once."""
    return build(folder)


def pages_of(published: Published) -> dict[str, "PageParts"]:
    """Return the pages of a site by path."""
    return {
        path.removeprefix("site/"): read_page(data)
        for path, data in published.files.items()
        if path.startswith("site/") and path.endswith(".html")
    }


# what browsers fetch without being asked, by @rel of link; the others wait to be followed
_LOADED = frozenset(
    "stylesheet icon preload modulepreload prefetch preconnect dns-prefetch manifest "
    "apple-touch-icon mask-icon".split()
)


@dataclass
class PageParts:
    """What is in a page that its judges ask about."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)  # href of a
    loaded: list[str] = field(default_factory=list)  # what a browser fetches by itself
    scripts: int = 0  # those inside the page: none may run
    words: str = ""
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = PageParts()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page, attributes = self.page, dict(attrs)
        page.tags.append((tag, attributes))
        if attributes.get("id") is not None:
            page.ids.append(attributes["id"])
        if tag == "a" and attributes.get("href") is not None:
            page.links.append(attributes["href"])
        elif tag == "link" and not _LOADED.isdisjoint(attributes["rel"].split()):
            page.loaded.append(attributes["href"])
        elif tag == "link":
            page.links.append(attributes["href"])
        page.loaded += [
            attributes[name] for name in ("src", "srcset", "data", "poster") if attributes.get(name)
        ]
        is_inline = tag == "script" and not attributes.get("src")
        page.scripts += is_inline and attributes.get("type") != "application/ld+json"
        page.scripts += any(name.startswith("on") for name in attributes)

    def handle_data(self, data: str) -> None:
        self.page.words += data


def read_page(data: bytes) -> PageParts:
    """Return the parts of a page."""
    reader = _Reader()
    reader.feed(data.decode("utf-8"))
    reader.close()
    return reader.page


def dead_links(published: Published) -> Iterator[str]:
    """Yield each link inside the site that leads nowhere."""
    pages = pages_of(published)
    files = {path.removeprefix("site/") for path in published.files if path.startswith("site/")}
    for name, page in pages.items():
        for link in [*page.links, *page.loaded]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = name
            if parts.path:
                folder = posixpath.dirname(name)
                target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
            if target not in files:
                yield f"{name}: {link}: no such file"
            elif (
                parts.fragment
                and target in pages
                and unquote(parts.fragment) not in pages[target].ids
            ):
                yield f"{name}: {link}: no such id"
