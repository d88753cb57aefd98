"""Dates: the machine-readable ones exist, and run forwards (TEI P5, att.datable.w3c)."""

import calendar
import re
from collections.abc import Iterator

from lxml import etree

from teikit.document import TEI, Document
from teikit.report import Finding

_ATTRIBUTES = ("when", "notBefore", "notAfter", "from", "to")
# @from and @to of these are pages, lines or pointers
_NO_DATES = frozenset({"app", "biblScope", "citedRange", "locus", "span", "index"})
_ZONE = r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
_TIME = r"(?P<hour>\d\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?"
_FORMS = tuple(re.compile(form + _ZONE) for form in (
    r"(?P<year>-?\d{4,9})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T" + _TIME + r")?)?)?",
    r"--(?P<month>\d\d)(?:-(?P<day>\d\d))?", r"---(?P<day>\d\d)", _TIME,
))  # fmt: skip


def check_dates(document: Document) -> Iterator[Finding]:
    """Yield a finding for each date that does not exist, has an unknown form or runs backwards."""
    for element in document.root.iter(f"{{{TEI}}}*"):
        if etree.QName(element).localname in _NO_DATES:
            continue
        values = {name: element.get(name) for name in _ATTRIBUTES if element.get(name)}
        for name, value in values.items():
            problem = _problem(value)
            if problem:
                rule, message, hint = problem
                yield Finding(
                    document.place(element),
                    rule,
                    f'@{name}="{value}" {message}',
                    hint=hint,
                    ordinal=document.ordinal(element),
                )
        for first, last in (("from", "to"), ("notBefore", "notAfter")):
            if first in values and last in values and _reversed(values[first], values[last]):
                yield Finding(
                    document.place(element),
                    "dates:reversed",
                    f'@{first}="{values[first]}" is later than @{last}="{values[last]}"',
                    hint="Exchange the two, or correct one.",
                    ordinal=document.ordinal(element),
                )


def _problem(value: str) -> tuple[str, str, str] | None:
    match = next(filter(None, (form.fullmatch(value.strip()) for form in _FORMS)), None)
    if match is None:
        return (
            "dates:unknown-form",
            "is not a date in a form that TEI knows here",
            "Write YYYY, YYYY-MM or YYYY-MM-DD, with four digits for the year.",
        )
    parts = {name: int(number) for name, number in match.groupdict().items() if number}
    month, day = parts.get("month", 1), parts.get("day", 1)
    if not 1 <= month <= 12:
        return "dates:impossible", f"has no month {month:02}", "Months run from 01 to 12."
    last = _days(parts.get("year"), month) if "month" in parts else 31
    if not 1 <= day <= last:
        return ("dates:impossible", "is a date that does not exist", f"That month has {last} days.")
    if parts.get("hour", 0) > 24 or (
        parts.get("hour") == 24 and (parts.get("minute") or parts.get("second"))
    ):
        return "dates:impossible", f"has no hour {parts['hour']}", "Hours run from 00 to 23."
    return None


def _days(year: int | None, month: int) -> int:
    """Return the days of the month; of a February without a year, 29."""
    if month == 2:
        return 28 + (year is None or calendar.isleap(year))
    return calendar.monthrange(2000, month)[1]


def _reversed(first: str, last: str) -> bool:
    """Return whether FIRST is later than LAST, by the parts that both have."""
    one, two = _FORMS[0].fullmatch(first.strip()), _FORMS[0].fullmatch(last.strip())
    if one is None or two is None:
        return False
    for part in ("year", "month", "day"):
        if one[part] is None or two[part] is None:
            return False
        if int(one[part]) != int(two[part]):
            return int(one[part]) > int(two[part])
    return False
