"""Faults of entities and character references, and of an & by itself."""

import html.entities
import re

from teikit.malformed.scene import NAME, Fault, Scene, words

_ITSELF = "Change the declaration of the entity in the DOCTYPE, or write the text itself."
_FIVE = "XML itself knows only &amp; &lt; &gt; &quot; and &apos;: write the character."


def explain_ampersand(scene: Scene, name: str, start: int) -> Fault:
    """Return what is wrong: an & with no entity after it, only NAME."""
    end = start + 1 + len(name.encode())
    if not name:
        return Fault(
            "an & stands by itself", "Where the character & is meant, write &amp;.", start, end
        )
    if name.startswith("#"):
        whole = re.match(rb"&#\w{0,40};?", scene.after(start))[0]
        return Fault(
            f"{words(whole)} is no complete character reference",
            "Write &#233; or, in hexadecimal, &#xE9;, with a semicolon; or the character itself.",
            start,
            start + len(whole),
        )
    if name in ("amp", "lt", "gt", "quot", "apos"):
        return Fault(f"the semicolon after &{name} is missing", f"Write &{name};.", start, end)
    hint = f"Where the character & is meant, as in an address of the web, write &amp;{name}."
    if name in html.entities.name2codepoint:
        hint = f"{advise_entity(name)} {hint}"
    return Fault(
        f"&{name} is no entity, since no semicolon follows it",
        hint,
        start,
        end,
    )


def explain_undefined(scene: Scene) -> Fault:
    """Return what is wrong: an entity that is not defined."""
    found = re.compile(rb"&(" + NAME + rb");").search(scene.utf8, scene.stop.offset)
    if found is None:
        return Fault("an entity is not defined", _FIVE, scene.stop.offset, scene.stop.offset + 1)
    name = words(found[1])
    return Fault(f"the entity &{name}; is not defined", advise_entity(name), *found.span())


def advise_entity(name: str, *, in_dtd: bool = False) -> str:
    """Return what to write for an entity that is not defined."""
    code = html.entities.name2codepoint.get(name)
    if code is None:
        hint = _FIVE
    elif chr(code).isspace() or not chr(code).isprintable():
        hint = f"Write &#x{code:X}; (XML itself knows only &amp; &lt; &gt; &quot; and &apos;)."
    else:
        hint = f"Write the character itself, {chr(code)}, or &#x{code:X};."
    return hint + " A DTD, which may define it, is not read." * in_dtd


def explain_no_character(scene: Scene) -> Fault:
    """Return what is wrong: a reference to a character that XML does not have."""
    offset = scene.stop.offset
    end = scene.utf8.find(b";", offset, offset + 80) + 1 or offset + 1
    return Fault(
        f"{words(scene.utf8[offset:end])} stands for no character that XML has",
        "It often comes from a program or a scan: delete it.",
        offset,
        end,
    )


def explain_loop(scene: Scene) -> Fault:
    """Return what is wrong: an entity that contains itself."""
    return Fault(
        f"{_entity_at(scene)} contains itself",
        _ITSELF,
        scene.stop.offset,
        scene.stop.offset + 1,
    )


def explain_half_entity(scene: Scene) -> Fault:
    """Return what is wrong: an entity that holds half of an element."""
    return Fault(
        f"{_entity_at(scene)} begins an element that it does not end",
        _ITSELF,
        scene.stop.offset,
        scene.stop.offset + 1,
    )


def explain_from_entity(scene: Scene) -> Fault | None:
    """Return what is wrong inside an entity; expat stops at its reference, or at the tag."""
    offset, character = scene.stop.offset, scene.character()
    if character == "&":
        said = f"what {_entity_at(scene)} stands for is not well-formed"
    elif character == "<":
        said = "an entity in this tag brings a < or an & into the value of an attribute"
    else:
        return None
    return Fault(said, _ITSELF, offset, offset + 1)


def _entity_at(scene: Scene) -> str:
    found = re.match(rb"&" + NAME + rb";", scene.after(scene.stop.offset))
    return f"the entity {words(found[0])}" if found else "an entity"
