"""Which attributes of which elements have a datatype, read from the TEI's p5subset.xml."""

from collections import defaultdict
from functools import cache
from pathlib import Path

from lxml import etree

_T = "{http://www.tei-c.org/ns/1.0}"


def attributes_of(subset: Path, datatype: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the elements that have each attribute with this datatype, and those with others."""
    found, others = defaultdict(set), defaultdict(set)
    for element, attributes in _read(subset).items():
        for attribute, kind in attributes.items():
            (found if kind == datatype else others)[attribute].add(element)
    return dict(found), dict(others)


@cache
def _read(subset: Path) -> dict[str, dict[str, str]]:
    """Return the datatype of each attribute of each element."""
    root = etree.parse(str(subset)).getroot()
    classes = {one.get("ident"): one for one in root.iter(f"{_T}classSpec")}
    found = {}
    for spec in root.iter(f"{_T}elementSpec"):
        attributes: dict[str, str] = {}
        for name in sorted({*_classes_of(spec, classes), *_with("att.global", classes)}):
            attributes.update(_own(classes[name]))
        for attribute in spec.iterfind(f"{_T}attList//{_T}attDef[@mode='delete']"):
            attributes.pop(attribute.get("ident"), None)
        attributes.update(_own(spec))
        found[spec.get("ident")] = attributes
    return found


def _classes_of(spec, classes) -> set[str]:
    return {
        name
        for member in spec.iterfind(f"{_T}classes/{_T}memberOf")
        for name in _with(member.get("key"), classes)
    }


def _with(name: str, classes) -> set[str]:
    """Return the class and those it belongs to."""
    return {name, *_classes_of(classes[name], classes)} if name in classes else set()


def _own(spec) -> dict[str, str]:
    return {
        attribute.get("ident"): data.get("key") or data.get("name")
        for attribute in spec.iterfind(f"{_T}attList//{_T}attDef")
        if (data := attribute.find(f"{_T}datatype/{_T}dataRef")) is not None
    }
