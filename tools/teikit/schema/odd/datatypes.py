"""Datatypes and lists of values as RELAX NG patterns."""

from lxml import etree

from teikit.schema.odd.errors import Remarks
from teikit.schema.odd.patterns import (
    REPEATABLE,
    XSD,
    Pattern,
    documentation,
    local,
    make,
    one_of,
    parameter,
    repeated,
    value,
)
from teikit.schema.odd.reading import kind
from teikit.schema.odd.specs import ValList

_TYPES = (
    "anyURI base64Binary boolean byte date dateTime decimal double duration ENTITIES ENTITY float "
    "gDay gMonth gMonthDay gYear gYearMonth hexBinary ID IDREF IDREFS int integer language long "
    "Name NCName negativeInteger NMTOKEN NMTOKENS nonNegativeInteger nonPositiveInteger "
    "normalizedString NOTATION positiveInteger QName short string time token unsignedByte "
    "unsignedInt unsignedLong unsignedShort"
)
_FACETS = (
    "length minLength maxLength pattern minInclusive maxInclusive minExclusive maxExclusive "
    "totalDigits fractionDigits"
)


def occurrence(node: etree._Element, remarks: Remarks) -> tuple[int, int | None]:
    """Return minOccurs and maxOccurs of NODE; None stands for "unbounded"."""
    least, most = node.get("minOccurs", "1"), node.get("maxOccurs")
    if most is None:  # TEI: the default is 1, but never less than minOccurs
        most = "1" if least in ("0", "1") else least
    bounds = [least, *([] if most == "unbounded" else [most])]
    if not all(bound.isascii() and bound.isdigit() for bound in bounds):
        raise remarks.error(node, 'minOccurs and maxOccurs are whole numbers, or "unbounded"')
    numbers = [int(bound) for bound in bounds]
    if max(numbers) > REPEATABLE:
        raise remarks.error(node, f"minOccurs and maxOccurs go up to {REPEATABLE}, or unbounded")
    if len(numbers) == 2 and numbers[0] > numbers[1]:
        raise remarks.error(node, f"minOccurs={least} is more than maxOccurs={most}")
    return numbers[0], (None if most == "unbounded" else numbers[1])


def builtin_data(node: etree._Element, remarks: Remarks) -> Pattern:
    """Return the XML Schema datatype that a dataRef names, with its facets."""
    name = node.get("name", "")
    if name not in _TYPES.split():
        raise remarks.unknown(node, "XML Schema datatype", name, _TYPES.split())
    return make("data", *facets(node, remarks), type=name)


def facets(node: etree._Element, remarks: Remarks) -> list[Pattern]:
    """Return the facets of a dataRef: its restriction and each dataFacet."""
    found = []
    if node.get("restriction") is not None:
        found.append(parameter("pattern", node.get("restriction", "")))
    for child in node:
        if kind(child) == "dataFacet":
            if child.get("name") not in _FACETS.split():
                raise remarks.unknown(child, "facet", child.get("name", ""), _FACETS.split())
            found.append(parameter(child.get("name", ""), child.get("value", "")))
    return found


def restricted(pattern: Pattern, extra: list[Pattern]) -> Pattern | None:
    """Return PATTERN (data, value or a choice of them) with more facets; None: nothing is left."""
    if not extra:
        return pattern
    if local(pattern) == "choice":
        children = [child for child in pattern if local(child)]
        return one_of(restricted(child, extra) for child in children)
    if local(pattern) == "value":
        return pattern if _fits(pattern.text or "", extra) else None
    data = make("data", *pattern, type=pattern.get("type", "string"))
    for facet in extra:
        data.append(parameter(facet.get("name", ""), facet.text or ""))
    return data


def _fits(text: str, facets_: list[Pattern]) -> bool:
    """Say whether TEXT satisfies the facets; the validator itself is asked."""
    copies = [parameter(facet.get("name", ""), facet.text or "") for facet in facets_]
    data = make("data", *copies, type="token")
    data.set("datatypeLibrary", XSD)
    document = etree.Element("value")
    document.text = text
    return etree.RelaxNG(make("element", data, name="value")).validate(document)


def value_choice(values: ValList, datatype: Pattern | None) -> Pattern | None:
    """Return the choice between the values of a list; a "semi" list allows DATATYPE as well.

    None where nothing is left to choose from. (A list of type "open" is for the caller to leave
    out: it allows whatever the datatype allows.)
    """
    choice = make("choice")
    for item in values.items:
        choice.append(value(item.name))
        if item.gloss:
            choice.append(documentation(item.gloss))
    if values.type == "semi" and datatype is not None:
        choice.append(datatype)
    if len(choice) == 1 and local(choice[0]):
        return choice[0]
    return choice if len(choice) else None


def value_list(pattern: Pattern, least: int, most: int | None) -> Pattern:
    """Return the white-space-separated list of LEAST to MOST times PATTERN."""
    if (least, most) == (1, 1):
        return pattern
    if (least, most) == (0, 1):  # no list: the one value may hold white space
        return make("choice", pattern, value(""))
    many = repeated(pattern, least, most)
    assert many is not None  # PATTERN is there, so its repetition is
    parts = list(many) if local(many) == "group" else [many]  # a list is a group already
    return make("list", *parts)
