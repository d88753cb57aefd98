"""Matching by derivatives (Brzozowski 1964): what is left of an expression after one character.

Each expression that comes up is a state of an automaton, built as texts ask for it. The time is
that of one step for each character of the text, whatever the expression: nothing is tried twice.
"""

from teikit.schema.relaxng.errors import TooComplex
from teikit.schema.relaxng.regex.expressions import Expression, Expressions

_MOST_STATES = 20_000
_MOST_CHARACTERS = 1_000  # remembered for a state
_WORK = 200_000  # derivatives that one text may need, and those for each of its characters
_WORK_EACH = 200


class Matcher:
    """An expression, ready to match."""

    def __init__(self, pool: Expressions, whole: Expression):
        self._pool, self._whole = pool, whole
        self._work = 0

    def matches(self, text: str) -> bool:
        """Return whether the whole text is as the expression says."""
        state = self._whole
        self._work = _WORK + _WORK_EACH * len(text)
        for character in text:
            after = state.after.get(character)
            state = self._step(state, character) if after is None else after
            if state is self._pool.nothing:
                return False
        return state.nullable

    def _step(self, state: Expression, character: str) -> Expression:
        after = self._derive(state, character)
        if len(state.after) < _MOST_CHARACTERS and len(self._pool) < _MOST_STATES:
            state.after[character] = after
        return after

    def _derive(self, expression: Expression, character: str) -> Expression:
        pool = self._pool
        self._work -= 1
        if self._work < 0:
            raise TooComplex("a regular expression of the schema takes too long on this text")
        if expression.kind == "character":
            return pool.empty if character in expression.classes else pool.nothing
        if expression.kind == "either":
            return pool.either([self._derive(part, character) for part in expression.parts])
        if expression.kind == "repeat":
            (body,) = expression.parts
            high = None if expression.high is None else expression.high - 1
            again = pool.repeat(body, max(expression.low - 1, 0), high)
            return pool.sequence(self._derive(body, character), again)
        found = []
        while expression.kind == "sequence":  # along the sequence, without recursion
            first, rest = expression.parts
            self._work -= 1
            found.append(pool.sequence(self._derive(first, character), rest))
            if not first.nullable:
                return pool.either(found)
            expression = rest
        if found:
            found.append(self._derive(expression, character))
        return pool.either(found)
