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
from teikit.schema.relaxng.words.otherwords import PARTNERS

_MOST_KNOWN = 3_000  # names of a schema that are compared with a misspelt one


def tell_unknown_element(desk: Desk, problem: Problem) -> Told:
    """Return the words for an element that the schema does not have."""
    name = plain_name(problem.name)
    if told := _wrong_namespace(desk, problem):
        return told
    here = _ranked(desk, problem.parent, problem.expected)
    facts = desk.words.facts
    known = desk.usual.elements(sorted(facts.declared)[:_MOST_KNOWN])
    near = desk.near(problem.name, tuple(here), "element", tuple(known))
    message = f"the schema knows no element {name}"
    allowed = [one for one in near if one in problem.expected]
    if (near and near[0] in problem.expected) or problem.meant:
        near = _with_meant(problem, tuple(allowed))
        hint = sentences(f"Did you mean {listed(plain(near))}?", _needs_attribute(name, near[0]))
        groups = group("near", plain(near)) + _usual(desk, problem, here, near)
        return Told(message, hint, groups, desk.gloss(near[0]), plain((*near, *here)))
    if near:
        hint = f"Did you mean {plain_name(near[0])}? {_not_here(desk, problem, near[0], here)}"
        near = near[:1]
        groups = group("near", plain(near)) + _usual(desk, problem, here, near)
        return Told(message, hint, groups, desk.gloss(near[0]), plain((*near, *here)))
    sentence, groups = _allowed(desk, problem, here)
    namespace = problem.name.rpartition("}")[0][1:]
    if namespace and namespace != TEI and not any(namespace in one for one in here):
        sentence = sentences(f"Nothing of {quoted(namespace)} may stand here.", sentence)
    return Told(message, sentence, groups, expected=plain(here))


def _not_here(desk: Desk, problem: Problem, name: str, here: list[str]) -> str:
    """Return why an element that was probably meant does not fit either, and where it does."""
    element, written = problem.element, plain_name(name)
    reason, sibling = desk.words.facts.order(element, name)
    if reason:
        return _out_of_order(desk, reason, sibling, name, problem.parent, here)
    advice = _put_into(desk, name, problem.parent, here) or _end_before(desk, element, name)
    return sentences(f"{written} is not allowed here either.", advice or _places(desk, name))


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
    reason, sibling = desk.words.facts.order(problem.element, problem.name)
    if reason:
        message = f"{name} is not allowed in {inside} after {plain_name(sibling.tag)}"
        if reason == "again":
            message = f"another {name} is not allowed here in {inside}"
        hint = _out_of_order(desk, reason, sibling, problem.name, problem.parent, here)
        return Told(message, hint, _usual(desk, problem, here), gloss, plain(here))
    if problem.meant:
        hint = f"Did you mean {plain_name(problem.meant)}?"
        groups = group("near", plain((problem.meant,))) + _usual(
            desk, problem, here, (problem.meant,)
        )
        expected = plain((problem.meant, *here))
        return Told(message, hint, groups, desk.gloss(problem.meant), expected)
    if problem.wrapper:
        hint = f"Put it into {a(plain_name(problem.wrapper))}."
        return Told(
            message, hint, _usual(desk, problem, here), gloss, plain((problem.wrapper, *here))
        )
    advice = _advice(desk, problem, here)
    sentence, groups = _allowed(desk, problem, here)
    hint = sentences(advice or _places(desk, problem.name, name), sentence)
    return Told(message, hint, groups, gloss, plain(here))


def _out_of_order(
    desk: Desk, reason: str, sibling: etree._Element, name: str, parent: str, here: list[str]
) -> str:
    """Return what to do with an element that may stand in its parent, but not at this place."""
    written, line = plain_name(name), desk.document.place(sibling).line
    if reason == "again":
        return f"The first {written} is in line {line}: join the two, or take one away."
    facts = desk.words.facts
    around = [
        one
        for one in here
        if one != name and name in facts.inner(one) and desk.usual.is_usual(one, name)
    ]
    best = plain(desk.usual.holders(name, around)[:1]) if desk.usual.is_usual(parent, name) else ()
    own = f", or in {a(best[0])} of its own" if best else ""
    return f"{written} must stand before the {plain_name(sibling.tag)} in line {line}{own}."


def _advice(desk: Desk, problem: Problem, here: list[str]) -> str:
    """Return the better of two ways: an element around it, or the end of its parent before it."""
    end = _end_before(desk, problem.element, problem.name)
    put = _put_into(desk, problem.name, problem.parent, here)
    if not end or not put:
        return end or put
    around = problem.element.getparent().getparent().tag
    wrappers = [one for one in here if problem.name in desk.words.facts.inner(one)]
    best = desk.usual.holders(problem.name, [around, *wrappers])[0]
    return end if problem.name == problem.parent or best == around else put


def _put_into(desk: Desk, name: str, parent: str, here: list[str]) -> str:
    """Return the advice to put an element into one that may stand here and hold it."""
    around = [one for one in here if one != name and name in desk.words.facts.inner(one)]
    if not around:
        return ""
    ranked = desk.usual.holders(name, desk.usual.children(parent, around))
    usual = [one for one in ranked[:2] if desk.usual.is_usual(one, name)] or ranked[:1]
    return f"Put it into {listed(map(a, plain(usual)))}, which may stand here."


def _end_before(desk: Desk, element: etree._Element, name: str) -> str:
    """Return the advice to end the parent first, where the element may stand beside it."""
    parent = element.getparent()
    around = parent.getparent() if parent is not None else None
    if around is None or name not in desk.words.facts.inner(around.tag):
        return ""
    before = plain_name(parent.tag)
    return (
        f"End the {before} before it: {plain_name(name)} may stand in {plain_name(around.tag)}, "
        f"but not in {before}."
    )


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
    inside = f" in {plain_name(parent)}" if parent else ""
    message = f"{lacking} is missing before {plain_name(before)}{inside}"
    hint = f"Put {listed(map(a, names))} before the {plain_name(before)}."
    required = group("required", names) if len(names) > FEW else ()
    gloss = desk.gloss(_ranked(desk, parent, problem.expected)[0]) if names else ""
    return Told(message, hint, required, gloss, names)


def tell_incomplete(desk: Desk, problem: Problem) -> Told:
    """Return the words for an element that ends too early."""
    name, element = plain_name(problem.name), problem.element
    needed = desk.words.facts.needed(element) if isinstance(element, etree._Element) else ()
    needed = tuple(one for one in needed if one in problem.expected) or problem.expected
    present = _children(element)
    ranked = _by_partner(_ranked(desk, problem.name, needed), present)
    if ranked and plain_name(ranked[0]) in _partners(present):
        ranked = ranked[:1]
    names = plain(ranked)
    if not names:
        lacks = "something that the schema asks for" if not problem.expected else "an element"
        return Told(f"{name} is incomplete: it still needs {lacks}", "Add it.")
    usual = plain(one for one in ranked if desk.usual.is_usual(problem.name, one)) or names
    lacks = listed(usual[:FEW] if len(names) > FEW else names)
    another = "another " if ranked[0] in present else "at least one " * (len(names) > 1)
    hint = "Add it." if len(names) == 1 else "Add one of them."
    groups = group("required", (*usual, *names)) if len(names) > FEW else ()
    gloss = desk.gloss(ranked[0]) if len(usual) == 1 else desk.gloss(problem.name)
    return Told(
        f"{name} is incomplete: it still needs {another}{lacks}", hint, groups, gloss, names
    )


def _children(element: object) -> list[str]:
    if not isinstance(element, etree._Element):
        return []
    return [child.tag for child in element.iterchildren(etree.Element)]


def _by_partner(ranked: list[str], present: list[str]) -> list[str]:
    """Return the names, first that of what goes with an element that is there."""
    partners = _partners(present)
    return sorted(ranked, key=lambda name: plain_name(name) not in partners)


def _partners(present: list[str]) -> set[str]:
    """Return the names of what goes with the elements that are there, and is not there itself."""
    names = set(map(plain_name, present))
    return {PARTNERS[name] for name in names if name in PARTNERS} - names


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


def _usual(desk: Desk, problem: Problem, here: list[str], without: tuple[str, ...] = ()) -> tuple:
    """Return the group of what is usual; none in an unknown element, where all would be allowed."""
    if problem.parent and problem.parent not in desk.words.facts.declared:
        return ()
    return group("usual", plain(name for name in here if name not in without))


def _allowed(desk: Desk, problem: Problem, here: list[str]) -> tuple[str, tuple]:
    """Return the sentence that says what may stand here, or the group where there is much."""
    names, text = plain(here), problem.text_allowed
    if problem.parent and problem.parent not in desk.words.facts.declared:
        return "", ()
    if len(names) > FEW:
        return "", group("usual", names)
    if not names:
        return ("Only text may stand here." if text else "Nothing may stand here."), ()
    return f"Allowed here: {', '.join(names)}{', or text' * text}.", ()
