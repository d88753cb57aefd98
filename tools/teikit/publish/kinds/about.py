"""The page about the edition: its header."""

from markupsafe import Markup

from teikit.publish.kinds.adder import Adder, text_row
from teikit.publish.links import DOWNLOADS


def add_about(add: Adder) -> None:
    """Take in the page about the edition."""
    site = add.site
    header = next((piece.header for piece in add.pieces.values() if piece.header), "")
    add.page(
        "about.html",
        "about.html",
        site.strings("about.title"),
        site.project.main,
        content=Markup(header),
        texts=[
            {**text_row(site, text), "tei": f"{DOWNLOADS}{text.path}"}
            for text in (add.texts if site.is_of_many else ())
        ],
    )
