"""Characters that do not belong in a text: found where they stand, and nothing else is."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_data import real_files
from teikit.check import characters
from teikit.check.characters import check_characters
from teikit.document import read_document
from timing import quickest

HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>\n'


def found(tei, body: str) -> list[tuple[str, int, int]]:
    return [
        (one.rule.partition(":")[2], one.place.line, one.place.column)
        for one in check_characters(tei(body))
    ]


@pytest.mark.parametrize(("character", "rule"), [
    ("\ue000", "private-use"), ("\uf8ff", "private-use"), ("\U000f0000", "private-use"),
    ("\U0010fffd", "private-use"), ("\ufdd0", "noncharacter"), ("\U0001fffe", "noncharacter"),
    ("\U0010ffff", "noncharacter"), ("\u202e", "bidi"), ("\u202d", "bidi"), ("\u2066", "bidi"),
    ("\u202c", "bidi"), ("\ufffd", "replacement"), ("\ufffc", "replacement"),
    ("\x7f", "control"), ("\x92", "control"), ("\u2028", "control"), ("\ufff9", "control"),
    ("\ufeff", "byte-order-mark"),
])  # fmt: skip
def test_each_kind_is_found_as_it_stands_and_as_a_reference(tei, character, rule):
    assert found(tei, f"<p>é\n字{character}x</p>") == [(rule, 3, 2)]
    assert found(tei, f"<p>é\n字&#x{ord(character):X};x</p>") == [(rule, 3, 2)]
    assert found(tei, f"<p>\n  &#{ord(character)};x</p>") == [(rule, 3, 3)]
    assert found(tei, f'<p>x<hi n="é{character}"/></p>') == [(rule, 2, 13)]


@pytest.mark.parametrize("text", [
    "plain", "café", "字，。「」\u3000", "\uf900\ufa0e", "\u200b\u200c\u200d\u00ad",
    "שלום \u200f", "😀\U00020000", "\u2067שלום\u2069", "\u202bשלום\u202c", "\ufb01\ufe0f",
    "a\u00a0b", "\uff21\uffef", "&#x9;&#10;",
    "<hi>\u2067<hi>שלום</hi>\u2069</hi>",
])  # fmt: skip
def test_what_belongs_in_a_text_is_not_reported(tei, text):
    assert found(tei, f"<p>{text}</p>") == []


@given(st.characters(exclude_categories=("Cs", "Cc")))
def test_the_quick_look_passes_over_nothing(character):
    """The few ranges that every file is searched with hold all characters that are meant."""
    if re.match(characters._HIT, character):
        assert re.match(characters._SUSPECT, character)


def test_comments_instructions_and_references_in_cdata_are_no_text(tei):
    assert found(tei, "<!-- \ue000 &#xE000; --><?x \ue000?><p><![CDATA[&#xE000;]]></p>") == []
    assert found(tei, "<p><![CDATA[\ue000]]></p>") == [("private-use", 2, 13)]


def test_what_stands_outside_the_outermost_element_is_not_reported():
    data = f'<!DOCTYPE TEI [<!ENTITY x "\ue000">]>{HEAD}<p/></body></text></TEI>'
    assert list(check_characters(read_document(data.encode(), "a.xml"))) == []


@pytest.mark.parametrize("character", ["\u200b", "\u2060"])
def test_what_cannot_be_seen_is_found_between_letters(tei, character):
    assert found(tei, f"<p>字{character}字</p>") == [("invisible", 2, 5)]
    assert found(tei, f"<p>word&#x{ord(character):X};</p>") == [("invisible", 2, 8)]
    assert found(tei, f'<p>x<hi n="é{character}"/></p>') == [("invisible", 2, 13)]
    (finding,) = check_characters(tei(f"<p>a{character}b{character}</p>"))
    assert finding.message.startswith(f"U+{ord(character):04X} ")
    assert "(2 times in this element): cannot be seen" in finding.message


@pytest.mark.parametrize("body", [
    "<p>ภาษา\u200bไทย</p>", "<p>&#xE20;\u200b&#xE44; a</p>", "<p>ភាសា\u200bខ្មែរ</p>",
    "<p>བོད\u200bསྐད</p>", '<p xml:lang="th">A\u200bB</p>',
    '<p xml:lang="my-MM"><hi>A\u200bB</hi></p>',
    '<p xml:lang="zh">\u200b</p>',
    "<p><w>x</w>\u200b<w>y</w></p>", "<p>1\u200b2</p>",
])  # fmt: skip
def test_where_words_may_be_parted_it_belongs(tei, body):
    assert found(tei, body) == []


def test_glyphs_that_the_encoding_explains_are_not_reported(tei):
    assert found(tei, '<p><g ref="#x">\ue000</g></p>') == []
    declared = '<char xml:id="x"><mapping type="PUA">\ue000</mapping></char>'
    assert found(tei, f"{declared}<p>a\ue000</p>") == []
    assert found(tei, f"{declared}<p>a\ue001</p>") == [("private-use", 2, 60)]


def test_one_element_gives_one_finding_of_a_kind(tei):
    (finding,) = check_characters(tei("<p>\ue000 <hi>x</hi> \ue000 \ue001</p>"))
    assert finding.message.startswith("U+E000, U+E001 (3 times in this element): ")
    assert finding.ordinal == 4


def test_a_byte_that_was_read_as_latin_1_says_what_was_meant(tei):
    (finding,) = check_characters(tei("<p>l\x92eau</p>"))
    assert "“’”" in finding.hint


@pytest.mark.parametrize(("text", "columns"), [
    ("\u2067a", [4]), ("a\u2069", [5]), ("\u2067\u202ba\u202c\u2069", []),
    ("\u2067\u202ba\u2069\u202c", [4]), ("<hi>\u2067</hi>\u2069", [8, 14]), ("\u202ea\u202c", [4]),
])  # fmt: skip
def test_controls_of_direction_come_in_pairs_within_an_element(tei, text, columns):
    assert sorted(column for _, _, column in found(tei, f"<p>{text}</p>")) == columns


def test_many_findings_are_cut_and_counted(tei):
    start = time.process_time()
    findings = list(check_characters(tei("<p>\ue000</p>" * 30_000)))
    assert time.process_time() - start < 10
    assert len(findings) == 101
    assert findings[-1].message.startswith("29900 more elements")


class TestComposition:
    """One letter in two ways."""

    def test_both_ways_are_reported_once_with_places_and_counts(self, tei):
        (finding,) = check_characters(tei("<p>é é\nÉ e\u0301</p><p>E\u0301 e\u0301</p>"))
        assert finding.rule == "characters:mixed-normalisation"
        assert (finding.place.line, finding.place.column) == (3, 3)
        assert "U+0065 U+0301 2 times, first here" in finding.message
        assert "U+00E9 2 times, first at line 2, column 4" in finding.message
        assert "“é”, “É”" in finding.message

    @pytest.mark.parametrize("text", [
        "é é", "e\u0301 e\u0301", "é o\u0301", "\u03ac", "\u1f71", "\uf900豈", "q\u0301 é",
        "\u1100 가", "が", "か\u3099",
    ])  # fmt: skip
    def test_one_way_alone_is_not_reported(self, tei, text):
        assert list(check_characters(tei(f"<p>{text}</p>"))) == []

    @pytest.mark.parametrize("text", [
        "\u03ac \u1f71", "が か\u3099", "가 \u1100\u1161", "ế e\u0302\u0301", "ế ê\u0301",
        "각 \u1100\u1161\u11a8", "Å \u212b", "ऩ न\u093c",
    ])  # fmt: skip
    def test_letters_of_all_scripts_are_known(self, tei, text):
        assert [one.rule for one in check_characters(tei(f"<p>{text}</p>"))] == [
            "characters:mixed-normalisation"
        ]

    @pytest.mark.parametrize(("text", "column"), [
        ("é e&#x301;", 6), ("&#xE9; e&#769;", 11), ("<!-- é é -->é e\u0301", 18),
        ("&#38; <![CDATA[&#xE9; <!-- ]]>é e\u0301", 36),
    ])  # fmt: skip
    def test_references_are_read_and_places_kept(self, tei, text, column):
        (finding,) = check_characters(tei(f"<p>{text}</p>"))
        assert finding.rule == "characters:mixed-normalisation"
        assert finding.place.column == column
        assert "U+0065 U+0301 once, first here, and U+00E9 once" in finding.message

    @pytest.mark.parametrize("text", [
        "é <!-- e\u0301 -->", "<!-- é --> e\u0301", "é <?note e\u0301?>", "é<!-- -->\u0301",
        "é <![CDATA[e&#x301;]]>", "é &#xE9;",
    ])  # fmt: skip
    def test_what_is_no_text_is_not_read(self, tei, text):
        assert list(check_characters(tei(f"<p>{text}</p>"))) == []

    @given(st.characters(categories=("Lu", "Ll", "Lo")))
    def test_every_letter_that_composes_is_known(self, tei, letter):
        parts = unicodedata.normalize("NFD", letter)
        composes = (
            unicodedata.is_normalized("NFC", letter)
            and len(parts) > 1
            and unicodedata.normalize("NFC", parts) == letter
        )
        if composes:
            findings = list(check_characters(tei(f"<p>{letter} {parts}</p>")))
            assert len(findings) == 1, letter


@pytest.mark.parametrize("path", real_files("novels", "drama"), ids=lambda path: path.stem)
def test_clean_texts_cost_next_to_nothing(path):
    data = path.read_bytes()
    document = read_document(data, "a.xml")
    reading = quickest(lambda: read_document(data, "a.xml"))
    checking = quickest(lambda: list(check_characters(document)))
    assert list(check_characters(document)) == []
    assert checking < reading + 0.05
