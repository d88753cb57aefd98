"""What the scholar is told of each kind of mistake against a schema."""

import tomllib

import pytest

from shared_data import PROJECT, SHARED
from teikit.check.completing import complete_findings
from teikit.check.ids import check_ids
from teikit.document import TEI, read_document
from teikit.errors import TeikitError
from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.check import check_relaxng

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
def told(tei, tmp_path):
    """Return a function: a fragment -> (rule, message, hint, column) of each finding."""
    path = tmp_path / "small.rnc"
    path.write_text(SCHEMA)

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
        ("<lg>words<l/><l/></lg>", "text-not-allowed", "“words”", "such as l"),
        ("<p><hi m='1'/></p>", "unknown-attribute", "hi has no attribute m", ""),
        ("<p m='1'/>", "unknown-attribute", "p has no attribute m", "are n"),
        ("<p><name/></p>", "missing-attribute", "name lacks the attribute type", "Add it"),
        ("<p><name type='plce'/></p>", "bad-value", 'type="plce"', "Did you mean place?"),
        ("<p n='x'/>", "bad-value", 'n="x" is not allowed on p', "integer"),
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


# -- against the whole TEI -----------------------------------------------------------------------

TEI_ALL = SHARED / "schema" / "tei-p5" / "tei_all.rng"
with_tei_all = pytest.mark.skipif(not TEI_ALL.exists(), reason="../shared is not here")
_HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>"
    "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
)


def whole(body, header=_HEADER):
    """Return the one finding of a document against tei_all."""
    xml = f'<TEI xmlns="{TEI}">{header}<text><body><div>\n{body}\n</div></body></text></TEI>'
    document = read_document(xml.encode(), "a.xml")
    (found,) = complete_findings(document, check_relaxng(document, str(TEI_ALL)))
    return found


def said(finding):
    """Return all that is said to the scholar, without the gloss, a line each."""
    groups = [f"{one.label}: {' '.join(one.names)} +{one.more}" for one in finding.groups]
    return [finding.message, finding.hint, *groups]


P = "usual: hi pb ref anchor label rs +201"
MISTAKES = {
    "<p>Dear <persNme>A</persNme></p>": [
        "the schema knows no element persNme",
        "Did you mean persName?",
        "near: persName +0",
        P,
    ],
    "<p>in <placename>W</placename></p>": [
        "the schema knows no element placename",
        "Did you mean placeName?",
        "near: placeName +0",
        P,
    ],
    "<paragraph>a</paragraph>": [
        "the schema knows no element paragraph",
        "Did you mean p?",
        "near: p +0",
        "usual: head div listBibl pb ab listApp +112",
    ],
    '<p><a href="x.html">b</a></p>': [
        "the schema knows no element a",
        "Did you mean ref or ptr? Its address stands in @target.",
        "near: ref ptr +0",
        "usual: hi pb anchor label rs space +200",
    ],
    "<p/><title1>b</title1>": [
        "the schema knows no element title1",
        "Did you mean head? head must stand before the p in line 2, or in a div of its own.",
        "near: head +0",
        "usual: p div listBibl pb ab listApp +114",
    ],
    '<p><m xmlns="">b</m></p>': [
        "m is in no namespace, so it is not the TEI's m",
        'TEI elements are in the namespace http://www.tei-c.org/ns/1.0: take away its xmlns="" or '
        "its prefix, so that the xmlns of the TEI around it holds.",
        "near: m +0",
    ],
    "<p>a</p><head>b</head>": [
        "head is not allowed in div after p",
        "head must stand before the p in line 2, or in a div of its own.",
        "usual: p div listBibl pb ab listApp +114",
    ],
    "<p>a <p>b</p></p>": [
        "p is not allowed here in p",
        "End the p before it: p may stand in div, but not in p.",
        "usual: hi pb ref anchor label rs +202",
    ],
    "<table><cell/></table>": [
        "cell is not allowed here in table",
        "Put it into a row, which may stand here.",
        "usual: note head app graphic pb lb +46",
    ],
    "words <p/>": [
        "div must not contain text directly: “words”",
        "Put it into an element, such as p or head.",
        "usual: p head ab stage quote l +31",
    ],
    '<p id="x"/>': [
        "p has no attribute id",
        'Did you mean xml:id="x"?',
        "near: xml:id +0",
        "usual: rend xml:lang n ana corresp resp +19",
    ],
    '<p target="#x"/>': [
        "p has no attribute target",
        "target is an attribute of note, ref, change, term and 31 other elements.",
        "usual: rend xml:lang n xml:id ana corresp +20",
    ],
    "<p><graphic/></p>": [
        "graphic lacks the attribute url",
        "Add it. It must be an address such as #anna, persons.xml#anna or https://example.org/.",
    ],
    '<p><date when="2012-02-30"/></p>': [
        'when="2012-02-30" is not allowed on date',
        "2012-02-30 does not exist: that month has 29 days.",
    ],
    '<p><persName cert="hihg"/></p>': [
        'cert="hihg" is not allowed on persName',
        "Did you mean high?",
        "near: high +0",
        "values: high medium low unknown +0",
    ],
    '<p><gap quantity="x"/></p>': [
        'quantity="x" is not allowed on gap',
        "It must be a number such as 2.5 or a fraction such as 1/2.",
    ],
    "<lg><head/></lg>": [
        "lg is incomplete: it still needs at least one l or lg",
        "Add one of them.",
        "required: l lg desc label unclear supplied +22",
    ],
    "<p><choice><sic/></choice></p>": ["choice is incomplete: it still needs corr", "Add it."],
}


@with_tei_all
@pytest.mark.parametrize("body", MISTAKES)
def test_a_typical_mistake_is_told_in_whole(body):
    assert said(whole(body)) == MISTAKES[body]


@with_tei_all
def test_what_is_missing_in_the_header_is_named():
    publication = _HEADER.replace("<publicationStmt><p/></publicationStmt>", "")
    assert said(whole("<p/>", publication)) == [
        "publicationStmt is missing before sourceDesc in fileDesc",
        "Put a publicationStmt before the sourceDesc.",
    ]
    source = _HEADER.replace("<sourceDesc><p/></sourceDesc>", "")
    assert said(whole("<p/>", source)) == [
        "fileDesc is incomplete: it still needs sourceDesc",
        "Add it.",
    ]
    again = _HEADER.replace("</fileDesc>", "<titleStmt><title/></titleStmt></fileDesc>")
    assert said(whole("<p/>", again))[:2] == [
        "another titleStmt is not allowed here in fileDesc",
        "The first titleStmt is in line 1: join the two, or take one away.",
    ]


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


# -- pages ---------------------------------------------------------------------------------------

PAGES = tomllib.loads((PROJECT / "tools/teikit/rules/relaxng.toml").read_text("utf-8"))


def test_every_kind_of_problem_has_a_page_and_a_code():
    of_kinds = {value for name, value in vars(kinds).items() if name.isupper()}
    assert set(PAGES) == {f"relaxng:{kind}" for kind in of_kinds} | {"relaxng:too-complex"}
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


# -- what a schema says of itself ----------------------------------------------------------------

GLOSSED = """
default namespace = "http://www.tei-c.org/ns/1.0"
start = element TEI { element teiHeader { empty }, element text { element body { p+ } } }
## a paragraph
p = element p {
  ## how it looks
  attribute rend { "bold" | "plain" }?,
  mixed { empty } }
"""


def test_glosses_of_the_compact_syntax_are_told(tei, tmp_path):
    path = tmp_path / "small.rnc"
    path.write_text(GLOSSED)
    glosses = [one.gloss for one in check_relaxng(tei("<p rend='x'/><p n=''/>"), str(path))]
    assert glosses == ["@rend: how it looks", "p: a paragraph"]


RNG = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0"
  xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0"><start><element name="TEI">
  <element name="teiHeader"><empty/></element><element name="text"><element name="body">
  <zeroOrMore><ref name="p"/></zeroOrMore></element></element></element></start>
  <define name="p"><element name="p">{}<ref name="rend"/></element></define>
  <define name="rend"><optional><attribute name="rend"><choice>
  <value>bold</value>{}<value>plain</value></choice></attribute></optional></define></grammar>"""


@pytest.mark.parametrize(
    ("said", "language", "told"),
    [
        ("(paragraph) marks it. [3.1. Paragraphs]", "en", "p (paragraph) marks it."),
        ("zh-Hans 段 / en a paragraph", "en", "p: a paragraph"),
        ("zh-Hans 段 / en a paragraph", "zh", "p: 段"),
        ("zh-Hans 段 / en a paragraph", "de", "p: 段"),
        ("prose / verse of any kind", "en", "p: prose / verse of any kind"),
        (
            "A sentence that is long. " * 20,
            "en",
            "p: " + " ".join(["A sentence that is long."] * 8),
        ),
        ("word " * 100, "en", f"p: {' '.join(['word'] * 39)}…"),
        ("steers \u202e the terminal", "en", r"p: steers \u{202E} the terminal"),
        ("", "en", ""),
    ],
)
def test_glosses_of_the_xml_syntax_are_told(tei, tmp_path, said, language, told):
    path = tmp_path / "small.rng"
    path.write_text(RNG.format(f"<a:documentation>{said}</a:documentation>", ""))
    (found,) = check_relaxng(tei("<p n=''/>"), str(path), language)
    assert found.gloss == told


def test_the_gloss_of_a_value_is_found_through_references(tei, tmp_path):
    path = tmp_path / "small.rng"
    path.write_text(RNG.format("", "<a:documentation>in heavy letters</a:documentation>"))
    (found,) = check_relaxng(tei("<p rend='blod'/>"), str(path))
    assert (found.hint, found.gloss) == ("Did you mean bold?", "bold: in heavy letters")


def test_a_schema_without_glosses_has_those_of_the_odd_beside_it(tei, tmp_path):
    path = tmp_path / "small.rng"
    path.write_text(RNG.format("", ""))
    (tmp_path / "small.odd").write_text(
        f'<TEI xmlns="{TEI}"><elementSpec ident="p"><gloss>paragraph</gloss></elementSpec></TEI>'
    )
    (found,) = check_relaxng(tei("<p n=''/>"), str(path))
    assert found.gloss == "p: paragraph"


def test_a_broken_odd_costs_only_its_glosses(tei, tmp_path):
    path = tmp_path / "small.rng"
    path.write_text(RNG.format("", ""))
    (tmp_path / "small.odd").write_text("<TEI")
    (found,) = check_relaxng(tei("<p n=''/>"), str(path))
    assert found.gloss == ""


# -- values --------------------------------------------------------------------------------------

VALUES = """
default namespace = "http://www.tei-c.org/ns/1.0"
start = element TEI { element teiHeader { empty }, element text { element body { p } } }
p = element p {
  attribute date { xsd:date | xsd:gYear | xsd:gYearMonth }?, attribute id { xsd:NCName }?,
  attribute word { xsd:token { pattern = "[^\\p{C}\\p{Z}]+" } }?, attribute uri { xsd:anyURI }?,
  attribute uris { list { xsd:anyURI+ } }?, attribute lang { xsd:language }?,
  attribute yes { xsd:boolean }?, attribute n { xsd:nonNegativeInteger }?,
  attribute form { xsd:token { pattern = "[A-Z]-[0-9]+" } }?,
  attribute some { list { ("red" | "green")+ } }? }
"""


@pytest.mark.parametrize(
    ("attribute", "hint"),
    [
        ("date='2012-02-30'", "2012-02-30 does not exist: that month has 29 days."),
        ("date='2011-2-29'", "2011-02-29 does not exist: that month has 28 days."),
        ("date='1900-02-29'", "1900-02-29 does not exist: that month has 28 days."),
        ("date='2012-13'", "There is no month 13."),
        ("date='0000'", "There is no year 0000 in XML Schema: the year before 0001 is -0001."),
        ("date='2012-6-7'", "Write it as 2012-06-07."),
        ("date='2012/06/07'", "Write it as 2012-06-07."),
        ("date='7. 6. 2012'", "Write it as 2012-06-07."),
        ("date='789'", "A year has four digits: 0789."),
        ("date='1850-1860'", 'A stretch of time has two attributes: from="1850" to="1860" '),
        ("date='1850?'", "For a date that is not certain, write notBefore and notAfter"),
        ("date='June'", "It must be a date such as 2012-06-07, 2012-06 or 2012."),
        ("date=''", "It is empty: write a value, or leave the attribute out."),
        ("id='1a'", "It must begin with a letter: write for instance n1a."),
        ("id='a b'", "It must not have spaces: write for instance a-b."),
        ("id='a:b'", "It must not have a colon: write for instance a-b."),
        ("id='a/b'", "It must be a name: it begins with a letter and has no spaces or colons."),
        ("word='a b'", "It must be one word: write for instance a-b."),
        ("uri='a#b#c'", "An address has one # only"),
        ("uri='50%'", "A % in an address is followed by two hexadecimal digits"),
        ("uris='a b#c#d'", "An address has one # only"),
        ("lang='de_AT'", "Write a hyphen, not an underscore."),
        ("lang='in English'", "It must be a language tag such as en, zh-Hans or de-AT."),
        ("yes='yes'", "Write true."),
        ("yes='maybe'", "It must be true or false."),
        ("n='-1'", "It must be a whole number from 0."),
        ("form='a'", "It must be of the form [A-Z]-[0-9]+."),
        ("some='red bleu'", "It must be one or more, with spaces between: red or green."),
        ("some='red gren'", "Did you mean green?"),
    ],
)
def test_what_is_wrong_with_a_value_is_said(tei, tmp_path, attribute, hint):
    path = tmp_path / "small.rnc"
    path.write_text(VALUES)
    (found,) = check_relaxng(tei(f"<p {attribute}/>"), str(path))
    assert found.hint.startswith(hint)


def test_the_word_of_a_list_that_does_not_fit_is_named(tei, tmp_path):
    path = tmp_path / "small.rnc"
    path.write_text(VALUES)
    (found,) = check_relaxng(tei("<p some='red bleu green'/>"), str(path))
    assert found.message == (
        'some="red bleu green" is not allowed on p: “bleu” is the word that does not fit'
    )


# -- ids -----------------------------------------------------------------------------------------

IDS = """
default namespace = "http://www.tei-c.org/ns/1.0"
start = element TEI { element teiHeader { empty }, element text { element body { p+ } } }
p = element p { attribute xml:id { xsd:ID }?, attribute key { xsd:ID }?,
  attribute see { xsd:IDREF }? }
"""


def test_ids_are_checked_where_the_schema_says_which_they_are(tei, tmp_path):
    path = tmp_path / "small.rnc"
    path.write_text(IDS)
    found = list(check_relaxng(tei("<p key='a'/><p key='a'/><p see='b'/>"), str(path)))
    assert [(one.rule, one.message) for one in found] == [
        ("relaxng:duplicate-id", 'key="a" on p is given already to an element before it'),
        ("relaxng:unknown-id", 'see="b" on p: no element of this document has this id'),
    ]


def test_an_xml_id_that_comes_twice_is_left_to_the_check_of_ids(tei, tmp_path):
    path = tmp_path / "small.rnc"
    path.write_text(IDS)
    document = tei("<p xml:id='a'/><p xml:id='a'/>")
    assert list(check_relaxng(document, str(path))) == []
    assert [one.rule for one in check_ids(document)] == ["ids:duplicate"]
