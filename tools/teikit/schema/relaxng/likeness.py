"""What was probably meant: names that look like the one that was written, copied elements."""

from collections.abc import Iterable
from itertools import islice

from lxml import etree

from teikit.document import ORDINAL, XML_ID
from teikit.schema.relaxng.nameclasses import local_name
from teikit.schema.relaxng.otherwords import other_words

_LONGEST = 60  # letters of a name that is compared
_LONGEST_ROW = 10  # elements of one name among which a copy is sought
_LARGEST = 100  # elements of a copy that are compared


def nearest_names(written: str, names: Iterable[str]) -> list[str]:
    """Return the names that are one or two slips away from what was written, nearest first.

    What other vocabularies call so comes before that.
    """
    local = local_name(written)
    allowed = 1 if len(local) < 6 else 2
    if len(local) > _LONGEST:
        return []
    found, called = [], other_words(local, "element")
    for name in names:
        other = local_name(name)
        if other in called:
            found.append((called.index(other) / 10, name))
            continue
        letters = len(set(local.lower()) ^ set(other.lower()))  # each slip changes two at most
        if abs(len(other) - len(local)) <= allowed and letters <= 2 * allowed and name != written:
            slips = _slips(local.lower(), other.lower())
            if slips <= allowed and (slips == 0 or _alike(local, other)):
                found.append((slips, name))
    return [name for _slips, name in sorted(found)]


def _alike(one: str, other: str) -> bool:
    """Return whether names that differ have enough in common: short ones need all letters."""
    return len(one) > 2 < len(other) or set(one) == set(other)


def _slips(one: str, other: str) -> int:
    """Return how many letters are too many, too few, wrong, or in the wrong order."""
    if sorted(one) == sorted(other) and len(one) == 2 and one != other:
        return 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for index, letter in enumerate(one, 1):
        before, last, row = row, before, [index]
        for at, here in enumerate(other, 1):
            row.append(min(before[at] + 1, row[-1] + 1, before[at - 1] + (letter != here)))
            if index > 1 < at and letter == other[at - 2] and here == one[index - 2]:
                row[at] = min(row[at], last[at - 2] + 1)
    return row[-1]


def is_copy(element: etree._Element) -> bool:
    """Return whether the element says the same as the one before it."""
    before = previous_element(element)
    return before is not None and _same(before, element)


def find_copy(element: etree._Element) -> etree._Element | None:
    """Return the first element that says the same as the one before it, of those of this name
    that stand here and directly before."""
    for _ in range(_LONGEST_ROW):
        before = previous_element(element)
        if before is None or before.tag != element.tag:
            return None
        if _same(before, element):
            return element
        element = before
    return None


def previous_element(element: etree._Element) -> etree._Element | None:
    """Return the element that stands before this one in the same parent."""
    return next(element.itersiblings(etree.Element, preceding=True), None)


def _same(one: etree._Element, other: etree._Element) -> bool:
    pairs = zip(one.iter(etree.Element), other.iter(etree.Element), strict=False)
    if len(one) != len(other):
        return False
    return all(
        a.tag == b.tag
        and len(a) == len(b)
        and a.text == b.text
        and _attributes(a) == _attributes(b)
        for a, b in islice(pairs, _LARGEST)
    )


def _attributes(element: etree._Element) -> dict[str, str]:
    return {name: value for name, value in element.items() if name not in (ORDINAL, XML_ID)}
