"""Pointers: each leads somewhere."""

import difflib
from collections.abc import Iterator

from lxml import etree

from teikit.check.records import PlacedPointer
from teikit.document import TEI, Document
from teikit.pointers import pointers_of, read_prefixes, resolve
from teikit.report import Finding
from teikit.visible import visible

_NEARLY = 0.85  # how much of a namespace must be right for it to be a slip
_TEI_PREFIX = f"{{{TEI}}}"


def find_pointers(document: Document) -> tuple[tuple[PlacedPointer, ...], tuple[Finding, ...]]:
    """Return the document's pointers into the project, and findings on those that are none."""
    prefixes = read_prefixes(document)
    found, wrong = [], []
    for element in document.root.iter(f"{_TEI_PREFIX}*"):
        for attribute, raw in pointers_of(element):
            pointer = resolve(raw, document.path, prefixes)
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
            f"the outermost element is {visible(said)}, so this is not a TEI document",
            hint=_tei_hint(name.namespace or "", name.localname),
            ordinal=0,
        )


def _tei_hint(namespace: str, name: str) -> str:
    """Return what to do about an outermost element that is none of the TEI's."""
    begin = f'A TEI document begins <TEI xmlns="{TEI}">.'
    if name in ("TEI.2", "teiCorpus.2"):
        return f"This is TEI P4 or older: convert it to P5 first. {begin}"
    if name in ("TEI", "teiCorpus"):
        if not namespace:
            return f'Add the namespace: <{name} xmlns="{TEI}">.'
        near = namespace.strip().rstrip("/#").casefold().replace("https:", "http:")
        if near == TEI or difflib.SequenceMatcher(None, near, TEI).ratio() > _NEARLY:
            return f'The namespace is written a little differently: <{name} xmlns="{TEI}">.'
        return begin
    if namespace == TEI:
        return f"A file holds a whole document: put {name} into the text of a TEI. {begin}"
    return begin
