"""The entities as JSON-LD, in the words of schema.org.

Ids and addresses are those of the site where edition.toml says its base URL; without one they are
relative to the file.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from teikit.authorities import web_address
from teikit.edition.model import Edition
from teikit.edition.records import ENTRY, Entity, Words
from teikit.project import Project
from teikit.publish.links import SiteMap, authority_link, entity_page, relative, text_page

_TYPES = {
    "person": "Person",
    "org": "Organization",
    "place": "Place",
    "event": "Event",
    "work": "CreativeWork",
    "object": "CreativeWork",
    "witness": "CreativeWork",
    "concept": "DefinedTerm",
    "nym": "DefinedTerm",
    "character": "DefinedTerm",
}
_DATES = {"birth": "birthDate", "death": "deathDate"}
_PART_OF = {"place": "containedInPlace", "org": "parentOrganization", "event": "superEvent"}


class LinkedData:
    """Writes entities as JSON-LD; PAGE is the file that it will be in."""

    def __init__(self, project: Project, edition: Edition, site_map: SiteMap, file: str):
        self._edition, self._site_map, self._file = edition, site_map, file
        self._base = project.base_url

    def render(self, entities: Iterable[Entity]) -> str:
        """Return the file: all entities in a graph."""
        graph = [self._entity(one) for one in entities if one.has_page]
        value = {"@context": "https://schema.org/", "@graph": graph}
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

    def _entity(self, entity: Entity) -> dict[str, Any]:
        edition = self._edition
        mentions = edition.mentions.get(entity.uri, ())
        value = {
            "@id": self._url(entity_page(entity)),
            "@type": _TYPES.get(entity.kind, "Thing"),
            "name": _spoken(entity.names[:1]) or entity.id,
            "alternateName": [_one(one) for one in entity.names[1:]],
            "description": [_one(one) for one in entity.descs if one.type != "evidence"],
            "additionalType": entity.type,
            "identifier": [
                {"@type": "PropertyValue", "propertyID": one.type, "value": one.value}
                for one in entity.identifiers
            ],
            "sameAs": self._same(entity),
            **self._dates(entity),
            **self._relations(entity),
            "subjectOf": [
                {"@id": self._url(page)}
                for page in dict.fromkeys(text_page(one.text) for one in mentions)
            ],
        }
        return {key: said for key, said in value.items() if said not in ("", [], None)}

    def _same(self, entity: Entity) -> list[str]:
        known = [authority_link(one) for one in entity.identifiers]
        found = [one for one in (*known, *entity.addresses) if web_address(one)]
        return list(dict.fromkeys(found))

    def _dates(self, entity: Entity) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for one in entity.dates:
            said = one.iso or one.label
            if entity.kind == "person" and one.type in _DATES:
                found.setdefault(_DATES[one.type], said)
            elif entity.kind == "event":
                start = one.when or one.start
                if start:
                    found.setdefault("startDate", start)
                if one.end or one.when:
                    found.setdefault("endDate", one.end or one.when)
            elif entity.kind in ("work", "object") and one.iso:
                found.setdefault("dateCreated", one.iso)
        return found

    def _relations(self, entity: Entity) -> dict[str, list[dict[str, str]]]:
        """Return what the entity is part of, and what it is a member of."""
        found: dict[str, list[dict[str, str]]] = {}
        for relation in self._edition.relations.get(entity.uri, ()):
            if entity.uri not in relation.active or relation.name == ENTRY:
                continue
            name = ""
            if relation.name == "part-of":
                name = _PART_OF.get(entity.kind, "isPartOf")
            elif relation.name == "member":
                name = "memberOf"
            for other in relation.passive if name else ():
                page = self._site_map.find(other)
                if page:
                    found.setdefault(name, []).append({"@id": self._url(page)})
        return found

    def _url(self, page: str) -> str:
        return (
            urljoin(self._base.rstrip("/") + "/", page)
            if self._base
            else relative(self._file, page)
        )


def _one(words: Words) -> str | dict[str, str]:
    if not words.lang:
        return words.text
    return {"@value": words.text, "@language": words.lang}


def _spoken(words: tuple[Words, ...]) -> str | dict[str, str]:
    return _one(words[0]) if words else ""
