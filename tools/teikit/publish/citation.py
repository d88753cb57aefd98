"""How a page is cited, and under which licences it stands."""

import re
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from teikit.edition.life_dates import without_life_dates
from teikit.edition.records import HeaderRecord, Licence, Words
from teikit.project import Project
from teikit.publish.links import authority_link, is_host, site_url, web_address
from teikit.publish.strings import Strings

_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)/?.*"
)
_RIGHTS = re.compile(r"https?://rightsstatements\.org/(?:vocab|page)/([A-Z-]+)/.*")
_ENDS = tuple(".!?:;。！？：；")
_SUBTITLES = ("sub", "subtitle", "subordinate")
_RIGHTS_KEYS = {"CNE": "not-evaluated", "UND": "not-evaluated", "InC": "in-copyright",
                "NKC": "no-copyright"}  # fmt: skip


def choose(words: tuple[Words, ...], language: str) -> Words | None:
    """Return the words in the language, the main ones first; else any; None if there are none."""
    if not words:
        return None
    return min(
        words,
        key=lambda one: (
            one.type == "series",
            not speaks(one.lang, language),
            one.type not in ("", "main", "identification"),
            one.type != "main",
            one.lang.lower() != language.lower(),
        ),
    )


def full_title(titles: tuple[Words, ...], language: str) -> Words | None:
    """Return the title in the language with its subtitles; None if there are none."""
    main = choose(titles, language)
    if main is None or main.type in _SUBTITLES:
        return main
    text = main.text
    for one in titles:
        if one.type in _SUBTITLES and one.lang == main.lang:
            text += f"{_between(text)}{one.text}"
    return replace(main, text=text)


def _between(title: str) -> str:
    """Return what parts a title from its subtitle."""
    last = title[-1:]
    if last in _ENDS:
        return " "
    return "：" if east_asian_width(last or " ") in "WF" else ": "


def speaks(tag: str, language: str) -> bool:
    """Return whether the language tag is of the language: zh-Hans of zh."""
    return tag.lower().split("-")[0] == language.lower().split("-")[0]


def in_language(words: tuple[Words, ...], language: str) -> tuple[Words, ...]:
    """Return the words in the language; those without a language count; else all."""
    found = tuple(one for one in words if not one.lang or speaks(one.lang, language))
    return found or words


@dataclass(frozen=True)
class Rights:
    """One licence as a page shows it."""

    name: str
    url: str
    scope: str = ""


def rights_of(header: HeaderRecord, strings: Strings) -> tuple[Rights, ...]:
    """Return the licences of the edition, in short."""
    return tuple(_rights(licence, strings) for licence in header.licences)


def _rights(licence: Licence, strings: Strings) -> Rights:
    scope = strings.table.get(f"licence.{licence.scope}", "") if licence.scope else ""
    linked = (address for one in licence.words for _, address in one.links)
    target = licence.target or next(filter(web_address, linked), "")
    match = _CREATIVE_COMMONS.fullmatch(target)
    if match:
        name = {"zero": "CC0", "mark": "Public Domain Mark"}.get(match[2], f"CC {match[2].upper()}")
        return Rights(f"{name} {match[3]}", target, scope)
    match = _RIGHTS.fullmatch(target)
    if match and match[1] in _RIGHTS_KEYS:
        return Rights(strings(f"licence.{_RIGHTS_KEYS[match[1]]}"), target, scope)
    words, url = choose(licence.words, strings.language), web_address(target)
    return Rights(words.text if words else target, url, scope)


_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+")


def contact_address(contact: str) -> str:
    """Return what leads to whom errors are reported, or "" where it is no address alone."""
    return f"mailto:{contact}" if _MAIL.fullmatch(contact) else web_address(contact)


def edition_title(project: Project, header: HeaderRecord, language: str) -> str:
    """Return the title of the edition in the language."""
    titles = dict(project.title)
    words = full_title(header.titles, language)
    return (
        titles.get(language)
        or titles.get("")  # the one title that edition.toml gives for all languages
        or (words.text if words else "")
        or next(iter(titles.values()), "")
        or project.id
    )


@dataclass(frozen=True)
class Cited:
    """What is cited: a page called PAGE at PATH, of the edition called TITLE."""

    title: str
    page: str
    path: str
    is_text: bool = False  # the authors are those of the page, and not of the whole edition


def cite(project: Project, header: HeaderRecord, strings: Strings, cited: Cited) -> str:
    """Return how a page is cited, by the header that speaks for it; what it lacks leaves no gap."""
    authors = names_in(header.authors, strings)
    editors = names_in(header.editors, strings)
    identifier = _identifier(header) or site_url(project, cited.path)
    separator = strings("cite.separator")
    parts = [
        strings("cite.title", title=_bare(cited.title)),
        strings("cite.editors", names=editors) if editors else "",
        strings("cite.comma").join(filter(None, _issue(header, strings))),
    ]
    page = strings("cite.page", page=cited.page)
    if cited.is_text:
        page = strings("cite.text", title=_bare(cited.page))
        parts = [page, *parts[cited.page == cited.title :], identifier]
    else:
        named = page if cited.page != cited.title else ""
        parts.append(strings("cite.comma").join(filter(None, (named, identifier))))
    ends = separator.strip()
    return strings(
        "cite.citation",
        author=strings("cite.author", name=authors.removesuffix(ends)) if authors else "",
        parts=separator.join(part.removesuffix(ends) for part in parts if part),
    )


def _issue(header: HeaderRecord, strings: Strings) -> tuple[str, str, str]:
    """Return the version, the publisher and the date, each as it is cited."""
    version = strings("cite.version", version=header.edition) if header.edition else ""
    publisher = names_in(header.publishers, strings)
    place = place_in(header, strings.language)
    if publisher and place:
        publisher = strings("cite.publisher", place=place, name=publisher)
    return version, publisher, header.date if header.is_published else ""


def place_in(header: HeaderRecord, language: str) -> str:
    """Return the first place of publication in the language."""
    return next((one.text for one in in_language(header.places, language)), "")


def names_in(words: tuple[Words, ...], strings: Strings) -> str:
    """Return the names in the language, each once, parted so that a comma in one parts none."""
    names = [without_life_dates(one.text) for one in in_language(words, strings.language)]
    parts_names = "site.semicolon" if any("," in one for one in names) else "site.comma"
    return strings(parts_names).join(dict.fromkeys(names))


def _identifier(header: HeaderRecord) -> str:
    """Return the first identifier as it is cited, an address where it has one."""
    cited = (authority_link(one) or one.value for one in header.identifiers)
    return next((one for one in cited if not is_host(one)), "")


def _bare(title: str) -> str:
    """Return the title as it stands inside 《》: its own marks become single ones."""
    return title.replace("《", "〈").replace("》", "〉")
