"""Whether an advice helps: what stands in one parent is read again as if it had been followed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from teikit.schema.relaxng.automaton import State
from teikit.schema.relaxng.derivatives import Derivatives
from teikit.schema.relaxng.recovery import TEXT, RecoveringAutomaton

_AHEAD = 60  # things behind the place in question that are read again
_MOST = 2_000  # things in one parent that are looked at
_END = "end"


@dataclass(frozen=True)
class Thing:
    """A child element, or text between child elements."""

    name: str  # TEXT for text
    element: etree._Element | None = None
    text: str = ""


@dataclass(frozen=True)
class Around:
    """How many things, beginning with one, an element can be put around."""

    count: int
    next: etree._Element | None  # the element before which it ends; None at the end


class Row:
    """What stands in one parent: things in their order, and what could stand before each."""

    def __init__(self, automaton: RecoveringAutomaton, parent: etree._Element):
        self._automaton = automaton
        self.things = list(islice(_things(parent), _MOST))
        self.states: list[State] = []
        state = _content(automaton, parent.tag)
        for thing in self.things:
            self.states.append(state)
            state, _fits = self._step(state, thing.name)
        self.end = state

    def index(self, element: etree._Element) -> int:
        """Return where the element is among the things; -1 where it was not looked at."""
        return next((at for at, one in enumerate(self.things) if one.element is element), -1)

    def index_of_text(self, beginning: str) -> int:
        """Return where the first text that is not allowed begins so; -1 where none does."""
        for at, one in enumerate(self.things):
            if one.name == TEXT and one.text.startswith(beginning):
                if not self._step(self.states[at], TEXT)[1]:
                    return at
        return -1

    def expected(self, at: int) -> tuple[str, ...]:
        """Return the names of the elements that could stand there."""
        return self._automaton.expected(self.states[at])

    def could_be(self, at: int, name: str) -> bool:
        """Return whether an element of this name there would leave fewer mistakes."""
        return self._better(at, at + 1, [Thing(name)])

    def is_misfit(self, at: int) -> bool:
        """Return whether this thing cannot stand where it does."""
        return not self._step(self.states[at], self.things[at].name)[1]

    def before(self, at: int, name: str) -> etree._Element | None:
        """Return the nearest sibling in front before which an element of this name would do."""
        moved = Thing(name)
        for other in range(at - 1, -1, -1):
            sibling = self.things[other]
            if sibling.element is None:
                return None  # words must keep their order
            if self._fits(self.states[other], name):
                between = self.things[other:at]
                if self._better(other, at + 1, [moved, *between]):
                    return sibling.element
        return None

    def after(self, at: int, name: str) -> etree._Element | None:
        """Return the nearest sibling behind after which an element of this name would do."""
        moved = Thing(name)
        for other in range(at + 1, min(at + _AHEAD, len(self.things))):
            if self.things[other].element is None:
                return None
            between = self.things[at + 1 : other + 1]
            if self._better(at, other + 1, [*between, moved]):
                return self.things[other].element
        return None

    def without(self, at: int, other: str, name: str) -> etree._Element | None:
        """Return the first sibling called OTHER if without all of them one NAME would do here."""
        first, kept = None, []
        for index, one in enumerate(self.things):
            if one.name != other or index == at:
                kept.append(Thing(name) if index == at else one)
            else:
                first = first if first is not None else one.element
        state = self.states[0]
        for one in kept:
            state, fits = self._step(state, one.name)
            if one.element is None and one.name == name and not fits:
                return None
        return first

    def around(self, at: int, wrapper: str, name: str = "") -> Around | None:
        """Return what the element WRAPPER can be put around from there on; None for nothing.

        It takes in what can stand only in it; NAME is what the first thing should be called.
        """
        inside = _content(self._automaton, wrapper, attributes=True)
        after = self._after(self.states[at], wrapper)
        if inside is None or after is None:
            return None
        run = [Thing(name or self.things[at].name), *self.things[at + 1 : at + _AHEAD]]
        count = 0
        for thing in run:
            if count and inside.complete and self._fits(after, thing.name):
                break
            state = self._after(inside, thing.name)
            if state is None:
                break
            inside, count = state, count + 1
        if not count or not inside.complete:
            return None
        if not self._better(at, at + count, [Thing(wrapper)]):
            return None
        behind = self.things[at + count] if at + count < len(self.things) else None
        return Around(count, behind.element if behind else None)

    def swallowed(self, element: etree._Element, before: etree._Element) -> int:
        """Return how many things from the element on belong into the one BEFORE it; 0 for none."""
        at = self.index(element)
        if at < 1 or self.things[at - 1].element is not before:
            return 0
        inside = Row(self._automaton, before).end
        count = 0
        for thing in self.things[at : at + _AHEAD]:
            state = self._after(inside, thing.name)
            if state is None or thing.element is None or self.states_fit(at, thing.name):
                break
            inside, count = state, count + 1
        return count if inside.complete and self._better(at, at + count, []) else 0

    def states_fit(self, at: int, name: str) -> bool:
        """Return whether an element of this name could stand there."""
        return self._fits(self.states[at], name)

    def inside_out(self, at: int, parent: "Row", index: int, name: str) -> str:
        """Return how the element around could end or begin here: "end", "begin" or "split".

        PARENT is the row in which that element stands, at INDEX; "" where nothing helps.
        """
        own = parent.things[index]
        front, behind = self.things[:at], self.things[at + 1 :]
        moved = Thing(name)
        rest_is_wrong = all(self.is_misfit(other) for other in range(at + 1, len(self.things)))
        if front and rest_is_wrong and self._closes(front):
            if parent._better(index, index + 1, [own, moved, *behind], own):
                return "end"
        if behind and not front and self._closes(behind):
            if parent._better(index, index + 1, [moved, own], own):
                return "begin"
        if front and behind and self._closes(front) and self._closes(behind):
            if parent._better(index, index + 1, [own, moved, own], own):
                return "split"
        return ""

    def _closes(self, things: Sequence[Thing]) -> bool:
        return not self._faults(self.states[0], things, whole=True)

    def _better(
        self, start: int, end: int, instead: Sequence[Thing], own: Thing | None = None
    ) -> bool:
        """Return whether with these things instead there are fewer mistakes, and no others.

        OWN is an element that is right where it stands: what is in it was wrong.
        """
        behind = self.things[end : end + _AHEAD]
        whole = end + _AHEAD >= len(self.things)
        old = self._faults(self.states[start], [*self.things[start:end], *behind], whole)
        new = self._faults(self.states[start], [*instead, *behind], whole)
        return new <= old if own is not None else new < old

    def _faults(self, state: State, things: Iterable[Thing], whole: bool) -> set[object]:
        """Return what does not fit, each text and element as itself."""
        found: set[object] = set()
        for thing in things:
            state, fits = self._step(state, thing.name)
            if not fits:
                found.add(id(thing))
        if whole and not state.complete:
            found.add(_END)
        return found

    def _step(self, state: State, name: str) -> tuple[State, bool]:
        """Return the state after something, and whether it could stand there."""
        after = self._after(state, name)
        if after is not None:
            return after, True
        skipped = self._automaton.skip_missing(state, name) if name != TEXT else None
        if skipped is None:
            return state, False
        return self._automaton.after(skipped[0], skipped[0].inside.all), False

    def _fits(self, state: State, name: str) -> bool:
        return self._after(state, name) is not None

    def _after(self, state: State, name: str) -> State | None:
        if name == TEXT:
            return state if state.has_data else self._automaton.text(state)
        opening = self._automaton.open(state, name)
        return opening and self._automaton.after(opening, opening.inside.all)


def _content(automaton: RecoveringAutomaton, name: str, attributes: bool = False) -> State | None:
    """Return the state at the beginning of what is in an element.

    With ATTRIBUTES, None where it must have some.
    """
    contents = [pattern.content for pattern in automaton.declared.get(name, ())]
    derivatives: Derivatives = automaton.derivatives
    if attributes:
        closed = map(derivatives.close_start_tag, contents)
        contents = [one for one in closed if one is not automaton.pool.not_allowed]
        return automaton.state(tuple(contents)) if contents else None
    return automaton.state(tuple(map(derivatives.forgive_attributes, contents)))


def _things(parent: etree._Element) -> Iterator[Thing]:
    text = parent.text or ""
    for child in parent:
        if isinstance(child.tag, str):
            if text.strip():
                yield Thing(TEXT, None, " ".join(text.split()))
            yield Thing(child.tag, child)
            text = ""
        text += child.tail or ""
    if text.strip():
        yield Thing(TEXT, None, " ".join(text.split()))
