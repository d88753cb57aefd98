"""What a grammar says of names: what may stand in what, who has an attribute, what is needed."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from teikit.schema.relaxng.derivatives import Derivatives
from teikit.schema.relaxng.expectations import names_of
from teikit.schema.relaxng.grammar import Grammar
from teikit.schema.relaxng.nameclasses import listed
from teikit.schema.relaxng.patterns import Pattern

_MOST_NEEDED = 20  # elements that something lacks
_CONSISTING = frozenset({"element", "choice", "group", "interleave", "oneOrMore"})


class Facts:
    """Answers about one grammar. Names are written "{namespace}local"."""

    def __init__(self, grammar: Grammar):
        self._grammar = grammar
        self._inner: dict[str, frozenset[str]] = {}

    @property
    def _derivatives(self) -> Derivatives:
        return self._grammar.automaton.derivatives

    @property
    def declared(self) -> dict[str, list[Pattern]]:
        """Return the element patterns by their names."""
        return self._grammar.automaton.declared

    def inner(self, name: str) -> frozenset[str]:
        """Return the elements that may stand in an element of this name, somewhere."""
        if name not in self._inner:
            self._inner[name] = frozenset(
                inner
                for pattern in self.declared.get(name, ())
                for part in _parts(pattern.content)
                if part.kind == "element"
                for inner in listed(part.names)
            )
        return self._inner[name]

    @cached_property
    def _holders(self) -> dict[str, list[str]]:
        holders: dict[str, list[str]] = {}
        for name in sorted(self.declared):
            for inner in self.inner(name):
                holders.setdefault(inner, []).append(name)
        return holders

    def holders(self, name: str) -> list[str]:
        """Return the elements in which an element of this name may stand, sorted."""
        return self._holders.get(name, [])

    def holds_text(self, name: str) -> bool:
        """Return whether words may stand directly in the element."""
        return any(
            pattern.content.has_text or pattern.content.has_data
            for pattern in self.declared.get(name, ())
        )

    @cached_property
    def _owners(self) -> dict[str, list[str]]:
        owners: dict[str, list[str]] = {}
        for name, patterns in sorted(self.declared.items()):
            attributes = {
                attribute
                for pattern in patterns
                for part in _parts(pattern.content)
                if part.kind == "attribute"
                for attribute in listed(part.names)
            }
            for attribute in attributes:
                owners.setdefault(attribute, []).append(name)
        return owners

    def owners(self, attribute: str) -> list[str]:
        """Return the elements that have this attribute, sorted."""
        return self._owners.get(attribute, [])

    @property
    def attributes(self) -> Iterable[str]:
        """Return the names of all attributes that some element has."""
        return self._owners.keys()

    def values(self, element: str, attribute: str = "") -> tuple[Pattern, ...]:
        """Return what an attribute may be; without one, what the content may be if it is data."""
        contents = [pattern.content for pattern in self.declared.get(element, ())]
        if not attribute:
            return tuple(content for content in contents if content.has_data)
        found: dict[Pattern, None] = {}
        for content in contents:
            for value, _left in self._derivatives.attribute(content, attribute):
                found[value] = None
        return tuple(found)


def _parts(content: Pattern) -> Iterator[Pattern]:
    """Yield each pattern in a content once; not what is in its elements and attributes."""
    seen, waiting = {content.number}, [content]
    while waiting:
        pattern = waiting.pop()
        yield pattern
        for member in pattern.members:
            if member.number not in seen:
                seen.add(member.number)
                waiting.append(member)


def needed(patterns: Iterable[Pattern]) -> list[frozenset[str]]:
    """Return the elements that must still come, in order; where there is a choice, its names."""
    return _either([pattern for pattern in patterns if pattern.kind != "notAllowed"], {})


def _needed(pattern: Pattern, known: dict[int, list[frozenset[str]]]) -> list[frozenset[str]]:
    if pattern.nullable or pattern.kind not in _CONSISTING:
        return []
    if pattern.number not in known:
        if pattern.kind == "element":
            found = [frozenset(names_of(pattern.names))]
        elif pattern.kind == "choice":
            found = _either(pattern.members, known)
        else:
            found = [one for member in pattern.members for one in _needed(member, known)]
        known[pattern.number] = found[:_MOST_NEEDED]
    return known[pattern.number]


def _either(
    patterns: Iterable[Pattern], known: dict[int, list[frozenset[str]]]
) -> list[frozenset[str]]:
    """Return what must come whichever of the patterns is meant: the end that they share, and
    before it what each may begin with."""
    ways = [_needed(pattern, known) for pattern in patterns]
    shortest = min(map(len, ways), default=0)
    if all(len(way) == shortest for way in ways):
        return [frozenset().union(*names) for names in zip(*ways, strict=True)]
    shared = 0
    while shared < shortest and len({way[-1 - shared] for way in ways}) == 1:
        shared += 1
    end = ways[0][len(ways[0]) - shared :]
    return end if shared == shortest else [frozenset().union(*(way[0] for way in ways)), *end]
