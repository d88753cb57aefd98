"""Which datatypes there are, by library and name."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from teikit.schema.relaxng.datatypes import (
    binary,
    dates,
    durations,
    names,
    numbers,
    uris,
)
from teikit.schema.relaxng.datatypes.base import (
    BadDatatype,
    Context,
    Datatype,
    Nowhere,
    Parse,
    collapse,
    preserve,
    replace,
)
from teikit.schema.relaxng.datatypes.facets import facet_checks

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
Params = Sequence[tuple[str, str]]

_LENGTHS = frozenset({"length", "minLength", "maxLength", "pattern"})
_ORDERED = frozenset({"minInclusive", "maxInclusive", "minExclusive", "maxExclusive", "pattern"})
_DIGITS = _ORDERED | {"totalDigits", "fractionDigits"}
_PATTERN = frozenset({"pattern"})


class _Type(NamedTuple):
    """How a type of XML Schema reads text, and which facets it has."""

    parse: Parse
    facets: frozenset[str]
    space: Callable[[str], str] = collapse
    anything: bool = False
    needs_context: bool = False
    id_type: str = ""


@cache
def _types() -> dict[str, _Type]:
    """Return every type of XML Schema by its name."""
    types = {
        "string": _Type(names.parse_string, _LENGTHS, preserve, anything=True),
        "normalizedString": _Type(names.parse_string, _LENGTHS, replace, anything=True),
        "token": _Type(names.parse_string, _LENGTHS, anything=True),
        "language": _Type(names.parse_language, _LENGTHS),
        "Name": _Type(names.parse_name, _LENGTHS),
        "NCName": _Type(names.parse_ncname, _LENGTHS),
        "NMTOKEN": _Type(names.parse_nmtoken, _LENGTHS),
        "NMTOKENS": _Type(_words(names.parse_nmtoken), _LENGTHS),
        "ID": _Type(names.parse_ncname, _LENGTHS, id_type="ID"),
        "IDREF": _Type(names.parse_ncname, _LENGTHS, id_type="IDREF"),
        "IDREFS": _Type(_words(names.parse_ncname), _LENGTHS, id_type="IDREFS"),
        "ENTITY": _Type(names.parse_entity, _LENGTHS, needs_context=True),
        "ENTITIES": _Type(_words(names.parse_entity), _LENGTHS, needs_context=True),
        "QName": _Type(names.parse_qname, _LENGTHS, needs_context=True),
        "NOTATION": _Type(names.parse_qname, _LENGTHS, needs_context=True),
        "anyURI": _Type(uris.parse_uri, _LENGTHS),
        "boolean": _Type(numbers.parse_boolean, _PATTERN),
        "decimal": _Type(numbers.parse_decimal, _DIGITS),
        "float": _Type(numbers.parse_float, _ORDERED),
        "double": _Type(numbers.parse_double, _ORDERED),
        "duration": _Type(durations.parse_duration, _ORDERED),
        "hexBinary": _Type(binary.parse_hex, _LENGTHS),
        "base64Binary": _Type(binary.parse_base64, _LENGTHS),
    }
    for name in numbers.INTEGERS:
        types[name] = _Type(numbers.integer_parser(name), _DIGITS)
    for name in dates.NAMES:
        types[name] = _Type(dates.date_parser(name), _ORDERED)
    return types


def _words(parse: Parse) -> Parse:
    """Return the function that reads one or more words, each of the type."""

    def parse_words(text: str, context: Context) -> tuple[Any, ...] | None:
        words = tuple(parse(word, context) for word in text.split(" "))
        return None if None in words else words

    return parse_words


def find_datatype(
    library: str, name: str, params: Params = (), context: Context | None = None
) -> Datatype:
    """Return the datatype; raise BadDatatype where library, name or a facet is not known."""
    key = (library, name, tuple(params))
    if library == "":
        return _built_in(key, name, params)
    if library != XSD:
        raise BadDatatype(f"the datatype library {library} is not known; teikit knows {XSD}")
    found = _types().get(name)
    if found is None:
        raise BadDatatype(f"XML Schema has no datatype {name}")
    base = Datatype(key, name, found.space, found.parse)
    checks = facet_checks(base, found.facets, params, context or Nowhere())
    return Datatype(
        key,
        name,
        found.space,
        found.parse,
        checks,
        anything=found.anything,
        needs_context=found.needs_context,
        id_type=found.id_type,
    )


def _built_in(key: tuple, name: str, params: Params) -> Datatype:
    """Return `string` or `token`, the types of the built-in library (section 6.2.7)."""
    if name not in ("string", "token"):
        raise BadDatatype(f"there is no built-in datatype {name}; is datatypeLibrary missing?")
    if params:
        raise BadDatatype(f"the built-in datatype {name} has no facets")
    space = preserve if name == "string" else collapse
    return Datatype(key, name, space, names.parse_string, anything=True)
