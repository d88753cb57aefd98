"""All records -> Edition: who is mentioned where, what stands in relation to what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from teikit.edition.including import settle_included
from teikit.edition.made import Made
from teikit.edition.records import (
    ENTRY,
    Entity,
    Extracted,
    Group,
    HeaderRecord,
    Mention,
    RegisterRecord,
    Relation,
    Statement,
    TextRecord,
)
from teikit.edition.resolving import Resolver, merged_entities
from teikit.sigla import Witness


@dataclass(frozen=True)
class Edition:
    """What the files of an edition say together. All orders are those of files and elements."""

    texts: tuple[TextRecord, ...]
    registers: tuple[RegisterRecord, ...]
    headers: Mapping[str, HeaderRecord]  # by path
    entities: Mapping[str, Entity]  # by URI; a URI that is defined twice keeps its first
    mentions: Mapping[str, tuple[Mention, ...]]  # by URI of the entity
    statements: tuple[Statement, ...]
    relations: Mapping[str, tuple[Relation, ...]]  # by URI of each entity that takes part
    groups: Mapping[str, Group]  # by type
    passages: Mapping[str, str] = field(repr=False)  # by URI
    # URI in a file that others include -> URI that stands for it
    included: Mapping[str, str] = field(default_factory=dict, repr=False)
    witnesses: Mapping[str, Witness] = field(default_factory=dict, repr=False)  # by URI
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)  # by path
    # entry -> which it is one with
    same: Mapping[str, str] = field(default_factory=dict, repr=False)
    # path of a text -> ordinal of a mention -> what it means, in the order of its pointers
    meanings: Mapping[str, Mapping[int, tuple[str, ...]]] = field(default_factory=dict, repr=False)

    def meant(self, uri: str) -> str:
        """Return the URI of the entity that the URI of an entry means."""
        return self.same.get(uri, uri)

    def text(self, path: str) -> TextRecord | None:
        """Return the text at PATH, if it is one."""
        return self._by_path.get(path)

    @cached_property
    def _by_path(self) -> Mapping[str, TextRecord]:
        return {text.path: text for text in reversed(self.texts)}

    def witnesses_of(self, path: str) -> dict[str, Witness]:
        """Return the witnesses that the text at PATH cites from other files, by URI."""
        return {
            uri: self.witnesses[uri] for uri in self.cited.get(path, ()) if uri in self.witnesses
        }

    def interps(self, group: str) -> tuple[Entity, ...]:
        """Return the categories of a group of interpretations, in the order of the register."""
        return tuple(
            one for one in self.entities.values() if one.kind == "interp" and one.group == group
        )

    @property
    def interp_groups(self) -> tuple[str, ...]:
        """Return the groups of interpretations, in the order of the register."""
        return tuple(
            dict.fromkeys(one.group for one in self.entities.values() if one.kind == "interp")
        )

    def said(self, uri: str) -> tuple[Statement, ...]:
        """Return the statements that are analysed as the interpretation URI."""
        return self._said.get(uri, ())

    @cached_property
    def _said(self) -> Mapping[str, tuple[Statement, ...]]:
        found: dict[str, list[Statement]] = defaultdict(list)
        for one in self.statements:
            for uri in dict.fromkeys(one.analyses):
                found[uri].append(one)
        return {uri: tuple(said) for uri, said in found.items()}


def build_edition(extracted: Iterable[Extracted], shared_ids: Sequence[str] = ()) -> Edition:
    """Return the Edition that the files make together; their order is kept.

    SHARED_IDS are patterns of paths: in these files, one xml:id of entries means one thing.
    """
    files, included = settle_included(extracted)
    texts = tuple(one.text for one in files if one.text is not None)
    defined = tuple(one.register for one in files if one.register is not None)
    defined_in = [(register, one) for register in defined for one in register.entities]
    resolver = Resolver(((register.is_in_text, one) for register, one in defined_in), shared_ids)
    mentions, meanings, made = _mentions(texts, resolver)
    entities = {
        uri: one
        for uri, one in merged_entities(resolver, (one for _, one in defined_in)).items()
        if not one.if_mentioned or resolver.canonical[uri] in mentions
    }
    registers = (*_with_entries(defined, entities), *made.registers())
    groups: dict[str, Group] = {}
    for register in registers:
        for group in register.groups:
            groups.setdefault(group.type, group)
    return Edition(
        texts,
        registers,
        {one.path: one.header for one in files},
        entities | made.entities,
        {uri: tuple(found) for uri, found in mentions.items()},
        tuple(one for text in texts for one in text.statements),
        _relations(registers, resolver, entities),
        groups,
        {f"{text.path}#{one.id}": one.text for text in texts for one in text.passages},
        included,
        {one.uri: one for file in files for one in file.witnesses},
        {file.path: file.cited for file in files if file.cited},
        {uri: resolver.canonical[uri] for uri in entities if resolver.canonical[uri] != uri},
        meanings,
    )


def _mentions(
    texts: Iterable[TextRecord], resolver: Resolver
) -> tuple[dict[str, list[Mention]], dict[str, dict[int, tuple[str, ...]]], Made]:
    """Return the mentions by what they mean, the other way round, and what no register has."""
    meanings: dict[str, dict[int, tuple[str, ...]]] = {}
    left = [one for text in texts for one in text.mentions if not resolver.find_all(one)]
    made = Made(left)
    found: dict[str, list[Mention]] = defaultdict(list)
    for text in texts:
        here = meanings[text.path] = {}
        for mention in text.mentions:
            meant = resolver.meanings(mention)
            if not any(uri in resolver.canonical for uri in meant):
                meant = made.meanings(mention, meant)
            meant = tuple(dict.fromkeys(meant))
            for uri in meant:
                found[uri].append(mention)
            if meant:
                here[mention.ordinal] = meant
    return found, meanings, made


def _with_entries(
    registers: Iterable[RegisterRecord], entities: Mapping[str, Entity]
) -> Iterator[RegisterRecord]:
    """Yield the registers with the entries that are entities, and those without an id."""
    for one in registers:
        kept = tuple(
            entities.get(entity.uri, entity)
            for entity in one.entities
            if entity.uri in entities or not entity.uri
        )
        if kept or (one.relations and not one.entities):
            yield replace(one, entities=kept)


def _relations(
    registers: Iterable[RegisterRecord], resolver: Resolver, entities: Mapping[str, Entity]
) -> dict[str, tuple[Relation, ...]]:
    relations: dict[str, dict[Relation, None]] = defaultdict(dict)
    for register in registers:
        for one in register.relations:
            relation = replace(
                one,
                **{
                    side: tuple(_meant(getattr(one, side), register.path, resolver))
                    for side in ("active", "passive", "mutual")
                },
            )
            if one.name == ENTRY and not all(
                uri in entities for uri in (*relation.active, *relation.passive)
            ):
                continue
            for uri in dict.fromkeys((*relation.active, *relation.passive, *relation.mutual)):
                relations[uri][relation] = None
    return {uri: tuple(found) for uri, found in relations.items()}


def _meant(targets: Iterable[str], path: str, resolver: Resolver) -> Iterator[str]:
    """Yield the entities that a relation ties; what is none stays as it is written."""
    for target in targets:
        if target.startswith("key:"):
            found = resolver.find_key(target.removeprefix("key:"), path)
        else:
            found = resolver.find(target)
        yield from found or (target,)
