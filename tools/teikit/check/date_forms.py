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
_YEAR = r"(-?)(\d{1,3})"


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
    return _judge(value, match)


def read_iso(value: str) -> tuple[Date, Date] | Problem:
    """Return the first and the last date in a value of @when-iso, which may be an interval."""
    value = value.strip()
    if not _match(_ISO_CHARACTERS, value):
        return _unknown(value, "a date of ISO 8601")
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
    parts = {
        name: int(said)
        for name, said in match.groupdict().items()
        if said is not None and name != "zone"
    }
    problem = _impossible(parts)
    if problem:
        return Problem("dates:impossible", *problem)
    zone = match.groupdict().get("zone") or ""
    date = Date(value, _in_order(parts), zone)
    return date, date


def _impossible(parts: dict[str, int]) -> tuple[str, str] | None:
    month, day = parts.get("month", 1), parts.get("day", 1)
    if not 1 <= month <= 12:
        return f"has no month {month:02}", "Months run from 01 to 12."
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


def _unknown(value: str, kind: str = "a date in a form that TEI knows here") -> Problem:
    better = _better(value)
    hint = "Write YYYY, YYYY-MM or YYYY-MM-DD, with four digits for the year."
    return Problem(
        "dates:unknown-form",
        f"is not {kind}",
        f"Write {better}, if that is what is meant." if better else hint,
        (better,) if better else (),
    )


def _better(value: str) -> str:
    """Return the form that may be meant: four digits of the year, the parts in order."""
    year = _match(_YEAR, value)
    if year:
        return f"{year[1]}{int(year[2]):04}"
    for form in (_YEAR_FIRST, _DAY_FIRST):
        match = _match(form, value)
        if match:
            said = {name: int(part) for name, part in match.groupdict().items() if part}
            if form is _DAY_FIRST and "/" in value and said["day"] <= 12:
                return ""  # 6/7/2012 is two dates
            day = f"-{said['day']:02}" if "day" in said else ""
            return "" if _impossible(said) else f"{said['year']:04}-{said['month']:02}{day}"
    return ""
