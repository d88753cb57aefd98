"""An XML catalog (OASIS XML Catalogs 1.1): which file of the project an address stands for.

What a catalog says is plain values here, so that it can go to every job; catalog_reading.py
reads it.
"""

from dataclasses import dataclass
from urllib.parse import quote

from teikit.addresses import Address, find_address

# what a URI may consist of; all else is written in percents before two are compared (6.2)
_OF_A_URI = "%/:=&?~#+!$,;'@()*[]-._"


@dataclass(frozen=True)
class Entry:
    """One entry: an address that is, begins or ends so stands for TARGET, relative to BASE."""

    kind: str  # "uri", "rewriteURI" or "uriSuffix"
    name: str
    target: str
    base: Address
    file: str  # the catalog that it stands in, relative to the project


@dataclass(frozen=True)
class Catalog:
    """The entries of a catalog, and of those that it names, file by file in their order."""

    files: tuple[tuple[Entry, ...], ...] = ()


NO_CATALOG = Catalog()


@dataclass(frozen=True)
class CatalogState:
    """A catalog as it was read; `problem` says why it, or another that it names, was not."""

    catalog: Catalog
    problem: str = ""
    file: str = ""  # that has the problem, relative to the project
    line: int = 0


def find_entry(catalog: Catalog, url: str) -> tuple[Entry, Address] | None:
    """Return the entry that holds for an address, and where it leads; None where none does."""
    name = normal_address(url)
    for entries in catalog.files:
        found = _find(entries, name)
        if found is not None:
            rest = name[len(found.name) :] if found.kind == "rewriteURI" else ""
            return found, find_address(found.target + rest, found.base)
    return None


def _find(entries: tuple[Entry, ...], name: str) -> Entry | None:
    """Return the entry of one file: the same address before the longest part of it (7.2.2)."""
    for entry in entries:
        if entry.kind == "uri" and entry.name == name:
            return entry
    for kind, fits in (("rewriteURI", name.startswith), ("uriSuffix", name.endswith)):
        fitting = [entry for entry in entries if entry.kind == kind and fits(entry.name)]
        if fitting:
            return max(fitting, key=lambda entry: len(entry.name))
    return None


def normal_address(url: str) -> str:
    """Return the address as all are compared: what no URI may hold written in percents."""
    return quote(url.strip(" \t\r\n"), safe=_OF_A_URI)
