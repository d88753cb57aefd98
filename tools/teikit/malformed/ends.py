"""What is not ended, ended too early, or stands after the end."""

import difflib
import re
from xml.parsers import expat

from teikit.malformed.scene import CONSTRUCTS, NAME, Fault, Scene, construct_at, words

_CLOSE = re.compile(rb"[^\s>]{0,100}")
_NO_ELEMENTS = expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]


def explain_unclosed(scene: Scene) -> Fault:
    """Return what is wrong: a construct that the file ends in."""
    _, offset = construct_at(scene.utf8, scene.stop.last, len(scene.utf8))
    begun = (one for one in CONSTRUCTS[:3] if offset >= 0 and scene.utf8.startswith(one[0], offset))
    opening, closing, kind = next(begun, (b"", b"", ""))
    if not opening:
        return explain_early_end(scene)
    return Fault(
        f"a {kind} begins here that does not end",
        f"Put {words(closing)} where it ends.",
        offset,
        offset + len(opening),
    )


def explain_early_end(scene: Scene) -> Fault:
    """Return what is wrong: a file that ends too early."""
    end = len(scene.utf8)
    place = min(scene.stop.offset, end), min(scene.stop.offset, end) + 1
    if not scene.stop.open_elements:
        if scene.stop.first < 0 and scene.stop.code == _NO_ELEMENTS:
            return Fault(
                "there is no element in it",
                "A TEI file has one outermost element, TEI; restore what is cut off.",
                *place,
            )
        return Fault(
            "the file ends in the middle of a tag",
            "Complete the tag with >, or restore what is cut off.",
            *place,
        )
    start, name = scene.stop.open_elements[-1]
    return Fault(
        f"the file ends inside the element {name}",
        f"{name} was opened in line {scene.line(start)}: close it, or restore what is cut off.",
        *place,
    )


def explain_mismatch(scene: Scene) -> Fault:
    """Return what is wrong: an end tag that does not end the innermost element."""
    offset = scene.stop.offset
    tag = _CLOSE.match(scene.utf8, offset)[0]
    closed, (start, name) = words(tag), scene.stop.open_elements[-1]
    place = offset, offset + len(tag)
    reason = f"</{closed}> stands where </{name}> is expected"
    if closed.lower() == name.lower():
        hint = (
            f"XML tells capitals from small letters: write both tags alike, <{name}> ... </{name}>."
        )
    elif any(closed == one for _, one in scene.stop.open_elements):
        hint = f"The element {name} opened in line {scene.line(start)} is still open: "
        following = scene.utf8[offset + len(tag) : offset + len(tag) + 200]
        overlaps = re.match(rb"\s*>\s*</" + re.escape(name.encode()) + rb"\s*>", following)
        hint += (
            f"write </{name}></{closed}>, since elements must not overlap."
            if overlaps
            else "close it first."
        )
    elif difflib.SequenceMatcher(None, closed, name).ratio() >= 0.75:
        hint = f"The element opened in line {scene.line(start)} is called {name}: write both alike."
    elif not _is_closed_later(scene, name, offset + len(tag)):
        hint = f"{name} was opened in line {scene.line(start)} and has no end tag: write </{name}>."
    else:
        reason = f"</{closed}> stands here, but no {closed} is open"
        hint = f"Take it out, or put <{closed}> where the element begins."
    return Fault(reason, hint, *place)


def _is_closed_later(scene: Scene, name: str, after: int) -> bool:
    """Return whether an end tag of this name comes before a start tag of it."""
    tags = re.compile(rb"<(/?)" + re.escape(name.encode()) + rb"(?=[\s/>])")
    found = tags.search(scene.utf8, after)
    return found is not None and bool(found[1])


def explain_after_end(scene: Scene, start: int | None = None) -> Fault:
    """Return what is wrong: what follows the outermost element."""
    offset = scene.stop.offset if start is None else start
    root = words(re.match(rb"<(" + NAME + rb")?", scene.after(scene.stop.first))[1] or b"")
    tag = re.match(rb"<(/?)(" + NAME + rb")", scene.after(offset))
    if tag is None:
        return Fault(
            f"text stands after the end of the outermost element, {root}",
            f"Delete it, or move </{root}> behind it.",
            offset,
            offset + 1,
        )
    name = words(tag[2])
    if tag[1]:
        return Fault(
            f"</{name}> stands after the end of the outermost element, {root}",
            "There is an end tag too many, here or before: take it out.",
            offset,
            offset + len(tag[0]),
        )
    return Fault(
        f"a second outermost element, {name}, stands after {root}",
        f"A file has one outermost element: take </{root}> out where it ends too early, or put the "
        "second into a file of its own (several TEI in one file stand in a teiCorpus).",
        offset,
        offset + len(tag[0]),
    )
