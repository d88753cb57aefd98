"""The restrictions of section 7: what a schema must not say, though its syntax allows it.

They are checked on the patterns of the simple syntax. The normal form of the pool changes
nothing about them: it only moves attributes, whose place is free, and joins what is nested.
"""

from collections.abc import Iterable, Iterator

from teikit.schema.relaxng.errors import BadGrammar, Position
from teikit.schema.relaxng.nameclasses import Name, is_open, overlap
from teikit.schema.relaxng.patterns import Pattern, Pool

# content types, weakest first (7.2)
_EMPTY, _COMPLEX, _SIMPLE = 0, 1, 2

# what must not stand inside what (7.1); "repeated group" is a group inside oneOrMore
_FORBIDDEN = {
    "attribute": {"attribute", "element"},
    "repeated group": {"attribute"},
    "list": {"list", "element", "attribute", "text", "interleave"},
    "except": {"attribute", "element", "list", "text", "empty", "group", "interleave", "oneOrMore"},
    "start": {
        "attribute",
        "data",
        "value",
        "list",
        "text",
        "group",
        "interleave",
        "oneOrMore",
        "empty",
    },
}
_SECTIONS = {
    "attribute": "7.1.1",
    "repeated group": "7.1.2",
    "list": "7.1.3",
    "except": "7.1.4",
    "start": "7.1.5",
}


def reachable(start: Pattern) -> list[Pattern]:
    """Return the elements that can be reached from the start, nearest first."""
    found: dict[int, Pattern] = {}
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        pattern = waiting.pop()
        if pattern.number in seen:
            continue
        seen.add(pattern.number)
        waiting.extend(pattern.members)
        if pattern.kind == "element":
            found[pattern.number] = pattern
            waiting.append(pattern.content)
    return list(found.values())


def check_restrictions(start: Pattern, pool: Pool) -> None:
    """Raise BadGrammar where the schema breaks a restriction."""
    checker = _Checker(pool)
    checker.check(start, frozenset({"start"}), None)
    for element in reachable(start):
        checker.check(element.content, frozenset(), element.position)


class _Checker:
    """One run over a schema; remembers what it has seen in which surroundings."""

    def __init__(self, pool: Pool):
        self.pool = pool
        self.types: dict[tuple[int, frozenset[str]], int] = {}
        self.leaves: dict[tuple[int, str], tuple[Pattern, ...]] = {}

    def check(self, pattern: Pattern, inside: frozenset[str], where: Position | None) -> int:
        """Return the content type of the pattern (7.2); `inside` is what it stands in."""
        key = (pattern.number, inside)
        if key not in self.types:
            self._check_place(pattern, inside, where)
            self.types[key] = self._check(pattern, inside, where)
        return self.types[key]

    def _check_place(
        self, pattern: Pattern, inside: frozenset[str], where: Position | None
    ) -> None:
        for outer in sorted(inside):
            if pattern.kind in _FORBIDDEN.get(outer, ()):
                raise BadGrammar(
                    pattern.position or where,
                    f"{pattern.kind} is not allowed inside {outer}",
                    _SECTIONS[outer],
                )

    def _check(self, pattern: Pattern, inside: frozenset[str], where: Position | None) -> int:
        match pattern.kind:
            case "attribute":
                self._check_attribute(pattern, inside, where)
                return _EMPTY
            case "element" | "text":
                return _COMPLEX
            case "data":
                if pattern.content is not None:
                    self.check(pattern.content, inside | {"except"}, where)
                return _SIMPLE
            case "value":
                return _SIMPLE
            case "list":
                self.check(pattern.content, inside | {"list"}, where)
                return _SIMPLE
            case "choice":
                return max(self.check(member, inside, where) for member in pattern.members)
            case "group" | "interleave":
                return self._check_several(pattern, inside, where)
            case "oneOrMore":
                kind = self.check(pattern.members[0], inside | {"oneOrMore"}, where)
                if kind == _SIMPLE and "list" not in inside:
                    raise BadGrammar(where, "data cannot be repeated outside a list", "7.2")
                return kind
        return _EMPTY

    def _check_attribute(
        self, pattern: Pattern, inside: frozenset[str], where: Position | None
    ) -> None:
        at = pattern.position or where
        if is_open(pattern.names):
            if "oneOrMore" not in inside:
                raise BadGrammar(at, "an attribute of any name must be inside oneOrMore", "7.3")
            if pattern.content is not self.pool.text:
                raise BadGrammar(at, "an attribute of any name must allow any text", "7.3")
        self.check(pattern.content, inside | {"attribute"}, at)

    def _check_several(
        self, pattern: Pattern, inside: frozenset[str], where: Position | None
    ) -> int:
        inner = inside | {"repeated group"} if "oneOrMore" in inside else inside
        parts: list[Pattern] = []
        rest = pattern
        while rest.kind == "group":  # a long group is checked without recursion
            parts.append(rest.members[0])
            rest = rest.members[1]
        parts += rest.members if pattern.kind == "interleave" else (rest,)
        kinds = [self.check(part, inner, where) for part in parts]
        self._check_data(kinds, inside, where)
        self._check_attributes(parts, where)
        if pattern.kind == "interleave":
            self._check_interleave(parts, where)
        return max(kinds)

    def _check_data(self, kinds: list[int], inside: frozenset[str], where: Position | None) -> None:
        if _SIMPLE in kinds and "list" not in inside and sum(kind != _EMPTY for kind in kinds) > 1:
            raise BadGrammar(where, "data cannot stand beside elements, text or other data", "7.2")

    def _check_attributes(self, parts: list[Pattern], where: Position | None) -> None:
        clash = _clash(self._leaves(part, "attribute") for part in parts)
        if clash is not None:
            raise BadGrammar(
                clash.position or where,
                f"the attribute {_shown(clash)} can stand twice in one element",
                "7.3",
            )

    def _check_interleave(self, parts: list[Pattern], where: Position | None) -> None:
        clash = _clash(self._leaves(part, "element") for part in parts)
        if clash is not None:
            raise BadGrammar(where, f"{_shown(clash)} is in two branches of an interleave", "7.4")
        if sum(part.has_text for part in parts) > 1:
            raise BadGrammar(where, "text is in two branches of an interleave", "7.4")

    def _leaves(self, pattern: Pattern, kind: str) -> tuple[Pattern, ...]:
        """Return the attributes or elements of a pattern, without those inside elements."""
        if pattern.kind == kind:
            return (pattern,)
        if not pattern.members or (kind == "attribute" and not pattern.has_attributes):
            return ()
        key = (pattern.number, kind)
        if key not in self.leaves:
            self.leaves[key] = tuple(self._find_leaves(pattern, kind))
        return self.leaves[key]

    def _find_leaves(self, pattern: Pattern, kind: str) -> Iterator[Pattern]:
        found: dict[int, Pattern] = {}
        while pattern.kind == "group":
            first, pattern = pattern.members
            found.update((leaf.number, leaf) for leaf in self._leaves(first, kind))
        members = (
            pattern.members if pattern.kind in ("choice", "interleave", "oneOrMore") else (pattern,)
        )
        for member in members:
            found.update((leaf.number, leaf) for leaf in self._leaves(member, kind))
        yield from found.values()


def _clash(branches: Iterable[tuple[Pattern, ...]]) -> Pattern | None:
    """Return a pattern that shares a name with one of an earlier branch."""
    known: set[str] = set()
    broad: list[Pattern] = []
    plain: list[Pattern] = []
    for branch in branches:
        for leaf in branch:
            if isinstance(leaf.names, Name):
                if leaf.names.name in known:
                    return leaf
                others = broad
            else:
                others = broad + plain
            if any(overlap(leaf.names, other.names) for other in others):
                return leaf
        for leaf in branch:
            if isinstance(leaf.names, Name):
                known.add(leaf.names.name)
                plain.append(leaf)
            else:
                broad.append(leaf)
    return None


def _shown(pattern: Pattern) -> str:
    return pattern.names.name if isinstance(pattern.names, Name) else "of any name"
