"""A text's file with registers has the entries that the text leads to, and no others."""

from lxml import etree

from teikit.document import TEI, XML_ID, read_document
from teikit.edition.entries import entries_job
from teikit.edition.leading import Leading
from teikit.edition.merge import merge

_FILE = (
    f'<TEI xmlns="{TEI}"><teiHeader/><standOff>\n<listPerson>\n{{}}\n</listPerson>\n'
    "<listRelation>{}</listRelation></standOff></TEI>"
)
_ANNA = '<person xml:id="anna"><persName>Anna</persName><residence ref="#town"/></person>'
_BEN = '<person xml:id="ben"><persName>Ben</persName></person>'
_HOME = '<person xml:id="town"><p xml:id="part">Who is called Town.</p></person>'
_KNOWS = '<relation name="knows" active="#anna" passive="#{}"/>'
PATH = "registers/people.xml"


def cut(data, *targets):
    """Return the ids that are left of a register, and its bytes."""
    leading = Leading([entries_job(data, PATH)], {PATH: data})
    registers = leading.cut(targets)
    if not registers:
        return None, b""
    ((path, left),) = registers
    root = read_document(left, path).root
    return [one.get(XML_ID) for one in root.iter() if one.get(XML_ID)], left


def register(*people, relations=""):
    return _FILE.format("\n".join(people), relations).encode()


def test_what_the_text_leads_to_stays_and_what_that_leads_to():
    ids, left = cut(register(_ANNA, _BEN, _HOME), f"{PATH}#anna")
    assert ids == ["anna", "town", "part"]
    assert b"\n\n\n" not in left


def test_a_part_of_an_entry_brings_the_whole_entry():
    assert cut(register(_ANNA, _BEN, _HOME), f"{PATH}#part")[0] == ["town", "part"]


def test_a_register_that_is_not_led_to_is_left_out():
    assert cut(register(_ANNA, _BEN), "texts/a.xml#anna", "https://example.org/") == (None, b"")


def test_entries_that_lead_to_each_other_are_found_once():
    one = '<person xml:id="a" sameAs="#b"/>'
    other = '<person xml:id="b" sameAs="#a"/>'
    assert cut(register(one, other, _BEN), f"{PATH}#a")[0] == ["a", "b"]


def test_a_relation_stays_where_all_stay_between_whom_it_is():
    data = register(_ANNA, _BEN, _HOME, relations=_KNOWS.format("ben") + _KNOWS.format("town"))
    assert cut(data, f"{PATH}#anna")[1].count(b"<relation ") == 1
    assert cut(data, f"{PATH}#anna", f"{PATH}#ben")[1].count(b"<relation ") == 2


def test_bytes_before_the_register_do_not_shift_its_entries():
    data = b"\xef\xbb\xbf" + register("<!-- 麦 -->", _ANNA, _BEN)
    assert cut(data, f"{PATH}#ben")[0] == ["ben"]


def test_a_register_of_which_the_places_are_not_known_stays_whole():
    data = register(_ANNA, _BEN).decode()
    wide = ('<?xml version="1.0" encoding="UTF-16"?>' + data).encode("utf-16")
    entity = f'<!DOCTYPE TEI [<!ENTITY e "x">]>{data}'.encode()
    for one in (wide, entity):
        assert cut(one, f"{PATH}#anna")[0] == ["anna", "ben"]


def test_lists_of_which_nothing_is_left_are_left_out_of_the_merged_file():
    text = f'<TEI xmlns="{TEI}"><teiHeader/><text><body><p/></body></text></TEI>'.encode()
    _, left = cut(register(_ANNA, _BEN, relations=_KNOWS.format("ben")), f"{PATH}#ben")
    merged = merge(read_document(text, "texts/a.xml"), [read_document(left, PATH)])
    root = etree.fromstring(merged)
    assert root.find(f".//{{{TEI}}}listRelation") is None
    assert [one.get(XML_ID) for one in root.iter(f"{{{TEI}}}person")] == ["ben"]
