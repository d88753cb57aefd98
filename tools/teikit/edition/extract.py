"""One document -> what it says, as records: the job `extract`."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from lxml import etree

from teikit.assembling import assemble
from teikit.divisions import DIVISIONS, anchors_of
from teikit.document import (
    TEI,
    XML_ID,
    XML_LANG,
    Document,
    UnreadableDocument,
    label_of,
)
from teikit.edition.blocks import Blocks
from teikit.edition.header import completed_header, extract_header, read_titles
from teikit.edition.mentions import find_mentions, find_statements
from teikit.edition.parts import find_parts, incipit_of
from teikit.edition.pictures import find_pictures
from teikit.edition.records import (
    Division,
    Extracted,
    HeaderRecord,
    Member,
    Part,
    Passage,
    TextRecord,
)
from teikit.edition.registers import extract_register
from teikit.following import Follower
from teikit.page_languages import set_page_languages
from teikit.pointers import pointers_of, read_prefixes, resolve
from teikit.sigla import cited_elsewhere, find_witnesses
from teikit.spacing import as_running_text
from teikit.texts import find_headers, find_texts, in_examples, is_register
from teikit.transform.permalinks import give_ids, is_kept

_T = f"{{{TEI}}}"


def extract_job(data: bytes, path: str, folder: str = "", split: int = 0) -> Extracted:
    """Return what the file called PATH says, with what it includes from FOLDER; see `extract`."""
    try:
        whole = assemble(data, path, folder)
    except UnreadableDocument as problem:
        return Extracted(path, problem=problem.as_finding())
    found = extract(whole.document, split)
    return replace(
        found,
        text=replace(found.text, includes=whole.includes) if found.text else None,
        includes=whole.includes,
        wholes=whole.wholes,
        aliases=whole.aliases,
    )


def extract(document: Document, split: int = 0) -> Extracted:
    """Return what the document says; a text of more than SPLIT kilobytes of words has parts."""
    working = as_running_text(document.tree)
    root = working.getroot()
    set_page_languages(root)
    texts, register = find_texts(root), extract_register(document, root)
    if register is not None and is_register(root):
        texts = []
    headers = [completed_header(find_headers(text)) for text in texts]
    return Extracted(
        document.path,
        headers[0] if len(texts) == 1 and headers[0] else extract_header(root),
        _extract_texts(document, root, texts, headers, split) if texts else None,
        register,
        pictures=tuple(find_pictures(document)),
        witnesses=tuple(find_witnesses(root, document.path)),
        cited=cited_elsewhere(root, document.path, read_prefixes(document)),
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


def _extract_texts(
    document: Document,
    root: etree._Element,
    texts: list[etree._Element],
    headers: list[HeaderRecord | None],
    split: int,
) -> TextRecord:
    """Return the record of a file: of its text, or of its several texts together."""
    parts = find_parts(texts, split * 1000)
    given = give_ids(document, root)
    blocks = {text: Blocks(text) for text in texts}
    records = [_extract_text(document, text, blocks[text]) for text in texts]
    record = records[0]
    if len(records) > 1:
        record = TextRecord(
            document.path,
            language_of(document.root) or record.lang,
            **{
                name: tuple(chain.from_iterable(getattr(one, name) for one in records))
                for name in ("ids", "divisions", "passages", "statements")
            },
            **{
                name: sum(getattr(one, name) for one in records)
                for name in ("paragraphs", "sentences", "characters")
            },
            members=tuple(map(_member, texts, records, headers)),
        )
    names = {name for _, name in given}
    return replace(
        record,
        ids=tuple(name for name in record.ids if name in names or is_kept(name)),
        parts=_with_ids(parts, given),
        mentions=tuple(find_mentions(document, root, blocks)),
        targets=Follower(document).all_targets(root),
    )


def _with_ids(parts: tuple[Part, ...], given: list[tuple[int, str]]) -> tuple[Part, ...]:
    """Return the parts with the ids that their paragraphs have been given, too."""
    starts = [part.start for part in parts]
    more: dict[int, list[str]] = {}
    for ordinal, name in given:
        more.setdefault(bisect_right(starts, ordinal) - 1, []).append(name)
    return tuple(
        replace(part, ids=(*filter(is_kept, part.ids), *more.get(number, ())))
        for number, part in enumerate(parts)
    )


def _member(text: etree._Element, record: TextRecord, header: HeaderRecord | None) -> Member:
    corpora = find_headers(text)[1:-1]
    return Member(
        header or HeaderRecord(),
        record.head,
        record.lang,
        record.characters,
        tuple(read_titles(one.find(f"{_T}teiHeader")) for one in reversed(corpora)),
    )


def _extract_text(document: Document, text: etree._Element, blocks: Blocks) -> TextRecord:
    return TextRecord(
        document.path,
        language_of(text),
        ids=_ids(text),
        divisions=tuple(_divisions(text)),
        passages=tuple(Passage(one.get(XML_ID), blocks.passage(one)) for one in blocks.citable),
        statements=tuple(find_statements(document, text, blocks)),
        head=label_of(text.find(f"{_T}body/{_T}head")),
        paragraphs=sum(1 for _ in text.iter(f"{_T}p", f"{_T}ab")),
        sentences=sum(1 for _ in text.iter(f"{_T}s")),
        characters=sum(len("".join(block.split())) for block in blocks.texts),
    )


def _ids(text: etree._Element) -> tuple[str, ...]:
    """Return the ids in the text; those in examples of markup are none of it."""
    shown = in_examples(text)
    return tuple(
        one.get(XML_ID) for one in text.iter(etree.Element) if one.get(XML_ID) and one not in shown
    )


def _divisions(text: etree._Element) -> Iterator[Division]:
    """Yield the divisions with an id or a heading; TEI's front, body and back do not count."""
    for element, anchor in anchors_of(text).items():
        depth = 1 + sum(one.tag in DIVISIONS for one in element.iterancestors())
        yield Division(
            anchor,
            element.get("type", ""),
            element.get("n", ""),
            label_of(element.find(f"{_T}head")),
            incipit_of(element),
            depth,
            language_of(element),
        )
