"""Which page of the site each thing of the edition is on, and how one page links to another."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote

from teikit.authorities import name_of, page_of
from teikit.authorities import web_address as web_address
from teikit.edition.made import FOLDER
from teikit.edition.model import Edition
from teikit.edition.records import Entity, Identifier, Part
from teikit.project import Project
from teikit.slugs import file_name as file_name
from teikit.slugs import slug

SEARCH = "search.html"
LIST_OF_TEXTS = "texts.html"
DOWNLOADS = "downloads/tei/"  # the files as they lie in the project
EDITION_CITATION = "citation"  # of the whole edition, without suffix
_HOST = re.compile(r"https?://[^/]*/?")


def is_host(address: str) -> bool:
    """Return whether a web address names a host alone: a project, and no text of it."""
    return bool(_HOST.fullmatch(address))


def authority_link(identifier: Identifier) -> str:
    """Return the web page of an identifier, or an empty string."""
    return page_of(identifier.type, identifier.value)


def authority_name(identifier: Identifier) -> str:
    """Return what the authority is called that gave an identifier."""
    return name_of(identifier.type)


@lru_cache(maxsize=100_000)
def page_name(path: str) -> str:
    """Return the name of a file's page: a slug of its path, without texts/, registers/, .xml."""
    path = path.removesuffix(".xml")
    for folder in ("texts/", "registers/"):
        path = path.removeprefix(folder)
    return "/".join(file_name(slug(part)) for part in path.split("/"))


@lru_cache(maxsize=100_000)
def relative(page: str, target: str) -> str:
    """Return the URL of TARGET (`path#fragment`) as seen from PAGE; both from the site's root."""
    path, hash_, fragment = target.partition("#")
    if path == page:
        return f"#{quote(fragment)}" if fragment else quote(posixpath.basename(page))
    url = _between(posixpath.dirname(page), path)
    return url + (f"#{quote(fragment)}" if hash_ else "")


def site_url(project: Project, path: str) -> str:
    """Return the address at which all can read the page or file; "" where it is not known."""
    base = web_address(project.base_url.rstrip("/"))
    return f"{base}/{quote(path)}" if base else ""


@lru_cache(maxsize=100_000)
def _between(folder: str, path: str) -> str:
    """Return the URL that leads from a folder of the site to a file of it."""
    here, there = folder.split("/") if folder else [], path.split("/")
    if not {"", ".", ".."}.isdisjoint((*here, *there)):
        return quote(posixpath.relpath(path, folder or "."))
    shared = 0  # folders; relpath does the same, and asks the disk where we are
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return quote("/".join([".."] * (len(here) - shared) + there[shared:]))


@dataclass(frozen=True)
class SiteMap:
    """Where things are: resolved URI -> page#fragment, the same in every language."""

    pages: Mapping[str, str] = field(repr=False)
    files: Mapping[str, str] = field(repr=False)  # project path -> file of the site

    def find(self, uri: str) -> str:
        """Return the page (and place in it) of what the URI names, or an empty string."""
        return self.pages.get(uri, "")

    def place(self, path: str, anchor: str) -> str:
        """Return the page of the text at PATH that has the id ANCHOR, and the place in it.

        That is the page of its part where the text is split. Without an anchor: the text's page.
        """
        known = self.pages.get(f"{path}#{anchor}") if anchor else ""
        return known or text_page(path) + (f"#{anchor}" if anchor else "")


def text_page(path: str) -> str:
    """Return the page of the text at PATH."""
    return f"texts/{page_name(path)}.html"


def plain_path(path: str) -> str:
    """Return where the plain text of the text at PATH is."""
    return f"downloads/{page_name(path)}.txt"


def citation_name(path: str) -> str:
    """Return where the citation of the text at PATH is, without the suffix of its format."""
    return f"downloads/{page_name(path)}"


def part_page(path: str, part: Part) -> str:
    """Return the page of a part of the text at PATH."""
    return f"texts/{page_name(path)}/{file_name(part.name)}.html"


def beside_parts(path: str) -> str:
    """Return what no page is called in the folder of the parts of the text at PATH.

    Links as seen from there do for each part.
    """
    return f"texts/{page_name(path)}/ "


def register_page(path: str) -> str:
    """Return the page of the register at PATH."""
    return f"registers/{page_name(path)}.html"


def entity_page(entity: Entity) -> str:
    """Return the page (for an interp: and the place in it) of an entity."""
    if entity.kind == "interp":
        return f"statements.html#{interp_id(entity)}"
    if entity.is_made:
        return f"registers/{FOLDER}/{entity.kind}/{file_name(entity.id)}.html"
    path = entity.uri.partition("#")[0]
    return f"registers/{page_name(path)}/{file_name(entity.id)}.html"


def interp_id(entity: Entity) -> str:
    """Return the id of a category on the page of statements."""
    return f"tk-{entity.group}-{entity.id}" if entity.group else f"tk-{entity.id}"


def build_site_map(project: Project, edition: Edition, pictures: Iterable[str] = ()) -> SiteMap:
    """Return the site map of an edition that has these pictures."""
    pages = dict(_pages(project, edition))
    for uri, target in edition.included.items():
        if target in pages:
            pages.setdefault(uri, pages[target])
    return SiteMap(
        pages, {path: f"{DOWNLOADS}{path}" for path in (*project_files(project), *pictures)}
    )


def project_files(project: Project) -> tuple[str, ...]:
    """Return the files of the project that the site offers as they are."""
    named = (
        project.relaxng,
        project.schematron,
        *(witness.source for witness in project.witnesses),
    )
    return tuple(dict.fromkeys((*project.files, *(path for path in named if path))))


def _pages(project: Project, edition: Edition) -> Iterator[tuple[str, str]]:
    for text in edition.texts:
        page, seen = text_page(text.path), set()
        yield text.path, page
        parts = [(part_page(text.path, part), part.ids) for part in text.parts]
        for where, ids in parts or [(page, text.ids)]:
            for name in ids:
                if name not in seen:
                    seen.add(name)
                    yield f"{text.path}#{name}", f"{where}#{name}"
    main = edition.headers.get(project.main)
    for name in main.ids if main else ():
        yield f"{project.main}#{name}", f"about.html#{name}"
    for register in edition.registers:
        if not any(text.path == register.path for text in edition.texts) and any(
            entity.kind != "interp" for entity in register.entities
        ):
            yield register.path, register_page(register.path)
    for entity in edition.entities.values():
        if entity.kind != "interp" or edition.statements:
            yield entity.uri, entity_page(edition.entities[edition.meant(entity.uri)])
