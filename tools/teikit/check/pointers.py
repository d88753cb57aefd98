"""Pointers: each leads somewhere."""

import difflib
import re
from collections.abc import Iterator

from lxml import etree

from teikit.addresses import Address
from teikit.bases import XML_BASE, base_of
from teikit.check.records import PlacedPointer, ShortForm
from teikit.document import TEI, Document
from teikit.location import attribute_place
from teikit.pointers import (
    Pointer,
    Prefix,
    is_windows_path,
    pointers_of,
    read_prefixes,
    resolve,
    targets_of,
)
from teikit.report import Finding
from teikit.visible import visible

_NEARLY = 0.85  # how much of a namespace must be right for it to be a slip
_TEI_PREFIX = f"{{{TEI}}}"
# a matchPattern of one group with one repeated class: it cannot take long, and $1 is all of it
_TURNABLE = re.compile(r"\((?:\.|\\[wdS]|\[(?:[^\[\]\\^]|\\[-wd._])+\])[+*]\)")


def find_pointers(document: Document) -> tuple[tuple[PlacedPointer, ...], tuple[Finding, ...]]:
    """Return the document's pointers into the project, and findings on those that are none."""
    prefixes = read_prefixes(document)
    known = {prefix.ident for prefix in prefixes}
    has_bases = document.is_assembled or b"base" in document.utf8
    found, wrong = [], list(_check_bases(document)) if has_bases else []
    for element in document.root.iter(f"{_TEI_PREFIX}*"):
        own, base = document.path, Address(document.path)
        pointers = list(pointers_of(element))
        if pointers and has_bases:
            base = base_of(element, document.path)
        if base.problem:
            continue  # said at the xml:base
        for attribute, raw in pointers:
            if document.is_assembled:
                own = _file_for(document, element, raw)
            pointer = resolve(raw, own, prefixes, base.url or base.path)
            place, ordinal = document.place(element), document.ordinal(element)
            if pointer.problem:
                wrong.append(_wrong(document, element, attribute, pointer, known))
            elif raw == "#" or (raw.endswith("#") and not pointer.is_external):
                wrong.append(_empty(document, element, attribute, raw))
            elif not pointer.is_external:
                found.extend(
                    PlacedPointer(place, ordinal, attribute, raw, target)
                    for target in targets_of(pointer.target)
                )
    return tuple(found), tuple(wrong)


def _file_for(document: Document, element: etree._Element, raw: str) -> str:
    """Return the path of the file that `#id` means: the part that has the id, or the element's."""
    if raw.startswith("#") and raw[1:] in document.ids:
        return document.source_of(document.ids[raw[1:]]).path
    return document.file_of(element)


def _check_bases(document: Document) -> Iterator[Finding]:
    """Yield a finding for each xml:base that is not followed, once, where it stands."""
    for element in document.root.iter(etree.Element):
        if element.get(XML_BASE) is None:
            continue
        parent = element.getparent()
        if parent is not None and base_of(parent, document.path).problem:
            continue
        refused = base_of(element, document.path).problem
        if refused:
            yield Finding(
                document.place(element),
                "base:malformed" if "no address" in refused else "base:outside",
                f'xml:base="{element.get(XML_BASE)}" is refused, because {refused}; the pointers '
                "inside it were not followed",
                hint="Write a path inside the edition's folder, or an address with https://.",
                ordinal=document.ordinal(element),
            )


def _wrong(
    document: Document, element: etree._Element, attribute: str, pointer: Pointer, known: set[str]
) -> Finding:
    raw = pointer.raw
    of_ours = raw.partition(":")[0] in known or ":" not in raw or is_windows_path(raw)
    return Finding(
        attribute_place(document, element, attribute),
        "pointers:malformed" if of_ours else "pointers:unknown-prefix",
        f'@{attribute} says "{raw}": {pointer.problem}',
        hint=_prefix_hint(raw, known) if not of_ours else _path_hint(raw),
        ordinal=document.ordinal(element),
    )


def _empty(document: Document, element: etree._Element, attribute: str, raw: str) -> Finding:
    return Finding(
        document.place(element),
        "pointers:empty-fragment",
        f'@{attribute} says "{raw}", which names nothing after the #',
        severity="warning",
        hint="Write the id of what is meant, or take the attribute out until it is known.",
        ordinal=document.ordinal(element),
    )


def _prefix_hint(raw: str, known: set[str]) -> str:
    prefix = raw.partition(":")[0][:64]
    close = difflib.get_close_matches(prefix, sorted(known)[:1000], 1)
    if close:
        return f"Did you mean {close[0]}:?"
    return (
        f'Declare it in the encodingDesc: <listPrefixDef><prefixDef ident="{prefix}" '
        'matchPattern="(.+)" replacementPattern="../registers/FILE.xml#$1"/></listPrefixDef>; or '
        "write the whole pointer."
    )


def _path_hint(raw: str) -> str:
    if not is_windows_path(raw):
        return ""
    name = re.split(r"[\\/]", raw)[-1]
    return f"Write the way from this file to that one, with /, as in ../registers/{name}."


def find_short_forms(document: Document) -> tuple[ShortForm, ...]:
    """Return the document's prefixes by which the id of a register entry can be written."""
    forms = (_short_form(prefix, document.path) for prefix in read_prefixes(document))
    return tuple(form for form in forms if form)


def _short_form(prefix: Prefix, path: str) -> ShortForm | None:
    before, found, after = prefix.replacement.partition("$1")
    if not found or after or "$" in before or not _TURNABLE.fullmatch(prefix.match):
        return None
    if not before.endswith("#"):
        return None
    try:
        re.compile(prefix.match)
    except re.error:
        return None
    pointer = resolve(f"{before}x", path)
    if not pointer.target or pointer.is_external:
        return None
    return ShortForm(prefix.ident, prefix.match, pointer.target.removesuffix("x"))


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
    capitals = {"tei": "TEI", "teicorpus": "teiCorpus"}.get(name.lower(), name)
    if capitals != name:
        return f'Mind the capitals, here and in the end tag: <{capitals} xmlns="{TEI}">.'
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
