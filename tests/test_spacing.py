"""White space beside break="no" is no text; all other white space is."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from teikit.spacing import without_idle_space

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
