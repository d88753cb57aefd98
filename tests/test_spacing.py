"""White space beside break="no" is no text; all other white space is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from teikit.spacing import as_running_text, without_idle_space
from teikit.transform.render import render_text

TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'


def spaced(inner: str) -> str:
    tree = etree.ElementTree(etree.fromstring(f"<p {TEI}>{inner}</p>"))
    return without_idle_space(tree).getroot().xpath("string()")


def test_space_on_both_sides_goes():
    assert spaced('ab \n <lb break="no"/> \n cd') == "abcd"


def test_space_goes_across_elements_and_comments():
    assert spaced('ab <!-- c --> <hi> <lb break="no"/> <x> <y/> </x> cd </hi> e') == "abcd  e"


def test_space_beside_another_lb_stays():
    assert spaced('ab <lb/> cd <lb break="yes"/> ef') == "ab  cd  ef"


def test_the_tree_that_was_given_stays_as_it_was():
    tree = etree.ElementTree(etree.fromstring(f'<p {TEI}>a <lb break="no"/> b</p>'))
    before = etree.tostring(tree)
    without_idle_space(tree)
    assert etree.tostring(tree) == before


def test_space_that_is_not_xml_white_space_is_text():
    assert spaced('a\u3000<lb break="no"/>\u00a0b') == "a\u3000\u00a0b"


DIVIDED = [
    ('Schil<pc force="weak">-</pc><lb\nn="1.4" break="no"/>ler', "Schiller"),
    ('Schil<pc force="weak">-</pc>\n <pb n="2"/>\n<lb break="no"/>\nler', "Schiller"),
    ('Schil<pc force="weak">-</pc><pb/><!-- x --><cb/><lb break="no"/>ler', "Schiller"),
    ('Schil<pc force="weak"><g>-</g></pc><cb break="no"/>ler', "Schiller"),
    ('Schil-<lb break="no"/>ler', "Schil-ler"),  # kept as the source has it
    ('Schil<pc>-</pc><lb break="no"/>ler', "Schil-ler"),
    ('Schil<pc force="weak">-</pc><lb/>ler', "Schil-ler"),
    ('Schil<pc force="weak">-</pc>x<lb break="no"/>ler', "Schil-xler"),
    ('Schil<pc force="weak">-</pc><pb/>x<lb break="no"/>ler', "Schil-xler"),
    ('Schil<pc force="weak">-</pc><hi/><lb break="no"/>ler', "Schil-ler"),
    ('Schil<pc force="weak">-</pc><lb/><lb break="no"/>ler', "Schil-ler"),
    ('Schil<pc force="weak">-</pc>ler', "Schil-ler"),
]


@pytest.mark.parametrize(("inner", "read"), DIVIDED)
def test_a_hyphen_of_the_end_of_a_line_is_no_part_of_running_text(inner, read):
    tree = etree.ElementTree(etree.fromstring(f"<p {TEI}>{inner}</p>"))
    before = etree.tostring(tree)
    running = as_running_text(tree).getroot()
    assert running.xpath("string()") == read
    assert [one.tag for one in running.iter()] == [one.tag for one in tree.getroot().iter()]
    assert etree.tostring(tree) == before


@pytest.mark.parametrize(("inner", "read"), DIVIDED)
def test_reading_text_leaves_out_the_same_hyphens(tei, inner, read):
    said = render_text(tei(f"<p>{inner}</p>")).content
    assert "".join(said.split()) == read


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                " ",
                "\n",
                '<lb break="no"/>',
                "<lb/>",
                "<hi>x </hi>",
                "<!--c-->",
                '<pb break="no"/>',
                "\u3000",
            ]
        ),
        max_size=12,
    )
)
def test_no_character_that_is_not_space_is_ever_lost(pieces):
    inner = "".join(pieces)
    plain = etree.fromstring(f"<p {TEI}>{inner}</p>").xpath("string()")
    kept = spaced(inner)
    space = str.maketrans("", "", " \n")
    assert kept.translate(space) == plain.translate(space)
    if 'break="no"' not in inner:
        assert kept == plain
