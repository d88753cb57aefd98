"""Registers made from the texts: names that point to something that no register describes.

Mentions are of one thing only where they have the same @ref or the same @key.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from teikit.authorities import authority_of, same_address, web_address
from teikit.edition.records import Entity, Identifier, Mention, RegisterRecord, Words

FOLDER = "tk-names"  # where they lie among the registers
# element -> the kind of thing it names; of name and rs their @type says it
_KINDS = {
    kind: frozenset(names.split())
    for kind, names in {
        "person": "persName forename surname addName author editor actor role speaker persPronouns",
        "place": "placeName geogName country region settlement district bloc",
        "org": "orgName repository",
        "event": "eventName",
        "object": "objectName",
        "work": "title bibl",
        "concept": "term",
    }.items()
}
_BY_ELEMENT = {name: kind for kind, names in _KINDS.items() for name in names}
_BY_TYPE = {
    "person": "person", "pers": "person", "people": "person",
    "place": "place", "city": "place", "country": "place", "geog": "place",
    "org": "org", "organisation": "org", "organization": "org", "institution": "org",
    "work": "work", "bibl": "work", "title": "work",
    "event": "event", "object": "object", "concept": "concept", "term": "concept",
}  # fmt: skip
KINDS = (*_KINDS, "name")
_LONGEST = 300  # characters of a key or address that is one
_SURFACES = 12  # forms of a name that are kept, the most frequent first


def pointers_out(mention: Mention) -> tuple[str, ...]:
    """Return the addresses and the key by which a mention names something outside the edition."""
    if mention.where == "file" or not kind_of(mention):
        return ()
    found = [one for one in mention.targets if web_address(one) and len(one) <= _LONGEST]
    key = " ".join(mention.key.split())
    if key and len(key) <= _LONGEST and not found:
        found.append(key if web_address(key) else f"key:{key}")
    return tuple(dict.fromkeys(found))


def kind_of(mention: Mention) -> str:
    """Return the kind of thing that a mention names, or an empty string."""
    if mention.element in ("name", "rs"):
        return _BY_TYPE.get(mention.type.lower(), "name")
    return _BY_ELEMENT.get(mention.element, "")


class Made:
    """The things that texts name by an address or key, and no register describes."""

    def __init__(self, mentions: Iterable[Mention]):
        self.entities: dict[str, Entity] = {}  # by URI
        self.mentions: dict[str, list[Mention]] = defaultdict(list)  # by URI
        self._known: dict[str, str] = {}  # the form that all addresses of one have -> URI
        for mention in mentions:
            for pointer in pointers_out(mention):
                uri = self._known.setdefault(same_address(pointer), pointer)
                found = self.mentions[uri]
                if not found or found[-1] is not mention:
                    found.append(mention)
        for uri, found in self.mentions.items():
            self.entities[uri] = _entity(uri, found)

    def meanings(self, mention: Mention, meant: Iterable[str]) -> tuple[str, ...]:
        """Return what a mention means that means no entity of a register: those made of it."""
        made = {one: self._known[same_address(one)] for one in pointers_out(mention)}
        others = (made.pop(uri, uri) for uri in meant)
        return (*others, *made.values())

    def registers(self) -> tuple[RegisterRecord, ...]:
        """Return a register for each kind of thing."""
        by_kind: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities.values():
            by_kind[entity.kind].append(entity)
        return tuple(
            RegisterRecord(f"{FOLDER}/{kind}", (), tuple(by_kind[kind]))
            for kind in KINDS
            if kind in by_kind
        )


def _entity(uri: str, mentions: list[Mention]) -> Entity:
    kind = Counter(map(kind_of, mentions)).most_common(1)[0][0]
    surfaces = Counter((one.surface, one.lang) for one in mentions if one.surface)
    names = tuple(Words(words, lang) for (words, lang), _ in surfaces.most_common(_SURFACES))
    key = uri.removeprefix("key:")
    identifier = Identifier("key", key)
    if web_address(uri):
        identifier = Identifier(authority_of(uri)[0], uri)
        key = authority_of(uri)[1] or uri
    return Entity(
        uri,
        _id(key, uri),
        kind,
        names=names,
        identifiers=(identifier,),
        addresses=(uri,) if web_address(uri) else (),
        is_made=True,
    )


def _id(key: str, uri: str) -> str:
    """Return an id that depends on the address alone, so that it stays when texts are added."""
    words = re.sub(r"[^\w.-]+", "-", key).strip("-.")[-40:].strip("-.")
    digest = hashlib.sha256(same_address(uri).encode("utf-8")).hexdigest()[:6]
    return f"{words}-{digest}" if words else digest
