"""Which entity a pointer or key means: by its URI, by what is the same, by an address, by an id.

Entities are one only where a @sameAs says so, or where the settings say that one id means one
thing in several files; never because their ids look alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any, Protocol

from teikit.authorities import same_address
from teikit.edition.records import Entity


class Entry(Protocol):
    """An entry of a register, whatever else is known of it."""

    @property
    def uri(self) -> str:
        """Return where it is defined, `path#id`; empty where it has no id."""

    @property
    def id(self) -> str:
        """Return its xml:id."""

    @property
    def kind(self) -> str:
        """Return what kind of thing it is."""

    @property
    def same(self) -> tuple[str, ...]:
        """Return where its @sameAs leads."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return the absolute URIs under which others know it."""


class Pointing(Protocol):
    """What points to entities, and from which file."""

    @property
    def path(self) -> str:
        """Return the path of the file."""

    @property
    def targets(self) -> tuple[str, ...]:
        """Return its resolved pointers."""

    @property
    def key(self) -> str:
        """Return its @key."""


class Resolver:
    """Leads from what texts point to, to the entities of an edition.

    ENTRIES are the entries of all registers, in order, each with whether it stands in a text.
    SHARED are patterns of paths: entries with one id and of one kind are one in these files.
    """

    def __init__(self, entries: Iterable[tuple[bool, Entry]], shared: Sequence[str] = ()):
        self.entities: dict[str, Entry] = {}
        self._ranks: dict[str, tuple[bool, int]] = {}
        for is_in_text, entity in entries:
            if entity.uri and entity.uri not in self.entities:
                self._ranks[entity.uri] = (is_in_text, len(self.entities))
                self.entities[entity.uri] = entity
        self._heads: dict[str, str] = {}
        self._unite(shared)
        self.canonical: Mapping[str, str] = {uri: self._head(uri) for uri in self.entities}
        self._by_address = self._index(
            (same_address(address), one)
            for one in self.entities.values()
            for address in one.addresses
        )
        self._by_id = self._index((one.id, one) for one in self.entities.values())

    def _unite(self, shared: Sequence[str]) -> None:
        by_id: dict[tuple[str, str], str] = {}
        for uri, entity in self.entities.items():
            for other in entity.same:
                if other in self.entities:
                    self._join(other, uri)
            path = uri.partition("#")[0]
            if any(fnmatchcase(path, pattern) for pattern in shared):
                self._join(by_id.setdefault((entity.kind, entity.id), uri), uri)

    def _head(self, uri: str) -> str:
        """Return the first of the entries that are one with this; those in texts come last."""
        head = uri
        while self._heads.get(head, head) != head:
            head = self._heads[head]
        while self._heads.get(uri, uri) != head:
            self._heads[uri], uri = head, self._heads[uri]
        return head

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self._head(one), self._head(other)), key=self._ranks.__getitem__)
        if first != second:
            self._heads[second] = first

    def _index(self, pairs: Iterable[tuple[str, Entry]]) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for key, entity in pairs:
            found[key][self.canonical[entity.uri]] = None
        return {key: tuple(uris) for key, uris in found.items()}

    def find(self, target: str) -> tuple[str, ...]:
        """Return the URIs of the entities that a resolved pointer means."""
        if target in self.canonical:
            return (self.canonical[target],)
        if "://" in target:
            return self._by_address.get(same_address(target), ())
        return ()

    def find_key(self, key: str, path: str) -> tuple[str, ...]:
        """Return the entity that a @key in the file at PATH means: its id, with # or without.

        One of the same file goes before those of others, among which only one may have the id.
        """
        name = key.strip().removeprefix("#")
        own = self.canonical.get(f"{path}#{name}")
        if own:
            return (own,)
        if "://" in name:
            return self.find(name)
        found = self._by_id.get(name, ())
        return found if len(found) == 1 else ()

    def meanings(self, mention: Pointing) -> tuple[str, ...]:
        """Return what the pointers and the key of a mention mean, in order.

        What means no entity stays as it is; of a key nothing is left then.
        """
        found = [uri for target in mention.targets for uri in self.find(target) or (target,)]
        if mention.key:
            found.extend(self.find_key(mention.key, mention.path))
        return tuple(found)

    def find_all(self, mention: Pointing) -> tuple[str, ...]:
        """Return the URIs of all entities that a mention means."""
        return tuple(uri for uri in self.meanings(mention) if uri in self.canonical)


_TOGETHER = ("names", "descs", "identifiers", "dates", "facts", "sources", "same", "addresses")


def _merge(head: Entity, parts: Sequence[Entity]) -> Entity:
    values: dict[str, Any] = {
        name: tuple(dict.fromkeys(one for part in parts for one in getattr(part, name)))
        for name in _TOGETHER
    }
    return replace(head, **values, if_mentioned=all(one.if_mentioned for one in parts))


def merged_entities(resolver: Resolver, entities: Iterable[Entity]) -> dict[str, Entity]:
    """Return the entities by URI; the first of several that are one says what all say."""
    by_uri: dict[str, Entity] = {}
    for entity in entities:
        if entity.uri:
            by_uri.setdefault(entity.uri, entity)
    parts: dict[str, list[Entity]] = defaultdict(list)
    for uri, entity in by_uri.items():
        parts[resolver.canonical[uri]].append(entity)
    merged = {
        uri: _merge(entity, parts[uri]) if len(parts.get(uri, ())) > 1 else entity
        for uri, entity in by_uri.items()
    }
    return {uri: _with_links(entity, resolver) for uri, entity in merged.items()}


def _with_links(entity: Entity, resolver: Resolver) -> Entity:
    """Return the entity with links for the keys in what is said of it."""
    if not any(link[1].startswith("key:") for fact in entity.facts for link in fact.links):
        return entity
    path = entity.uri.partition("#")[0]
    facts = []
    for fact in entity.facts:
        links = []
        for label, target in fact.links:
            if target.startswith("key:"):
                target = next(iter(resolver.find_key(target.removeprefix("key:"), path)), "")
            if target:
                links.append((label, target))
        facts.append(replace(fact, links=tuple(links)))
    return replace(entity, facts=tuple(facts))
