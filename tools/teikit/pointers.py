"""Pointers: from what an attribute says to one resolved URI.

Everything in an edition is keyed by `path#id`, the path relative to the project. A pointer is
relative to its document (`#id`, `other.xml#id`), absolute (`https://...`), or private to the
edition, through a prefixDef (TEI P5, 2.3.6.1 and 16.2.3).
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml import etree

from teikit.document import Document

# data.pointer attributes that we follow; each may hold several pointers (TEI P5, 1.3.1.1.1)
POINTER_ATTRIBUTES = (
    "active", "ana", "calendar", "change", "copyOf", "corresp", "datingMethod", "decls", "edRef",
    "exclude", "facs", "from", "hand", "inst", "lemmaRef", "mutual", "next", "passive", "perf",
    "prev", "ref", "rendition", "resp", "sameAs", "scheme", "select", "source", "spanTo",
    "start", "synch", "target", "targetEnd", "to", "url", "who", "wit",
)  # fmt: skip
# attributes that are pointers only on these elements
_ONLY_ON = {"from": frozenset({"app"}), "to": frozenset({"app"}), "start": frozenset({"recording"})}
_SCHEMES = frozenset(
    "http https ftp mailto urn doi info data file geo tag tel ark hdl isbn issn".split()
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_LONGEST = 4096  # characters of a pointer that a pattern from a document may look at


@dataclass(frozen=True)
class Prefix:
    """One prefixDef: how `ident:rest` becomes a URI relative to the document that declares it."""

    ident: str
    match: str
    replacement: str


@dataclass(frozen=True)
class Pointer:
    """One pointer as it stands (`raw`) and what it resolves to.

    `target` is `path#id`, `path`, or an absolute URI; empty where `problem` says why not.
    """

    raw: str
    target: str
    problem: str = ""

    @property
    def is_external(self) -> bool:
        """Return whether it leads out of the project to an absolute URI."""
        return bool(_SCHEME.match(self.target))


def read_prefixes(document: Document) -> tuple[Prefix, ...]:
    """Return the prefixDefs of the document, in order; several may share an ident."""
    return tuple(
        Prefix(
            element.get("ident", ""),
            element.get("matchPattern", ""),
            element.get("replacementPattern", ""),
        )
        for element in document.elements("prefixDef")
    )


def resolve(raw: str, path: str, prefixes: tuple[Prefix, ...] = ()) -> Pointer:
    """Return the pointer RAW, standing in the document at PATH, with what it leads to."""
    match = _SCHEME.match(raw)
    if match:
        known = [prefix for prefix in prefixes if prefix.ident == match[1]]
        if known:
            return _expand(raw, match[2], path, known)
        if match[1].lower() in _SCHEMES or match[2].startswith("//"):
            return Pointer(raw, raw)
        return Pointer(raw, "", f"no prefixDef declares the prefix {match[1]}:")
    return _relative(raw, raw, path)


def _expand(raw: str, rest: str, path: str, known: list[Prefix]) -> Pointer:
    if len(rest) > _LONGEST:
        return Pointer(raw, "", "it is too long to be a pointer")
    for prefix in known:
        try:
            match = re.fullmatch(prefix.match, rest)
        except re.error as error:
            return Pointer(raw, "", f"matchPattern of {prefix.ident}: is no pattern ({error})")
        if match:
            uri = re.sub(r"\$(\d)", lambda at, m=match: _group(m, int(at[1])), prefix.replacement)
            if _SCHEME.match(uri):
                return Pointer(raw, uri)
            return _relative(raw, uri, path)
    return Pointer(raw, "", f"it does not fit the matchPattern of the prefix {known[0].ident}:")


def _group(match: re.Match, number: int) -> str:
    return (match[number] or "") if number <= (match.re.groups or 0) else ""


def _relative(raw: str, uri: str, path: str) -> Pointer:
    try:
        parts = urlsplit(uri)
    except ValueError as error:
        return Pointer(raw, "", f"it is no URI ({error})")
    if not parts.path:
        return Pointer(raw, f"{path}#{parts.fragment}" if parts.fragment else path)
    if parts.path.startswith("/"):
        return Pointer(raw, "", "it begins with a slash, so it leads out of the edition")
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    if joined == ".." or joined.startswith("../"):
        return Pointer(raw, "", "it leads out of the edition's folder")
    return Pointer(raw, f"{joined}#{parts.fragment}" if parts.fragment else joined)


def pointers_of(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield (attribute, pointer as written) for each pointer that the element carries."""
    name = etree.QName(element).localname
    for attribute in element.keys():
        if attribute in POINTER_ATTRIBUTES:
            only = _ONLY_ON.get(attribute)
            if only is None or name in only:
                for raw in element.get(attribute).split():
                    yield attribute, raw
