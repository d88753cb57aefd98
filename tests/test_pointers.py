"""Pointers: resolving them, and saying which lead nowhere."""

import time

import pytest
from lxml import etree

from shared_data import ABSENT, SHARED
from teikit.bases import base_of
from teikit.check.nearest import Nearest
from teikit.check.pointers import check_is_tei, find_pointers, find_short_forms
from teikit.check.targets import Elsewhere, check_targets
from teikit.document import TEI, read_document
from teikit.pointers import (
    POINTER_ATTRIBUTES,
    Prefix,
    pointers_of,
    resolve,
    split_pointers,
    targets_of,
)

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
        (
            f'<tei xmlns="{TEI}"/>',
            f'Mind the capitals, here and in the end tag: <TEI xmlns="{TEI}">.',
        ),
        ("<Tei/>", f'Mind the capitals, here and in the end tag: <TEI xmlns="{TEI}">.'),
        ("<TEICorpus/>", f'<teiCorpus xmlns="{TEI}">.'),
        (f'<div xmlns="{TEI}"/>', "A file holds a whole document: put div into the text of a TEI."),
    ],
)
def test_what_is_no_tei_is_told_what_it_lacks(xml, hint):
    (found,) = check_is_tei(read_document(xml.encode(), "a.xml"))
    assert hint in found.hint


@pytest.mark.parametrize("name", ["TEI", "teiCorpus"])
def test_what_is_tei_is_said_nothing_of(name):
    assert list(check_is_tei(read_document(f'<{name} xmlns="{TEI}"/>'.encode(), "a.xml"))) == []


def findings_of(document, ids=None, elsewhere=None):
    pointers, wrong = find_pointers(document)
    known = {document.path: frozenset(document.ids), **(ids or {})}
    return [*wrong, *check_targets(pointers, known, elsewhere)]


@pytest.mark.parametrize(("fragment", "needed"), [
    ("range(a,b)", ("d.xml#a", "d.xml#b")),
    ("string-range(a, 0, 5)", ("d.xml#a",)),
    ("match(a,'x+')", ("d.xml#a",)),
    ("left(a)", ("d.xml#a",)),
    ("element(a/1/2)", ("d.xml#a",)),
    ("xpath(//p[@n='3'])", ("d.xml",)),
    ("xpath(id('a')/p)", ("d.xml#a",)),
    ("xpointer(//p)", ("d.xml",)),
    ("range(//p[1],//p[2])", ("d.xml",)),
    ("a", ("d.xml#a",)),
    ("a(b)", ("d.xml#a(b)",)),
])  # fmt: skip
def test_of_a_tei_pointer_scheme_the_ids_are_needed_and_nothing_else(fragment, needed):
    assert targets_of(f"d.xml#{fragment}") == needed


def test_spaces_in_a_pointer_scheme_part_no_pointers():
    value = "#a #xpath(//p[@n = 'a b']) #b"
    assert split_pointers(value) == ["#a", "#xpath(//p[@n = 'a b'])", "#b"]
    assert split_pointers("#a( #b") == ["#a(", "#b"]


def test_an_id_that_a_scheme_names_and_that_is_missing_is_reported(tei):
    document = tei('<p xml:id="a"><ref target="#range(a,b)"/><ref target="#xpath(//q)"/></p>')
    (finding,) = findings_of(document)
    assert 'no xml:id="b"' in finding.message


def test_percent_encoding_in_a_fragment_is_read(tei):
    assert findings_of(tei('<p xml:id="émile"><ref target="#%C3%A9mile"/></p>')) == []


def test_a_lone_number_sign_names_nothing(tei):
    assert [f.rule for f in findings_of(tei('<p><ref target="#"/></p>'))] == [
        "pointers:empty-fragment"
    ]


def test_an_id_that_looks_the_same_but_is_composed_otherwise_is_suggested(tei):
    (finding,) = findings_of(tei('<p xml:id="caf\u00e9"><ref target="#cafe\u0301"/></p>'))
    assert finding.expected == ("caf\u00e9",)
    assert "look the same" in finding.hint


class TestBase:
    """xml:base: what relative pointers are relative to."""

    @pytest.mark.parametrize(("bases", "raw", "target"), [
        (("../registers/",), "o.xml#a", "registers/o.xml#a"),
        (("../registers/x.xml",), "o.xml#a", "registers/o.xml#a"),
        (("../registers/", "more/"), "o.xml", "registers/more/o.xml"),
        (("..",), "o.xml", "o.xml"),
        (("",), "o.xml", "texts/o.xml"),
        (("../registers/",), "#a", "texts/d.xml#a"),
        (("https://example.org/x/",), "o.xml#a", "https://example.org/x/o.xml#a"),
        (("https://example.org/x/", "y/"), "o.xml#a", "https://example.org/x/y/o.xml#a"),
        (("https://example.org/x/",), "#a", "texts/d.xml#a"),
        (("../registers/",), "x:a", "registers/o.xml#a"),
    ])  # fmt: skip
    def test_it_is_followed_inside_the_project(self, bases, raw, target):
        element = None
        for base in bases:
            child = etree.Element("x", {"{http://www.w3.org/XML/1998/namespace}base": base})
            if element is not None:
                element.append(child)
            element = child
        base = base_of(element, "texts/d.xml")
        assert base.problem == ""
        prefixes = (Prefix("x", "(.+)", "o.xml#$1"),)
        assert resolve(raw, "texts/d.xml", prefixes, base.url or base.path).target == target

    @pytest.mark.parametrize("base", ["../../", "/etc/", "file:///etc/", "../../../x"])
    def test_one_that_leads_out_is_refused_once_and_nothing_in_it_is_followed(self, tei, base):
        document = tei(
            f'<div xml:base="{base}"><div xml:base="x/"><p><ref target="passwd"/></p></div></div>'
        )
        pointers, (finding,) = find_pointers(document)
        assert pointers == ()
        assert (finding.rule, finding.place.line) == ("base:outside", 2)
        assert "refused, because" in finding.message

    def test_a_pointer_that_is_external_by_its_base_is_not_looked_for(self, tei):
        document = tei('<div xml:base="https://example.org/"><p><ref target="a.xml"/></p></div>')
        assert findings_of(document) == []


IDS = {
    "registers/o.xml": frozenset({"sco", "united-nations"}),
    "texts/b.xml": frozenset("b"),
    "texts/sco": None,
    "register/o.xml": None,
}


class TestSuggestions:
    """Where an id is not in the document, the right pointer is suggested."""

    TEXT = (
        '<p><prefixDef ident="org" matchPattern="([a-z0-9\\-]+)" '
        'replacementPattern="../registers/o.xml#$1"/><name ref="{}"/></p>'
    )

    def suggested(self, tei, pointer, prefixes=True):
        document = tei(self.TEXT.format(pointer))
        forms = {document.path: find_short_forms(document)} if prefixes else {}
        (finding,) = findings_of(document, IDS, Elsewhere(("registers/o.xml",), forms))
        return finding

    def test_the_register_and_the_prefix_are_said(self, tei):
        finding = self.suggested(tei, "#sco")
        assert finding.expected == ("../registers/o.xml#sco", "org:sco")
        assert finding.hint == "Did you mean ../registers/o.xml#sco (or org:sco)?"

    def test_without_a_prefix_the_file_alone(self, tei):
        assert self.suggested(tei, "#sco", False).expected == ("../registers/o.xml#sco",)

    def test_the_nearest_id_of_the_registers_is_found_too(self, tei):
        finding = self.suggested(tei, "#united-nation")
        assert finding.expected[0] == "../registers/o.xml#united-nations"

    def test_a_pointer_without_its_number_sign(self, tei):
        finding = self.suggested(tei, "sco")
        assert finding.rule == "pointers:unknown-file"
        assert finding.expected[0] == "../registers/o.xml#sco"

    def test_the_one_other_file_that_has_the_id(self, tei):
        assert self.suggested(tei, "#b").expected == ("b.xml#b",)

    def test_a_file_name_with_a_slip(self, tei):
        finding = self.suggested(tei, "../register/o.xml#sco")
        assert finding.expected == ("../registers/o.xml#sco", "org:sco")

    def test_an_id_that_recurs_in_many_texts_is_no_suggestion(self, tei):
        ids = {f"texts/{n}.xml": frozenset({"p1"}) for n in range(5)}
        (finding,) = findings_of(tei('<p><ref target="#p1"/></p>'), ids)
        assert finding.expected == ()

    @pytest.mark.parametrize("pattern", ["(a+)+", "([a-z]+)_(.*)", "(.+", "(\\i+)", "x(.*)"])
    def test_patterns_that_may_take_long_are_not_turned_round(self, tei, pattern):
        document = tei(
            f'<prefixDef ident="x" matchPattern="{pattern}" replacementPattern="o.xml#$1"/>'
        )
        assert find_short_forms(document) == ()


def test_many_broken_pointers_into_many_ids_take_no_time():
    near = Nearest(f"person-{n:06}" for n in range(100_000))
    start = time.perf_counter()
    found = [near.find(f"persom-{n:06}") for n in range(2000)]
    assert time.perf_counter() - start < 15
    assert found[5] == near.find("persom-000005")
    assert found[-1] == ()


class TestTable:
    """Every attribute with the datatype teidata.pointer is followed, where it has it."""

    @pytest.mark.parametrize(
        "subset",
        [SHARED / "schema" / "tei-p5" / "p5subset.xml"]
        if (SHARED / "schema").exists()
        else [pytest.param(None, marks=ABSENT)],
        ids=["p5subset"],
    )
    def test_it_is_that_of_the_guidelines(self, subset):
        from tei_attributes import attributes_of

        pointers, others = attributes_of(subset, "teidata.pointer")
        del pointers["xml:base"]
        assert set(pointers) == set(POINTER_ATTRIBUTES)
        for attribute, elements in pointers.items():
            for name in elements:
                assert _follows(name, attribute), (name, attribute)
        for attribute, elements in others.items():
            if attribute in pointers:
                for name in elements - pointers[attribute]:
                    assert not _follows(name, attribute), (name, attribute)


def _follows(name: str, attribute: str) -> bool:
    element = etree.Element(f"{{http://www.tei-c.org/ns/1.0}}{name}", {attribute: "#a"})
    return list(pointers_of(element)) == [(attribute, "#a")]


@pytest.mark.parametrize(("raw", "says"), [
    ("A", "write #A, if an id is meant"), ("a.jpg", "Correct the pointer, or add the file."),
])  # fmt: skip
def test_a_bare_word_may_be_an_id_without_its_number_sign(tei, raw, says):
    (finding,) = findings_of(tei(f'<rdg wit="{raw}"/>'), {f"texts/{raw}": None})
    assert says in finding.hint


class TestWhatToDo:
    """Hints for pointers that were written as files and not as URIs."""

    def test_an_unknown_prefix_is_shown_how_it_is_declared(self, tei):
        (finding,) = findings_of(tei('<p><name ref="pers:hb"/></p>'))
        assert finding.rule == "pointers:unknown-prefix"
        assert '<prefixDef ident="pers" matchPattern="(.+)" replacementPattern="' in finding.hint

    def test_a_prefix_with_a_slip_is_only_corrected(self, tei):
        declared = '<prefixDef ident="pers" matchPattern="(.+)" replacementPattern="#$1"/>'
        (finding,) = findings_of(tei(f'<p>{declared}<name ref="pres:hb"/></p>'))
        assert finding.hint == "Did you mean pers:?"

    @pytest.mark.parametrize("path", [r"D:\texts\persons.xml#hb", "d:/texts/persons.xml#hb"])
    def test_a_path_of_windows_is_called_so(self, tei, path):
        (finding,) = findings_of(tei(f'<p><name ref="{path}"/></p>'))
        assert finding.rule == "pointers:malformed"
        assert "it is a path of Windows" in finding.message
        assert finding.hint.endswith("with /, as in ../registers/persons.xml#hb.")

    def test_a_prefix_of_one_letter_is_no_drive(self, tei):
        declared = '<prefixDef ident="p" matchPattern="/(.+)" replacementPattern="#$1"/>'
        assert findings_of(tei(f'<p xml:id="a">{declared}<name ref="p:/a"/></p>')) == []
        (finding,) = findings_of(tei('<p><name ref="p:a"/></p>'))
        assert finding.rule == "pointers:unknown-prefix"

    def test_backslashes_part_no_folders(self, tei):
        (finding,) = findings_of(tei(r'<p><ref target="..\x\o.xml"/></p>'), {r"..\x\o.xml": None})
        assert finding.hint == r"The folders in a path are parted by /, not by \."

    @pytest.mark.parametrize(("value", "missing", "better"), [
        ("my letter.xml", ["my", "letter.xml"], "my%20letter.xml"),
        ("../my old letter.xml#p1", ["../my", "old", "letter.xml"], "../my%20old%20letter.xml#p1"),
    ])  # fmt: skip
    def test_a_name_with_spaces_is_one_mistake(self, tei, value, missing, better):
        document = tei(f'<p><ref target="{value}"/></p>')
        pointers, _ = find_pointers(document)
        ids = {pointer.target.partition("#")[0]: None for pointer in pointers}
        assert len(ids) == len(missing)
        (finding,) = check_targets(pointers, ids)
        assert (finding.rule, finding.expected) == ("pointers:unknown-file", (better,))
        assert finding.hint == f"If it is one file, write {better}."
        assert f'says "{value}"' in finding.message

    @pytest.mark.parametrize(("value", "there", "count"), [
        ("LICENSE letter.xml", {"LICENSE"}, 1), ("my letter.xml", {"letter.xml"}, 1),
        ("a.xml b.xml", set(), 2), ("A B", set(), 2), ("#x letter.xml", set(), 2),
    ])  # fmt: skip
    def test_several_pointers_stay_several(self, tei, value, there, count):
        document = tei(f'<p><ref target="{value}"/></p>')
        pointers, _ = find_pointers(document)
        ids = {pointer.target.partition("#")[0]: None for pointer in pointers}
        ids |= {path: frozenset() for path in ids if path.rpartition("/")[2] in there}
        ids[document.path] = frozenset()
        found = [one.message for one in check_targets(pointers, ids)]
        assert len(found) == count and not any("a space parts" in one for one in found)


@pytest.mark.parametrize(("name", "near"), [
    ("bh", ("hb",)), ("BH", ("hb",)), ("xhx", ()), ("united-natoins", ("united-nations",)),
    ("aa", ()), ("", ()),
])  # fmt: skip
def test_two_letters_exchanged_are_a_slip_however_short_the_id(name, near):
    assert Nearest(["hb", "united-nations", "x1"]).find(name)[:1] == near
