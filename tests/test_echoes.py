"""One mistake in a value is one finding, though the schema and a check of ours both see it."""

import pytest

from teikit.check.edition import validate_files
from teikit.project import Project
from teikit.rules import select
from teikit.safety.worker import Here

TEI = "http://www.tei-c.org/ns/1.0"
SCHEMA = f"""default namespace = "{TEI}"
any = element * - date {{ attribute * - (when | xml:lang | xml:id | target) {{ text }}*, values,
                          (text | any | date)* }}
values = attribute xml:lang {{ xsd:language }}?, attribute xml:id {{ xsd:NCName }}?,
  attribute target {{ xsd:anyURI }}?
date = element date {{ values, attribute when {{ xsd:date }}?, text }}
start = any"""
BODY = '<TEI xmlns="{}"><teiHeader/><text><body>{}</body></text></TEI>'


def check(folder, body, schema=True, levels=()):
    (folder / "s.rnc").write_text(SCHEMA)
    (folder / "a.xml").write_text(BODY.format(TEI, body))
    given = (str(folder / "s.rnc"),) if schema else ()
    project = Project(folder, given=given, levels=levels)
    found = validate_files(project, ("a.xml",), Here(), whole=False).report.findings
    return [one for one in found if one.rule != "schema:none"]


def rules(folder, body, **settings):
    return [one.rule for one in check(folder, body, **settings)]


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ('<date when="2012-02-30"/>', "dates:impossible"),
        ('<date when="soon"/>', "dates:unknown-form"),
        ('<p xml:lang="a_b"/>', "languages:malformed"),
        ('<p xml:id="1a"/>', "ids:no-name"),
    ],
)
def test_a_value_that_the_schema_refuses_is_told_once(tmp_path, body, rule):
    assert rules(tmp_path, body, schema=False) == [rule]
    (found,) = check(tmp_path, body)
    assert (found.rule, found.also) == ("relaxng:bad-value", (rule,))
    assert select([found], [rule], []) == [found]
    assert rules(tmp_path, body, levels=(("relaxng", "off"),)) == [rule]


def test_what_is_wrong_with_another_value_is_told(tmp_path):
    body = '<date when="2012-02-30" xml:id="1a"/><date when="2012-02-31"/>'
    assert rules(tmp_path, body) == ["relaxng:bad-value"] * 3


@pytest.mark.parametrize("word", ["dates:impossible", "DAT002", "dates", "relaxng", "RNG007"])
def test_it_is_allowed_by_either_name(tmp_path, word):
    pi = f'<?teikit allow="{word}" reason="so in the source"?>'
    assert rules(tmp_path, pi + '<date when="2012-02-30"/>') == []
