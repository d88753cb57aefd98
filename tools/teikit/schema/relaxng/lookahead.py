"""Choosing how to read a mistake: the reading after which the fewest others follow.

Each reading is tried on what comes next, as far as a short way into it. A document has so many
mistakes at most that are looked into; after them, the reading is the one that is likely.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from lxml import etree

from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng import readings
from teikit.schema.relaxng.automaton import Opening
from teikit.schema.relaxng.likeness import is_copy
from teikit.schema.relaxng.readings import Reading
from teikit.schema.relaxng.recovery import MISPLACED

if TYPE_CHECKING:
    from teikit.schema.relaxng.validator import Validation

_WHITE = " \t\r\n"
_EVENTS = ("start", "end", "comment", "pi")
_AHEAD = 200  # start and end tags that are looked at for each reading
_BUDGET = 150_000  # start and end tags that are looked at for one document
_SIBLINGS = 4  # elements before the mistake that may be the mistake


class Outlook:
    """Looks ahead from the mistakes of one document."""

    def __init__(self) -> None:
        self._left = _BUDGET
        self._judged: Any = None  # the last element whose own name was doubted

    def child(self, validation: Validation, name: str, element: etree._Element) -> Opening:
        """Report an element that is not allowed, and return the step into it."""
        best, least = readings.likely, 1 << 30
        for reading in self._readings(validation, name, element):
            trial = validation.trial()
            opening = reading(trial, name, element)
            if opening is None:
                continue
            cost = self._cost(trial, element, opening, least)
            if cost < least:
                best, least = reading, cost
            if least == 1 or self._left < 0:
                break
        return best(validation, name, element)

    def _readings(
        self, validation: Validation, name: str, element: etree._Element
    ) -> Iterator[Reading]:
        """Yield what may be tried, the likely first."""
        if self._left < 0:
            return
        if name not in validation.automaton.declared:
            similar = validation.automaton.similar(validation.state, name)
            yield from map(readings.misspelt, similar)
        if not is_copy(element):
            yield readings.missing_before
        yield readings.too_much
        yield readings.missing_before
        yield readings.tags_too_much
        if not validation.open:
            return
        yield readings.left_outside
        before = element.itersiblings(etree.Element, preceding=True)
        yield from map(readings.sibling_too_much, islice(before, _SIBLINGS))
        yield readings.parent_mistaken
        yield readings.parent_tags_too_much

    def attributes(self, validation: Validation, element: etree._Element) -> None:
        """Take the innermost element for another one if its attributes and content say so.

        Its attributes were reported just now: one problem stays.
        """
        other = self._other(validation, element)
        if other is None:
            return
        _opening, name, _element, before = validation.open.pop()
        trial = validation.trial()
        trial.state, trial.context.element = before, element
        trial.start(name, element.items(), element, other)
        validation.open.append((other, name, element, before))
        validation.state = trial.state
        found = [problem for problem in validation.problems if problem.element is element]
        for problem in found[1:]:
            validation.problems.remove(problem)

    def text(self, validation: Validation, before: etree._Element | None) -> bool:
        """Take the innermost element for another one if its text and content say so.

        Returns whether that was done, and reported.
        """
        element = validation.open[-1][2] if validation.open else None
        if element is None or self._judged is element:
            return False
        self._judged = element
        other = self._other(validation, element)
        state = readings.reread_parent(validation, other, before) if other is not None else None
        if state is None:
            return False
        validation.state = state
        validation.report(kinds.MISPLACED_ELEMENT, meant=readings.other_name(validation))
        return True

    def _other(self, validation: Validation, element: etree._Element) -> Opening | None:
        """Return another step into the innermost element that leaves fewer problems."""
        opening, name, _element, before = validation.open[-1]
        if opening.role or self._left < 0:
            return None
        as_written = self._cost(validation.trial(1), element, opening, 1 << 30)
        for reading in (readings.too_much, readings.tags_too_much):
            if as_written < 2:
                return None
            trial = validation.trial(1)
            step = reading(trial, name, element)
            if self._cost(trial, element, step, as_written) < as_written:
                if step.role == MISPLACED:
                    return step
                return validation.automaton.passing(before, readings.Left(validation))
        return None

    def _cost(self, trial: Validation, element: etree._Element, opening: Opening, most: int) -> int:
        """Return how many problems there are from the element to the end of its parent.

        Stops at MOST, and where it looked far enough.
        """
        count = 0
        for event, node, text in _ahead(element):
            if event == "text":
                trial.text(text)
                continue
            trial.context.element = node
            if event == "start":
                trial.start(node.tag, node.items(), node, opening)
                opening = None
            elif trial.open:
                trial.end(text)
            count += 1
            if count > _AHEAD or len(trial.problems) >= most:
                break
        self._left -= count
        return len(trial.problems)


def _ahead(element: etree._Element) -> Iterator[tuple[str, Any, str]]:
    """Yield the texts and tags from the element to the end tag of its parent."""
    text = ""
    for sibling in chain((element,), element.itersiblings()):
        if not isinstance(sibling.tag, str):
            text += sibling.tail or ""
            continue
        for event, node in etree.iterwalk(sibling, events=_EVENTS):
            if event == "start":
                if text.strip(_WHITE):
                    yield "text", None, text
                yield "start", node, ""
                text = node.text or ""
            elif event == "end":
                yield "end", node, text
                text = node.tail or ""
            else:
                text += node.tail or ""
    yield "end", element.getparent(), text
