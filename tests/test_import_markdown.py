"""Markdown files: what is in them, as TEI."""

import re

import pytest

from teikit.errors import TeikitError
from teikit.importing.elements import Transcript
from teikit.importing.jobs import import_job
from teikit.importing.markdown import read_markdown
from teikit.importing.settings import ImportSettings
from transcripts import as_tei, find_differences, show

pytest.importorskip("markdown_it", reason="the extra markdown is not installed")
pytest.importorskip("mdit_py_plugins", reason="the extra markdown is not installed")


def read(text: str, marker: str = "") -> Transcript:
    transcript = read_markdown(text, "a.md", marker)
    assert find_differences(transcript) == []
    return transcript


def told(transcript: Transcript) -> list[tuple[int, str]]:
    return [(one.place.line, one.rule.removeprefix("import:")) for one in transcript.lost]


@pytest.mark.parametrize(
    ("source", "tei"),
    [
        ("a\nb", "<p>ab</p>"),
        ("*a* **b** ~~c~~ `d`", '<p><hi rend="italic">a</hi> <hi rend="bold">b</hi> '
         '<hi rend="strikethrough">c</hi> <code>d</code></p>'),
        ("a &amp; &eacute; \\* <", "<p>a &amp; é * &lt;</p>"),
        ("> a\n>\n> b", "<quote><p>a</p><p>b</p></quote>"),
        ("a\n\n* * *", '<p>a</p><milestone unit="section" rend="rule"/>'),
        ("[a](http://e.org/x?a=1&b=2)", '<p><ref target="http://e.org/x?a=1&amp;b=2">a</ref></p>'),
        ("<http://e.org>", '<p><ref target="http://e.org">http://e.org</ref></p>'),
        ("![A *cat*](cat.png)", '<p><figure><graphic url="cat.png"/><figDesc>A cat</figDesc>'
         "</figure></p>"),
        ("x<sup>2</sup>", '<p>x<hi rend="superscript">2</hi></p>'),
        ("```python\nif a:\n\n    b\n```", '<ab rend="code"><code lang="python">if a:\n\n    b'
         "</code></ab>"),
        ("a[^x]\n\n[^x]: note *b*", '<p>a<note n="1" place="foot">note <hi rend="italic">b</hi>'
         "</note></p>"),
        ("a[^1]\n\n[^1]: b\nc\\\nd", '<p>a<note n="1" place="foot">b\nc\n<milestone unit="line"/>d'
         "</note></p>"),
        ("a[^7]\n\n[^7]: b\n\n    c", '<p>a<note n="7" place="foot"><p>b</p><p>c</p></note></p>'),
    ],
)  # fmt: skip
def test_what_markdown_marks_is_what_tei_marks(source: str, tei: str):
    assert show(read(source)) == tei


def test_headings_are_nested_and_a_single_one_above_all_is_the_title():
    found = read("# T\n\na\n\n## A\n\n### B\n\nb\n\n## C\n")
    assert found.title == "T"
    assert show(found) == (
        '<head type="main">T</head><p>a</p><div><head>A</head><div><head>B</head><p>b</p></div>'
        "</div><div><head>C</head></div>"
    )
    assert show(read("# A\n\n# B\n")) == "<div><head>A</head></div><div><head>B</head></div>"


def test_lists_are_nested_tight_or_loose_and_keep_their_numbers():
    assert show(read("3. a\n5. b\n   - c\n   - d\n")) == (
        '<list rend="numbered"><item n="3">a</item><item n="5">b<list rend="bulleted">'
        "<item>c</item><item>d</item></list></item></list>"
    )
    assert show(read("1. a\n\n   b\n1. c\n")) == (
        '<list rend="numbered"><item n="1"><p>a</p><p>b</p></item><item n="2"><p>c</p></item>'
        "</list>"
    )


def test_a_paragraph_whose_lines_all_end_hard_is_verse():
    assert show(read("a\\\nb  \n*c*")) == (
        '<lg><l>a</l><l>b</l><l><hi rend="italic">c</hi></l></lg>'
    )
    assert show(read("a\\\nb\nc")) == "<p>abc</p>"


def test_lines_of_the_file_are_lines():
    found = read("# T\n\none *two\nthree*\n\n- four\n")
    assert found.witness == "T\n\none two\nthree\n\nfour\n"
    assert b"<lb/>one <hi" in as_tei(found)


def test_tables_have_rows_of_labels():
    assert show(read("|a|b|\n|-|-:|\n|1|*2*|")) == (
        '<table><row role="label"><cell>a</cell><cell rend="right">b</cell></row><row>'
        '<cell>1</cell><cell rend="right"><hi rend="italic">2</hi></cell></row></table>'
    )


def test_page_markers_are_pages_and_no_words():
    found = read("one [p. 12] two\n\n[p. 13]\n\nthree", "[p. {n}]")
    assert show(found) == '<pb/><p>one <pb n="12"/> two</p><pb n="13"/><p>three</p>'
    assert found.witness == "one\n[p. 12]\ntwo\n\n[p. 13]\nthree\n"
    assert read("[p. 1]\n\n[p. 2]\n\na", "[p. {n}]").witness == "[p. 1]\n[p. 2]\na\n"
    with pytest.raises(TeikitError, match="within code"):
        read("a [p. 1]\n\n    b [p. 2]\n", "[p. {n}]")


def test_what_is_lost_is_listed_with_its_line():
    found = read(
        "---\ntitle: T\nkeywords: A\n---\n\na <span>b</span>\n\n<div>\nc\n</div>\n\n[d](#e)\n\n"
        "![f](g.png)\n\n[h]: /i\n\n[^j]: k\n"
    )
    assert found.title == "T"
    assert told(found) == [
        (3, "lost"),
        (6, "lost"),
        (6, "lost"),
        (8, "lost"),
        (12, "changed"),
        (14, "picture"),
        (16, "lost"),
        (18, "lost"),
    ]
    assert "c" in show(found) and "k" in found.lost[-1].message


def test_what_is_nested_beyond_the_parser_is_listed():
    found = read(">" * 200 + " deep\n\nend\n")
    assert "deep" in show(found) or (1, "lost") in told(found)
    assert "end" in show(found)


def test_characters_that_xml_does_not_have_are_said():
    found = read("a\x01b\x0cc\x00")
    assert show(found) == "<p>a\ufffdb\ufffdc\ufffd</p>"
    assert [rule for _, rule in told(found)] == ["changed"] * 3


def test_links_that_run_something_are_no_links():
    assert "javascript" not in re.sub(r"[^=]*>", "", show(read("[a](javascript:alert)")))
    assert "<ref" not in show(read("[a](file:///etc/passwd) [b](vbscript:x)"))


def test_a_file_without_text_is_refused():
    for text in ("", " \n", "---\ntitle: T\n---\n", "[a]: /b"):
        with pytest.raises(TeikitError, match="has no text"):
            read(text)


def test_front_matter_goes_to_where_the_header_has_a_place_for_it():
    lines = 'title: T\nauthor: "Anna Reid"\ndate: 1888-05-12\nlang: de\ntags: [a, b]'
    front = f"---\n{lines}\n---\n\na\n"
    found = read(front)
    assert (found.title, found.author, found.date, found.language) == (
        "T", "Anna Reid", "1888-05-12", "de",
    )  # fmt: skip
    assert told(found) == [(6, "lost")]
    made = import_job(front.encode(), "a.md", ImportSettings(source_name="a.md")).tei.decode()
    for said in ("<author>Anna Reid</author>", '<date when="1888-05-12">1888-05-12</date>',
                 '<language ident="de">de</language>', 'xml:lang="de">\n<teiHeader>'):  # fmt: skip
        assert said in made
    assert 'fill="who wrote' not in made


@pytest.mark.parametrize(
    ("line", "is_told"),
    [("language: german", True), ("author:\n  - A", True), ("author: [A, B]", True),
     ("date: May 1888", False), ("date: 1888-13-01", False)],
)  # fmt: skip
def test_front_matter_that_cannot_be_carried_is_listed(line, is_told):
    text = f"---\n{line}\n---\n\na\n"
    assert bool(read(text).lost) == is_told
    made = import_job(text.encode(), "a.md", ImportSettings(source_name="a.md"))
    assert b"when=" not in made.tei and not made.problem


def test_a_reference_to_a_note_that_is_not_there_is_listed():
    found = read("a[^zzz] b[^1]\nc[^y]\n\n[^1]: n\n")
    assert told(found) == [(1, "changed"), (2, "changed")]
    assert "[^zzz]" in found.lost[0].message and "[^zzz]" in show(found)
