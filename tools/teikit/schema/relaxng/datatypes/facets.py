"""Facets: how a schema narrows a datatype (XML Schema part 2, 4.3).

RELAX NG has its own enumeration and no use for whiteSpace, so these two are not here.
"""

import operator
import re
from collections.abc import Callable, Iterable
from typing import Any

from teikit.schema.relaxng.datatypes.base import BadDatatype, Check, Context, Datatype
from teikit.schema.relaxng.datatypes.numbers import fraction_digits, total_digits
from teikit.schema.relaxng.regex import BadPattern, compile_pattern

_LENGTHS: dict[str, Callable[[int, int], bool]] = {
    "length": operator.eq,
    "minLength": operator.ge,
    "maxLength": operator.le,
}
_BOUNDS: dict[str, Callable[[Any, Any], bool]] = {
    "minInclusive": lambda value, bound: value > bound or value == bound,
    "maxInclusive": lambda value, bound: value < bound or value == bound,
    "minExclusive": operator.gt,
    "maxExclusive": operator.lt,
}
_DIGITS = {"totalDigits": total_digits, "fractionDigits": fraction_digits}
_COUNT = re.compile(r"\s*\+?0*([0-9]{1,9})\s*")


def facet_checks(
    base: Datatype, allowed: frozenset[str], params: Iterable[tuple[str, str]], context: Context
) -> tuple[Check, ...]:
    """Return a check for each facet; raise BadDatatype for one that the type does not have."""
    return tuple(_check(base, allowed, name, text, context) for name, text in params)


def _check(
    base: Datatype, allowed: frozenset[str], name: str, text: str, context: Context
) -> Check:
    if name not in allowed:
        raise BadDatatype(f"the datatype {base.name} has no facet {name}")
    if name == "pattern":
        return _pattern(text)
    if name in _LENGTHS:
        return _length(base, _LENGTHS[name], _count(name, text))
    if name in _DIGITS:
        count, digits = _count(name, text), _DIGITS[name]
        return lambda _text, value: digits(value) <= count
    return _bound(base, name, text, context)


def _pattern(text: str) -> Check:
    try:
        matches = compile_pattern(text).matches
    except BadPattern as error:
        shown = text if len(text) < 80 else text[:80] + "…"
        raise BadDatatype(f"the pattern {shown!r} is no regular expression: {error}") from error
    return lambda normalised, _value: matches(normalised)


def _length(base: Datatype, compare: Callable[[int, int], bool], count: int) -> Check:
    if base.name in ("QName", "NOTATION"):  # their length depends on a prefix: every one fits
        return lambda _text, _value: True
    return lambda _text, value: compare(len(value), count)


def _bound(base: Datatype, name: str, text: str, context: Context) -> Check:
    bound, compare = base.value(text, context), _BOUNDS[name]
    if bound is None:
        raise BadDatatype(f"{name} of {base.name} is {text!r}, which is no {base.name}")
    if bound == "NaN":
        return lambda _text, value: value == bound and name.endswith("Inclusive")
    return lambda _text, value: value != "NaN" and compare(value, bound)


def _count(name: str, text: str) -> int:
    match = _COUNT.fullmatch(text)
    if match is None:
        raise BadDatatype(f"{name} is {text!r}, which is no length")
    return int(match[1])
