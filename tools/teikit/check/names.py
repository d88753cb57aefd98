"""Ids and names across an edition: no id for two things, no two ids for one thing.

What is held together here is plain values; the module imports no lxml.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

from teikit.check.records import KnownName, PlacedEntity, PlacedId, PlacedPointer
from teikit.report import Finding

_Placed = TypeVar("_Placed", PlacedId, PlacedEntity)
_SHORTEST = 2  # characters of a name that is looked for: names of one flood a text
_LONGEST = 200
_NOT_SOUGHT = frozenset(
    {"interp", "nym", "witness", "hand", "character"}
)  # kinds whose names are words of analysis


def check_text_ids(texts: Iterable[PlacedId]) -> Iterator[Finding]:
    """Yield a finding for each text whose id another file gives to a text of its own."""
    for name, text, known in _clashes((text.id, text) for text in texts):
        yield Finding(
            text.place,
            "ids:text-clash",
            f'xml:id="{name}" is the id of two texts of the edition; the other is '
            f"{known.place.path}",
            hint="Give each text an id of its own.",
            ordinal=text.ordinal,
        )


def check_entity_ids(entities: Iterable[PlacedEntity]) -> Iterator[Finding]:
    """Yield a finding for each entity whose id an entity of another register has."""
    named = ((entity.uri.rpartition("#")[2], entity) for entity in entities)
    for name, entity, known in _clashes(named):
        yield Finding(
            entity.place,
            "ids:entity-clash",
            f'xml:id="{name}" is the id of two entities: {entity.name or "this one"}, and '
            f"{known.name or 'one'} at {known.place}",
            hint="Give one of them another id, or make them one entry.",
            ordinal=entity.ordinal,
        )


def _clashes(named: Iterable[tuple[str, _Placed]]) -> Iterator[tuple[str, _Placed, _Placed]]:
    """Yield (name, thing, the first thing of that name) where the two stand in two files."""
    first: dict[str, _Placed] = {}
    for name, thing in sorted(named, key=lambda one: one[1].place):
        known = first.setdefault(name, thing)
        if known.place.path != thing.place.path:
            yield name, thing, known


def check_two_ids(entities: Iterable[PlacedEntity]) -> Iterator[Finding]:
    """Yield a warning for each entity that has the kind and a name of one before it.

    Two whose life dates, authors or dates differ are taken for two.
    """
    seen: dict[tuple[str, str], list[PlacedEntity]] = {}
    for entity in sorted(entities, key=lambda one: one.place):
        for name in dict.fromkeys(map(_fold, entity.names)):
            before = seen.setdefault((entity.kind, name), [])
            twin = next((one for one in before[:20] if _may_be_one(one, entity)), None)
            before.append(entity)
            if twin:
                yield _two_ids(entity, twin, name)
                break


def _may_be_one(one: PlacedEntity, other: PlacedEntity) -> bool:
    if one.uri == other.uri:
        return False  # an id given twice is said elsewhere
    return not one.apart or not other.apart or _fold(one.apart) == _fold(other.apart)


def _two_ids(entity: PlacedEntity, twin: PlacedEntity, name: str) -> Finding:
    written = next(one for one in entity.names if _fold(one) == name)
    return Finding(
        entity.place,
        "registers:two-ids",
        f'“{written}” has two ids: "{entity.uri.rpartition("#")[2]}", and '
        f'"{twin.uri.rpartition("#")[2]}" at {twin.place}',
        severity="warning",
        hint="If they are one, keep one entry and mend the pointers; if they are two, say in the "
        "entries what tells them apart (dates, an author, a fuller name).",
        ordinal=entity.ordinal,
    )


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def check_mentions(
    entities: Iterable[PlacedEntity],
    pointers: Iterable[PlacedPointer],
    keys: Collection[str] = (),
) -> Iterator[Finding]:
    """Yield a warning for each entity that no text mentions and no relation needs.

    `keys` is what @key says in the texts; an entity whose id is among them is mentioned.
    """
    needed = {pointer.target for pointer in pointers}
    for entity in entities:
        if entity.uri not in needed and entity.uri.rpartition("#")[2] not in keys:
            yield Finding(
                entity.place,
                "registers:no-mention",
                f"{entity.name or entity.uri} is in the register, but nothing points to it",
                severity="warning",
                ordinal=entity.ordinal,
                hint="Mark its mention in a text, or take the entry out.",
            )


def known_names(
    entities: Iterable[PlacedEntity], shortest: int = _SHORTEST
) -> tuple[KnownName, ...]:
    """Return the names that a text can be searched for, with the entities that bear each."""
    found: dict[str, dict[str, None]] = {}  # in order, each once
    for entity in entities:
        for name in () if entity.kind in _NOT_SOUGHT else (*entity.names, *entity.short_names):
            if shortest <= len(name) <= _LONGEST:
                found.setdefault(name, {})[entity.uri] = None
    return tuple(KnownName(name, tuple(uris)) for name, uris in sorted(found.items()))
