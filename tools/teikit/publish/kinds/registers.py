"""The pages of the registers and of their entities."""

from dataclasses import replace

from teikit.edition.records import Entity
from teikit.publish.entity_views import entity_views
from teikit.publish.kinds.adder import Adder
from teikit.publish.offers import data_path, entities_path
from teikit.publish.register_views import register_names, register_parts, register_view, summary
from teikit.publish.shown import Shown


def add_registers(add: Adder) -> None:
    """Take in the list of registers, each register, and each entity."""
    site = add.site
    if not site.registers:
        return
    add.page(
        "registers.html",
        "registers/index.html",
        site.strings("registers.title"),
        "registers",
        registers=[register_names(site, one) for one in site.registers if not one.is_in_text],
        in_texts=[summary(site, one) for one in site.registers if one.is_in_text],
    )
    taken = {one.page for one in site.registers}
    for shown in site.registers:
        parts = register_parts(site, shown, taken)
        data = entities_path("jsonld")
        if not any(one.has_page for one in shown.entities):
            data = ""  # nothing in it has an address
        elif not shown.is_over_all:
            data = data_path(shown.origin, "jsonld")
        for part in parts:
            add.page(
                "register.html",
                part.page,
                shown.title.text,
                shown.origin,
                register=register_view(site, shown, parts, part),
                data=data,
            )
        if not shown.is_over_all:
            _add_entities(add, shown, data)


def _add_entities(add: Adder, shown: Shown, data: str) -> None:
    without = replace(shown, entities=())  # its page asks for no other entity
    for entity in shown.entities:
        if entity.has_page:
            add.each("entity", (entity, without, data), _add_entity)


def _add_entity(add: Adder, item: tuple[Entity, Shown, str]) -> None:
    entity, shown, data = item
    for path, values in entity_views(add.site, entity, shown):
        add.page("entity.html", path, values["name"].text, entity.uri, data=data, **values)
