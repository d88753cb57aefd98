"""Numbers and truth values (XML Schema part 2, 3.2.2-3.2.5 and 3.3.13-3.3.25).

Decimals are kept exactly, however many digits they have.
"""

import re
import struct
from collections.abc import Callable
from decimal import Decimal

from teikit.schema.relaxng.datatypes.base import Context

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SPECIAL = {"INF": float("inf"), "-INF": float("-inf")}

# name: lowest and highest value
INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}


def parse_boolean(text: str, _context: Context) -> bool | None:
    """Return the truth value."""
    return {"true": True, "1": True, "false": False, "0": False}.get(text)


def parse_decimal(text: str, _context: Context) -> Decimal | None:
    """Return the decimal number."""
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def integer_parser(name: str) -> Callable[[str, Context], Decimal | None]:
    """Return the function that reads integers of the type."""
    lowest, highest = INTEGERS[name]

    def parse(text: str, _context: Context) -> Decimal | None:
        if not _INTEGER.fullmatch(text):
            return None
        value = Decimal(text)
        fits = (lowest is None or value >= lowest) and (highest is None or value <= highest)
        return value if fits else None

    return parse


def parse_double(text: str, _context: Context) -> float | str | None:
    """Return the number; "NaN" as a word, so that it is equal to itself."""
    if text == "NaN":
        return text
    if text in _SPECIAL:
        return _SPECIAL[text]
    return float(text) if _DOUBLE.fullmatch(text) else None


def parse_float(text: str, context: Context) -> float | str | None:
    """Return the number in single precision."""
    value = parse_double(text, context)
    if not isinstance(value, float):
        return value
    try:
        return struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def total_digits(value: Decimal) -> int:
    """Return how many digits the number needs."""
    _sign, digits, exponent = value.as_tuple()
    text = "".join(map(str, digits)).lstrip("0")
    if exponent >= 0:
        return max(len(text) + exponent, 1)
    whole = max(len(text) + exponent, 0)
    return max(whole + fraction_digits(value), 1)


def fraction_digits(value: Decimal) -> int:
    """Return how many digits the number needs after the point."""
    _sign, digits, exponent = value.as_tuple()
    if exponent >= 0:
        return 0
    text = "".join(map(str, digits)).rjust(-exponent, "0")
    return len(text[exponent:].rstrip("0"))
