"""One file -> its entities and mentions: the job `entities`."""

from collections.abc import Iterable, Iterator

from lxml import etree

from teikit.check.pointers import find_short_forms
from teikit.check.records import PlacedEntity
from teikit.check.registers import find_all_entities
from teikit.check.registers import is_register as is_register_by_place
from teikit.check.running import outermost
from teikit.document import TEI, Document, label_of
from teikit.edition.mentions import REFERRING, Blocks, find_mentions, is_name, words_around
from teikit.entities.records import Listed, PlacedMention
from teikit.pointers import Prefix, read_prefixes, resolve
from teikit.spacing import as_running_text
from teikit.unreadable import UnreadableDocument
from teikit.xinclude import read_whole

_T = f"{{{TEI}}}"
# what stands in them belongs to an entity, and is no mention of it
_LISTS = frozenset(f"{_T}{name}" for name in (
    "listPerson listPlace listOrg listEvent listObject listNym"
).split())  # fmt: skip
_RUNNING = tuple(f"{_T}{name}" for name in ("p", "ab", "l", "sp", "head"))
_LONGEST = 300  # characters of what a mention quotes


def entities_job(data: bytes, path: str, folder: str, is_register: bool) -> Listed:
    """Return the entities and mentions of the file called PATH; files are read inside FOLDER.

    `is_register` says that somebody named it as one: then its text may list works as well.
    """
    try:
        document, _, _ = read_whole(data, path, folder)
    except UnreadableDocument as problem:
        return Listed(path, problem=problem.as_finding())
    mentions = tuple(_find_mentions(document))
    entities = find_all_entities(document)
    if not (is_register or is_register_by_place(path)):
        entities = tuple(_without_bibliography(document, entities, mentions))
    return Listed(
        path,
        entities,
        mentions,
        tuple(document.ids),
        find_short_forms(document),
        any(
            not _is_listed(one)
            for text in text_roots(document.root)
            for one in text.iter(*_RUNNING)
        ),
    )


def _without_bibliography(
    document: Document, entities: Iterable[PlacedEntity], mentions: Iterable[PlacedMention]
) -> Iterator[PlacedEntity]:
    """Yield the entities without the works that a text lists and does not mention.

    These are its bibliography.
    """
    mentioned = {target for mention in mentions for target in mention.targets}
    for entity in entities:
        element = document.element(entity.ordinal)
        is_in_text = next(element.iterancestors(f"{_T}text"), None) is not None
        if entity.kind != "bibl" or entity.uri in mentioned or not is_in_text:
            yield entity


def text_roots(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the texts of a document; of a part that is no document itself, all of it."""
    name = etree.QName(root)
    if next(root.iter(f"{_T}text"), None) is not None:
        yield from outermost(root.iter(f"{_T}text"))
    elif name.namespace == TEI and name.localname not in ("TEI", "teiCorpus", "teiHeader"):
        yield root


def _find_mentions(document: Document) -> Iterator[PlacedMention]:
    """Yield the mentions in the texts, in document order, those in notes too."""
    prefixes = read_prefixes(document)
    for text in text_roots(as_running_text(document.tree).getroot()):
        blocks = Blocks(text)
        around = {one.ordinal: one for one in find_mentions(document, text, blocks)}
        for element in text.iter(*REFERRING):
            raw, key = element.get("ref", ""), element.get("key", "")
            if not (raw.split() or key or is_name(element)) or _is_listed(element):
                continue
            known = around.get(document.ordinal(element))
            before, after = (known.before, known.after) if known else _beside(element)
            yield PlacedMention(
                document.place(element),
                etree.QName(element).localname,
                element.get("type", ""),
                tuple(_targets(raw, document, prefixes)),
                raw[:_LONGEST],
                key[:_LONGEST],
                (known.surface if known else label_of(element))[:_LONGEST],
                before,
                after,
            )


def _is_listed(element: etree._Element) -> bool:
    return any(one.tag in _LISTS for one in element.iterancestors())


def _beside(element: etree._Element) -> tuple[str, str]:
    """Return the words right before and after an element."""
    previous = element.getprevious()
    before = (previous.tail if previous is not None else element.getparent().text) or ""
    after = element.tail or ""
    return words_around(before + after, len(before), len(before))


def _targets(raw: str, document: Document, prefixes: tuple[Prefix, ...]) -> Iterator[str]:
    """Yield what the pointers lead to; `#id` is in the part of the document that has the id."""
    for one in raw.split():
        target = resolve(one, document.path, prefixes).target
        if one.startswith("#") and one[1:] in document.ids:
            target = f"{document.source_of(document.ids[one[1:]]).path}{one}"
        if target:
            yield target
