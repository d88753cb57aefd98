"""`teikit entities`: the table of entities and their mentions."""

import csv
import io
import json
import re

import pytest

from entity_editions import PREFIX, TEI, run, write_edition
from shared_data import PROJECT, SHARED, needs
from teikit.entities.showing import cut
from teikit.visible import width

INTO = "../registers/people.xml#"


@pytest.fixture
def edition(tmp_path, monkeypatch):
    """Return a function that writes an edition and goes into it."""

    def write(*bodies, **options):
        monkeypatch.chdir(tmp_path)
        return write_edition(tmp_path, *bodies, **options)

    return write


def table(*arguments):
    """Return the rows of the table by id, and all of the JSON."""
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    read = json.loads(result.stdout)
    return {row["id"]: row for row in read["entities"]}, read


class TestTable:
    """Every entity, and how often it is mentioned where."""

    def test_mentions_are_counted_by_text_with_their_first_place(self, edition):
        edition(
            f'<p><persName ref="{INTO}anna">Anna</persName> and\n<rs ref="{INTO}anna">she</rs></p>',
            f'<p><persName ref="{INTO}anna {INTO}bea">they</persName></p>',
        )
        rows, _ = table()
        assert rows["anna"]["texts"] == [
            {"file": "texts/0.xml", "mentions": 2}, {"file": "texts/1.xml", "mentions": 1}
        ]  # fmt: skip
        first = rows["anna"]["mentions"][0]
        assert (first["file"], first["line"], first["column"]) == ("texts/0.xml", 2, 4)
        assert (first["words"], first["after"]) == ("Anna", " and she")
        assert len(rows["bea"]["mentions"]) == 1
        assert rows["beijing"]["mentions"] == []
        assert (rows["anna"]["file"], rows["anna"]["line"]) == ("registers/people.xml", 3)

    def test_mentions_in_notes_and_headers_count_and_those_in_lists_do_not(self, edition):
        edition(
            f'<p>x<note>by <persName ref="{INTO}anna">Anna</persName></note></p>'
            '<listPerson><person xml:id="own"><persName>Own</persName></person></listPerson>',
            header=f'<profileDesc><creation><persName ref="{INTO}bea"/></creation></profileDesc>',
        )
        rows, read = table()
        assert [one["before"] for one in rows["anna"]["mentions"]] == ["by "]
        assert [one["element"] for one in rows["bea"]["mentions"]] == ["persName"]
        assert rows["own"]["uri"] == "texts/0.xml#own"
        assert read["unreferred"] == []

    def test_what_leads_to_nothing_and_names_without_a_pointer_stand_at_the_end(self, edition):
        edition(
            f'<p><persName ref="{INTO}nobody">A</persName> <persName ref="gone.xml#a">B</persName>'
            '<persName>C</persName> <persName ref="#here">D</persName> <hi xml:id="here"/>'
            '<persName ref="https://example.org/e">E</persName> <persName key="anna">F</persName>'
            '<persName key="nobody">G</persName></p>'
        )
        rows, read = table()
        assert [one["words"] for one in read["lost"]] == ["A", "B", "G"]
        assert [one["words"] for one in read["elsewhere"]] == ["D", "E"]
        assert [one["words"] for one in read["unreferred"]] == ["C"]
        assert [one["words"] for one in rows["anna"]["mentions"]] == ["F"]
        lines = run().stdout.splitlines()
        assert "3 mentions lead to nothing:" in lines
        assert f'  texts/0.xml:2:4: <persName ref="{INTO}nobody"> A' in lines

    def test_a_prefix_is_how_an_entity_is_called(self, edition):
        edition('<p><persName ref="person:anna">Anna</persName></p>', header=PREFIX)
        rows, _ = table()
        assert rows["anna"]["pointer"] == "person:anna"
        assert "person:anna" in run().stdout

    def test_where_ids_are_not_unique_the_files_are_named(self, edition):
        own = '<listPlace><place xml:id="{}"><placeName>Wien</placeName></place></listPlace>'
        edition(*(f"<p>x</p>{own.format(name)}" for name in ("pmb50", "pmb50", "rom")))
        head, *lines = run("--sort", "name").stdout.splitlines()
        assert head.split()[-2:] == ["listed", "in"]
        listed = {line.split()[0]: line[head.index("listed in") :] for line in lines if line}
        assert listed["rom"] == listed["anna"] == ""
        ends = [line.rpartition("  ")[2] for line in lines if line.startswith("pmb50")]
        assert ends == ["texts/0.xml", "texts/1.xml"]
        assert "listed in" not in run("--kind", "person").stdout

    def test_columns_are_aligned_where_characters_are_wide(self, edition):
        edition("<p/>", f'<p><placeName ref="{INTO}beijing">北京</placeName></p>')
        lines = run("--sort", "name").stdout.splitlines()
        counts = [re.match(r".*?\s(\d+) +\d+  \S+$", line) for line in lines]
        rows = [one for one in counts if one]
        assert any("北京" in one[0] for one in rows)
        assert {width(one[0][: one.end(1)]) for one in rows} == {
            lines[0].index("mentions") + len("mentions")
        }

    def test_long_names_are_cut_for_people_only(self, edition):
        name = "一" * 100
        register = (
            f'<standOff><listOrg><org xml:id="o"><orgName>{name}</orgName></org></listOrg>'
            "</standOff>"
        )
        edition("<p/>", register=register)
        shown = run().stdout
        assert name not in shown
        assert "…" in shown
        assert width(cut(name)) <= 40
        assert name in run("--format", "csv").stdout
        assert table()[0]["o"]["name"] == name

    def test_it_can_be_sorted_and_limited(self, edition):
        edition(f'<p><persName ref="{INTO}bea">Bea</persName></p>', "<p/>")
        ids = list(table()[0])
        assert ids[0] == "bea"
        by_name = [row["name"] for row in table("--sort", "name")[0].values()]
        assert by_name == sorted(by_name, key=str.casefold)
        assert set(table("--kind", "place")[0]) == {"beijing", "muenchen"}
        assert set(table("--text", "texts/0.xml")[0]) == {"bea"}
        assert table("--text", "texts/1.xml")[0] == {}
        assert run("--text", "texts/9.xml").exit_code == 2

    def test_csv_has_a_row_for_each_and_no_formulas(self, edition):
        register = (
            '<standOff><listOrg><org xml:id="o"><orgName>=1+1</orgName></org></listOrg></standOff>'
        )
        edition("<p/>", register=register)
        (row,) = csv.DictReader(io.StringIO(run("--format", "csv").stdout.removeprefix("\ufeff")))
        assert (row["entity"], row["kind"], row["name"]) == ("o", "org", "'=1+1")
        assert (row["mentions"], row["file"]) == ("0", "registers/people.xml")

    def test_nothing_in_a_name_steers_a_terminal(self, edition):
        register = (
            '<standOff><listOrg><org xml:id="o"><orgName>a\u202eb</orgName></org></listOrg>'
            "</standOff>"
        )
        edition("<p><name>\u202e::error::</name></p>", register=register)
        assert "\u202e" not in run().stdout
        assert "\u202e" not in run("--format", "json").stdout

    def test_an_included_part_is_told_with_its_own_file_and_once(self, edition, tmp_path):
        include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="part.xml"/>'
        edition(include)
        part = (
            '<div xmlns="http://www.tei-c.org/ns/1.0">\n'
            f'<p><persName ref="{INTO}anna">Anna</persName></p></div>'
        )
        (tmp_path / "texts" / "part.xml").write_text(part, encoding="utf-8")
        rows, _ = table()
        assert [(one["file"], one["line"]) for one in rows["anna"]["mentions"]] == [
            ("texts/part.xml", 2)
        ]

    def test_a_file_that_cannot_be_read_is_told_and_the_others_are_shown(self, edition, tmp_path):
        edition("<p/>")
        (tmp_path / "texts" / "bad.xml").write_text("<TEI>")
        result = run()
        assert result.exit_code == 0
        assert "left out: texts/bad.xml:1" in result.stderr
        assert "anna" in result.stdout


class TestShow:
    """All mentions of one entity."""

    @pytest.mark.parametrize("asked", ["anna", "person:anna", "registers/people.xml#anna",
                                       "Anna Bell"])  # fmt: skip
    def test_an_entity_is_found_by_id_pointer_or_name(self, edition, asked):
        edition('<p>To <persName ref="person:anna">Anna</persName>!</p>', header=PREFIX)
        result = run("show", asked)
        assert result.exit_code == 0
        assert "texts/0.xml:2:7: To 【Anna】! <persName>" in result.stdout
        assert "1 mention in 1 text." in result.stdout

    def test_a_name_in_a_note_keeps_its_distance(self, edition):
        name = '<persName ref="person:anna">Anna</persName>'
        edition(f"<p>x<note>The\n house of {name}'s <hi>aunt</hi></note></p>", header=PREFIX)
        assert ": The house of 【Anna】's aunt <persName>" in run("show", "anna").stdout

    def test_a_word_divided_at_the_end_of_a_line_is_one_word(self, edition):
        weak = '<pc force="weak">-</pc>\n<lb break="no"/>'
        name = f'<persName ref="person:anna">An{weak}na</persName>'
        edition(
            f"<p>Break{weak}fast with {name} for{weak}ever</p>"
            f"<p>x<note>Break{weak}fast with {name} for{weak}ever</note></p>",
            header=PREFIX,
        )
        shown = run("show", "anna").stdout
        assert shown.count("Breakfast with 【Anna】 forever <persName>") == 2

    def test_what_is_not_there_is_told_with_what_may_be_meant(self, edition):
        edition("<p/>")
        result = run("show", "ana")
        assert result.exit_code == 2
        assert "did you mean anna?" in result.stderr


def test_our_own_edition_has_its_entities_and_mentions(monkeypatch):
    monkeypatch.chdir(PROJECT)
    rows, read = table("tei")
    assert len(rows["sco-member-states"]["mentions"]) == 50
    assert read["lost"] == read["elsewhere"] == []
    assert {one["element"] for one in read["unreferred"]} == {"rs"}


@needs(SHARED / "corpora" / "letters")
def test_a_folder_without_settings_is_read_too():
    rows, read = table(SHARED / "corpora" / "letters" / "L00815.xml")
    assert len(rows["pmb860"]["mentions"]) == 1
    assert rows["pmb860"]["name"] == "Graz"
    assert read["lost"] == []


def test_help_names_the_next_step_and_a_folder_may_be_named_like_anything(tmp_path):
    assert "suggest" in run("--help").stdout
    (tmp_path / "a.xml").write_text(TEI.format("<teiHeader/><text><body><p/></body></text>"))
    assert "0 entities" in run(tmp_path).stdout
    assert run(tmp_path / "absent").exit_code == 2
