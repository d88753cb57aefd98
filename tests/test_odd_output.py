"""The ODD compiler: the texts it writes, the rules in them, and what it says is wrong."""

import pytest
from lxml import etree

from odd_tools import ALL, RNG, SCH, SOURCE, TEI, attribute, change, compiled, content, odd
from teikit.errors import TeikitError
from teikit.schema.odd import UnknownName, UnreadableOdd, UnreadableSource, compile_odd
from teikit.schema.odd.xpath import is_xpath1

# The grammar as a text


def test_only_our_glosses_are_in_the_grammar():
    result = compiled(
        change(
            "name",
            '<gloss xml:lang="zh-Hans">名称</gloss><desc xml:lang="zh-Hans">名</desc>'
            '<desc xml:lang="en">a\n  name</desc>'
            + attribute(
                '<desc xml:lang="en">what it names</desc><valList type="closed" mode="change">'
                '<valItem ident="org" mode="change"><desc xml:lang="en">a body</desc></valItem>'
                "</valList>"
            ),
        )
    )
    text = result.relaxng.decode()
    assert ">zh-Hans 名称: 名 / en a name<" in text
    assert ">what it names<" in text, "one language needs no label"
    value = next(v for v in etree.fromstring(result.relaxng).iter(f"{RNG}value") if v.text == "org")
    assert value.getnext().text == "a body"
    assert "PROSE" not in text
    assert "PROSE" not in result.schematron.decode()


def test_both_files_name_the_tei_and_its_licences():
    result = compiled(ALL)
    for head in (result.relaxng[:700].decode(), result.schematron[:700].decode()):
        for words in ("TEI P5 version 4.9.0", "TEI Consortium", "CC BY 3.0", "BSD-2-Clause"):
            assert words in head


def test_the_version_comes_from_the_odd_where_the_source_is_silent():
    silent = SOURCE.replace("Version 4.9.0", "").encode()
    asking = odd(ALL, 'ident="x" source="tei:4.10.2"')
    assert b"version 4.10.2" in compile_odd(asking, silent, name="my.odd").relaxng
    (message,) = compile_odd(asking, SOURCE.encode(), name="my.odd").messages
    assert message == "my.odd:3: the ODD is for TEI 4.10.2, the source given is TEI 4.9.0"


def test_the_same_odd_gives_the_same_bytes():
    declarations = content("<anyElement/>") + '<elementSpec ident="hi" mode="delete"/>'
    assert compiled(declarations) == compiled(declarations)


def test_what_nobody_uses_is_pruned():
    result = compiled('<moduleRef key="tei"/><moduleRef key="core" include="TEI"/>')
    defined = [d.get("name") for d in etree.fromstring(result.relaxng).iter(f"{RNG}define")]
    assert defined == [
        "TEI",
        "att.global.attribute.n",
        "att.global.attribute.xmlid",
        "att.global.attributes",
        "model.p",
        "teidata.text",
    ]


# Schematron


def rules(inside, where="name"):
    constraint = (
        f'<constraintSpec ident="rule" scheme="schematron"><constraint>{inside}</constraint>'
        "</constraintSpec>"
    )
    return compiled(change(where, constraint))


def patterns(result):
    return list(etree.fromstring(result.schematron).iter(f"{SCH}pattern"))


def test_a_bare_assertion_is_about_its_element():
    result = rules('<sch:assert test="@ref" role="warning" see="http://x">name it</sch:assert>')
    (pattern,) = patterns(result)
    assert pattern.get("id") == "rule"
    assert pattern[0].get("context") == "tei:name"
    assert dict(pattern[0][0].attrib) == {"test": "@ref", "role": "warning", "see": "http://x"}
    root = etree.fromstring(result.schematron)
    assert root.get("queryBinding") == "xslt"
    assert [(ns.get("prefix"), ns.get("uri")) for ns in root.iter(f"{SCH}ns")] == [("tei", TEI)]


def test_each_rule_is_tried_for_itself():
    two = '<sch:rule><sch:report test="a">x</sch:report></sch:rule>' * 2
    result = rules(f'<sch:ns prefix="m" uri="urn:m"/>{two}')
    assert [p.get("id") for p in patterns(result)] == ["rule", "rule-2"]
    assert [p[0].get("context") for p in patterns(result)] == ["tei:name"] * 2
    assert b'prefix="m"' in result.schematron


def test_a_context_that_is_written_stays():
    (pattern,) = patterns(
        rules('<sch:rule context="tei:p/tei:name"><sch:assert test="1">x</sch:assert></sch:rule>')
    )
    assert pattern[0].get("context") == "tei:p/tei:name"


def test_rules_of_classes_and_attributes_are_about_members_and_attributes():
    constraint = (
        '<constraintSpec ident="c" scheme="schematron"><constraint><sch:assert test=". != 1">x'
        "</sch:assert></constraint></constraintSpec>"
    )
    (pattern,) = patterns(compiled(change("name", attribute(constraint, "ref"))))
    assert pattern[0].get("context") == "tei:name/@ref"
    named = f'{ALL}<classSpec ident="att.named" mode="change">{constraint}</classSpec>'
    (pattern,) = patterns(compiled(named))
    assert pattern[0].get("context") == "tei:name | tei:country"


def test_abstract_rules_stay_with_those_that_extend_them():
    result = rules(
        '<sch:rule abstract="true" id="a"><sch:assert test="@n">x</sch:assert></sch:rule>'
        '<sch:rule context="tei:p"><sch:extends rule="a"/></sch:rule>'
    )
    (pattern,) = patterns(result)
    assert len(pattern) == 2


def test_diagnostics_and_whole_patterns_are_kept():
    result = rules(
        '<sch:pattern><sch:rule><sch:assert test="@n" diagnostics="d">x</sch:assert></sch:rule>'
        '</sch:pattern><sch:diagnostics><sch:diagnostic id="d">y</sch:diagnostic></sch:diagnostics>'
    )
    root = etree.fromstring(result.schematron)
    assert root[-1].tag == f"{SCH}diagnostics"
    assert root.find(f"{SCH}pattern/{SCH}rule").get("context") == "tei:name"


def test_rules_beyond_xpath_1_are_told():
    result = rules('<sch:assert test="every $x in @ref satisfies $x">x</sch:assert>')
    assert etree.fromstring(result.schematron).get("queryBinding") == "xslt2"
    assert "rule is no XPath 1.0" in result.messages[0]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("count(tei:p) > 1 and (@a or not(@b))", True),
        ("contains(@a, 'matches(x)')", True),
        ("key('ids', substring-after(@ref, '#'))", True),
        ("matches(@a, 'x')", False),
        ("if (@a) then 1 else 2", False),
        ("exists(@a)", False),
    ],
)
def test_xpath_1_is_told_from_later_versions(expression, expected):
    assert is_xpath1(expression) is expected


def test_rules_of_what_is_not_in_the_schema_are_left_out():
    constraint = (
        '<constraintSpec ident="c" scheme="schematron"><constraint><sch:assert test="1"/>'
        "</constraint></constraintSpec>"
    )
    result = compiled(
        '<moduleRef key="tei"/><moduleRef key="core"/>'
        f'<elementSpec ident="name" mode="change">{constraint}</elementSpec>'
    )
    assert patterns(result) == []
    assert "name is not selected" in result.messages[0]


# What is wrong


@pytest.mark.parametrize(
    ("declarations", "message"),
    [
        ('<moduleRef key="cor"/>', 'my.odd:4: there is no module "cor"; did you mean core?'),
        ('<moduleRef key="core" include="p hj"/>', "my.odd:4: there is no element in module core"),
        ('<moduleRef key="core" include="name"/>', "belongs to the module names, not to core"),
        ('<moduleRef url="x.rng"/>', "moduleRef/@url is not supported"),
        ('<elementRef key="nam"/>', 'there is no element "nam"; did you mean name?'),
        (f'{ALL}\n<elementSpec ident="px" mode="change"/>', 'my.odd:5: there is no element "px"'),
        (f'{ALL}<classSpec ident="model.x" mode="delete"/>', 'there is no class "model.x"'),
        (content('<macroRef key="macro.x"/>'), 'there is no macro "macro.x"'),
        (content('<elementRef key="zz"/>'), 'there is no element "zz"'),
        (content("<elementRef/>"), 'there is no element ""'),
        (content('<dataRef name="integr"/>'), "did you mean integer?"),
        (content('<rng:externalRef href="x"/>'), "rng:externalRef is not supported"),
        (content('<elementRef key="lb" maxOccurs="many"/>'), "whole numbers"),
        (content('<elementRef key="lb" maxOccurs="9999999"/>'), "go up to 200"),
        (content('<elementRef key="lb" minOccurs="3" maxOccurs="2"/>'), "is more than"),
        (content("<p/>"), "p cannot stand in a content model"),
        (change("p", attribute("", "tipe")), "there is no attribute of p called"),
        (
            change("p", '<classes><memberOf key="model.q"/></classes>'),
            'there is no class "model.q"',
        ),
        (f'{ALL}<specGrpRef target="#x"/>', 'there is no specGrp "x"'),
        (f'{ALL}<specGrpRef target="http://x/y.odd#z"/>', "outside this file"),
        (f'{ALL}<elementSpec mode="change"/>', "this elementSpec has no ident"),
        (f'{ALL}<classSpec ident="model.new"/>', 'needs type="model" or "atts"'),
        ('<moduleRef key="tei"/>', "start"),
        (
            f"{ALL}<constraintSpec ident='c' scheme='schematron'><constraint><sch:assert test='1'/>"
            "</constraint></constraintSpec>",
            "this rule needs a context",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(declarations, message):
    with pytest.raises(TeikitError) as caught:
        compiled(declarations)
    assert message in str(caught.value)
    assert str(caught.value).startswith("my.odd:")
    assert "\n" not in str(caught.value)


def test_an_old_odd_is_compiled_leniently():
    old = odd(f'{ALL}<elementRef key="gone"/><elementSpec ident="gone" mode="change"/>')
    with pytest.raises(UnknownName):
        compile_odd(old, SOURCE.encode(), name="my.odd")
    result = compile_odd(old, SOURCE.encode(), name="my.odd", lenient=True)
    assert result.messages == ('my.odd:4: there is no element "gone" (ignored)',)


def test_what_is_no_odd_and_what_is_no_source():
    with pytest.raises(UnreadableOdd, match=r"my\.odd:1: not well-formed"):
        compile_odd(b"<TEI>", SOURCE.encode(), name="my.odd")
    with pytest.raises(UnreadableOdd, match="it has no schemaSpec"):
        compile_odd(f'<TEI xmlns="{TEI}"/>'.encode(), SOURCE.encode(), name="my.odd")
    with pytest.raises(UnreadableSource, match="not the TEI source"):
        compile_odd(odd(ALL), b"<TEI/>", name="my.odd")
    with pytest.raises(UnreadableSource, match="not well-formed"):
        compile_odd(odd(ALL), b"", name="my.odd")


def test_nothing_outside_the_odd_is_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    entity = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
    declaration = change("p", "<desc>&x;</desc>")
    with pytest.raises(TeikitError):
        compile_odd(entity + odd(declaration), SOURCE.encode(), name="my.odd")
