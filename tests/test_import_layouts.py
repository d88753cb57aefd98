"""Layouts of plain texts: told as they are, and kept to by the witness check afterwards."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from teikit.check.source_lines import read_source
from teikit.check.witness import check_witness
from teikit.document import TEI, read_document
from teikit.importing.imported import Imported
from teikit.importing.jobs import import_job
from teikit.importing.settings import ImportSettings
from teikit.project import read_project
from teikit.witness import Layout, Witness
from test_import_plain import body_of, import_text, real_texts, witness_findings, wrapped

_TEXT = f"{{{TEI}}}text"


def layout_of(text: str, **options) -> Layout:
    made = import_text(text, **options)
    assert not made.problem
    return made.layout


def paragraphs_of(text: str, **options) -> list[str]:
    """Return the words of each block of the TEI, line ends as |, pages as #."""
    body = body_of(import_text(text, **options))
    body = re.sub(r"(?<!>)<lb[^>]*>|(?<=/>)<lb[^>]*>|(?<=pc>)<lb[^>]*>", "|", body)
    body = re.sub(r"<pb[^>]*>", "#", body)
    blocks = re.findall(r"<(?:p|head|l)(?: [^>]*)?>(.*?)</(?:p|head|l)>", body, re.DOTALL)
    return [re.sub("<[^>]*>", "", block).strip() for block in blocks]


def test_lines_of_any_line_end_also_mixed_are_lines():
    for end in ("\n", "\r\n", "\r"):
        assert layout_of(f"one two{end}three{end}{end}four{end}").line == end
    made = import_text("one,\r\ntwo\nthree\r\n\r\nfour\r\n", title="none")
    assert body_of(made).count("<lb/>") == 4 and body_of(made).count("<p>") == 2


def test_ideographic_spaces_before_paragraphs_are_layout_and_no_text():
    text = "第一章 开始\n　　这是第一段。\n　　这是第二段，\n很长。\n　　第三段。\n"
    assert layout_of(text).paragraph_start == "　　"
    assert paragraphs_of(text) == ["第一章 开始", "这是第一段。", "这是第二段，|很长。", "第三段。"]


def test_a_heading_between_indented_lines_is_one():
    text = "第一章 始\n　　一段。\n　　二段。\n第二章 终\n　　三段。\n"
    assert layout_of(text).paragraphs == "line"
    assert body_of(import_text(text)).count("<head>") == 2


def test_a_paragraph_goes_on_over_a_form_feed_that_ends_a_line():
    text = "This paragraph goes on\nto the next\n\fpage and ends.\n\nNew one\nhere.\n\f"
    made = import_text(text)
    assert (made.layout.page, made.layout.end) == ("\n\f", "\n\f")
    assert paragraphs_of(text) == [
        "This paragraph goes on |to the next #|page and ends.", "New one |here.",
    ]  # fmt: skip


def test_a_blank_line_beside_a_page_marker_may_be_that_of_the_page():
    text = "It goes on\n\n[p. 12]\n\nand ends.\n\n[p. 13]\n\nNew one.\n"
    assert paragraphs_of(text, title="none") == ["It goes on #|and ends.", "New one."]
    source, made = text.encode(), import_text(text, title="none")
    parted = made.tei.replace(b'<pb n="12"', b'</p><p><pb n="12"').replace(b"on </p>", b"on</p>")
    witness = Witness("x.xml", "x.txt", "#src", "utf-8", made.layout)
    assert not list(check_witness(read_document(parted, "x.xml"), witness, source))


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("[p. 1] a b\nc [p. 2] d\n", "[p. {n}]"),
        ("a\n-- 12 --\nb\n-- 13 --\nc\n", "-- {n} --"),
        ("a\n{3}\nb\n{4}\nc\n{5}\nd\n", "{{n}}"),
        ("a\n[iv]\nb\n[v]\nc\n[vi]\nd\n", "[{n}]"),
        ("甲【第3页】乙【第4页】丙\n", "【第{n}页】"),
        ("[fol. 12r] a\nb [fol. 12v] c [fol. 13r] d\n", "[fol. {n}]"),
        ("As he says,[1] and she[2] agrees.[3]\n", ""),
        ("In [1914] and [1918] and [1950]\n", ""),
        ("a\n[7]\nb\n[3]\nc\n[12]\n", ""),
    ],
)
def test_page_markers_are_told_by_their_form_and_their_numbers(text, marker):
    assert layout_of(text).page_marker == marker


def test_bare_numbers_that_ascend_are_mentioned_with_the_option_that_takes_them():
    made = import_text("a [1] b\nc [2] d\ne [3] f\n")
    assert any('--page-marker "[{n}]"' in rule for rule in made.rules)
    given = import_text("a [1] b\nc [2] d\ne [3] f\n", layout={"page_marker": "[{n}]"})
    assert body_of(given).count("<pb") == 4 and "[" not in body_of(given)


def test_a_page_of_another_name_or_place_is_found():
    text = "[p. 3]\nOne two.\n\nthree fo[p. 4]ur five\nsix [p. 5] seven\neight\n"
    made, source = import_text(text, title="none"), text.encode()
    assert witness_findings(made, source) == []
    for one, other in (("p. 3", "p. 2"), ("p. 5", "p. 6"), ("fo[p. 4]ur", "f[p. 4]our")):
        found = witness_findings(made, text.replace(one, other).encode())
        assert "witness:page" in [finding.rule for finding in found]


POEM = (
    "Title\n\nA line of verse,\nAnother one;\n  It goes on\nFor four.\n\n"
    "The next begins\nAnd ends.\n"
)


def test_verse_is_told_by_its_lines_and_can_be_denied():
    assert body_of(import_text(POEM)).count("<lg>") == 2
    assert 'rend="indent2"' in body_of(import_text(POEM))
    assert "<lg>" not in body_of(import_text(POEM, verse=False))
    assert "<lg>" in body_of(
        import_text("床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n")
    )


def test_a_stanza_that_the_encoding_does_not_part_is_found():
    made = import_text(POEM)
    joined = made.tei.decode().replace("</lg>\n<lg", "</lg><lg", 1)
    joined = re.sub(r"</lg><lg[^>]*>", "", joined, count=1)
    assert joined.count("<lg") == 1
    witness = Witness("x.xml", "x.txt", "#src", "utf-8", made.layout)
    found = list(check_witness(read_document(joined.encode(), "x.xml"), witness, POEM.encode()))
    assert {finding.rule for finding in found} <= {"witness:paragraph"}


def test_wrapped_prose_in_capitals_or_dialogue_is_no_verse():
    prose = wrapped(
        "\n".join(["He said that The House was in London and that it was so. " * 6] * 4)
    )
    assert "<lg>" not in body_of(import_text(prose))


def test_hyphens_at_line_ends_are_kept_and_marked_as_is_wished():
    text = "It is unex-\npected, a well-known man\nand well-\nknown, he self-\nMade¬\nhere.\n"
    body = body_of(import_text(text))
    assert 'unex<pc force="weak">-</pc><lb break="no"/>pected' in body
    assert 'well-<lb break="no"/>known' in body and "self- <lb/>Made" in body
    assert 'Made<pc force="weak">¬</pc><lb break="no"/>here' in body
    assert 'unex-<lb break="maybe"/>pected' in body_of(import_text(text, hyphens="maybe"))
    assert 'unex-<lb break="no"/>pected' in body_of(import_text(text, hyphens="keep"))
    for kind in ("weak", "maybe", "keep"):
        assert witness_findings(import_text(text, hyphens=kind), text.encode()) == []


def test_a_letter_that_begins_with_place_and_date_has_no_title():
    made = import_text("Paris, 12 May 1888\n\nDear Anna,\n\nI write to you.\n")
    assert "<head>" not in body_of(made) and b'fill="the title' in made.tei


def mutated(made: Imported, at: int) -> bytes:
    """Return the TEI with the AT-th character of its text, beside white space, replaced."""
    tree = etree.fromstring(made.tei)
    for element in tree.find(_TEXT).iter(etree.Element):
        for where in ("text", "tail"):
            words = getattr(element, where) or ""
            letters = [index for index, one in enumerate(words) if not one.isspace()]
            if at < len(letters):
                index = letters[at]
                setattr(element, where, f"{words[:index]}§{words[index + 1 :]}")
                return etree.tostring(tree, encoding="utf-8", xml_declaration=True)
            at -= len(letters)
    raise AssertionError(at)


FORMS = {
    "blank": wrapped,
    "indented": lambda text: wrapped(text, "   ", "\n"),
    "pages": lambda text: re.sub(r"((?:.*\n){20})", r"\1\f", wrapped(text)),
    "markers": lambda text: re.sub(
        r"(?s).{500}", lambda m: f"{m[0]}[p. {m.start() // 500 + 2}]", wrapped(text)
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_character_changed_in_the_tei_is_found(form):
    chance = random.Random(7)
    for text in real_texts()[::3]:
        source = FORMS[form](text[:4000]).encode()
        made = import_text(source)
        letters = sum(
            not one.isspace() for one in "".join(etree.fromstring(made.tei).find(_TEXT).itertext())
        )
        for at in chance.sample(range(letters), 8):
            document = read_document(mutated(made, at), "x.xml")
            witness = Witness("x.xml", "x.txt", "#src", made.encoding, made.layout)
            assert list(check_witness(document, witness, source)), (form, at)


_PIECES = st.sampled_from(
    [
        *(
            "a",
            "B",
            " ",
            "  ",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\t",
            "\f",
            "-\n",
            ".",
            "。",
            "中",
            "　　",
        ),
        *("[p. 1]", "[p. 2]", "[3]", "IV", "\n\n1\n\n", "Chapter 2", "é", "\u00a0", "<", "&"),
        *("\u2028", "\x85", "\x1a"),
    ]
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(_PIECES, min_size=1, max_size=30).map("".join),
    st.booleans(),
    st.sampled_from([None, True]),
)
def test_whatever_a_text_is_made_of_it_is_imported_whole_or_refused(text, sentences, verse):
    made = import_job(
        text.encode(), "x.txt",
        ImportSettings(format="text", source_name="x", sentences=sentences, verse=verse),
    )  # fmt: skip
    if made.problem:
        assert "mistake of teikit" not in made.problem
        return
    lines = read_source(text, made.layout)
    words = re.sub(r"\s", "", "".join(line.text for line in lines))
    kept = "".join(etree.fromstring(made.tei).find(_TEXT).itertext())
    assert re.sub(r"\s", "", kept) == words
    again = ImportSettings(format="text", source_name="x", sentences=sentences, verse=verse)
    assert import_job(text.encode(), "x.txt", again) == made


@pytest.mark.parametrize(
    ("setting", "value"),
    [("paragraphs", "each"), ("spaces", "some"), ("page-marker", "[p.]"), ("page-marker", "{n}")],
)
def test_a_setting_that_cannot_be_is_named(tmp_path, setting, value):
    (tmp_path / "edition.toml").write_text(
        f'[[witness]]\ntext = "a.xml"\nsource = "a.txt"\n[witness.layout]\n{setting} = "{value}"\n'
    )
    with pytest.raises(Exception, match=rf"witness\.layout\.{setting} must be"):
        read_project(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 300_000, id="word"),
        pytest.param("".join(f"a[p. {n}]" for n in range(20_000)), id="markers"),
        pytest.param("[" * 300_000, id="brackets"),
        pytest.param("ab-\n" * 20_000, id="hyphens"),
        pytest.param("word. Next " * 20_000, id="sentences"),
        pytest.param("\n" * 300_000 + "a", id="blank"),
        pytest.param("-- 1 " * 40_000, id="dashes"),
        pytest.param("\n\n".join(["ivxlc" * 3] * 5_000), id="numbers"),
        pytest.param("\u3000" * 300_000 + "a\n" + " " * 300_000 + "\n1", id="wide"),
        pytest.param("".join(f"第{n}頁\n一{n}\n" for n in range(20_000)), id="leaves"),
        pytest.param("一二三四五，\n" * 20_000, id="verses"),
    ],
)
def test_no_text_takes_more_than_linear_time(text):
    # by the square of their length most of these would take minutes
    assert not import_text(text, sentences=True).problem


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("T\n\n1.\n\nOne.\n\n2.\n\nTwo.\n", ["1.", "2."]),
        ("T\n\nIt was\n\n1914\n\nwhen it began.\n", []),
        ("T\n\n3\n\nOne.\n\n4\n\nTwo.\n", []),
        ("CHAPTER THE FIRST\nHow it begins\n\nIt was.\n", ["CHAPTER THE FIRST |How it begins"]),
        ("Erstes Kapitel\n\nEs war.\n\nLetzter Brief.\n\nSo.\n", ["Erstes Kapitel"]),
        ("T\n\nDas Buch\n\nI\nwent home.\n", []),
    ],
)  # fmt: skip
def test_numbers_that_count_up_and_words_for_chapter_are_headings(text, headings):
    body = body_of(import_text(text))
    found = re.findall(r'<div type="section">\n<head>(.*?)</head>', body)
    assert [re.sub("<lb/>", "|", one).removeprefix("|") for one in found] == headings
