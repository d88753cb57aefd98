"""What runs in libxslt means the same in Saxon; which engine runs what; first rules stay first."""

from random import Random

import pytest

from extras import SAXON, require_saxon
from teikit.document import TEI, read_document
from teikit.schema.schematron import check_schematron, compile_rules, saxon
from teikit.schema.schematron.hits import Source
from teikit.schema.schematron.libxslt import compile_here
from teikit.schema.schematron.stylesheet import all_assertions
from teikit.schema.schematron.tokens import find_calls, find_candidates, rename_variables
from teikit.schema.schematron.values import Assertion, Pattern, Piece, Rule, Schema
from teikit.schema.schematron.xpath1 import PRINTABLE, find_kind

DOCUMENT = read_document(
    f"""<TEI xmlns="{TEI}"><text n="1"><p n="a" type="x">one <hi n="2">two</hi></p>
    <p n="b" xml:lang="en"/><p n="a"> three <hi type="x">2</hi><!-- c --><hi/> 10</p>
    <lg><l n="10">x</l><l n="9">x y</l></lg></text></TEI>""".encode(),
    "x.xml",
)

_STEPS = (
    ". .. @n @type @* t:p t:hi * text() node() self::t:p ancestor::t:text parent::* "
    "following-sibling::* preceding::t:hi descendant-or-self::node() t:l comment() "
    "position() last() current() true() //t:p / string() 'a' 'x' '' ' ' '10' 1 2 0 10 1.5"
).split()
_OPERATORS = "and or = != < <= > >= + - * mod | div".split()
_CALLS = (
    "not boolean string count normalize-space string-length name local-name number sum contains "
    "starts-with concat substring-before substring-after substring generate-id lang"
).split()


def random_expression(random: Random, depth: int = 3) -> str:
    """Return some expression; most are XPath, few mean the same in all versions."""
    shape = random.randrange(7) if depth else 0
    one = random_expression(random, depth - 1) if shape else random.choice(_STEPS)
    if shape < 2:
        return one
    if shape == 2:
        return f"{one} {random.choice(_OPERATORS)} {random_expression(random, depth - 1)}"
    if shape == 3:
        return f"{random.choice(_CALLS)}({one})"
    if shape == 4:
        return f"{random.choice(_CALLS)}({one}, {random_expression(random, depth - 1)})"
    if shape == 5:
        return f"{random.choice(_STEPS)}[{one}]"
    return random.choice([f"({one})", f"{random.choice(_STEPS)}/{one}", f"({one})[1]", f"-{one}"])


@SAXON
@pytest.mark.parametrize("seed", range(8))
def test_what_is_taken_for_the_same_in_both_versions_gives_the_same_in_both_engines(seed):
    random = Random(seed)
    kinds = {}
    while len(kinds) < 150:
        expression = random_expression(random)
        kind = find_kind(expression, {})
        if kind is not None:
            kinds[expression] = kind
    assertions = tuple(
        Assertion(name, name, True, (Piece("value", name if kind in PRINTABLE else "count(.)"),))
        for name, kind in kinds.items()
    )
    patterns = tuple(Pattern(c, (Rule(c, c, assertions),)) for c in ("t:*", "@*", "t:p/text()"))
    schema = Schema("xslt2", {"t": TEI}, (), patterns)
    here = compile_here(schema, patterns).run(Source(DOCUMENT))
    there = saxon.compile_there(schema, patterns).run(Source(DOCUMENT))
    found = [
        sorted((h.assertion.name, h.ordinal, h.message) for h in hits) for hits in (here, there)
    ]
    assert len(found[0]) > 500
    assert [set(found[0]) - set(found[1]), set(found[1]) - set(found[0])] == [set(), set()]
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "expression",
    [
        "string(t:p)",
        "@n < 'b'",
        "@n < @type",
        "@n = 1",
        "@n = true()",
        "number(@n)",
        "sum(//@n)",
        "1 div 2",
        "count(t:p) mod 0",
        "1.5 + 1",
        "id('x')",
        "'a' = 'b' = 'c'",
        "contains(//t:p, 'x')",
        "concat(t:p, 'x')",
        "$unknown",
        "@n eq 'x'",
        "matches(@n, 'x')",
        "namespace::x",
        "document('x')",
        "/ or (t:p)",
        "name(t:p[position()])",
        "contains(generate-id(), 'd')",
        "(" * 100 + "1" + ")" * 100,
        "",
    ],
)
def test_what_may_mean_something_else_in_xpath_2_is_not_taken_for_the_same(expression):
    assert find_kind(expression, {}) is None


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("@n", "one"),
        ("t:p[1]", "one"),
        ("//t:p[1]", "nodes"),
        ("(//t:p)[1]", "one"),
        ("../@n", "one"),
        ("t:p/@n", "nodes"),
        ("normalize-space(@n) = 'x'", "boolean"),
        ("count(t:p) > 1", "boolean"),
        ("position() mod 2", "number"),
        ("$value", "string"),
        ("key('k', @n)", "nodes"),
    ],
)
def test_kinds_of_values(expression, kind):
    assert find_kind(expression, {"value": "string"}, frozenset(["k"])) == kind


SCHEMA = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="{}">
  <ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>{}</schema>"""


def _names(patterns) -> list[str]:
    return [assertion.name for assertion in all_assertions(patterns)]


def test_an_assertion_goes_to_saxon_with_the_let_that_needs_it_and_the_others_stay():
    pattern = """<pattern id="p"><rule context="tei:p">
      <let name="words" value="tokenize(@n, ' ')"/><let name="first" value="$words[1]"/>
      <assert id="plain" test="@n"/><assert id="by-let" test="$first"/>
      <assert id="by-message" test="@n">x <value-of select="upper-case(@n)"/></assert>
    </rule></pattern>"""
    plan = compile_rules(SCHEMA.format("xslt2", pattern).encode(), "x").plan
    assert _names(plan.here) == ["plain"]
    assert _names(plan.there) == ["by-let", "by-message"]


@SAXON
@pytest.mark.parametrize("binding", ["xslt", "xslt2", "xslt3"])
def test_the_first_rule_that_matches_counts_across_the_engines(tei, binding):
    pattern = """<pattern id="p">
      <rule context="tei:p[@n = 'a']"><report id="one" test="@n">1</report>
        <report id="two" test="matches(@n, 'a')">2</report></rule>
      <rule context="tei:p[matches(@n, '[ab]')]"><report id="three" test="@n">3</report></rule>
      <rule context="tei:p"><report id="four" test="@n">4</report></rule></pattern>"""
    document = tei('<p n="a"/><p n="b"/><p n="c"/>')
    found = check_schematron(document, SCHEMA.format(binding, pattern).encode())
    rules = [(finding.rule.removeprefix("schematron:"), finding.ordinal) for finding in found]
    assert rules == [("one", 4), ("two", 4), ("three", 5), ("four", 6)]


def test_without_saxon_rules_after_one_that_cannot_be_matched_do_not_run(tei, monkeypatch):
    monkeypatch.setattr(saxon, "find_obstacle", lambda: "missing")
    pattern = """<pattern id="p">
      <rule context="tei:p[@n = 'a']"><report id="one" test="@n">1</report></rule>
      <rule context="tei:p[matches(@n, '[ab]')]"><report id="two" test="@n">2</report></rule>
      <rule context="tei:p"><report id="three" test="@n">3</report></rule></pattern>"""
    found = list(
        check_schematron(
            tei('<p n="a"/><p n="b"/><p n="c"/>'), SCHEMA.format("xslt", pattern).encode()
        )
    )
    assert [finding.rule for finding in found] == ["schematron:one", "schematron:not-run"]
    assert found[1].message.endswith("two, three")


@pytest.mark.parametrize(
    ("context", "candidates"),
    [
        ("tei:p", "//tei:p"),
        ("tei:a[x='|']/tei:b | @n", "//tei:b | //@n"),
        ("/", "/"),
        ("/tei:TEI", "//tei:TEI"),
        ("(a | b)/c", "//c"),
        ("a except b", "/ | //node() | //@*"),
        ("id('x')", "/ | //node() | //@*"),
        ("text()", "//text()"),
        ("tei:*[@k]", "//tei:*"),
    ],
)
def test_only_nodes_that_a_context_may_match_are_looked_at(context, candidates):
    assert find_candidates(context) == candidates


def test_calls_and_variables_are_told_from_what_looks_like_them():
    text = "a(1) + $f(2) + Q{x}b('doc(') (: c( (: :) d( :) => e() and g#1 and @h"
    assert list(find_calls(text)) == [("", "a"), ("x", "b"), ("", "e"), ("", "g")]
    assert rename_variables("$a + '$a' + $ab + $ a", {"a": "z"}) == "$z + '$a' + $ab + $ z"


@pytest.mark.parametrize("binding", ["xslt", "xslt2"])
def test_ids_are_found_also_where_one_comes_twice(binding):
    data = f"""<TEI xmlns="{TEI}"><p xml:id="a" n="1"/><p xml:id="b" n="2"/><p xml:id="b"/>
      <ptr n="a b"/></TEI>"""
    pattern = """<pattern id="p"><rule context="tei:ptr">
      <report test="id(@n)[@n='2']">found <value-of select="id('a')/@n"/></report></rule>
      </pattern>"""
    if binding == "xslt2":
        require_saxon()
    document = read_document(data.encode(), "x.xml")
    (finding,) = check_schematron(document, SCHEMA.format(binding, pattern).encode())
    assert finding.message == "found 1"


@SAXON
@pytest.mark.parametrize("binding", ["xslt", "xslt2"])
def test_keys_work_in_both_engines_each_with_those_it_can_have(tei, binding):
    keys = """<xsl:key xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="{}" match="tei:p"
      use="{}"/>"""
    rules = keys.format("plain", "@n") + keys.format("folded", "lower-case(@n)")
    rules += """<pattern id="p"><rule context="tei:name">
      <report id="a" test="key('plain', 'A')">x</report>
      <report id="b" test="key('folded', 'a')">x</report>
      <report id="c" test="exists(key('plain', 'A'))">x</report>
      <report id="d" test="key(@type, 'A')">x</report>
      <report id="e" test="key('none', 'A')">x</report></rule></pattern>"""
    schema = SCHEMA.format(binding, rules).encode()
    plan = compile_rules(schema, "x").plan
    assert _names(plan.here) == ["a"]
    found = list(check_schematron(tei('<p n="A"/><name type="plain"/>'), schema))
    rules = [finding.rule.removeprefix("schematron:") for finding in found]
    assert rules == ["a", "b", "c", "d", "failed"]
    assert "rule e " in found[-1].message
