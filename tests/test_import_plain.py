"""teikit import of plain texts: nothing of the file is lost, and the structure is told soundly."""

import random
import re
import textwrap
import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from shared_data import PROJECT, SHARED, needs
from teikit.check.source_lines import read_source
from teikit.check.witness import check_witness
from teikit.document import TEI, read_document
from teikit.importing.imported import Imported
from teikit.importing.jobs import import_job
from teikit.importing.settings import ImportSettings
from teikit.witness import Witness

NAME = "text.txt"


def import_text(text: str | bytes, **options) -> Imported:
    data = text.encode() if isinstance(text, str) else text
    return import_job(data, NAME, ImportSettings(source_name=NAME, **options))


def body_of(made: Imported) -> str:
    """Return what is in the body, without the attributes that only number."""
    assert not made.problem
    body = re.search("<body>\n(.*)</body>", made.tei.decode(), re.DOTALL)[1]
    return re.sub(r'\s(?:n|edRef|xml:id)="[^"]*"', "", body).replace("<lb\n/>", "<lb/>")


def witness_findings(made: Imported, source: bytes) -> list:
    document = read_document(made.tei, "texts/text.xml")
    witness = Witness("texts/text.xml", NAME, "#src", made.encoding, made.layout)
    return list(check_witness(document, witness, source))


@cache
def real_texts() -> tuple[str, ...]:
    """Return running texts of the corpora, one paragraph a line."""
    found = []
    for pattern in ("letters/L00*.xml", "novels/*.xml", "apparatus/*.xml", "drama/*.xml"):
        for path in sorted((SHARED / "corpora").glob(pattern))[:4]:
            try:
                tree = etree.fromstring(path.read_bytes(), etree.XMLParser(huge_tree=True))
            except etree.XMLSyntaxError:
                continue
            paragraphs = [
                " ".join("".join(p.itertext()).split())
                for p in tree.iter(f"{{{TEI}}}p", f"{{{TEI}}}l", f"{{{TEI}}}ab")
            ][:80]
            found.append("\n".join(filter(None, paragraphs)))
    return tuple(text for text in found if text)


def wrapped(text: str, indent: str = "", between: str = "\n\n") -> str:
    blocks = [
        textwrap.fill(one, 64, initial_indent=indent, break_on_hyphens=False)
        for one in text.split("\n")
    ]
    return between.join(blocks) + "\n"


LAYOUTS = {
    "one paragraph a line": lambda text: text,
    "blank lines": wrapped,
    "indented": lambda text: wrapped(text, "   ", "\n"),
    "dos": lambda text: wrapped(text).replace("\n", "\r\n") + "\x1a",
    "old mac": lambda text: wrapped(text).replace("\n", "\r"),
    "form feeds": lambda text: wrapped(text).replace("\n\n", "\n\n\f", 5),
    "doubled": lambda text: wrapped(text).replace("\n", "\n\n"),
    "spaces at the edges": lambda text: wrapped(text).replace("\n", "  \n "),
    "three blank lines": lambda text: wrapped(text, between="\n\n\n\n"),
}


@needs(SHARED)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_character_of_real_texts_is_kept_in_every_layout(layout):
    for text in real_texts():
        source = LAYOUTS[layout](text).encode()
        made = import_text(source)
        assert witness_findings(made, source) == []
        words = "".join(
            "".join(etree.fromstring(made.tei).find(f"{{{TEI}}}text").itertext()).split()
        )
        assert words == "".join(text.replace("\x1a", "").split())


def test_the_same_text_gives_the_same_tei():
    source = (PROJECT / "tei/source/declaration.txt").read_bytes()
    assert import_text(source, sentences=True) == import_text(source, sentences=True)


@needs(SHARED)
def test_any_other_character_is_found_afterwards():
    chance = random.Random(4)
    for text in real_texts()[:6]:
        source = wrapped(text)
        made = import_text(source)
        places = [at for at, one in enumerate(source) if not one.isspace()]
        for at in chance.sample(places, 8):
            for instead in ("§", ""):
                changed = source[:at] + instead + source[at + 1 :]
                assert witness_findings(made, changed.encode())


@settings(max_examples=200)
@given(st.text(st.sampled_from("ab .中。\n\f\r\t[p12]—'I<&>\"-"), min_size=1, max_size=80))
def test_any_text_is_imported_whole_or_refused_in_words(text):
    made = import_text(text)
    if made.problem:
        assert NAME in made.problem and "mistake of teikit" not in made.problem
        return
    assert witness_findings(made, text.encode()) == []


def test_the_declaration_comes_out_as_its_edition_has_it_without_names():
    source = (PROJECT / "tei/source/declaration.txt").read_bytes()
    made = import_text(source, sentences=True)
    ours = etree.fromstring(made.tei).find(f"{{{TEI}}}text")
    theirs = etree.parse(PROJECT / "tei/texts/declaration.xml").getroot().find(f"{{{TEI}}}text")
    assert simplified(ours) == simplified(theirs)


def simplified(text) -> list:
    """Return structure, lines, pages and words: without names, statements and their attributes."""
    kept = "text body div head p s lb pb".split()
    etree.strip_tags(text, *(
        f"{{{TEI}}}{name}" for name in
        "seg rs orgName term country region settlement title date eventName soCalled".split()
    ))  # fmt: skip
    found = []
    for element in text.iter(etree.Element):
        name = etree.QName(element).localname
        assert name in kept
        attributes = {
            key: value for key, value in element.attrib.items() if key not in ("cert", "resp")
        }
        attributes.pop("{http://www.w3.org/XML/1998/namespace}lang", None)
        found.append((name, sorted(attributes.items()), (element.text or "").strip(),
                      (element.tail or "").strip()))  # fmt: skip
    return found


def test_the_layout_of_the_declaration_is_told_as_its_edition_says_it():
    from teikit.project import read_project

    (witness,) = read_project(PROJECT / "tei").witnesses
    made = import_text((PROJECT / "tei/source/declaration.txt").read_bytes())
    assert made.layout == witness.layout


def test_pages_begin_at_markers_also_within_a_line_and_a_word():
    made = import_text("[p. 3]\nOne two.\n\nthree fo[p. 4]ur five\nsix\n\nseven [p. 5] eight\n")
    assert body_of(made) == (
        "<pb/>\n<p><lb/>One two.</p>\n"
        '<p><lb/>three fo<pb break="no"/>ur five <lb/>six</p>\n<p><lb/>seven <pb/>eight</p>\n'
    )
    text = made.tei.decode()
    assert '<pb n="3" edRef="#src"/>' in text and 'n="4.1" edRef="#src"/>six' in text


def test_numbers_in_brackets_that_are_notes_are_no_pages():
    made = import_text("As he says,[1] and she[2] agrees.\n\nMore of it.\n")
    assert made.layout.page_marker == "" and "<pb" not in body_of(made)


def test_paragraphs_begin_at_white_space_where_nothing_else_parts_them():
    text = "  One begins here\nand goes on\nto here.\n  Two begins here\nand ends.\n"
    assert body_of(import_text(text)).count("<p>") == 2
    assert body_of(import_text(text, layout={"paragraphs": "line"}, title="none")).count("<p>") == 5


def test_a_word_that_a_line_end_divides_is_one_word():
    body = body_of(import_text("It was quite unex-\npected, said the\nself-\nMade man.\n"))
    assert 'unex<pc force="weak">-</pc><lb break="no"/>pected' in body
    assert "self- <lb/>Made" in body


def test_verse_becomes_stanzas():
    made = import_text("Title\n\nOne line\n  and two\n\nthree\n", verse=True)
    assert body_of(made) == (
        "<head><lb/>Title</head>\n<lg>\n  <l><lb/>One line</l>\n"
        '  <l rend="indent2"><lb/>and two</l>\n</lg>\n<lg>\n  <l><lb/>three</l>\n</lg>\n'
    )


@pytest.mark.parametrize(
    "heading",
    ["IV", "XII.", "Chapter 3", "CHAPTER IV. The Lake", "第三章 湖", "二", "第十二回", "Kapitel 2"],
)
def test_headings_begin_divisions(heading):
    body = body_of(import_text(f"Words of a first paragraph.\n\n{heading}\n\nMore words.\n"))
    assert f'<div type="section">\n<head><lb/>{heading}</head>\n<p>' in body


@pytest.mark.parametrize(
    "words", ["I went.", "Mild was the day", "12", "Part of it was lost.", "Civil war"]
)
def test_what_only_looks_a_little_like_a_heading_is_a_paragraph(words):
    body = body_of(import_text(f"Words of a first paragraph.\n\n{words}\n\nMore words.\n"))
    assert "<head>" not in body and f"<lb/>{words}</p>" in body


def test_headings_can_be_given():
    text = "Title here\n\n* One *\n\nWords.\n\n* Two *\n\nMore.\n"
    assert body_of(import_text(text, heading=r"\* .* \*")).count("<div") == 2
    assert import_text(text, heading="(").problem.startswith("--heading")
    assert "<head>" not in body_of(import_text(text, headings=False, title="none"))


def test_sentences_do_not_end_after_abbreviations():
    text = "Mr. Roth came. He was J. S. Roth, etc. of Ulm! “Why?” he asked. 3 p.m. it was.\n"
    body = body_of(import_text(text, sentences=True, title="none"))
    assert re.findall("<s>(?:<lb/>)?(.*?)</s>", body) == [
        "Mr. Roth came.", "He was J. S. Roth, etc. of Ulm!", "“Why?” he asked.", "3 p.m. it was.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "gb18030",
            "元首们指出，进入21世纪以来，国际关系体系发生着复杂的变化，世界格局走向多极化。" * 5,
        ),
        ("big5", "上海合作組織反映了各成員國人民的共同願望，繼續為和平、合作、發展而工作。" * 5),
        ("shift_jis", "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。" * 5),
        ("euc_kr", "나라의 말이 중국과 달라 문자와 서로 통하지 아니하므로 어린 백성이 " * 5),
        (
            "cp1252",
            "Über den Fluß führte früher eine Brücke; “schön”, sagte er, für müde Füße. " * 5,
        ),
        ("cp1251", "Все счастливые семьи похожи друг на друга, каждая несчастливая семья. " * 5),
        ("utf-16", "Plain words with é and 中.\n" * 3),
        ("utf-8-sig", "Plain words with é and 中.\n" * 3),
    ],
)
def test_the_encoding_is_told_or_named_and_never_changes_a_character(encoding, text):
    pytest.importorskip("charset_normalizer", reason="charset-normalizer is not installed")
    data = text.encode(encoding)
    made = import_text(data)
    words = "".join(etree.fromstring(made.tei).find(f"{{{TEI}}}text").itertext())
    assert "".join(words.split()) == "".join(text.split()), made.encoding
    assert witness_findings(made, data) == []
    if encoding not in ("utf-16", "utf-8-sig"):
        assert made.how == "a guess" and made.sample
    assert import_text(data, encoding=encoding).how == "as you said"


def test_a_byte_that_does_not_fit_and_a_control_character_are_refused_with_their_line():
    assert import_text(b"a\nb\xff\n", encoding="utf-8").problem.startswith("text.txt:2: the byte")
    assert import_text("a\nb\x02c\n").problem.startswith("text.txt:2: has the control character")
    assert "no encoding" in import_text("a", encoding="klingon").problem


def test_several_spaces_are_told_with_their_line():
    made = import_text("One line\n\nwine     3 s.\nbread\t2 d.\n")
    (lost,) = made.lost
    assert lost.place.line == 3 and "so in 1 other line: 4" in lost.message


def test_a_novel_is_read_in_linear_time():
    lines = [f"Line {number} of a long, long novel, and some words." for number in range(8000)]
    text = "\n".join(lines) + "\n"
    begun = time.process_time()
    made = import_text(text, sentences=True)
    assert not made.problem
    assert len(read_source(text, made.layout)) == 8000
    assert time.process_time() - begun < 10
