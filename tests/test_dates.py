"""Dates that exist."""

import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teikit.check.dates import check_dates


@pytest.mark.parametrize(
    "value",
    [
        "2012-06-06",
        "2012-06",
        "2012",
        "-0043-03-15",
        "--02-29",
        "---31",
        "2012-02-29",
        "2012-06-06T10:00:00+08:00",
        "10:30",
        "1900-01-01Z",
        "24:00:00",
    ],
)
def test_dates_that_exist_pass(tei, value):
    assert list(check_dates(tei(f'<p><date when="{value}"/></p>'))) == []


@pytest.mark.parametrize(
    "value",
    [
        "2012-02-30",
        "2011-02-29",
        "1900-02-29",
        "2012-13-01",
        "2012-00-10",
        "2012-06-31",
        "--02-30",
        "---32",
        "2012-06-06T25:00:00",
    ],
)
def test_dates_that_do_not_exist_are_reported(tei, value):
    (finding,) = check_dates(tei(f'<p><date when="{value}"/></p>'))
    assert finding.rule == "dates:impossible"
    assert value in finding.message


@pytest.mark.parametrize("value", ["6 June 2012", "2012/06/06", "12", "2012-6-6", "MMXII"])
def test_forms_that_are_none_are_reported(tei, value):
    (finding,) = check_dates(tei(f'<p><date notBefore="{value}"/></p>'))
    assert finding.rule == "dates:unknown-form"


def test_a_span_that_runs_backwards_is_reported(tei):
    (finding,) = check_dates(tei('<p><date from="2012-06-07" to="2012-06-06"/></p>'))
    assert finding.rule == "dates:reversed"
    assert list(check_dates(tei('<p><date from="2012-06" to="2012-06-07"/></p>'))) == []


def test_pages_and_line_spans_are_no_dates(tei):
    assert (
        list(check_dates(tei('<p><biblScope from="12" to="14"/><locus from="1r" to="2v"/></p>')))
        == []
    )


@given(st.integers(1, 9999), st.integers(0, 14), st.integers(0, 33))
def test_the_calendar_is_that_of_the_standard_library(tei, year, month, day):
    value = f"{year:04}-{month:02}-{day:02}"
    found = list(check_dates(tei(f'<p><date when="{value}"/></p>')))
    try:
        datetime.date(year, month, day)
        exists = True
    except ValueError:
        exists = False
    assert (found == []) == exists
    assert (
        exists == (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1])
        if 1 <= month <= 12
        else not exists
    )
