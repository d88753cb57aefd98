"""The pages of the registers and of their entities."""

from teikit.publish.kinds.adder import Adder
from teikit.publish.links import entity_page, register_page
from teikit.publish.views import entity_view, listed_registers, register_title, register_view


def add_registers(add: Adder) -> None:
    """Take in the list of registers, each register, and each entity."""
    site, registers = add.site, listed_registers(add.site.edition)
    if not registers:
        return
    views = [(one, register_view(site, one)) for one in registers]
    add.page(
        "registers.html",
        "registers/index.html",
        site.strings("registers.title"),
        "registers",
        registers=[view for _, view in views],
    )
    for register, view in views:
        title = register_title(register, site.language)
        add.page(
            "register.html", register_page(register.path), title.text, register.path, register=view
        )
        for entity in register.entities:
            if entity.kind != "interp":
                values = entity_view(site, entity, register)
                add.page(
                    "entity.html", entity_page(entity), values["name"].text, entity.uri, **values
                )
