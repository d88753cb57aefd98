"""What the scholar is told of each kind of mistake against a schema."""

import pytest

from teikit.errors import TeikitError
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
