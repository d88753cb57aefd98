"""Everything of ISO Schematron that a schema may hold: includes, abstracts, phases, messages."""

import pytest

from extras import require_saxon
from teikit.document import TEI, read_document
from teikit.schema.schematron import BadRules, check_schematron, check_schematron_file
from teikit.schema.schematron.check import compile_rules, run_rules

SCH = "http://purl.oclc.org/dsdl/schematron"
HEAD = f'<schema xmlns="{SCH}"><ns prefix="tei" uri="{TEI}"/>'
BODY = '<p n="1">one<hi/> tail</p>\n<p/>\n<name type="x"/>'


def found(document, rules: str, attributes: str = "", phase: str = "") -> list:
    schema = HEAD.replace("<schema ", f"<schema {attributes} ") + rules + "</schema>"
    return list(run_rules(document, compile_rules(schema.encode(), "rules.sch", phase)))


def names(findings) -> list[str]:
    return [finding.rule.removeprefix("schematron:") for finding in findings]


def test_a_message_holds_values_names_diagnostics_and_marked_words(tei):
    (finding,) = found(
        tei(BODY),
        """<title>Rules</title><p>About them.</p>
        <pattern id="p"><rule context="tei:p[@n]"><report test="true()" diagnostics="more other">
          The <emph>element</emph> <name/> in <name path=".."/>, <span class="x">number</span>
          <value-of select="@n"/>, <dir value="rtl">here</dir>.</report></rule></pattern>
        <diagnostics><diagnostic id="more">It has <value-of select="count(*)"/> child.</diagnostic>
        <diagnostic id="other">See <emph>there</emph>.</diagnostic></diagnostics>""",
    )
    assert finding.message == ("The element p in body, number 1, here. It has 1 child. See there.")


def test_an_abstract_pattern_is_filled_in_for_each_that_is_one(tei):
    findings = found(
        tei(BODY),
        """<pattern abstract="true" id="needs"><rule context="$what">
          <assert test="@$attribute or contains('$', '$what')"><name/> needs
            <value-of select="'$attribute'"/></assert></rule></pattern>
        <pattern is-a="needs" id="a"><param name="what" value="tei:p"/>
          <param name="attribute" value="n"/></pattern>
        <pattern is-a="needs" id="b"><param name="what" value="tei:name"/>
          <param name="attribute" value="ref"/></pattern>""",
    )
    assert [f"{f.rule} {f.message}" for f in findings] == [
        "schematron:a p needs n",
        "schematron:b name needs ref",
    ]


def test_abstract_rules_extend_one_another_and_keep_role_and_see(tei):
    findings = found(
        tei(BODY),
        """<pattern id="p">
        <rule abstract="true" id="base" role="info" see="a.html"><assert test="@a">a</assert></rule>
        <rule abstract="true" id="more"><extends rule="base"/><assert test="@b">b</assert></rule>
        <rule context="tei:name"><extends rule="more"/><assert test="@c">c</assert></rule>
        </pattern>""",
    )
    got = [(f.rule, f.message, f.severity, f.hint) for f in findings]
    assert got == [
        ("schematron:base", "a", "info", "See a.html"),
        ("schematron:more", "b", "error", ""),
        ("schematron:p", "c", "error", ""),
    ]


PHASES = """<phase id="draft"><let name="least" value="1"/><active pattern="a"/></phase>
  <phase id="final"><let name="least" value="9"/><active pattern="a"/><active pattern="b"/></phase>
  <pattern id="a"><rule context="tei:body"><assert test="count(tei:p) >= $least">a</assert></rule>
  </pattern>
  <pattern id="b"><rule context="tei:name"><assert test="@ref">b</assert></rule></pattern>
  <pattern id="c"><rule context="tei:name"><assert test="@ref">c</assert></rule></pattern>"""


@pytest.mark.parametrize(
    ("attributes", "phase", "expected"),
    [
        ("", "draft", []),
        ("", "final", ["a", "b"]),
        ('defaultPhase="final"', "", ["a", "b"]),
        ('defaultPhase="final"', "#DEFAULT", ["a", "b"]),
        ('defaultPhase="draft"', "final", ["a", "b"]),
    ],
)
def test_a_phase_chooses_patterns_and_gives_values(tei, attributes, phase, expected):
    assert names(found(tei(BODY), PHASES, attributes, phase)) == expected


def test_all_phases_are_all_patterns_and_an_unknown_one_is_named(tei):
    rules = PHASES.replace(">= $least", ">= 1")
    assert names(found(tei(BODY), rules, 'defaultPhase="draft"', "#ALL")) == ["b", "c"]
    with pytest.raises(BadRules, match=r'no phase "fnal" \(there is: draft, final\)'):
        found(tei(BODY), PHASES, "", "fnal")


def test_lets_of_a_pattern_are_its_own_and_are_about_the_whole_document(tei):
    findings = found(
        tei(BODY),
        """<let name="v" value="'schema'"/>
        <pattern id="a"><let name="v" value="count(//tei:p)"/><rule context="tei:name">
          <report test="$v = 2"><value-of select="$v"/></report></rule></pattern>
        <pattern id="b"><let name="v" value="'b'"/><rule context="tei:name">
          <let name="v" value="concat(@type, '!')"/>
          <report test="$v = 'x!'"><value-of select="$v"/></report></rule></pattern>
        <pattern id="c"><rule context="tei:name"><report test="$v"><value-of select="$v"/></report>
        </rule></pattern>""",
    )
    assert [finding.message for finding in findings] == ["2", "x!", "schema"]


def test_lets_of_a_schema_may_take_those_after_them(tei):
    rules = """<let name="a" value="$b + 1"/><let name="b" value="count(//tei:p)"/>
      <let name="c" value="$d"/><let name="d" value="$c"/>
      <pattern id="p"><rule context="tei:name"><report test="$a = 3">yes</report>
      <report id="circle" test="$c">no</report></rule></pattern>"""
    findings = found(tei(BODY), rules)
    assert names(findings) == ["p", "failed"]
    assert "circle (" in findings[1].message


@pytest.mark.parametrize(
    ("where", "severity"),
    [
        ('<assert test="@q" role="warning">', "warning"),
        ('<assert test="@q" flag="info">', "info"),
        ('<assert test="@q" role="WARN">', "warning"),
        ('<assert test="@q" role="author">', "error"),
        ('<assert test="@q">', "warning"),
    ],
)
def test_the_innermost_role_is_the_severity(tei, where, severity):
    rule = f'<rule context="tei:name" role="nonfatal">{where}x</assert></rule>'
    (finding,) = found(tei(BODY), f'<pattern id="p">{rule}</pattern>')
    assert finding.severity == severity


SUBJECTS = [
    ("tei:body", 'subject="tei:p[2]"', 3),
    ("tei:body", 'subject="tei:p/@n"', 2),
    ("tei:body", 'subject="tei:nothing"', 1),
    ("tei:p/@n", "", 2),
    ("tei:p/text()[. = ' tail']", "", 2),
    ("/", "", 1),
    ("comment()", "", 1),
]


@pytest.mark.parametrize("binding", ["xslt", "xslt3"])
@pytest.mark.parametrize(("context", "subject", "line"), SUBJECTS)
def test_a_finding_stands_where_the_element_of_the_node_begins(context, subject, line, binding):
    if binding == "xslt3":
        require_saxon()
    data = f'<!-- c --><TEI xmlns="{TEI}"><text><body>\n{BODY}</body></text></TEI>'.encode()
    test = "true()" if binding == "xslt" else "exists(current())"
    rule = f'<pattern id="p"><rule context="{context}"><report test="{test}" {subject}>x</report>'
    document = read_document(data, "x.xml")
    (finding,) = found(document, f"{rule}</rule></pattern>", f'queryBinding="{binding}"')
    assert finding.place.line == line
    assert document.place_of(finding.ordinal) == finding.place


def test_a_rule_for_which_a_value_is_no_number_is_told_once_and_where(tei):
    require_saxon()
    findings = found(
        tei('<p n="a"/>\n<p n="7"/><p n="b"/>'),
        """<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/><pattern id="p">
        <rule context="tei:p"><report test="xs:integer(@n) gt 5">big</report></rule></pattern>""",
        'queryBinding="xslt2"',
    )
    assert names(findings) == ["p", "failed"]
    assert findings[1].ordinal == 4
    assert 'of this element, and of 1 more: Cannot convert string "a"' in findings[1].message


BROKEN = {
    "1 +": "xslt3",
    "$nowhere": "xslt",
    "tei:p[": "xslt3",
    "nowhere:p": "xslt",
    "count('a')": "xslt",
    "nosuch(1)": "xslt",
    "starts-with(@n)": "xslt",
    "true()) or (true()": "xslt3",
}


@pytest.mark.parametrize("test", BROKEN)
def test_a_test_that_is_no_xpath_is_told_once_and_the_others_run(tei, test):
    if BROKEN[test] == "xslt3":
        require_saxon()
    rules = "".join(
        f'<pattern id="{name}"><rule context="tei:p"><report id="{name}" test="{test}">x</report>'
        f'<report id="{name}-too" test="@n">x</report></rule></pattern>'
        for name, test in (("one", "@n"), ("bad", test), ("two", "@n"))
    )
    findings = found(tei(BODY), rules)
    assert names(findings) == ["one", "one-too", "bad-too", "two", "two-too", "failed"]
    assert findings[-1].message.startswith("some rules cannot be run: bad (")


@pytest.fixture
def project(tmp_path):
    """Return a function that writes files into a project and checks a text with schema/a.sch."""
    (tmp_path / "project" / "schema").mkdir(parents=True)
    (tmp_path / "outside.sch").write_text(f'<rule xmlns="{SCH}" context="*"/>')
    text = f'<TEI xmlns="{TEI}"><text><body>{BODY}</body></text></TEI>'

    def check(files: dict[str, str], folder: str = "project", name: str = "a.sch") -> list:
        for path, content in files.items():
            file = tmp_path / "project" / path
            file.parent.mkdir(exist_ok=True)
            file.write_text(content)
        path = str(tmp_path / "project" / "schema" / name)
        whole = str(tmp_path / folder) if folder else ""
        return list(check_schematron_file(read_document(text.encode(), "x.xml"), path, whole))

    return check


PATTERN = f"""<pattern xmlns="{SCH}" id="{{0}}"><rule context="tei:name">
  <assert test="@ref">{{0}}</assert></rule></pattern>"""


def test_includes_are_read_inside_the_project_also_by_id_and_from_one_another(project):
    findings = project(
        {
            "schema/a.sch": f"""{HEAD}<include href="b.sch"/><include href="../more/c.xml#second"/>
              <pattern id="d"><rule context="tei:name"><extends href="../more/c.xml#tests"/></rule>
              </pattern></schema>""",
            "schema/b.sch": PATTERN.format("b"),
            "more/c.xml": f"""<patterns>{PATTERN.format("first")}
              <pattern xmlns="{SCH}" id="second"><include href="d.xml"/></pattern>
              <rule xmlns="{SCH}" id="tests"><assert id="by-tests" test="@x">x</assert></rule>
              </patterns>""",
            "more/d.xml": f"""<rule xmlns="{SCH}" context="tei:name"><assert test="@y">y</assert>
              </rule>""",
        }
    )
    assert names(findings) == ["b", "second", "by-tests"]


@pytest.mark.parametrize(
    ("href", "folder", "message"),
    [
        ("../../outside.sch", "project", "cannot be included"),
        ("../more/b.sch", "", "cannot be included"),
        ("http://127.0.0.1:9/b.sch", "project", "no schema from the network"),
        ("nothing.sch", "project", "nothing.sch: cannot be included: there is no such file"),
        ("a.sch", "project", "included in itself"),
        ("loop.sch", "project", "included in itself"),
        ("broken.sch", "project", "broken.sch:1: not well-formed"),
        ("b.sch#nowhere", "project", "no such id"),
        ("bomb0.sch", "project", "does it repeat itself"),
    ],
)
def test_what_cannot_be_included_is_an_error_in_one_line(project, href, folder, message):
    files = {f"schema/bomb{n}.sch": _twenty(f"bomb{n + 1}.sch") for n in range(8)}
    files |= {
        "schema/a.sch": f'{HEAD}<include href="{href}"/></schema>',
        "schema/b.sch": PATTERN.format("b"),
        "more/b.sch": PATTERN.format("b"),
        "schema/loop.sch": f'<pattern xmlns="{SCH}"><include href="loop.sch"/></pattern>',
        "schema/broken.sch": "<pattern",
        "schema/bomb8.sch": PATTERN.format("b"),
    }
    with pytest.raises(BadRules) as caught:
        project(files, folder)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def _twenty(href: str) -> str:
    return f'<pattern xmlns="{SCH}">' + f'<include href="{href}"/>' * 20 + "</pattern>"


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ('<pattern is-a="none"/>', 'is-a "none"'),
        ('<pattern><rule context="*"><extends rule="none"/></rule></pattern>', 'extends "none"'),
        (
            '<pattern><rule abstract="true" id="a"><extends rule="b"/></rule><rule abstract="true"'
            ' id="b"><extends rule="a"/></rule><rule context="*"><extends rule="a"/></rule>'
            "</pattern>",
            "extends itself",
        ),
    ],
)
def test_what_is_abstract_and_nowhere_is_an_error_in_one_line(tei, rules, message):
    with pytest.raises(BadRules, match=message):
        found(tei(BODY), rules)


def test_rules_that_double_are_stopped(tei):
    rules = "".join(
        f'<rule abstract="true" id="r{n}">' + f'<extends rule="r{n + 1}"/>' * 2 + "</rule>"
        for n in range(40)
    )
    last = '<rule abstract="true" id="r40"/><rule context="*"><extends rule="r0"/></rule>'
    with pytest.raises(BadRules, match="repeat itself"):
        found(tei(BODY), f"<pattern>{rules}{last}</pattern>")


def test_a_group_tries_all_its_rules(tei):
    rule = '<rule context="tei:name"><assert id="{0}" test="@ref">{0}</assert></rule>'
    rules = rule.format("a") + rule.format("b")
    assert names(found(tei(BODY), f"<pattern>{rules}</pattern>")) == ["a"]
    assert names(found(tei(BODY), f"<group>{rules}</group>")) == ["a", "b"]


def test_a_rule_without_context_or_for_other_documents_is_told(tei):
    rules = """<pattern id="a"><rule><assert test="1">x</assert></rule></pattern>
      <pattern id="b" documents="'x.xml'"><rule context="*"><assert test="0">x</assert></rule>
      </pattern>
      <pattern id="c"><rule context="tei:name"><assert test="@ref">x</assert></rule></pattern>"""
    findings = found(tei(BODY), rules)
    assert names(findings) == ["c", "failed"]
    assert "a (its rule has no context" in findings[1].message
    assert "b (it is for other documents" in findings[1].message


RELAXNG = f"""<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:s="{SCH}" ns="{TEI}">
  <s:let name="least" value="1"/><start><ref name="p"/></start>
  <define name="p"><element name="p"><s:assert test="@n">p without n</s:assert><text/></element>
    <s:pattern id="whole"><s:rule context="tei:name"><s:assert test="@ref">a</s:assert></s:rule>
    </s:pattern>
    <s:rule id="alone" context="tei:name"><s:report test="$least = 1">b</s:report></s:rule>
  </define></grammar>"""


def test_rules_inside_relaxng_are_found_wherever_they_stand(project):
    findings = project({"schema/a.rng": RELAXNG}, name="a.rng")
    assert [(f.rule, f.message) for f in findings] == [
        ("schematron:rule", "p without n"),
        ("schematron:whole", "a"),
        ("schematron:alone", "b"),
    ]
    whole = RELAXNG.replace("<start>", '<include href="a.rng"/><start>').replace("alone", "outer")
    findings = project({"schema/b.rng": whole, "schema/a.rng": RELAXNG}, name="b.rng")
    assert sorted(names(findings)) == ["alone", "outer", "rule", "rule", "whole", "whole"]
    with pytest.raises(BadRules, match="no Schematron in this RELAX NG"):
        project(
            {"schema/c.rng": '<grammar xmlns="http://relaxng.org/ns/structure/1.0"/>'},
            name="c.rng",
        )


ODD = f"""<TEI xmlns="{TEI}" xmlns:sch="{SCH}"><schemaSpec ident="x">
  <elementSpec ident="name" mode="change"><classes><memberOf key="att.known"/></classes>
    <constraintSpec ident="has-ref" scheme="schematron"><constraint>
      <sch:assert test="@ref">no ref</sch:assert></constraint></constraintSpec>
    <attList><attDef ident="type" mode="change"><constraintSpec ident="short" scheme="schematron">
      <constraint><sch:assert test="string-length(.) > 3">short</sch:assert></constraint>
      </constraintSpec></attDef></attList></elementSpec>
  <classSpec ident="att.known" type="atts" mode="change">
    <constraintSpec ident="of-class" scheme="schematron"><constraint>
      <sch:report test="@type">class</sch:report></constraint></constraintSpec></classSpec>
  <classSpec ident="att.global" type="atts" mode="change">
    <constraintSpec ident="of-unknown" scheme="schematron"><constraint>
      <sch:report test="@type">class</sch:report></constraint></constraintSpec></classSpec>
  <constraintSpec ident="free" scheme="schematron"><constraint><sch:rule context="tei:p">
    <sch:assert test="@n">free</sch:assert></sch:rule></constraint></constraintSpec>
  </schemaSpec></TEI>"""


def test_rules_inside_an_odd_are_about_what_they_stand_in(project):
    findings = project({"schema/a.odd": ODD}, name="a.odd")
    assert names(findings) == ["free", "has-ref", "short", "of-class", "failed"]
    assert "of-unknown (its rule has no context" in findings[-1].message


def test_a_schema_that_was_changed_is_read_anew(project):

    files = {"schema/a.sch": f"{HEAD}{PATTERN.format('old')}</schema>"}
    assert names(project(files)) == ["old"]
    files = {"schema/a.sch": f"{HEAD}{PATTERN.format('new')}</schema>"}
    names(project(files))
    assert names(project(files)) == ["new"]


def test_bytes_alone_include_nothing(tei):
    with pytest.raises(BadRules, match="may not include"):
        list(check_schematron(tei(BODY), f'{HEAD}<include href="b.sch"/></schema>'.encode()))
