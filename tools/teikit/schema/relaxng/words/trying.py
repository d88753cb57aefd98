"""Whether an advice helps: what stands in one parent is read again as if it had been followed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from teikit.schema.relaxng.automaton import State
from teikit.schema.relaxng.errors import TooComplex
from teikit.schema.relaxng.recovery import TEXT, RecoveringAutomaton
from teikit.schema.relaxng.words.facts import needed
from teikit.schema.relaxng.words.things import Thing, content_of, things_in

_AHEAD = 60  # things behind the place in question that are read again
_MOST = 2_000  # things in one parent that are looked at
_BACK = 300  # things before it among which its place is sought
_TRIES = 10  # places before which one thing is tried
_END = "end"


@dataclass(frozen=True)
class Around:
    """How many things, beginning with one, an element can be put around."""

    count: int
    next: etree._Element | None  # the element before which it ends; None for none
    last: etree._Element | None  # the last of them, where text comes next


class Row:
    """What stands in one parent: things in their order, and what could stand before each."""

    def __init__(self, automaton: RecoveringAutomaton, parent: etree._Element):
        self._automaton = automaton
        self.things = list(islice(things_in(parent), _MOST))
        self.states: list[State] = []
        state = self.start = content_of(automaton, parent.tag)
        for thing in self.things:
            self.states.append(state)
            state, _fits = self._step(state, thing.name)
        self.end = state
        self.has_text = any(one.name == TEXT for one in self.things)
        self._indices = {one.element: at for at, one in enumerate(self.things)}

    def index(self, element: etree._Element) -> int:
        """Return where the element is among the things; -1 where it was not looked at."""
        return self._indices.get(element, -1)

    def index_of_text(self, beginning: str) -> int:
        """Return where the first text that is not allowed begins so; -1 where none does."""
        for at, one in enumerate(self.things):
            if one.name == TEXT and one.text.startswith(beginning) and self.is_misfit(at):
                return at
        return -1

    def expected(self, at: int) -> tuple[str, ...]:
        """Return the names of the elements that could stand there."""
        return self._automaton.expected(self.states[at])

    def needed(self, at: int) -> list[frozenset[str]]:
        """Return the elements that must come there, in order; each with what may replace it.

        At the end where AT is as many as there are things.
        """
        state = self.states[at] if at < len(self.states) else self.end
        try:
            return needed(state.patterns)
        except RecursionError:
            return []

    def needed_before(self, at: int, name: str) -> list[frozenset[str]]:
        """Return the elements that are missing before one of this name; none where that is not
        what is wrong."""
        state, missing = self.states[at], []
        for names in self.needed(at):
            if self._fits(state, name):
                break
            after = self._after(state, min(names))
            if after is None:
                return []
            state, missing = after, [*missing, names]
        return missing if self._fits(state, name) else []

    def is_misfit(self, at: int) -> bool:
        """Return whether this thing cannot stand where it does."""
        return not self._step(self.states[at], self.things[at].name)[1]

    def first_misfit(self, name: str) -> etree._Element | None:
        """Return the first child of this name that cannot stand where it does."""
        misfits = (at for at, one in enumerate(self.things) if one.name == name)
        return next((self.things[at].element for at in misfits if self.is_misfit(at)), None)

    def before(self, at: int, name: str) -> tuple[etree._Element, int] | None:
        """Return the nearest sibling in front before which an element of this name would do.

        And how many elements must go there with it, since they cannot stand here either.
        """
        run = 1
        while at + run < len(self.things) and run < _AHEAD and self.is_misfit(at + run):
            run += 1
        moved = [Thing(name), *self.things[at + 1 : at + run]]
        tries = 0
        for other in range(at - 1, max(at - _BACK, 0) - 1, -1):
            sibling = self.things[other]
            if sibling.element is None or tries == _TRIES:
                return None  # words must keep their order
            if self._fits(self.states[other], name):
                between, tries = self.things[other:at], tries + 1
                if self._better(other, at + run, [*moved, *between], between):
                    return sibling.element, run
        return None

    def after(self, at: int, name: str) -> etree._Element | None:
        """Return the nearest sibling behind after which an element of this name would do."""
        moved = Thing(name)
        for other in range(at + 1, min(at + _AHEAD, len(self.things))):
            if self.things[other].element is None:
                return None
            between = self.things[at + 1 : other + 1]
            if self._better(at, other + 1, [*between, moved], between):
                return self.things[other].element
        return None

    def first(self, at: int) -> etree._Element | None:
        """Return the first sibling of the same name, where that is right in its place."""
        name = self.things[at].name
        for other in range(at):
            if self.things[other].name == name:
                return None if self.is_misfit(other) else self.things[other].element
        return None

    def without(self, at: int, other: str, name: str) -> etree._Element | None:
        """Return the first sibling called OTHER if without all of them one NAME would do here."""
        first, kept = None, []
        if len(self.things) > _BACK:
            return None
        for index, one in enumerate(self.things):
            if one.name != other or index == at:
                kept.append(Thing(name) if index == at else one)
            else:
                first = first if first is not None else one.element
        state = self.start
        for one in kept:
            state, fits = self._step(state, one.name)
            if one.element is None and one.name == name and not fits:
                return None
        return first

    def around(self, at: int, wrapper: str, name: str = "") -> Around | None:
        """Return what the element WRAPPER can be put around from there on; None for nothing.

        It takes in what can stand only in it; NAME is what the first thing should be called.
        """
        inside = content_of(self._automaton, wrapper, attributes=True)
        after = self._after(self.states[at], wrapper)
        if inside is None or after is None:
            return None
        run = [Thing(name or self.things[at].name), *self.things[at + 1 : at + _AHEAD]]
        count = last = 0
        for number, thing in enumerate(run, 1):
            outer = self._after(after, thing.name) if last else None
            inside = self._after(inside, thing.name)
            if inside is None:
                break
            after, last = (after, number) if outer is None else (outer, last)
            if inside.complete and (count < last or not count):
                count = number
        if not count or count < last or not self._better(at, at + count, [Thing(wrapper)], []):
            return None
        behind = self.things[at + count : at + count + 2]
        words_behind = len(behind) == 2 and behind[1].name == TEXT
        if words_behind and not any(self._fits(after, thing.name) for thing in behind):
            return None  # another mistake in the midst of words
        return Around(count, behind[0].element if behind else None, self._last(at, count, behind))

    def _last(self, at: int, count: int, behind: Sequence[Thing]) -> etree._Element | None:
        """Return the last of the things if text stands behind them."""
        is_text = behind and behind[0].name == TEXT
        return self.things[at + count - 1].element if is_text else None

    def is_sound(self) -> bool:
        """Return whether all is right here but what has names that nobody knows."""
        known = self._automaton.declared
        things = [one for one in self.things if one.name == TEXT or one.name in known]
        return not self._faults(self.start, things, whole=len(things) == len(self.things))

    def swallowed(self, element: etree._Element, before: etree._Element) -> int:
        """Return how many things from the element on belong into the one BEFORE it; 0 for none."""
        at = self.index(element)
        if at < 1 or self.things[at - 1].element is not before:
            return 0
        inside = Row(self._automaton, before).end
        count = 0
        for thing in self.things[at : at + _AHEAD]:
            state = self._after(inside, thing.name)
            if state is None or thing.element is None or self.fits(at, thing.name):
                break
            inside, count = state, count + 1
        return count if inside.complete and self._better(at, at + count, [], []) else 0

    def fits(self, at: int, name: str) -> bool:
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
        ways = {
            "end": [own, moved, *behind] if front and rest_is_wrong else [],
            "begin": [moved, own] if behind and not front else [],
            "split": [own, moved, own] if front and behind else [],
        }
        for way, instead in ways.items():
            kept = (front, behind) if way == "split" else (behind if way == "begin" else front,)
            if instead and all(map(self._closes, kept)) and parent._holds(index, instead):
                return way
        return ""

    def _holds(self, index: int, instead: Sequence[Thing]) -> bool:
        """Return whether these things instead of one that is right bring no mistakes."""
        behind = self.things[index + 1 : index + 1 + _AHEAD]
        whole = index + 1 + _AHEAD >= len(self.things)
        old = self._faults(self.states[index], [self.things[index], *behind], whole)
        return self._faults(self.states[index], [*instead, *behind], whole) <= old

    def _closes(self, things: Sequence[Thing]) -> bool:
        return not self._faults(self.start, things, whole=True)

    def _better(
        self, start: int, end: int, instead: Sequence[Thing], without: Sequence[Thing]
    ) -> bool:
        """Return whether with these things instead there are fewer mistakes, and none beside
        those that would be there WITHOUT the wrong ones."""
        behind = self.things[end : end + _AHEAD]
        whole = end + _AHEAD >= len(self.things)
        old, new, rest = (
            self._faults(self.states[start], [*things, *behind], whole)
            for things in (self.things[start:end], instead, without)
        )
        return new < old and new <= rest

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
        skipped = self._over_missing(state, name) if name != TEXT else None
        if skipped is None:
            return state, False
        return self._automaton.after(skipped[0], skipped[0].inside.all), False

    def _fits(self, state: State, name: str) -> bool:
        return self._after(state, name) is not None

    def _over_missing(self, state: State, name: str) -> tuple | None:
        try:
            return self._automaton.skip_missing(state, name)
        except (TooComplex, RecursionError):
            return None

    def _after(self, state: State, name: str) -> State | None:
        """Return the state after something that may stand there; None where it may not."""
        try:
            if name == TEXT:
                return state if state.has_data else self._automaton.text(state)
            opening = self._automaton.open(state, name)
            return opening and self._automaton.after(opening, opening.inside.all)
        except (TooComplex, RecursionError):
            return None
