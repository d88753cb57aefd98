"""Dates that exist."""

import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_data import P5SUBSET, shared_files
from tei_attributes import attributes_of
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


def rules_of(tei, attributes: str) -> list[str]:
    return [finding.rule for finding in check_dates(tei(f"<p><date {attributes}/></p>"))]


@pytest.mark.parametrize("value", [
    "2012-06-07", "20120607", "2012-W23-4", "2012W234", "2012-W23", "2012-159", "2012159", "2012",
    "2012-06-07/2012-06-09", "2012-06-07/P1Y2M", "P1Y/2012-06-07", "R5/2012-06-07/P1D", "P3D",
    "2012-06-07T10:00:00+08:00", "20120607T1000Z", "--06-07", "-0043-03-15", "2012-06-07/09",
    "10:30", "2012-06-07T10,5",
])  # fmt: skip
def test_the_forms_of_iso_8601_pass(tei, value):
    assert rules_of(tei, f'when-iso="{value}"') == []


@pytest.mark.parametrize(("value", "rule"), [
    ("2012-02-30", "dates:impossible"),
    ("20120230", "dates:impossible"),
    ("2012-W54-1", "dates:impossible"),
    ("2011-W53-1", "dates:impossible"),
    ("2012-W23-8", "dates:impossible"),
    ("2011-366", "dates:impossible"),
    ("2012-06-07/2012-06-31", "dates:impossible"),
    ("2012-06-07/2012-06-06", "dates:reversed"),
    ("2012-W23-4/2012-06-06", "dates:reversed"),
    ("7 June", "dates:unknown-form"),
    ("2012?", "dates:unknown-form"),
])  # fmt: skip
def test_iso_dates_that_are_wrong_are_reported(tei, value, rule):
    assert rules_of(tei, f'when-iso="{value}"') == [rule]


@pytest.mark.parametrize("attributes", [
    'notBefore="2013" to="2012"', 'from="2013" notAfter="2012"', 'when="2014" notAfter="2013"',
    'when="2011" notBefore="2012"', 'from-iso="2012-W24" to-iso="2011"',
    'from-iso="20120607" to-iso="2012-158"',
    'from="-0043" to="-0044"', 'from="2012-06-07T10:00" to="2012-06-07T09:00"',
])  # fmt: skip
def test_what_contradicts_itself_is_reported(tei, attributes):
    expected = [] if "W24" in attributes else ["dates:reversed"]  # a week is not compared
    assert rules_of(tei, attributes) == expected


@pytest.mark.parametrize("attributes", [
    'from="-0044" to="-0043"', 'from="2012" to="2012-06-07"', 'when="2012" notAfter="2012-06"',
    'from="2012-06-07T10:00+08:00" to="2012-06-07T09:00Z"', 'from="2012-12" to="2012"',
    'from-custom="2012" to-custom="1999" datingMethod="#julian"', 'when-custom="MMXII"',
    'dur="P3D"', 'from="--12-24" to="--01-06"',
])  # fmt: skip
def test_what_does_not_contradict_itself_passes(tei, attributes):
    assert rules_of(tei, attributes) == []


@pytest.mark.parametrize(("value", "better"), [
    ("50", "0050"), ("799", "0799"), ("-50", "-0050"), ("2012/06/07", "2012-06-07"),
    ("2012-6-7", "2012-06-07"), ("7.6.2012", "2012-06-07"), ("2012.6", "2012-06"),
    ("6/7/2012", None), ("MMXII", None), ("2012-13-13x", None),
    ("18880509", "1888-05-09"), ("188805", "1888-05"),
    ("44 BC", "-0044"), ("44 B.C.", "-0044"), ("44 v. Chr.", "-0044"), ("0 BC", None),
    ("-44-03-15", "-0044-03-15"), ("-44-3", "-0044-03"), ("-44-13-01", None),
    ("AD 79", "0079"), ("79 CE", "0079"),
])  # fmt: skip
def test_the_form_that_may_be_meant_is_said(tei, value, better):
    (finding,) = check_dates(tei(f'<p><date when="{value}"/></p>'))
    assert finding.expected == ((better,) if better else ())


@pytest.mark.parametrize(("birth", "death", "wrong"), [
    ('when="1900"', 'when="1890"', True),
    ('when="1900"', 'when="1900"', False),
    ('notBefore="1900"', 'notAfter="1899"', True),
    ('notBefore="1880" notAfter="1900"', 'when="1890"', False),
    ('when="-0050"', 'when="-0060"', True),
    ('when="0010"', 'when="-0001"', True),
    ("", 'when="1890"', False),
])  # fmt: skip
def test_a_death_before_the_birth_is_a_warning(tei, birth, death, wrong):
    person = f"<person><birth {birth}/><death {death}/></person>"
    found = list(check_dates(tei(f"<listPerson>{person}</listPerson>")))
    assert [(one.rule, one.severity) for one in found] == (
        [("dates:life-reversed", "warning")] if wrong else []
    )


@pytest.mark.parametrize("subset", shared_files(P5SUBSET))
def test_every_attribute_with_a_date_is_read_where_it_is_one(tei, subset):
    for datatype in ("teidata.temporal.w3c", "teidata.temporal.iso"):
        dates, others = attributes_of(subset, datatype)
        for attribute, elements in dates.items():
            for name in elements:
                found = list(check_dates(tei(f'<{name} {attribute}="2012-02-30"/>')))
                assert [one.rule for one in found] == ["dates:impossible"], (name, attribute)
            for name in others.get(attribute, set()) - elements:
                assert list(check_dates(tei(f'<{name} {attribute}="12"/>'))) == []


@pytest.mark.parametrize(("value", "better"), [
    ("44 BC", "-0043"), ("1 BC", "0000"), ("79 AD", "0079"),
])  # fmt: skip
def test_in_the_attributes_of_iso_8601_there_is_a_year_0(tei, value, better):
    (finding,) = check_dates(tei(f'<p><date when-iso="{value}"/></p>'))
    assert finding.expected == (better,)
    assert ("1 BC is 0000" in finding.hint) == ("BC" in value)


def test_of_a_year_bc_it_is_said_how_tei_counts(tei):
    (finding,) = check_dates(tei('<p><date when="-44"/></p>'))
    assert finding.hint.startswith("Write -0044, if that is what is meant. In this attribute 1 BC")


def test_a_date_without_hyphens_is_compared_with_no_other(tei):
    (finding,) = check_dates(tei('<p><date from="18880509" to="1888-06"/></p>'))
    assert finding.rule == "dates:unknown-form"
    assert finding.message.startswith('@from="18880509" is the year 18,880,509')
    assert finding.hint == "Write it as 1888-05-09."


@pytest.mark.parametrize("value", ["12000", "-12000", "1234567", "99999999", "18881350"])
def test_a_year_of_many_digits_that_is_no_date_passes(tei, value):
    assert list(check_dates(tei(f'<p><date when="{value}"/></p>'))) == []


@pytest.mark.parametrize(("value", "says", "known"), [
    ("1888-05-00", "has no day 00", "1888-05"),
    ("1888-00-00", "has no month 00", "1888"),
    ("1888-00", "has no month 00", "1888"),
    ("-0044-03-00", "has no day 00", "-0044-03"),
    ("--05-00", "has no day 00", "--05"),
    ("1888-00-10", "has no month 00", None),
    ("1888-13-00", "has no month 13", None),
])  # fmt: skip
def test_what_is_not_known_is_left_out(tei, value, says, known):
    (finding,) = check_dates(tei(f'<p><date when="{value}"/></p>'))
    assert says in finding.message
    assert finding.expected == ((known,) if known else ())
    assert known is None or finding.hint == f"Leave out what is not known: {known}."
