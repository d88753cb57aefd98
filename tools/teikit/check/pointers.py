"""Pointers: each leads somewhere."""

import difflib
from collections.abc import Iterator

from lxml import etree

from teikit.check.records import PlacedPointer
from teikit.document import TEI, Document
from teikit.pointers import pointers_of, read_prefixes, resolve
from teikit.report import Finding

_TEI_PREFIX = f"{{{TEI}}}"


def find_pointers(document: Document) -> tuple[tuple[PlacedPointer, ...], tuple[Finding, ...]]:
    """Return the document's pointers into the project, and findings on those that are none."""
    prefixes = read_prefixes(document)
    found, wrong = [], []
    for element in document.root.iter(f"{_TEI_PREFIX}*"):
        for attribute, raw in pointers_of(element):
            pointer = resolve(raw, _file_for(document, element, raw), prefixes)
            place, ordinal = document.place(element), document.ordinal(element)
            if pointer.problem:
                known = {prefix.ident for prefix in prefixes}
                rule = (
                    "pointers:malformed"
                    if raw.partition(":")[0] in known or ":" not in raw
                    else "pointers:unknown-prefix"
                )
                wrong.append(
                    Finding(
                        place,
                        rule,
                        f'@{attribute} says "{raw}": {pointer.problem}',
                        hint=_prefix_hint(raw, known),
                        ordinal=ordinal,
                    )
                )
            elif not pointer.is_external:
                found.append(PlacedPointer(place, ordinal, attribute, raw, pointer.target))
    return tuple(found), tuple(wrong)


def _file_for(document: Document, element: etree._Element, raw: str) -> str:
    """Return the path of the file that the pointer is relative to.

    Where parts were included, `#id` means the part that has the id, or else the element's own.
    """
    if not document.is_assembled or (":" in raw and not raw.startswith("#")):
        return document.path
    if raw.startswith("#") and raw[1:] in document.ids:
        return document.source_of(document.ids[raw[1:]]).path
    return document.file_of(element)


def _prefix_hint(raw: str, known: set[str]) -> str:
    close = difflib.get_close_matches(raw.partition(":")[0], known, 1)
    return f"Did you mean {close[0]}:?" if close else ""


def check_is_tei(document: Document) -> Iterator[Finding]:
    """Yield a finding where the outermost element is none that TEI allows there."""
    name = etree.QName(document.root)
    if name.namespace != TEI or name.localname not in ("TEI", "teiCorpus"):
        said = (
            f"{name.localname} in the namespace {name.namespace}"
            if name.namespace
            else f"{name.localname} in no namespace"
        )
        yield Finding(
            document.place(document.root),
            "tei:not-tei",
            f"the outermost element is {said}, so this is not a TEI document",
            hint=f'A TEI document begins <TEI xmlns="{TEI}">.',
            ordinal=0,
        )
