"""The pages of a site: what each template is given, and the templates' environment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from teikit import __version__
from teikit.edition.model import Edition
from teikit.edition.records import Dates, Entity, HeaderRecord, Mention, Words
from teikit.project import Project
from teikit.publish.accounting import Account
from teikit.publish.citation import (
    Cited,
    choose,
    cite,
    contact_address,
    edition_title,
    rights_of,
    speaks,
)
from teikit.publish.date_words import say_date, say_span
from teikit.publish.links import (
    LIST_OF_TEXTS,
    SEARCH,
    SiteMap,
    authority_link,
    is_host,
    relative,
    site_url,
    text_page,
    web_address,
)
from teikit.publish.shown import Shown, shown_registers
from teikit.publish.strings import Strings
from teikit.publish.templates import render_template
from teikit.report import Report
from teikit.transform.dating import html_datetime

FEW = 12  # texts that the front page lists by itself


def main_text(project: Project, edition: Edition) -> str:
    """Return the path of the text that speaks for the edition; "" where each does for itself."""
    if edition.text(project.main) is not None:
        return project.main
    return edition.texts[0].path if len(edition.texts) == 1 else ""


_LONGEST_NAME = 80  # characters of a description that stands for a name


@dataclass(frozen=True)
class Site:
    """All that the pages in one language are made from."""

    project: Project
    edition: Edition
    site_map: SiteMap
    strings: Strings
    others: tuple[Strings, ...]  # the strings of the site's other languages
    environment: Environment = field(repr=False)
    report: Report = field(default_factory=Report)
    draft: bool = False
    account: Account = field(default_factory=lambda: Account(()))  # what is carried of the texts

    @property
    def language(self) -> str:
        """Return the language of these pages."""
        return self.strings.language

    def prefix(self, language: str) -> str:
        """Return the folder of a language's pages, seen from the site's root."""
        return "" if language == self.project.languages[0] else f"{language}/"

    @cached_property
    def header(self) -> HeaderRecord:
        """Return the header that speaks for the edition: of the main text, or of the only one.

        Where there are several texts and none is the main one, each speaks only for itself: the
        edition has no author, licence or date, and is called what edition.toml calls it.
        """
        headers, texts = self.edition.headers, self.edition.texts
        if not self.is_of_many:
            return headers.get(main_text(self.project, self.edition), HeaderRecord())
        if self.project.title or self.project.id:
            return HeaderRecord()
        return HeaderRecord(titles=headers[texts[0].path].titles)  # it must be called something

    @cached_property
    def is_of_many(self) -> bool:
        """Return whether no text speaks for the edition, as there are several."""
        return not main_text(self.project, self.edition) and len(self.edition.texts) > 1

    def header_of(self, path: str, member: int = -1) -> HeaderRecord:
        """Return what the text at PATH says of itself; what it does not, the main text says.

        Of a corpus, MEMBER is the number of the text in it that is meant.

        It does so only where edition.toml names it, and never who wrote another text.
        """
        own = self.edition.headers.get(path, HeaderRecord())
        text = self.edition.text(path) if member >= 0 else None
        if text is not None and member < len(text.members):
            own = text.members[member].header
        main = self.edition.headers.get(self.project.main, HeaderRecord())
        is_dated = own.edition or own.date
        return replace(
            own,
            editors=own.editors or main.editors,
            publishers=own.publishers or main.publishers,
            places=own.places if own.publishers else main.places,
            edition=own.edition if is_dated else main.edition,
            date=own.date if is_dated else main.date,
            is_published=own.is_published if is_dated else main.is_published,
            identifiers=own.identifiers or main.identifiers,
            licences=own.licences or main.licences,
            contact=own.contact or main.contact,
        )

    @cached_property
    def title(self) -> str:
        """Return the title of the edition."""
        return edition_title(self.project, self.header, self.language)

    @cached_property
    def has_list_of_texts(self) -> bool:
        """Return whether the texts are too many for the front page."""
        return sum(len(one.members) or 1 for one in self.edition.texts) > FEW

    @cached_property
    def contents(self) -> str:
        """Return where all texts are listed."""
        return LIST_OF_TEXTS if self.has_list_of_texts else "index.html#tk-contents"

    @cached_property
    def registers(self) -> list[Shown]:
        """Return the registers that have pages, in order."""
        return shown_registers(self.edition, self.strings)

    @cached_property
    def same_entries(self) -> Mapping[str, list[str]]:
        """Return the entries that are one with an entity, by its URI."""
        found: dict[str, list[str]] = {}
        for uri, head in self.edition.same.items():
            found.setdefault(head, []).append(uri)
        return found

    @property
    def identifiers(self) -> list[tuple[str, str]]:
        """Return what the edition is known by: (identifier, URL or nothing)."""
        return [
            (one.value, authority_link(one))
            for one in self.header.identifiers
            if not is_host(one.value)
        ]

    @cached_property
    def navigation(self) -> list[tuple[str, str]]:
        """Return the main places of the site: (label, page)."""
        t, edition, found = self.strings, self.edition, []
        main = main_text(self.project, edition)
        if main:
            found.append((t("nav.text"), text_page(main)))
        elif edition.texts:
            found.append((t("nav.texts"), self.contents))
        if edition.text(self.project.introduction) is not None:
            found.append((t("nav.introduction"), text_page(self.project.introduction)))
        if any(one.kind != "interp" for one in edition.entities.values()):
            found.append((t("nav.registers"), "registers/index.html"))
        if edition.statements:
            found.append((t("nav.statements"), "statements.html"))
        if self.project.publishing.search and edition.texts:
            found.append((t("nav.search"), SEARCH))
        return [
            *found,
            (t("nav.about"), "about.html"),
            (t("nav.downloads"), "downloads/index.html"),
        ]

    def render(self, template: str, page: "Page", /, **values: Any) -> str:
        """Return the page; the template is given `page`, `site`, `t` and the values."""
        return render_template(
            self.environment,
            template,
            site=self,
            page=page,
            t=self.strings,
            edition=self.edition,
            words=page.words,
            rich=page.rich,
            href=page.href,
            file=page.file,
            **values,
        )


@dataclass(frozen=True)
class Page:
    """One page: where it is, what it is called, and how it links to others."""

    site: Site
    path: str
    title: str
    text: str = ""  # the path of the text that it shows
    member: int = -1  # of a corpus: which member it shows

    def href(self, target: str) -> str:
        """Return the URL of another page of the same language."""
        return relative(self.path, target)

    def file(self, target: str) -> str:
        """Return the URL of a file that all languages share."""
        return relative(self.site.prefix(self.site.language) + self.path, target)

    def to(self, uri: str) -> str:
        """Return the URL of the page about what the URI names, or an empty string."""
        target = self.site.site_map.find(uri)
        return self.href(target) if target else web_address(uri)

    @property
    def switches(self) -> list[tuple[Strings, str]]:
        """Return the other languages with the URL of this page in each."""
        here = self.site.prefix(self.site.language) + self.path
        return [
            (one, relative(here, self.site.prefix(one.language) + self.path))
            for one in self.site.others
        ]

    @property
    def canonical(self) -> str:
        """Return the address by which this page is known, where edition.toml says it."""
        return site_url(self.site.project, self.site.prefix(self.site.language) + self.path)

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """Return (language, URL) of this page in each language; only this one: nothing."""
        site = self.site
        if not site.project.base_url:
            return [(one.tag, url) for one, url in self.switches]
        return [
            (one.tag, site_url(site.project, site.prefix(one.language) + self.path))
            for one in ((site.strings, *site.others) if site.others else ())
        ]

    @property
    def citation(self) -> str:
        """Return how this page is cited."""
        here = self.site.prefix(self.site.language) + self.path
        cited = Cited(self.site.title, self.title, here, bool(self.text))
        return cite(self.site.project, self.header, self.site.strings, cited)

    @property
    def header(self) -> HeaderRecord:
        """Return the header that speaks for this page: of its text, or of the edition."""
        return self.site.header_of(self.text, self.member) if self.text else self.site.header

    @property
    def identifiers(self) -> list[tuple[str, str]]:
        """Return what the text, or the edition, is known by: (identifier, URL or nothing)."""
        return [
            (one.value, authority_link(one))
            for one in self.header.identifiers
            if not is_host(one.value)
        ]

    @property
    def rights(self) -> tuple:
        """Return the licences of what this page shows."""
        return rights_of(self.header, self.site.strings)

    @property
    def date(self) -> Markup:
        """Return the date of what this page shows, or nothing."""
        return timed(self.header.date)

    @property
    def contact(self) -> str:
        """Return where errors are reported: as edition.toml says, else an address in the header."""
        contacts = dict(self.site.project.contact)
        known = contacts.get(self.site.language) or next(iter(contacts.values()), "")
        return known or self.header.contact

    @property
    def contact_link(self) -> Markup:
        """Return the same as a link, where it is an address."""
        url = contact_address(self.contact)
        return link(self.contact, url) if url else escape(self.contact)

    @property
    def version(self) -> str:
        """Return the version of teikit."""
        return __version__

    def words(self, words: Words | None) -> Markup:
        """Return the words, with a lang attribute where they are not in the page's language."""
        if words is None:
            return Markup("")
        return self.tagged(self.rich(words), words.lang)

    def tagged(self, text: str, lang: str) -> Markup:
        """Return the text, with a lang attribute where it is not in the page's language."""
        if not lang or speaks(lang, self.site.language):
            return escape(text)
        return Markup('<span lang="{}">{}</span>').format(lang, text)

    def rich(self, words: Words) -> Markup:
        """Return the words with their links."""
        parts, rest = [], words.text
        for label, target in words.links:
            url = self.to(target)
            before, found, after = rest.partition(label)
            if url and found:
                parts += [escape(before), link(label, url)]
                rest = after
        return Markup("").join([*parts, escape(rest)])

    def name(self, entity: Entity) -> Words:
        """Return the name of an entity in the page's language, else in any.

        One without a name is called by an identifier, else by its description, else by its id.
        """
        named = choose(entity.names, self.site.language)
        if named is not None:
            return named
        if entity.identifiers:
            return Words(entity.identifiers[0].value)
        said = choose(
            tuple(one for one in entity.descs if one.type != "evidence"), self.site.language
        )
        if said is not None and len(said.text) <= _LONGEST_NAME:
            return said
        return Words(entity.id or self.site.strings("registers.unnamed"))

    def other_names(self, entity: Entity) -> list[Words]:
        """Return the entity's names but the one that `name` gives."""
        main = self.name(entity)
        return [one for one in entity.names if one != main]

    def passage(self, uri: str) -> Words | None:
        """Return the words of a passage of a text."""
        said = self.site.edition.passages.get(uri)
        text = self.site.edition.text(uri.partition("#")[0])
        return Words(said, text.lang if text else "") if said else None

    def span(self, dates: Dates) -> str:
        """Return a date for readers."""
        t = self.site.strings
        if dates.when:
            return say_date(t, dates.when)
        if dates.start and dates.end:
            return say_span(t, dates.start, dates.end)
        if dates.start:
            return t("entity.since", date=say_date(t, dates.start))
        return t("entity.until", date=say_date(t, dates.end)) if dates.end else dates.label


def timed(date: str) -> Markup:
    """Return a date as HTML tells it to programs, where it is one."""
    return Markup("<time>{}</time>").format(date) if html_datetime(date) else escape(date)


def link(label: str, url: str) -> Markup:
    """Return a link; one that leads out of the site tells the other site nothing."""
    out = Markup(' rel="noopener noreferrer"') if web_address(url) else ""
    return Markup('<a href="{}"{}>{}</a>').format(url, out, label)


def by_text(mentions: Iterable[Mention]) -> Mapping[str, list[Mention]]:
    """Return the mentions by text, in order."""
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.text, []).append(mention)
    return found
