"""What a site offers to take away: TEI, plain text, and registers and statements as data."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from teikit.edition.model import Edition
from teikit.edition.records import Entity, RegisterRecord, Relation, Words
from teikit.spreadsheets import render_table


def register_csv(edition: Edition, register: RegisterRecord) -> str:
    """Return the entities of a register as CSV, one a row."""
    languages = _languages(words for one in register.entities for words in (one.names, one.descs))
    head = [
        "id",
        "kind",
        "type",
        "group",
        *(f"name_{one}" for one in languages),
        "other_names",
        *(f"description_{one}" for one in languages),
        "dates",
        "identifiers",
        "mentions",
    ]
    rows = []
    for one in register.entities:
        mains = [_first(one.names, lang) for lang in languages]
        others = [name.text for name in one.names if name.text not in mains]
        rows.append(
            [
                one.id,
                one.kind,
                one.type,
                one.group,
                *mains,
                " | ".join(others),
                *(_first(one.descs, lang) for lang in languages),
                " | ".join(f"{date.type} {date.iso or date.label}".strip() for date in one.dates),
                " | ".join(f"{known.type}:{known.value}" for known in one.identifiers),
                _count(edition, one),
            ]
        )
    return render_table(head, rows)


def entities_csv(edition: Edition, entities: Iterable[Entity]) -> str:
    """Return all entities of the edition as CSV, one a row, with the register of each."""
    head = (
        "register", "id", "kind", "type", "name", "other_names", "description", "dates",
        "identifiers", "same_as", "mentions", "texts",
    )  # fmt: skip
    rows = []
    for one in entities:
        mentions = edition.mentions.get(one.uri, ())
        names = [name.text for name in one.names]
        rows.append(
            [
                "" if one.is_made else one.uri.partition("#")[0],
                one.id,
                one.kind,
                one.type,
                names[0] if names else "",
                " | ".join(names[1:]),
                " | ".join(desc.text for desc in one.descs if desc.type != "evidence"),
                " | ".join(f"{date.type} {date.iso or date.label}".strip() for date in one.dates),
                " | ".join(f"{known.type}:{known.value}" for known in one.identifiers),
                " | ".join((*one.same, *one.addresses)),
                len(mentions),
                len({mention.text for mention in mentions}),
            ]
        )
    return render_table(list(head), rows)


def register_json(edition: Edition, register: RegisterRecord) -> str:
    """Return a register as JSON: entities with their mentions, and relations."""
    return _json(
        {
            "format": 1,
            "register": register.path,
            "titles": [_words(one) for one in register.titles],
            "entities": [_entity(edition, one) for one in register.entities],
            "relations": [_relation(one) for one in register.relations],
        }
    )


def statements_csv(edition: Edition) -> str:
    """Return the statements as CSV, one a row, a column for each group of interpretations."""
    groups = edition.interp_groups
    rows = [
        [
            one.text,
            one.anchor,
            one.number,
            one.surface,
            *(" ".join(_analysed(edition, one.analyses, group)) for group in groups),
        ]
        for one in edition.statements
    ]
    return render_table(["text", "passage", "number", "statement", *groups], rows)


def statements_json(edition: Edition) -> str:
    """Return the statements as JSON."""
    return _json(
        {
            "format": 1,
            "statements": [
                {
                    "text": one.text,
                    "passage": one.anchor,
                    "number": one.number,
                    "statement": one.surface,
                    **{
                        group: _analysed(edition, one.analyses, group)
                        for group in edition.interp_groups
                    },
                }
                for one in edition.statements
            ],
        }
    )


def _analysed(edition: Edition, analyses: tuple[str, ...], group: str) -> list[str]:
    return [
        entity.id
        for uri in analyses
        if (entity := edition.entities.get(uri)) is not None and entity.group == group
    ]


def _count(edition: Edition, entity: Entity) -> int:
    """Return how often texts mention the entity, or say something in its sense."""
    if not entity.uri:
        return 0
    uri = edition.meant(entity.uri)
    return len(edition.mentions.get(uri, ())) or len(edition.said(uri))


def _entity(edition: Edition, entity: Entity) -> dict[str, Any]:
    mentions = edition.mentions.get(edition.meant(entity.uri), ()) if entity.uri else ()
    return {
        "id": entity.id,
        "uri": entity.uri,
        "kind": entity.kind,
        "type": entity.type,
        "group": entity.group,
        "names": [_words(one) for one in entity.names],
        "descriptions": [_words(one) for one in entity.descs],
        "dates": [asdict(one) for one in entity.dates],
        "identifiers": [asdict(one) for one in entity.identifiers],
        "facts": [_words(one) for one in entity.facts],
        "mentions": [
            {
                "text": one.text,
                "passage": one.passage,
                "anchor": one.anchor,
                "surface": one.surface,
                "before": one.before,
                "after": one.after,
                "cert": one.cert,
            }
            for one in mentions
        ],
    }


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "name": relation.name,
        "active": relation.active,
        "passive": relation.passive,
        "mutual": relation.mutual,
        "dates": asdict(relation.dates),
        "sources": relation.sources,
        "descriptions": [_words(one) for one in relation.descs],
        "cert": relation.cert,
    }


def _words(words: Words) -> dict[str, Any]:
    fields: dict[str, Any] = {"text": words.text, "lang": words.lang, "type": words.type}
    if words.links:
        fields["links"] = [{"label": label, "target": target} for label, target in words.links]
    return fields


def _languages(words: Iterable[tuple[Words, ...]]) -> list[str]:
    return sorted({one.lang for several in words for one in several})


def _first(words: tuple[Words, ...], lang: str) -> str:
    return next((one.text for one in words if one.lang == lang and one.type != "evidence"), "")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
