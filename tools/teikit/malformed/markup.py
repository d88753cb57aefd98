"""Faults of comments, processing instructions, the DOCTYPE and the XML declaration."""

import re

from teikit.malformed.scene import Fault, Scene

_DECLARATION = (
    'Write <?xml version="1.0" encoding="UTF-8"?>, in this order, with the encoding that the file '
    "is saved in."
)


def explain_comment(scene: Scene, start: int) -> Fault:
    """Return what is wrong: hyphens in the comment at START."""
    utf8, offset = scene.utf8, scene.stop.offset
    if utf8.endswith(b"<!--", start + 4, offset):
        return Fault(
            "a comment begins inside a comment",
            f"The one that begins in line {scene.line(start)} has not ended: put --> where it "
            "ends; or take this <!-- out.",
            offset - 4,
            offset,
        )
    if utf8.startswith(b"->", offset):
        return Fault("a comment ends with --->", "Write -->.", offset - 2, offset + 2)
    return Fault(
        "two hyphens (--) stand inside a comment",
        "Write one hyphen, a dash (–) or - - there; --> ends the comment.",
        offset - 2,
        offset,
    )


def explain_instruction(scene: Scene, start: int) -> Fault:
    """Return what is wrong: a processing instruction without a proper name."""
    if scene.after(start + 2, 3).lower() == b"xml":
        return Fault(
            "no processing instruction may be called xml",
            "Give it another name; or take it out.",
            start,
            start + 5,
        )
    return Fault(
        "a processing instruction has no proper name",
        "A name that begins with a letter must follow right after <?, as in <?teikit ...?>.",
        start,
        start + 2,
    )


def explain_declaration(scene: Scene, start: int) -> Fault:
    """Return what is wrong: what begins with <! and is no comment."""
    if scene.after(start, 9).upper() == b"<!DOCTYPE":
        return _doctype(scene, start)
    return Fault(
        "<! begins nothing that XML knows here",
        "A comment begins with <!-- and ends with -->; where the character < is meant, write &lt;.",
        start,
        start + 2,
    )


def _doctype(scene: Scene, start: int) -> Fault:
    span = start, start + 9
    if scene.stop.first >= 0:
        return Fault(
            "a DOCTYPE stands inside the document",
            "It may stand only before the outermost element: move it there, or delete it.",
            *span,
        )
    if scene.after(start, 9) != b"<!DOCTYPE":
        return Fault("DOCTYPE is not written in capitals", "Write <!DOCTYPE.", *span)
    return Fault(
        "the DOCTYPE is not written as XML wants it",
        "Addresses stand in quotation marks, [ ] and > must be closed. A TEI file needs no DOCTYPE "
        "unless it declares entities: otherwise delete it.",
        scene.stop.offset,
        scene.stop.offset + 1,
    )


def explain_prolog(scene: Scene) -> Fault | None:
    """Return what is wrong: what cannot stand before the outermost element."""
    offset = scene.stop.offset
    start = scene.utf8.rfind(b"<!", 0, offset + 2)
    if is_in_doctype(scene):
        return _doctype(scene, _doctype_before(scene))
    if start == offset:
        return explain_declaration(scene, start)
    before = scene.utf8[scene.utf8.rfind(b">", 0, offset) + 1 : offset + 1]
    offset += 1 - len(before.lstrip() or b" ")
    return Fault(
        "text stands before the outermost element",
        "Only comments and processing instructions may stand there: delete it.",
        offset,
        offset + 1,
    )


def is_in_doctype(scene: Scene) -> bool:
    """Return whether the parser stopped in a DOCTYPE."""
    start = _doctype_before(scene)
    said = scene.utf8[max(start, 0) : scene.stop.offset]
    is_closed = re.search(rb"\]\s*>", said) if b"[" in said else b">" in said
    return start >= 0 and not is_closed


def _doctype_before(scene: Scene) -> int:
    return scene.utf8[: scene.stop.offset].upper().rfind(b"<!DOCTYPE")


def explain_late_declaration(scene: Scene) -> Fault:
    """Return what is wrong: an XML declaration that is not at the beginning."""
    offset = scene.stop.offset
    return Fault(
        "the XML declaration <?xml ... ?> stands not at the very beginning of the file",
        "Delete what stands before it (an empty line, a space); or, if the file has another one, "
        "take this one out."
        if scene.utf8[:offset].strip()
        else "Delete the empty lines or spaces before it.",
        offset,
        offset + 5,
    )


def explain_bad_declaration(scene: Scene) -> Fault:
    """Return what is wrong: an XML declaration that is not in order."""
    offset = scene.stop.offset
    return Fault("the XML declaration is not right here", _DECLARATION, offset, offset + 1)
