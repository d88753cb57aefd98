"""Pointers: from what an attribute says to one resolved URI.

Everything in an edition is keyed by `path#id`, the path relative to the project. A pointer is
relative to its document (`#id`, `other.xml#id`), absolute (`https://...`), or private to the
edition, through a prefixDef (TEI P5, 2.3.6.1 and 16.2.3). An xml:base changes what a relative
pointer is relative to; `#id` stays in its own document (XML Base, 3.4).

The module imports no lxml, so that the command's own process can resolve a pointer too.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

if TYPE_CHECKING:
    from lxml import etree

    from teikit.document import Document

# attributes whose datatype is teidata.pointer on every element that has them (p5subset.xml);
# most may hold several pointers (TEI P5, 1.3.1.1.1)
_EVERYWHERE = frozenset(
    "adj adjFrom adjTo ana calendar change children code copyOf corresp datcat datingMethod "
    "datingPoint decls domains edRef end exclude facs fVal feats filter follow fromUnit given "
    "hand inst lemmaRef mergedIn mutual next nymRef origin parent parts perf period prev "
    "property ref rendition replyTo resp sameAs scribeRef scriptRef select since source spanTo "
    "synch target targetDatcat targetEnd toUnit toWhom unitRef uri url valueDatcat who "
    "wit".split()
)
# attributes that are pointers on these elements alone; elsewhere they are dates, words, numbers
_ONLY_ON = {attribute: frozenset(names.split()) for attribute, names in {
    "active": "relation",
    "class": "msContents msItem msItemStruct",
    "from": "app arc rt span",
    "location": "case colloc def entryFree etym form gen gram gramGrp hom hyph iType lang lbl "
                "mood number oRef orth pRef per pos pron re sense subc syll tns usg xr",
    "new": "handShift",
    "passive": "relation",
    "require": "lem rdg rdgGrp",
    "scheme": "catRef classCode keywords locus locusGrp occupation socecStatus",
    "start": "annotationBlock binaryObject ellipsis gap incident kinesic line media path pause "
             "post surface u vocal writing zone",
    "to": "app arc rt span",
    "value": "eLeaf eTree iNode leaf node root triangle",
    "where": "conversion event",
}.items()}  # fmt: skip
POINTER_ATTRIBUTES = tuple(sorted({*_EVERYWHERE, *_ONLY_ON}))
# `tei:` names a release of the Guidelines, in the @source of an ODD (TEI P5, 22.8.1)
_SCHEMES = frozenset(
    "http https ftp sftp mailto urn doi info data file geo tag tel ark hdl isbn issn oai "
    "tei".split()
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
OUTSIDE = "it leads out of the edition's folder"  # the problem of a pointer
_WINDOWS = re.compile(r"[A-Za-z]:[\\/](?!/)")
_LONGEST = 4096  # characters of a pointer that a pattern from a document may look at
_LONGEST_URI = 10_000  # characters; each pointer under a long xml:base is as long
_POINTER_SCHEME = re.compile(
    r"(xpath|left|right|string-index|range|string-range|match|xpointer|element)\((.*)\)", re.DOTALL
)
_BARE_NAME = re.compile(r"[^\W\d][\w.\-·]*")
_BY_ID = re.compile(r"""id\(\s*(?:"([^"]+)"|'([^']+)')\s*\)""")


@dataclass(frozen=True)
class Prefix:
    """One prefixDef: how `ident:rest` becomes a URI relative to where it is used."""

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


def read_prefixes(document: "Document") -> tuple[Prefix, ...]:
    """Return the prefixDefs of the document, in order; several may share an ident."""
    return tuple(
        Prefix(
            element.get("ident", ""),
            element.get("matchPattern", ""),
            element.get("replacementPattern", ""),
        )
        for element in document.elements("prefixDef")
    )


def resolve(raw: str, path: str, prefixes: tuple[Prefix, ...] = (), base: str = "") -> Pointer:
    """Return the pointer RAW, standing in the document at PATH, with what it leads to.

    `base` is what an xml:base makes relative pointers relative to: a path of the project or an
    absolute URI. Empty, it is the document itself.
    """
    match = _SCHEME.match(raw)
    if match:
        known = [prefix for prefix in prefixes if prefix.ident == match[1]]
        if known:
            return _expand(raw, match[2], path, known, base)
        if match[1].lower() in _SCHEMES or match[2].startswith("//"):
            return Pointer(raw, raw)
        if is_windows_path(raw):
            return Pointer(raw, "", "it is a path of Windows, which no other computer can follow")
        return Pointer(raw, "", f"no prefixDef declares the prefix {match[1]}:")
    return _relative(raw, raw, path, base)


def is_windows_path(raw: str) -> bool:
    """Return whether RAW begins with a drive, as D:\\texts does."""
    return _WINDOWS.match(raw) is not None


def _expand(raw: str, rest: str, path: str, known: list[Prefix], base: str) -> Pointer:
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
            return _relative(raw, uri, path, base)
    return Pointer(raw, "", f"it does not fit the matchPattern of the prefix {known[0].ident}:")


def _group(match: re.Match, number: int) -> str:
    return (match[number] or "") if number <= (match.re.groups or 0) else ""


def _relative(raw: str, uri: str, path: str, base: str) -> Pointer:
    if len(uri) > _LONGEST_URI:
        return Pointer(raw, "", "it is too long to be a pointer")
    if uri.startswith("#") and "%" not in uri:  # as most do
        return Pointer(raw, path + uri if len(uri) > 1 else path)
    try:
        parts = urlsplit(uri)
        external = urljoin(base, uri) if _SCHEME.match(base) else ""
    except ValueError as error:
        return Pointer(raw, "", f"it is no URI ({error})")
    fragment = f"#{unquote(parts.fragment)}" if parts.fragment else ""
    if not parts.path:
        return Pointer(raw, path + fragment)
    if external:
        return Pointer(raw, external)
    if parts.path.startswith("/"):
        return Pointer(raw, "", "it begins with a slash, so it leads out of the edition")
    joined = join(base or path, unquote(parts.path))
    if joined is not None and len(joined) > _LONGEST_URI:
        return Pointer(raw, "", "with what xml:base says, it is too long to be a pointer")
    if joined is None:
        return Pointer(raw, "", OUTSIDE)
    return Pointer(raw, joined + fragment)


def join(base: str, relative: str) -> str | None:
    """Return RELATIVE seen from the file or folder/ at BASE; None where it leads out."""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), relative))
    return None if joined == ".." or joined.startswith("../") else joined


def targets_of(target: str) -> tuple[str, ...]:
    """Return what TARGET needs to be there: itself, or what a TEI pointer scheme names in it.

    Of `path#range(a,b)` that are `path#a` and `path#b` (TEI P5, 16.2.4). Where the arguments are
    paths and not ids, only the file is needed.
    """
    path, _, fragment = target.partition("#")
    match = _POINTER_SCHEME.fullmatch(fragment)
    if match is None:
        return (target,)
    if match[1] in ("xpath", "xpointer"):
        names = [one or two for one, two in _BY_ID.findall(match[2])]
    elif match[1] == "element":
        names = [match[2].partition("/")[0]]
    elif match[1] == "range":
        names = [one.strip() for one in match[2].split(",")]
    else:
        names = [match[2].partition(",")[0].strip()]
    found = tuple(f"{path}#{name}" for name in names if _BARE_NAME.fullmatch(name))
    return found or (path,)


def pointers_of(element: "etree._Element") -> Iterator[tuple[str, str]]:
    """Yield (attribute, pointer as written) for each pointer that the element carries."""
    for attribute in element.keys():
        if attribute in _EVERYWHERE or (
            attribute in _ONLY_ON and element.tag.rpartition("}")[2] in _ONLY_ON[attribute]
        ):
            for raw in split_pointers(element.get(attribute)):
                yield attribute, raw


def split_pointers(value: str) -> list[str]:
    """Return the pointers in the value of an attribute; spaces in parentheses part none."""
    parts = value.split()
    if "(" not in value or len(parts) == 1:
        return parts
    whole: list[list[str]] = []
    depth = 0
    for part in parts:
        if depth > 0:
            whole[-1].append(part)
        else:
            whole.append([part])
        depth += part.count("(") - part.count(")")
    return [" ".join(one) for one in whole] if depth == 0 else parts
