"""Pointers: resolving them, and saying which lead nowhere."""

import pytest

from teikit.check.edition import check_targets
from teikit.check.pointers import check_is_tei, find_pointers
from teikit.document import TEI, read_document
from teikit.pointers import Prefix, resolve

ORG = (Prefix("org", "([a-z]+)", "../registers/o.xml#$1"),)


@pytest.mark.parametrize(("raw", "target"), [
    ("#a", "texts/d.xml#a"),
    ("other.xml#b", "texts/other.xml#b"),
    ("../registers/o.xml#sco", "registers/o.xml#sco"),
    ("org:sco", "registers/o.xml#sco"),
    ("https://example.org/a#b", "https://example.org/a#b"),
    ("mailto:a@example.org", "mailto:a@example.org"),
    ("a%20b.xml#c", "texts/a b.xml#c"),
])  # fmt: skip
def test_a_pointer_becomes_a_uri_of_the_project(raw, target):
    pointer = resolve(raw, "texts/d.xml", ORG)
    assert (pointer.target, pointer.problem) == (target, "")


@pytest.mark.parametrize(("raw", "says"), [
    ("place:x", "no prefixDef declares the prefix place:"),
    ("org:S9", "does not fit the matchPattern"),
    ("../../secret.xml", "leads out of the edition"),
    ("/etc/passwd", "leads out of the edition"),
    ("//host/x", "leads out of the edition"),
])  # fmt: skip
def test_a_pointer_that_cannot_be_followed_says_why(raw, says):
    pointer = resolve(raw, "texts/d.xml", ORG)
    assert pointer.target == ""
    assert says in pointer.problem


def test_a_pattern_that_is_none_is_said_not_raised():
    pointer = resolve("x:a", "d.xml", (Prefix("x", "([", "$1"),))
    assert "is no pattern" in pointer.problem


def test_several_prefixes_of_one_name_are_tried_in_order():
    two = (Prefix("x", r"p(\d+)", "people.xml#p$1"), Prefix("x", r"(\w+)", "places.xml#$1"))
    assert resolve("x:p7", "d.xml", two).target == "people.xml#p7"
    assert resolve("x:rome", "d.xml", two).target == "places.xml#rome"


def test_an_unknown_target_is_reported_where_it_stands_with_a_near_miss(tei):
    document = tei('<p xml:id="anna"/>\n<p><ref target="#ana"/></p>')
    pointers, wrong = find_pointers(document)
    (finding,) = check_targets(pointers, {document.path: frozenset(document.ids)})
    assert wrong == ()
    assert finding.place.line == document.place(next(document.elements("ref"))).line
    assert finding.rule == "pointers:unknown-target"
    assert finding.expected == ("anna",)


def test_each_of_several_pointers_in_one_attribute_is_followed(tei):
    document = tei('<p xml:id="a" corresp="#a #b #c"/>')
    pointers, _ = find_pointers(document)
    findings = list(check_targets(pointers, {document.path: frozenset(document.ids)}))
    assert [finding.message.count('"#b"') for finding in findings] == [1, 0]


def test_dates_and_pages_are_no_pointers(tei):
    document = tei('<p><date from="2012" to="2013"/><biblScope unit="page" from="3" to="4"/></p>')
    assert find_pointers(document) == ((), ())


def test_an_unknown_prefix_and_a_missing_file_are_told_apart(tei):
    document = tei('<p><name ref="org:sco"/><ref target="missing.xml#a"/></p>')
    pointers, (wrong,) = find_pointers(document)
    (missing,) = check_targets(pointers, {"missing.xml": None})
    assert wrong.rule == "pointers:unknown-prefix"
    assert missing.rule == "pointers:unknown-file"


@pytest.mark.parametrize(
    ("xml", "hint"),
    [
        ("<TEI/>", f'Add the namespace: <TEI xmlns="{TEI}">.'),
        (f'<TEI xmlns="{TEI}/"/>', "The namespace is written a little differently"),
        ('<TEI xmlns="https://www.tei-c.org/ns/1.0"/>', "written a little differently"),
        ('<TEI xmlns="http://www.tei-c.org/ns/1.1"/>', "written a little differently"),
        ('<TEI xmlns="urn:other"/>', f'A TEI document begins <TEI xmlns="{TEI}">.'),
        ("<TEI.2/>", "This is TEI P4 or older: convert it to P5 first."),
        ("<html/>", "A TEI document begins"),
        (f'<div xmlns="{TEI}"/>', "A file holds a whole document: put div into the text of a TEI."),
    ],
)
def test_what_is_no_tei_is_told_what_it_lacks(xml, hint):
    (found,) = check_is_tei(read_document(xml.encode(), "a.xml"))
    assert hint in found.hint


@pytest.mark.parametrize("name", ["TEI", "teiCorpus"])
def test_what_is_tei_is_said_nothing_of(name):
    assert list(check_is_tei(read_document(f'<{name} xmlns="{TEI}"/>'.encode(), "a.xml"))) == []
