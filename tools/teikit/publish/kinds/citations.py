"""The citation of each text, and of the edition, as files for reference managers."""

from teikit.publish.citation_formats import render_bibtex, render_csl, render_ris
from teikit.publish.citation_work import Work, work_of_edition, work_of_text
from teikit.publish.kinds.adder import Adder
from teikit.publish.views import text_title

_FORMATS = ((".bib", render_bibtex), (".ris", render_ris), (".csl.json", render_csl))


def add_citations(add: Adder) -> None:
    """Take in the files, once for all languages: a text is cited by its title in its own."""
    site = add.site
    if site.prefix(site.language):
        return
    for text in add.texts:
        title = text_title(site.edition, text.path, site.language)
        work = work_of_text(site, text, title, text.lang or site.language)
        _add(add, work, text.path)
    _add(add, work_of_edition(site), "edition.toml")


def _add(add: Adder, work: Work, origin: str) -> None:
    for suffix, render in _FORMATS:
        add.files.add(work.citation + suffix, render(work), origin)
