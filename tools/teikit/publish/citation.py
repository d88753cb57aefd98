"""How a page is cited, and under which licences it stands."""

import re
from dataclasses import dataclass

from teikit.edition.records import HeaderRecord, Licence, Words
from teikit.project import Project
from teikit.publish.links import authority_link
from teikit.publish.strings import Strings

_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)/?.*"
)
_RIGHTS = re.compile(r"https?://rightsstatements\.org/(?:vocab|page)/([A-Z-]+)/.*")
_RIGHTS_KEYS = {"CNE": "not-evaluated", "UND": "not-evaluated", "InC": "in-copyright",
                "NKC": "no-copyright"}  # fmt: skip


def choose(words: tuple[Words, ...], language: str) -> Words | None:
    """Return the words in the language, the main ones first; else any; None if there are none."""
    if not words:
        return None
    return min(
        words,
        key=lambda one: (
            not speaks(one.lang, language),
            one.type not in ("", "main", "identification"),
            one.type != "main",
        ),
    )


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
    match = _CREATIVE_COMMONS.fullmatch(licence.target)
    if match:
        name = {"zero": "CC0", "mark": "Public Domain Mark"}.get(match[2], f"CC {match[2].upper()}")
        return Rights(f"{name} {match[3]}", licence.target, scope)
    match = _RIGHTS.fullmatch(licence.target)
    if match and match[1] in _RIGHTS_KEYS:
        return Rights(strings(f"licence.{_RIGHTS_KEYS[match[1]]}"), licence.target, scope)
    words = choose(licence.words, strings.language)
    return Rights(words.text if words else licence.target, licence.target, scope)


def edition_title(project: Project, header: HeaderRecord, language: str) -> str:
    """Return the title of the edition in the language."""
    titles = dict(project.title)
    words = choose(header.titles, language)
    return (
        titles.get(language)
        or titles.get("")  # the one title that edition.toml gives for all languages
        or (words.text if words else "")
        or next(iter(titles.values()), "")
        or project.id
    )


def cite(project: Project, header: HeaderRecord, strings: Strings, page: str, path: str) -> str:
    """Return how the page called PAGE, at PATH of the site, is cited."""
    title = edition_title(project, header, strings.language)
    names = tuple(
        dict.fromkeys(one.text.rstrip(".") for one in in_language(header.editors, strings.language))
    )
    authors = in_language(header.authors, strings.language)
    identifier = _identifier(header) or (
        f"{project.base_url.rstrip('/')}/{path}" if project.base_url else ""
    )
    return strings(
        "cite.sentence",
        title=_bare(title),
        page=page,
        author=strings("cite.author", name=authors[0].text.rstrip(".")) if authors else "",
        editors=strings("cite.editors", names=strings("site.comma").join(names)) if names else "",
        version=strings("cite.version", version=header.edition) if header.edition else "",
        date=strings("cite.date", date=header.date) if header.date else "",
        identifier=strings("cite.identifier", identifier=identifier) if identifier else "",
    )


def _identifier(header: HeaderRecord) -> str:
    if not header.identifiers:
        return ""
    return authority_link(header.identifiers[0]) or header.identifiers[0].value


def _bare(title: str) -> str:
    """Return the title as it stands inside 《》: its own marks become single ones."""
    return title.replace("《", "〈").replace("》", "〉")
