"""What an element that is not allowed may have been meant for: one function for each reading.

Each reports the mistake to a validation as it reads it, and returns the step into the element;
None where the reading is none. `lookahead` tries them out, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from lxml import etree

from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.automaton import Opening, State
from teikit.schema.relaxng.expectations import names_of, next_elements
from teikit.schema.relaxng.likeness import nearest_names, previous_element
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.recovery import RecoveringAutomaton

if TYPE_CHECKING:
    from teikit.schema.relaxng.validator import Validation

Reading = Callable[["Validation", str, Any], Opening | None]
_MOST_CHILDREN = 100  # that are read again
_SHOWN = 60  # characters of a text that a problem quotes
_WHITE = " \t\r\n"


def quick(validation: Validation, name: str, element: Any) -> Opening:
    """Return a step that is found fast, for documents full of mistakes."""
    step = missing_before(validation, name, element)
    if step is None:
        _report_child(validation, name, element)
        step = validation.automaton.superfluous(validation.state, name)
    return step


def missing_before(validation: Validation, name: str, element: Any) -> Opening | None:
    """Return the step where one element is missing before this one."""
    skipped = validation.automaton.skip_missing(validation.state, name)
    if skipped is None or not validation.open:
        return None
    opening, missing = skipped
    names = {name for pattern in missing for name in names_of(pattern.names)}
    validation.report(kinds.MISSING_ELEMENT, found=name, expected=tuple(sorted(names)))
    return opening


def too_much(validation: Validation, name: str, element: Any) -> Opening:
    """Return the step where the element is too much, or is there in place of another."""
    _report_child(validation, name, element)
    return validation.automaton.misplaced(validation.state, name)


def misspelt(meant: str) -> Reading:
    """Return the reading that the element is another one, whose name was not written right."""

    def read(validation: Validation, name: str, element: Any) -> Opening | None:
        opening = validation.automaton.open(validation.state, meant)
        if opening is not None:
            _report_child(validation, name, element, meant=meant)
        return opening

    return read


def tags_too_much(validation: Validation, name: str, element: Any) -> Opening:
    """Return the step where what is in the element should stand here without it."""
    _report_child(validation, name, element)
    return validation.automaton.passing(validation.state, Left(validation))


def left_outside(validation: Validation, name: str, element: Any) -> Opening | None:
    """Return the step where the element belongs into the one before it, closed too early."""
    before = previous_element(element)
    if before is None or (before.tail or "").strip(_WHITE):
        return None
    automaton = validation.automaton
    state = automaton.reopened(validation.state, validation.ended)
    opening = automaton.open(state, name)
    if opening is not None:
        _report_child(validation, name, element, lacking=before)
        validation.state = state
    return opening


def missing_around(wrapper: str) -> Reading:
    """Return the reading that there should be an element around this one and what follows."""

    def read(validation: Validation, name: str, element: Any) -> Opening | None:
        state = validation.automaton.around(validation.state, wrapper)
        step = validation.automaton.open(state, name)
        if step is not None:
            _report_child(validation, name, element, wrapper=wrapper)
            validation.state = state
        return step

    return read


def report_text(validation: Validation, text: str, wrapper: str = "") -> None:
    """Report text that is not allowed."""
    validation.report(
        kinds.TEXT_NOT_ALLOWED,
        found=beginning(text),
        expected=validation.automaton.expected(validation.state),
        wrapper=wrapper,
    )


def beginning(text: str) -> str:
    """Return the text without its spacing, as much of it as a problem quotes."""
    return " ".join(text.split())[:_SHOWN]


def sibling_too_much(sibling: etree._Element) -> Reading:
    """Return the reading that an element before this one is what should not be there."""

    def read(validation: Validation, name: str, element: Any) -> Opening | None:
        opening, parent_name, parent, _before = validation.open[-1]
        if opening.role:
            return None
        state = _inside(validation, opening)
        if state is not None:
            state = read_again(validation.automaton, state, parent, element, sibling)
        step = validation.automaton.open(state, name) if state is not None else None
        if step is not None:
            validation.state = state
            validation.problems.append(
                Problem(kinds.MISPLACED_ELEMENT, sibling, sibling.tag, parent_name, found=name)
            )
        return step

    return read


def parent_mistaken(validation: Validation, name: str, element: Any) -> Opening | None:
    """Return the step where the element around this one should be another one."""
    _opening, parent_name, _parent, before = validation.open[-1]
    other = validation.automaton.misplaced(before, parent_name)
    state = reread_parent(validation, other, element)
    return _into(validation, state, name)


def parent_tags_too_much(validation: Validation, name: str, element: Any) -> Opening | None:
    """Return the step where the element around this one should not be there."""
    before = validation.open[-1][3]
    other = validation.automaton.passing(before, Left(validation))
    state = reread_parent(validation, other, element)
    return _into(validation, state, name)


def _into(validation: Validation, state: State | None, name: str) -> Opening | None:
    step = validation.automaton.open(state, name) if state is not None else None
    if step is not None:
        validation.state = state
        validation.report(kinds.MISPLACED_ELEMENT, found=name)
    return step


def reread_parent(validation: Validation, other: Opening, until: Any) -> State | None:
    """Return the state before UNTIL if the innermost open element is entered by another step."""
    opening, name, parent, before = validation.open[-1]
    if opening.role or parent is None:
        return None
    state = _inside(validation, other)
    if state is not None:
        state = read_again(validation.automaton, state, parent, until)
    if state is not None:
        validation.open[-1] = (other, name, parent, before)
    return state


def _inside(validation: Validation, opening: Opening) -> State | None:
    """Return the state after the start tag of the innermost open element; None if it is wrong."""
    _opening, name, element, _before = validation.open[-1]
    trial = validation.trial(1)
    trial.context.element = element
    trial.start(name, element.items(), element, opening)
    return None if trial.problems else trial.state


def read_again(
    automaton: RecoveringAutomaton,
    state: State,
    parent: etree._Element,
    until: etree._Element | None,
    skip: etree._Element | None = None,
) -> State | None:
    """Return the state after the children of the parent before UNTIL, or all of them.

    None where one of them does not fit, other than SKIP, or where they are many.
    """
    text = parent.text or ""
    for count, child in enumerate(parent):
        if count > _MOST_CHILDREN:
            return None
        if isinstance(child.tag, str):
            if text.strip(_WHITE):
                state = automaton.text(state)
            if state is None or child is until:
                return state
            opening = automaton.open(state, child.tag)
            if child is skip:
                state = automaton.misplaced(state, child.tag).after.get(0)
            elif opening is None:
                return None
            else:
                state = automaton.after(opening, opening.inside.all)
            text = ""
        text += child.tail or ""
    return automaton.text(state) if text.strip(_WHITE) else state


def other_name(validation: Validation) -> str:
    """Return the name of the one element that the innermost open one could be instead."""
    automaton = validation.automaton
    _opening, written, parent, before = validation.open[-1]
    found = set()
    for pattern in before.patterns:
        for other, _after in next_elements(pattern, automaton.derivatives):
            state = _inside(validation, Opening(automaton.state((other.content,)), ()))
            state = state and read_again(automaton, state, parent, None)
            if state is not None and state.complete:
                found |= names_of(other.names)
    near = nearest_names(written, sorted(found))
    return near[0] if near else found.pop() if len(found) == 1 else ""


def _report_child(validation: Validation, name: str, element: Any, **details: Any) -> None:
    known = name in validation.automaton.declared
    validation.problems.append(
        Problem(
            kinds.MISPLACED_ELEMENT if known else kinds.UNKNOWN_ELEMENT,
            element,
            name,
            validation.open[-1][1] if validation.open else "",
            expected=validation.automaton.expected(validation.state),
            text_allowed=any(pattern.has_text for pattern in validation.state.patterns),
            **details,
        )
    )


class Left(dict):
    """A mapping that gives the state in which the validation is."""

    def __init__(self, validation: Validation):
        super().__init__()
        self._validation = validation

    def get(self, _fitted: int, _default: object = None) -> State:
        """Return the state, whatever fitted."""
        return self._validation.state
