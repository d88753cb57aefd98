"""The ODD compiler: selecting, attributes and content, against a small TEI of our own."""

import pytest
from lxml import etree

from odd_tools import ALL, RNG, TEI, attribute, change, compiled, content, validator, values


@pytest.fixture
def schema():
    """Return a function: declarations of an ODD -> a function that validates a paragraph."""
    return validator


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
