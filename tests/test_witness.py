"""The witness check: the encoding against its source, character for character."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teikit.check.source_lines import SourceProblem, read_source
from teikit.check.witness import check_witness
from teikit.document import read_document
from teikit.project import Layout, Witness, read_project

PROJECT = Path(__file__).resolve().parents[1]
WITNESS = Witness("x.xml", "x.txt")
TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{}</body></text></TEI>'


def findings(body: str, source: str, witness: Witness = WITNESS) -> list:
    document = read_document(TEI.format(body).encode(), "x.xml")
    return list(check_witness(document, witness, source.encode()))


def test_an_encoding_that_agrees_gives_no_finding():
    body = '<p><lb/>one two<lb/>three <hi>fo<lb break="no"/>ur</hi></p>\n<p><lb/>five</p>'
    assert findings(body, "one two\nthree fo\nur\n\nfive") == []


def test_a_differing_character_is_reported_where_it_stands():
    (finding,) = findings("<p><lb/>one <hi>twx</hi> three</p>", "one two three")
    assert finding.rule == "witness:text"
    column = TEI.index("{}") + len("<p><lb/>one <hi>tw") + 1
    assert finding.place.column == column
    assert "character 7" in finding.message


def test_a_lost_line_an_added_line_and_a_moved_line_end_are_reported():
    assert [f.rule for f in findings("<p><lb/>a<lb/>c</p>", "a\nb\nc")] == ["witness:missing-line"]
    assert [f.rule for f in findings("<p><lb/>a<lb/>b<lb/>c</p>", "a\nc")] == ["witness:extra-line"]
    assert {f.rule for f in findings("<p><lb/>ab<lb/>c</p>", "a\nbc")} == {"witness:text"}


def test_a_page_that_begins_elsewhere_is_reported():
    body = "<p><pb/><lb/>a<lb/>b<pb/><lb/>c</p>"
    assert findings(body, "a\nb\fc") == []
    assert [f.rule for f in findings(body, "a\fb\nc")] == ["witness:page"]


def test_a_paragraph_that_begins_elsewhere_is_reported():
    (finding,) = findings("<p><lb/>a<lb/>b</p>", "a\n\nb")
    assert finding.rule == "witness:paragraph"


def test_a_wrong_line_number_is_reported():
    (finding,) = findings('<p><lb n="1.1"/>a<lb n="1.3"/>b</p>', "a\nb")
    assert finding.rule == "witness:line-number"
    assert '"1.2"' in finding.hint


def test_notes_and_corrections_are_no_words_of_the_source():
    body = "<p><lb/>a <choice><sic>teh</sic><corr>the</corr></choice> b<note>ours</note></p>"
    assert findings(body, "a teh b") == []


def test_a_note_printed_in_the_line_is_of_the_source_unless_the_editor_says_it():
    note = '<note place="inline"><p>乐，音洛。</p></note>'
    ours = '<note place="inline" type="editorial">今作“悦”</note>'
    body = f"<p><lb/>不亦说乎{ours}{note}有朋<lb/>自远方来</p>"
    assert findings(body, "不亦说乎乐，音洛。有朋\n自远方来") == []
    (finding,) = findings(body, "不亦说乎有朋\n自远方来")
    assert finding.rule == "witness:text"


def test_words_before_the_first_line_are_reported():
    (finding,) = findings("<p>a<lb/>b</p>", "b")
    assert finding.rule == "witness:before-first-line"


def test_only_the_lines_of_the_named_edition_count():
    witness = Witness("x.xml", "x.txt", edition="#src")
    body = '<p><lb edRef="#src"/>a <lb edRef="#other"/>b<lb edRef="#src"/>c</p>'
    assert findings(body, "a b\nc", witness) == []


def test_what_the_layout_does_not_account_for_is_said():
    with pytest.raises(SourceProblem, match="line 2"):
        read_source("a\nb \n", Layout(end="\n"))
    (finding,) = findings("<p><lb/>a</p>", "a ")
    assert finding.rule == "witness:layout"
    assert finding.place.path == "x.txt"


@given(
    st.lists(
        st.lists(
            st.lists(st.text("abc字", min_size=1, max_size=4), min_size=1, max_size=4),
            min_size=1,
            max_size=3,
        ),
        min_size=1,
        max_size=3,
    )
)
def test_what_is_encoded_from_a_source_agrees_with_it(pages):
    """Pages of paragraphs of lines, put into both forms, agree; one changed character does not."""
    source = "\f".join("\n\n".join("\n".join(lines) for lines in page) for page in pages)
    body = "".join(
        "<pb/>"
        + "".join("<p>" + "".join(f"<lb/>{line}" for line in lines) + "</p>" for lines in page)
        for page in pages
    )
    reported = {finding.rule for finding in findings(body, source)}
    assert reported <= {"witness:paragraph"}  # the form feed alone does not end a paragraph
    changed = (
        body.replace("字", "宇", 1) if "字" in body else re.sub(r"(<lb/>)", r"\1x", body, count=1)
    )
    assert "witness:text" in {finding.rule for finding in findings(changed, source)}


class TestTheDeclaration:
    """Every separator of the edition's own source is accounted for."""

    @pytest.fixture
    def edition(self):
        project = read_project(PROJECT / "tei")
        (witness,) = project.witnesses
        return witness, (PROJECT / "tei" / witness.source).read_text(encoding="utf-8")

    def test_the_source_has_112_lines_on_4_pages_of_40_printed_lines(self, edition):
        witness, text = edition
        lines = read_source(text, witness.layout)
        assert len(lines) == 112
        assert {line.page for line in lines} == {1, 2, 3, 4}
        body = text.removeprefix(witness.layout.start)
        slots = [len(page.split(witness.layout.line)) for page in body.split(witness.layout.page)]
        # before the very last printed line, an empty one, stands one line end instead of two
        assert slots == [40, 40, 39, 39]
        assert text.endswith("。 \n ")

    def test_it_can_be_written_again_from_its_lines(self, edition):
        witness, text = edition
        layout = witness.layout
        pages = [
            page.split(layout.line)
            for page in text[len(layout.start) : -len(layout.end)].split(layout.page)
        ]
        lines = iter(read_source(text, layout))
        rebuilt = [
            [
                slot
                if slot == layout.blank_line
                else (line := next(lines)).text + layout.paragraph_end * line.ends_paragraph
                for slot in page
            ]
            for page in pages
        ]
        written = layout.page.join(layout.line.join(page) for page in rebuilt)
        assert layout.start + written + layout.end == text
        assert next(lines, None) is None

    def test_every_paragraph_is_followed_by_an_empty_line_and_nothing_else_is(self, edition):
        witness, text = edition
        layout = witness.layout
        slots = text.removeprefix("\n").replace(layout.page, layout.line).split(layout.line)
        last, end = slots.pop().split("\n")
        slots += [last, end]
        for before, after in pairwise(slots):
            assert (after == " ") == (before.endswith(" ") and before != " ")

    def test_one_changed_character_of_the_encoding_is_found(self, edition):
        witness, text = edition
        data = (PROJECT / "tei" / witness.text).read_bytes()
        before, body = data.split(b"<text ", 1)
        for old, new in (("极化", "级化"), ("民族和解", "民族和谐"), ("单边制裁", "单边制栽")):
            assert old.encode() in body
            changed = before + b"<text " + body.replace(old.encode(), new.encode(), 1)
            document = read_document(changed, witness.text)
            found = list(check_witness(document, witness, text.encode()))
            assert "witness:text" in {finding.rule for finding in found}
