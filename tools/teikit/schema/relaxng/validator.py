"""Walking through a document, from state to state; what does not fit becomes a Problem.

A Validation is told of start tags, text and end tags. It never looks back and never recurses,
so a document may be as deep and as long as it likes.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from teikit.document import OURS
from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.automaton import AttributeStep, Opening, State
from teikit.schema.relaxng.datatypes import Context
from teikit.schema.relaxng.expectations import (
    allowed_values,
    attribute_names,
    element_names,
    missing_attributes,
    names_of,
)
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.recovery import RecoveringAutomaton

_WHITE = " \t\r\n"
_OURS = f"{{{OURS}}}"
_SHOWN = 60  # characters of a text that a problem quotes
_EVENTS = ("start", "end", "comment", "pi")


class ElementContext(Context):
    """What a value in an element of the tree may ask for."""

    def __init__(self) -> None:
        self.element: Any = None
        self._entities: frozenset[str] | None = None

    def _namespace(self, prefix: str) -> str | None:
        if prefix == "xml":
            return "http://www.w3.org/XML/1998/namespace"
        bound = self.element.nsmap if self.element is not None else {}
        return bound.get(prefix or None, None if prefix else "")

    def _is_entity(self, name: str) -> bool:
        if self._entities is None:
            dtd = (
                self.element.getroottree().docinfo.internalDTD if self.element is not None else None
            )
            found = dtd.iterentities() if dtd is not None else ()
            self._entities = frozenset(
                entity.name for entity in found if entity.content is None and entity.orig is None
            )
        return name in self._entities


class Validation:
    """One document on its way; `problems` is what was found so far."""

    def __init__(self, automaton: RecoveringAutomaton, context: Context | None = None):
        self.automaton = automaton
        self.context = context or ElementContext()
        self.problems: list[Problem] = []
        self.state: State = automaton.start
        self._openings: list[Opening] = []
        self._elements: list[tuple[str, Any]] = []  # name and element of all that are open
        self._has_children = False
        self._outer: list[bool] = []  # whether the ancestors had children before

    # -- start tags ---------------------------------------------------------------------------

    def start(self, name: str, attributes: Iterable[tuple[str, str]], element: Any = None) -> None:
        """Go into an element."""
        opening = self.state.opened.get(name)
        if opening is None:
            opening = self.automaton.open(self.state, name) or self._not_allowed(name, element)
        self._openings.append(opening)
        self._elements.append((name, element))
        self._outer.append(True)
        self._has_children = False
        state, unknown = opening.inside, False
        for attribute, value in attributes:
            step = state.attributes.get(attribute)
            if step is None:
                step = self.automaton.attribute(state, attribute)
            if step is None:
                if not attribute.startswith(_OURS):
                    unknown = True
                    self._unknown_attribute(state, attribute, value)
                continue
            fitted = (
                step.all
                if step.any_value
                else self.automaton.fitting_values(step, value, self.context)
            )
            after = step.after.get(fitted) or self.automaton.after_attribute(step, fitted)
            if after is None:
                after = self._bad_value(step, attribute, value)
            state = after
        closed = self.automaton.close_start_tag(state)
        self.state = closed if closed is not None else self._missing_attribute(state, unknown)

    def _report(self, kind: str, **details: Any) -> None:
        """Add a problem with the innermost open element."""
        name, element = self._elements[-1] if self._elements else ("", None)
        parent = self._elements[-2][0] if len(self._elements) > 1 else ""
        self.problems.append(Problem(kind, element, name, parent, **details))

    def _not_allowed(self, name: str, element: Any) -> Opening:
        """Report an element that cannot stand here, and return a way to go on."""
        automaton = self.automaton
        expected = element_names(self.state.patterns, automaton.derivatives)
        skipped = automaton.skip_missing(self.state, name)
        if skipped is not None and self._elements:
            opening, missing = skipped
            names = {name for pattern in missing for name in names_of(pattern.names)}
            self._report(kinds.MISSING_ELEMENT, found=name, expected=tuple(sorted(names)))
            return opening
        kind = kinds.MISPLACED_ELEMENT if name in automaton.declared else kinds.UNKNOWN_ELEMENT
        parent = self._elements[-1][0] if self._elements else ""
        self.problems.append(
            Problem(
                kind,
                element,
                name,
                parent,
                expected=expected,
                text_allowed=any(pattern.has_text for pattern in self.state.patterns),
            )
        )
        return automaton.misplaced(self.state, name)

    def _unknown_attribute(self, state: State, attribute: str, value: str) -> None:
        self._report(
            kinds.UNKNOWN_ATTRIBUTE,
            found=attribute,
            value=value,
            expected=attribute_names(state.patterns),
        )

    def _bad_value(self, step: AttributeStep, attribute: str, value: str) -> State:
        self._report(
            kinds.BAD_VALUE, attribute=attribute, found=value, expected=allowed_values(step.values)
        )
        return self.automaton.after_attribute(step, step.all)

    def _missing_attribute(self, state: State, unknown: bool) -> State:
        """Report the attributes that lack, unless an unknown one was probably meant to be one."""
        if not unknown:
            names = missing_attributes(state.patterns, self.automaton.derivatives)
            self._report(kinds.MISSING_ATTRIBUTE, expected=names)
        return self.automaton.forgive_attributes(state)

    # -- text ---------------------------------------------------------------------------------

    def text(self, text: str) -> None:
        """Go over text that stands before a child element."""
        state = self.automaton.text(self.state)
        if state is not None:
            self.state = state
        elif self.state.has_data:  # the text may be right, and the child is what is wrong
            self.state = self.automaton.only_data(self.state)
        else:
            self._stray_text(text)

    def _stray_text(self, text: str) -> None:
        self._report(
            kinds.TEXT_NOT_ALLOWED,
            found=_beginning(text),
            expected=element_names(self.state.patterns, self.automaton.derivatives),
        )
        self.state = self.automaton.after_stray_text(self.state)

    # -- end tags -----------------------------------------------------------------------------

    def end(self, text: str) -> None:
        """Go out of the element; TEXT is what came since its last child, or all its text."""
        fitted = self._fitted(text)
        opening = self._openings.pop()
        self._elements.pop()
        self._has_children = self._outer.pop()
        self.state = opening.after.get(fitted) or self.automaton.after(opening, fitted)

    def _fitted(self, text: str) -> int:
        """Return the readings that the element fitted, all of them where none did."""
        state = self.state
        if state.has_data and not self._has_children:
            fitted = self.automaton.fitting_text(state, text, self.context)
            if not fitted:
                self._bad_text(text)
            return fitted or state.all
        if text and text.strip(_WHITE):
            self.text(text)
            state = self.state
        if not state.complete:
            if not (state.has_data and self._has_children):  # the children were reported
                self._report(
                    kinds.INCOMPLETE_CONTENT,
                    expected=element_names(state.patterns, self.automaton.derivatives),
                )
            return state.all
        return state.complete

    def _bad_text(self, text: str) -> None:
        if text.strip(_WHITE) or not element_names(self.state.patterns, self.automaton.derivatives):
            self._report(
                kinds.BAD_VALUE,
                found=_beginning(text),
                expected=allowed_values(self.state.patterns),
            )
        else:
            self._report(
                kinds.INCOMPLETE_CONTENT,
                expected=element_names(self.state.patterns, self.automaton.derivatives),
            )


def _beginning(text: str) -> str:
    return " ".join(text.split())[:_SHOWN]


def validate_tree(
    automaton: RecoveringAutomaton,
    tree: etree._ElementTree | etree._Element,
) -> Iterator[Problem]:
    """Yield what is wrong in the tree."""
    context = ElementContext()
    validation = Validation(automaton, context)
    problems = validation.problems
    text = ""
    for event, node in etree.iterwalk(tree, events=_EVENTS):
        if event == "start":
            if text and text.strip(_WHITE):
                validation.text(text)
            context.element = node
            validation.start(node.tag, node.items(), node)
            text = node.text
        elif event == "end":
            context.element = node
            validation.end(text or "")
            text = node.tail
        elif node.tail and validation._elements:
            text = (text or "") + node.tail
        if problems:
            yield from problems
            problems.clear()
