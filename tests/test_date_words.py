"""Dates for readers: eras in words, in both languages of the interface."""

import pytest

from shared_data import PROJECT
from teikit.publish.date_words import say_date, say_span, say_years
from teikit.publish.strings import read_strings


@pytest.fixture(scope="module", params=("en", "zh", "zh-Hant"))
def t(request):
    return read_strings(request.param, (PROJECT / "templates",))


def said(t, en: str, zh: str) -> str:
    return {"en": en}.get(t.language, zh)


@pytest.mark.parametrize(
    ("date", "en", "zh"),
    [
        ("-0044-03-15", "44-03-15 BCE", "公元前 44-03-15"),
        ("-0700", "700 BCE", "公元前 700"),
        ("0488", "488", "488"),
        ("1862-05-15", "1862-05-15", "1862-05-15"),
        ("--05-15", "--05-15", "--05-15"),
        ("Easter", "Easter", "Easter"),
    ],
)
def test_a_date(t, date, en, zh):
    assert say_date(t, date) == said(t, en, zh)


@pytest.mark.parametrize(
    ("start", "end", "en", "zh"),
    [
        ("-0700", "-0601", "700–601 BCE", "公元前 700–601"),
        ("-0027", "0014", "27 BCE to 14", "公元前 27 至 14"),
        ("0488", "0488", "488", "488"),
        ("1912", "1949", "1912 to 1949", "1912 至 1949"),
    ],
)
def test_a_span(t, start, end, en, zh):
    assert say_span(t, start, end) == said(t, en, zh)


@pytest.mark.parametrize(
    ("start", "size", "en", "zh"),
    [
        (-700, 100, "700–601 BCE", "公元前 700–601"),
        (-100, 100, "100–1 BCE", "公元前 100–1"),
        (0, 100, "1–99", "1–99"),
        (-44, 1, "44 BCE", "公元前 44"),
        (1890, 10, "1890–1899", "1890–1899"),
    ],
)
def test_years_of_a_filter(t, start, size, en, zh):
    assert say_years(t, start, size) == said(t, en, zh)
