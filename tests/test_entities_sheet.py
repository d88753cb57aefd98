"""A sheet of entities: what its columns are, and that nothing is lost on the way and back."""

import csv
import io

import pytest
from lxml import etree

from shared_data import PROJECT, SHARED, shared_files
from sheets import PEOPLE, rows_in, shown_of, values_of
from teikit.document import XML_ID
from teikit.entities.cells import harmless, plain
from teikit.entities.columns import Column, Step, find_column
from teikit.entities.sheet import read_state, render_sheet, write_state
from teikit.entities.sheet_jobs import edit_job
from teikit.entities.sheet_reading import read_sheet
from teikit.errors import TeikitError

REGISTERS = [
    *sorted((PROJECT / "tei" / "registers").glob("*.xml")),
    *sorted((PROJECT / "tests" / "edition" / "registers").glob("*.xml")),
    *sorted((PROJECT / "starter" / "registers").glob("*.xml")),
    *shared_files(
        SHARED / "corpora" / "letters" / "listorg.xml",
        SHARED / "corpora" / "letters" / "listevent.xml",
        SHARED / "corpora" / "apparatus" / "personography.xml",
        SHARED / "corpora" / "apparatus" / "geography.xml",
    ),
]


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.stem)
def test_each_register_is_the_same_in_its_sheet(path):
    rows = rows_in(path.read_bytes(), path.name)
    sheet = read_sheet(render_sheet([rows]), "a.csv")
    assert rows.rows
    for row, read in zip(rows.rows, sheet.rows, strict=True):
        said = {head: value for head, value in read.cells.items() if value and head != "state"}
        assert said == row.values(path.name)
        state = read_state(read.get("state"))
        assert all(state.had(head, value) for head, value in read.cells.items() if head != "state")


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.stem)
def test_every_word_of_an_entry_is_in_its_row(path):
    rows = rows_in(path.read_bytes(), path.name)
    said = {row.id: [cell.value for cell in (*row.cells, *row.shown)] for row in rows.rows}
    entries = {one.get(XML_ID): one for one in etree.parse(path).iter(etree.Element)}
    for row in rows.rows:
        inner = {one.get(XML_ID) for one in entries[row.id].iter(etree.Element)}
        values = [value for one in inner & said.keys() for value in said[one]]
        if any("…" in value for value in values):
            continue  # cut, to be read only
        for text in entries[row.id].itertext():
            for word in text.split():
                assert any(word in value for value in values), (row.id, word)


def test_columns_are_what_a_scholar_expects():
    head = read_sheet(render_sheet([rows_in(PEOPLE)]), "a.csv").columns
    assert head[:4] == ("register", "id", "kind", "type")
    assert head[-1] == "state"
    assert {
        "name(main):en", "name(short)", "name(short)#2", "name/forename", "name/surname",
        "birth@when", "death", "death@when", "death@cert", "entry@sex", "idno:gnd", "note:de",
        "location/geo", "author", "name", "[note]", "[note(evidence)]", "[text]",
    } <= set(head)  # fmt: skip


def test_values_are_those_of_the_xml_without_its_layout():
    rows = rows_in(PEOPLE)
    assert values_of(rows, "anna") == {
        "entry@sex": "2",
        "name(main):en": "Anna Bell",
        "name(short)": 'A. "B"',
        "name(short)#2": "Bell",
        "birth@when": "1801-02-03",
        "death": "in 1888",
        "death@when": "1888",
        "death@cert": "low",
        "note:de": "Sie wohnte am Ort.",
        "idno:gnd": "0118",
    }
    assert shown_of(rows, "anna") == {
        "[note]": "She lived in Old & New Town, it said.",
        "[note(evidence)]": "See here.",
    }
    assert values_of(rows, "wells") == {"name": "Wells"}  # what is in it has a row of its own
    assert values_of(rows, "inner")["location/geo"] == "1.5 2"


def test_entries_without_an_id_or_with_one_twice_are_told():
    text = PEOPLE.replace('"cleo"', '"ben"')
    lines = text.splitlines()
    twice, nameless = (
        lines.index('    <person xml:id="ben"/>'),
        lines.index("    <person>nameless</person>"),
    )
    rows = rows_in(text)
    assert [row.id for row in rows.rows] == ["anna", "ben", "wells", "inner", "book"]
    told = [(one.rule, one.place.line, one.message) for one in rows.notes]
    assert told == [
        ("sheet:left-out", twice + 1, "ben is there a second time, so it is not in the sheet"),
        ("sheet:left-out", nameless + 1, "this person has no xml:id, so it is not in the sheet"),
    ]


@pytest.mark.parametrize(
    ("head", "kind", "column"),
    [
        ("text", "interp", Column()),
        ("type", "org", Column((), "type")),
        ("entry@when-iso", "event", Column((), "when-iso")),
        ("name:zh-Hans#2", "org", Column((Step("orgName", lang="zh-Hans", number=2),))),
        ("name", "biblStruct", None),
        ("<name>(a/b)", "person", Column((Step("name", "a", "b"),))),
        ("idno:gnd", "place", Column((Step("idno", "gnd"),))),
        ("idno(URL/gnd)#3", "place", Column((Step("idno", "URL", "gnd", number=3),))),
        ("name(main):en/surname", "person",
         Column((Step("persName", "main", lang="en"), Step("surname")))),
        ("birth@when", "person", Column((Step("birth"),), "when")),
        ("birth@", "person", None),
        ("my notes", "person", None),
        ("[note]", "person", None),
        ("note#0", "person", None),
        ("", "person", None),
    ],
)  # fmt: skip
def test_the_head_of_a_column_says_what_it_holds(head, kind, column):
    assert find_column(head, kind) == column
    if column is not None:
        assert column.head(kind) == head


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("-0044-03-15", "'-0044-03-15"),
        ("'=x", "''=x"),
        ('"=x', "\"'=x"),
        (" @x", " '@x"),
        ("＝x", "'＝x"),
        ("x;=HYPERLINK(1)", "x;'=HYPERLINK(1)"),
        ("x\n+1", "x\n'+1"),
        ("'tis", "'tis"),
        ("a, -b", "a, -b"),
    ],
)
def test_no_cell_is_a_formula_and_each_comes_back(value, cell):
    assert harmless(value) == cell
    assert plain(cell) == value


def test_heads_of_columns_are_no_formulas():
    rows = rows_in(PEOPLE.replace('type="gnd"', 'type="=1+1"'))
    text = render_sheet([rows]).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_a_sheet_has_a_byte_order_mark_and_line_ends_for_spreadsheets():
    data = render_sheet([rows_in(PEOPLE)])
    assert data.startswith(b"\xef\xbb\xbfregister,id,kind,")
    assert data.count(b"\r\n") == data.count(b"\n") == 1 + len(rows_in(PEOPLE).rows)


def test_a_value_that_is_too_long_for_a_cell_is_only_shown():
    rows = rows_in(PEOPLE.replace("in 1888", "x" * 32_001))
    assert "death" not in values_of(rows, "anna")
    assert len(shown_of(rows, "anna")["[death]"]) == 1000


def test_too_many_columns_are_refused():
    notes = "".join(f'<note type="t{number}">x</note>' for number in range(17_000))
    with pytest.raises(TeikitError, match="name fewer registers"):
        render_sheet([rows_in(PEOPLE.replace("<occupation/>", notes))])


def test_a_state_that_was_damaged_is_none():
    state = write_state({"id": "anna", "name": "Anna"})
    assert read_state(state).had("name", "Anna")
    assert not read_state(state).had("name", "Bell")
    assert read_state(state).had("birth", "")
    assert read_state(state[:-1]) is None
    assert read_state("") is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_sheets_are_read_as_spreadsheets_save_them(delimiter, encoding, line_end):
    lines = ["register;id;name;;", 'a.xml;x;"A ""b"", c";;', ";;;;"]
    mark = f"sep={delimiter}\r\n" if line_end == "\r\n" else ""
    text = mark + line_end.join(lines).replace(";", delimiter)
    sheet = read_sheet(text.encode(encoding), "a.csv")
    assert sheet.columns == ("register", "id", "name", "", "")
    assert [dict(row.cells) for row in sheet.rows] == [
        {"register": "a.xml", "id": "x", "name": 'A "b", c'}
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("id,name\nx,Müller\n".encode("cp1252"), "CSV UTF-8"),
        (b"PK\x03\x04\xff", "save the sheet as CSV"),
        (b"", "no column id"),
        (b"name\nx\n", "no column id"),
        (b"id,name,name\n", "two columns name"),
        (b'id,name\nx,"' + b"a" * 200_000, "no CSV that can be read"),
    ],
)
def test_what_is_no_sheet_is_told(data, message):
    with pytest.raises(TeikitError, match=message):
        read_sheet(data, "a.csv")


def test_no_change_leaves_the_bytes():
    data = PEOPLE.encode("utf-8")
    assert edit_job(data, "a.xml", ()).data == data
