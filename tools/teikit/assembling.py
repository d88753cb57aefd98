"""A document as readers get it: with its parts in place, and pointers that need no xml:base.

What xi:include names is put in its place, each element still placed in its own file. Pointers in
a part, or under an xml:base, are written anew so that they mean the same when they are resolved
from the document itself; then xml:base is gone. So whoever reads such a document (extraction,
stylesheets, plain text) has one rule for all pointers.
"""

import posixpath
from dataclasses import dataclass
from urllib.parse import quote

from lxml import etree

from teikit.bases import XML_BASE, base_of
from teikit.document import BASE, TEI, Document
from teikit.pointers import Prefix, pointers_of, read_prefixes, resolve, split_pointers
from teikit.report import Finding
from teikit.tags import find_tags
from teikit.xinclude import read_whole

_WHOLE = frozenset(f"{{{TEI}}}{name}" for name in ("TEI", "teiCorpus", "text", "body"))


@dataclass(frozen=True)
class Assembled:
    """A document with its parts."""

    document: Document
    findings: tuple[Finding, ...] = ()  # on what could not be included
    includes: tuple[str, ...] = ()  # the files that were read for it
    wholes: tuple[str, ...] = ()  # those of which all, or all of the text, is in the document
    aliases: tuple[tuple[str, str], ...] = ()  # "part.xml#id", and the same in the document


def assemble(data: bytes, path: str, folder: str) -> Assembled:
    """Return the document in DATA with its parts, which are read inside FOLDER only.

    Raises UnreadableDocument where DATA is not well-formed XML.
    """
    document, findings, includes = read_whole(data, path, folder)
    if document.is_assembled or b"xml:base" in document.utf8:
        _write_pointers(document)
    if not document.is_assembled:
        return Assembled(document, findings, includes)
    return Assembled(document, findings, includes, _wholes(document), _aliases(document))


def _wholes(document: Document) -> tuple[str, ...]:
    """Return the included files whose outermost element, or whose text, is in the document."""
    roots = {}
    for source in document.sources[1:]:
        starts = find_tags(source.utf8)[0]
        roots[source.path] = starts[0] if starts else -1
    found = set()
    for element in document.root.iter(etree.Element):
        path = document.file_of(element)
        if path in roots and (element.tag in _WHOLE or document.extent(element)[0] == roots[path]):
            found.add(path)
    return tuple(sorted(found))


def _aliases(document: Document) -> tuple[tuple[str, str], ...]:
    """Return what the ids of the parts are called from outside, and what from the document."""
    return tuple(
        (f"{file}#{name}", f"{document.path}#{name}")
        for name, ordinal in document.ids.items()
        if (file := document.source_of(ordinal).path) != document.path
    )


def _write_pointers(document: Document) -> None:
    """Write the pointers so that they are relative to the document; take xml:base away."""
    prefixes = read_prefixes(document)
    inside = {source.path for source in document.sources}
    for element in document.root.iter(f"{{{TEI}}}*"):
        attributes = dict.fromkeys(attribute for attribute, _ in pointers_of(element))
        if not attributes:
            continue
        base = base_of(element, document.path)
        if base.problem:
            continue
        for attribute in attributes:
            said = element.get(attribute)
            written = " ".join(
                _written(document, element, raw, base.url or base.path, prefixes, inside)
                for raw in split_pointers(said)
            )
            if written != " ".join(said.split()):
                element.set(attribute, written)
    etree.strip_attributes(document.tree, XML_BASE, BASE)


def _written(
    document: Document,
    element: etree._Element,
    raw: str,
    base: str,
    prefixes: tuple[Prefix, ...],
    inside: set[str],
) -> str:
    own = document.file_of(element)
    if raw.startswith("#") and raw[1:] in document.ids:
        return raw
    pointer = resolve(raw, own, prefixes, base)
    if not pointer.target or pointer.target == resolve(raw, document.path, prefixes).target:
        return raw
    if pointer.is_external:
        return pointer.target
    path, hash_, name = pointer.target.partition("#")
    if path in inside and name in document.ids:
        return f"#{quote(name)}"
    if path in inside and not name:
        path = document.path
    relative = posixpath.relpath(path, posixpath.dirname(document.path) or ".")
    return quote(relative) + (f"#{quote(name)}" if hash_ else "")
