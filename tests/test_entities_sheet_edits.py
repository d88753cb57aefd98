"""What a sheet changes in the XML: the values, and nothing else."""

import pytest

from sheets import PEOPLE, applied, changed_lines, rows_in, values_of
from teikit.document import TEI

EDITS = {
    "text": ("name(main):en", "A & B <x> ]]>", [
        '<persName xml:lang="en" type="main">Anna &#x42;ell</persName>'], [
        '<persName xml:lang="en" type="main">A &amp; B &lt;x> ]]&gt;</persName>']),
    "attribute in single quotes": ("birth@when", "it's", [
        "<birth when = '1801-02-03'/>"], ["<birth when = 'it&apos;s'/>"]),
    "attribute in double quotes": ("death@when", 'a"\n\t', [
        '<death   when="1888"'], ['<death   when="a&quot;&#10;&#9;"']),
    "attribute of the entry": ("entry@sex", "1", [
        "<person xml:id=\"anna\"   sex='2'>"], ["<person xml:id=\"anna\"   sex='1'>"]),
    "attribute taken out": ("entry@sex", "", [
        "<person xml:id=\"anna\"   sex='2'>"], ['<person xml:id="anna">']),
    "attribute added": ("type", "x", [
        "<person xml:id=\"anna\"   sex='2'>"], ["<person xml:id=\"anna\"   sex='2' type=\"x\">"]),
    "words in an empty element": ("birth", "in May", [
        "<birth when = '1801-02-03'/>"], ["<birth when = '1801-02-03'>in May</birth>"]),
    "words with layout": ("note:de", "Sie lebte", [
        '<note xml:lang="de">Sie wohnte', "am Ort.</note>"], [
        '<note xml:lang="de">Sie lebte</note>']),
    "line end": ("name(short)#2", "a\nb", [
        '<persName type="short">Bell</persName>'], ['<persName type="short">a&#10;b</persName>']),
    "element taken out": ("idno:gnd", "", ['<idno type="gnd">0118</idno>'], []),
    "words taken out": ("death", "", ["cert='low'>in 1888</death>"], ["cert='low'></death>"]),
    "element added": ("idno:viaf", "12", [], ['<idno type="viaf">12</idno>']),
    "element added among names": ("name(short)#3", "n", [], [
        '<persName type="short">n</persName>']),
    "elements added": ("residence/placeName", "Wells", [], [
        "<residence>", "<placeName>Wells</placeName>", "</residence>"]),
    "element with attribute added": ("floruit@notBefore", "1820", [], [
        '<floruit notBefore="1820"/>']),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_its_value_alone(name):
    column, value, went, came = EDITS[name]
    edited = applied(PEOPLE, ("anna", column, value))
    assert edited.refused == ()
    assert changed_lines(PEOPLE, edited.data) == (went, came)
    old, new = values_of(rows_in(PEOPLE), "anna"), values_of(edited.rows, "anna")
    assert {**old, column: value} == {**new, column: new.get(column, "")}


def test_an_element_goes_with_its_line_when_nothing_is_left_of_it():
    cleared = [("anna", column, "") for column in ("death", "death@when", "death@cert")]
    edited = applied(PEOPLE, *cleared)
    assert edited.data.decode("utf-8") == PEOPLE.replace(
        """
      <death   when="1888"
               cert='low'>in 1888</death>""",
        "",
    )


def test_a_name_goes_with_all_of_its_parts():
    edited = applied(PEOPLE, ("ben", "name/forename", ""), ("ben", "name/surname", ""))
    assert '<person xml:id="ben">\n      <occupation/></person>' in edited.data.decode("utf-8")


def test_one_of_several_can_go():
    edited = applied(PEOPLE, ("anna", "name(short)", ""), ("anna", "name(short)#2", "Belle"))
    assert values_of(edited.rows, "anna")["name(short)"] == "Belle"
    assert "name(short)#2" not in values_of(edited.rows, "anna")


def test_an_empty_entry_is_filled_as_its_neighbours_are():
    edited = applied(PEOPLE, ("cleo", "name:en", "Cleo"), ("cleo", "idno:gnd", "7"))
    assert """<person xml:id="cleo">
      <persName xml:lang="en">Cleo</persName>
      <idno type="gnd">7</idno>
    </person>""" in edited.data.decode("utf-8")


@pytest.mark.parametrize(
    ("register", "kind", "markup"),
    [
        ("people", "person", """    <person>nameless</person>
    <person xml:id="new" type="a&amp;b">
      <persName xml:lang="en">N</persName>
    </person>
  </listPerson>"""),
        ("people", "org", """  <listOrg>
    <org xml:id="new" type="a&amp;b">
      <orgName xml:lang="en">N</orgName>
    </org>
  </listOrg>"""),
        ("people", "place", """</place>
    <place xml:id="new" type="a&amp;b"><placeName xml:lang="en">N</placeName></place>
  </listPlace>"""),
    ],
)  # fmt: skip
def test_a_new_entry_stands_at_the_end_of_its_list(register, kind, markup):
    edited = applied(
        PEOPLE,
        ("new", "register", f"registers/{register}.xml"),
        ("new", "kind", kind),
        ("new", "type", "a&b"),
        ("new", "name:en", "N"),
    )
    assert edited.refused == ()
    assert markup in edited.data.decode("utf-8")
    assert values_of(edited.rows, "new") == {"type": "a&b", "name:en": "N"}


def test_several_new_entries_come_into_an_empty_list():
    new = [(name, "kind", "org") for name in ("one", "two")]
    edited = applied(PEOPLE, *new, ("one", "name", "1"), ("two", "name", "2"))
    assert """  <listOrg>
    <org xml:id="one">
      <orgName>1</orgName>
    </org>
    <org xml:id="two">
      <orgName>2</orgName>
    </org>
  </listOrg>""" in edited.data.decode("utf-8")


@pytest.mark.parametrize(
    ("identifier", "column", "reason"),
    [
        ("anna", "note", "there is markup among words here"),
        ("anna", "birth/p/idno", "cannot be added from a sheet"),
        ("anna", "death/placeName", "words stand here already"),
        ("ben", "name", "either words or elements"),
        ("book", "date", "there is markup among words here"),
        ("book", "name", "words stand beside it, so it is not taken out"),
        ("anna", "text", "either words or elements"),
        ("anna", "birth@xmlns", "is reserved by XML"),
    ],
)
def test_what_has_no_sound_place_is_refused(identifier, column, reason):
    value = "" if identifier == "book" and column == "name" else "x"
    edited = applied(PEOPLE, (identifier, column, value))
    assert edited.data == PEOPLE.encode("utf-8")
    ((refused,),) = [edited.refused]
    assert (refused.id, refused.column) == (identifier, column)
    assert reason in refused.reason


@pytest.mark.parametrize("identifier", ["kept", "listPerson"])
def test_an_id_of_something_else_is_refused(identifier):
    text = PEOPLE.replace("<listOrg/>", f'<listOrg xml:id="{identifier}"/>')
    edited = applied(text, (identifier, "kind", "person"), (identifier, "name", "N"))
    assert [one.id for one in edited.refused] == [identifier]
    assert edited.data == text.encode("utf-8")


def test_line_ends_and_encoding_stay():
    text = PEOPLE.replace("\n", "\r\n").replace("UTF-8", "ISO-8859-1").replace("Ōta", "Ota")
    data = text.encode("iso-8859-1")
    edited = applied(data, ("cleo", "name", "Müller Ō"), ("anna", "death", "x"))
    assert edited.data == text.replace(">in 1888<", ">x<").replace(
        '<person xml:id="cleo"/>',
        '<person xml:id="cleo">\r\n      <persName>Müller &#332;</persName>\r\n    </person>',
    ).encode("iso-8859-1")


def test_prefixes_stay():
    text = (
        '<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"><t:standOff><t:listPlace>'
        '<t:place xml:id="a"><t:placeName>A</t:placeName></t:place>'
        "</t:listPlace></t:standOff></t:TEI>"
    )
    new = [("b", "kind", "place"), ("b", "name", "B"), ("a", "location/geo", "1 2")]
    edited = applied(text, *new)
    assert (
        '<t:place xml:id="a"><t:placeName>A</t:placeName><t:location><t:geo>1 2</t:geo>'
        '</t:location></t:place><t:place xml:id="b"><t:placeName>B</t:placeName></t:place>'
    ) in edited.data.decode("utf-8")


def test_a_cdata_section_is_replaced_as_a_whole():
    text = PEOPLE.replace("in 1888", "<![CDATA[in <1888> & so]]>")
    assert values_of(rows_in(text), "anna")["death"] == "in <1888> & so"
    assert applied(text, ("anna", "death", "x")).data.decode("utf-8") == PEOPLE.replace(
        "in 1888", "x"
    )


def test_what_comes_out_of_a_dtd_is_left_to_the_dtd():
    declared = '<!ENTITY dot "<note>from the DTD</note>"><!ENTITY city'
    text = PEOPLE.replace("<!ENTITY city", declared).replace("<occupation/>", "&dot;")
    assert "note" not in values_of(rows_in(text), "ben")
    edited = applied(text, ("ben", "name/surname", "O"))
    assert edited.data.decode("utf-8") == text.replace("Ōta", "O")
    inner = f"<person xmlns='{TEI}' xml:id='dan'><persName>D</persName></person>"
    entry = f'<!ENTITY dot "{inner}"><!ENTITY city'
    text = PEOPLE.replace("<!ENTITY city", entry).replace('<person xml:id="cleo"/>', "&dot;")
    rows = rows_in(text)
    assert "dan" not in {row.id for row in rows.rows}
    assert "comes out of an entity of the DTD" in rows.notes[0].message
