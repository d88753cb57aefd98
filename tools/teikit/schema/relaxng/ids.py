"""IDs as a DTD knows them (RELAX NG DTD Compatibility, section 5), where a schema has them.

A schema is sound in this respect where an attribute of an element has one ID type, whatever
declaration of the element is meant. The TEI's schemas are not (elements of any name may stand in
them): then nothing is checked here. xml:id is checked in every document, by `check/ids.py`.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from lxml import etree

from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.errors import BadGrammar
from teikit.schema.relaxng.nameclasses import Name, overlap
from teikit.schema.relaxng.patterns import Pattern
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.restrictions import reachable

IdTypes = dict[str, dict[str, str]]  # element, attribute: "ID", "IDREF" or "IDREFS"


def find_id_types(start: Pattern) -> IdTypes:
    """Return the ID type of each attribute that has one; raise BadGrammar where it has two."""
    elements = [(element, list(_attributes(element.content))) for element in reachable(start)]
    found: IdTypes = defaultdict(dict)
    for element, attributes in elements:
        for attribute in attributes:
            kind = _id_type(attribute)
            if kind:
                _check_names(element, attribute)
                found[element.names.name][attribute.names.name] = kind
    for element, attributes in elements:
        for attribute in attributes:
            _check_rivals(element, attribute, found)
    return dict(found)


def _attributes(pattern: Pattern) -> Iterator[Pattern]:
    """Yield the attributes of a content; raise BadGrammar for ID types outside of them."""
    waiting, seen = [pattern], {pattern.number}  # a few lines of schema can stand for 2^60 paths
    while waiting:
        pattern = waiting.pop()
        if pattern.kind == "attribute":
            yield pattern
        elif pattern.kind == "data" and pattern.datatype.id_type:
            raise BadGrammar(None, f"the datatype {pattern.datatype.name} is for attributes only")
        elif pattern.kind != "element":
            for member in reversed(pattern.members):
                if member.number not in seen:
                    seen.add(member.number)
                    waiting.append(member)


def _id_type(attribute: Pattern) -> str:
    """Return the ID type of the attribute; "" where it has none."""
    content = attribute.content
    if content.kind in ("data", "value"):
        return content.datatype.id_type
    for part in _parts(content):
        if part.datatype.id_type:
            raise BadGrammar(
                attribute.position, f"{part.datatype.name} must be all that an attribute may be"
            )
    return ""


def _parts(pattern: Pattern) -> Iterator[Pattern]:
    if pattern.kind in ("data", "value"):
        yield pattern
    elif pattern.kind == "list":
        yield from _parts(pattern.content)
    for member in pattern.members:
        yield from _parts(member)


def _check_names(element: Pattern, attribute: Pattern) -> None:
    if not isinstance(element.names, Name) or not isinstance(attribute.names, Name):
        raise BadGrammar(
            attribute.position,
            "an attribute of an ID type, and its element, must have one name each",
        )


def _check_rivals(element: Pattern, attribute: Pattern, found: IdTypes) -> None:
    for name, attributes in _chosen(element, found):
        for attribute_name, kind in _chosen(attribute, attributes):
            if (
                overlap(element.names, Name(name))
                and overlap(attribute.names, Name(attribute_name))
                and _id_type(attribute) != kind
            ):
                raise BadGrammar(
                    attribute.position, f"{attribute_name} of {name} is {kind} here and not there"
                )


def _chosen(pattern: Pattern, by_name: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the entries that the pattern may overlap: with one name, only its own."""
    if not isinstance(pattern.names, Name):
        return list(by_name.items())
    name = pattern.names.name
    return [(name, by_name[name])] if name in by_name else []


def check_ids(tree: etree._ElementTree | etree._Element, types: IdTypes) -> Iterator[Problem]:
    """Yield each ID that comes twice, and each reference to an ID that does not exist."""
    known: dict[str, Any] = {}
    references: list[tuple[Any, str, str]] = []
    for element in tree.iter(etree.Element):
        for attribute, kind in types.get(element.tag, {}).items():
            for value in (element.get(attribute) or "").split():
                if kind != "ID":
                    references.append((element, attribute, value))
                elif known.setdefault(value, element) is not element:
                    yield Problem(
                        kinds.DUPLICATE_ID, element, element.tag, found=value, attribute=attribute
                    )
    for element, attribute, value in references:
        if value not in known:
            yield Problem(kinds.UNKNOWN_ID, element, element.tag, found=value, attribute=attribute)
