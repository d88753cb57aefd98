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
    tk:more      where the others lead, if it means several things, parted by spaces
    tk:a         "whole": becomes a link; "parts": has links inside, so its own words do
    tk:ana       the ids that @ana points to
    tk:note      the number of the note that is called here, or of those on this element
    tk:number    the same as a number, where the apparatus is called by letters
    tk:shown     on a lem, rdg or rdgGrp that is read in the text
    tk:lemma     on app: the words that its readings stand for, in short
    tk:line      on app: the number of the verse or line it is about; on lb: its number, where
                 @n has that of the page before it
    tk:at        on app that is located by reference: the link to its place
    tk:resp, tk:hand
                 the names of those whom @resp and @hand mean; tk:by the same on a note, where
                 notes of several people are in the text
    tk:source-n  on a note: its number in the source, where it is another than ours
    tk:calls     on ref and ptr: calls a note that stands in the text; the sign for it
    tk:called    on such a note: the id of what calls it; tk:sign the sign, if it is ours
    tk:ends      on anchor: what ends there, "addSpan" ...
    tk:spoken    on app and note that are read at the end: their language, where it is another
    tk:on        on a note in standOff: the id it explains
    tk:n         the paragraph's number in its text
    tk:ref       its canonical reference, where neither its id nor its number says it
    tk:level     the rank of a heading, 2-6
    tk:first     on lb: opens its block, so that no line ends here
    tk:space     on lb, and on w: parts two words that have no space between them
    tk:hyphen    on pc: stands only because a line ends
    tk:datetime  the date in HTML's form; tk:to its end
    tk:cols, tk:rows
                 on cell: over how many it goes, where over several
    tk:src       where the picture is; tk:width and tk:height its size, where it is known
    tk:facs      where the picture of this place is
    tk:glyph     on an empty g: the characters that stand for it; tk:glyph-name what it is called
    tk:told      on a note in standOff: the text calls it
    tk:beside    on a part of standOff: has words that are told after the text
    tk:findings  numbers of the findings that stand at the element
    tk:part      on a text: the number of the part of a split text that it holds

At the end of the root are tk:strings, the words of the interface, and tk:witnesses, what the
values of @wit mean (see witnesses.py).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from teikit.document import OURS, TEI, XML_ID, XML_LANG, Document
from teikit.lines import mark_hyphens, mark_lines
from teikit.pointers import read_prefixes
from teikit.report import Finding
from teikit.sigla import Witness, language_of
from teikit.spacing import without_idle_space
from teikit.texts import find_texts, in_examples
from teikit.transform.apparatus import mark_apparatus
from teikit.transform.beside import mark_beside
from teikit.transform.blocks import is_moved, local_name, mark_boxes
from teikit.transform.carriers import Carriers, find_carriers, of_any
from teikit.transform.directions import direction_of, mark_directions
from teikit.transform.glyphs import mark_glyphs
from teikit.transform.hrefs import Hrefs, safe_href
from teikit.transform.looks import mark_looks
from teikit.transform.mentioning import mark_mentions
from teikit.transform.notes import mark_calls, mark_ends, mark_said
from teikit.transform.numbering import (
    mark_entries,
    mark_explained,
    mark_headings,
    mark_line_numbers,
    mark_notes,
    mark_paragraphs,
    markable,
)
from teikit.transform.permalinks import mark_permalinks
from teikit.transform.pictures import mark_pictures
from teikit.transform.rendering import PartPage
from teikit.transform.splitting import split_tree
from teikit.transform.tables import mark_spans
from teikit.transform.witnesses import Cited, add_witnesses
from teikit.transform.words import mark_words

_ORDINAL, _ID, _ON, _N, _NOTE, _FINDINGS = (
    f"{{{OURS}}}{name}" for name in ("ordinal", "id", "on", "n", "note", "findings")
)
_HREF, _A, _ANA = (f"{{{OURS}}}{name}" for name in ("href", "a", "ana"))
_MORE, _FACS, _BESIDE = (f"{{{OURS}}}{name}" for name in ("more", "facs", "beside"))
_SPOKEN = f"{{{OURS}}}spoken"
_NOTES, _IDNO = f"{{{TEI}}}note", f"{{{TEI}}}idno"
_LINKS = frozenset(("ref", "ptr", "graphic", "media"))
_FOLLOWED = ("ref", "target", "url", "corresp", "sameAs", "who", "ana")


@dataclass(frozen=True)
class Surroundings:
    """What a rendering knows of the rest of the edition."""

    strings: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    pages: tuple[PartPage, ...] = ()  # of a text that is split
    witnesses: Mapping[str, Witness] = field(default_factory=dict)  # of other files, by URI
    pictures: Mapping[str, str] = field(default_factory=dict)  # that pages show: path -> size
    references: Mapping[int, str] | None = None  # by ordinal; see references.py
    mentions: Mapping[str, Sequence[str]] = field(default_factory=dict)  # ordinal -> URIs


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
    mark_words(root)
    carriers = find_carriers(root)
    ids = _mark_ids(carriers.get(XML_ID, ()), examples)
    explained = mark_explained(root, document.path, ids)
    mark_looks(root, carriers)
    mark_directions(texts)
    _mark_findings(root, surroundings.findings)
    mark_apparatus(root, document.path)
    mark_notes(texts, explained, examples)
    mark_entries(texts, examples)
    mark_calls(texts, document.path, ids)
    mark_ends(root, document.path, ids)
    mark_said(carriers, texts, document.path, ids)
    _mark_spoken(texts)
    mark_paragraphs(texts)
    mark_line_numbers(texts)
    mark_permalinks(texts, surroundings.references, _ids_in_page(root, shown))
    mark_headings(texts)
    prefixes = read_prefixes(document)
    hrefs = Hrefs(document.path, prefixes, _ids_in_page(root, shown), surroundings.links)
    mark_mentions(root, surroundings.mentions, hrefs)
    mark_spans(root)
    mark_beside(root, texts)
    mark_pictures(root, carriers.get("facs", ()), hrefs, surroundings.pictures)
    mark_glyphs(root)
    _mark_links(root, carriers, hrefs)
    language = language_of(texts[0]) if texts else ""
    cited = Cited(carriers.get("wit", ()), surroundings.witnesses, language)
    add_witnesses(root, document.path, prefixes, cited)
    _add_strings(root, surroundings.strings)
    if surroundings.pages:
        mark_headings(split_tree(root, texts, surroundings.pages))
    return tree


def _ids_in_page(root: etree._Element, shown: str) -> frozenset[str]:
    """Return the ids that the page will have."""
    if shown == "text":
        parts = find_texts(root) or list(root.iter(f"{{{TEI}}}standOff")) or [root]
        parts += root.iterfind(f".//{{{TEI}}}standOff//{_NOTES}[@{_ON}]")
        parts += root.iterfind(f".//{{{TEI}}}standOff/*[@{_BESIDE}]")
    else:
        parts = list(root.iter(f"{{{TEI}}}{shown}"))[:1]
    return frozenset(
        name for part in parts for element in part.iter(etree.Element) if (name := element.get(_ID))
    )


def _mark_ids(
    elements: Iterable[etree._Element], examples: set[etree._Element]
) -> dict[str, etree._Element]:
    """Set tk:id on these of which each has an xml:id, and return those that have it now."""
    found: dict[str, etree._Element] = {}
    for element in elements:
        name = element.get(XML_ID)
        if not name or name in found or name.startswith("tk-") or re.search(r"\s", name):
            continue
        if element not in examples:
            found[name] = element
            element.set(_ID, name)
    return found


def _mark_spoken(texts: list[etree._Element]) -> None:
    """Set tk:spoken on what is read away from its place, where its language is another's."""
    for text in texts:
        whole = language_of(text)
        for element in text.iter(f"{{{TEI}}}app", _NOTES, f"{{{TEI}}}noteGrp"):
            if element.get(_NOTE) and element.get(XML_LANG) is None:
                language = language_of(element)
                if language != whole:
                    element.set(_SPOKEN, language)
                    if direction_of(language) != direction_of(whole):
                        element.set(f"{_SPOKEN}-dir", direction_of(language))


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


def _mark_links(root: etree._Element, carriers: Carriers, hrefs: Hrefs) -> None:
    """Set tk:href, tk:a and tk:ana on what points to something."""
    for element in root.iter(_IDNO):
        href = safe_href((element.text or "").strip()) if not len(element) else ""
        if href.startswith("http"):
            element.set(_HREF, href)
            element.set(_A, "whole")
    for element in of_any(carriers, _FOLLOWED):
        if element.tag != _IDNO and element.get(_A) is None:  # mentions have theirs
            _mark_link(element, hrefs)
    for element in carriers.get("ana", ()):
        ids = hrefs.ids_of(element.get("ana").split())
        if ids and element.tag != _IDNO:
            element.set(_ANA, ids)
    for element in _with_links_inside(root):
        element.set(_A, "parts")


def _with_links_inside(root: etree._Element) -> list[etree._Element]:
    """Return the links that have links, or marks that are links, inside."""
    around: set[etree._Element] = set()
    for element in _find_inner()(root):
        for ancestor in element.iterancestors():
            if ancestor in around:
                break
            around.add(ancestor)
    return [element for element in around if element.get(_A)]


@cache
def _find_inner() -> etree.XPath:
    return etree.XPath(
        "//*[@tk:a]/descendant::*[@tk:a or @tk:note or @tk:n or @tk:findings or @tk:facs]",
        namespaces={"tk": OURS},
    )


def _mark_link(element: etree._Element, hrefs: Hrefs) -> None:
    """Set tk:href and tk:a on the element, by the first of its pointers that leads anywhere."""
    name = local_name(element)
    for attribute in _FOLLOWED:
        href = hrefs.first(element.get(attribute, "").split())
        if href:
            element.set(_HREF, href)
            if attribute == "ref" or name in _LINKS:
                element.set(_A, "whole")
            if attribute == "ref" or (attribute == "target" and name in ("ref", "ptr")):
                _mark_more(element, attribute, href, hrefs)
            break


def _mark_more(element: etree._Element, attribute: str, first: str, hrefs: Hrefs) -> None:
    """Set tk:more on the element, where its pointers lead to more than one place."""
    found = [href for raw in element.get(attribute).split() if (href := hrefs.href(raw))]
    others = [href for href in dict.fromkeys(found) if href != first]
    if others:
        element.set(_MORE, " ".join(others))


def _add_strings(root: etree._Element, strings: Mapping[str, str]) -> None:
    holder = etree.SubElement(root, f"{{{OURS}}}strings")
    for key, value in sorted(strings.items()):
        etree.SubElement(holder, f"{{{OURS}}}string", key=key).text = value
