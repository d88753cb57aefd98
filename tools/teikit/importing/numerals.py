"""What a number says that a source writes in digits, Roman, or Chinese: of pages and chapters."""

import re

from teikit.check.page_numbers import HAN_DIGITS

_SIDE = re.compile("[A-Za-zａ-ｚＡ-Ｚ上下左右前後后正背葉叶頁页]+$")
_DIGITS = (
    "〇零○", "一壹弌", "二贰貳兩两弍", "三叁參叄弎", "四肆",
    "五伍", "六陆陸", "七柒", "八捌", "九玖",
)  # fmt: skip
_VALUES = {one: value for value, said in enumerate(_DIGITS) for one in said}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def page_value(said: str) -> int:
    """Return the value of the number of a page or leaf, whatever its side; 0 where it is none."""
    number = said
    if said[:1].isdigit() or said[:1] in HAN_DIGITS:
        number = _SIDE.sub("", said)
    if number.isdecimal():
        return int(number)
    return han_value(number) or roman_value(number)


def han_value(said: str) -> int:
    """Return the value of a Chinese number: 十二, 廿三, 一百〇五, 一二〇; 0 where it is none."""
    if not said or any(one not in HAN_DIGITS for one in said):
        return 0
    if all(one in _VALUES for one in said):
        return int("".join(str(_VALUES[one]) for one in said))
    total, digit = 0, 0
    for one in said:
        if one in _VALUES:
            digit = _VALUES[one]
        elif one in _TENS:
            total += _TENS[one]
        else:
            total, digit = total + (digit or 1) * _UNITS[one], 0
    return total + digit


def roman_value(said: str) -> int:
    """Return the value of a Roman number; 0 where it is none."""
    total, highest = 0, 0
    for letter in reversed(said.lower()):
        value = _ROMAN.get(letter, 0)
        if not value:
            return 0
        total += value if value >= highest else -value
        highest = max(highest, value)
    return total if total > 0 and _roman(total) == said.lower() else 0


def _roman(number: int) -> str:
    said = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        while number >= value:
            said, number = said + letters, number - value
    return said
