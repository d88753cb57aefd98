"""Schematron rules become findings; rules that cannot run are named."""

import pytest

from teikit.schema.schematron import BadRules, check_schematron, saxon

SCHEMA = """<schema xmlns="http://purl.oclc.org/dsdl/schematron">
  <ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>
  <let name="kinds" value="'a b c'"/>
  {}
</schema>"""


def findings(tei, body: str, patterns: str) -> list:
    return list(check_schematron(tei(body), SCHEMA.format(patterns).encode()))


@pytest.fixture
def without_saxon(monkeypatch):
    """Make it as if the extra xslt3 were not installed."""
    monkeypatch.setattr(saxon, "find_obstacle", lambda: "missing")


def test_an_assertion_that_fails_is_placed_and_filled_in(tei):
    (finding,) = findings(
        tei,
        '<p>\n<name key="x"/><name ref="#a"/></p>',
        """
      <pattern id="named"><rule context="tei:name">
        <assert test="@ref">The <name/> with key <value-of select="@key"/> has no ref.</assert>
      </rule></pattern>""",
    )
    assert finding.message == "The name with key x has no ref."
    assert finding.rule == "schematron:named"
    assert finding.place.column == 1


def test_the_first_rule_of_a_pattern_that_fits_fires_alone(tei):
    found = findings(
        tei,
        '<p><name type="a"/><name/></p>',
        """
      <pattern id="one">
        <rule context="tei:name[@type]"><report id="typed" test="true()">typed</report></rule>
        <rule context="tei:name"><report id="other" test="true()">other</report></rule>
      </pattern>""",
    )
    assert [finding.rule for finding in found] == ["schematron:typed", "schematron:other"]


def test_each_pattern_sees_every_node(tei):
    pattern = """<pattern id="{0}"><rule context="tei:name"><report test="true()">x</report></rule>
      </pattern>"""
    found = findings(tei, "<p><name/></p>", pattern.format("a") + pattern.format("b"))
    assert {finding.rule for finding in found} == {"schematron:a", "schematron:b"}


def test_lets_attributes_and_roles_work(tei):
    (finding,) = findings(
        tei,
        '<p><name type="z"/><name type="b"/></p>',
        """
      <pattern id="kinds"><rule context="tei:name/@type">
        <let name="value" value="."/>
        <assert test="contains($kinds, $value)" role="warning" see="guide.html#kinds">
          no kind: <value-of select="$value"/></assert></rule></pattern>""",
    )
    assert finding.message == "no kind: z"
    assert finding.severity == "warning"
    assert finding.hint == "See guide.html#kinds"


def test_abstract_rules_are_extended(tei):
    (finding,) = findings(
        tei,
        "<p><name/></p>",
        """
      <pattern id="p"><rule abstract="true" id="has-ref"><assert test="@ref">no ref</assert></rule>
        <rule context="tei:name"><extends rule="has-ref"/></rule></pattern>""",
    )
    assert finding.message == "no ref"


@pytest.mark.parametrize(
    "test",
    [
        "matches(@n, '[0-9]+')",
        "every $x in * satisfies $x/@n",
        "if (@n) then true() else false()",
        "@n castable as xs:date",
    ],
)
def test_without_the_extra_rules_that_need_xpath_2_are_named_in_one_finding(
    tei, without_saxon, test
):
    found = findings(
        tei,
        "<p><name/></p>",
        f"""
      <pattern id="two"><rule context="tei:name"><assert test="{test}">x</assert></rule></pattern>
      <pattern id="one"><rule context="tei:name"><assert test="@ref">y</assert></rule></pattern>""",
    )
    assert [finding.rule for finding in found] == ["schematron:one", "schematron:not-run"]
    assert "two" in found[1].message
    assert found[1].severity == "warning"


def test_a_name_that_only_looks_like_a_function_call_in_a_text_runs(tei):
    (finding,) = findings(
        tei,
        '<p n="matches(x)"/>',
        """
      <pattern id="p"><rule context="tei:p"><report test="@n = 'matches(x)'">y</report></rule>
      </pattern>""",
    )
    assert finding.rule == "schematron:p"


@pytest.mark.parametrize("data", [b"<a/>", b"", b"<schema"])
def test_a_file_that_is_no_schematron_is_an_error_in_one_line(tei, data):
    with pytest.raises(BadRules) as caught:
        list(check_schematron(tei("<p/>"), data, "x.sch"))
    assert "\n" not in str(caught.value)


def test_rules_read_no_other_file(tei, tmp_path):
    secret = tmp_path / "secret.xml"
    secret.write_text("<secret>leaked</secret>")
    pattern = f"""<pattern id="p"><rule context="tei:p"><report test="true()">
      <value-of select="document('{secret.as_uri()}')"/></report></rule></pattern>"""
    try:
        found = findings(tei, "<p/>", pattern)
    except BadRules:
        return
    assert all("leaked" not in finding.message for finding in found)
