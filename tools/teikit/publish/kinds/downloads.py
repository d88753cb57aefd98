"""The page of downloads."""

from teikit.publish.kinds.adder import Adder
from teikit.publish.offers import download_sections


def add_downloads_page(add: Adder) -> None:
    """Take in the page that lists the downloads, which are taken in already."""
    site = add.site
    add.page(
        "downloads.html",
        "downloads/index.html",
        site.strings("downloads.title"),
        site.project.main,
        sections=download_sections(site.edition, site.project, site.strings, add.files.files),
    )
