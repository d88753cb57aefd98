"""A text or the whole edition as what is cited: the values that every format is made from.

All of it is said by the header or by edition.toml. What neither says is empty, and left out.
"""

import re
import unicodedata
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from teikit.edition.records import Agent, HeaderRecord, Identifier, Name, TextRecord, Words
from teikit.publish.citation import (
    Rights,
    full_title,
    in_language,
    place_in,
    rights_of,
    speaks,
)
from teikit.publish.links import (
    DOWNLOADS,
    EDITION_CITATION,
    authority_link,
    citation_name,
    is_host,
    page_name,
    plain_path,
    site_url,
    text_page,
)

if TYPE_CHECKING:
    from teikit.publish.pages import Site

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_DOI = re.compile(r"(?i)(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s\"<>{}\\]+)")
_NO_KEY = re.compile(r"[^A-Za-z0-9._:-]+")
# addresses that somebody keeps alive
_LASTING = re.compile(r"https?://(hdl\.handle\.net|n2t\.net|purl\.org|w3id\.org|[^/]+/ark:)")
_LONGEST_WORD = 20  # characters in a key
_PEOPLE = ("author", "editor", "translator", "contributor")


@dataclass(frozen=True)
class Person:
    """A person or an organisation, by the name that is cited."""

    name: Name
    is_group: bool = False
    url: str = ""  # what an authority says of them


@dataclass(frozen=True)
class Work:
    """What is cited."""

    key: str
    title: str
    language: str  # of the text
    page: str  # from the site's root
    url: str = ""  # where it can be read by all
    other_titles: tuple[Words, ...] = ()  # the title in other languages
    container: str = ""  # the edition that it is part of
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    translators: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    publishers: tuple[str, ...] = ()
    place: str = ""  # of the first of them
    series: str = ""  # that it appears in, where that is no edition of this site
    date: str = ""  # of the edition, as 2026, 2026-11 or 2026-11-22
    original_date: str = ""  # when the text was written
    version: str = ""
    doi: str = ""
    identifiers: tuple[str, ...] = ()  # addresses of the others
    known_as: tuple[str, ...] = ()  # the others as they are cited, but for the URL
    rights: tuple[Rights, ...] = ()
    is_letter: bool = False
    citation: str = ""  # files of it, from the site's root; this one without suffix
    tei: str = ""
    plain: str = ""

    @property
    def lasting(self) -> str:
        """Return the address by which the work is cited: a persistent one, else its page."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return next(filter(_LASTING.match, self.identifiers), self.url)


def work_of_text(site: "Site", text: TextRecord, title: Words, language: str) -> Work:
    """Return the text as it is cited in a language."""
    header = site.header_of(text.path)
    known = full_title(header.titles, language)
    own = known.text if known else title.text
    page = site.prefix(site.language) + text_page(text.path)
    container = site.title if site.title != own else ""
    series = next((one.text for one in header.titles if one.type == "series"), "")
    return Work(
        key=citation_key(site, page_name(text.path)),
        title=own,
        language=header.origin.language or text.lang,
        page=page,
        container=container,
        series=series if series not in (own, container) else "",
        other_titles=_other_titles(header, own, language),
        original_date=_date(header.origin.date.when),
        is_letter=header.is_letter,
        citation=citation_name(text.path),
        tei=f"{DOWNLOADS}{text.path}",
        plain=plain_path(text.path),
        **_said(site, header, language, page),
    )


@dataclass(frozen=True)
class InPart:
    """A part of a text that is split: what it is called, its page, which text of a corpus it is."""

    label: str
    page: str
    member: int = -1


def work_of_part(site: "Site", text: TextRecord, title: Words, part: InPart, language: str) -> Work:
    """Return a part of a text as it is cited: as a part of the text."""
    whole = work_of_text(site, text, title, language)
    page = site.prefix(site.language) + part.page
    said = _said(site, site.header_of(text.path, part.member), language, page)
    return replace(
        whole, title=part.label, page=page, other_titles=(), container=whole.title, **said
    )


def work_of_edition(site: "Site") -> Work:
    """Return the whole edition as it is cited in the language of the site."""
    page = f"{site.prefix(site.language)}index.html"
    texts = site.edition.texts
    said = _said(site, site.header, site.language, page)
    return Work(
        key=citation_key(site, ""),
        title=site.title,
        language=texts[0].lang if len({one.lang for one in texts}) == 1 else "",
        page=page,
        other_titles=tuple(
            Words(title, language)
            for language, title in sorted(site.project.title)
            if language and title != site.title
        ),
        citation=EDITION_CITATION,
        **said,
    )


def _said(site: "Site", header: HeaderRecord, language: str, page: str) -> dict:
    """Return what a header says of a work, whatever it is."""
    people = {role: _people(header, role, language) for role in _PEOPLE}
    doi = next((found for one in header.identifiers if (found := _doi(one))), "")
    others = (authority_link(one) for one in header.identifiers if not _doi(one))
    identifiers = tuple(dict.fromkeys(one for one in others if one and not is_host(one)))
    url = site_url(site.project, page) or next(iter(identifiers), "")
    cited = (authority_link(one) or one.value for one in header.identifiers if not _doi(one))
    return {
        "authors": people["author"],
        "editors": people["editor"],
        "translators": people["translator"],
        "contributors": people["contributor"],
        "publishers": tuple(
            dict.fromkeys(one.text for one in in_language(header.publishers, language))
        ),
        "place": place_in(header, language),
        "date": _date(header.date) if header.is_published else "",
        "version": header.edition,
        "doi": doi,
        "identifiers": identifiers,
        "known_as": tuple(dict.fromkeys(one for one in cited if not is_host(one) and one != url)),
        "url": url,
        "rights": rights_of(header, site.strings),
    }


def citation_key(site: "Site", name: str) -> str:
    """Return a key of ASCII letters that stays the same while edition and text keep their names.

    Where it has other letters, a number that stands for the whole keeps two names two.
    """
    whole = ":".join(filter(None, (site.project.id or _made_id(site), name))).replace("/", ":")
    key = _NO_KEY.sub("-", whole).strip("-")
    if key == whole:
        return key
    return "-".join(filter(None, (key, f"{zlib.crc32(whole.encode('utf-8')):08x}")))


def _made_id(site: "Site") -> str:
    """Return what an edition without an id is called in keys: who made it, the year, a word."""
    people = _people(site.header, "author", site.language)
    people = people or _people(site.header, "editor", site.language)
    name = people[0].name if people else Name("")
    words = [_folded(one) for one in re.split(r"[\W_]+", site.title) if one]
    word = next((one for one in words if len(one) > 3), words[0] if words else "")
    year = _date(site.header.date)[:4] if site.header.is_published else ""
    made = (_folded(name.family or name.text.split(" ")[-1]), year, word[:_LONGEST_WORD])
    return "-".join(filter(None, made)) or "edition"


def _folded(words: str) -> str:
    """Return the words in small letters without accents and what parts them."""
    parts = unicodedata.normalize("NFKD", words.casefold())
    return "".join(one for one in parts if one.isalnum())


def _people(header: HeaderRecord, role: str, language: str) -> tuple[Person, ...]:
    return tuple(_person(one, language) for one in header.agents if one.role == role)


def _person(agent: Agent, language: str) -> Person:
    name = next((one for one in agent.names if one.lang and speaks(one.lang, language)), None)
    links = [(link, one.type) for one in agent.identifiers if (link := authority_link(one))]
    links.sort(key=lambda one: one[1] != "orcid")
    return Person(name or agent.names[0], agent.is_group, links[0][0] if links else "")


def _other_titles(header: HeaderRecord, own: str, language: str) -> tuple[Words, ...]:
    """Return the main title in other languages than the one it is cited in."""
    return tuple(
        one
        for one in header.titles
        if one.lang
        and not speaks(one.lang, language)
        and one.type in ("", "main", "alternative", "translated", "trans")
        and one.text != own
    )


def _date(value: str) -> str:
    return value if _DATE.fullmatch(value) else ""


def _doi(identifier: Identifier) -> str:
    match = _DOI.fullmatch(identifier.value)
    is_one = match and (identifier.type.lower() in ("doi", "") or "doi" in identifier.value.lower())
    return match[1] if is_one else ""
