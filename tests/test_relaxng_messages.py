"""What the scholar is told of each kind of mistake against a schema."""

import tomllib

import pytest

from shared_data import PROJECT, TEI_ALL
from teikit.check.ids import check_ids
from teikit.document import TEI, read_document
from teikit.errors import TeikitError
from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.check import check_relaxng
from teikit.xinclude import read_whole
from teikit.xinclude.names import XI
from whole_tei import HEADER, said, whole, with_tei_all
from xinclude_files import DIV, Files

SCHEMA = """
default namespace = "http://www.tei-c.org/ns/1.0"
start = element TEI { element teiHeader { empty }, element text { element body { block+ } } }
block = p | lg
p = element p { attribute n { xsd:integer }?, mixed { (name | hi)* } }
lg = element lg { element l { text }, element l { text }+ }
name = element name { attribute type { "person" | "place" }, text }
hi = element hi { text }
"""


@pytest.fixture
def told(tei, schema_file):
    """Return a function: a fragment -> (rule, message, hint, column) of each finding."""
    path = schema_file(SCHEMA)

    def check(body):
        return [
            (one.rule, one.message, one.hint, one.place.column)
            for one in check_relaxng(tei(body), str(path))
        ]

    return check


@pytest.mark.parametrize(
    ("body", "rule", "message", "hint"),
    [
        ("<p><nmae/></p>", "unknown-element", "knows no element nmae", "Did you mean name?"),
        ("<p><l/></p>", "misplaced-element", "l is not allowed here in p", "hi, name, or text"),
        ("<p>a</p><lg><l/></lg>", "incomplete-content", "lg is incomplete", "Add it"),
        ("<lg>words<l/><l/></lg>", "text-not-allowed", "“words”", "Put it into an l."),
        ("<p><hi m='1'/></p>", "unknown-attribute", "hi has no attribute m", ""),
        ("<p m='1'/>", "unknown-attribute", "p has no attribute m", "are n"),
        ("<p><name/></p>", "missing-attribute", "name lacks the attribute type", "Add it"),
        ("<p><name type='plce'/></p>", "bad-value", 'type="plce"', "Did you mean place?"),
        ("<p n='x'/>", "bad-value", 'n="x" is not a value', "integer"),
    ],
)
def test_a_mistake_is_one_finding_in_plain_words(told, body, rule, message, hint):
    (found,) = told(body)
    assert found[0] == f"relaxng:{rule}"
    assert message in found[1]
    assert hint in found[2]


def test_a_finding_stands_at_its_element(told):
    (found,) = told("<p>one <hi>two</hi> <nmae/></p>")
    assert found[3] == len("<p>one <hi>two</hi> ") + 1


def test_validation_goes_on_after_a_mistake(told):
    assert len(told("<p><nmae/><name/></p><p n='x'/>")) == 3


def test_what_is_valid_has_no_finding(told):
    assert told("<p n='1'>a <name type='place'>b</name></p><lg><l/><l/></lg>") == []


@pytest.mark.parametrize("text", [None, "start = ", "<grammar/>", ""])
def test_a_schema_that_is_none_is_one_line_that_names_it(tei, tmp_path, text):
    path = tmp_path / "bad.rnc"
    if text is not None:
        path.write_text(text)
    with pytest.raises(TeikitError) as caught:
        list(check_relaxng(tei("<p/>"), str(path)))
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
    assert "file://" not in str(caught.value)


@with_tei_all
def test_what_is_missing_in_the_header_is_named():
    publication = HEADER.replace("<publicationStmt><p/></publicationStmt>", "")
    assert said(whole("<p/>", publication)) == [
        "publicationStmt is missing before sourceDesc in fileDesc",
        "Put a publicationStmt before the sourceDesc.",
    ]
    source = HEADER.replace("<sourceDesc><p/></sourceDesc>", "")
    assert said(whole("<p/>", source)) == [
        "fileDesc is incomplete: it still needs sourceDesc",
        "Add it.",
    ]
    again = HEADER.replace("</fileDesc>", "<titleStmt><title/></titleStmt></fileDesc>")
    assert said(whole("<p/>", again))[:2] == [
        "another titleStmt is not allowed here in fileDesc",
        "The first titleStmt is in line 1: join the two, or take one away.",
    ]


_TITLE, _PUBLICATION = "<titleStmt><title>T</title></titleStmt>", "<publicationStmt><p/>"
_SOURCE = "<sourceDesc><p/></sourceDesc>"
_TEXT = "<text><body><p/></body></text>"
_PARTS = f"<teiHeader><fileDesc>{{}}</fileDesc></teiHeader>{_TEXT}"
LARGE = {
    _PARTS.format(f"{_TITLE}<publicationStmt><p>x</p><publisher/></publicationStmt>{_SOURCE}"): [
        "publisher is not allowed in publicationStmt after p",
        "publicationStmt may hold either p or publisher here, not both.",
        "usual: p ab +0",
    ],
    _PARTS.format(f"{_TITLE}<publicationStmt><publisher/><p>x</p></publicationStmt>{_SOURCE}"): [
        "p is not allowed in publicationStmt after publisher",
        "publicationStmt may hold either publisher or p here, not both.",
        "usual: idno availability publisher date ref authority +5",
    ],
    _PARTS.format(f"{_PUBLICATION}</publicationStmt>"): [
        "titleStmt is missing before publicationStmt in fileDesc",
        "Put a titleStmt before the publicationStmt.",
        "fileDesc is incomplete: it still needs sourceDesc",
        "Add it.",
    ],
    _PARTS.format(_SOURCE): [
        "sourceDesc is not allowed here in fileDesc",
        "sourceDesc must stand after titleStmt and publicationStmt, which are missing.",
        "fileDesc is incomplete: it still needs titleStmt and publicationStmt",
        "Add them in this order.",
    ],
    _PARTS.format(_TITLE): [
        "fileDesc is incomplete: it still needs publicationStmt and sourceDesc",
        "Add them in this order.",
    ],
    _PARTS.format(""): [
        "fileDesc is incomplete: it still needs titleStmt, publicationStmt and sourceDesc",
        "Add them in this order.",
    ],
    f"{HEADER}<text><back><p/></back><body><p/></body></text>": [
        "back is not allowed in text before body",
        "back must stand after the body in line 1.",
        "required: body group +0",
        "usual: note front lb pb app space +41",
    ],
    HEADER.replace("<fileDesc>", "<profileDesc/><fileDesc>") + _TEXT: [
        "profileDesc is not allowed in teiHeader before fileDesc",
        "profileDesc must stand after the fileDesc in line 1.",
        "required: fileDesc +0",
    ],
    HEADER.replace("</fileDesc>", "</fileDesc><profileDesc><textDesc><channel/></textDesc>"
                    "</profileDesc>") + _TEXT: [
        "textDesc is incomplete: it still needs constitution, derivation, domain, factuality, "
        "interaction, preparedness and purpose",
        "Add them in this order.",
    ],
}  # fmt: skip


@with_tei_all
@pytest.mark.parametrize("parts", LARGE)
def test_a_mistake_in_the_large_parts_is_told_in_whole(parts):
    document = read_document(f'<TEI xmlns="{TEI}">{parts}</TEI>'.encode(), "a.xml")
    found = check_relaxng(document, str(TEI_ALL))
    assert [line for one in found for line in said(one)] == LARGE[parts]


@with_tei_all
def test_a_neighbour_in_another_file_is_named_with_its_file(tmp_path):
    Files(tmp_path).put(ch1=f"{DIV}><p/></div>")
    body = '<div><xi:include href="ch1.xml"/>\n<lg><l/></lg></div>'
    xml = f'<TEI xmlns="{TEI}" xmlns:xi="{XI}">{HEADER}<text><body>{body}</body></text></TEI>'
    document, _findings, _paths = read_whole(xml.encode(), "main.xml", str(tmp_path))
    (found,) = check_relaxng(document, str(TEI_ALL))
    assert (found.place.path, found.place.line) == ("main.xml", 2)
    assert found.hint == (
        "lg must stand before the div in line 1 of ch1.xml, or in a div of its own."
    )


@with_tei_all
def test_a_finding_has_its_way_its_line_and_its_gloss():
    found = whole("<p/>\n<p>Dear <persNme>A</persNme></p>")
    assert found.path == "text > body > div > p 2 > persNme"
    assert found.source[found.source_column - 1 :] == "<persNme>A</persNme></p>"
    assert found.gloss.startswith("persName (personal name) contains a proper noun")
    assert found.expected[0] == "persName"


@with_tei_all
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("chapter", "div"),
        ("h1", "head"),
        ("ul", "list"),
        ("stanza", "lg"),
        ("verse", "l"),
        ("page", "pb"),
        ("img", "figure"),
        ("P", "p"),
        ("linegroup", "lg"),
        ("haed", "head"),
    ],
)
def test_what_others_call_it_is_known_in_a_division(written, meant):
    assert whole(f"<{written}/>").expected[0] == meant


@with_tei_all
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("i", "hi"),
        ("b", "hi"),
        ("br", "lb"),
        ("em", "emph"),
        ("footnote", "note"),
        ("bibliography", "listBibl"),
        ("person", "persName"),
        ("span_", "span"),
    ],
)
def test_what_others_call_it_is_known_in_a_paragraph(written, meant):
    assert whole(f"<p><{written}/></p>").expected[0] == meant


PLACES = [
    ("<p n='1'\n  id='x'>a</p>", (2, 3, 2, 9)),
    ("<p id = 'x'/>", (1, 4, 1, 12)),
    ("<p n=\"id='y'\" id='x'/>", (1, 15, 1, 21)),
    ("<p>a</p>\nstray &amp; words\n<p/>", (2, 1, 2, 14)),
    ("<p/>stray<p/>twice<p/>", (1, 5, 1, 10)),
    ("<p><date when='x'/></p>", (1, 10, 1, 18)),
]


@with_tei_all
@pytest.mark.parametrize(("body", "place"), PLACES)
def test_a_finding_stands_at_the_attribute_or_the_words(body, place):
    xml = f'<TEI xmlns="{TEI}">{HEADER}<text><body><div>\n{body}\n</div></body></text></TEI>'
    found = next(check_relaxng(read_document(xml.encode(), "a.xml"), str(TEI_ALL))).place
    line = 1  # of the fragment: the first line is that of the header
    assert (found.line - line, found.column, found.end_line - line, found.end_column) == place


# -- pages ---------------------------------------------------------------------------------------

PAGES = tomllib.loads((PROJECT / "tools/teikit/rules/relaxng.toml").read_text("utf-8"))


def test_every_kind_of_problem_has_a_page_and_a_code():
    of_kinds = {value for name, value in vars(kinds).items() if name.isupper()}
    assert set(PAGES) == {
        *(f"relaxng:{kind}" for kind in of_kinds),
        "relaxng:too-complex",
        "relaxng:bad-schema",
    }
    assert sorted(page["code"] for page in PAGES.values()) == [
        f"RNG{number:03}" for number in range(1, len(PAGES) + 1)
    ]


@pytest.mark.parametrize("rule", [name for name in PAGES if "wrong" in PAGES[name]])
def test_the_examples_of_a_page_show_its_rule_and_no_other(tei, tmp_path, rule):
    page, path = PAGES[rule], tmp_path / "page.rnc"
    path.write_text(page["schema"])

    def rules(example):
        whole = example.startswith("<TEI")
        document = read_document(example.encode(), "a.xml") if whole else tei(example)
        return [one.rule for one in check_relaxng(document, str(path))]

    assert rules(page["wrong"]) == [rule]
    assert rules(page["right"]) == []


# -- ids -----------------------------------------------------------------------------------------

IDS = """
default namespace = "http://www.tei-c.org/ns/1.0"
start = element TEI { element teiHeader { empty }, element text { element body { p+ } } }
p = element p { attribute xml:id { xsd:ID }?, attribute key { xsd:ID }?,
  attribute see { xsd:IDREF }? }
"""


def test_ids_are_checked_where_the_schema_says_which_they_are(tei, schema_file):
    path = schema_file(IDS)
    found = list(check_relaxng(tei("<p key='a'/><p key='a'/><p see='b'/>"), str(path)))
    assert [(one.rule, one.message) for one in found] == [
        ("relaxng:duplicate-id", 'key="a" on p is given already to an element before it'),
        ("relaxng:unknown-id", 'see="b" on p: no element of this document has this id'),
    ]


def test_an_xml_id_that_comes_twice_is_left_to_the_check_of_ids(tei, schema_file):
    path = schema_file(IDS)
    document = tei("<p xml:id='a'/><p xml:id='a'/>")
    assert list(check_relaxng(document, str(path))) == []
    assert [one.rule for one in check_ids(document)] == ["ids:duplicate"]
