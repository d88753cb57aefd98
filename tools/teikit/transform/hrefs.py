"""Pointers -> where links on a page lead."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from teikit.pointers import Prefix, resolve

_SAFE_SCHEMES = frozenset(("http", "https", "mailto"))
_CONTROL = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True)
class Hrefs:
    """Where the pointers of one document lead from its page."""

    path: str
    prefixes: tuple[Prefix, ...]
    ids: frozenset[str]  # of the page
    links: Mapping[str, str]  # "path#id" or "path" -> href

    def first(self, pointers: Iterable[str]) -> str:
        """Return the href of the first of these pointers that leads anywhere, or ""."""
        return next(filter(None, map(self.href, pointers)), "")

    def href(self, raw: str) -> str:
        """Return where a link for this pointer leads; "" where there must be none."""
        pointer = resolve(raw, self.path, self.prefixes)
        known = self.links.get(pointer.target)
        if known is not None:
            return known
        if pointer.is_external:
            return safe_href(pointer.target)
        at, _, name = pointer.target.rpartition("#")
        return f"#{name}" if at == self.path and name in self.ids else ""

    def of(self, uri: str) -> str:
        """Return where a link for this resolved URI leads; "" where there must be none."""
        known = self.links.get(uri)
        if known is not None:
            return known
        at, _, name = uri.rpartition("#")
        return f"#{name}" if at == self.path and name in self.ids else safe_href(uri)

    def ids_of(self, pointers: Iterable[str]) -> str:
        """Return the ids that these pointers end in, joined by spaces."""
        targets = (resolve(raw, self.path, self.prefixes).target for raw in pointers)
        return " ".join(
            filter(None, (target.rpartition("#")[2] for target in targets if "#" in target))
        )


def safe_href(uri: str) -> str:
    """Return the absolute URI where a page may link to it; else an empty string."""
    if not uri or _CONTROL.search(uri):
        return ""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _SAFE_SCHEMES:
        return ""
    return uri if parts.netloc or scheme == "mailto" else ""
