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
    tk:level     the rank of a heading, 2-6
    tk:first     on lb: opens its block, so that no line ends here
    tk:space     on lb: parts two words that have no space between them
    tk:hyphen    on pc: stands only because a line ends
    tk:datetime  the date in HTML's form; tk:to its end
    tk:cols, tk:rows
                 on cell: over how many it goes, where over several
    tk:more      on ref and ptr: where their other pointers lead
    tk:src       where the picture is; tk:width and tk:height its size, where it is known
    tk:facs      where the picture of this place is
    tk:glyph     on an empty g: the characters that stand for it; tk:glyph-name what it is called
    tk:told      on a note in standOff: the text calls it
    tk:beside    on a part of standOff: has words that are told after the text
    tk:findings  numbers of the findings that stand at the element
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from teikit.document import OURS, TEI, XML_ID, Document
from teikit.lines import mark_hyphens, mark_lines
from teikit.pointers import read_prefixes
from teikit.report import Finding
from teikit.spacing import without_idle_space
from teikit.transform.beside import mark_beside
from teikit.transform.blocks import in_examples, is_moved, local_name, mark_boxes
from teikit.transform.directions import mark_directions
from teikit.transform.glyphs import mark_glyphs
from teikit.transform.hrefs import Hrefs, safe_href
from teikit.transform.looks import mark_looks
from teikit.transform.numbering import (
    mark_explained,
    mark_headings,
    mark_notes,
    mark_paragraphs,
    markable,
)
from teikit.transform.pictures import mark_pictures
from teikit.transform.tables import mark_spans

_ORDINAL, _ID, _ON, _N, _NOTE, _FINDINGS = (
    f"{{{OURS}}}{name}" for name in ("ordinal", "id", "on", "n", "note", "findings")
)
_HREF, _A, _ANA = (f"{{{OURS}}}{name}" for name in ("href", "a", "ana"))
_MORE, _FACS, _BESIDE = (f"{{{OURS}}}{name}" for name in ("more", "facs", "beside"))
_TEXT, _NOTES = f"{{{TEI}}}text", f"{{{TEI}}}note"
_LINKS = frozenset(("ref", "ptr", "graphic", "media"))
_FOLLOWED = ("ref", "target", "url", "corresp", "sameAs", "who", "ana")


@dataclass(frozen=True)
class Surroundings:
    """What a rendering knows of the rest of the edition."""

    strings: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)  # that pages show: path -> size


def prepare(
    document: Document, surroundings: Surroundings, shown: str = "text"
) -> etree._ElementTree:
    """Return a copy of the document's tree with what the stylesheets ask for.

    SHOWN is the part that will be in the page, "text" or "teiHeader": links lead to it only.
    """
    tree = without_idle_space(document.tree)
    root = tree.getroot()
    texts = _texts(root)
    examples = in_examples(root)
    mark_boxes([root])
    mark_hyphens(root)
    mark_lines(texts, is_moved)
    explained = mark_explained(root, document.path)
    _mark_ids(root, examples)
    mark_looks(root)
    mark_directions(texts)
    _mark_findings(root, surroundings.findings)
    mark_notes(texts, explained, examples)
    mark_paragraphs(texts)
    mark_headings(texts)
    mark_spans(root)
    mark_beside(root, texts)
    hrefs = Hrefs(
        document.path, read_prefixes(document), _ids_in_page(root, shown), surroundings.links
    )
    mark_pictures(root, hrefs, surroundings.pictures)
    mark_glyphs(root)
    _mark_links(root, hrefs)
    _add_strings(root, surroundings.strings)
    return tree


def _texts(root: etree._Element) -> list[etree._Element]:
    """Return the outermost tei:text elements."""
    return [text for text in root.iter(_TEXT) if next(text.iterancestors(_TEXT), None) is None]


def _ids_in_page(root: etree._Element, shown: str) -> frozenset[str]:
    """Return the ids that the page will have."""
    if shown == "text":
        parts = _texts(root) or list(root.iter(f"{{{TEI}}}standOff")) or [root]
        parts += root.iterfind(f".//{{{TEI}}}standOff//{_NOTES}[@{_ON}]")
        parts += root.iterfind(f".//{{{TEI}}}standOff/*[@{_BESIDE}]")
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
        if _A in said or _NOTE in said or _N in said or _FINDINGS in said or _FACS in said:
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
            if attribute == "ref" or name in _LINKS:
                element.set(_A, "whole")
            if attribute == "target" and name in ("ref", "ptr"):
                _mark_more(element, href, hrefs)
            break
    if "ana" in said:
        ids = hrefs.ids_of(said["ana"].split())
        if ids:
            element.set(_ANA, ids)


def _mark_more(element: etree._Element, first: str, hrefs: Hrefs) -> None:
    """Set tk:more on the element, where its pointers lead to more than one place."""
    found = [href for raw in element.get("target").split() if (href := hrefs.href(raw))]
    others = [href for href in dict.fromkeys(found) if href != first]
    if others:
        element.set(_MORE, " ".join(others))


def _add_strings(root: etree._Element, strings: Mapping[str, str]) -> None:
    holder = etree.SubElement(root, f"{{{OURS}}}strings")
    for key, value in sorted(strings.items()):
        etree.SubElement(holder, f"{{{OURS}}}string", key=key).text = value
