"""A sheet held against the registers: what is a change, and what is a conflict."""

import pytest

from sheets import PEOPLE, compared, edited_sheet, rows_in, rules_of
from teikit.entities.cells import find_damage
from teikit.entities.columns import KINDS
from teikit.entities.sheet import render_sheet
from teikit.entities.sheet_changes import compare
from teikit.entities.sheet_import import by_entry
from teikit.entities.sheet_reading import Sheet, read_sheet
from teikit.place import Place
from teikit.report import Finding

NEWER = PEOPLE.replace("in 1888", "in May 1888")


def values_in(comparison) -> dict[tuple[str, str], str]:
    return {
        (change.id, one.column): one.value
        for changes in comparison.changes.values()
        for change in changes
        for one in change.values
    }


def sheet_of(*columns_left_out: str, text: str = PEOPLE, values=()) -> Sheet:
    """Return an exported sheet without some of its columns."""
    sheet = read_sheet(edited_sheet(render_sheet([rows_in(text)]), values), "a.csv")
    rows = [
        type(row)(
            row.number, {one: row.cells[one] for one in row.cells if one not in columns_left_out}
        )
        for row in sheet.rows
    ]
    return Sheet(tuple(one for one in sheet.columns if one not in columns_left_out), tuple(rows))


def test_what_only_the_sheet_changed_is_a_change():
    comparison = compared(PEOPLE, ("anna", "death", "x"))
    assert values_in(comparison) == {("anna", "death"): "x"}
    (difference,) = comparison.differences
    assert difference.old == "in 1888"
    assert "<death" in PEOPLE.splitlines()[difference.line - 1]
    assert comparison.unchanged == 5
    assert comparison.findings == []


def test_what_only_the_xml_changed_is_left():
    comparison = compared(NEWER, exported=PEOPLE)
    assert values_in(comparison) == {}
    assert (comparison.newer, comparison.findings) == (1, [])


def test_what_both_changed_is_a_conflict_unless_they_agree():
    comparison = compared(NEWER, ("anna", "death", "x"), exported=PEOPLE)
    assert values_in(comparison) == {}
    (finding,) = comparison.findings
    assert finding.rule == "sheet:conflict"
    assert (finding.place.line, finding.place.column) == (2, sheet_of().number_of("death"))
    assert "“x”" in finding.message
    assert "“in May 1888” (line" in finding.message
    agreed = compared(NEWER, ("anna", "death", "in May 1888"), exported=PEOPLE)
    assert (values_in(agreed), agreed.findings) == ({}, [])


def test_the_other_values_of_an_entry_are_no_conflict():
    comparison = compared(NEWER, ("anna", "birth@when", "1802"), exported=PEOPLE)
    assert values_in(comparison) == {("anna", "birth@when"): "1802"}
    assert comparison.findings == []


def test_a_value_that_the_xml_has_meanwhile_is_not_taken_out_by_an_empty_cell():
    newer = PEOPLE.replace("<occupation/>", "<occupation>nurse</occupation>")
    assert values_in(compared(newer, exported=PEOPLE)) == {}


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ([("anna", "[note(evidence)]", "See there.")], "sheet:shown-only"),
        ([("anna", "[note(evidence)]", "")], "sheet:shown-only"),
        ([("anna", "register", "registers/other.xml")], "sheet:unknown-entry"),
        ([("new", "register", "../../x.xml")], "sheet:unknown-entry"),
        ([("anna", "id", "anna-bell")], "sheet:unknown-entry"),
        ([("anna", "id", "")], "sheet:unknown-entry"),
        ([("anna", "id", "ben")], "sheet:repeated-id"),
        ([("1st", "kind", "person")], "sheet:bad-id"),
        ([("a b", "kind", "person")], "sheet:bad-id"),
        ([("anna", "kind", "place")], "sheet:kind"),
        ([("new", "name", "N")], "sheet:kind"),
        ([("new", "kind", "persona")], "sheet:kind"),
        ([("anna", "death", "a\x07b")], "sheet:bad-character"),
        ([("anna", "death", "a\x9bb")], "sheet:bad-character"),
        ([("new", "kind", "person"), ("new", "name", "\ufffe")], "sheet:bad-character"),
        ([("anna", "birth@when", "03.02.1801")], "sheet:damaged"),
        ([("anna", "idno:gnd", "118")], "sheet:damaged"),
        ([("new", "kind", "person"), ("new", "birth@when", "5/9/1888")], "sheet:damaged"),
    ],
)
def test_what_cannot_be_told_is_a_conflict_and_changes_nothing(values, rule):
    comparison = compared(PEOPLE, *values)
    assert rule in rules_of(comparison)
    assert values_in(comparison) == {}
    assert all(one.severity == "error" and one.hint for one in comparison.findings)


def test_an_entry_that_is_gone_is_not_made_again():
    gone = PEOPLE.replace('<person xml:id="cleo"/>', "")
    comparison = compared(gone, ("cleo", "name", "Cleo"), exported=PEOPLE)
    assert rules_of(comparison) == ["sheet:unknown-entry"]
    assert not comparison.changes


def test_a_copied_row_with_another_id_is_a_new_entry():
    data = render_sheet([rows_in(PEOPLE)])
    head, *rows = data.decode("utf-8").splitlines(keepends=True)
    copied = rows[0].replace(",anna,", ",anna2,").replace(",[", ",")
    sheet = read_sheet("".join([head, *rows, copied]).encode("utf-8"), "a.csv")
    comparison = compare(sheet, "a.csv", [rows_in(PEOPLE)], KINDS)
    ((change,),) = comparison.changes.values()
    assert (change.id, change.kind, change.is_new) == ("anna2", "person", True)
    assert ("sheet:shown-only", "warning") in {(f.rule, f.severity) for f in comparison.findings}


def test_rows_and_columns_that_are_not_there_say_nothing():
    sheet = sheet_of("death", "name(main):en", "[note]", "kind")
    comparison = compare(Sheet(sheet.columns, sheet.rows[:2]), "a.csv", [rows_in(PEOPLE)], KINDS)
    assert (values_in(comparison), comparison.findings) == ({}, [])
    assert (comparison.unchanged, comparison.missing) == (2, 4)


def test_rows_may_be_sorted():
    sheet = sheet_of(values=[("anna", "death", "x")])
    comparison = compare(Sheet(sheet.columns, sheet.rows[::-1]), "a.csv", [rows_in(PEOPLE)], KINDS)
    assert values_in(comparison) == {("anna", "death"): "x"}


def test_without_a_state_only_what_is_empty_is_filled():
    values = [("anna", "idno:viaf", "12"), ("anna", "death", "x"), ("anna", "birth@when", "")]
    comparison = compare(sheet_of("state", values=values), "a.csv", [rows_in(PEOPLE)], KINDS)
    assert values_in(comparison) == {("anna", "idno:viaf"): "12"}
    assert rules_of(comparison) == ["sheet:no-state"]


def test_a_state_of_another_row_does_not_count():
    sheet = sheet_of()
    state = sheet.rows[1].cells["state"]
    comparison = compared(PEOPLE, ("anna", "state", state), ("anna", "death", "x"))
    assert rules_of(comparison) == ["sheet:no-state"]


def test_a_column_for_oneself_is_left_alone_with_a_word():
    comparison = compared(PEOPLE, ("anna", "to do", "ask"), ("ben", "comment", "ask"))
    assert [(one.rule, one.severity) for one in comparison.findings] == [
        ("sheet:unknown-column", "warning")
    ] * 2
    assert values_in(comparison) == {}


def test_two_columns_for_one_value_must_agree():
    comparison = compared(PEOPLE, ("wells", "placeName", "W"))
    assert rules_of(comparison) == ["sheet:refused"]
    assert values_in(comparison) == {}


def test_a_split_cell_is_told():
    data = render_sheet([rows_in(PEOPLE)]).replace(b"in 1888", b"in, 1888")
    comparison = compare(read_sheet(data, "a.csv"), "a.csv", [rows_in(PEOPLE)], KINDS)
    assert rules_of(comparison) == ["sheet:damaged"]


@pytest.mark.parametrize(
    ("old", "new", "attribute"),
    [
        ("1888-05-09", "09.05.1888", "when"),
        ("1888-05-09", "5/9/1888", ""),
        ("1888-05-09", "09.05.1888 00:00", "when"),
        ("1888-05", "Mai 88", "when"),
        ("1888-05", "01.05.1888", ""),
        ("3/4", "03. Apr", ""),
        ("3/4", "03.04.2026", ""),
        ("MAR1", "01. Mrz", ""),
        ("9 May 1908", "09.05.1908", ""),
        ("", "09.05.1888", "notBefore"),
        ("0044", "44", "when"),
        ("1.50", "1,5", ""),
        ("0000000121032683", "121032683", ""),
        ("123456789012345678", "123456789012345000", ""),
        ("118540238999", "1.18540238999E+11", ""),
        ("", "1,23E+11", ""),
        ("1E5", "100000", ""),
        ("true", "WAHR", ""),
        ("x", "#NAME?", ""),
        ("x", "#WERT!", ""),
        ("x", "#######", ""),
        ("Dvořák", "Dvo?ák", ""),
        ("上海", "??", ""),
        ("Müller", "M\ufffdller", ""),
    ],
)
def test_what_spreadsheets_do_to_values_is_told(old, new, attribute):
    assert find_damage(old, new, attribute)


@pytest.mark.parametrize(
    ("old", "new", "attribute"),
    [
        ("1888-05-09", "1888-05-10", "when"),
        ("1888", "May 1888", ""),
        ("9 May 1908", "10 May 1908", ""),
        ("", "9 May 1908", ""),
        ("", "1888", "when"),
        ("0044", "0045", "when"),
        ("118", "119", ""),
        ("1.5 2", "1.5 3", ""),
        ("yes", "TRUE", ""),
        ("Dvořák", "Dvorak", ""),
        ("who?", "who??", ""),
        ("Q889", "Q8890", ""),
        ("", "12E5", ""),
    ],
)
def test_what_a_scholar_changes_is_no_damage(old, new, attribute):
    assert not find_damage(old, new, attribute)


def test_findings_belong_to_the_innermost_entry_around_them():
    rows = rows_in(PEOPLE)
    lines = PEOPLE.splitlines()

    def place(text: str) -> Place:
        line = next(number for number, one in enumerate(lines) if text in one)
        return Place("a.xml", line + 1, lines[line].index(text) + 1)

    expected = {
        "<idno type": "anna",
        "<surname": "ben",
        "<placeName>Wells": "wells",
        "<placeName>Inner": "inner",
        "nameless": "",
        "<listOrg": "",
    }
    findings = [Finding(place(text), "a", text) for text in expected]
    found = by_entry(findings, rows.rows)
    assert {one.message: name for name, several in found.items() for one in several} == expected
    one_line = rows_in(" ".join(lines))
    inside = [Finding(Place("a.xml", 1, row.start[1] + 1), "a", row.id) for row in one_line.rows]
    for name, several in by_entry(inside, one_line.rows).items():
        assert [one.message for one in several] == [name]
