"""What is told of attributes, values and ids."""

from teikit.document import XML
from teikit.location import plain_name
from teikit.schema.relaxng.otherwords import other_words
from teikit.schema.relaxng.patterns import Pattern
from teikit.schema.relaxng.problems import Problem
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
from teikit.schema.relaxng.words.nearness import near_names
from teikit.schema.relaxng.words.values import (
    bad_words,
    forms,
    is_list,
    listed_values,
    what_is_wrong,
    wrong_day,
)

_MOST_FORMS = 8  # that a sentence tells
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def tell_unknown_attribute(desk: Desk, problem: Problem) -> Told:
    """Return the words for an attribute that the element does not have."""
    element, written = plain_name(problem.name), plain_name(problem.found)
    here = desk.usual.attributes(problem.name, problem.expected)
    message = f"{element} has no attribute {written}"
    near = _near(desk, problem.found, tuple(here))
    if problem.meant:
        near = tuple(dict.fromkeys((problem.meant, *near)))[:2]
    rest = group("usual", plain(name for name in here if name not in near))
    rest = rest if len(near) != 1 else ()  # what was meant is settled
    if near:
        value = f'="{quoted(problem.value)}"' if len(near) == 1 and problem.value else ""
        best = plain_name(near[0])
        hint = f"Did you mean {best}{value}?" if len(near) == 1 else ""
        hint = hint or f"Did you mean {listed(plain(near))}?"
        gloss = desk.gloss(problem.name, near[0]) or desk.gloss(problem.name)
        return Told(message, hint, group("near", plain(near)) + rest, gloss, plain((*near, *here)))
    places = _owners(desk, problem.name, problem.found)
    sentence, groups = _allowed(here)
    hint = sentences(places, sentence)
    return Told(message, hint, groups, desk.gloss(problem.name), plain(here))


def _near(desk: Desk, written: str, here: tuple[str, ...]) -> tuple[str, ...]:
    """Return the attributes that were probably meant.

    What is an attribute elsewhere is not misspelt, but may be what others call it.
    """
    near = desk.near(written, here, "attribute")[:2]
    if not desk.words.facts.owners(written):
        return near
    called = other_words(plain_name(written), "attribute")
    return tuple(name for name in near if plain_name(name) in called)


def _owners(desk: Desk, element: str, attribute: str) -> str:
    """Return the sentence that says which elements have an attribute."""
    facts = desk.words.facts
    if element in facts.owners(attribute):
        return f"{plain_name(attribute)} is not allowed together with its other attributes."
    owners = plain(desk.usual.elements(facts.owners(attribute)))
    if owners:
        more = len(owners) - FEW
        others = f" and {more} other elements" if more > 1 else " and one other"
        names = f"{', '.join(owners[:FEW])}{others}" if more > 0 else listed(owners)
        return f"{plain_name(attribute)} is an attribute of {names}."
    if attribute.startswith(f"{{{_XSI}}}"):
        return (
            "It names an XML Schema for other programs; TEI schemas do not allow it. Write an "
            "xml-model line before the document instead."
        )
    if attribute.startswith("{") and not attribute.startswith(f"{{{XML}}}"):
        return "The schema has no attributes of this namespace: take it away."
    known = tuple(sorted(facts.attributes))
    near = desk.near(attribute, known, "attribute")[:1]
    if near and element in facts.owners(near[0]):
        return f"Did you mean {plain_name(near[0])}? The element has one already."
    return ""


def _allowed(here: list[str]) -> tuple[str, tuple]:
    names = plain(here)
    if not names:
        return "It has none.", ()
    if len(names) > FEW:
        return "", group("usual", names)
    return f"Its attributes here are {listed(names, 'and')}.", ()


def tell_missing_attribute(desk: Desk, problem: Problem) -> Told:
    """Return the words for an attribute that is missing."""
    names = problem.expected
    shown = plain(desk.usual.attributes(problem.name, names))
    message = f"{plain_name(problem.name)} lacks the attribute {listed(shown)}"
    if len(names) != 1:
        groups = group("required", shown) if len(shown) > FEW else ()
        return Told(message, "Add it.", groups, desk.gloss(problem.name), shown)
    patterns = desk.words.facts.values(problem.name, names[0])
    listed_here = _in_use(listed_values(patterns))
    hint, groups = "Add it.", ()
    if listed_here:
        groups = group("values", listed_here) if len(listed_here) > FEW else ()
        hint = f"Add it. It may be {listed(listed_here)}." if not groups else hint
    elif found := forms(patterns):
        hint = f"Add it. It must be {listed(found)}."
    return Told(message, hint, groups, desk.gloss(problem.name, names[0]), shown)


def _in_use(values: list[str]) -> list[str]:
    return [value for value in values if value.strip()]


def tell_bad_value(desk: Desk, problem: Problem) -> Told:
    """Return the words for the value of an attribute, or of an element, that is not allowed."""
    patterns = desk.words.facts.values(problem.name, problem.attribute)
    values, found = _in_use(listed_values(patterns)), forms(patterns)
    if not patterns:  # the schema has the element in another shape
        values = list(problem.expected)
    wrong = _bad_words(desk, patterns, problem.found)
    written = wrong[0] if len(wrong) == 1 else problem.found.strip()
    near = near_names(written, values, "value")[:2]
    no_date, mended = wrong_day(patterns, written)
    hint = f"Did you mean {listed(map(quoted, near))}?" if near else mended
    hint = hint or what_is_wrong(patterns, written)
    return Told(
        _bad_message(problem, wrong, no_date),
        hint or _must_be(values, found, patterns),
        _value_groups(values, near),
        _value_gloss(desk, problem, near),
        tuple(dict.fromkeys((*near, *values, *([] if values else found)))),
    )


def _bad_message(problem: Problem, wrong: list[str], no_date: str) -> str:
    element, value = plain_name(problem.name), quoted(problem.found)
    if no_date and not problem.attribute:
        return f"“{value}” in {element} is no date: {no_date}"
    if not problem.attribute:
        return f"“{value}” is not what {element} may contain"
    attribute = plain_name(problem.attribute)
    if no_date:
        return f'{attribute}="{value}" on {element} is no date: {no_date}'
    message = f'{attribute}="{value}" is not a value that {attribute} may have on {element}'
    if len(wrong) == 1 and wrong[0] != problem.found.strip():
        return f"{message}: “{quoted(wrong[0])}” is the word that does not fit"
    return message


def _bad_words(desk: Desk, patterns: tuple[Pattern, ...], value: str) -> list[str]:
    if len(value) > 2_000 or not is_list(patterns):
        return []
    return bad_words(patterns, value, desk.words.grammar.automaton.derivatives)


def _must_be(values: list[str], found: list[str], patterns: tuple[Pattern, ...]) -> str:
    several = "one or more, with spaces between: " * is_list(patterns)
    if values and len(values) <= FEW:
        return f"It must be {several}{_all([*map(quoted, values), *found])}."
    if values:
        return f"It must be one of the listed values{' or ' * bool(found)}{_all(found)}."
    if found:
        return f"It must be {several}{_all(found)}."
    return "The schema's documentation says which form it must have."


def _all(names: list[str]) -> str:
    return listed(names, most=_MOST_FORMS).replace(" …", " or the like")


def _value_groups(values: list[str], near: tuple[str, ...]) -> tuple:
    shown = [quoted(value) for value in (*near, *values)]
    first = group("near", map(quoted, near))
    return first + (group("values", shown) if len(values) > FEW or near else ())


def _value_gloss(desk: Desk, problem: Problem, near: tuple[str, ...]) -> str:
    if not problem.attribute:
        return desk.gloss(problem.name)
    of_value = desk.gloss(problem.name, problem.attribute, near[0]) if near else ""
    return of_value or desk.gloss(problem.name, problem.attribute)


def tell_duplicate_id(desk: Desk, problem: Problem) -> Told:
    """Return the words for an id that is given twice."""
    attribute = plain_name(problem.attribute or "id")
    return Told(
        f'{attribute}="{quoted(problem.found)}" on {plain_name(problem.name)} is given already to '
        "an element before it",
        "Give this element an id of its own.",
        gloss=desk.gloss(problem.name, problem.attribute) if problem.attribute else "",
    )


def tell_unknown_id(desk: Desk, problem: Problem) -> Told:
    """Return the words for a reference to an id that no element has."""
    attribute = plain_name(problem.attribute or "reference")
    return Told(
        f'{attribute}="{quoted(problem.found)}" on {plain_name(problem.name)}: no element of this '
        "document has this id",
        "Correct it, or give the id to the element that is meant.",
        gloss=desk.gloss(problem.name, problem.attribute) if problem.attribute else "",
    )
