"""How an edition marks its entities: what a new mention of one should look like."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from teikit.check.names import known_names
from teikit.check.records import PlacedEntity
from teikit.entities.records import Known, Listed, PlacedMention, Search, Tag

KINDS = {"bibl": "work"}  # what a kind is called in the words of publishing
# how the TEI marks each kind, the usual way first
_BY_KIND = {
    "org": (Tag("orgName"),),
    "person": (Tag("persName"),),
    "place": (Tag("placeName"),),
    "work": (Tag("title"),),
    "concept": (Tag("term"),),
    "event": (Tag("eventName"), Tag("name", "event")),
    "object": (Tag("objectName"), Tag("name", "object")),
}
# what marks a mention in a text; other elements point to entities as well
MARKING = frozenset(
    "orgName persName placeName geogName country region settlement district bloc name rs eventName "
    "objectName title term bibl persPronouns roleName forename surname addName".split()
)
_MOST = 3  # ways of marking one entity that are tried
_REFERENCE = "rs"


def kind_of(entity: PlacedEntity) -> str:
    """Return what the entity's kind is called."""
    return KINDS.get(entity.kind, entity.kind)


def build_search(
    folder: str,
    entities: Sequence[PlacedEntity],
    files: Sequence[Listed],
    shortest: int,
    registers: Iterable[str] = (),
) -> Search:
    """Return what texts are searched for: names of at least SHORTEST characters, and their tags.

    What a text lists itself, and no other points to, is looked for in that text only: the persons
    of one play are not those of another. REGISTERS are no such texts.
    """
    names = known_names(entities, shortest)
    borne = {uri for name in names for uri in name.uris}
    usage = _Usage(entities, [one for file in files for one in file.mentions])
    known = {one.uri: usage.known(one) for one in reversed(entities) if one.uri in borne}
    shared = {*registers, *_pointed_to(files)}
    return Search(
        folder,
        names,
        tuple(known[uri] for uri in sorted(known)),
        tuple(file.path for file in files if file.is_text and file.path not in shared),
        tuple(file.path for file in files if file.short_forms),
    )


def _pointed_to(files: Iterable[Listed]) -> set[str]:
    """Return the files in which others mention something."""
    return {
        home
        for file in files
        for mention in file.mentions
        for home in (target.partition("#")[0] for target in mention.targets)
        if home != mention.place.path
    }


class _Usage:
    """Counts by which elements the entities of an edition are marked."""

    def __init__(self, entities: Iterable[PlacedEntity], mentions: Iterable[PlacedMention]):
        kinds = {one.uri: (kind_of(one), one.type) for one in entities}
        self._words: Mapping[str, dict[str, Counter[Tag]]] = defaultdict(dict)
        self._of: Mapping[str, Counter[Tag]] = defaultdict(Counter)
        self._of_type: Mapping[tuple[str, str], Counter[Tag]] = defaultdict(Counter)
        self._of_kind: Mapping[str, Counter[Tag]] = defaultdict(Counter)
        for mention in mentions:
            if mention.element not in MARKING or mention.where in ("header", "file"):
                continue
            tag, words = Tag(mention.element, mention.type), without_spaces(mention.surface)
            for uri in set(mention.targets):
                self._of[uri][tag] += 1
                self._words[uri].setdefault(words, Counter())[tag] += 1
                if uri in kinds:
                    self._of_type[kinds[uri]][tag] += 1
                if uri in kinds and mention.element != _REFERENCE:
                    self._of_kind[kinds[uri][0]][tag] += 1

    def known(self, entity: PlacedEntity) -> Known:
        """Return the entity with how it is marked, the usual way first.

        That is how it is marked elsewhere, as a name rather than by rs; an entity that is marked
        nowhere, as others of its kind and @type; the first of all, as the TEI does it.
        """
        kind, of = kind_of(entity), self._of.get(entity.uri, Counter())
        names = [tag for tag in _ordered(of) if tag.element != _REFERENCE]
        references = [tag for tag in _ordered(of) if tag.element == _REFERENCE]
        usual = _BY_KIND.get(kind, (Tag("name", kind),))
        others = entity.type and self._of_type.get((kind, entity.type))
        others = others or self._of_kind.get(kind, Counter())
        ways = names or references or _ordered(others)[:1]
        return Known(
            entity.uri,
            kind,
            entity.names[0] if entity.names else entity.name,
            tuple(dict.fromkeys((*ways[:_MOST], *usual))),
            tuple(
                (words, _ordered(tags)[0])
                for words, tags in sorted(self._words.get(entity.uri, {}).items())
                if words in {without_spaces(name) for name in entity_names(entity)}
            ),
        )


def entity_names(entity: PlacedEntity) -> tuple[str, ...]:
    """Return all names of the entity."""
    return (*entity.names, *entity.short_names)


def without_spaces(words: str) -> str:
    """Return the words without white space: lines may be broken anywhere in Chinese."""
    return "".join(words.split())


def _ordered(tags: Counter[Tag]) -> list[Tag]:
    return sorted(tags, key=lambda tag: (-tags[tag], tag))
