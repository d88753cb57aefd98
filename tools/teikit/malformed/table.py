"""The conditions that expat tells apart, and what explains each."""

import re
from collections.abc import Callable
from xml.parsers import expat

from teikit.malformed import ends, entities, markup, tags
from teikit.malformed.scene import NAME, Fault, Scene, Stop, construct_at, words

_REFERENCE = re.compile(rb"&(#?[\w.:\x80-\xff-]{0,60})\Z")
_ERRORS = expat.errors.codes


def find_fault(utf8: bytes, stop: Stop) -> Fault | None:
    """Return what is wrong where the parser stopped; None where it is not known in plain words."""
    scene = Scene(utf8, stop)
    explain = _BY_CODE.get(stop.code)
    return explain(scene) if explain else None


def _invalid(scene: Scene) -> Fault | None:
    """Explain a character that cannot stand where it does."""
    utf8, offset = scene.utf8, scene.stop.offset
    if scene.stop.first >= 0 and not scene.stop.open_elements:
        beginning = max(utf8.rfind(b"<", 0, offset), 0)
        if utf8.startswith(b"</", beginning):
            return ends.explain_after_end(scene, beginning)
    character = scene.character()
    if character and re.match("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", character):
        return Fault(
            f"XML has no character U+{ord(character):04X}",
            "It is invisible and often comes from a program or a scan: delete it.",
            offset,
            offset + len(character.encode()),
        )
    if scene.stop.first < 0 and markup.is_in_doctype(scene):
        return markup.explain_prolog(scene)
    kind, start = construct_at(utf8, scene.stop.last, offset)
    if kind in ("text", "tag"):
        reference = _REFERENCE.search(utf8[max(offset - 64, 0) : offset])
        if reference:
            return entities.explain_ampersand(
                scene, words(reference[1]), offset - len(reference[0])
            )
    if kind in ("tag", "end tag"):
        explain = tags.explain_tag if kind == "tag" else tags.explain_end_tag
        return explain(scene, start)
    explain = {
        "comment": markup.explain_comment,
        "processing instruction": markup.explain_instruction,
        "declaration": markup.explain_declaration,
    }.get(kind)
    if explain is not None:
        return explain(scene, start)
    if scene.stop.first < 0 and utf8[:offset].rstrip()[-1:] != b">":
        return markup.explain_prolog(scene)
    if utf8[offset - 2 : offset + 1] == b"]]>":
        return Fault("]]> must not stand in a text", "Write ]]&gt;.", offset - 2, offset + 1)
    return entities.explain_from_entity(scene)


def _duplicate(scene: Scene) -> Fault:
    offset = scene.stop.offset
    found = re.match(NAME, scene.after(offset))
    name = words(found[0]) if found else ""
    return Fault(
        f"the attribute {name} stands twice in one tag".replace("  ", " "),
        "Keep one of them; where it may have several values, part these by spaces in it.",
        offset,
        offset + len(name.encode()),
    )


_BY_CODE: dict[int, Callable[[Scene], Fault | None]] = {
    _ERRORS[error]: explain
    for error, explain in (
        (expat.errors.XML_ERROR_INVALID_TOKEN, _invalid),
        (expat.errors.XML_ERROR_SYNTAX, markup.explain_prolog),
        (expat.errors.XML_ERROR_UNCLOSED_TOKEN, ends.explain_unclosed),
        (expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION, ends.explain_unclosed),
        (expat.errors.XML_ERROR_PARTIAL_CHAR, ends.explain_early_end),
        (expat.errors.XML_ERROR_NO_ELEMENTS, ends.explain_early_end),
        (expat.errors.XML_ERROR_TAG_MISMATCH, ends.explain_mismatch),
        (expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT, ends.explain_after_end),
        (expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE, _duplicate),
        (expat.errors.XML_ERROR_UNDEFINED_ENTITY, entities.explain_undefined),
        (expat.errors.XML_ERROR_BAD_CHAR_REF, entities.explain_no_character),
        (expat.errors.XML_ERROR_MISPLACED_XML_PI, markup.explain_late_declaration),
        (expat.errors.XML_ERROR_XML_DECL, markup.explain_bad_declaration),
        (expat.errors.XML_ERROR_RECURSIVE_ENTITY_REF, entities.explain_loop),
        (expat.errors.XML_ERROR_ASYNC_ENTITY, entities.explain_half_entity),
    )
}
