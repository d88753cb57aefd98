"""TEI dates in HTML's form."""

import re
from datetime import date, time

_DATE = re.compile(r"(\d{4,})(?:-(\d\d)(?:-(\d\d))?)?")
_YEARLESS = re.compile(r"--(\d\d)-(\d\d)")
_TIME = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(\.\d{1,3})?)?")
_ZONE = re.compile(r"(.*?)(Z|[+-]\d\d:\d\d)?")


def html_datetime(value: str) -> str:
    """Return the W3C date or time as the datetime attribute takes it; "" where it cannot."""
    value = value.strip()
    day, mark, clock = value.partition("T")
    if mark:
        clock, zone = _ZONE.fullmatch(clock).groups()
        complete = _DATE.fullmatch(day) and day.count("-") == 2
        return value if complete and _is_date(day) and _is_time(clock) and _is_zone(zone) else ""
    return (
        value.removeprefix("--")
        if _is_yearless(value)
        else (value if _is_date(value) or _is_time(value) else "")
    )


def _is_date(value: str) -> bool:
    match = _DATE.fullmatch(value)
    if not match:
        return False
    year, month, day = (int(part) if part else 1 for part in match.groups())
    return year > 0 and _exists(min(year, 9999) if year <= 9999 else 2000 + year % 400, month, day)


def _is_yearless(value: str) -> bool:
    match = _YEARLESS.fullmatch(value)
    return bool(match) and _exists(2000, int(match[1]), int(match[2]))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_time(value: str) -> bool:
    match = _TIME.fullmatch(value)
    if not match:
        return False
    try:
        time(*(int(part or 0) for part in match.groups()[:3]))
    except ValueError:
        return False
    return True


def _is_zone(value: str | None) -> bool:
    if value is None or value == "Z":
        return True
    hours, minutes = int(value[1:3]), int(value[4:6])
    return hours < 24 and minutes < 60
