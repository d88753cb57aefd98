"""A Document -> the working tree that the stylesheets read.

XSLT 1.0 answers some questions badly: does this element hold a paragraph, where does this
pointer lead, is this the first line of its block, has this id been used before? They are
answered here, once, in attributes of our namespace (prefix tk in the stylesheets):

    tk:ordinal   number of the element, for messages (set on reading)
    tk:id        the id it has in the page: its xml:id, unless an earlier element has it
    tk:class     its name, @type, and @rend, @cert ... as tokens for a class attribute; absent
                 where there is nothing but the name
    tk:dir       writing direction, where it changes
    tk:box       "block": stands on its own; "holds": contains such; absent: runs in a line
    tk:href      where its first pointer that leads anywhere leads
    tk:a         "whole": becomes a link; "parts": has links inside, so its own words do
    tk:ana       the ids that @ana points to
    tk:note      the number of the note that is called here, or of those on this element
    tk:on        on a note in standOff: the id it explains
    tk:n         the paragraph's number in its text
    tk:ref       its canonical reference, where neither its id nor its number says it
    tk:level     the rank of a heading, 2-6
    tk:first     on lb: opens its block, so that no line ends here
    tk:space     on lb: parts two words that have no space between them
    tk:hyphen    on pc: stands only because a line ends
    tk:datetime  the date in HTML's form; tk:to its end
    tk:findings  numbers of the findings that stand at the element
    tk:part      on a text: the number of the part of a split text that it holds
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from teikit.document import OURS, TEI, XML_ID, XML_LANG, Document
from teikit.lines import mark_hyphens, mark_lines
from teikit.pointers import read_prefixes
from teikit.report import Finding
from teikit.spacing import without_idle_space
from teikit.texts import find_texts
from teikit.transform.blocks import in_examples, is_moved, local_name, mark_boxes
from teikit.transform.dating import html_datetime
from teikit.transform.hrefs import Hrefs, safe_href
from teikit.transform.numbering import (
    mark_explained,
    mark_headings,
    mark_notes,
    mark_paragraphs,
    markable,
)
from teikit.transform.permalinks import mark_permalinks
from teikit.transform.rendering import PartPage
from teikit.transform.splitting import split_tree

_ORDINAL, _ID, _ON, _N, _NOTE, _FINDINGS = (
    f"{{{OURS}}}{name}" for name in ("ordinal", "id", "on", "n", "note", "findings")
)
_CLASS, _DIR, _DATETIME, _TO = (f"{{{OURS}}}{name}" for name in ("class", "dir", "datetime", "to"))
_HREF, _A, _ANA = (f"{{{OURS}}}{name}" for name in ("href", "a", "ana"))
_NOTES = f"{{{TEI}}}note"
_FOLLOWED = ("ref", "target", "url", "corresp", "sameAs", "who", "ana")
_CLASSES = (
    ("type", ""),
    ("rend", "rend-"),
    ("rendition", "rend-"),
    ("place", "place-"),
    ("level", "level-"),
)
_TOKEN = re.compile(r"[^\w.-]+")
_RIGHT_TO_LEFT = re.compile(
    r"(ar|arc|ckb|dv|fa|he|iw|nqo|phn|ps|sam|sd|syc|syr|ug|ur|xpu|yi)(-|$)"
    r"|.*-(Arab|Hebr|Syrc|Phnx)\b",
    re.IGNORECASE,
)
_LEFT_TO_RIGHT = re.compile(r".*-Latn\b", re.IGNORECASE)


@dataclass(frozen=True)
class Surroundings:
    """What a rendering knows of the rest of the edition."""

    strings: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    pages: tuple[PartPage, ...] = ()  # of a text that is split
    references: Mapping[int, str] = field(default_factory=dict)  # by ordinal; see references.py


def prepare(
    document: Document, surroundings: Surroundings, shown: str = "text"
) -> etree._ElementTree:
    """Return a copy of the document's tree with what the stylesheets ask for.

    SHOWN is the part that will be in the page, "text" or "teiHeader": links lead to it only.
    """
    tree = without_idle_space(document.tree)
    root = tree.getroot()
    texts = find_texts(root)
    examples = in_examples(root)
    mark_boxes([root])
    mark_hyphens(root)
    mark_lines(texts, is_moved)
    explained = mark_explained(root, document.path)
    _mark_ids(root, examples)
    _mark_looks(root)
    _mark_findings(root, surroundings.findings)
    mark_notes(texts, explained, examples)
    mark_paragraphs(texts)
    mark_permalinks(texts, surroundings.references, _ids_in_page(root, shown))
    mark_headings(texts)
    _mark_links(
        root,
        Hrefs(
            document.path, read_prefixes(document), _ids_in_page(root, shown), surroundings.links
        ),
    )
    _add_strings(root, surroundings.strings)
    if surroundings.pages:
        mark_headings(split_tree(root, texts, surroundings.pages))
    return tree


def _ids_in_page(root: etree._Element, shown: str) -> frozenset[str]:
    """Return the ids that the page will have."""
    if shown == "text":
        parts = find_texts(root) or list(root.iter(f"{{{TEI}}}standOff")) or [root]
        parts += root.iterfind(f".//{{{TEI}}}standOff//{_NOTES}[@{_ON}]")
    else:
        parts = list(root.iter(f"{{{TEI}}}{shown}"))[:1]
    return frozenset(
        name for part in parts for element in part.iter(etree.Element) if (name := element.get(_ID))
    )


def _mark_ids(root: etree._Element, examples: set[etree._Element]) -> None:
    found: set[str] = set()
    for element in root.iter(etree.Element):
        name = element.get(XML_ID)
        if not name or name in found or name.startswith("tk-") or re.search(r"\s", name):
            continue
        if element not in examples:
            found.add(name)
            element.set(_ID, name)


def _mark_looks(root: etree._Element) -> None:
    """Set tk:class, tk:dir and tk:datetime where attributes of the element ask for them."""
    turned = False  # whether anything up to here is written from right to left
    for element in root.iter(etree.Element):
        said = element.attrib
        if len(said) < 2:  # its ordinal alone
            continue
        tokens = list(_tokens(said))
        if tokens:
            name = etree.QName(element).localname
            element.set(_CLASS, " ".join(dict.fromkeys((name, *tokens))))
        language = said.get(XML_LANG)
        if language:
            direction = direction_of(language)
            turned = turned or direction == "rtl"
            if turned:
                element.set(_DIR, direction)
        if "when" in said or "from" in said:
            _mark_date(element)


def direction_of(language: str) -> str:
    """Return "rtl" or "ltr", as texts in this language are written."""
    if _LEFT_TO_RIGHT.match(language):
        return "ltr"
    return "rtl" if _RIGHT_TO_LEFT.match(language) else "ltr"


def _tokens(said: Mapping[str, str]) -> Iterator[str]:
    """Yield class tokens; none of them looks like one of ours (tk-)."""
    for attribute, prefix in _CLASSES:
        if attribute in said:
            for token in said[attribute].split():
                token = _TOKEN.sub("-", token).strip("-")
                if token and not token.startswith("tk-"):
                    yield prefix + token
    if "cert" in said:
        yield "cert"
        yield "cert-" + _TOKEN.sub("-", said["cert"]).strip("-")


def _mark_date(element: etree._Element) -> None:
    start = html_datetime(element.get("when") or element.get("from") or "")
    if start:
        element.set(_DATETIME, start)
        end = html_datetime(element.get("to") or "")
        if end:
            element.set(_TO, end)


def _mark_findings(root: etree._Element, findings: Iterable[Finding]) -> None:
    at: dict[str, list[str]] = {}
    for number, finding in enumerate(findings, 1):
        if finding.ordinal >= 0:
            at.setdefault(str(finding.ordinal), []).append(str(number))
    for element in root.iter(etree.Element) if at else ():
        numbers = at.get(element.get(_ORDINAL, ""))
        if numbers:
            target = markable(element)
            before = target.get(_FINDINGS)
            target.set(_FINDINGS, " ".join([before, *numbers] if before else numbers))


def _mark_links(root: etree._Element, hrefs: Hrefs) -> None:
    linked: set[etree._Element] = set()  # those that have a link inside
    for element in root.iter(etree.Element):
        said = element.attrib
        if len(said) < 2 and element.tag != f"{{{TEI}}}idno":
            continue
        _mark_link(element, said, hrefs)
        if _A in said or _NOTE in said or _N in said or _FINDINGS in said:
            for ancestor in element.iterancestors():
                if ancestor in linked:
                    break
                linked.add(ancestor)
    for element in linked:
        if element.get(_A):
            element.set(_A, "parts")


def _mark_link(element: etree._Element, said: Mapping[str, str], hrefs: Hrefs) -> None:
    """Set tk:href, tk:a and tk:ana on the element."""
    name = local_name(element)
    if name == "idno":
        href = safe_href((element.text or "").strip()) if not len(element) else ""
        if href.startswith("http"):
            element.set(_HREF, href)
            element.set(_A, "whole")
        return
    for attribute in _FOLLOWED:
        if attribute not in said:
            continue
        href = hrefs.first(said[attribute].split())
        if href:
            element.set(_HREF, href)
            if attribute == "ref" or name in ("ref", "ptr"):
                element.set(_A, "whole")
            break
    if "ana" in said:
        ids = hrefs.ids_of(said["ana"].split())
        if ids:
            element.set(_ANA, ids)


def _add_strings(root: etree._Element, strings: Mapping[str, str]) -> None:
    holder = etree.SubElement(root, f"{{{OURS}}}strings")
    for key, value in sorted(strings.items()):
        etree.SubElement(holder, f"{{{OURS}}}string", key=key).text = value
