"""One file -> its entities and mentions: the job `entities`."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from teikit.check.pointers import find_short_forms
from teikit.check.records import PlacedEntity
from teikit.check.registers import find_all_entities
from teikit.check.registers import is_register as is_register_by_place
from teikit.check.running import outermost
from teikit.document import TEI, Document
from teikit.edition.blocks import Blocks
from teikit.edition.mentions import Mentions, areas_of
from teikit.edition.registers import addresses_of, same_as
from teikit.entities.records import Listed, PlacedMention
from teikit.entities.usage import kind_of
from teikit.entries import names_of
from teikit.following import Follower
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
    follower = Follower(document, by_part=True)
    entities = [_with_addresses(document, one, follower) for one in find_all_entities(document)]
    if is_register or is_register_by_place(path):
        entities = [replace(one, if_mentioned=False) for one in entities]
    mentions = tuple(_find_mentions(document))
    return Listed(
        path,
        tuple(entities),
        mentions,
        tuple(document.ids),
        find_short_forms(document),
        any(
            not _is_listed(one)
            for text in text_roots(document.root)
            for one in text.iter(*_RUNNING)
        ),
    )


def _with_addresses(document: Document, entity: PlacedEntity, follower: Follower) -> PlacedEntity:
    """Return the entity with what it is one with, and how others know it."""
    element = document.element(entity.ordinal)
    same = same_as(element, follower)
    named = names_of(element, kind_of(entity))
    return replace(entity, same=same, addresses=addresses_of(element, named, same, follower))


def text_roots(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the texts of a document; of a part that is no document itself, all of it."""
    name = etree.QName(root)
    if next(root.iter(f"{_T}text"), None) is not None:
        yield from outermost(root.iter(f"{_T}text"))
    elif name.namespace == TEI and name.localname not in ("TEI", "teiCorpus", "teiHeader"):
        yield root


def _find_mentions(document: Document) -> Iterator[PlacedMention]:
    """Yield the mentions in the document, in order: in texts, notes, the apparatus and header."""
    root = as_running_text(document.tree).getroot()
    mentions = Mentions(document, root, Follower(document, by_part=True))
    for area in list(areas_of(root)) or list(text_roots(root)):
        for one in mentions.find(area, Blocks(area)):
            said = document.element(one.ordinal)
            yield PlacedMention(
                document.place_of(one.ordinal),
                one.element,
                one.type,
                one.targets,
                said.get("ref", "")[:_LONGEST],
                one.key[:_LONGEST],
                one.surface[:_LONGEST],
                one.before,
                one.after,
                one.where,
            )


def _is_listed(element: etree._Element) -> bool:
    return any(one.tag in _LISTS for one in element.iterancestors())
