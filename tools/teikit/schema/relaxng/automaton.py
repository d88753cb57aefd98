"""Patterns as an automaton: states and the steps between them, made when a document needs them.

A state is what may still come in one open element. Where a schema is ambiguous there are several
*readings* of what came before, and the state keeps a pattern for each. Which of them the element
fitted is known when it ends: a number with a bit for each reading says so. A state knows nothing
of the ancestors, so its steps are found once and serve every document.
"""

from typing import Any

from teikit.schema.relaxng.datatypes import Context
from teikit.schema.relaxng.derivatives import Derivatives
from teikit.schema.relaxng.patterns import LARGEST_POOL, Pattern, Pool

_UNTRIED = object()


class State:
    """What may still come: one pattern for each reading."""

    __slots__ = (
        "_closed",
        "_text",
        "all",
        "attributes",
        "complete",
        "has_data",
        "opened",
        "patterns",
        "recovered",
    )

    def __init__(self, patterns: tuple[Pattern, ...]):
        self.patterns = patterns
        self.all = (1 << len(patterns)) - 1
        self.complete = mask(pattern.nullable for pattern in patterns)  # readings that may end
        self.has_data = any(pattern.has_data for pattern in patterns)
        self.opened: dict[str, Opening | None] = {}
        self.attributes: dict[str, AttributeStep | None] = {}
        self.recovered: dict[object, Any] = {}  # kept by recovery.py
        self._closed: object = _UNTRIED
        self._text: object = _UNTRIED


class Opening:
    """A step into a child element: its state inside, and the way on after it."""

    __slots__ = ("_ways", "after", "inside", "role")

    def __init__(
        self,
        inside: State,
        ways: tuple[tuple[tuple[int, Pattern], ...], ...],
        after: dict[int, State] | None = None,
        role: str = "",
    ):
        self.inside = inside
        self.role = role  # what recovery.py takes the element for; "" where the grammar has it
        self._ways = ways  # for each reading outside: (reading inside, pattern after)
        self.after = {} if after is None else after  # by the readings inside that fitted


class AttributeStep:
    """A step over an attribute: the patterns of its value, and the state by which of them fit."""

    __slots__ = ("_ways", "after", "all", "any_value", "values")

    def __init__(
        self, values: tuple[Pattern, ...], ways: tuple[tuple[tuple[int, Pattern], ...], ...]
    ):
        self.values = values
        self.all = (1 << len(values)) - 1
        self.any_value = all(allows_everything(value) for value in values)
        self._ways = ways
        self.after: dict[int, State | None] = {}


def mask(bits: object) -> int:
    """Return the number whose bits are these truth values, the first one lowest."""
    return sum(1 << index for index, bit in enumerate(bits) if bit)


def allows_everything(pattern: Pattern) -> bool:
    """Return whether every text matches."""
    if pattern.kind == "data":
        return pattern.datatype.anything and pattern.content is None
    return pattern.kind == "text"


class Automaton:
    """All states of one grammar that came up so far."""

    def __init__(self, pool: Pool, start: Pattern):
        self.pool = pool
        self.derivatives = Derivatives(pool)
        self._states: dict[tuple[Pattern, ...], State] = {}
        self.start = self.state((start,))

    def state(self, patterns: tuple[Pattern, ...]) -> State:
        """Return the state with these patterns."""
        state = self._states.get(patterns)
        if state is None:
            state = self._states[patterns] = State(patterns)
        return state

    def _alive(self, patterns: tuple[Pattern, ...]) -> State | None:
        if all(pattern is self.pool.not_allowed for pattern in patterns):
            return None
        return self.state(patterns)

    # -- elements -----------------------------------------------------------------------------

    def open(self, state: State, name: str) -> Opening | None:
        """Return the step into an element of this name; None where it is not allowed."""
        if name in state.opened:
            return state.opened[name]
        opening = self._open(state, name)
        if len(state.opened) < LARGEST_POOL:
            state.opened[name] = opening
        return opening

    def _open(self, state: State, name: str) -> Opening | None:
        readings: dict[Pattern, int] = {}
        ways = tuple(
            tuple(
                (readings.setdefault(content, len(readings)), after)
                for content, after in self.derivatives.start_tag(pattern, name)
            )
            for pattern in state.patterns
        )
        return Opening(self.state(tuple(readings)), ways) if readings else None

    def after(self, opening: Opening, fitted: int) -> State:
        """Return the state after the child element, given the readings that fitted it."""
        state = opening.after.get(fitted)
        if state is None:
            state = opening.after[fitted] = self.state(
                tuple(
                    self.pool.choice([after for inside, after in ways if fitted >> inside & 1])
                    for ways in opening._ways
                )
            )
        return state

    # -- attributes ---------------------------------------------------------------------------

    def attribute(self, state: State, name: str) -> AttributeStep | None:
        """Return the step over an attribute of this name; None where it is not allowed."""
        if name in state.attributes:
            return state.attributes[name]
        values: dict[Pattern, int] = {}
        ways = tuple(
            tuple(
                (values.setdefault(value, len(values)), left)
                for value, left in self.derivatives.attribute(pattern, name)
            )
            for pattern in state.patterns
        )
        step = AttributeStep(tuple(values), ways) if values else None
        state.attributes[name] = step
        return step

    def after_attribute(self, step: AttributeStep, fitted: int) -> State | None:
        """Return the state after the attribute, given the values that fitted; None for none."""
        if fitted not in step.after:
            step.after[fitted] = self._alive(
                tuple(
                    self.pool.choice([left for value, left in ways if fitted >> value & 1])
                    for ways in step._ways
                )
            )
        return step.after[fitted]

    def fitting_values(self, step: AttributeStep, value: str, context: Context) -> int:
        """Return which patterns of the step allow the value."""
        if step.any_value:
            return step.all
        return mask(self.derivatives.matches(pattern, value, context) for pattern in step.values)

    def close_start_tag(self, state: State) -> State | None:
        """Return the state when all attributes are there; None where one is missing."""
        if state._closed is _UNTRIED:
            state._closed = self._alive(
                tuple(self.derivatives.close_start_tag(pattern) for pattern in state.patterns)
            )
        return state._closed

    def forgive_attributes(self, state: State) -> State:
        """Return the state as if the attributes that are missing were there."""
        return self.state(
            tuple(self.derivatives.forgive_attributes(pattern) for pattern in state.patterns)
        )

    # -- text ---------------------------------------------------------------------------------

    def text(self, state: State) -> State | None:
        """Return the state after text beside elements; None where it is not allowed."""
        if state._text is _UNTRIED:
            state._text = self._alive(
                tuple(self.derivatives.mixed_text(pattern) for pattern in state.patterns)
            )
        return state._text

    def only_data(self, state: State) -> State:
        """Return the state with the alternatives in which text may be data."""
        return self.state(tuple(self.derivatives.only_data(pattern) for pattern in state.patterns))

    def fitting_text(self, state: State, text: str, context: Context) -> int:
        """Return the readings that an element fits whose whole content is this text."""
        return mask(self.derivatives.matches(pattern, text, context) for pattern in state.patterns)
