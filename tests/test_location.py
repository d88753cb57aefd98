"""The way to an element in words, and the line with a caret."""

import time

import pytest

from teikit.check.completing import complete, complete_findings
from teikit.document import TEI, read_document
from teikit.location import Locator
from teikit.place import Place
from teikit.report import Finding
from teikit.report_formats.caret import caret_lines
from teikit.visible import visible, width


def _find(document, name):
    return next(document.root.iter(f"{{*}}{name}"))


def _way(document, element):
    return Locator(document).path(document.ordinal(element))


def _carets(document, name):
    place = document.place(_find(document, name))
    return caret_lines(complete(document, Finding(place, "x:y", "wrong")))


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("<div/><div><head/><p/><p><here/></p></div>", "text > body > div 2 > p 2 > here"),
        ("<here/>", "text > body > here"),
        ("<p/><here/><p/>", "text > body > here"),
        ("<here/><here/>", "text > body > here 1"),
        ("<p><!-- no --><hi/><?no no?>w<here/></p>", "text > body > p > here"),
        ('<m xmlns="urn:m"><here/></m>', "text > body > m (of urn:m) > here (of urn:m)"),
    ],
)
def test_the_way_to_an_element_counts_only_where_there_are_several(tei, body, path):
    document = tei(body)
    assert _way(document, _find(document, "here")) == path


def test_the_outermost_element_is_its_own_way(tei):
    document = tei("<p/>")
    assert _way(document, document.root) == "TEI"


def test_a_corpus_is_named_since_it_does_not_go_without_saying():
    xml = f'<teiCorpus xmlns="{TEI}"><TEI/><TEI><text/></TEI></teiCorpus>'
    document = read_document(xml.encode(), "a.xml")
    assert _way(document, _find(document, "text")) == "teiCorpus > TEI 2 > text"


def test_of_a_long_way_both_ends_are_told():
    deep = 200
    xml = f'<TEI xmlns="{TEI}"><text/><text>{"<seg>" * deep}{"</seg>" * deep}</text></TEI>'
    document = read_document(xml.encode(), "a.xml")
    path = Locator(document).path(deep + 2)
    assert path == f"text 2 > seg > … > {' > '.join(['seg'] * 8)}"


def test_many_findings_in_one_long_element_count_it_once():
    many = 20_000
    document = read_document(f'<TEI xmlns="{TEI}">{"<p/>" * many}</TEI>'.encode(), "a.xml")
    place = Place("a.xml", 1, 1)
    findings = [Finding(place, "x:y", "wrong", ordinal=number) for number in range(1, many + 1)]
    begin = time.process_time()
    completed = list(complete_findings(document, findings))
    assert completed[-1].path == f"p {many}"
    assert time.process_time() - begin < 5  # counted for each anew, it takes minutes


def test_the_line_is_given_with_the_column_in_it(tei):
    document = tei("  <p>one <hi>two</hi></p>")
    assert Locator(document).source(document.place(_find(document, "hi"))) == (
        "  <p>one <hi>two</hi></p>",
        10,
    )


def test_of_a_long_line_what_is_around_the_place_is_given(tei):
    document = tei(f"<p>{'a' * 1000}<hi/>{'b' * 1000}</p>")
    text, column = Locator(document).source(document.place(_find(document, "hi")))
    assert text == f"…{'a' * 200}<hi/>{'b' * 195}…"
    assert text[column - 1 :].startswith("<hi/>")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_has_no_end(end):
    document = read_document(f'<TEI xmlns="{TEI}">{end}<p/>{end}</TEI>'.encode(), "a.xml")
    assert Locator(document).source(document.place(_find(document, "p"))) == ("<p/>", 1)


def test_a_place_outside_the_file_has_no_line(tei):
    document = tei("<p/>")
    assert Locator(document).source(Place("texts/test.xml", 0)) == ("", 0)
    assert Locator(document).source(Place("texts/test.xml", 99, 1)) == ("", 0)


def test_a_finding_in_another_file_is_left_as_it_is(tei):
    finding = Finding(Place("other.xml", 1, 1), "x:y", "wrong")
    assert complete(tei("<p/>"), finding) == finding


@pytest.mark.parametrize(
    ("line", "blank"),
    [
        ("<p>ab<here/>", 5),
        ("<p>宗教<here/>", 3 + 4),
        ("<p>é́<here/>", 3 + 1),
        ("<p>a\u202eb<here/>", 3 + 1 + len(r"\u{202E}") + 1),
    ],
)
def test_the_caret_stands_under_the_place(tei, line, blank):
    document = tei(f"{line}</p>")
    text, carets = _carets(document, "here")
    assert carets == " " * blank + "^~~~~~~"
    assert width(text[: text.index("<here")]) == blank


def test_tabs_stand_in_both_lines(tei):
    text, carets = _carets(tei("\t\t<here/>"), "here")
    assert (text, carets) == ("\t\t<here/>", "\t\t^~~~~~~")


def test_a_long_line_is_cut_on_both_sides(tei):
    text, carets = _carets(tei(f"<p>{'宗' * 900}<here/>{'b' * 900}</p>"), "here")
    assert text.startswith("…宗")
    assert text.endswith("b…")
    assert width(text) <= 102
    assert width(text[: text.index("<here")]) == carets.index("^")


def test_a_document_cannot_steer_the_terminal():
    shown = visible("a\x1b[31m\x9b\u202e\u2066\u200f\u2028\x07\x7f\u200b\U000e0041é宗\u200d")
    assert shown == (
        r"a\u{1B}[31m\u{9B}\u{202E}\u{2066}\u{200F}\u{2028}\u{7}\u{7F}\u{200B}\u{E0041}é宗"
        "\u200d"
    )
