"""Numbers as few printable characters, for lists that a script reads from a string.

A digit has 45 values, and one bit that says whether another follows: 90 characters of ASCII, all
but those that a script's string or HTML has a use for. Numbers up to 44 take one, up to 2,024 two.
"""

from collections.abc import Iterable

BASE = 45
_SIGNS = [chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\<&']
_LAST, _MORE = _SIGNS[:BASE], _SIGNS[BASE : 2 * BASE]
_SHORT = [*_LAST, *(first + last for first in _MORE[1:] for last in _LAST)]
_COUNT = len(_SHORT)


def write_number(number: int) -> str:
    """Return the number as characters."""
    if number < _COUNT:
        return _SHORT[number]
    number, digit = divmod(number, BASE)
    signs = [_LAST[digit]]
    while number:
        number, digit = divmod(number, BASE)
        signs.append(_MORE[digit])
    return "".join(reversed(signs))


def write_numbers(numbers: Iterable[int]) -> str:
    """Return the numbers as characters, one after the other."""
    return "".join(map(write_number, numbers))
