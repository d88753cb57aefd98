"""The page of statements."""

from teikit.publish.kinds.adder import Adder
from teikit.publish.views import statements_view


def add_statements(add: Adder) -> None:
    """Take in the page of statements, where the texts have any."""
    site = add.site
    if site.edition.statements:
        add.page(
            "statements.html",
            "statements.html",
            site.strings("statements.title"),
            site.project.main,
            **statements_view(site),
        )
