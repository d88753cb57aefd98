"""RELAX NG patterns in XML syntax: the small constructors that the writers share.

None stands for a pattern that has vanished, because what it refers to is not in the schema.
"""

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from teikit.schema.odd.reading import RNG

ANNOTATIONS = "http://relaxng.org/ns/compatibility/annotations/1.0"
XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
REPEATABLE = 200  # how often a pattern is written out for minOccurs and maxOccurs at most

Pattern = etree._Element


def make(name: str, /, *children: Pattern, **attributes: str) -> Pattern:
    """Return the pattern NAME with these attributes and children."""
    pattern = etree.Element(f"{{{RNG}}}{name}", attributes, nsmap={None: RNG, "a": ANNOTATIONS})
    pattern.extend(children)
    return pattern


def together(patterns: Iterable[Pattern | None], name: str = "group") -> Pattern | None:
    """Return PATTERNS one after the other (or as NAME joins them); None where all vanished."""
    left = [pattern for pattern in patterns if pattern is not None]
    if len(left) < 2:
        return left[0] if left else None
    return make(name, *left)


def one_of(patterns: Iterable[Pattern | None]) -> Pattern | None:
    """Return the choice between PATTERNS; None where all vanished."""
    return together(patterns, "choice")


def repeated(pattern: Pattern | None, least: int, most: int | None) -> Pattern | None:
    """Return PATTERN as often as LEAST to MOST times (None: without end)."""
    if pattern is None or (least, most) == (1, 1):
        return pattern
    if (least, most) == (0, 1):
        return make("optional", pattern)
    if most == 0:
        return make("empty")
    if most is None and least < 2:
        return make("oneOrMore" if least else "zeroOrMore", pattern)
    if most is None:
        copies = [deepcopy(pattern) for _ in range(least - 1)]
        return make("group", *copies, make("oneOrMore", pattern))
    tail: Pattern | None = None
    for _ in range(most - least):  # (p, (p, p?)?)? keeps an automaton small
        tail = make("optional", deepcopy(pattern), *(() if tail is None else (tail,)))
    return together([*(deepcopy(pattern) for _ in range(least)), tail])


def documentation(text: str) -> Pattern:
    """Return TEXT as the annotation that editors show."""
    note = etree.Element(f"{{{ANNOTATIONS}}}documentation", nsmap={None: RNG, "a": ANNOTATIONS})
    note.text = text
    return note


def value(text: str) -> Pattern:
    """Return the pattern of one literal value."""
    pattern = make("value")
    pattern.text = text or None
    return pattern


def parameter(name: str, text: str) -> Pattern:
    """Return one facet of a datatype."""
    pattern = make("param", name=name)
    pattern.text = text
    return pattern


def local(pattern: Pattern) -> str:
    """Return the local name of a RELAX NG element, "" for an annotation."""
    name = etree.QName(pattern)
    return name.localname if name.namespace == RNG else ""
