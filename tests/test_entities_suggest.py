"""`teikit entities suggest`: known names that are not marked."""

import csv
import io
import json
import os
import subprocess
import sys
import time
from array import array

import pytest

from entity_editions import PREFIX, run, search_of, suggestions, text, write_edition
from entity_figures import measure, strip_mentions
from shared_data import PROJECT, SHARED, needs
from teikit.check.spelling import spell
from teikit.document import read_document
from teikit.entities.gathering import gather_entities, search_files
from teikit.entities.usage import build_search
from teikit.pointers import read_prefixes, resolve
from teikit.project import Project, read_project
from teikit.safety.worker import Here


def found(folder, body, **options):
    """Return (number, line, column, name) for each suggestion in a body."""
    write_edition(folder, body)
    return [
        (one.number, one.place.line, one.place.column, one.name)
        for one in suggestions(folder, **options)
    ]


class TestFinding:
    """Which names are found, where, and under which number."""

    def test_the_longest_name_is_taken_and_numbered_with_its_place(self, tmp_path):
        body = "<p>Anna Bell met Anna,\n in <hi>北<lb/>\n京</hi>.</p>"
        assert found(tmp_path, body) == [
            (1, 2, 4, "Anna Bell"), (2, 2, 18, "Anna"), (3, 3, 9, "北京")
        ]  # fmt: skip

    def test_names_of_one_character_come_on_request_and_change_no_number(self, tmp_path):
        body = "<p>京 Anna 京</p>"
        assert found(tmp_path, body) == [(1, 2, 6, "Anna")]
        assert found(tmp_path, body, shortest=1) == [
            (2, 2, 4, "京"), (1, 2, 6, "Anna"), (3, 2, 11, "京")
        ]  # fmt: skip

    @pytest.mark.parametrize("body", [
        '<p><persName>Anna</persName> <rs ref="#x">with Anna</rs></p>', "<p>anna Annas</p>",
        '<p><!-- Anna --><?x Anna?><hi rend="Anna">x</hi></p>',
        "<p>An<note>x</note>na</p><p>An</p><p>na</p>",
    ])  # fmt: skip
    def test_what_is_marked_or_no_such_word_is_not_found(self, tmp_path, body):
        assert found(tmp_path, body) == []

    @pytest.mark.parametrize(("body", "column"), [
        ("<p>M&#252;nchen</p>", 4), ("<p>&amp; M&#xFC;nchen</p>", 10),
        ("<p><![CDATA[a < München]]></p>", 17), ("<p>x <!-- < y -->München</p>", 18),
        ("<p>x <?y <z?>München</p>", 14), ("<p><![CDATA[<!-- x ]]><!-- x -->München</p>", 33),
        ("<p>a<hi>b</hi><!-- c --> M<hi>ün</hi>chen</p>", 26),
    ])  # fmt: skip
    def test_the_place_is_that_in_the_file_however_it_is_written(self, tmp_path, body, column):
        assert [one[2] for one in found(tmp_path, body)] == [column]

    def test_an_ideographic_space_is_shown_in_the_context_and_parts_no_name(self, tmp_path):
        write_edition(tmp_path, "<p>賈\u3000雨村\u3000北\u3000京\u3000也\u3000者</p>")
        (one,) = suggestions(tmp_path)
        assert (one.name, one.before, one.after) == (
            "北京",
            "賈\u3000雨村\u3000",
            "\u3000也\u3000者",
        )

    def test_notes_and_titles_are_searched_too(self, tmp_path):
        body = "<head>Anna</head><p>x<note>Bea</note></p><p><title>On Anna</title></p>"
        assert [one[3] for one in found(tmp_path, body)] == ["Anna", "Bea", "Anna"]

    def test_a_title_that_is_a_work_is_told_and_cannot_be_marked_again(self, tmp_path):
        write_edition(tmp_path, "<p><title>Faust</title>, Faust</p>")
        one, other = suggestions(tmp_path)
        assert 'write ref="../registers/people.xml#faust"' in one.problem
        assert other.problem == ""

    @pytest.mark.parametrize("end", [
        '<pc force="weak">-</pc><lb\nn="1.4" edRef="#src" break="no"/>',
        '<pc force="weak">-</pc>\n<pb n="2"/>\n<lb break="no"/> ',
        '<pc force="weak">-</pc><pb/><!-- x --><cb/><lb break="no"/>', ' <lb break="no"/>\n ',
        '<pb/><lb break="no"/>',
    ])  # fmt: skip
    def test_a_name_divided_at_the_end_of_a_line_is_found(self, tmp_path, end):
        write_edition(tmp_path, f"<p>Saint{end}ly An{end}na B{end}ell break{end}fasts</p>")
        (one,) = suggestions(tmp_path)
        assert (one.before, one.name, one.after) == ("Saintly ", "Anna Bell", " breakfasts")
        assert one.problem == ""

    @pytest.mark.parametrize("end", [
        '-<lb break="no"/>', '<pc>-</pc><lb break="no"/>', '<pc force="weak">-</pc><lb/>',
        '<pc force="weak">-</pc>', '<lb/>', '<pc force="weak">-</pc><!-- x -->x<lb break="no"/>',
    ])  # fmt: skip
    def test_a_hyphen_that_is_kept_is_a_letter(self, tmp_path, end):
        assert found(tmp_path, f"<p>An{end}na</p>") == []

    def test_a_kept_hyphen_of_a_name_itself_is_found(self, tmp_path):
        register = (
            '<standOff><listPerson><person xml:id="j"><persName>Saint-Just</persName></person>'
            "</listPerson></standOff>"
        )
        write_edition(tmp_path, '<p>Saint-<lb break="no"/>Just</p>', register=register)
        assert [one.name for one in suggestions(tmp_path)] == ["Saint-Just"]

    def test_a_divided_title_that_is_a_work_is_told_too(self, tmp_path):
        weak = '<pc force="weak">-</pc><lb break="no"/>'
        write_edition(tmp_path, f"<p><title>Fa{weak}ust</title></p>")
        (one,) = suggestions(tmp_path)
        assert "it is a title already" in one.problem

    def test_a_name_that_crosses_a_border_says_which(self, tmp_path):
        write_edition(tmp_path, "<p><hi>An</hi>na <hi>to Be</hi>a</p>")
        one, other = suggestions(tmp_path)
        assert one.problem == ""  # the tags stand around hi
        assert other.problem == "it crosses the border of hi"

    def test_all_who_have_a_name_are_candidates(self, tmp_path):
        write_edition(tmp_path, "<p>Bea</p>")
        (one,) = suggestions(tmp_path)
        assert [each.uri.partition("#")[2] for each in one.candidates] == ["bea", "other-bea"]

    def test_names_in_an_included_part_are_told_with_its_file(self, tmp_path):
        include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="part.xml"/>'
        write_edition(tmp_path, f"<p>Anna</p>{include}<p>Anna</p>")
        part = '<div xmlns="http://www.tei-c.org/ns/1.0">\n<p>to <!-- x -->Anna</p></div>'
        (tmp_path / "texts" / "part.xml").write_text(part)
        whole = [(str(one.place), one.number) for one in suggestions(tmp_path)]
        second = 11 + len(include) + 4
        assert whole == [
            ("texts/0.xml:2:4", 1), (f"texts/0.xml:2:{second}", 2), ("texts/part.xml:2:17", 1)
        ]  # fmt: skip
        alone = suggestions(tmp_path, "texts/part.xml")
        assert [(str(one.place), one.number) for one in alone] == whole[2:]
        project = read_project(tmp_path)
        both = search_files(project, project.texts, search_of(tmp_path), Here()).suggestions
        assert [(str(one.place), one.number) for one in both] == whole

    def test_names_of_persons_are_found_in_the_order_of_texts(self, tmp_path):
        register = (
            '<standOff><listPerson><person xml:id="g"><persName><surname>Goethe</surname>, '
            "<forename>Johann</forename> <nameLink>von</nameLink></persName></person>"
            "</listPerson></standOff>"
        )
        write_edition(tmp_path, "<p>Johann von Goethe</p>", register=register)
        assert [one.name for one in suggestions(tmp_path)] == ["Johann von Goethe"]

    def test_what_a_text_lists_itself_is_looked_for_there_alone(self, tmp_path):
        own = (
            "<profileDesc><particDesc><listPerson><person xml:id='x'><persName>Xaver</persName>"
            "</person></listPerson></particDesc></profileDesc>"
        )
        write_edition(tmp_path, "<p>Xaver</p>", "<p>Xaver</p>")
        path = tmp_path / "texts" / "0.xml"
        path.write_text(path.read_text().replace("</teiHeader>", f"{own}</teiHeader>"))
        assert [one.candidates[0].pointer for one in suggestions(tmp_path)] == ["#x"]
        assert suggestions(tmp_path, "texts/1.xml") == []
        other = tmp_path / "texts" / "2.xml"
        other.write_text(text('<p><persName ref="0.xml#x">X</persName></p>'))
        assert [one.candidates[0].pointer for one in suggestions(tmp_path, "texts/1.xml")] == [
            "0.xml#x"
        ]


class TestSpelling:
    """Where characters stand in the file."""

    @pytest.mark.parametrize(("raw", "said"), [
        ("aé北\U00020000", "aé北\U00020000"), ("a&lt;b&#x5317;&#13;", "a<b北\r"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("<![CDATA[a&b]]>c<![CDATA[]]>d", "a&bcd"), ("x&own;y", "x--y"),
    ])  # fmt: skip
    def test_each_character_leads_back_to_what_stands_for_it(self, raw, said):
        utf8 = raw.encode()
        spelling = spell(utf8, 0, said, {"own": "--"})
        assert len(spelling.starts) == len(said)
        for index, character in enumerate(said):
            start, end, _, _ = spelling.character(index)
            written = utf8[start:end].decode()
            assert written == character or written[0] in "&\r", (raw, index)

    @pytest.mark.parametrize(("raw", "said", "known"), [
        ("ab&e;c", "abXc", 2), ("ab<x/>", "abc", 2), ("a&own;b", "a--", 1), ("", "a", 0),
    ])  # fmt: skip
    def test_what_the_file_does_not_show_is_not_known(self, raw, said, known):
        spelling = spell(raw.encode(), 0, said, {"own": "-<-"})
        assert spelling.starts == array("q", range(known))
        assert spelling.character(known) == (-1, -1, False, False)


class TestCommand:
    """What is printed, and the exit codes."""

    def test_lines_say_number_place_context_and_pointer(self, tmp_path, monkeypatch):
        write_edition(tmp_path, "<p>We saw Anna in <hi>Beijing</hi>.</p>", header=PREFIX)
        monkeypatch.chdir(tmp_path)
        result = run("suggest")
        assert result.exit_code == 1
        assert result.stdout.splitlines()[:2] == [
            "1  texts/0.xml:2:11  We saw 【Anna】 in Beijing.  -> person:anna",
            "2  texts/0.xml:2:23  We saw Anna in 【Beijing】.  -> person:beijing",
        ]
        assert "1 file searched: 2 suggestions." in result.stdout

    def test_nothing_to_suggest_is_0_and_what_stops_is_2(self, tmp_path, monkeypatch):
        write_edition(tmp_path, "<p>nobody</p>")
        monkeypatch.chdir(tmp_path)
        assert run("suggest").exit_code == 0
        assert run("suggest", "absent.xml").exit_code == 2
        assert run("suggest", "--entity", "nobody").exit_code == 2
        assert run("suggest", "--ask").exit_code == 2
        (tmp_path / "texts" / "bad.xml").write_text("<TEI>")
        result = run("suggest")
        assert result.exit_code == 2
        assert "left out: texts/bad.xml" in result.stderr
        (tmp_path / "registers" / "people.xml").unlink()
        assert "there are no entities" in run("suggest", "texts/0.xml").stderr

    def test_it_can_be_limited_and_numbers_stay(self, tmp_path, monkeypatch):
        write_edition(tmp_path, "<p>Anna, Anna Bell, Bea, 北京, Faust, 京</p>")
        monkeypatch.chdir(tmp_path)

        def numbers(*options):
            read = json.loads(run("suggest", "--format", "json", *options).stdout)
            return [one["number"] for one in read["suggestions"]]

        assert numbers() == [1, 2, 3, 4, 5]
        assert numbers("--kind", "place") == [4]
        assert numbers("--kind", "place", "--kind", "work", "--min-length", "1") == [4, 5, 6]
        assert numbers("--entity", "anna") == [1, 2]
        assert numbers("--name", "Anna Bell") == [2]
        assert numbers("--min-length", "5") == [2, 5]
        assert numbers("texts/0.xml", "--only", "1,3-4", "--skip", "3") == [1, 4]
        assert run("suggest", "--only", "1").exit_code == 2  # no file is named
        assert run("suggest", "texts/0.xml", "--only", "7").exit_code == 2
        assert run("suggest", "texts/0.xml", "--only", "x").exit_code == 2

    def test_json_and_csv_have_all_of_a_suggestion(self, tmp_path, monkeypatch):
        write_edition(tmp_path, "<p>to Bea!</p>")
        monkeypatch.chdir(tmp_path)
        (one,) = json.loads(run("suggest", "--format", "json").stdout)["suggestions"]
        assert (one["file"], one["line"], one["column"]) == ("texts/0.xml", 2, 7)
        assert (one["end_line"], one["end_column"]) == (2, 10)
        assert (one["before"], one["name"], one["after"]) == ("to ", "Bea", "!")
        assert [each["pointer"] for each in one["candidates"]] == [
            "../registers/people.xml#bea", "../registers/people.xml#other-bea"
        ]  # fmt: skip
        assert {(each["kind"], each["element"]) for each in one["candidates"]} == {
            ("person", "persName")
        }
        printed = run("suggest", "--format", "csv").stdout
        (row,) = csv.DictReader(io.StringIO(printed.removeprefix("\ufeff")))
        assert (row["number"], row["name"], row["column"]) == ("1", "Bea", "7")

    def test_a_register_can_be_named_for_a_folder_that_is_no_edition(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        write_edition(tmp_path, "<p/>")
        (tmp_path / "edition.toml").unlink()
        (tmp_path / "a.xml").write_text(text("<p>Anna</p>"))
        result = run("suggest", "a.xml", "--register", "registers/people.xml")
        assert "-> registers/people.xml#anna" in result.stdout
        assert run("suggest", "a.xml", "--register", "../people.xml").exit_code == 2
        assert run("suggest", ".").stdout.count("【Anna】") == 1


# as the letters mark their mentions, and the declaration
NAMED = ("}rs", "}orgName", "}country", "}region", "}settlement", "}title", "}term", "}eventName")


def targets_in(path, data, uris):
    """Return a function that says which of the entities an element mentions."""
    prefixes = read_prefixes(read_document(data, path))

    def targets(element):
        if not element.tag.endswith(NAMED):
            return set()
        found = (resolve(raw, path, prefixes).target for raw in element.get("ref", "").split())
        return {one for one in found if one in uris}

    return targets


def test_it_finds_the_names_of_our_own_edition_again():
    """Measured: all 158 names that stand in no other name, and 10 that the editors left."""
    folder, path = PROJECT / "tei", "texts/declaration.xml"
    project, data = read_project(folder), (folder / path).read_bytes()
    gathered = gather_entities(project, project.files, Here())
    search = build_search(str(folder), gathered.entities, gathered.files, 2)
    targets = targets_in(path, data, {one.uri for one in gathered.entities})
    stripped, mentions = strip_mentions(data, path, targets)
    assert len(mentions) == 204
    assert "".join(read_document(stripped, path).root.itertext()) == "".join(
        read_document(data, path).root.itertext()
    )
    figures = measure(data, path, search, targets)
    assert figures.missed == ()
    assert figures.named > 150
    assert figures.precision > 0.9


@needs(SHARED / "corpora" / "letters")
def test_it_finds_most_names_of_real_letters_again():
    """Measured over 60 letters: 207 of 227 names, and 75 places that are marked otherwise."""
    folder = SHARED / "corpora" / "letters"
    found = named = suggested = 0
    for path in sorted(folder.glob("L0[0-2]*.xml"))[:15]:
        gathered = gather_entities(Project(folder), [path.name], Here())
        search = build_search(str(folder), gathered.entities, gathered.files, 2)
        data = path.read_bytes()
        targets = targets_in(path.name, data, {one.uri for one in gathered.entities})
        figures = measure(data, path.name, search, targets)
        found, named = found + figures.found, named + figures.named
        suggested += figures.suggested
    assert named > 30
    assert found / named > 0.85
    assert found / suggested > 0.6


def test_ten_thousand_names_in_a_megabyte_take_seconds(tmp_path):
    people = "".join(
        f'<person xml:id="p{n}"><persName>Name{n} Of Many</persName></person>'
        for n in range(10_000)
    )
    words = " ".join(f"word{n} Name{n % 9_000} Of Many," for n in range(36_000))
    assert len(words) > 900_000
    write_edition(
        tmp_path,
        f"<p>{words[:200_000]}</p>",
        f"<p>{words}</p>",
        register=f"<standOff><listPerson>{people}</listPerson></standOff>",
    )
    search = search_of(tmp_path)

    def seconds(path):
        start = time.process_time()
        assert search_files(read_project(tmp_path), [path], search, Here()).suggestions
        return time.process_time() - start

    small, large = seconds("texts/0.xml"), seconds("texts/1.xml")
    assert large < 12 * small + 1  # 4.7 times as much text
    assert large < 30


def test_the_process_of_the_command_imports_no_parser():
    code = (
        "import sys\n"
        "import teikit.cli.entities_suggest, teikit.cli.entities_list, teikit.cli.marking\n"
        "import teikit.cli.entities_show, teikit.entities.showing\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'lxml'])"
    )
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "tools")}
    printed = subprocess.run(
        [sys.executable, "-P", "-c", code], env=environment, capture_output=True, text=True
    )
    assert printed.stdout.strip() == "[]", printed.stderr
