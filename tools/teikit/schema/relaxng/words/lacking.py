"""What is told of elements that are missing, and of text that should be in one."""

from lxml import etree

from teikit.location import plain_name
from teikit.schema.relaxng.otherwords import PARTNERS
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.words.advice import text_advice, usual_around
from teikit.schema.relaxng.words.desk import FEW, Desk, Told, a, group, listed, plain, quoted


def tell_missing(desk: Desk, problem: Problem) -> Told:
    """Return the words for something that is missing before an element."""
    before = problem.found or problem.name
    parent = problem.name if problem.found else problem.parent
    names = plain(desk.ranked(parent, problem.expected))
    lacking = listed(names)
    inside = f" in {plain_name(parent)}" if parent else ""
    message = f"{lacking} is missing before {plain_name(before)}{inside}"
    hint = f"Put {listed(map(a, names))} before the {plain_name(before)}."
    required = group("required", names) if len(names) > FEW else ()
    gloss = desk.gloss(desk.ranked(parent, problem.expected)[0]) if names else ""
    return Told(message, hint, required, gloss, names)


def tell_incomplete(desk: Desk, problem: Problem) -> Told:
    """Return the words for an element that ends too early."""
    name, element = plain_name(problem.name), problem.element
    must = _must_come(desk, problem)
    if len(must) > 1 and all(len(names) == 1 for names in must):
        return _several(desk, problem, [name for (name,) in must])
    needed = tuple(must[0]) if must else problem.expected
    present = _children(element)
    ranked = _by_partner(desk.ranked(problem.name, needed), present)
    if ranked and plain_name(ranked[0]) in _partners(present):
        ranked = ranked[:1]
    names = plain(ranked)
    if not names:
        lacks = "something that the schema asks for" if not problem.expected else "an element"
        return Told(f"{name} is incomplete: it still needs {lacks}", "Add it.")
    usual = plain(one for one in ranked if desk.usual.is_usual(problem.name, one)) or names
    if len(names) > FEW:
        lacks = (
            f"at least one {listed(usual[:FEW])}"
            if len(usual) > 1
            else f"{a(usual[0])} or the like"
        )
    elif len(names) > 1:
        lacks = f"at least one {listed(names)}"
    else:
        lacks = f"{'another ' * (ranked[0] in present)}{names[0]}"
    hint = "Add it." if len(names) == 1 else "Add one of them."
    groups = group("required", (*usual, *names)) if len(names) > FEW else ()
    gloss = desk.gloss(ranked[0]) if len(usual) == 1 else desk.gloss(problem.name)
    return Told(f"{name} is incomplete: it still needs {lacks}", hint, groups, gloss, names)


def _must_come(desk: Desk, problem: Problem) -> list[list[str]]:
    """Return what must still come in an element, in order, as far as it may come there."""
    if not isinstance(problem.element, etree._Element):
        return []
    row = desk.row(problem.element)
    must = [sorted(names) for names in row.needed(len(row.things))]
    must = [names for names in must if all(row.first_misfit(name) is None for name in names)]
    fits = must and set(must[0]) & set(problem.expected)
    return must if fits else []


def _several(desk: Desk, problem: Problem, names: list[str]) -> Told:
    """Return the words for elements that must all come."""
    shown = plain(names)
    message = f"{plain_name(problem.name)} is incomplete: it still needs "
    message += listed(shown, "and", len(shown))
    return Told(message, "Add them in this order.", (), desk.gloss(problem.name), shown)


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
    here = desk.ranked(problem.name, problem.expected)
    around = [name for name in here if facts.holds_text(name)]
    if problem.wrapper:
        around = list(dict.fromkeys((problem.wrapper, *around)))
    around = list(dict.fromkeys((*usual_around(desk, problem.name, around), *around)))
    names = plain(around)
    if not here and not facts.inner(problem.name) and not facts.holds_text(problem.name):
        name = plain_name(problem.name)
        message = f"{name} is always empty, but here it holds text: “{quoted(problem.found)}”"
        return Told(message, f"Put the text after the {name}.", gloss=desk.gloss(problem.name))
    hint = text_advice(desk, problem, around)
    if not hint:
        hint = "" if names else "Only elements may stand here."
    return Told(
        f"{plain_name(problem.name)} must not contain text directly: “{quoted(problem.found)}”",
        hint,
        group("usual", names) if len(names) > 2 or not hint else (),
        desk.gloss(around[0]) if names else desk.gloss(problem.name),
        plain((*around, *here)),
    )
