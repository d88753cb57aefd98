"""Going on after a mistake, so that one mistake gives one problem.

After something that is not allowed, the state holds everything that a scholar may have meant:
that it is too much, that it stands in the place of something else, or that it lacks the element
that should be around it. What comes next decides.
"""

from functools import cached_property

from teikit.schema.relaxng.automaton import Automaton, Opening, State
from teikit.schema.relaxng.expectations import element_names, next_elements
from teikit.schema.relaxng.likeness import nearest_names
from teikit.schema.relaxng.nameclasses import (
    AnyName,
    NameChoice,
    NsName,
    listed,
    namespace_of,
)
from teikit.schema.relaxng.patterns import Pattern
from teikit.schema.relaxng.restrictions import reachable

MISPLACED = "misplaced"  # roles of openings that the grammar does not have
PASSING = "passing"
_MOST_READINGS = 300
_Inside = dict[Pattern, int]


class RecoveringAutomaton(Automaton):
    """An automaton with steps that the grammar does not have, for documents that do not fit it."""

    @cached_property
    def declared(self) -> dict[str, list[Pattern]]:
        """Return the elements of the grammar by their names."""
        declared: dict[str, list[Pattern]] = {}
        for element in self._elements:
            for name in listed(element.names):
                declared.setdefault(name, []).append(element)
        return declared

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

    def expected(self, state: State) -> tuple[str, ...]:
        """Return the names of the elements that may come next, sorted."""
        key = ("expected",)
        if key not in state.recovered:
            state.recovered[key] = element_names(state.patterns, self.derivatives)
        return state.recovered[key]

    def similar(self, state: State, name: str) -> list[str]:
        """Return the elements that may come next and are written nearly like this one."""
        key = ("similar", name)
        if key not in state.recovered:
            state.recovered[key] = nearest_names(name, self.expected(state))
        return state.recovered[key]

    def skip_missing(self, state: State, name: str) -> tuple[Opening, tuple[Pattern, ...]] | None:
        """Return the step into an element before which one other is missing, and that other."""
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
        """Return a step into an element that is not allowed here, or not anywhere."""
        key = ("misplaced", name)
        if key not in state.recovered:
            inside = self._inside(state, name)
            after = self.state(
                tuple(self._after_misplaced(pattern, name) for pattern in state.patterns)
            )
            whole = self.state(tuple(inside))
            state.recovered[key] = Opening(whole, (), _Always(after), MISPLACED)
        return state.recovered[key]

    def passing(self, state: State, after: dict[int, State]) -> Opening:
        """Return a step into an element of which only the tags are too much.

        What it holds stands where the element stands; AFTER has the state at its end.
        """
        key = ("passing",)
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
                    self.pool.group(self.pool.optional(rest), pattern) for rest in ended.patterns
                )
                for pattern in state.patterns
            )
        )

    def _inside(self, state: State, name: str) -> _Inside:
        """Return what the element may hold: what it holds elsewhere, or what would fit here."""
        if name not in self.declared:
            return {self._anything: 0}
        inside = dict.fromkeys((element.content for element in self.declared[name]), 0)
        for pattern in state.patterns:
            for element, _after in next_elements(pattern, self.derivatives):
                if len(inside) < _MOST_READINGS:
                    inside[element.content] = 0
        return inside

    def _after_misplaced(self, pattern: Pattern, name: str) -> Pattern:
        """Return what may follow: the same as before, what follows something else, or the rest
        of an element that should be around."""
        found = [pattern]
        for element, after in next_elements(pattern, self.derivatives):
            found.append(after)
            content = self.derivatives.forgive_attributes(element.content)
            for _inside, rest in self.derivatives.start_tag(content, name):
                found.append(self.pool.group(self.pool.optional(rest), after))
        return self.pool.choice(found)

    def after_stray_text(self, state: State) -> State:
        """Return the state after text that is not allowed: perhaps an element around it lacks."""
        key = ("text",)
        if key not in state.recovered:
            state.recovered[key] = self.state(
                tuple(self._after_text(pattern) for pattern in state.patterns)
            )
        return state.recovered[key]

    def _after_text(self, pattern: Pattern) -> Pattern:
        found = [pattern]
        for element, after in next_elements(pattern, self.derivatives):
            content = self.derivatives.forgive_attributes(element.content)
            rest = self.derivatives.mixed_text(content)
            if rest is not self.pool.not_allowed:
                found.append(self.pool.group(self.pool.optional(rest), after))
        return self.pool.choice(found)


class _Always(dict):
    """A mapping that gives the same state for whatever fitted."""

    def __init__(self, state: State):
        super().__init__()
        self._state = state

    def get(self, _fitted: int, _default: object = None) -> State:
        return self._state
