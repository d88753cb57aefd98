"""What is told of elements and text: unknown, in the wrong place, missing."""

from lxml import etree

from teikit.document import TEI
from teikit.location import plain_name
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.words.desk import (
    FEW,
    Desk,
    Told,
    a,
    group,
    listed,
    plain,
    quoted,
    sentences,
)

_MOST_KNOWN = 3_000  # names of a schema that are compared with a misspelt one


def tell_unknown_element(desk: Desk, problem: Problem) -> Told:
    """Return the words for an element that the schema does not have."""
    name = plain_name(problem.name)
    if told := _wrong_namespace(desk, problem):
        return told
    here = _ranked(desk, problem.parent, problem.expected)
    near = _with_meant(problem, desk.near(problem.name, tuple(here), "element")[:2])
    message = f"the schema knows no element {name}"
    if near:
        return Told(
            message,
            sentences(f"Did you mean {listed(plain(near))}?", _needs_attribute(name, near[0])),
            group("near", plain(near)) + _usual(here, near),
            desk.gloss(near[0]),
            plain((*near, *here)),
        )
    known = sorted(desk.words.facts.declared)[:_MOST_KNOWN]
    ranked = tuple(desk.usual.elements(known))
    elsewhere = desk.near(problem.name, ranked, "element")[:1]
    if elsewhere:
        where = _places(desk, elsewhere[0])
        hint = f"Did you mean {plain_name(elsewhere[0])}? It may not stand here; {where}"
        hint = sentences(hint, _put_into(desk, elsewhere[0], problem.parent, here))
        return Told(
            message, hint, _usual(here), desk.gloss(elsewhere[0]), plain((*elsewhere, *here))
        )
    sentence, groups = _allowed(here, problem.text_allowed)
    return Told(message, sentence, groups, expected=plain(here))


def _with_meant(problem: Problem, near: tuple[str, ...]) -> tuple[str, ...]:
    """Return the near names, first the one that fits what comes after."""
    meant = (problem.meant,) if problem.meant else ()
    return tuple(dict.fromkeys((*meant, *near)))[:2]


def _needs_attribute(written: str, near: str) -> str:
    """Return where the address goes that other vocabularies write as href or src."""
    attribute = {"ref": "target", "graphic": "url"}.get(plain_name(near))
    if attribute and written.lower() in ("a", "link", "img", "image", "href", "url"):
        return f"Its address stands in @{attribute}."
    return ""


def _wrong_namespace(desk: Desk, problem: Problem) -> Told | None:
    """Return the words for an element that is known in another namespace than it is in."""
    namespace, _, local = problem.name.rpartition("}")
    right = f"{{{TEI}}}{local}"
    if namespace == f"{{{TEI}" or right not in desk.words.facts.declared:
        return None
    written = f"the namespace {quoted(namespace[1:])}" if namespace else "no namespace"
    message = f"{quoted(local)} is in {written}, so it is not the TEI's {quoted(local)}"
    return Told(
        message,
        f'TEI elements are in the namespace {TEI}: take away its xmlns="{quoted(namespace[1:])}" '
        "or its prefix, so that the xmlns of the TEI around it holds.",
        group("near", (local,)),
        desk.gloss(right),
        (local,),
    )


def tell_misplaced(desk: Desk, problem: Problem) -> Told:
    """Return the words for an element in a place where it is not allowed."""
    name, inside = plain_name(problem.name), plain_name(problem.parent)
    message = f"{name} is not allowed here" + f" in {inside}" * bool(inside)
    gloss, here = desk.gloss(problem.name), _ranked(desk, problem.parent, problem.expected)
    if problem.lacking is not None:
        hint = f"It is missing at {desk.document.place(problem.lacking)}: move it there."
        return Told(message, hint, gloss=gloss, expected=plain(here))
    if problem.meant:
        hint = f"Did you mean {plain_name(problem.meant)}?"
        groups = group("near", plain((problem.meant,))) + _usual(here, (problem.meant,))
        expected = plain((problem.meant, *here))
        return Told(message, hint, groups, desk.gloss(problem.meant), expected)
    if problem.wrapper:
        hint = f"Put it into {a(plain_name(problem.wrapper))}."
        return Told(message, hint, _usual(here), gloss, plain((problem.wrapper, *here)))
    reason, sibling = desk.words.facts.order(problem.element)
    if reason == "again":
        at = desk.document.place(sibling)
        return Told(
            f"{inside} has {a(name)} already, and may have it here no more",
            f"The first is at {at}: join the two, or take one away.",
            _usual(here),
            gloss,
            plain(here),
        )
    if reason == "before":
        after, line = plain_name(sibling.tag), desk.document.place(sibling).line
        hint = f"{name} must stand before the {after} in line {line}."
        message = f"{name} is not allowed in {inside} after {after}"
        return Told(message, hint, _usual(here), gloss, plain(here))
    advice = _put_into(desk, problem.name, problem.parent, here)
    advice = advice or _end_before(desk, problem.element)
    places = _places(desk, problem.name, name)
    sentence, groups = _allowed(here, problem.text_allowed)
    return Told(message, sentences(advice, places, sentence), groups, gloss, plain(here))


def _put_into(desk: Desk, name: str, parent: str, here: list[str]) -> str:
    """Return the advice to put an element into one that may stand here and hold it."""
    around = [one for one in here if one != name and name in desk.words.facts.inner(one)]
    if not around:
        return ""
    usual = desk.usual.holders(name, desk.usual.children(parent, around))[:2]
    return f"Put it into {listed(map(a, plain(usual)))}, which may stand here."


def _end_before(desk: Desk, element: etree._Element) -> str:
    """Return the advice to end the parent first, where the element may stand beside it."""
    parent = element.getparent()
    around = parent.getparent() if parent is not None else None
    if around is None or element.tag not in desk.words.facts.inner(around.tag):
        return ""
    name, before = plain_name(element.tag), plain_name(parent.tag)
    return f"End the {before} before it: {name} may stand beside it, in {plain_name(around.tag)}."


def _places(desk: Desk, name: str, subject: str = "it") -> str:
    """Return the sentence that says where an element may stand."""
    holders = desk.usual.holders(name, desk.words.facts.holders(name))
    names = plain(holders)[:FEW]
    if not names:
        return ""
    more = len(plain(holders)) - len(names)
    others = f" and {more} other elements" if more > 1 else " and one other" * more
    if more:
        return f"{subject} may stand in {', '.join(names)}{others}."
    return f"{subject} may stand in {listed(names)}."


def tell_missing(desk: Desk, problem: Problem) -> Told:
    """Return the words for something that is missing before an element."""
    before = problem.found or problem.name
    parent = problem.name if problem.found else problem.parent
    names = plain(_ranked(desk, parent, problem.expected))
    lacking = listed(names)
    wanted = f"{plain_name(before)} needs {lacking} before it"
    hint = f"Put {listed(map(a, names))} before this {plain_name(before)}."
    if problem.found:
        hint = f"Put {listed(map(a, names))} before the {plain_name(before)} in it."
    where = f", in {plain_name(parent)}" if parent else ""
    required = group("required", names) if len(names) > 1 else ()
    gloss = desk.gloss(_ranked(desk, parent, problem.expected)[0]) if names else ""
    return Told(f"{wanted}{where}", hint, required, gloss, names)


def tell_incomplete(desk: Desk, problem: Problem) -> Told:
    """Return the words for an element that ends too early."""
    name, element = plain_name(problem.name), problem.element
    needed = desk.words.facts.needed(element) if isinstance(element, etree._Element) else ()
    needed = tuple(one for one in needed if one in problem.expected) or problem.expected
    ranked = _ranked(desk, problem.name, needed)
    names = plain(ranked)
    if not names:
        lacks = "something that the schema asks for" if not problem.expected else "an element"
        return Told(f"{name} is incomplete: it still needs {lacks}", "Add it.")
    present = {child.tag for child in element} if isinstance(element, etree._Element) else set()
    another = "another " if ranked[0] in present else ""
    lacks = f"{another}{listed(names)}" if len(names) <= FEW else f"an element such as {names[0]}"
    hint = "Add it." if len(names) == 1 else "Add one of them."
    groups = group("required", names) if len(names) > 1 else ()
    gloss = desk.gloss(ranked[0]) if len(names) == 1 else desk.gloss(problem.name)
    return Told(f"{name} is incomplete: it still needs {lacks}", hint, groups, gloss, names)


def tell_text(desk: Desk, problem: Problem) -> Told:
    """Return the words for text where only elements may stand."""
    facts = desk.words.facts
    here = _ranked(desk, problem.name, problem.expected)
    around = [name for name in here if facts.holds_text(name)]
    if problem.wrapper:
        around = list(dict.fromkeys((problem.wrapper, *around)))
    names = plain(around)
    hint = f"Put it into an element, such as {listed(names[:2])}." if names else "Take it away."
    return Told(
        f"{plain_name(problem.name)} must not contain text directly: “{quoted(problem.found)}”",
        hint,
        group("usual", names) if len(names) > 2 else (),
        desk.gloss(around[0]) if names else desk.gloss(problem.name),
        plain((*around, *here)),
    )


def _ranked(desk: Desk, parent: str, names: tuple[str, ...]) -> list[str]:
    return desk.usual.children(parent, names)


def _usual(here: list[str], without: tuple[str, ...] = ()) -> tuple:
    return group("usual", plain(name for name in here if name not in without))


def _allowed(here: list[str], text: bool) -> tuple[str, tuple]:
    """Return the sentence that says what may stand here, or the group where there is much."""
    names = plain(here)
    if len(names) > FEW:
        return "", group("usual", names)
    if not names:
        return ("Only text may stand here." if text else "Nothing may stand here."), ()
    return f"Allowed here: {', '.join(names)}{', or text' * text}.", ()
