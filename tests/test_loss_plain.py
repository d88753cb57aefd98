"""Whether plain texts have every character of their reading: by the table, not by a stylesheet."""

from pathlib import Path

import pytest

from shared_data import real_files
from teikit.document import read_document
from teikit.edition.readings import BOTH, OMISSIONS, READING, SOURCE, omissions
from teikit.publish.carried import Carried
from teikit.publish.loss_plain import count_notes, count_plain
from teikit.transform.render import render_text

FRAME = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{}</body></text>{}</TEI>'

# every decision of the table: TEI, its words as edited, its words in the source
DECISIONS = {
    "choice": ("<choice><sic>teh</sic><corr>the</corr></choice> end", "the end", "teh end"),
    "abbr": ("<choice><expan>Doctor</expan><abbr>Dr</abbr></choice>", "Doctor", "Dr"),
    "equal sides": ("<choice><unclear>a</unclear><unclear>b</unclear></choice>", "a", "a"),
    "corr alone": ("<corr>the</corr>", "the", "the"),
    "supplied": ("a<supplied>b</supplied><ex>c</ex>", "abc", "a"),
    "removed": ("a<surplus>b</surplus><secl>c</secl><am>d</am>", "a", "abcd"),
    "subst": ("<subst><del>a</del> <add>b</add></subst>", "b", "ab"),
    "restored": ("<restore><del>a</del></restore>b", "ab", "ab"),
    "apparatus": ("<app><lem>a</lem><rdg>b</rdg><witDetail>c</witDetail></app>", "a", "a"),
    "no lemma": ("<app><rdg>b</rdg><rdg>c</rdg></app>", "b", "b"),
    "note": ("a<note>b</note>c", "ac", "ac"),
    "inline note": (
        'a<note place="inline" resp="#z">b<note>c</note></note>d<lb/>e',
        "ade",
        "abde",
    ),
    "inline note of the editor": ('a<note place="inline" type="editorial">b</note>c', "ac", "ac"),
    "gap": ("a<gap><desc>b</desc></gap>", "a[…]", "a[…]"),
    "ruby": ("<ruby><rb>漢字</rb><rt>かんじ</rt></ruby>", "漢字（かんじ）", "漢字（かんじ）"),
    "own signs": (
        "<ruby><rb>漢</rb><rt><pc>《</pc>か<pc>》</pc></rt></ruby>",
        "漢《か》",
        "漢《か》",
    ),
    "hyphen": ('wo<pc force="weak">-</pc><lb break="no"/>rd', "word", "wo-rd"),
    "forme work": ("<fw>Page 1</fw>a", "a", "Page1a"),
    "picture": ("a<figure><figDesc>b</figDesc></figure>", "a", "a"),
    "analysis": ("a<index><term>b</term></index><interp>c</interp><span>d</span>", "a", "a"),
}


def read(body: str, stand_off: str = ""):
    return read_document(FRAME.format(f"<p>{body}</p>", stand_off).encode(), "texts/a.xml")


@pytest.mark.parametrize("name", DECISIONS)
def test_the_table_and_the_stylesheet_decide_alike_and_as_tei_says(name):
    body, *expected = DECISIONS[name]
    for reading, words in zip(BOTH, expected, strict=True):
        made = render_text(read(body), reading).content
        assert "".join(made.split()) == words.replace(" ", "")
        many = len(words.replace(" ", ""))
        assert count_plain(read(body), made, reading) == (Carried(reading, many, many), [])


def test_each_omission_has_a_reason_and_belongs_to_a_reading():
    for one in OMISSIONS:
        assert one.reason
        assert set(one.readings) <= {READING, SOURCE}
        assert all(
            one in omissions(reading)[name] for reading in one.readings for name in one.elements
        )


@pytest.mark.parametrize(
    ("made", "rule", "words"),
    [
        ("one three\n", "lost-text", "two"),
        ("one two two three\n", "doubled-text", "3 characters"),
        ("two one three\n", "doubled-text", ""),
        ("one tow three\n", "lost-text", ""),
    ],
)
def test_what_a_plain_text_lacks_or_has_elsewhere_is_told(made, rule, words):
    row, losses = count_plain(read("one <hi>two</hi> three"), made, READING)
    assert row.carried < row.of
    assert f"publish:{rule}" in {one.finding.rule for one in losses}
    assert any(words in one.finding.message for one in losses)
    assert {one.kind for one in losses} == {"reading"}


def test_a_stylesheet_that_leaves_out_more_than_the_table_is_told():
    made = render_text(read("a<hi>b</hi>"), "reading").content
    row, losses = count_plain(read("a<hi>b</hi><emph>c</emph>"), made, READING)
    assert (row, len(losses)) == (Carried("reading", 2, 3), 1)
    assert "in the plain text" in losses[0].finding.message


def test_notes_are_in_a_file_of_their_own_with_their_passage():
    document = read(
        "a<note>First <hi>one</hi>.<note>Of a note.</note></note> "
        '<s xml:id="s1">b<note>Two.</note></s>',
        '<standOff><note target="#s1"><p>Three.</p><p>More.</p></note></standOff>',
    )
    made = render_text(document, "notes").content
    assert made == "[1]\nFirst one.\n\n[2]\nOf a note.\n\n[3] s1\nTwo.\n\n[4] s1\nThree.\nMore.\n"
    row, losses = count_notes(document, made)
    assert (row.carried, losses) == (row.of, [])
    row, losses = count_notes(document, made.replace("More.", ""))
    assert [one.kind for one in losses] == ["notes-text"]


@pytest.mark.parametrize("path", real_files()[::11], ids=lambda path: path.stem)
def test_real_texts_have_all_of_each_reading(path: Path):
    document = read_document(path.read_bytes(), path.name)
    for reading in BOTH:
        row, losses = count_plain(document, render_text(document, reading).content, reading)
        assert (losses, row.carried) == ([], row.of)
    row, losses = count_notes(document, render_text(document, "notes").content)
    assert (losses, row.carried) == ([], row.of)


def test_a_pointer_without_words_says_in_a_note_where_it_leads():
    note = (
        '<note>see <ref target="#n2 b.xml"/> (<ptr target="#n3"/>), <ref target="c">C</ref></note>'
    )
    document = read(f"a{note}")
    made = render_text(document, "notes").content
    assert "see n2 b.xml (n3), C" in made
    row, losses = count_notes(document, made)
    assert (row.carried, losses) == (row.of, [])
    assert "n3" not in render_text(document, "reading").content
    assert count_notes(document, made.replace("n3", ""))[1]
