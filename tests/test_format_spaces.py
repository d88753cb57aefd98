"""Where white space is no text: by the schema, element by element, or by what the TEI says."""

import pytest
from lxml import etree

from formatting_tools import HEAD, TAIL, body, elements_only, lay_out
from shared_data import TEI_ALL, needs
from teikit.check.records import CheckSettings
from teikit.document import TEI
from teikit.errors import TeikitError
from teikit.formatting.job import format_job
from teikit.formatting.spaces import element_only_names
from teikit.schema.relaxng import load_grammar
from teikit.schema.relaxng.whitespace import find_element_only

# `entry` twice: of elements only in a list, with text in a p
TWO_ENTRIES = f"""default namespace = "{TEI}"
start = element TEI {{ element teiHeader {{ empty }}, element text {{ element body {{ any* }} }} }}
any = element list {{ element entry {{ element sense {{ text }}* }}* }}
  | element p {{ mixed {{ element entry {{ mixed {{ element sense {{ text }}* }} }}* }} }}
  | element bibl {{ attribute n {{ text }}?, element title {{ text }}* }}
  | element idno {{ list {{ xsd:integer* }} }}
  | element figure {{ mixed {{ element head {{ text }}* }} }}
"""


def only(schema: str, xml: str) -> list[bool | None]:
    """Return of each element whether its content is elements only by a compact schema."""
    tree = etree.fromstring(xml).getroottree()
    return list(find_element_only(load_grammar(schema.encode()), tree))


@needs(TEI_ALL)
def test_the_table_is_what_tei_all_says():
    assert element_only_names() == elements_only()
    assert {"div", "list", "app", "choice", "lb"} < element_only_names()
    assert not {"p", "l", "item", "note", "bibl", "persName"} & element_only_names()


def test_each_element_is_asked_in_its_place():
    schema = "start = element a { element b { element c { empty }* }, element b { text } }"
    assert only(schema, "<a><b><c/></b><b/></a>") == [True, True, True, False]


def test_where_the_document_leaves_open_which_it_is_there_may_be_text():
    schema = "start = element a { element b { element c { empty }* } | element b { text } }"
    assert only(schema, "<a><b/></a>") == [True, False]


def test_attributes_and_their_values_are_no_text_of_the_content():
    schema = (
        'start = element a { attribute n { text }, attribute m { "x" }?, element b { empty }* }'
    )
    assert only(schema, '<a n="1" m="x"><b/></a>') == [True, True]
    assert only(schema, '<a m="y"><b/></a>') == [True, True]  # what is wrong with it is no matter


@pytest.mark.parametrize("content", ["text", "xsd:date", '"x"', "list { xsd:int+ }", "mixed { b }"])
def test_values_are_text(content):
    schema = f"start = element a {{ {content} }} b = element b {{ empty }}"
    assert only(schema, "<a/>") == [False]


def test_an_element_that_has_no_business_there_is_unknown_and_the_others_are_not():
    schema = "start = element a { element b { element c { empty }* }* }"
    assert only(schema, "<a><x><b/></x><b><c/></b></a>")[:2] == [True, None]
    assert only(schema, "<a><x/><b><c/></b></a>") == [True, None, True, True]


def test_the_schema_decides_where_one_name_means_two_things(schema_file):
    schema = schema_file(TWO_ENTRIES)
    assert body("<list><entry><sense>a</sense></entry></list>", schema) == (
        "<list>\n  <entry><sense>a</sense></entry>\n</list>"
    )
    assert body("<p>  <entry>\n\n<sense>a</sense></entry></p>", schema) == (
        "<p>  <entry>\n\n<sense>a</sense></entry></p>"
    )


def test_what_only_this_schema_keeps_free_of_text_gets_no_white_space_where_it_had_none(
    schema_file,
):
    titles = '<bibl n="1">\n<title>a</title><title>b</title> <title>c</title></bibl>'
    assert body(titles) == titles
    assert body(titles, schema_file(TWO_ENTRIES)) == titles.replace("\n", "\n  ")


def test_a_schema_may_allow_text_where_the_tei_does_not(schema_file):
    figure = "<figure>  <head>a</head></figure>"
    assert body(figure, schema_file(TWO_ENTRIES)) == figure


def test_where_the_schema_does_not_know_the_element_the_tei_is_asked(schema_file):
    assert body("<div><p>a</p></div>", schema_file(TWO_ENTRIES)) == "<div>\n<p>a</p>\n</div>"


def test_all_schemas_that_are_given_count(schema_file):
    loose = schema_file(
        "start = any any = element * { attribute * { text }*, (text | any)* }", "any.rnc"
    )
    tight = schema_file(TWO_ENTRIES)
    written = "<list><entry><sense>a</sense></entry></list>"
    assert body(written, tight, tight) != written
    wrapped = f"{HEAD}{written}{TAIL}"
    assert lay_out(wrapped, loose).decode() == lay_out(wrapped, tight, loose).decode() == wrapped


def test_the_schema_that_the_file_names_is_used(tmp_path):
    (tmp_path / "a.rnc").write_text(TWO_ENTRIES)
    figure = "<figure>  <head>a</head></figure>"
    settings = CheckSettings(folder=str(tmp_path))
    data = f'<?xml-model href="a.rnc"?>\n{HEAD}{figure}{TAIL}'.encode()
    assert format_job(data, "a.xml", settings).data == data
    (tmp_path / "a.rnc").write_text("start = ")  # then it is as if there were none
    assert b"<figure>\n  <head>" in format_job(data, "a.xml", settings).data


def test_a_schema_that_others_chose_must_be_sound(schema_file):
    with pytest.raises(TeikitError):
        format_job(f"{HEAD}{TAIL}".encode(), "a.xml", CheckSettings(str(schema_file("start ="))))
