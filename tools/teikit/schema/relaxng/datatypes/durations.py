"""Durations (XML Schema part 2, 3.2.6): months and seconds, which do not always compare."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from teikit.schema.relaxng.datatypes.base import Context
from teikit.schema.relaxng.datatypes.dates import days_before, days_in

_NUMBER = r"(?:([0-9]+)%s)?"
_DURATION = re.compile(
    r"(-)?P(?=.)"
    + _NUMBER % "Y"
    + _NUMBER % "M"
    + _NUMBER % "D"
    + r"(?:T(?=.)"
    + _NUMBER % "H"
    + _NUMBER % "M"
    + r"(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
_LONGEST = 4_000  # characters: more is no duration that anybody means
# the dates from which XML Schema compares two durations
_STARTS = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


@dataclass(frozen=True)
class Duration:
    """A stretch of time."""

    months: int
    seconds: Fraction

    def _ends(self) -> tuple[Fraction, ...]:
        return tuple(self._end(year, month) for year, month in _STARTS)

    def _end(self, year: int, month: int) -> Fraction:
        total = year * 12 + month - 1 + self.months
        year, month = total // 12, total % 12 + 1
        return days_before(year, month, min(1, days_in(year, month))) * 86400 + self.seconds

    def __lt__(self, other: "Duration") -> bool:
        return all(mine < theirs for mine, theirs in zip(self._ends(), other._ends(), strict=True))

    def __gt__(self, other: "Duration") -> bool:
        return other < self


def parse_duration(text: str, _context: Context) -> Duration | None:
    """Return the duration."""
    match = _DURATION.fullmatch(text) if len(text) < _LONGEST else None
    if match is None:
        return None
    minus, *numbers = match.groups()
    years, months, days, hours, minutes = (int(number or 0) for number in numbers[:5])
    seconds = Fraction(Decimal(numbers[5] or 0)) + minutes * 60 + hours * 3600 + days * 86400
    sign = -1 if minus else 1
    return Duration(sign * (years * 12 + months), sign * seconds)
