"""What is told of elements that are unknown, or in the wrong place."""

from lxml import etree

from teikit.document import TEI
from teikit.location import plain_name
from teikit.schema.relaxng.otherwords import CONFUSED, other_words
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.words.advice import advice_of, belongs_before, order_advice
from teikit.schema.relaxng.words.desk import (
    FEW,
    Desk,
    Told,
    group,
    listed,
    plain,
    quoted,
    sentences,
)
from teikit.schema.relaxng.words.usual import is_tei

_MANY = 100  # elements in which something may stand
_SETTLED = 1  # one near name: what else may stand here is of no interest


def tell_unknown_element(desk: Desk, problem: Problem) -> Told:
    """Return the words for an element that the schema does not have."""
    name = plain_name(problem.name)
    if told := _wrong_namespace(desk, problem):
        return told
    here = desk.ranked(problem.parent, problem.expected)
    if problem.name.startswith("{") and not problem.name.startswith(f"{{{TEI}}}"):
        near = ()  # another vocabulary: no misspelling
    else:
        near = desk.near(problem.name, here, "element", desk.known)
    message = f"the schema knows no element {name}"
    allowed = [one for one in near if one in problem.expected]
    if (near and near[0] in problem.expected) or problem.meant:
        near = _with_meant(problem, tuple(allowed))
        hint = sentences(f"Did you mean {listed(plain(near))}?", _needs_attribute(name, near[0]))
        groups = _near(desk, problem, near, here)
        return Told(message, hint, groups, desk.gloss(near[0]), plain((*near, *here)))
    if near:
        hint = f"Did you mean {plain_name(near[0])}? {_not_here(desk, problem, near[0], here)}"
        near = near[:1]
        groups = group("near", plain(near))
        return Told(message, hint, groups, desk.gloss(near[0]), plain((*near, *here)))
    sentence, groups = _allowed(desk, problem, here)
    sentence = sentences(_left_out(problem.name), sentence)
    namespace = problem.name.rpartition("}")[0][1:]
    if namespace and namespace != TEI and not any(namespace in one for one in here):
        sentence = sentences(f"Nothing of {quoted(namespace)} may stand here.", sentence)
    return Told(message, sentence, groups, expected=plain(here))


def _left_out(name: str) -> str:
    """Return that the TEI has the element, though this schema does not; "" where it has not."""
    if not name.startswith(f"{{{TEI}}}"):
        return ""
    local = plain_name(name)
    if is_tei(local):
        return f"The TEI has {local}, but this schema leaves it out."
    called = [other for other in other_words(local, "element") if is_tei(other)]
    return f"The TEI calls it {called[0]}, but this schema leaves that out." if called else ""


def _near(desk: Desk, problem: Problem, near: tuple[str, ...], here: tuple[str, ...]) -> tuple:
    """Return the groups of near names and, where they are several, of what else is usual."""
    groups = group("near", plain(near))
    return groups if len(near) <= _SETTLED else groups + _usual(desk, problem, here, near)


def _not_here(desk: Desk, problem: Problem, name: str, here: tuple[str, ...]) -> str:
    """Return why an element that was probably meant does not fit either, and where it does."""
    _wrong, hint = order_advice(desk, problem.element, name)
    if hint:
        return hint
    advice = advice_of(desk, problem, name, here)
    return sentences(
        f"{plain_name(name)} is not allowed here either.", advice or _places(desk, name)
    )


def _with_meant(problem: Problem, near: tuple[str, ...]) -> tuple[str, ...]:
    """Return the near names, first the one that fits what is in the element and after it."""
    if problem.meant in near or (problem.meant and not near):
        near = (problem.meant, *(name for name in near if name != problem.meant))
    return near[:2]


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
    gloss, here = desk.gloss(problem.name), desk.ranked(problem.parent, problem.expected)
    if not problem.expected and (problem.found or problem.meant):
        return _stands_wrong(desk, problem)
    if hint := belongs_before(desk, problem):
        return Told(message, hint, gloss=gloss, expected=plain(here))
    previous = problem.element.getprevious()
    if problem.lacking is not None and problem.lacking is not previous:
        hint = f"It is missing at {desk.document.place(problem.lacking)}: move it there."
        return Told(message, hint, gloss=gloss, expected=plain(here))
    wrong, hint = order_advice(desk, problem.element, problem.name)
    if hint:
        return Told(wrong, hint, _usual(desk, problem, here), gloss, plain(here))
    if meant := problem.meant or _taken_for(desk, problem):
        hint = f"Did you mean {plain_name(meant)}?"
        groups, expected = group("near", plain((meant,))), plain((meant, *here))
        return Told(message, hint, groups, desk.gloss(meant), expected)
    advice = advice_of(desk, problem, problem.name, here) or _missing_before(desk, problem)
    sentence, groups = _allowed(desk, problem, here)
    hint = advice or sentences(sentence, _places(desk, problem.name, name))
    return Told(message, hint, groups, gloss, plain(here))


def _taken_for(desk: Desk, problem: Problem) -> str:
    """Return the TEI's other name for the same, where that fits: persName for person; or ""."""
    other = CONFUSED.get(problem.name.removeprefix(f"{{{TEI}}}"))
    return f"{{{TEI}}}{other}" if f"{{{TEI}}}{other}" in problem.expected else ""


def _stands_wrong(desk: Desk, problem: Problem) -> Told:
    """Return the words for an element that would itself do, but does not fit what is beside it."""
    name, found, inside = (
        plain_name(one) if one else "" for one in (problem.name, problem.found, problem.parent)
    )
    gloss = desk.gloss(problem.meant or problem.name)
    meant = f"Did you mean {plain_name(problem.meant)}?" if problem.meant else ""
    groups = group("near", plain((problem.meant,))) if problem.meant else ()
    expected = plain((problem.meant,)) if problem.meant else ()
    if not found:
        return Told(f"{name} does not fit what stands in it", meant, groups, gloss, expected)
    if problem.found in (child.tag for child in problem.element):
        hint = meant or f"Take the tags of {name} away, or move the {found} out of it."
        return Told(f"{name} must not hold {found}", hint, groups, gloss, expected)
    wrong, hint = order_advice(desk, problem.element, problem.name)
    if hint and not meant:
        return Told(wrong, hint, groups, gloss, expected)
    within = f" in {inside}" * bool(inside)
    hint = meant or f"Either the {name} or the {found} is in the wrong place."
    return Told(f"{name} must not stand before {found}{within}", hint, groups, gloss, expected)


def _places(desk: Desk, name: str, subject: str = "It") -> str:
    """Return the sentence that says where an element may stand."""
    holders = desk.usual.holders(name, desk.words.facts.holders(name))
    names = plain(holders)[:FEW]
    if not names:
        return ""
    more = len(plain(holders)) - len(names)
    if more > _MANY:
        return ""  # nearly everywhere: that tells nothing
    others = f" and {more} other elements" if more > 1 else " and one other" * more
    if more:
        return f"{subject} may stand in {', '.join(names)}{others}."
    return f"{subject} may stand in {listed(names)}."


def _usual(
    desk: Desk, problem: Problem, here: tuple[str, ...], without: tuple[str, ...] = ()
) -> tuple:
    """Return the groups of what must and what usually stands here, without what is said already.

    None in an unknown element, where everything would be allowed.
    """
    if problem.parent and problem.parent not in desk.words.facts.declared:
        return ()
    needed = _needed_at(desk, problem.element)
    needed = tuple(name for name in here if name in needed and not needed & {*without})
    needed = needed if len(needed) < FEW else ()
    rest = plain(name for name in here if name not in without and name not in needed)
    return group("required", plain(needed)) + group("usual", rest)


def _needed_at(desk: Desk, element: etree._Element) -> frozenset[str]:
    """Return the elements of which one must come where the element stands."""
    parent = element.getparent()
    at = desk.row(parent).index(element) if parent is not None else -1
    first = desk.row(parent).needed(at)[:1] if at >= 0 else []
    return first[0] if first else frozenset()


def _missing_before(desk: Desk, problem: Problem) -> str:
    """Return what must come before an element, and is missing."""
    parent = problem.element.getparent()
    at = desk.row(parent).index(problem.element) if parent is not None else -1
    missing = desk.row(parent).needed_before(at, problem.name) if at >= 0 else []
    if not missing or any(len(names) > 1 for names in missing):
        return ""
    names = plain(name for (name,) in missing)
    are = "are" if len(names) > 1 else "is"
    name = plain_name(problem.name)
    return f"{name} must stand after {listed(names, 'and', len(names))}, which {are} missing."


def _allowed(desk: Desk, problem: Problem, here: tuple[str, ...]) -> tuple[str, tuple]:
    """Return the sentence that says what may stand here, or the group where there is much."""
    names, text = plain(here), problem.text_allowed
    if problem.parent and problem.parent not in desk.words.facts.declared:
        return "", ()
    if len(names) > FEW:
        return "", group("usual", names)
    if not names:
        return ("Only text may stand here." if text else "Nothing may stand here."), ()
    return f"Allowed here: {', '.join(names)}{', or text' * text}.", ()
