"""Walking through a document, from state to state; what does not fit becomes a Problem.

A Validation is told of start tags, text and end tags. It never looks back and never recurses,
so a document may be as deep and as long as it likes.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from teikit.document import OURS
from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng import readings
from teikit.schema.relaxng.automaton import AttributeStep, Opening, State
from teikit.schema.relaxng.datatypes import Context
from teikit.schema.relaxng.expectations import (
    allowed_values,
    attribute_names,
    missing_attributes,
)
from teikit.schema.relaxng.lookahead import Outlook
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.recovery import PASSING, RecoveringAutomaton

_WHITE = " \t\r\n"
_OURS = f"{{{OURS}}}"
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

    def __init__(
        self,
        automaton: RecoveringAutomaton,
        context: Context | None = None,
        outlook: Outlook | None = None,
    ):
        self.automaton = automaton
        self.context = context or ElementContext()
        self.problems: list[Problem] = []
        self.state: State = automaton.start
        # of each open element: the step into it, its name, itself, the state before it
        self.open: list[tuple[Opening, str, Any, State]] = []
        self.ended: State = automaton.start  # where the last element that ended left off
        self._has_children = False
        self._outlook = outlook

    def trial(self, depth: int = 0) -> "Validation":
        """Return a validation that goes on from here, or from DEPTH open elements further out.

        It reports to nobody and does not look ahead.
        """
        trial = Validation(self.automaton, ElementContext())
        trial.state = self.open[-depth][3] if depth else self.state
        trial.open = self.open[-2 - depth : len(self.open) - depth]
        trial.ended = self.ended
        return trial

    # -- start tags ---------------------------------------------------------------------------

    def start(
        self,
        name: str,
        attributes: Iterable[tuple[str, str]],
        element: Any = None,
        opening: Opening | None = None,
    ) -> None:
        """Go into an element, by the step OPENING if that is given."""
        if opening is None:
            opening = self.state.opened.get(name)
            if opening is None:
                opening = self.automaton.open(self.state, name) or self._not_allowed(name, element)
        self.open.append((opening, name, element, self.state))
        self._has_children = False
        state, unknown, wrong = opening.inside, False, False
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
                wrong = True
                after = self._bad_value(step, attribute, value)
            state = after
        closed = self.automaton.close_start_tag(state)
        if closed is None:
            wrong = True
            closed = self._missing_attribute(state, unknown)
        self.state = closed
        if (unknown or wrong) and self._outlook is not None and element is not None:
            self._outlook.attributes(self, element)

    def report(self, kind: str, depth: int = 1, **details: Any) -> None:
        """Add a problem with the innermost open element, or one further out."""
        _step, name, element, _before = self.open[-depth] if self.open else (None, "", None, None)
        parent = self.open[-depth - 1][1] if len(self.open) > depth else ""
        self.problems.append(Problem(kind, element, name, parent, **details))

    def _not_allowed(self, name: str, element: Any) -> Opening:
        """Report an element that cannot stand here, and return a way to go on."""
        self.state = self.automaton.narrowed(self.state)
        if self._outlook is None or element is None:
            return readings.quick(self, name, element)
        return self._outlook.child(self, name, element)

    def _unknown_attribute(self, state: State, attribute: str, value: str) -> None:
        self.report(
            kinds.UNKNOWN_ATTRIBUTE,
            found=attribute,
            value=value,
            expected=attribute_names(state.patterns),
        )

    def _bad_value(self, step: AttributeStep, attribute: str, value: str) -> State:
        self.report(
            kinds.BAD_VALUE, attribute=attribute, found=value, expected=allowed_values(step.values)
        )
        return self.automaton.after_attribute(step, step.all)

    def _missing_attribute(self, state: State, unknown: bool) -> State:
        """Report the attributes that lack, unless an unknown one was probably meant to be one."""
        if not unknown:
            names = missing_attributes(state.patterns, self.automaton.derivatives)
            self.report(kinds.MISSING_ATTRIBUTE, expected=names)
        return self.automaton.forgive_attributes(state)

    def over(self, name: str, element: Any) -> None:
        """Go over a child element without looking into it."""
        opening = self.automaton.open(self.state, name) or self._not_allowed(name, element)
        self._has_children = True
        self._go_on(opening, opening.inside.all)

    def leave(self) -> None:
        """Go out of the innermost element without looking at what is left of it."""
        if self.open:
            self._go_on(self.open.pop()[0], self.state.all)

    def _go_on(self, opening: Opening, fitted: int) -> None:
        self.state = opening.after.get(fitted) or self.automaton.after(opening, fitted)

    # -- text ---------------------------------------------------------------------------------

    def text(self, text: str, before: Any = None) -> None:
        """Go over text that stands before a child element, or at the end."""
        state = self.automaton.text(self.state)
        if state is not None:
            self.state = state
        elif self.state.has_data:  # the text may be right, and the child is what is wrong
            self.state = self.automaton.only_data(self.state)
        else:
            self._stray_text(text, before)

    def _stray_text(self, text: str, before: Any) -> None:
        self.state = self.automaton.narrowed(self.state)
        if self._outlook is None or not self._outlook.text(self, text, before):
            readings.report_text(self, text)

    # -- end tags -----------------------------------------------------------------------------

    def end(self, text: str) -> None:
        """Go out of the element; TEXT is what came since its last child, or all its text."""
        fitted = self._fitted(text)
        self.ended = self.state
        opening = self.open.pop()[0]
        self._has_children = True
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
            if self.open[-1][0].role == PASSING:
                return state.all
            if not (state.has_data and self._has_children):  # the children were reported
                self.report(
                    kinds.INCOMPLETE_CONTENT,
                    expected=self.automaton.expected(state),
                    completing=self.automaton.completing(state),
                )
            return state.all
        return state.complete

    def _bad_text(self, text: str) -> None:
        if text.strip(_WHITE) or not self.automaton.expected(self.state):
            self.report(
                kinds.BAD_VALUE,
                found=readings.beginning(text),
                expected=allowed_values(self.state.patterns),
            )
        else:
            self.report(
                kinds.INCOMPLETE_CONTENT,
                expected=self.automaton.expected(self.state),
                completing=self.automaton.completing(self.state),
            )


def validate_tree(
    automaton: RecoveringAutomaton,
    tree: etree._ElementTree | etree._Element,
) -> Iterator[Problem]:
    """Yield what is wrong in the tree."""
    context = ElementContext()
    validation = Validation(automaton, context, Outlook())
    problems = validation.problems
    text = ""
    for event, node in etree.iterwalk(tree, events=_EVENTS):
        if event == "start":
            if text and text.strip(_WHITE):
                validation.text(text, node)
            context.element = node
            validation.start(node.tag, node.items(), node)
            text = node.text
        elif event == "end":
            context.element = node
            validation.end(text or "")
            text = node.tail
        elif node.tail and validation.open:
            text = (text or "") + node.tail
        if problems:
            yield from problems
            problems.clear()
