"""The forms of dates: what a value of @when or @when-iso says, or why it is no date."""

import datetime
import re
from dataclasses import dataclass

_ZONE = r"(?P<zone>Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
_TIME = r"(?P<hour>\d\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?"
_W3C = tuple(form + _ZONE for form in (
    r"(?P<year>-?\d{4,9})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T" + _TIME + r")?)?)?",
    r"--(?P<month>\d\d)(?:-(?P<day>\d\d))?", r"---(?P<day>\d\d)", _TIME,
))  # fmt: skip
_ISO_ZONE = r"(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?"
_ISO_TIME = (
    r"(?:T(?P<hour>\d\d)(?::?(?P<minute>[0-5]\d)(?::?(?P<second>[0-5]\d))?)?(?:[.,]\d+)?"
    + _ISO_ZONE + ")?"
)  # fmt: skip
_ISO = (
    r"(?P<year>[+-]?\d{4})-?W(?P<week>\d\d)(?:-?(?P<weekday>\d))?" + _ISO_TIME,
    r"(?P<year>[+-]?\d{4})-(?P<ordinal>\d{3})" + _ISO_TIME,
    r"(?P<year>[+-]?\d{4})(?P<ordinal>\d{3})" + _ISO_TIME,
    r"(?P<year>[+-]?\d{4})(?P<month>\d\d)(?P<day>\d\d)" + _ISO_TIME,
    r"(?P<year>[+-]?\d{4,9})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)" + _ISO_TIME + r")?)?",
    r"--(?P<month>\d\d)-?(?P<day>\d\d)", r"--(?P<month>\d\d)", r"---(?P<day>\d\d)",
)  # fmt: skip
# the characters that teidata.temporal.iso allows
_ISO_CHARACTERS = r"[0-9.,DHMPRSTWYZ/:+\-]+"
_YEAR_FIRST = r"(?P<year>\d{4})[-./](?P<month>\d{1,2})(?:[-./](?P<day>\d{1,2}))?"
_DAY_FIRST = r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})"
_YEAR = r"(?P<sign>-?)(?P<year>\d{1,3})"
_BEFORE_ZERO = r"(?P<sign>-)(?P<year>\d{1,4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?"
_COMPACT = r"(?P<year>[1-9]\d{3})(?P<month>\d\d)(?P<day>\d\d)?"
_SPELT_BC = (
    r"(?P<year>\d{1,4})\s?(?:BC|BCE|B\.\s?C\.(?:\s?E\.)?|v\.\s?(?:Chr\.|u\.\s?Z\.)"
    r"|av\.\s?J\.?-C\.?|a\.\s?C(?:hr)?\.)"
)
_SPELT_AD = (
    r"(?:AD|A\.\s?D\.)\s?(?P<year>\d{1,4})",
    r"(?P<year>\d{1,4})\s?(?:AD|CE|A\.\s?D\.|C\.\s?E\.|n\.\s?(?:Chr\.|u\.\s?Z\.)|ap\.\s?J\.?-C\.?)",
)


@dataclass(frozen=True)
class Problem:
    """Why a value is no date: the rule, the words, and what to write."""

    rule: str
    message: str
    hint: str
    expected: tuple[str, ...] = ()


@dataclass(frozen=True)
class Date:
    """A date as written and its parts, the coarsest first; none where it has no year."""

    written: str
    parts: tuple[int, ...] = ()
    zone: str = ""

    def __str__(self) -> str:
        return self.written

    def is_later_than(self, other: "Date") -> bool:
        """Return whether it is, by the parts that both have; times only in one time zone."""
        most = None if self.zone == other.zone else 3
        for one, two in zip(self.parts[:most], other.parts[:most], strict=False):
            if one != two:
                return one > two
        return False


def _match(form: str, value: str) -> re.Match[str] | None:
    return re.fullmatch(form, value, re.ASCII)


def read_w3c(value: str) -> tuple[Date, Date] | Problem:
    """Return the date in a value of @when (twice: it is its own beginning and end)."""
    value = value.strip()
    match = next(filter(None, (_match(form, value) for form in _W3C)), None)
    if match is None:
        return _unknown(value)
    compact = _match(_COMPACT, value)
    if compact and not _impossible(_parts(compact)):
        return _too_many_digits(value, _written(_parts(compact)))
    return _judge(value, match)


def _too_many_digits(value: str, better: str) -> Problem:
    return Problem(
        "dates:unknown-form",
        f"is the year {int(value):,} as it stands, since no hyphens part its month and day",
        f"Write it as {better}.",
        (better,),
    )


def read_iso(value: str) -> tuple[Date, Date] | Problem:
    """Return the first and the last date in a value of @when-iso, which may be an interval."""
    value = value.strip()
    if not _match(_ISO_CHARACTERS, value):
        return _unknown(value, "a date of ISO 8601", has_zero=True)
    parts = [part for part in value.split("/") if part and part[0] not in "PR"]
    dates = []
    for part in parts:
        match = next(filter(None, (_match(form, part) for form in _ISO)), None)
        if match is None:
            continue  # a form that teikit does not know, which ISO 8601 may
        found = _judge(part, match)
        if isinstance(found, Problem):
            return found
        dates.append(found[0])
    if not dates:
        return (none := Date(value)), none
    if len(dates) == 1 or len(parts[-1]) < len(parts[0]):  # 2012-06-06/07: shortened
        return dates[0], dates[0]
    return dates[0], dates[-1]


def _judge(value: str, match: re.Match) -> tuple[Date, Date] | Problem:
    parts = _parts(match)
    problem = _impossible(parts)
    if problem:
        known = _without_zeros(value)
        if known:
            hint = f"Leave out what is not known: {known}."
            return Problem("dates:impossible", problem[0], hint, (known,))
        return Problem("dates:impossible", *problem)
    zone = match.groupdict().get("zone") or ""
    date = Date(value, _in_order(parts), zone)
    return date, date


def _parts(match: re.Match) -> dict[str, int]:
    """Return the numbers of the date by their names."""
    return {
        name: int(said)
        for name, said in match.groupdict().items()
        if said and name not in ("zone", "sign")
    }


def _without_zeros(value: str) -> str:
    """Return the date without a month or day 00 at its end, which stand for unknown ones."""
    known = re.sub(r"(?:-00){1,2}\Z", "", value)
    return known if known != value and not isinstance(read_w3c(known), Problem) else ""


def _impossible(parts: dict[str, int]) -> tuple[str, str] | None:
    month, day = parts.get("month", 1), parts.get("day", 1)
    if not 1 <= month <= 12:
        return f"has no month {month:02}", "Months run from 01 to 12."
    if day == 0:
        return "has no day 00", "Days begin with 01: leave out the day if it is not known."
    last = _days(parts.get("year"), month) if "month" in parts else 31
    if not 1 <= day <= last:
        return "is a date that does not exist", f"That month has {last} days."
    if parts.get("hour", 0) > 24 or (
        parts.get("hour") == 24 and (parts.get("minute") or parts.get("second"))
    ):
        return f"has no hour {parts['hour']}", "Hours run from 00 to 23."
    if "ordinal" in parts:
        days = 365 + _is_leap(parts["year"])
        if not 1 <= parts["ordinal"] <= days:
            return "is a day that does not exist", f"That year has {days} days."
    if "week" in parts and not _has_week(parts["year"], parts["week"], parts.get("weekday", 1)):
        return "is a week that does not exist", "Weeks run from 01 to 52 or 53, days from 1 to 7."
    return None


def _is_leap(year: int) -> bool:
    """Return whether the year may have 366 days; XML Schema 1.0 and 1.1 count those BC apart."""
    return any(
        one % 4 == 0 and (one % 100 != 0 or one % 400 == 0)
        for one in ((year, year + 1) if year < 0 else (year,))
    )


def _days(year: int | None, month: int) -> int:
    """Return the days of the month; of a February without a year, 29."""
    if month == 2:
        return 28 + (year is None or _is_leap(year))
    return 30 if month in (4, 6, 9, 11) else 31


def _has_week(year: int, week: int, weekday: int) -> bool:
    if not 1 <= year <= 9999:
        return 1 <= week <= 53 and 1 <= weekday <= 7
    try:
        datetime.date.fromisocalendar(year, week, weekday)
    except ValueError:
        return False
    return True


def _in_order(parts: dict[str, int]) -> tuple[int, ...]:
    """Return year, month, day, hour, minute, second, as far as they go."""
    if "year" not in parts:
        return ()
    if "week" in parts or "ordinal" in parts:
        if not 1 <= parts["year"] <= 9998:
            return (parts["year"],)
        if "ordinal" in parts:
            day = datetime.date(parts["year"], 1, 1) + datetime.timedelta(parts["ordinal"] - 1)
        elif "weekday" in parts:
            day = datetime.date.fromisocalendar(parts["year"], parts["week"], parts["weekday"])
        else:
            return ()  # a week, which no month and no day compares with
        parts = {**parts, "year": day.year, "month": day.month, "day": day.day}
    found = []
    for name in ("year", "month", "day", "hour", "minute", "second"):
        if name not in parts:
            break
        found.append(parts[name])
    return tuple(found)


def _unknown(
    value: str, kind: str = "a date in a form that TEI knows here", *, has_zero: bool = False
) -> Problem:
    better = _better(value, has_zero=has_zero)
    hint = "Write YYYY, YYYY-MM or YYYY-MM-DD, with four digits for the year."
    if better:
        hint = f"Write {better}, if that is what is meant."
        if better.startswith("-") or better == "0000":
            hint += _SAYS_ZERO if has_zero else _NO_ZERO
    return Problem("dates:unknown-form", f"is not {kind}", hint, (better,) if better else ())


_NO_ZERO = " In this attribute 1 BC is -0001 and 44 BC is -0044 (TEI has no year 0000 there)."
_SAYS_ZERO = " In this attribute 1 BC is 0000 and 44 BC is -0043 (ISO 8601)."


def _better(value: str, *, has_zero: bool) -> str:
    """Return the form that may be meant: four digits of the year, the parts in order.

    `has_zero` says that 1 BC is the year 0000.
    """
    for form in (_YEAR, _BEFORE_ZERO, _YEAR_FIRST, _DAY_FIRST, _COMPACT, _SPELT_BC, *_SPELT_AD):
        match = _match(form, value)
        if match is None:
            continue
        parts = _parts(match)
        if form is _DAY_FIRST and "/" in value and parts["day"] <= 12:
            return ""  # 6/7/2012 is two dates
        if form is _SPELT_BC:
            year = parts["year"] - has_zero
            return f"-{year:04}" if year else "0000" if has_zero else ""
        return "" if _impossible(parts) else match.groupdict().get("sign", "") + _written(parts)
    return ""


def _written(parts: dict[str, int]) -> str:
    """Return year, month and day, as far as they go, as TEI wants them."""
    said = [f"{parts['year']:04}"]
    return "-".join((*said, *(f"{parts[name]:02}" for name in ("month", "day") if name in parts)))
