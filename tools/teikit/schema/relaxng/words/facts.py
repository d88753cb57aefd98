"""What a grammar says of names: what may stand in what, who has an attribute, what is needed."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from lxml import etree

from teikit.schema.relaxng.derivatives import Derivatives
from teikit.schema.relaxng.errors import TooComplex
from teikit.schema.relaxng.expectations import names_of
from teikit.schema.relaxng.grammar import Grammar
from teikit.schema.relaxng.nameclasses import listed
from teikit.schema.relaxng.patterns import Pattern

_MOST_SIBLINGS = 300  # more than these lie in no order that matters


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

    # -- the order of children ----------------------------------------------------------------

    def needed(self, element: etree._Element) -> tuple[str, ...]:
        """Return the elements of which one must come at the end of what the element holds."""
        children = list(element.iterchildren(etree.Element))
        if len(children) > _MOST_SIBLINGS:
            return ()
        try:
            _before, pattern = self._follow(element.tag, children)
        except (TooComplex, RecursionError):
            return ()
        return tuple(sorted(_needed(pattern))) if pattern is not None else ()

    def first_misfit(self, element: etree._Element, name: str) -> etree._Element | None:
        """Return the first child of this name that cannot stand where it does."""
        children = list(element.iterchildren(etree.Element))[:_MOST_SIBLINGS]
        try:
            before, _pattern = self._follow(element.tag, children)
        except (TooComplex, RecursionError):
            return None
        for child, state in zip(children, before, strict=False):
            if child.tag == name and not self._derivatives.start_tag(state, name):
                return child
        return None

    def needed_at(self, element: etree._Element) -> tuple[str, ...]:
        """Return the elements of which one must come where the element stands."""
        parent = element.getparent()
        earlier = list(element.itersiblings(etree.Element, preceding=True))[::-1]
        if parent is None or len(earlier) > _MOST_SIBLINGS:
            return ()
        try:
            _before, pattern = self._follow(parent.tag, earlier)
        except (TooComplex, RecursionError):
            return ()
        return tuple(sorted(_needed(pattern))) if pattern is not None else ()

    def order(self, element: etree._Element, name: str) -> tuple[str, etree._Element | None]:
        """Return why one of this name does not fit where the element is, and the sibling concerned.

        "again": it may stand there once only, and did. "before": it would have to stand before
        the sibling. "": its place among its siblings is not the reason.
        """
        parent = element.getparent()
        if parent is None or name not in self.inner(parent.tag):
            return "", None
        earlier = list(element.itersiblings(etree.Element, preceding=True))[::-1]
        if len(earlier) > _MOST_SIBLINGS:
            return "", None
        try:
            return self._order(parent.tag, name, earlier)
        except (TooComplex, RecursionError):
            return "", None

    def _order(
        self, parent: str, name: str, earlier: list[etree._Element]
    ) -> tuple[str, etree._Element | None]:
        same = [one for one in earlier if one.tag == name]
        if same:
            others = [one for one in earlier if one.tag != name]
            _before, without = self._follow(parent, others)
            if without is not None and self._derivatives.start_tag(without, name):
                return "again", same[0]
        before, _after = self._follow(parent, earlier)
        for sibling, state in zip(reversed(earlier), reversed(before), strict=True):
            if self._derivatives.start_tag(state, name):
                return "before", sibling
        return "", None

    def _follow(
        self, parent: str, children: list[etree._Element]
    ) -> tuple[list[Pattern], Pattern | None]:
        """Return what could stand before each child, and at the end; passing what does not fit."""
        pool, derivatives = self._grammar.pool, self._derivatives
        contents = [pattern.content for pattern in self.declared.get(parent, ())]
        if not contents:
            return [], None
        state = pool.choice([derivatives.forgive_attributes(content) for content in contents])
        before = []
        for child in children:
            before.append(state)
            ways = derivatives.start_tag(state, child.tag)
            if ways:
                state = pool.choice([after for _content, after in ways])
        return before, state


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


def _needed(pattern: Pattern) -> set[str]:
    """Return the names of which one must come first, whatever else may come before it."""
    if pattern.nullable:
        return set()
    if pattern.kind == "element":
        return names_of(pattern.names)
    if pattern.kind == "choice":
        return set().union(*map(_needed, pattern.members))
    if pattern.kind == "group":
        while pattern.kind == "group":
            first, rest = pattern.members
            if not first.nullable:
                return _needed(first)
            pattern = rest
        return _needed(pattern)
    if pattern.kind == "oneOrMore":
        return _needed(pattern.members[0])
    if pattern.kind == "interleave":
        return next((_needed(member) for member in pattern.members if not member.nullable), set())
    return set()
