"""Addresses (XML Schema part 2, 3.2.17): what is a URI reference, or becomes one by escaping.

Nearly every text is one. What is not: a broken %-escape, a second "#", a scheme that is none or
has nothing after it, and square brackets anywhere but around an IPv6 address (RFC 2396, 2732),
in a query or a fragment.
"""

import re

from teikit.schema.relaxng.datatypes.base import Context

_BAD_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")
_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*")
_BRACKETED = re.compile(r"(?:[^\[\]@]*@)?\[[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\](?::[0-9]*)?")


def parse_uri(text: str, _context: Context) -> str | None:
    """Return the text where it is a URI reference."""
    if _BAD_ESCAPE.search(text) or text.count("#") > 1:
        return None
    address, _hash, fragment = text.partition("#")
    scheme, colon, rest = address.partition(":")
    if not colon or re.search("[/?]", scheme):
        return text if _is_hierarchical(address, fragment) else None
    if not _SCHEME.fullmatch(scheme) or not rest:
        return None
    return text if rest[0] != "/" or _is_hierarchical(rest, fragment) else None


def _is_hierarchical(address: str, fragment: str) -> bool:
    path, _mark, query = address.partition("?")
    if path.startswith("//"):
        host, slash, path = path[2:].partition("/")
        if not (host or slash or query or fragment):
            return False
        if re.search(r"[\[\]]", host) and not _BRACKETED.fullmatch(host):
            return False
    return not re.search(r"[\[\]]", path)


def is_absolute_uri(text: str) -> bool:
    """Return whether the text is a URI with a scheme, and something after it (section 4.3)."""
    scheme, colon, rest = text.partition(":")
    return bool(colon and rest and _SCHEME.fullmatch(scheme) and parse_uri(text, Context()))
