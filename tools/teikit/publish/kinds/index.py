"""The front page: what the edition is, and its contents."""

from markupsafe import Markup, escape

from teikit.edition.records import TextRecord, Words
from teikit.publish.citation import choose, in_language
from teikit.publish.citation_tags import head_of_edition
from teikit.publish.citation_work import work_of_edition
from teikit.publish.kinds.adder import Adder, byline, text_row
from teikit.publish.links import text_page
from teikit.publish.pages import Page, Site, main_text, timed
from teikit.publish.register_views import summary
from teikit.publish.views import text_title


def add_index(add: Adder) -> None:
    """Take in the front page."""
    site, edition = add.site, add.site.edition
    header = site.header
    title = _cover_title(site)
    main = main_text(site.project, edition)
    texts = [one for one in edition.texts if one.path != site.project.introduction]
    several = len(texts) > 1  # the only one is what the cover says
    add.page(
        "index.html",
        "index.html",
        site.title,
        site.project.main,
        cited=head_of_edition(site, work_of_edition(site), _parts(site)),
        title=title,
        others=[one for one in header.titles if one.text not in title.text]
        if len(texts) == 1
        else [],
        authors=tuple(dict.fromkeys(in_language(header.authors, site.language))),
        colophon=_colophon(site),
        abstracts=in_language(header.abstracts, site.language),
        main={"page": text_page(main)} if main else None,
        introduction=text_page(site.project.introduction)
        if edition.text(site.project.introduction)
        else "",
        texts=[
            {**text_row(site, text), "by": byline(site, text.path, "index.html") if several else []}
            for text in _listed(site)
        ],
        number_of_texts=len(edition.texts) if site.has_list_of_texts else 0,
        registers=[summary(site, one) for one in site.registers if not one.is_in_text]
        or [summary(site, one) for one in site.registers],
    )


def _parts(site: Site) -> list[tuple[str, str]]:
    """Return title and page of each text."""
    edition, prefix = site.edition, site.prefix(site.language)
    return [
        (text_title(edition, one.path, site.language).text, prefix + text_page(one.path))
        for one in edition.texts
    ]


def _listed(site: Site) -> list[TextRecord]:
    """Return the texts that the front page lists: all, or those that speak for the others."""
    if not site.has_list_of_texts:
        return list(site.edition.texts)
    first = (main_text(site.project, site.edition), site.project.introduction)
    return [one for one in site.edition.texts if one.path in first]


def _cover_title(site: Site) -> Words:
    """Return what the edition is called: by edition.toml, else by its header."""
    if site.project.title:
        return Words(site.title)
    own = tuple(one for one in site.header.titles if one.type in ("", "main"))
    return choose(own, site.language) or Words(site.title)


def _colophon(site: Site) -> list[str | Markup]:
    """Return which edition this is, of when, and who is responsible for it."""
    header, page = site.header, Page(site, "index.html", "")
    names = dict.fromkeys(
        Words(one.text, one.lang) for one in in_language(header.editors, site.language)
    )
    has_comma = any("," in one.text for one in names)
    parts = [
        site.strings("footer.version", version=header.edition) if header.edition else "",
        timed(header.date),
        escape(site.strings("site.semicolon" if has_comma else "site.comma")).join(
            page.words(one) for one in names
        ),
    ]
    return [part for part in parts if part]
