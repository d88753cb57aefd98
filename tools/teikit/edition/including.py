"""Files that others include: they are no texts of their own, and what points to them is led on.

A text that is included whole is read where it is included. A register stays one, and what a text
repeats of it by including it is left out there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from teikit.edition.records import Extracted, RegisterRecord, Relation, TextRecord


def settle_included(files: Iterable[Extracted]) -> tuple[tuple[Extracted, ...], Mapping[str, str]]:
    """Return the files without what is there twice, and aliases: URI -> URI that stands for it."""
    files = tuple(files)
    if not any(one.includes for one in files):
        return files, {}
    inside = _included(files)
    registers = {one.path for one in files if one.register is not None and one.text is None}
    aliases: dict[str, str] = {}
    for one in files:
        if one.path in inside:
            continue
        for part, whole in one.aliases:
            if part.partition("#")[0] in registers:
                aliases[whole] = part
            else:
                aliases.setdefault(part, whole)
    kept = [_settled(one, aliases) for one in files if one.path not in inside]
    return tuple(kept), aliases


def _included(files: tuple[Extracted, ...]) -> set[str]:
    """Return the texts that are read in another; of those that include one another, not the
    first.
    """
    by_path = {one.path: one for one in files if one.text is not None}
    everywhere = {path for one in by_path.values() for path in one.wholes}
    found: set[str] = set()
    seen: set[str] = set()
    for start in sorted(by_path, key=lambda path: (path in everywhere, path)):
        if start in found:
            continue
        todo = [start]
        while todo:
            path = todo.pop()
            if path in seen:
                continue
            seen.add(path)
            parts = [one for one in by_path[path].wholes if one in by_path and one != start]
            found.update(parts)
            todo += parts
    return found


def _settled(file: Extracted, aliases: Mapping[str, str]) -> Extracted:
    return replace(
        file,
        text=_text(file.text, aliases) if file.text else None,
        register=_register(file.register, aliases) if file.register else None,
    )


def _text(text: TextRecord, aliases: Mapping[str, str]) -> TextRecord:
    return replace(
        text,
        mentions=tuple(replace(one, targets=_led(one.targets, aliases)) for one in text.mentions),
        statements=tuple(
            replace(one, analyses=_led(one.analyses, aliases)) for one in text.statements
        ),
    )


def _register(register: RegisterRecord, aliases: Mapping[str, str]) -> RegisterRecord | None:
    entities = tuple(
        replace(one, same=_led(one.same, aliases))
        for one in register.entities
        if one.uri not in aliases
    )
    relations = tuple(_relation(one, aliases) for one in register.relations)
    if len(entities) < len(register.entities):
        own = {one.uri for one in entities}
        relations = tuple(
            one for one in relations if own.intersection(one.active, one.passive, one.mutual)
        )
    if not entities and not relations:
        return None
    return replace(register, entities=entities, relations=relations)


def _relation(relation: Relation, aliases: Mapping[str, str]) -> Relation:
    return replace(
        relation,
        active=_led(relation.active, aliases),
        passive=_led(relation.passive, aliases),
        mutual=_led(relation.mutual, aliases),
        sources=_led(relation.sources, aliases),
    )


def _led(uris: tuple[str, ...], aliases: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(aliases.get(uri, uri) for uri in uris))
