"""What changed between two versions: words and markup, each change by its citation."""

import random
import time

import pytest

from teikit.comparing.jobs import compare_documents, compare_job, passages_job
from teikit.comparing.likeness import what_differs
from teikit.comparing.rendering import describe
from teikit.document import TEI, read_document
from teikit.safety.worker import Limits, Workers

WHOLE = f'<TEI xmlns="{TEI}"><teiHeader/><text><body>\n{{}}\n</body></text></TEI>'


def read(body: str):
    return read_document(WHOLE.format(body).encode("utf-8"), "a.xml")


def text(old: str, new: str) -> list[tuple[str, str, str]]:
    """Return the changes in the words: citation, old, new."""
    changes, _ = compare_documents(read(old), read(new))
    return [(one.citation, one.old, one.new) for one in changes]


def markup(old: str, new: str) -> list[tuple[str, str]]:
    """Return the changes in the markup, where the words are the same."""
    changes, found = compare_documents(read(old), read(new))
    assert changes == []
    return [(one.kind, one.message) for one in found]


def said(old: str, new: str) -> list[str]:
    return [describe(one) for one in compare_documents(read(old), read(new))[0]]


# The text


@pytest.mark.parametrize(
    "old, new, changes",
    [
        ("<p>the colour of it</p>", "<p>the color of it</p>", [("p 1", "colour", "color")]),
        ("<p>a b</p>", "<p>a new b</p>", [("p 1", "", "new ")]),
        ("<p>共同繁荣。</p>", "<p>共同昌盛。</p>", [("p 1", "繁荣", "昌盛")]),
        ("<p>นี้ช้าง</p>", "<p>นี้ข้าง</p>", [("p 1", "ช้", "ข้")]),
        ("<p>क्षि</p>", "<p>क्षी</p>", [("p 1", "क्षि", "क्षी")]),
        ("<p>a<note>b c</note></p>", "<p>a<note>b d</note></p>", [("p 1, note 1", "c", "d")]),
        ("<p>A</p>", "", [("p 1", "A", "")]),
        ("", "<p>A</p>", [("p 1", "", "A")]),
    ],
)
def test_words_that_changed_are_told_by_words_or_letters_of_their_script(old, new, changes):
    assert text(old, new) == changes


@pytest.mark.parametrize(
    "old, new",
    [
        ("<p>one two</p>", "<p>one\n   two</p>"),
        ("<p>one two</p>", "<p>one <lb/>two</p>"),
        ("<p>one two</p>", "<p>one<pb/>two</p>"),
        ("<p>examples</p>", '<p>exam\n <lb break="no"/> ples</p>'),
        ("<p>繁荣</p>", "<p>繁<lb/>\n荣</p>"),
        ("<p>word</p>", "<p>w<hi>or</hi>d</p>"),
        ("<p>One.</p><p>Two.</p>", "<p>One. Two.</p>"),
        ("<p>繁。</p><p>荣。</p>", "<p>繁。荣。</p>"),
        ("<p>a &amp; b</p>", "<p>a <![CDATA[&]]> b</p>"),
        ("<p>a<note>x</note> b c</p>", "<p>a b<note>x</note> c</p>"),
        ("<lg><l>a</l><l>b</l></lg>", "<p>a b</p>"),
    ],
)
def test_what_only_lays_out_or_encloses_changes_no_word(old, new):
    assert text(old, new) == []
    assert text(new, old) == []


def test_words_that_run_together_changed():
    assert said("<p>a b</p>", "<p>ab</p>") == ["a space was removed"]
    assert said("<p>one<lb/>two</p>", '<p>one<lb break="no"/>two</p>') == ["a space was removed"]


@pytest.mark.parametrize(
    "old, new, only",
    [
        ("caf\u00e9", "cafe\u0301", "normalisation"),
        ("\uf900", "\u8c48", "normalisation"),
        ("word", "w\u043erd", "characters that look alike"),
        ("it's", "it’s", "characters that look alike"),
        ("a\u00a0b", "a b", "white space"),
        ("The", "the", "capitals"),
        (",", ";", "punctuation"),
        ("ab", "a-b", "punctuation"),
        ("ab", "a\u0301b", ""),
        ("邊\U000e0101", "邊", "invisible characters"),
        ("邊\U000e0101", "邊\U000e0102", "invisible characters"),
        ("co\u00adop", "coop", "invisible characters"),
        ("", "\u200b", "invisible characters"),
        ("\u200fa", "a", "invisible characters"),
        ("邊\U000e0101", "辺", ""),
        ("one", "two", ""),
        ("", "word", ""),
    ],
)
def test_what_alone_differs_is_named(old, new, only):
    assert what_differs(old, new) == what_differs(new, old) == only


def test_the_numbers_of_letters_are_shown_where_one_cannot_see_them():
    (line,) = said("<p>a caf\u00e9 b</p>", "<p>a cafe\u0301 b</p>")
    assert "U+00E9, now U+0065 U+0301" in line


def test_what_cannot_be_seen_is_told_by_number_and_name():
    assert said("<p>水邊\U000e0101人</p>", "<p>水邊人</p>") == [
        "“邊\\u{E0101}” became “邊”: without U+E0101 (variation selector-18) "
        "(the letters are the same)"
    ]
    assert said("<p>邊</p>", "<p>邊\ufe00</p>") == [
        "“邊” became “邊\\u{FE00}”: with U+FE00 (variation selector-1) (the letters are the same)"
    ]
    assert said("<p>水人</p>", "<p>水\u200b人</p>") == [
        "“\\u{200B}” was added: U+200B (zero width space)"
    ]
    assert said("<p>co\u00adop</p>", "<p>co\u2060op</p>") == [
        "“\\u{AD}” became “\\u{2060}”: U+00AD (soft hyphen), now U+2060 (word joiner) "
        "(the letters are the same)"
    ]


@pytest.mark.parametrize(
    "old, new, changes",
    [
        ("說説", "説説", [("說", "説")]),
        ("說説甲", "説説乙", [("說", "説"), ("甲", "乙")]),
        ("他說説説甲。", "他説説説乙。", [("說", "説"), ("甲", "乙")]),
        ("說説", "説說", [("說", ""), ("", "說")]),
        ("a b b c", "b b d c", [("a", ""), ("", "d")]),
        ("a b b c d", "b b b e d", [("a", "b"), ("c", "e")]),
    ],
)
def test_letter_for_letter_where_that_is_no_longer(old, new, changes):
    found = [
        (one.strip(), other.strip()) for _, one, other in text(f"<p>{old}</p>", f"<p>{new}</p>")
    ]
    assert found == changes
    back = [
        (other.strip(), one.strip()) for _, one, other in text(f"<p>{new}</p>", f"<p>{old}</p>")
    ]
    assert sorted(back) == sorted(changes)


def test_a_reading_or_a_note_that_was_added_leaves_its_line_as_it_was():
    assert text("<p>the cat.</p>", "<p>the <app><lem>cat</lem><rdg>dog</rdg></app>.</p>") == [
        ("p 1, rdg 1", "", " dog")
    ]
    assert text("<p>one two</p>", "<p>one<note>N.</note> two</p>") == [("p 1, note 1", "", " N.")]


def test_a_passage_that_stands_elsewhere_has_moved():
    passages = ["<p>nine ten eleven twelve</p>", "<p>one two three four five</p>", "<p>six</p>"]
    changes, found = compare_documents(
        read("".join(passages)), read("".join([*passages[1:], passages[0]]))
    )
    assert [(one.kind, one.citation, one.old_citation) for one in changes] == [
        ("moved", "p 3", "p 1")
    ]
    assert found == []


def test_passages_that_came_and_went_are_told_one_by_one():
    old = '<p xml:id="a">one two</p><p xml:id="b">three four</p><p xml:id="c">five six</p>'
    assert text(old, '<p xml:id="c">five six</p>') == [
        ("a", "one two ", ""),
        ("b", "three four ", ""),
    ]
    new = '<p xml:id="b">three for</p><p xml:id="x">plus</p><p xml:id="c">five six</p>'
    assert text(old, new) == [("a", "one two ", ""), ("b", "four", "for"), ("x", "", "plus ")]


def test_places_count_references_and_lines_as_the_file_has_them():
    old = "<p>AT&amp;T\r\n is &#x41; thing<!-- no --> here</p>"
    (change,), _ = compare_documents(read(old), read(old.replace("here", "there")))
    assert (change.new_place.line, change.new_place.column) == (3, 29)
    assert (change.new_place.end_line, change.new_place.end_column) == (3, 34)


def test_places_in_a_long_text_are_exact():
    for end in ("\r\n", "\n"):
        words = [f"{'繁é'[number % 2]}{number}" for number in range(3000)]
        lines = end.join(words)
        changed = end.join(word if number % 97 else f"{word}x" for number, word in enumerate(words))
        changes, _ = compare_documents(read(f"<p>{lines}</p>"), read(f"<p>{changed}</p>"))
        assert [one.new_place.line for one in changes] == [2 + at for at in range(0, 3000, 97)]
        assert {one.new_place.column for one in changes[1:]} <= {1, 2}


def test_header_and_register_are_told_apart_from_the_text():
    whole = (
        f'<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>{{}}</title></titleStmt>'
        "</fileDesc></teiHeader><standOff><listPerson><person><persName>{}</persName></person>"
        "</listPerson></standOff><text><body><p>{}</p></body></text></TEI>"
    )
    old, new = (read_document(whole.format(*w).encode(), "a.xml") for w in ("abc", "xyz"))
    changes, _ = compare_documents(old, new)
    assert [(one.part, one.old, one.new) for one in changes] == [
        ("text", "c", "z"), ("teiHeader", "a", "x"), ("standOff", "b", "y"),
    ]  # fmt: skip


# The markup


@pytest.mark.parametrize(
    "old, new, told",
    [
        ("<p>a Anna</p>", '<p>a <name ref="#anna">Anna</name></p>',
         ("added", '<name ref="#anna"> around “Anna” was added')),
        ('<p>a <name ref="#a">Anna</name></p>', '<p>a <name ref="#b">Anna</name></p>',
         ("attribute", '@ref on <name> around “Anna” was "#a" and is "#b"')),
        ("<p>a <name>Anna</name></p>", "<p>a <persName>Anna</persName></p>",
         ("renamed", "<name> became <persName> around “Anna”")),
        ("<p><name>Anna M</name> b</p>", "<p><name>Anna</name> M b</p>",
         ("extent", "<name> ended with “Anna M” and ends with “Anna”")),
        ("<p>A. B.</p>", "<p>A.</p><p>B.</p>",
         ("divided", "<p> around “A. B.” was divided into 2")),
        ('<p xml:id="a">A.</p><p xml:id="b">B.</p>', '<p xml:id="a">A. B.</p>',
         ("joined", "2 <p> were joined into one around “A. B.”: the ids b are lost")),
        ('<p>a <lb n="2"/>b c</p>', '<p>a b <lb n="2"/>c</p>',
         ("moved", '<lb n="2"> stands elsewhere')),
        ('<p xml:id="a">b</p>', "<p>b</p>",
         ("id", '@xml:id="a" was removed from <p> around “b”: what points to the old id leads '
          "nowhere now")),
        ("<p>a<!-- x --></p>", "<p>a<!-- y --></p>",
         ("comment", "the comment “x” became “y”")),
        ("<p>a</p>", '<p>a<?teikit fill="b"?></p>',
         ("added", 'the instruction <?teikit?> “fill="b"” was added')),
        ("<p>a<note>x</note> b</p>", "<p>a b<note>x</note></p>",
         ("moved", "<note> around “x” stands elsewhere")),
    ],
)  # fmt: skip
def test_a_change_of_the_markup_is_told_in_a_sentence(old, new, told):
    assert markup(old, new) == [told]


def test_an_id_that_went_with_its_words_is_told():
    _, found = compare_documents(read('<p>a</p><p xml:id="b">b <hi>c</hi></p>'), read("<p>a</p>"))
    assert [(one.kind, one.message) for one in found] == [
        ("id", "the id b of <p> is lost with its words")
    ]


# Passages, limits


def test_passages_are_in_the_order_of_the_text():
    done = passages_job(WHOLE.format("<p>a<note>n</note> b</p><p>c</p>").encode(), "a.xml")
    assert [(one.citation, one.text) for one in done.passages] == [
        ("p 1", "a b"), ("p 1, note 1", "n"), ("p 2", "c"),
    ]  # fmt: skip
    assert not passages_job(b"<TEI>", "a.xml").is_readable
    assert not passages_job(b"<html/>", "a.xml").is_readable


def test_a_long_paragraph_with_thousands_of_changes_takes_seconds():
    rng = random.Random(1)
    words = [f"w{int(rng.paretovariate(0.8))}" for _ in range(150_000)]
    changed = [word if number % 50 else f"x{number}" for number, word in enumerate(words)]
    old, new = (f"<p>{' '.join(one)}</p>" for one in (words, changed))
    begin = time.process_time()
    assert len(text(old, new)) == 3000
    assert time.process_time() - begin < 20


@pytest.mark.parametrize("words", ["a " * 200_000, "a b " * 80_000, "ab" * 300_000], ids=len)
def test_repetition_without_end_takes_seconds(words):
    with Workers(Limits(20, 1_000_000_000)) as jobs:
        other = words[: len(words) // 2] + " c " + words[len(words) // 2 + 999 :]
        files = [WHOLE.format(f"<p>{one}</p>").encode() for one in (words, other)]
        compared = jobs.run("compare", files[0], "a.xml", "", files[1], "b.xml", "")
    assert compared.text


def test_a_file_that_is_not_well_formed_is_its_finding():
    compared = compare_job(b"<TEI><p></TEI>", "a.xml", "", b"<TEI/>", "b.xml", "")
    (problem,) = compared.problems
    assert problem.place.path == "a.xml" and problem.place.line == 1
