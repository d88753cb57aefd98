"""Dates and spans as people read them: an era before year 1, no leading noughts."""

import re

from teikit.publish.strings import Strings

_YEAR_FIRST = re.compile(r"(-?)0*(\d.*)", re.DOTALL)


def say_date(t: Strings, date: str) -> str:
    """Return 44-03-15 BCE for -0044-03-15, 488 for 0488; what is no date as it is."""
    before, said = _parts(date)
    return t("entity.before-era", date=said) if before else said


def say_span(t: Strings, start: str, end: str) -> str:
    """Return 700–601 BCE for -0700 and -0601: the era once, where both are of it."""
    (before, first), (too, last) = _parts(start), _parts(end)
    if first == last and before == too:
        return say_date(t, start)
    if before and too:
        return t("entity.before-era", date=t("entity.years", start=first, end=last))
    return t("entity.from-to", start=say_date(t, start), end=say_date(t, end))


def say_years(t: Strings, start: int, size: int) -> str:
    """Return the span of SIZE years from START, as a filter names it; there is no year nought."""
    end = start + size - 1
    if size == 1:
        return say_date(t, str(start))
    if end < 0:
        return say_span(t, str(start), str(end))
    return t("entity.years", start=max(start, 1), end=end)


def _parts(date: str) -> tuple[bool, str]:
    match = _YEAR_FIRST.fullmatch(date)
    return (bool(match[1]), match[2]) if match else (False, date)
