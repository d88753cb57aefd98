"""Going on after a mistake, so that one mistake gives one problem.

After something that is not allowed, the state holds what a scholar may have meant: that it is
too much, or that it stands in the place of something else. What comes next decides.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from teikit.schema.relaxng.automaton import Automaton, Opening, State
from teikit.schema.relaxng.expectations import element_names, next_elements
from teikit.schema.relaxng.likeness import nearest_names
from teikit.schema.relaxng.nameclasses import (
    AnyName,
    NameChoice,
    NsName,
    contains,
    is_open,
    listed,
    local_name,
    namespace_of,
)
from teikit.schema.relaxng.patterns import Pattern
from teikit.schema.relaxng.restrictions import reachable

MISPLACED = "misplaced"  # roles of openings that the grammar does not have
PASSING = "passing"
_MOST_READINGS = 300
_MOST_AFTER_MISTAKE = 4  # readings of an element in which there is a second mistake
_MOST_NAMES = 2000  # unknown ones that are remembered
_MOST_WAYS = 1500  # on from a state that is still made wider after a mistake
TEXT = "#text"
_PARAGRAPH = "p"


class RecoveringAutomaton(Automaton):
    """An automaton with steps that the grammar does not have, for documents that do not fit it."""

    @cached_property
    def _near(self) -> dict[str, list[str]]:
        """Return the declared names that unknown ones are like, as far as they came up."""
        return {}

    @cached_property
    def declared(self) -> dict[str, list[Pattern]]:
        """Return the elements of the grammar by their names."""
        declared: dict[str, list[Pattern]] = {}
        for element in self._elements:
            for name in listed(element.names):
                declared.setdefault(name, []).append(element)
        return declared

    def open(self, state: State, name: str) -> Opening | None:
        """Return the step into an element of this name; None where it is not allowed.

        Names that the grammar does not have leave no trace.
        """
        if name not in self.declared and self._is_nowhere(name):
            return None
        return super().open(state, name)

    def _is_nowhere(self, name: str) -> bool:
        return namespace_of(name) in self._namespaces and not any(
            contains(element.names, name) for element in self._wild
        )

    @cached_property
    def _wild(self) -> list[Pattern]:
        return [element for element in self._elements if is_open(element.names)]

    @cached_property
    def _elements(self) -> list[Pattern]:
        return reachable(self.start.patterns[0])

    @cached_property
    def _anything(self) -> Pattern:
        """Return the content of an unknown element: every declared element, text, attributes.

        Elements of other vocabularies may stand in it as well: one finding speaks for all.
        """
        pool = self.pool
        attributes = pool.zero_or_more(pool.attribute(AnyName(), pool.text, None))
        declared = [element for elements in self.declared.values() for element in elements]
        foreign = pool.element(AnyName(NameChoice(tuple(map(NsName, self._namespaces)))), None)
        content = pool.zero_or_more(pool.choice([pool.text, foreign, *declared]))
        foreign.content = pool.group(attributes, content)
        return foreign.content

    @cached_property
    def _namespaces(self) -> tuple[str, ...]:
        return tuple(sorted({namespace_of(name) for name in self.declared}))

    def narrowed(self, state: State) -> State:
        """Return the state with few readings, where a mistake left many open."""
        if len(state.patterns) <= _MOST_AFTER_MISTAKE:
            return state
        if "narrowed" not in state.recovered:
            dead = self.pool.not_allowed
            alive = [at for at, pattern in enumerate(state.patterns) if pattern is not dead]
            kept = alive[:_MOST_AFTER_MISTAKE]
            patterns = (
                state.patterns[at] if at in kept else dead for at in range(len(state.patterns))
            )
            state.recovered["narrowed"] = self.state(tuple(patterns))
        return state.recovered["narrowed"]

    def expected(self, state: State) -> tuple[str, ...]:
        """Return the names of the elements that may come next, sorted."""
        key = "expected"
        if key not in state.recovered:
            state.recovered[key] = element_names(state.patterns, self.derivatives)
        return state.recovered[key]

    def completing(self, state: State) -> tuple[str, ...]:
        """Return the names of the elements any of which alone would complete the content."""
        key = "completing"
        if key not in state.recovered:
            names = {
                name
                for element, after in self._next(state)
                if after.nullable
                for name in listed(element.names)
            }
            state.recovered[key] = tuple(sorted(names))
        return state.recovered[key]

    def similar(self, state: State, name: str) -> list[str]:
        """Return the elements that may come next and are written nearly like this one."""
        near = self._near.get(name)
        if near is None:
            near = nearest_names(name, self.declared)
            if len(self._near) < _MOST_NAMES:
                self._near[name] = near
        return [name for name in near if name in self.expected(state)]

    def skip_missing(self, state: State, name: str) -> tuple[Opening, tuple[Pattern, ...]] | None:
        """Return the step into an element before which one other is missing, and that other."""
        if name not in self.declared:
            return None
        key = ("missing", name)
        if key not in state.recovered:
            state.recovered[key] = self._skip_missing(state, name)
        return state.recovered[key]

    def _skip_missing(self, state: State, name: str) -> tuple[Opening, tuple[Pattern, ...]] | None:
        missing: dict[Pattern, None] = {}
        afters = []
        for pattern in state.patterns:
            found = []
            for element, after in next_elements(pattern, self.derivatives):
                if self.derivatives.start_tag(after, name):
                    missing[element] = None
                    found.append(after)
            afters.append(self.pool.choice(found))
        if not missing:
            return None
        opening = self.open(self.state(tuple(afters)), name)
        return opening, tuple(missing)

    def misplaced(self, state: State, name: str) -> Opening:
        """Return a step into an element that is not allowed here, or not anywhere.

        It may hold what it holds elsewhere, or what would fit here.
        """
        key = ("misplaced", name if name in self.declared else "")
        if key not in state.recovered:
            inside = dict.fromkeys(self._contents(name))
            for element, _after in self._next(state):
                if len(inside) < _MOST_READINGS and name in self.declared:
                    inside[element.content] = None
            after = _Always(self._widened(state))
            state.recovered[key] = Opening(self.state(tuple(inside)), (), after, MISPLACED)
        return state.recovered[key]

    def superfluous(self, state: State, name: str) -> Opening:
        """Return a step into such an element that is found faster: it holds what it holds
        elsewhere."""
        key = ("superfluous", name if name in self.declared else "")
        if key not in state.recovered:
            inside = self.state(self._contents(name))
            after = _Always(self._widened(state))
            state.recovered[key] = Opening(inside, (), after, MISPLACED)
        return state.recovered[key]

    def _contents(self, name: str) -> tuple[Pattern, ...]:
        if name not in self.declared:
            return (self._anything,)
        return tuple(dict.fromkeys(element.content for element in self.declared[name]))

    def _next(self, state: State) -> Iterator[tuple[Pattern, Pattern]]:
        for pattern in state.patterns:
            yield from next_elements(pattern, self.derivatives)

    def _widened(self, state: State) -> State:
        """Return the state after a mistake: as before, or after something else."""
        key = "widened"
        if key not in state.recovered:
            wider = []
            for pattern in state.patterns:
                ways = next_elements(pattern, self.derivatives)
                afters = [after for _element, after in ways] if len(ways) < _MOST_WAYS else []
                wider.append(self.pool.choice([pattern, *afters]))
            state.recovered[key] = self.state(tuple(wider))
        return state.recovered[key]

    def passing(self, state: State, after: dict[int, State]) -> Opening:
        """Return a step into an element of which only the tags are too much.

        What it holds stands where the element stands; AFTER has the state at its end.
        """
        key = "passing"
        if key not in state.recovered:
            pool = self.pool
            attributes = pool.zero_or_more(pool.attribute(AnyName(), pool.text, None))
            state.recovered[key] = self.state(
                tuple(pool.group(attributes, pattern) for pattern in state.patterns)
            )
        return Opening(state.recovered[key], (), after, PASSING)

    def reopened(self, state: State, ended: State) -> State:
        """Return the state in which an element that ENDED just before may go on after all."""
        return self.state(
            tuple(
                self.pool.choice(
                    self.pool.group(self.pool.optional(rest), pattern)
                    for rest in self.narrowed(ended).patterns
                )
                for pattern in state.patterns
            )
        )

    def find_wrappers(
        self, state: State, run: Sequence[str], beside: Collection[str]
    ) -> dict[str, int]:
        """Return the elements that could stand here around a run of elements: how many of it.

        TEXT stands for text. Those around most are first; of these, paragraphs around text, those
        that stand BESIDE the run as well, those that could hold less else.
        """
        found: dict[str, tuple] = {}
        for element, _after in self._next(state):
            inside = self.state((self.derivatives.forgive_attributes(element.content),))
            length = self._fitting(inside, run)
            for name in listed(element.names) if length else ():
                usual = TEXT in run[:length] and local_name(name) == _PARAGRAPH
                rank = (-length, not usual, name not in beside, len(self.expected(inside)))
                found[name] = min(rank, found.get(name, rank))
        return {name: -found[name][0] for name in sorted(found, key=lambda n: (found[n], n))}

    def _fitting(self, state: State, run: Sequence[str]) -> int:
        """Return how many of the run fit, one after the other."""
        for count, name in enumerate(run):
            if name == TEXT:
                after = self.text(state)
            else:
                opening = self.open(state, name)
                after = opening and self.after(opening, opening.inside.all)
            if after is None:
                return count
            state = after
        return len(run)

    def around(self, state: State, wrapper: str) -> State:
        """Return the state in an element that is missing here, and after it."""
        key = ("around", wrapper)
        if key not in state.recovered:
            state.recovered[key] = self.state(
                tuple(
                    self.pool.choice(
                        self.pool.group(
                            self.pool.optional(self.derivatives.forgive_attributes(content)), after
                        )
                        for content, after in self.derivatives.start_tag(pattern, wrapper)
                    )
                    for pattern in state.patterns
                )
            )
        return state.recovered[key]


class _Always(dict):
    """A mapping that gives the same state for whatever fitted."""

    def __init__(self, state: State):
        super().__init__()
        self._state = state

    def get(self, _fitted: int, _default: object = None) -> State:
        return self._state
