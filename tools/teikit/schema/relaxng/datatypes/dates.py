"""Dates and times (XML Schema part 2, 3.2.7-3.2.14): a date that does not exist is no date.

A value is a Moment: seconds on a line from year 1, and whether a time zone was given. Moments
with and without a zone are in order only where 14 hours cannot change it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from teikit.schema.relaxng.datatypes.base import Context

_YEAR = r"(?P<year>-?(?:[1-9][0-9]{4,}|[0-9]{4}))"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?P<hour>[01][0-9]|2[0-4]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9](?:\.[0-9]+)?)"
_ZONE = r"(?P<zone>Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
_FORMS = {
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}",
    "time": _TIME,
    "gYearMonth": f"{_YEAR}-{_MONTH}",
    "gYear": _YEAR,
    "gMonthDay": f"--{_MONTH}-{_DAY}",
    "gMonth": f"--{_MONTH}",
    "gDay": f"---{_DAY}",
}
NAMES = tuple(_FORMS)
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LONGEST_YEAR = 4_000  # digits
_UNKNOWN_ZONE = 14 * 3600
_SOME_LEAP_YEAR = 2000  # stands for the year where there is none: 29 February exists


@dataclass(frozen=True)
class Moment:
    """A point of time; for a year or a month, its beginning."""

    seconds: Fraction
    has_zone: bool

    def __lt__(self, other: "Moment") -> bool:
        if self.has_zone == other.has_zone:
            return self.seconds < other.seconds
        return self.seconds + _UNKNOWN_ZONE < other.seconds

    def __gt__(self, other: "Moment") -> bool:
        return other < self


def days_before(year: int, month: int, day: int) -> int:
    """Return the number of days before a date of the Gregorian calendar, from 1 March of year 0."""
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day - 1


def days_in(year: int, month: int) -> int:
    """Return how many days the month has."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _DAYS[month - 1]


def date_parser(name: str) -> Callable[[str, Context], Moment | None]:
    """Return the function that reads values of the type."""
    form = re.compile(_FORMS[name] + _ZONE)

    def parse(text: str, _context: Context) -> Moment | None:
        match = form.fullmatch(text)
        return _moment(match.groupdict()) if match else None

    return parse


def _moment(parts: dict[str, str | None]) -> Moment | None:
    year = _year(parts.get("year"))
    month, day = int(parts.get("month") or 1), int(parts.get("day") or 1)
    time = _time(parts)
    zone = _zone(parts.get("zone"))
    if year is None or time is None or zone is None or day > days_in(year, month):
        return None
    seconds = days_before(year, month, day) * 86400 + time - zone
    return Moment(Fraction(seconds), parts.get("zone") is not None)


def _year(text: str | None) -> int | None:
    """Return the year, counting the one before 1 as 0; None for 0000, which XML Schema has not."""
    if text is None:
        return _SOME_LEAP_YEAR
    if len(text) > _LONGEST_YEAR or not text.strip("-0"):
        return None
    year = int(text)
    return year if year > 0 else year + 1


def _time(parts: dict[str, str | None]) -> Fraction | None:
    hour, minute = int(parts.get("hour") or 0), int(parts.get("minute") or 0)
    second = Fraction(Decimal(parts.get("second") or 0))
    if hour == 24 and (minute or second):
        return None
    return hour * 3600 + minute * 60 + second


def _zone(text: str | None) -> int | None:
    if text is None or text == "Z":
        return 0
    minutes = int(text[1:3]) * 60 + int(text[4:])
    if minutes > 14 * 60:
        return None
    return (-60 if text[0] == "-" else 60) * minutes
