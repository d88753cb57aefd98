"""What the head of a page says to machines: meta tags, links, JSON-LD (schema.org).

Addresses are relative where edition.toml does not say where the site stands.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from teikit.publish.citation_formats import inverted, one_line
from teikit.publish.citation_work import Person, Work
from teikit.publish.links import relative, web_address

if TYPE_CHECKING:
    from teikit.publish.pages import Site

TEI_TYPE = "application/tei+xml"
LINKSET, LINKSET_TYPE = "linkset.json", "application/linkset+json"
FORMATS = (  # of citations: suffix, name, media type
    (".bib", "BibTeX", "application/x-bibtex"),
    (".ris", "RIS", "application/x-research-info-systems"),
    (".csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json"),
)
_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028",
                       "\u2029": "\\u2029"})  # fmt: skip
_MOST_PARTS = 100  # texts that the JSON-LD of the edition names


@dataclass(frozen=True)
class Link:
    """A typed link of a page as a whole."""

    rel: str
    href: str
    type: str = ""
    hreflang: str = ""


@dataclass(frozen=True)
class Head:
    """What the head of one page says of the work that it shows."""

    meta: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    json_ld: Markup
    files: tuple[tuple[str, str], ...]  # the citation: (name of the format, URL)


def head_of_text(site: "Site", work: Work) -> Head:
    """Return what the page of a text says of it."""
    return _head(site, work, _text_json(site, work))


def head_of_edition(site: "Site", work: Work, parts: list[tuple[str, str]]) -> Head:
    """Return what the front page says of the edition, whose texts are PARTS (title, page)."""
    return _head(site, work, _edition_json(site, work, parts))


def _head(site: "Site", work: Work, said: dict[str, Any]) -> Head:
    files = [(name, _file(work, work.citation + suffix)) for suffix, name, _ in FORMATS]
    return Head(tuple(_meta(work)), tuple(_links(site, work)), embed(said), tuple(files))


def embed(value: dict[str, Any]) -> Markup:
    """Return a value as JSON in which nothing ends the script that holds it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_SAFE))


def _meta(work: Work) -> Iterator[tuple[str, str]]:
    """Yield name and content: what Zotero and search engines of scholars read, and Dublin Core."""
    authors = [one_line(one.name.text) for one in work.authors]
    publishers = [one_line(one) for one in work.publishers[:1]]
    rights = [one.url or one.name for one in work.rights]
    addresses = [f"https://doi.org/{work.doi}"] if work.doi else [work.url] if work.url else []
    for name, values in (
        ("citation_title", [work.title]),
        ("citation_author", [inverted(one) for one in work.authors]),
        ("citation_editor", [inverted(one) for one in work.editors]),
        ("citation_inbook_title", [work.container]),
        ("citation_publisher", publishers),
        ("citation_publication_date", [work.date.replace("-", "/")]),
        ("citation_language", [work.language]),
        ("citation_doi", [work.doi]),
        ("citation_public_url", [work.url]),
        ("citation_fulltext_html_url", [work.url] if work.tei else []),
        ("DC.title", [work.title]),
        ("DC.creator", authors),
        ("DC.publisher", publishers),
        ("DC.date", [work.date]),
        ("DC.language", [work.language]),
        ("DC.rights", rights),
        ("DC.identifier", addresses),
    ):
        for value in values:
            if value:
                yield name, one_line(value)


def _links(site: "Site", work: Work) -> Iterator[Link]:
    """Yield the links that the page itself has; the others of signposting.org are in the linkset.

    A site that does not know where it stands has only those that a reader's program may follow.
    """
    is_public = bool(site.project.base_url)
    if is_public:
        yield Link("cite-as", work.lasting)
    licence = next((one.url for one in work.rights if web_address(one.url)), "")
    if licence:
        yield Link("license", licence)
    if work.tei:
        yield Link("alternate item", _file(work, work.tei), TEI_TYPE)
    if not is_public:
        return
    for person in (*work.authors, *work.editors):
        if person.url:
            yield Link("author", person.url)
    for suffix, _, kind in FORMATS:
        yield Link("describedby", _file(work, work.citation + suffix), kind)
    yield Link("type", "https://schema.org/AboutPage")
    yield Link("type", f"https://schema.org/{kind_of(work)}")
    if work.container:
        yield Link("collection", _file(work, f"{site.prefix(site.language)}index.html"))
    yield Link("linkset", _file(work, LINKSET), LINKSET_TYPE)


def kind_of(work: Work) -> str:
    """Return what schema.org calls such a work."""
    if not work.tei:
        return "Dataset"
    return "Message" if work.is_letter else "CreativeWork"


def _file(work: Work, target: str) -> str:
    return relative(work.page, target)


def _text_json(site: "Site", work: Work) -> dict[str, Any]:
    """Return the text for search engines, as short as can be: it is part of each page."""
    encodings = [(work.tei, TEI_TYPE), (work.plain, "text/plain")]
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": kind_of(work),
            "name": work.title,
            "url": work.url,
            "author": _people(work.authors),
            "editor": _people(work.editors),
            "datePublished": work.date,
            "inLanguage": work.language,
            "license": _licences(work),
            "identifier": f"https://doi.org/{work.doi}" if work.doi else "",
            "isPartOf": {"@type": "Dataset", "name": work.container} if work.container else {},
            "encoding": [
                {
                    "@type": "MediaObject",
                    "encodingFormat": kind,
                    "contentUrl": _file(work, path),
                }
                for path, kind in encodings
                if path
            ],
        }
    )


def _edition_json(site: "Site", work: Work, parts: list[tuple[str, str]]) -> dict[str, Any]:
    base = f"{site.project.base_url.rstrip('/')}/" if site.project.base_url else ""
    abstracts = [one.text for one in site.header.abstracts]
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": kind_of(work),
            "@id": work.url,
            "name": work.title,
            "alternateName": [one_line(one.text) for one in work.other_titles],
            "description": next(iter(abstracts), ""),
            "url": work.url,
            "author": _people(work.authors),
            "editor": _people(work.editors),
            "translator": _people(work.translators),
            "contributor": _people(work.contributors),
            "publisher": [{"@type": "Organization", "name": one} for one in work.publishers],
            "datePublished": work.date,
            "version": work.version,
            "inLanguage": sorted({one.lang for one in site.edition.texts if one.lang}),
            "license": _licences(work),
            "identifier": [
                *([f"https://doi.org/{work.doi}"] if work.doi else []),
                *work.identifiers,
            ],
            "hasPart": [
                {"@type": "CreativeWork", "name": title, "url": base + relative("", page)}
                for title, page in parts[:_MOST_PARTS]
            ],
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": "text/html",
                    "contentUrl": relative(
                        work.page, f"{site.prefix(site.language)}downloads/index.html"
                    ),
                }
            ],
        }
    )


def _people(people: tuple[Person, ...]) -> list[dict[str, str]]:
    return [
        _filled(
            {
                "@type": "Organization" if one.is_group else "Person",
                "name": one_line(one.name.text),
                "familyName": "" if one.is_group else one.name.family,
                "givenName": "" if one.is_group else one.name.given,
                "sameAs": one.url,
            }
        )
        for one in people
    ]


def _licences(work: Work) -> list[Any] | Any:
    """Return the addresses of the licences; one without an address is called by its name."""
    found = list(dict.fromkeys(web_address(one.url) or one_line(one.name) for one in work.rights))
    said = [one if web_address(one) else {"@type": "CreativeWork", "name": one} for one in found]
    return said[0] if len(said) == 1 else said


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that say something; a list of one is that one."""
    return {
        name: said[0] if isinstance(said, list) and len(said) == 1 else said
        for name, said in value.items()
        if said
    }
