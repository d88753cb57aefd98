"""What is left of a pattern after a start tag, an attribute, the end of a start tag, or text.

After J. Clark, "An algorithm for RELAX NG validation". The derivative by a start tag is given
as *ways*: pairs of what may stand inside the element and what may follow it. So nothing that is
computed here depends on the ancestors of an element, and everything is kept with its pattern.
"""

from collections.abc import Callable

from teikit.schema.relaxng.datatypes import Context
from teikit.schema.relaxng.datatypes.base import collapse
from teikit.schema.relaxng.nameclasses import Name, contains
from teikit.schema.relaxng.patterns import Pattern, Pool

Ways = tuple[tuple[Pattern, Pattern], ...]
_KEPT_VERDICTS = 2_000  # values of one datatype whose verdict is remembered


class Derivatives:
    """The derivatives of the patterns in one pool."""

    def __init__(self, pool: Pool):
        self.pool = pool

    # -- start tags ---------------------------------------------------------------------------

    def start_tag(self, pattern: Pattern, name: str) -> Ways:
        """Return the ways to have an element of this name: (content, what follows) pairs."""
        if pattern.kind == "element":
            return ((pattern.content, self.pool.empty),) if contains(pattern.names, name) else ()
        if not pattern.members:
            return ()
        if pattern.opened is None:
            pattern.opened = {}
        ways = pattern.opened.get(name)
        if ways is None:
            ways = pattern.opened[name] = self._start_tag(pattern, name)
        return ways

    def _start_tag(self, pattern: Pattern, name: str) -> Ways:
        found: dict[tuple[int, int], tuple[Pattern, Pattern]] = {}

        def add(ways: Ways, wrap: Callable[[Pattern], Pattern] | None = None) -> None:
            for content, after in ways:
                after = wrap(after) if wrap else after
                if after is not self.pool.not_allowed:
                    found[content.number, after.number] = (content, after)

        if pattern.kind == "choice":
            for member in self._candidates(pattern, name):
                add(self.start_tag(member, name))
        elif pattern.kind == "group":
            self._start_in_group(pattern, name, add)
        elif pattern.kind == "interleave":
            for index, member in enumerate(pattern.members):
                others = pattern.members[:index] + pattern.members[index + 1 :]
                ways = self.start_tag(member, name)
                add(ways, lambda after, others=others: self.pool.interleave((after, *others)))
        elif pattern.kind == "oneOrMore":
            again = self.pool.optional(pattern)
            add(
                self.start_tag(pattern.members[0], name),
                lambda after: self.pool.group(after, again),
            )
        return tuple(found.values())

    def _start_in_group(self, pattern: Pattern, name: str, add: Callable) -> None:
        """Go along the group without recursion: a content model may be thousands long."""
        while pattern.kind == "group":
            first, rest = pattern.members
            add(self.start_tag(first, name), lambda after, rest=rest: self.pool.group(after, rest))
            if not first.nullable:
                return
            pattern = rest
        add(self.start_tag(pattern, name))

    def _candidates(self, choice: Pattern, name: str) -> tuple[Pattern, ...]:
        """Return the members of a choice that may begin with the name."""
        if choice.index is None:
            by_name: dict[str, list[Pattern]] = {}
            others = []
            for member in choice.members:
                if member.kind == "element" and isinstance(member.names, Name):
                    by_name.setdefault(member.names.name, []).append(member)
                elif member.members or member.kind == "element":
                    others.append(member)
            choice.index = by_name, others
        by_name, others = choice.index
        return (*by_name.get(name, ()), *others)

    # -- attributes ---------------------------------------------------------------------------

    def attribute(self, pattern: Pattern, name: str) -> Ways:
        """Return the ways to have an attribute of this name: (value, what is left) pairs."""
        if not pattern.has_attributes:
            return ()
        if pattern.kind == "attribute":
            return ((pattern.content, self.pool.empty),) if contains(pattern.names, name) else ()
        if pattern.attributed is None:
            pattern.attributed = {}
        ways = pattern.attributed.get(name)
        if ways is None:
            ways = pattern.attributed[name] = tuple(dict.fromkeys(self._attribute(pattern, name)))
        return ways

    def _attribute(self, pattern: Pattern, name: str) -> list[tuple[Pattern, Pattern]]:
        pool, members = self.pool, pattern.members
        if pattern.kind == "choice":
            return [way for member in members for way in self.attribute(member, name)]
        if pattern.kind == "group":
            first, rest = members
            return [
                (value, pool.group(left, rest)) for value, left in self.attribute(first, name)
            ] + [(value, pool.group(first, left)) for value, left in self.attribute(rest, name)]
        if pattern.kind == "interleave":
            return [
                (value, pool.interleave((left, *members[:index], *members[index + 1 :])))
                for index, member in enumerate(members)
                for value, left in self.attribute(member, name)
            ]
        again = pool.optional(pattern)
        return [
            (value, pool.group(left, again)) for value, left in self.attribute(members[0], name)
        ]

    def close_start_tag(self, pattern: Pattern) -> Pattern:
        """Return what is left when no attribute follows."""
        if not pattern.has_attributes:
            return pattern
        if pattern.closed is None:
            pattern.closed = self._without_attributes(
                pattern, self.close_start_tag, self.pool.not_allowed
            )
        return pattern.closed

    def forgive_attributes(self, pattern: Pattern) -> Pattern:
        """Return what is left without attributes, as if all that are missing were there."""
        if not pattern.has_attributes:
            return pattern
        if pattern.forgiven is None:
            pattern.forgiven = self._without_attributes(
                pattern, self.forgive_attributes, self.pool.empty
            )
        return pattern.forgiven

    def _without_attributes(
        self, pattern: Pattern, recurse: Callable[[Pattern], Pattern], missing: Pattern
    ) -> Pattern:
        if pattern.kind == "attribute":
            return missing
        parts = [recurse(member) for member in pattern.members]
        if pattern.kind == "choice":
            return self.pool.choice(parts)
        if pattern.kind == "oneOrMore":
            return self.pool.one_or_more(parts[0])
        return self.pool.group(*parts) if pattern.kind == "group" else self.pool.interleave(parts)

    # -- text ---------------------------------------------------------------------------------

    def mixed_text(self, pattern: Pattern) -> Pattern:
        """Return what is left after text that stands beside elements: data cannot match there."""
        if not pattern.has_text:
            return self.pool.not_allowed
        if pattern.kind == "text":
            return pattern
        if pattern.after_text is None:
            pattern.after_text = self._text(pattern, self.mixed_text)
        return pattern.after_text

    def only_data(self, pattern: Pattern) -> Pattern:
        """Return the alternatives in which the text that just came may be data."""
        if not pattern.has_data:
            return self.pool.not_allowed
        if pattern.kind == "choice":
            return self.pool.choice([self.only_data(member) for member in pattern.members])
        return pattern

    def whole_text(self, pattern: Pattern, text: str, context: Context) -> Pattern:
        """Return what is left after the whole text of an element or attribute, or a list's word."""
        if not pattern.has_data:
            return self.mixed_text(pattern)
        if pattern.kind == "data":
            fits = pattern.datatype.allows(text, context) and not (
                pattern.content is not None and self.matches(pattern.content, text, context)
            )
            return self.pool.empty if fits else self.pool.not_allowed
        if pattern.kind == "value":
            fits = pattern.datatype.same(text, pattern.value, context)
            return self.pool.empty if fits else self.pool.not_allowed
        if pattern.kind == "list":
            return self._list(pattern.content, text, context)
        return self._text(pattern, lambda member: self.whole_text(member, text, context))

    def _list(self, pattern: Pattern, text: str, context: Context) -> Pattern:
        for word in filter(None, collapse(text).split(" ")):
            pattern = self.whole_text(pattern, word, context)
        return self.pool.empty if pattern.nullable else self.pool.not_allowed

    def _text(self, pattern: Pattern, recurse: Callable[[Pattern], Pattern]) -> Pattern:
        pool, members = self.pool, pattern.members
        if pattern.kind == "choice":
            return pool.choice([recurse(member) for member in members])
        if pattern.kind == "interleave":
            return pool.choice(
                [
                    pool.interleave((recurse(member), *members[:index], *members[index + 1 :]))
                    for index, member in enumerate(members)
                ]
            )
        if pattern.kind == "oneOrMore":
            return pool.group(recurse(members[0]), pool.optional(pattern))
        left = []
        while pattern.kind == "group":
            first, rest = pattern.members
            left.append(pool.group(recurse(first), rest))
            if not first.nullable:
                return pool.choice(left)
            pattern = rest
        return pool.choice([*left, recurse(pattern)])

    def matches(self, pattern: Pattern, value: str, context: Context) -> bool:
        """Return whether the pattern allows the value of an attribute, or an element's text."""
        kept = pattern.verdicts
        if kept is None:
            kept = pattern.verdicts = {}
        verdict = kept.get(value)
        if verdict is None:
            before = context.used
            context.used = False
            verdict = self.whole_text(pattern, value, context).nullable or (
                pattern.nullable and not value.strip(" \t\r\n")
            )
            if not context.used and len(kept) < _KEPT_VERDICTS and len(value) < 400:
                kept[value] = verdict
            context.used = context.used or before
        return verdict
