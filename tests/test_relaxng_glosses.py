"""What a schema says that its elements are for, where a finding shows it."""

import pytest

from teikit.document import TEI
from teikit.schema.relaxng.check import check_relaxng

GLOSSED = """
default namespace = "http://www.tei-c.org/ns/1.0"
start = element TEI { element teiHeader { empty }, element text { element body { p+ } } }
## a paragraph
p = element p {
  ## how it looks
  attribute rend { "bold" | "plain" }?,
  mixed { empty } }
"""


def test_glosses_of_the_compact_syntax_are_told(tei, schema_file):
    path = schema_file(GLOSSED)
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
def test_glosses_of_the_xml_syntax_are_told(tei, schema_file, said, language, told):
    path = schema_file(RNG.format(f"<a:documentation>{said}</a:documentation>", ""), "small.rng")
    (found,) = check_relaxng(tei("<p n=''/>"), str(path), language=language)
    assert found.gloss == told


def test_the_gloss_of_a_value_is_found_through_references(tei, schema_file):
    said = "<a:documentation>in heavy letters</a:documentation>"
    path = schema_file(RNG.format("", said), "small.rng")
    (found,) = check_relaxng(tei("<p rend='blod'/>"), str(path))
    assert (found.hint, found.gloss) == ("Did you mean bold?", "bold: in heavy letters")


def test_a_schema_without_glosses_has_those_of_the_odd_beside_it(tei, schema_file, tmp_path):
    path = schema_file(RNG.format("", ""), "small.rng")
    (tmp_path / "small.odd").write_text(
        f'<TEI xmlns="{TEI}"><elementSpec ident="p"><gloss>paragraph</gloss></elementSpec></TEI>'
    )
    (found,) = check_relaxng(tei("<p n=''/>"), str(path))
    assert found.gloss == "p: paragraph"


def test_a_broken_odd_costs_only_its_glosses(tei, schema_file, tmp_path):
    path = schema_file(RNG.format("", ""), "small.rng")
    (tmp_path / "small.odd").write_text("<TEI")
    (found,) = check_relaxng(tei("<p n=''/>"), str(path))
    assert found.gloss == ""
