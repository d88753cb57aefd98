"""Regular expressions as values, each kept once, so that equal ones are the same object."""

from teikit.schema.relaxng.errors import TooComplex
from teikit.schema.relaxng.regex.characters import CharacterClass

_MOST_ALTERNATIVES = 2_000


class Expression:
    """One expression; `kind` says which: nothing, empty, character, sequence, either, repeat."""

    __slots__ = ("after", "classes", "high", "kind", "low", "nullable", "number", "parts")

    def __init__(self, number: int, kind: str, parts: tuple["Expression", ...], nullable: bool):
        self.number, self.kind, self.parts, self.nullable = number, kind, parts, nullable
        self.classes: CharacterClass | None = None
        self.low, self.high = 1, 1
        self.after: dict[str, Expression] = {}


class Expressions:
    """The expressions that one regular expression is made of, and becomes."""

    def __init__(self) -> None:
        self._known: dict[tuple, Expression] = {}
        self.nothing = self._make(("nothing",), "nothing", (), False)
        self.empty = self._make(("empty",), "empty", (), True)

    def __len__(self) -> int:
        return len(self._known)

    def _make(
        self, key: tuple, kind: str, parts: tuple[Expression, ...], nullable: bool
    ) -> Expression:
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = Expression(len(self._known), kind, parts, nullable)
        return known

    def character(self, classes: CharacterClass) -> Expression:
        """Return: one character of the class."""
        expression = self._make(("character", classes), "character", (), False)
        expression.classes = classes
        return expression

    def sequence(self, first: Expression, rest: Expression) -> Expression:
        """Return: FIRST, then REST."""
        if self.nothing in (first, rest):
            return self.nothing
        if first is self.empty:
            return rest
        if rest is self.empty:
            return first
        return self._make(
            ("sequence", first.number, rest.number),
            "sequence",
            (first, rest),
            first.nullable and rest.nullable,
        )

    def either(self, expressions: list[Expression]) -> Expression:
        """Return: one of the expressions."""
        parts: dict[int, Expression] = {}
        for expression in expressions:
            for part in expression.parts if expression.kind == "either" else (expression,):
                if part is not self.nothing:
                    parts[part.number] = part
        if len(parts) > _MOST_ALTERNATIVES:
            raise TooComplex("a regular expression of the schema has too many readings")
        if len(parts) < 2:
            return next(iter(parts.values()), self.nothing)
        numbers = tuple(sorted(parts))
        return self._make(
            ("either", numbers),
            "either",
            tuple(parts[n] for n in numbers),
            any(part.nullable for part in parts.values()),
        )

    def repeat(self, body: Expression, low: int, high: int | None) -> Expression:
        """Return: the body from LOW to HIGH times; None is no limit."""
        if body.nullable:
            low = 0
        if high == 0 or body is self.empty:
            return self.empty
        if body is self.nothing:
            return self.nothing if low else self.empty
        if (low, high) == (1, 1):
            return body
        if body.kind == "repeat" and body.low == 0 and body.high is None:
            return body
        expression = self._make(("repeat", body.number, low, high), "repeat", (body,), low == 0)
        expression.low, expression.high = low, high
        return expression
