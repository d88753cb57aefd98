"""All records -> Edition: who is mentioned where, what stands in relation to what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from teikit.edition.including import settle_included
from teikit.edition.records import (
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

    def text(self, path: str) -> TextRecord | None:
        """Return the text at PATH, if it is one."""
        return self._by_path.get(path)

    @cached_property
    def _by_path(self) -> dict[str, TextRecord]:
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
        return tuple(one for one in self.statements if uri in one.analyses)


def build_edition(extracted: Iterable[Extracted]) -> Edition:
    """Return the Edition that the files make together; their order is kept."""
    files, included = settle_included(extracted)
    texts = tuple(one.text for one in files if one.text is not None)
    registers = tuple(one.register for one in files if one.register is not None)
    entities: dict[str, Entity] = {}
    relations: dict[str, list[Relation]] = defaultdict(list)
    groups: dict[str, Group] = {}
    for register in registers:
        for entity in register.entities:
            entities.setdefault(entity.uri, entity)
        for relation in register.relations:
            for uri in dict.fromkeys((*relation.active, *relation.passive, *relation.mutual)):
                relations[uri].append(relation)
        for group in register.groups:
            groups.setdefault(group.type, group)
    return Edition(
        texts,
        registers,
        {one.path: one.header for one in files},
        entities,
        _mentions(texts),
        tuple(one for text in texts for one in text.statements),
        {uri: tuple(found) for uri, found in relations.items()},
        groups,
        {f"{text.path}#{one.id}": one.text for text in texts for one in text.passages},
        included,
        {one.uri: one for file in files for one in file.witnesses},
        {file.path: file.cited for file in files if file.cited},
    )


def _mentions(texts: tuple[TextRecord, ...]) -> dict[str, tuple[Mention, ...]]:
    found: dict[str, list[Mention]] = defaultdict(list)
    for text in texts:
        for mention in text.mentions:
            for target in dict.fromkeys(mention.targets):
                found[target].append(mention)
    return {uri: tuple(mentions) for uri, mentions in found.items()}
