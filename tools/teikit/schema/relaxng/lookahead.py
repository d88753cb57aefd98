"""Choosing how to read a mistake: the reading after which the fewest others follow.

Each reading is tried on what comes next, as far as a short way into it. A document has so many
mistakes at most that are looked into; after them, the reading is the one that is found fast.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml import etree

from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng import readings
from teikit.schema.relaxng.automaton import Opening, State
from teikit.schema.relaxng.likeness import find_copy, is_copy
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.readings import Reading
from teikit.schema.relaxng.recovery import MISPLACED, TEXT

if TYPE_CHECKING:
    from teikit.schema.relaxng.validator import Validation

_WHITE = " \t\r\n"
_AHEAD = 60  # children that are looked at for each reading
_BUDGET = 50_000  # children that are looked at for one document
_SIBLINGS = 4  # elements before the mistake that may be the mistake
_SHIFTS = 8  # times in one parent that elements are read as if they stood elsewhere
_RUN = 20  # elements that a missing one may have been around
_WRAPPERS = 3  # elements that are tried around a run
_PROBLEM_COST = 10  # what a problem costs, in children
_NAME_COST = 2_000  # what it takes to find what was meant
_NAMES = 3  # that an unknown one may have been meant to be
_AROUND_TEXT = 60  # elements that are tried around text
_WRAPPERS_COST = 200  # what it takes to find them, in children


class Outlook:
    """Looks ahead from the mistakes of one document."""

    def __init__(self) -> None:
        self._left = _BUDGET
        self._judged: Any = None  # the last element whose own name was doubted
        self._copies: set[etree._Element] = set()  # that were reported
        self._shifts: Counter[etree._Element] = Counter()  # by the parent where it was done

    def child(self, validation: Validation, name: str, element: etree._Element) -> Opening:
        """Report an element that is not allowed, and return the step into it."""
        best, least = readings.quick, 1 << 30
        for reading in self._readings(validation, name, element):
            self._left -= _PROBLEM_COST
            trial = validation.trial()
            opening = reading(trial, name, element)
            if opening is None:
                continue
            cost = self._cost(trial, element, opening, least)
            if cost < least:
                best, least = reading, cost
            if least == 1 or self._left < 0:
                break
        before = validation.state
        opening = best(validation, name, element)
        if validation.state is not before:
            self._shifts[validation.open[-1][2]] += 1
        if best is readings.too_much:
            self._tell_copy(validation, element)
            self._tell_likely(validation, before, element)
        if best is readings.parent_mistaken:
            self._tell_what_was_meant(validation)
        return opening

    def _readings(
        self, validation: Validation, name: str, element: etree._Element
    ) -> Iterator[Reading]:
        """Yield what may be tried, the likely first."""
        if self._left < 0:
            return
        if name not in validation.automaton.declared:
            self._left -= _WRAPPERS_COST
            similar = validation.automaton.similar(validation.state, name)
            yield from map(readings.misspelt, similar[:_NAMES])
        if not is_copy(element):
            yield readings.missing_before
        yield readings.too_much
        yield readings.missing_before
        yield readings.tags_too_much
        if not validation.open:
            return
        if self._may_shift(validation):
            yield readings.left_outside
            wrappers = self._wrappers(validation, _run(element))
            several = [name for name, number in wrappers.items() if number > 1]
            yield from map(readings.missing_around, several[:_WRAPPERS])
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

    def text(self, validation: Validation, text: str, before: etree._Element | None) -> bool:
        """Report stray text if more is wrong than the text; return whether that was done.

        Either an element is missing around it, or the innermost element should be another.
        """
        element = validation.open[-1][2] if validation.open else None
        if element is None:
            return False
        if self._wrap_text(validation, text, before):
            return True
        if self._judged is element:
            return False
        self._judged = element
        other = self._other(validation, element)
        state = readings.reread_parent(validation, other, before) if other is not None else None
        if state is None:
            return False
        validation.state = state
        validation.report(kinds.MISPLACED_ELEMENT)
        self._tell_what_was_meant(validation)
        return True

    def _tell_copy(self, validation: Validation, element: etree._Element) -> None:
        """Put the last problem where a copy stands, if one of several is too many."""
        self._left -= _WRAPPERS_COST
        copy = find_copy(element)
        if copy is not None and copy not in self._copies:
            self._copies.add(copy)
            validation.problems[-1] = replace(validation.problems[-1], element=copy)

    def _tell_likely(self, validation: Validation, state: State, element: etree._Element) -> None:
        """Add to the last problem the name, or the element around, that was likely meant."""
        automaton, name, details = validation.automaton, element.tag, {}
        if self._left < 0:
            return
        if name not in automaton.declared:
            near = automaton.similar(state, name)
            details = {"meant": near[0]} if near else {}
        elif validation.open:
            around = list(self._wrappers(validation, [name]))
            details = {"wrapper": around[0]} if len(around) == 1 else {}
        validation.problems[-1] = replace(validation.problems[-1], **details)

    def _tell_what_was_meant(self, validation: Validation) -> None:
        """Add to the last problem the name that the innermost element should have."""
        if self._left > 0:
            self._left -= _NAME_COST
            meant = readings.other_name(validation)
            validation.problems[-1] = replace(validation.problems[-1], meant=meant)

    def _wrap_text(self, validation: Validation, text: str, before: etree._Element | None) -> bool:
        """Report that an element is missing around text and what follows, if that explains it."""
        if self._left < 0 or not self._may_shift(validation):
            return False
        parent = validation.open[-1][2]
        least = self._cost_of_rest(validation.trial(), parent, before, 1 << 30)
        automaton, best = validation.automaton, None
        run = [TEXT, *(_run(before) if before is not None else ())]
        for wrapper in list(self._wrappers(validation, run))[:_AROUND_TEXT] if least else ():
            if not least:
                break
            state = automaton.text(automaton.around(validation.state, wrapper))
            if state is not None:
                trial = validation.trial()
                trial.state = state
                cost = self._cost_of_rest(trial, parent, before, least)
                if cost < least:
                    best, least = (wrapper, state), cost
        if best is None:
            return False
        readings.report_text(validation, text, best[0])
        validation.state = best[1]
        self._shifts[parent] += 1
        return True

    def _cost_of_rest(
        self, trial: Validation, parent: etree._Element, before: etree._Element | None, most: int
    ) -> int:
        """Return how many problems there are from a child to the end of its parent."""
        rest = (before, *before.itersiblings()) if before is not None else ()
        self._follow(trial, parent, "", rest, most)
        self._left -= _PROBLEM_COST * (len(trial.problems) + 1)
        return len(trial.problems)

    def _may_shift(self, validation: Validation) -> bool:
        """Return whether elements may still be read as if they stood elsewhere.

        In one parent that is done a few times only, since each time makes the state larger.
        """
        return self._shifts[validation.open[-1][2]] < _SHIFTS

    def _wrappers(self, validation: Validation, run: list[str]) -> dict[str, int]:
        self._left -= _WRAPPERS_COST
        parent = validation.open[-1][2]
        beside = {child.tag for child in islice(parent.iterchildren(etree.Element), _AHEAD)}
        return validation.automaton.find_wrappers(validation.state, run, beside)

    def _other(self, validation: Validation, element: etree._Element) -> Opening | None:
        """Return another step into the innermost element that leaves fewer problems."""
        opening, name, _element, before = validation.open[-1]
        if opening.role or self._left < 0:
            return None
        trial = validation.trial(1)
        as_written = self._cost(trial, element, opening, 1 << 30)
        others = [readings.too_much]
        if not all(_is_of_attribute(problem, element) for problem in trial.problems):
            others.append(readings.tags_too_much)  # which takes any attribute
        for reading in others:
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

        Looks at the children of both, not into them; stops at MOST, and where it is far enough.
        """
        trial.context.element = element
        trial.start(element.tag, element.items(), element, opening)
        self._follow(trial, element, element.text or "", element.iterchildren(), most)
        parent = element.getparent()
        if parent is not None and len(trial.problems) < most:
            self._follow(trial, parent, element.tail or "", element.itersiblings(), most)
        self._left -= _PROBLEM_COST * (len(trial.problems) + 1)
        return len(trial.problems)

    def _follow(
        self,
        trial: Validation,
        parent: etree._Element,
        text: str,
        children: Iterable[etree._Element],
        most: int,
    ) -> None:
        """Let the trial go over the text and the children to the end of their parent."""
        for count, child in enumerate(children):
            if count == _AHEAD or len(trial.problems) >= most:
                trial.leave()
                return
            if isinstance(child.tag, str):
                self._left -= 1
                if text.strip(_WHITE):
                    trial.text(text)
                trial.over(child.tag, child)
                text = ""
            text += child.tail or ""
        trial.context.element = parent
        if trial.open:
            trial.end(text)


def _is_of_attribute(problem: Problem, element: etree._Element) -> bool:
    """Return whether the problem is an attribute of the element."""
    return problem.element is element and (
        problem.kind in (kinds.UNKNOWN_ATTRIBUTE, kinds.MISSING_ATTRIBUTE)
        or bool(problem.attribute)
    )


def _run(element: etree._Element) -> list[str]:
    """Return the names of the element and of what follows it in its parent."""
    run = [element.tag]
    for sibling in islice(element.itersiblings(etree.Element), _RUN):
        before = sibling.getprevious()
        if before is not None and (before.tail or "").strip(_WHITE):
            run.append(TEXT)
        run.append(sibling.tag)
    return run
