"""One document -> what it says, as records: the job `extract`."""

from collections.abc import Iterator

from lxml import etree

from teikit.document import (
    TEI,
    XML_ID,
    XML_LANG,
    Document,
    UnreadableDocument,
    label_of,
    read_document,
)
from teikit.edition.header import extract_header
from teikit.edition.mentions import Blocks, find_mentions, find_statements
from teikit.edition.records import Division, Extracted, Passage, TextRecord
from teikit.edition.registers import extract_register
from teikit.pointers import pointers_of, read_prefixes, resolve
from teikit.spacing import as_running_text

_T = f"{{{TEI}}}"
_DIVISION = frozenset(
    f"{_T}{name}" for name in ("div", "div1", "div2", "div3", "div4", "div5", "div6", "div7")
)
_INCIPIT = 12  # characters of a division's running text that stand for its heading
_INCIPIT_SPACED = 44  # the same in a script that separates words by spaces
_STRANDED = "，,、；;：: “‘（《〈「『([«"  # looks lost at the end of an incipit


def extract_job(data: bytes, path: str) -> Extracted:
    """Return what the file called PATH says."""
    try:
        return extract(read_document(data, path))
    except UnreadableDocument as problem:
        return Extracted(path, problem=problem.as_finding())


def extract(document: Document) -> Extracted:
    """Return what the document says."""
    working = as_running_text(document.tree)
    root = working.getroot()
    text = next(root.iter(f"{_T}text"), None)
    return Extracted(
        document.path,
        extract_header(root),
        None if text is None else _extract_text(document, text),
        extract_register(document, root),
        targets=find_all_targets(document),
    )


def find_all_targets(document: Document) -> tuple[str, ...]:
    """Return to what the pointers of the document lead, the header's too, sorted."""
    prefixes = read_prefixes(document)
    pointers = {
        raw
        for element in document.root.iter(etree.Element)
        if len(element.attrib) > 1  # its ordinal alone
        for _, raw in pointers_of(element)
    }
    resolved = {resolve(raw, document.path, prefixes).target for raw in pointers}
    return tuple(sorted(resolved - {""}))


def language_of(element: etree._Element) -> str:
    """Return the xml:lang that holds for the element, or an empty string."""
    while element is not None:
        if element.get(XML_LANG) is not None:
            return element.get(XML_LANG)
        element = element.getparent()
    return ""


def _extract_text(document: Document, text: etree._Element) -> TextRecord:
    blocks = Blocks(text)
    return TextRecord(
        document.path,
        language_of(text),
        ids=tuple(one.get(XML_ID) for one in text.iter(etree.Element) if one.get(XML_ID)),
        divisions=tuple(_divisions(text)),
        passages=tuple(Passage(one.get(XML_ID), blocks.passage(one)) for one in blocks.citable),
        mentions=tuple(find_mentions(document, text, blocks)),
        statements=tuple(find_statements(document, text, blocks)),
        head=label_of(text.find(f"{_T}body/{_T}head")),
        paragraphs=sum(1 for _ in text.iter(f"{_T}p", f"{_T}ab")),
        sentences=sum(1 for _ in text.iter(f"{_T}s")),
        characters=sum(len("".join(block.split())) for block in blocks.texts),
    )


def _divisions(text: etree._Element) -> Iterator[Division]:
    """Yield the divisions with an id, in order; TEI's front, body and back do not count."""
    for element in text.iter(*_DIVISION):
        if element.get(XML_ID):
            head = element.find(f"{_T}head")
            depth = 1 + sum(one.tag in _DIVISION for one in element.iterancestors())
            yield Division(
                element.get(XML_ID),
                element.get("type", ""),
                element.get("n", ""),
                label_of(head),
                _incipit(element),
                depth,
                language_of(element),
            )


def _incipit(division: etree._Element) -> str:
    """Return how the division's first paragraph begins, cut with an ellipsis."""
    first = next(division.iter(f"{_T}p", f"{_T}ab", f"{_T}l"), None)
    words = label_of(first)
    length = _INCIPIT_SPACED if " " in words[:_INCIPIT] else _INCIPIT
    if len(words) <= length:
        return words.rstrip(_STRANDED)
    cut = words[:length].rpartition(" ")[0] if length == _INCIPIT_SPACED else words[:length]
    return cut.rstrip(_STRANDED) + "…"
