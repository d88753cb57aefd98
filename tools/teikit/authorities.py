"""Authority files: what they call a thing, its web page, and whether two addresses are of one.

The same record is written in several ways (with http and https, as an entity and as a page, with
a slash at the end): `same_address` gives all of these one form.
"""

import re

_WEB = re.compile(r"https?://[^\s\"'<>\\]+")
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
# what is known of an identifier's @type: name of the authority, its page for a value
_AUTHORITIES = {
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "geonames": ("GeoNames", "https://www.geonames.org/{}/"),
    "viaf": ("VIAF", "https://viaf.org/viaf/{}"),
    "gnd": ("GND", "https://d-nb.info/gnd/{}"),
    "orcid": ("ORCID", "https://orcid.org/{}"),
    "isni": ("ISNI", "https://isni.org/isni/{}"),
    "handle": ("Handle", "https://hdl.handle.net/{}"),
    "hdl": ("Handle", "https://hdl.handle.net/{}"),
    "doi": ("DOI", "https://doi.org/{}"),
    "pleiades": ("Pleiades", "https://pleiades.stoa.org/places/{}"),
    "tgn": ("TGN", "https://vocab.getty.edu/tgn/{}"),
    "unts": ("UNTS", ""),
}
# the addresses of an authority, without the scheme and `www.`: what follows is the record's name
_PREFIXES = {
    "wikidata.org/wiki/": "wikidata",
    "wikidata.org/entity/": "wikidata",
    "geonames.org/": "geonames",
    "sws.geonames.org/": "geonames",
    "viaf.org/viaf/": "viaf",
    "d-nb.info/gnd/": "gnd",
    "orcid.org/": "orcid",
    "isni.org/isni/": "isni",
    "doi.org/": "doi",
    "dx.doi.org/": "doi",
    "pleiades.stoa.org/places/": "pleiades",
    "vocab.getty.edu/tgn/": "tgn",
    "vocab.getty.edu/page/tgn/": "tgn",
}
_LONGEST = 2048  # characters of an address that is looked at


def web_address(uri: str) -> str:
    """Return the URI if it is one that a page may lead to, else an empty string."""
    return uri if _WEB.fullmatch(uri) else ""


def page_of(kind: str, value: str) -> str:
    """Return the web page of what an authority calls VALUE, or an empty string."""
    _, pattern = _AUTHORITIES.get(kind.lower(), ("", ""))
    if pattern and _VALUE.fullmatch(value):
        return pattern.format(value)
    return web_address(value)


def name_of(kind: str) -> str:
    """Return what the authority is called that @type names."""
    return _AUTHORITIES.get(kind.lower(), (kind, ""))[0]


def authority_of(uri: str) -> tuple[str, str]:
    """Return the authority whose record the address leads to, and the record's name.

    Of another web address these are its host and the rest of it.
    """
    rest = same_address(uri)
    kind, _, value = rest.partition(":")
    if kind in _AUTHORITIES and not value.startswith("//"):
        return name_of(kind), value
    host, _, path = rest.partition("/")
    return host, path


def same_address(uri: str) -> str:
    """Return a form that all addresses of one record have in common."""
    match = re.match(r"(?i)https?://(?:www\.)?", uri[:_LONGEST])
    if match is None:
        return uri
    host, slash, path = uri[match.end() :].partition("/")
    rest = host.lower() + slash + path
    for prefix, kind in _PREFIXES.items():
        if rest.startswith(prefix):
            value = re.match(r"[A-Za-z0-9._-]+", rest[len(prefix) :])
            if kind == "doi":
                return f"doi:{rest[len(prefix) :].rstrip('/').lower()}"
            if value:
                return f"{kind}:{value[0].removesuffix('.html')}"
    return rest.rstrip("/")
