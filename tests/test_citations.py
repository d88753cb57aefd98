"""Canonical references from citeStructure, and the alignment of two sequences."""

import difflib
import random

import pytest

from shared_data import PROJECT
from teikit.citations import find_citations, with_tei_names
from teikit.comparing.aligning import align
from teikit.comparing.words import split_words
from teikit.document import TEI, XML_ID, read_document

WHOLE = (
    f'<TEI xmlns="{TEI}"><teiHeader><encodingDesc><refsDecl>{{}}</refsDecl></encodingDesc>'
    "</teiHeader><text><body>{}</body></text></TEI>"
)


def cited(refs: str, body: str) -> list[tuple[str, str]]:
    document = read_document(WHOLE.format(refs, body).encode("utf-8"), "a.xml")
    found = find_citations(document)
    return [
        (document.element(ordinal).tag.partition("}")[2], found[ordinal])
        for ordinal in sorted(found)
    ]


def test_the_references_of_the_declaration_are_its_ids():
    data = (PROJECT / "tei/texts/declaration.xml").read_bytes()
    document = read_document(data, "declaration.xml")
    found = find_citations(document)
    assert len(found) > 100
    assert {document.element(at).get(XML_ID): name for at, name in found.items()} == {
        name: name for name in found.values()
    }


def test_structures_lie_in_one_another_with_what_stands_between():
    refs = (
        '<citeStructure match="//body/div" use="@n" unit="book"><citeStructure match="lg/l" '
        'use="position()" delim=":" unit="line"/></citeStructure>'
    )
    body = '<div n="I"><lg><l>a</l><l>b</l></lg></div><div n="II"><lg><l>c</l></lg></div><div/>'
    assert cited(refs, body) == [
        ("div", "I"), ("l", "I:1"), ("l", "I:2"), ("div", "II"), ("l", "II:1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong", ["for $x in //p return $x", "//p[", "unknown()", "1 + 1", "//p/@n"]
)
def test_what_is_no_xpath_to_elements_cites_nothing(wrong):
    refs = f'<citeStructure match="{wrong}" use="@n"/><citeStructure match="//p" use="@n"/>'
    assert cited(refs, '<p n="4">a</p>') == [("p", "4")]
    assert cited(f'<citeStructure match="//p" use="{wrong}x)"/>', '<p n="4">a</p>') == []


def test_a_reference_may_be_made_of_words():
    refs = '<citeStructure match="//div" use="concat(head, \'-\', @n)"/>'
    assert cited(refs, '<div n="2"><head>A</head></div>') == [("div", "A-2")]


@pytest.mark.parametrize(
    "expression, expected",
    [
        ("//body/div", "// tei:body / tei:div"),
        ("div[@type='x' and p]", "tei:div [ @ type = 'x' and tei:p ]"),
        ("div div div", "tei:div div tei:div"),
        ("*[self::p or self::tei:lg]", "* [ self :: tei:p or self :: tei:lg ]"),
        ("attribute::n", "attribute :: n"),
        ("position()", "$tk-position"),
        ("p[position() = 1]", "tei:p [ position ( ) = 1 ]"),
    ],
)
def test_names_are_those_of_the_tei(expression, expected):
    assert with_tei_names(expression) == expected


# What lies between two changes is the same


@pytest.mark.parametrize("seed", range(300))
def test_what_is_not_told_is_the_same_and_back_is_the_same_way(seed):
    rng = random.Random(seed)
    kinds = rng.choice([2, 5, 50, 1000])
    old = [chr(97 + rng.randrange(kinds)) for _ in range(rng.choice([3, 10, 50, 300]))]
    new = list(old)
    edits = rng.randrange(6)
    for _ in range(edits):
        at = rng.randrange(len(new) + 1)
        new[at : at + rng.randrange(3)] = [
            chr(97 + rng.randrange(kinds)) for _ in range(rng.randrange(3))
        ]
    hunks, at, new_at = align(old, new), 0, 0
    for old_start, old_end, new_start, new_end in hunks:
        assert old[at:old_start] == new[new_at:new_start]
        at, new_at = old_end, new_end
    assert old[at:] == new[new_at:]
    assert [(*one[2:], *one[:2]) for one in align(new, old)] == [tuple(one) for one in hunks]
    size = sum(end - start + other - begin for start, end, begin, other in hunks)
    judge = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    judged = sum(b - a + d - c for tag, a, b, c, d in judge if tag != "equal")
    assert size <= min(edits * 4, judged + 8)


@pytest.mark.parametrize(
    "run, words",
    [
        ("don't", ["don", "'", "t"]),
        ("cafe\u0301s!", ["cafe\u0301s", "!"]),
        ("共同v2", ["共", "同", "v2"]),
        ("葛\U000e0100城", ["葛\U000e0100", "城"]),
        ("क्षि", ["क्षि"]),
        ("한국어", ["한국어"]),
        ("สวัสดี", ["ส", "วั", "ส", "ดี"]),
        ("\u0301a", ["\u0301", "a"]),
    ],
)
def test_marks_stay_with_their_letter(run, words):
    assert list(split_words(run)) == words


def test_words_joined_are_what_was_split():
    rng = random.Random(4)
    letters = "ab1_.-é\u0301繁\u200dक\u094dษ\U000e0100’"
    for _ in range(500):
        run = "".join(rng.choice(letters) for _ in range(rng.randrange(1, 150)))
        assert "".join(split_words(run)) == run
