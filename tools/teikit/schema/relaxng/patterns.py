"""Patterns of the simple syntax (section 4.21), each kept once.

A pool hands out patterns and never makes the same one twice, so two patterns are equal exactly
where they are the same object; whatever is computed of a pattern can be kept with it. The pool
also brings patterns into a normal form, without changing what they allow:

- choices and interleaves are flat, sorted, and choices without doubles;
- `empty` and `notAllowed` are gone wherever section 4.20 and 4.21 remove them;
- the attributes of a group stand before its content, as an interleave (their order is free).
"""

from collections.abc import Iterable
from typing import Any

from teikit.schema.relaxng.errors import Position, TooComplex
from teikit.schema.relaxng.nameclasses import NameClass

# A document that makes more patterns than this out of a schema was made to (tei_all itself has
# some 5,000, a long document adds a few thousand).
LARGEST_POOL = 200_000


class Pattern:
    """One pattern; `kind` says which, `members` what it is made of."""

    __slots__ = (
        "after_text", "attributed", "closed", "content", "datatype", "forgiven", "has_attributes",
        "has_data", "has_text", "index", "kind", "lexical", "members", "names", "nullable",
        "number",
        "only_attributes", "opened", "position", "value", "verdicts",
    )  # fmt: skip

    def __init__(self, number: int, kind: str, members: tuple["Pattern", ...], nullable: bool):
        self.number = number
        self.kind = kind
        self.members = members
        self.nullable = nullable  # matches no content at all
        attributes = data = text = False
        only = True
        for member in members:
            attributes = attributes or member.has_attributes
            data = data or member.has_data
            text = text or member.has_text
            only = only and (member.only_attributes or member.kind == "empty")
        self.has_attributes = attributes
        self.has_data = data
        self.has_text = text
        self.only_attributes = only and attributes
        self.names: NameClass | None = None  # of an element or attribute
        self.content: Pattern | None = None  # of an element, an attribute, a list
        self.datatype: Any = None  # of data and value
        self.value: Any = None
        self.lexical = ""  # how the schema writes the value
        self.position: Position | None = None  # of an element or attribute
        # what the derivatives keep here (derivatives.py)
        self.opened: dict[str, tuple] | None = None
        self.attributed: dict[str, tuple] | None = None
        self.closed: Pattern | None = None
        self.forgiven: Pattern | None = None
        self.after_text: Pattern | None = None
        self.index: tuple | None = None
        self.verdicts: dict[str, bool] | None = None

    def __repr__(self) -> str:
        return f"<{self.kind} {self.number}>"


class Pool:
    """All patterns of one grammar, by what they are made of."""

    def __init__(self) -> None:
        self._known: dict[tuple, Pattern] = {}
        self._count = 0
        self.elements: list[Pattern] = []
        self.empty = self._make(("empty",), "empty", (), True)
        self.not_allowed = self._make(("notAllowed",), "notAllowed", (), False)
        self.text = self._make(("text",), "text", (), True)
        self.text.has_text = True

    def __len__(self) -> int:
        return self._count

    def forget_after(self, count: int) -> None:
        """Forget what documents made of the first COUNT patterns, and all that is kept of them."""
        self._known = {
            key: pattern for key, pattern in self._known.items() if pattern.number <= count
        }
        self._count = count
        for pattern in self._known.values():
            pattern.opened = pattern.attributed = pattern.verdicts = None
            pattern.closed = pattern.forgiven = pattern.after_text = None
            pattern.index = None

    def _make(self, key: tuple, kind: str, members: tuple[Pattern, ...], nullable: bool) -> Pattern:
        known = self._known.get(key)
        if known is not None:
            return known
        if self._count > LARGEST_POOL:
            raise TooComplex("the schema leaves too many possibilities open for this document")
        self._count += 1
        pattern = self._known[key] = Pattern(self._count, kind, members, nullable)
        return pattern

    # -- leaves -------------------------------------------------------------------------------

    def element(self, names: NameClass, position: Position | None) -> Pattern:
        """Return a new element pattern; its content is set later, since it may be recursive."""
        number = len(self.elements)
        pattern = self._make(("element", number), "element", (), False)
        pattern.names, pattern.position = names, position
        self.elements.append(pattern)
        return pattern

    def attribute(self, names: NameClass, value: Pattern, position: Position | None) -> Pattern:
        """Return the attribute pattern; notAllowed where its value is (section 4.20)."""
        if value is self.not_allowed:
            return value
        pattern = self._make(("attribute", names, value.number), "attribute", (), False)
        if pattern.names is None:
            pattern.names, pattern.content, pattern.position = names, value, position
            pattern.has_attributes = pattern.only_attributes = True
        return pattern

    def data(self, datatype: Any, besides: Pattern | None) -> Pattern:
        """Return the data pattern with its exception."""
        pattern = self._make(
            ("data", datatype.key, besides.number if besides else 0), "data", (), False
        )
        pattern.datatype, pattern.content, pattern.has_data = datatype, besides, True
        return pattern

    def value_of(self, datatype: Any, value: Any, lexical: str) -> Pattern:
        """Return the pattern of one value of a datatype."""
        key = ("value", datatype.key, datatype.hashable(value))
        pattern = self._make(key, "value", (), False)
        if pattern.datatype is None:
            pattern.datatype, pattern.value, pattern.lexical = datatype, value, lexical
            pattern.has_data = True
        return pattern

    def list_of(self, content: Pattern) -> Pattern:
        """Return the list pattern."""
        if content is self.not_allowed:
            return content
        pattern = self._make(("list", content.number), "list", (), False)
        pattern.content, pattern.has_data = content, True
        return pattern

    def again(self, kind: str, members: tuple[Pattern, ...]) -> Pattern:
        """Return the combination of patterns as it was in another pool, in its normal form."""
        numbers = tuple([member.number for member in members])
        if kind in ("choice", "interleave"):
            key: tuple = (kind, numbers)
        else:
            key = (kind, *numbers)
        empty = [member.nullable for member in members]
        return self._make(key, kind, members, any(empty) if kind == "choice" else all(empty))

    # -- combinations -------------------------------------------------------------------------

    def choice(self, patterns: Iterable[Pattern]) -> Pattern:
        """Return the choice of the patterns."""
        members: dict[int, Pattern] = {}
        for pattern in patterns:
            if pattern.kind == "choice":
                members.update((member.number, member) for member in pattern.members)
            elif pattern is not self.not_allowed:
                members[pattern.number] = pattern
        if self.empty.number in members and sum(m.nullable for m in members.values()) > 1:
            del members[self.empty.number]  # something else may be empty as well
        if not members:
            return self.not_allowed
        if len(members) == 1:
            return next(iter(members.values()))
        numbers = tuple(sorted(members))
        return self._make(
            ("choice", numbers),
            "choice",
            tuple(members[number] for number in numbers),
            any(member.nullable for member in members.values()),
        )

    def optional(self, pattern: Pattern) -> Pattern:
        """Return the choice of the pattern and nothing."""
        return pattern if pattern.nullable else self.choice((pattern, self.empty))

    def one_or_more(self, pattern: Pattern) -> Pattern:
        """Return the repetition of the pattern."""
        if pattern.kind in ("empty", "notAllowed", "oneOrMore"):
            return pattern
        return self._make(("oneOrMore", pattern.number), "oneOrMore", (pattern,), pattern.nullable)

    def zero_or_more(self, pattern: Pattern) -> Pattern:
        """Return the repetition of the pattern, or nothing."""
        return self.optional(self.one_or_more(pattern))

    def group(self, first: Pattern, rest: Pattern) -> Pattern:
        """Return FIRST and then REST, attributes before content."""
        if first is self.empty or rest is self.not_allowed:
            return rest
        if rest is self.empty or first is self.not_allowed:
            return first
        if rest.only_attributes:
            first, rest = rest, first
        if first.only_attributes:
            if rest.only_attributes:
                return self.interleave((first, rest))
            attributes, rest = self._split(rest)
            return self._group(self.interleave((first, attributes)), rest)
        attributes, rest = self._split(rest)
        more, first = self._split(first)
        attributes = self.interleave((more, attributes))
        inner = self._group(first, rest)
        return inner if attributes is self.empty else self._group(attributes, inner)

    def _group(self, first: Pattern, rest: Pattern) -> Pattern:
        return self._make(
            ("group", first.number, rest.number),
            "group",
            (first, rest),
            first.nullable and rest.nullable,
        )

    def _split(self, pattern: Pattern) -> tuple[Pattern, Pattern]:
        """Return the attributes that a group begins with (or empty), and the rest of it."""
        if pattern.kind == "group" and pattern.members[0].only_attributes:
            return pattern.members
        return self.empty, pattern

    def groups(self, patterns: Iterable[Pattern]) -> Pattern:
        """Return the patterns one after the other."""
        result = self.empty
        for pattern in reversed(list(patterns)):
            result = self.group(pattern, result)
        return result

    def interleave(self, patterns: Iterable[Pattern]) -> Pattern:
        """Return the patterns in any order."""
        attributes: list[Pattern] = []
        members: list[Pattern] = []
        for pattern in patterns:
            if pattern is self.not_allowed:
                return pattern
            leading, rest = self._split(pattern)
            for part, only in ((leading, attributes), (rest, None)):
                into = (
                    only if only is not None else (attributes if part.only_attributes else members)
                )
                if part.kind == "interleave":
                    into.extend(part.members)
                elif part is not self.empty:
                    into.append(part)
        both = self._interleave(attributes), self._interleave(members)
        if self.empty in both:
            return both[0] if both[1] is self.empty else both[1]
        return self._group(*both)

    def _interleave(self, members: list[Pattern]) -> Pattern:
        if len(members) < 2:
            return members[0] if members else self.empty
        members.sort(key=lambda member: member.number)
        return self._make(
            ("interleave", tuple(member.number for member in members)),
            "interleave",
            tuple(members),
            all(member.nullable for member in members),
        )
