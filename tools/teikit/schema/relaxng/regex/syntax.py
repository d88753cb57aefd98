"""Reading a regular expression of XML Schema (part 2, appendix F)."""

import re

from teikit.schema.relaxng.regex.characters import ANY, CharacterClass, escape, one, prop
from teikit.schema.relaxng.regex.expressions import Expression, Expressions

_DEEPEST = 100
_QUANTITY = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_PROPERTY = re.compile(r"\{([A-Za-z0-9-]+)\}")
_LARGEST = 10**6  # repetitions that a schema may ask for


class BadPattern(Exception):
    """The text is no regular expression; says why."""


def parse_pattern(text: str) -> tuple[Expressions, Expression]:
    """Return the expression and the pool it lives in."""
    reader = _Reader(text)
    whole = reader.alternatives(0)
    if reader.at < len(text):
        raise BadPattern(f"{text[reader.at]!r} stands alone")
    return reader.pool, whole


class _Reader:
    """Reads from left to right; `at` is the next character."""

    def __init__(self, text: str):
        self.text, self.at, self.pool = text, 0, Expressions()

    def _next(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def _take(self) -> str:
        character = self._next()
        if not character:
            raise BadPattern("it ends too early")
        self.at += 1
        return character

    def alternatives(self, depth: int) -> Expression:
        """Return the branches between bars."""
        if depth > _DEEPEST:
            raise BadPattern("parentheses are nested too deeply")
        branches = [self._branch(depth)]
        while self._next() == "|":
            self.at += 1
            branches.append(self._branch(depth))
        return self.pool.either(branches)

    def _branch(self, depth: int) -> Expression:
        pieces = []
        while self._next() not in ("", "|", ")"):
            pieces.append(self._quantified(self._atom(depth)))
        whole = self.pool.empty
        for piece in reversed(pieces):
            whole = self.pool.sequence(piece, whole)
        return whole

    def _quantified(self, atom: Expression) -> Expression:
        sign = self._next()
        if sign and sign in "?*+":
            self.at += 1
            low, high = {"?": (0, 1), "*": (0, None), "+": (1, None)}[sign]
            return self.pool.repeat(atom, low, high)
        if sign != "{":
            return atom
        match = _QUANTITY.match(self.text, self.at)
        if match is None or any(len(number or "") > 9 for number in (match[1], match[3])):
            raise BadPattern("{ does not begin a quantity such as {2,3}")
        self.at = match.end()
        low = int(match[1])
        high = low if not match[2] else int(match[3]) if match[3] else None
        if max(low, high or 0) > _LARGEST or (high is not None and high < low):
            raise BadPattern(f"the quantity {match[0]} makes no sense")
        return self.pool.repeat(atom, low, high)

    def _atom(self, depth: int) -> Expression:
        character = self._take()
        if character == "(":
            inside = self.alternatives(depth + 1)
            if self._take() != ")":
                raise BadPattern("a parenthesis is not closed")
            return inside
        if character == "[":
            return self.pool.character(self._group(depth + 1))
        if character in "?*+{}]":
            raise BadPattern(f"{character!r} has nothing to repeat or to close")
        if character == "\\":
            return self.pool.character(self._escape())
        return self.pool.character(ANY if character == "." else one(character))

    def _escape(self) -> CharacterClass:
        letter = self._take()
        if letter in "pP":
            match = _PROPERTY.match(self.text, self.at)
            found = prop(match[1], letter == "P") if match else None
            if found is None:
                raise BadPattern(f"\\{letter} names no category or block")
            self.at = match.end()
            return found
        found = escape(letter)
        if found is None:
            raise BadPattern(f"\\{letter} means nothing")
        return found

    def _group(self, depth: int) -> CharacterClass:
        """Return the class between square brackets; the first one has been read."""
        if depth > _DEEPEST:
            raise BadPattern("classes are nested too deeply")
        negated = self._next() == "^"
        self.at += negated
        parts: list[CharacterClass] = []
        while self._next() != "]":
            if parts and self.text.startswith("-[", self.at):
                self.at += 2
                minus = self._group(depth + 1)
                if self._take() != "]":
                    raise BadPattern("a subtraction ends its class")
                return CharacterClass(classes=tuple(parts), negated=negated, minus=minus)
            parts.append(self._part(first=not parts))
        if not parts:
            raise BadPattern("a class is empty")
        self.at += 1
        return CharacterClass(classes=tuple(parts), negated=negated)

    def _part(self, first: bool) -> CharacterClass:
        """Return one character, an escape, or a range."""
        low = self._class_character(first)
        if not isinstance(low, str):
            return low
        ahead = self.text[self.at : self.at + 2]
        if ahead[:1] != "-" or ahead in ("-]", "-["):
            return one(low)
        self.at += 1
        high = self._class_character(first=False)
        if not isinstance(high, str) or high < low:
            raise BadPattern("a range of characters runs backwards")
        return CharacterClass(((low, high),))

    def _class_character(self, first: bool) -> str | CharacterClass:
        character = self._take()
        if character == "\\":
            found = self._escape()
            (low, high), *more = found.ranges or (("", "x"),)
            single = low == high and not more and not found.negated
            return low if single else found
        if character == "[":
            raise BadPattern("[ must be written \\[ inside a class")
        if character == "-" and not first and self._next() not in ("]", ""):
            raise BadPattern("- must be written \\- inside a class")
        return character
