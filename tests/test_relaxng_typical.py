"""Typical mistakes against the whole TEI, and all that the scholar is told of each."""

import pytest

from whole_tei import said, whole, with_tei_all

MISTAKES = {
    "<p>Dear <persNme>A</persNme></p>": [
        "the schema knows no element persNme",
        "Did you mean persName?",
        "near: persName +0",
    ],
    "<p>in <placename>W</placename></p>": [
        "the schema knows no element placename",
        "Did you mean placeName?",
        "near: placeName +0",
    ],
    "<paragraph>a</paragraph>": [
        "the schema knows no element paragraph",
        "Did you mean p?",
        "near: p +0",
    ],
    '<p><a href="x.html">b</a></p>': [
        "the schema knows no element a",
        "Did you mean ref or ptr? Its address stands in @target.",
        "near: ref ptr +0",
        "usual: hi pb note anchor rs date +200",
    ],
    "<p/><title1>b</title1>": [
        "the schema knows no element title1",
        "Did you mean head? head must stand before the p in line 2, or in a div of its own.",
        "near: head +0",
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
        "usual: p div l sp listBibl pb +114",
    ],
    "<p>a <p>b</p></p>": [
        "p is not allowed here in p",
        "End the p before it: p may stand in div, but not in p.",
        "usual: hi pb ref note anchor rs +202",
    ],
    "<table><cell/></table>": [
        "cell is not allowed here in table",
        "Put it into a row.",
        "usual: row note head lb pb graphic +46",
    ],
    "words <p/>": [
        "div must not contain text directly: “words”",
        "Put it into a p.",
        "usual: p head l ab stage quote +31",
    ],
    '<p id="x"/>': [
        "p has no attribute id",
        'Did you mean xml:id="x"?',
        "near: xml:id +0",
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
        'when="2012-02-30" on date is no date: that month has 29 days',
        "Correct the day, or leave it out: 2012-02.",
    ],
    '<p><persName cert="hihg"/></p>': [
        'cert="hihg" is not a value that cert may have on persName',
        "Did you mean high?",
        "near: high +0",
        "values: high medium low unknown +0",
    ],
    '<p><gap quantity="x"/></p>': [
        'quantity="x" is not a value that quantity may have on gap',
        "It must be a number such as 2.5 or a fraction such as 1/2.",
    ],
    "<lg><head/></lg>": [
        "lg is incomplete: it still needs at least one l or lg",
        "Add one of them.",
        "required: l lg desc label unclear supplied +22",
    ],
    "<p><choice><sic/></choice></p>": [
        "choice is incomplete: it still needs corr",
        "Add it.",
    ],
    "<p>One.</p><p>Two</p><closer>Yours</closer><p>P.S. two</p>": [
        "p is not allowed in div after closer",
        "p must stand before the closer in line 2, or in a postscript of its own.",
        "usual: pb note lb app space anchor +52",
    ],
    "<p>My dear, <salute>lieber Arthur,</salute> tomorrow</p>": [
        "salute is not allowed here in p",
        "salute may stand in opener, div, body, lg and 18 other elements.",
        "usual: hi pb ref note anchor rs +202",
    ],
    "<closer>x</closer><p>a</p>": [
        "closer is not allowed in div before p",
        "closer must stand after the p in line 2.",
        "usual: p div head l sp listBibl +113",
    ],
    "<opener>o</opener><closer>x</closer><p>a</p>": [
        "closer is not allowed in div before p",
        "closer must stand after the p in line 2.",
        "usual: p div head l sp listBibl +113",
    ],
    "<p>a <p>b</p> c</p>": [
        "p is not allowed here in p",
        "End the p before it, and begin another after it: p may stand in div, but not in p.",
        "usual: hi pb ref note anchor rs +202",
    ],
    "<p><head>b</head> c</p>": [
        "head is not allowed here in p",
        "Begin the p after it: head may stand in div, but not in p.",
        "usual: hi pb ref note anchor rs +202",
    ],
    "<p>x</p><del>a</del>": [
        "del is not allowed here in div",
        "Put it into a p.",
        "usual: p div l sp listBibl pb +114",
    ],
    "<p>x</p><persName>a</persName>": [
        "persName is not allowed here in div",
        "Put it into a p.",
        "usual: p div l sp listBibl pb +114",
    ],
    "<p>x</p><seg>a</seg>": [
        "seg is not allowed here in div",
        "Put it into a p.",
        "usual: p div l sp listBibl pb +114",
    ],
    "<p>x</p><title>a</title>": [
        "title is not allowed here in div",
        "Put it into a p.",
        "usual: p div l sp listBibl pb +114",
    ],
    "<p>x</p><choice><sic>a</sic><corr>b</corr></choice>": [
        "choice is not allowed here in div",
        "Put it into a p.",
        "usual: p div l sp listBibl pb +114",
    ],
    "<p>x</p><address><addrLine>a</addrLine></address>": [
        "address is not allowed here in div",
        "Put it into a p.",
        "usual: p div l sp listBibl pb +114",
    ],
    "<lg><l/><p>x</p></lg>": [
        "p is not allowed here in lg",
        "End the lg before it: p may stand in div, but not in lg.",
        "usual: l note desc label lb pb +80",
    ],
    "<lg><l/><p>x</p><l/></lg>": [
        "p is not allowed here in lg",
        "",
        "usual: l note desc label lb pb +80",
    ],
    "<listPerson><person><persName>x</persName><placeName>W</placeName></person></listPerson>": [
        "placeName is not allowed here in person",
        "",
        "usual: persName idno birth death note bibl +69",
    ],
    "<listPerson><person><placeName>W</placeName></person></listPerson>": [
        "placeName is not allowed here in person",
        "Put it into a p.",
        "usual: persName idno p birth death note +71",
    ],
    "<p/><cit>words</cit>": [
        "cit must not contain text directly: “words”",
        "Put it into an element, such as quote or bibl.",
        "usual: quote bibl binaryObject note ref witDetail +27",
    ],
    "<listPlace><place><location><geo>1 2</geo><idno>x</idno></location></place></listPlace>": [
        "idno is not allowed here in location",
        "End the location before it: idno may stand in place, but not in location.",
        "usual: note geo placeName bibl desc label +25",
    ],
    "<listPlace><place><location><idno>x</idno><geo>1 2</geo></location></place></listPlace>": [
        "idno is not allowed here in location",
        "",
        "usual: note geo placeName bibl desc label +25",
    ],
    "<list><item/></list><item/><item/><p/>": [
        "item is not allowed here in div",
        "It belongs, with the element after it, into the list before it: move the end "
        "tag </list> behind the last of them.",
    ],
    "<hi>a</hi> b <name>c</name>": [
        "hi is not allowed here in div",
        "Put it, with all that follows it, into a p.",
        "usual: p div head l sp listBibl +113",
    ],
    "<hi>a</hi> b <name>c</name><p/>": [
        "hi is not allowed here in div",
        "Put it, with what follows it up to the p in line 2, into a p.",
        "usual: p div head l sp listBibl +113",
    ],
    "words <hi>a</hi> b": [
        "div must not contain text directly: “words”",
        "Put it, with all that follows it, into a p.",
        "usual: p head l ab stage quote +31",
    ],
    "<p>x</p><head>y</head><p>z</p>": [
        "head is not allowed in div after p",
        "head must stand before the p in line 2, or with all that follows it in a div of its own.",
        "usual: p div l sp listBibl pb +114",
    ],
    "<speaker>A</speaker><p>Hi</p>": [
        "speaker is not allowed here in div",
        "Put it, with all that follows it, into an sp.",
        "usual: p div head l sp listBibl +113",
    ],
    '<p><persName gnd="1">x</persName></p>': [
        "persName has no attribute gnd",
        "",
        "usual: type key ref xml:id sameAs cert +45",
    ],
    '<p><add pos="above">x</add></p>': [
        "add has no attribute pos",
        'Did you mean place="above"?',
        "near: place +0",
    ],
    '<p><w target="x">x</w></p>': [
        "w has no attribute target",
        "target is an attribute of note, ref, change, term and 31 other elements.",
        "usual: n lemma xml:id part type ana +35",
    ],
    "<list><li>x</li></list>": [
        "the schema knows no element li",
        "Did you mean item?",
        "near: item +0",
    ],
    "<listPerson><persName>x</persName></listPerson>": [
        "persName is not allowed here in listPerson",
        "Did you mean person?",
        "near: person +0",
    ],
    '<p><persName cert="perhaps">x</persName></p>': [
        'cert="perhaps" is not a value that cert may have on persName',
        "It must be high, medium, low, unknown or a number such as 2.5.",
    ],
    '<p><date when="1888-05-33"/></p>': [
        'when="1888-05-33" on date is no date: that month has 31 days',
        "Correct the day, or leave it out: 1888-05.",
    ],
    '<p><date when="1888-13"/></p>': [
        'when="1888-13" on date is no date: there is no month 13',
        "Correct the month, or leave it out: 1888.",
    ],
    '<p><ref target="a b%"/></p>': [
        'target="a b%" is not a value that target may have on ref: “b%” is the word that '
        "does not fit",
        "A % in an address is followed by two hexadecimal digits: write % itself as %25.",
    ],
}


@with_tei_all
@pytest.mark.parametrize("body", MISTAKES)
def test_a_typical_mistake_is_told_in_whole(body):
    assert said(whole(body)) == MISTAKES[body]
