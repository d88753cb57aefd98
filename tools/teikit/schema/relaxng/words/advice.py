"""What to do with an element in the wrong place: only what is sure to help."""

from collections.abc import Iterable, Iterator

from lxml import etree

from teikit.document import TEI
from teikit.location import plain_name
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.words.desk import Desk, a
from teikit.schema.relaxng.words.trying import TEXT, Around, Row

_FEW_HOLDERS = 3  # an element that stands in so few others stands for them
_MOST_NAMES = 10  # of siblings that may shut an element out
# of what a parent consists; around anything else in it, they change nothing that is said
_PARTS = {"list": "item", "lg": "l", "table": "row", "row": "cell", "castList": "castItem"}
_WORDS = {"cit": ("quote", "bibl")}  # where the text of a parent stands
_WHOLE = ("postscript", "div")  # in which what stands alone begins anew
_PARAGRAPH = f"{{{TEI}}}p"


def order_advice(desk: Desk, element: etree._Element, name: str) -> tuple[str, str]:
    """Return what is wrong in the order of an element and its siblings, and what to do.

    Both are "" where the order is not what is wrong. NAME is what the element should be called.
    """
    parent = element.getparent()
    if parent is None or name not in desk.words.facts.inner(parent.tag):
        return "", ""
    row, written, inside = desk.row(parent), plain_name(name), plain_name(parent.tag)
    at = row.index(element)
    if at < 0 or not _is_sound(desk, element, name):
        return "", ""
    if found := row.before(at, name):
        sibling, number = found
        other = plain_name(sibling.tag)
        own = _of_its_own(desk, row, at, name)
        more = f" and the {number - 1} elements after it" if number > 2 else ""
        more = " and the element after it" if number == 2 else more
        hint = (
            f"{written}{more} must stand before the {other} {desk.line_of(sibling, element)}{own}."
        )
        return f"{written} is not allowed in {inside} after {other}", hint
    if (sibling := row.after(at, name)) is not None:
        other = plain_name(sibling.tag)
        hint = f"{written} must stand after the {other} {desk.line_of(sibling, element)}."
        return f"{written} is not allowed in {inside} before {other}", hint
    if row.has_text:
        return "", ""
    if row.is_misfit(at) and (sibling := row.first(at)) is not None:
        line = desk.line_of(sibling, element)
        hint = f"The first {written} is {line}: join the two, or take one away."
        return f"another {written} is not allowed here in {inside}", hint
    return _either(row, at, name, inside)


def _is_sound(desk: Desk, element: etree._Element, name: str) -> bool:
    """Return whether the element's place is wrong, and not what is in it as well."""
    return name != element.tag or desk.row(element).is_sound()


def _of_its_own(desk: Desk, row: Row, at: int, name: str) -> str:
    """Return the advice to begin something new with an element that comes too late."""
    for one in _WHOLE:
        wrapper = f"{{{TEI}}}{one}"
        usual = desk.usual.is_usual(wrapper, name)
        if usual and (around := row.around(at, wrapper, name)):
            rest = "" if around.count == 1 else f" {_with(desk, around)}"
            return f", or{rest} in {a(one)} of its own"
    return ""


def _either(row: Row, at: int, name: str, inside: str) -> tuple[str, str]:
    """Return that an element shuts out another one that stands in front of it."""
    front = dict.fromkeys(thing.name for thing in reversed(row.things[:at]))
    for other in list(front)[:_MOST_NAMES]:
        if row.without(at, other, name) is not None:
            one, two = plain_name(other), plain_name(name)
            hint = f"{inside} may hold either {one} or {two} here, not both."
            return f"{two} is not allowed in {inside} after {one}", hint
    return "", ""


def advice_of(desk: Desk, problem: Problem, name: str, here: tuple[str, ...]) -> str:
    """Return what to put around an element, or where to end the one around it; "" if unknown."""
    element = problem.element
    parent = element.getparent()
    if parent is None:
        return ""
    at = desk.row(parent).index(element)
    if at < 0 or not _is_sound(desk, element, name):
        return ""
    end = _end_or_begin(desk, element, name)
    if end and name == parent.tag:
        return end
    return wrap_advice(desk, element, parent, at, name, here, problem.wrapper) or end


def wrap_advice(
    desk: Desk,
    seen_from: etree._Element,
    parent: etree._Element,
    at: int,
    name: str,
    here: tuple[str, ...],
    likely: str = "",
) -> str:
    """Return the advice to put what stands AT a place in its parent into another element."""
    row = desk.row(parent)
    for wrapper in _wrappers(desk, parent.tag, name, here, likely):
        around = row.around(at, wrapper, name)
        if around is not None:
            rest = f" {_with(desk, around, seen_from)}" * (around.count > 1)
            comma = "," * bool(rest)
            return f"Put it{comma}{rest}{comma} into {a(plain_name(wrapper))}."
    return ""


def _with(desk: Desk, around: Around, seen_from: etree._Element | None = None) -> str:
    end = around.last if around.last is not None else around.next
    if end is None:
        return "with all that follows it"
    line = f" {desk.line_of(end, seen_from)}" if seen_from is not None else ""
    until = "as far as" if around.last is not None else "up to"
    return f"with what follows it {until} the {plain_name(end.tag)}{line}"


def _wrappers(
    desk: Desk, parent: str, name: str, here: tuple[str, ...], likely: str
) -> Iterator[str]:
    """Yield the elements that add nothing to what the text says, the likely first."""
    part = _PARTS.get(plain_name(parent), "")
    holders = desk.words.facts.holders(name) if name != TEXT else ()
    for one in (_PARAGRAPH, f"{{{TEI}}}{part}"):
        if one in here and one != name:
            yield one
    if len(holders) <= _FEW_HOLDERS:
        yield from (one for one in desk.usual.holders(name, holders) if one in here)
    known = likely and desk.usual.is_usual(parent, likely)
    if known and (name == TEXT or desk.usual.is_usual(likely, name)):
        yield likely


def _end_or_begin(desk: Desk, element: etree._Element, name: str) -> str:
    """Return the advice to end the parent first, where the element may stand beside it."""
    parent = element.getparent()
    around = parent.getparent()
    if around is None or name not in desk.words.facts.inner(around.tag):
        return ""
    row, outer = desk.row(parent), desk.row(around)
    at, index = row.index(element), outer.index(parent)
    way = row.inside_out(at, outer, index, name) if index >= 0 else ""
    inside, written = plain_name(parent.tag), plain_name(name)
    why = f"{written} may stand in {plain_name(around.tag)}, but not in {inside}."
    if way == "end":
        return f"End the {inside} before it: {why}"
    if way == "begin":
        return f"Begin the {inside} after it: {why}"
    if way == "split" and parent.tag in (_PARAGRAPH, name):
        return f"End the {inside} before it, and begin another after it: {why}"
    return ""


def belongs_before(desk: Desk, problem: Problem) -> str:
    """Return the advice to end the element before this one later; "" where it is doubtful.

    An element that holds words of its own would then say something else.
    """
    before = problem.lacking
    if before is None or before is not problem.element.getprevious():
        return ""
    if desk.words.facts.holds_text(before.tag):
        return ""
    name = plain_name(before.tag)
    number = desk.row(problem.element.getparent()).swallowed(problem.element, before)
    if not number:
        return ""
    if number == 1:
        return f"It belongs into the {name} before it: move the end tag </{name}> behind it."
    more = f"the {number - 1} elements" if number > 2 else "the element"
    return (
        f"It belongs, with {more} after it, into the {name} before it: move the end tag "
        f"</{name}> behind the last of them."
    )


def text_advice(desk: Desk, problem: Problem, around: Iterable[str]) -> str:
    """Return what to put around text that may not stand in its parent; "" if unknown."""
    parent, names = problem.element, tuple(around)
    at = desk.row(parent).index_of_text(problem.found)
    if at < 0:
        return ""
    row = desk.row(parent)
    sure = wrap_advice(desk, parent, parent, at, TEXT, names, problem.wrapper)
    if sure:
        return sure
    known = _WORDS.get(plain_name(parent.tag), ())
    few = [name for name in known if row.around(at, f"{{{TEI}}}{name}")]
    if few:
        return f"Put it into an element, such as {' or '.join(few)}."
    return "Put it into one of the elements that may stand here." if names else ""


def usual_around(desk: Desk, parent: str, names: Iterable[str]) -> list[str]:
    """Return those of the names in which the text of this parent usually stands, best first."""
    kept = _WORDS.get(plain_name(parent), ())
    usual = [one for one in names if plain_name(one) in kept or desk.usual.is_usual(parent, one)]
    order = {name: at for at, name in enumerate(kept)}
    return sorted(usual, key=lambda one: order.get(plain_name(one), len(order)))
