"""Whatever is typed into a sheet comes back from the XML, and the rest of the file stays."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets import PEOPLE, edited_sheet, rows_in, shown_of
from teikit.entities.cells import harmless, plain
from teikit.entities.columns import KINDS
from teikit.entities.sheet import bare_values, render_sheet
from teikit.entities.sheet_changes import compare
from teikit.entities.sheet_jobs import edit_job
from teikit.entities.sheet_reading import read_sheet

INLINE = re.sub(r">\s+<(?!!)", "><", PEOPLE)
CRLF = PEOPLE.replace("\n", "\r\n")
CHARACTERS = "aé<>&\"'=+-@;, \t\n#[]()中文بة😀‏é]"
VALUES = st.one_of(
    st.text(CHARACTERS, max_size=8),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=8),
    st.just(""),
)
PLACES = [
    *(("anna", one) for one in (
        "entry@sex", "type", "name(main):en", "name(short)", "name(short)#2", "name(short)#3",
        "birth@when", "birth", "death", "death@when", "death@cert", "note:de", "idno:gnd",
        "idno:viaf", "residence/placeName", "residence/country", "floruit@notBefore", "sex@value",
    )),
    *(("ben", one) for one in (
        "name/forename", "name/surname", "name/forename#2", "occupation", "occupation@key",
        "name:ja",
    )),
    *(("cleo", one) for one in ("name:en", "birth@when", "entry@role", "desc", "desc:zh#2")),
    *(("wells", one) for one in ("name", "name:zh-Hans", "desc", "location/geo")),
    *(("inner", one) for one in ("type", "name", "location/geo", "location/country")),
    *(("book", one) for one in ("author", "name", "type", "name@level")),
]  # fmt: skip
EDITS = st.dictionaries(st.sampled_from(PLACES), VALUES, max_size=8)
KEPT = [
    '<!DOCTYPE TEI [<!ENTITY city "Old &amp; New Town">]>',
    "<!-- kept & as it is -->",
    "<!-- her -->",
    "in &city;, it <!-- is --> said.</note>",
    '<note type="evidence">See <ref target="x?a&amp;b">here</ref>.</note>',
    "<person>nameless</person>",
]


@given(EDITS, st.sampled_from([PEOPLE, INLINE, CRLF]), st.sampled_from(",;\t"))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_typed_comes_back(edits, text, delimiter):
    before = rows_in(text)
    sheet = edited_sheet(
        render_sheet([before]),
        [(one, column, value) for (one, column), value in edits.items()],
        delimiter,
    )
    read = read_sheet(sheet, "a.csv")
    comparison = compare(read, "a.csv", [before], KINDS)
    changes = [one for several in comparison.changes.values() for one in several]
    edited = edit_job(text.encode("utf-8"), before.path, tuple(changes))

    refused = {(one.id, one.column) for one in edited.refused}
    wanted = {(one.id, v.column): v.value for one in changes for v in one.values}
    for row in before.rows:
        expected = {cell.column: cell.value for cell in row.cells}
        expected.update(
            (column, value)
            for (one, column), value in wanted.items()
            if one == row.id and (one, column) not in refused
        )
        after = next(one for one in edited.rows.rows if one.id == row.id)
        assert bare_values(expected) == bare_values({c.column: c.value for c in after.cells})
        assert shown_of(edited.rows, row.id).keys() == shown_of(before, row.id).keys()
    left = {one for one in edits if one not in wanted or one in refused}
    told = len(comparison.findings) + len(refused)
    same = {
        (row.id, column)
        for row in before.rows
        for _, column in edits
        if edits.get((row.id, column))
        == {cell.column: cell.value for cell in row.cells}.get(column, "")
    }
    assert len(left - same) <= told  # nothing is dropped without a word
    untouched = {row.id for row in before.rows} - {one.id for one in changes}
    for markup in entries_of(text, untouched):
        assert markup in edited.data.decode("utf-8")
    for kept in KEPT:
        assert kept in edited.data.decode("utf-8").replace("\r\n", "\n")
    if not changes or len(refused) == len(wanted):
        assert edited.data == text.encode("utf-8")
    second = compare(
        read_sheet(render_sheet([edited.rows]), "a.csv"), "a.csv", [edited.rows], KINDS
    )
    assert not second.changes
    assert not second.findings


def entries_of(text: str, identifiers: set[str]) -> list[str]:
    """Return the markup of entries, from the tag to where the next entry begins."""
    pieces = re.split(r'(?=<(?:person|place|bibl)\b[^>]*xml:id=")', text)
    found = {re.search(r'xml:id="(\w+)"', piece)[1]: piece for piece in pieces[1:]}
    return [piece.rstrip() for one, piece in found.items() if one in identifiers - {"wells"}]


def test_all_that_is_beside_the_changes_stays():
    sheet = edited_sheet(render_sheet([rows_in(CRLF)]), [("anna", "death", "x"), ("cleo", "p", "")])
    (changes,) = compare(
        read_sheet(sheet, "a.csv"), "a.csv", [rows_in(CRLF)], KINDS
    ).changes.values()
    data = edit_job(CRLF.encode("utf-8"), "registers/people.xml", tuple(changes)).data
    assert data == CRLF.replace("in 1888", "x").encode("utf-8")


@given(st.text("'\"=+-@;, \t\nx＝", max_size=12))
@settings(max_examples=500, deadline=None)
def test_each_value_comes_back_from_its_cell_and_none_is_a_formula(value):
    cell = harmless(value)
    assert plain(cell) == value
    for part in re.split("[,;\t\n]", cell):
        assert part.lstrip('"')[:1] not in ("=", "+", "-", "@", "＝")
