"""What the scholar is told of a value that a schema does not allow."""

import pytest

from teikit.schema.relaxng.check import check_relaxng

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
        ("date='2012-02-30'", "Correct the day, or leave it out: 2012-02."),
        ("date='2011-2-29'", "2011-02-29 does not exist: that month has 28 days."),
        ("date='1900-02-29'", "Correct the day, or leave it out: 1900-02."),
        ("date='2012-13'", "Correct the month, or leave it out: 2012."),
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
def test_what_is_wrong_with_a_value_is_said(tei, schema_file, attribute, hint):
    path = schema_file(VALUES)
    (found,) = check_relaxng(tei(f"<p {attribute}/>"), str(path))
    assert found.hint.startswith(hint)


def test_the_word_of_a_list_that_does_not_fit_is_named(tei, schema_file):
    path = schema_file(VALUES)
    (found,) = check_relaxng(tei("<p some='red bleu green'/>"), str(path))
    assert found.message == (
        'some="red bleu green" is not a value that some may have on p: '
        "“bleu” is the word that does not fit"
    )


@pytest.mark.parametrize(
    ("date", "why"),
    [
        ("2012-02-30", "that month has 29 days"),
        ("1900-02-29", "that month has 28 days"),
        ("2012-13", "there is no month 13"),
    ],
)
def test_a_date_that_does_not_exist_is_no_date(tei, tmp_path, date, why):
    path = tmp_path / "small.rnc"
    path.write_text(VALUES)
    (found,) = check_relaxng(tei(f"<p date='{date}'/>"), str(path))
    assert found.message == f'date="{date}" on p is no date: {why}'
