"""All pages of a site in one language, kind by kind; a new kind is a module of `kinds/`."""

from collections.abc import Mapping

from teikit.publish.files import SiteFiles
from teikit.publish.kept_pages import Keeper, KeepingAdder
from teikit.publish.kinds.about import add_about
from teikit.publish.kinds.adder import Adder
from teikit.publish.kinds.citations import add_citations
from teikit.publish.kinds.downloads import add_downloads_page
from teikit.publish.kinds.help import add_help
from teikit.publish.kinds.index import add_index
from teikit.publish.kinds.list_of_texts import add_list_of_texts
from teikit.publish.kinds.registers import add_registers
from teikit.publish.kinds.statements import add_statements
from teikit.publish.kinds.texts import add_texts
from teikit.publish.pages import Site
from teikit.publish.pieces import Piece

_KINDS = (
    add_citations,  # first: pages say where these files are, and how large
    add_index,
    add_texts,
    add_list_of_texts,
    add_registers,
    add_statements,
    add_about,
    add_downloads_page,
    add_help,
)


def add_pages(
    files: SiteFiles, site: Site, pieces: Mapping[str, Piece], keeper: Keeper | None = None
) -> None:
    """Take in every page of the site in its language; `pieces` are the texts as HTML.

    The keeper has pages of earlier runs.
    """
    add = KeepingAdder(files, site, pieces, keeper) if keeper else Adder(files, site, pieces)
    for add_kind in _KINDS:
        add_kind(add)
