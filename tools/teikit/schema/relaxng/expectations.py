"""What could stand at a place: elements, attributes and values, as the patterns tell."""

from collections.abc import Iterable, Iterator

from teikit.schema.relaxng.derivatives import Derivatives
from teikit.schema.relaxng.nameclasses import AnyName, NameClass, NsName, listed
from teikit.schema.relaxng.patterns import Pattern

ANY_NAME = "*"
_MOST_VALUES = 500


def names_of(names: NameClass) -> set[str]:
    """Return the names of a class; "*" and "{namespace}*" stand for names without end."""
    if isinstance(names, AnyName):
        return {ANY_NAME}
    if isinstance(names, NsName):
        return {f"{{{names.namespace}}}*"}
    return set(listed(names))


def next_elements(
    pattern: Pattern,
    derivatives: Derivatives,
) -> tuple[tuple[Pattern, Pattern], ...]:
    """Return each element that may come next, with what may follow it."""
    pool = derivatives.pool
    found: dict[tuple[int, int], tuple[Pattern, Pattern]] = {}

    def add(pairs: Iterable[tuple[Pattern, Pattern]]) -> None:
        for element, after in pairs:
            if after is not pool.not_allowed:
                found[element.number, after.number] = (element, after)

    if pattern.kind == "element":
        return ((pattern, pool.empty),)
    if pattern.kind == "choice":
        for member in pattern.members:
            add(next_elements(member, derivatives))
    elif pattern.kind == "group":
        while pattern.kind == "group":
            first, rest = pattern.members
            add(
                (element, pool.group(after, rest))
                for element, after in next_elements(first, derivatives)
            )
            if not first.nullable:
                return tuple(found.values())
            pattern = rest
        add(next_elements(pattern, derivatives))
    elif pattern.kind == "interleave":
        for index, member in enumerate(pattern.members):
            others = pattern.members[:index] + pattern.members[index + 1 :]
            add(
                (element, pool.interleave((after, *others)))
                for element, after in next_elements(member, derivatives)
            )
    elif pattern.kind == "oneOrMore":
        again = pool.optional(pattern)
        add(
            (element, pool.group(after, again))
            for element, after in next_elements(pattern.members[0], derivatives)
        )
    return tuple(found.values())


def element_names(patterns: Iterable[Pattern], derivatives: Derivatives) -> tuple[str, ...]:
    """Return the names of the elements that may come next, sorted."""
    return tuple(
        sorted(
            {
                name
                for pattern in patterns
                for element, _after in next_elements(pattern, derivatives)
                for name in names_of(element.names)
            }
        )
    )


def attribute_names(patterns: Iterable[Pattern]) -> tuple[str, ...]:
    """Return the names of the attributes that may be given, sorted."""
    return tuple(
        sorted(
            {
                name
                for pattern in patterns
                for leaf in _attributes(pattern)
                for name in names_of(leaf.names)
            }
        )
    )


def _attributes(pattern: Pattern) -> Iterator[Pattern]:
    if pattern.kind == "attribute":
        yield pattern
    elif pattern.has_attributes:
        for member in pattern.members:
            yield from _attributes(member)


def missing_attributes(patterns: Iterable[Pattern], derivatives: Derivatives) -> tuple[str, ...]:
    """Return the attributes without which the start tag is not complete, sorted."""
    found: set[str] = set()
    for pattern in patterns:
        _find_missing(pattern, derivatives, found)
    return tuple(sorted(found))


def _find_missing(pattern: Pattern, derivatives: Derivatives, found: set[str]) -> None:
    """Add the attributes of every part that cannot be closed without them."""
    if not pattern.has_attributes:
        return
    if derivatives.close_start_tag(pattern) is not derivatives.pool.not_allowed:
        return
    if pattern.kind == "attribute":
        found.update(names_of(pattern.names))
    for member in pattern.members:
        _find_missing(member, derivatives, found)


def allowed_values(patterns: Iterable[Pattern]) -> tuple[str, ...]:
    """Return the values that the patterns list, or the names of their datatypes, sorted."""
    found: set[str] = set()
    for pattern in patterns:
        for leaf in _data(pattern):
            found.add(leaf.lexical if leaf.kind == "value" else leaf.datatype.name)
    return tuple(sorted(found)[:_MOST_VALUES])


def _data(pattern: Pattern) -> Iterator[Pattern]:
    if pattern.kind in ("data", "value"):
        yield pattern
    elif pattern.kind == "list":
        yield from _data(pattern.content)
    elif pattern.has_data:
        for member in pattern.members:
            yield from _data(member)
