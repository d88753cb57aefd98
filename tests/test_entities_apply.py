"""`teikit entities suggest --apply`: the tags that are added, and every other byte."""

import random
import re
import shutil
import sys
from pathlib import Path

import pytest

from entity_editions import (
    HEADER,
    PREFIX,
    TEI,
    mark_all,
    run,
    search_of,
    suggestions,
    write_edition,
)
from entity_figures import strip_mentions
from shared_data import PROJECT, TEI_ALL, needs, real_files
from teikit.check.records import CheckSettings, KnownName
from teikit.document import ORDINAL, read_document
from teikit.edits import CannotEdit
from teikit.entities.marking import mark_job
from teikit.entities.records import Choice, Known, Search, Tag
from teikit.entities.suggest import find_unmarked_names

ADDED = re.compile(r'<persName ref="[^"<>]*#added">(.*?)</persName>', re.DOTALL)


def marked(folder, body, **options):
    """Return the body of a text with all that is clear marked."""
    write_edition(folder, body, **options)
    data = mark_all(folder).data.decode()
    return data.partition("<body>\n")[2].partition("\n</body>")[0]


class TestTags:
    """Which element, and where."""

    @pytest.mark.parametrize(("body", "expected"), [
        ("<p>Anna</p>", '<p><persName ref="person:anna">Anna</persName></p>'),
        ("<p>An<hi>na</hi></p>", '<p><persName ref="person:anna">An<hi>na</hi></persName></p>'),
        ("<p><hi>Anna</hi></p>", '<p><hi><persName ref="person:anna">Anna</persName></hi></p>'),
        ("<p><w>Anna</w> <w>Bell</w></p>",
         '<p><persName ref="person:anna"><w>Anna</w> <w>Bell</w></persName></p>'),
        ("<p><w>Anna</w></p>", '<p><persName ref="person:anna"><w>Anna</w></persName></p>'),
        ("<p>An<lb break='no'/>na<!-- x --> Bell</p>",
         "<p><persName ref=\"person:anna\">An<lb break='no'/>na<!-- x --> Bell</persName></p>"),
        ('<p>An<pc force="weak">-</pc><lb\nn="2" break="no"/>na!</p>',
         '<p><persName ref="person:anna">An<pc force="weak">-</pc><lb\nn="2" break="no"/>na'
         '</persName>!</p>'),
        ('<p>Lily-<lb break="no"/>Anna</p>',
         '<p>Lily-<lb break="no"/><persName ref="person:anna">Anna</persName></p>'),
        ("<p>北京Faust</p>",
         '<p><placeName ref="person:beijing">北京</placeName>'
         '<title ref="person:faust">Faust</title></p>'),
        ("<p>Congress of\n Vienna</p>",
         '<p><eventName ref="person:congress">Congress of\n Vienna</eventName></p>'),
        ("<p>M&#252;nchen</p>", '<p><placeName ref="person:muenchen">M&#252;nchen</placeName></p>'),
    ])  # fmt: skip
    def test_the_element_of_the_kind_stands_around_the_name(self, tmp_path, body, expected):
        assert marked(tmp_path, body, header=PREFIX) == expected

    @pytest.mark.parametrize(("body", "reason"), [
        ("<p><hi>to Be</hi>a Bea</p>", "crosses the border of hi"),
        ("<p>a<![CDATA[ Faust]]></p>", "CDATA"),
        ("<p><title>Faust</title></p>", "into that tag"),
    ])  # fmt: skip
    def test_what_cannot_be_marked_soundly_is_told(self, tmp_path, body, reason):
        write_edition(tmp_path, body)
        one = suggestions(tmp_path)[0]
        assert reason in one.problem
        choice = Choice(one.number, one.candidates[0].uri)
        data = (tmp_path / "texts/0.xml").read_bytes()
        result = mark_job(data, "texts/0.xml", search_of(tmp_path), (choice,), CheckSettings())
        assert result.data == data
        assert reason in result.refused[0].reason

    def test_names_are_marked_as_the_edition_marks_them(self, tmp_path):
        body = (
            '<p><rs type="group" ref="{0}anna">they</rs> <country ref="{0}muenchen">M</country>'
            ' <name ref="{0}bea">B</name> Anna, 北京</p>'
        ).format("../registers/people.xml#")
        after = marked(tmp_path, body)
        assert '<rs type="group" ref="../registers/people.xml#anna">Anna</rs>' in after
        assert '<country ref="../registers/people.xml#beijing">北京</country>' in after

    def test_a_prefix_of_the_namespace_is_kept(self, tmp_path):
        write_edition(tmp_path, "<p/>")
        content = (
            '<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"><t:teiHeader/><t:text><t:body><t:p>Anna '
            "</t:p></t:body></t:text></t:TEI>"
        )
        (tmp_path / "texts" / "0.xml").write_text(content)
        expected = content.replace(
            "Anna", '<t:persName ref="../registers/people.xml#anna">Anna</t:persName>'
        )
        assert mark_all(tmp_path).data.decode() == expected

    def test_what_came_out_of_an_entity_is_left_alone(self, tmp_path):
        write_edition(tmp_path, "<p/>")
        content = (
            '<!DOCTYPE TEI [<!ENTITY u "&#252;"><!ENTITY ch "chen"><!ENTITY a "<hi>Anna</hi>">]>\n'
            + TEI.format(
                HEADER.format("")
                + "<text><body><p>M&u;nchen M&u;n&ch; &a;Anna, &a; Anna</p></body></text>"
            )
        )
        (tmp_path / "texts" / "0.xml").write_text(content, encoding="utf-8")
        data = mark_all(tmp_path).data.decode()
        tags = re.compile(r'<(placeName|persName) ref="[^"]*">(.*?)</\1>')
        assert [one[2] for one in tags.finditer(data)] == ["M&u;nchen", "M&u;n&ch;"]
        assert tags.sub(r"\2", data) == content


class TestSchema:
    """What is valid stays valid."""

    @needs(TEI_ALL)
    def test_what_the_schema_does_not_allow_is_not_written_and_the_rest_is(self, tmp_path):
        write_edition(tmp_path, "<p>Anna <date>Anna</date> <idno>Anna</idno> <w>An</w>x</p>")
        result = mark_all(tmp_path, check=CheckSettings(str(TEI_ALL)))
        assert b'Anna</persName> <date><persName ref="../' in result.data
        assert b"<idno>Anna</idno>" in result.data
        assert result.done == (1, 2)
        ((number, reason),) = [(one.number, one.reason) for one in result.refused]
        assert (number, "persName is not allowed here in idno" in reason) == (3, True)

    @needs(TEI_ALL)
    def test_what_was_wrong_before_does_not_matter(self, tmp_path):
        write_edition(tmp_path, "<p><oops/> Anna</p><p/><oops/>")
        result = mark_all(tmp_path, check=CheckSettings(str(TEI_ALL)))
        assert (result.done, result.refused) == ((1,), ())

    def test_the_next_way_is_tried_where_a_schema_knows_no_such_element(self, tmp_path):
        write_edition(tmp_path, "<p>Congress of Vienna and <hi>Anna</hi></p>")
        schema = tmp_path / "s.rnc"
        schema.write_text(
            'default namespace = "http://www.tei-c.org/ns/1.0"\n'
            "start = element TEI { element teiHeader { any }, element text { body } }\n"
            "body = element body { p* }\n"
            "any = (text | element * { attribute * { text }*, any })*\n"
            "p = element p { (text | name | element hi { text })* }\n"
            "name = element name { attribute type { text }, attribute ref { text }, text }"
            " | element persName { attribute ref { text }, element hi { text }}\n"
        )
        result = mark_all(tmp_path, check=CheckSettings(str(schema), folder=str(tmp_path)))
        assert result.refused == ()
        assert b'<name type="event" ref="../registers/people.xml#congress">Congress' in result.data
        assert b'#anna"><hi>Anna</hi></persName>' in result.data

    def test_a_rule_far_away_is_found_too(self, tmp_path):
        write_edition(tmp_path, "<p>Anna</p><p>Faust</p><p>北京</p><p>München</p>")
        schema = tmp_path / "s.sch"
        schema.write_text(
            '<schema xmlns="http://purl.oclc.org/dsdl/schematron">'
            '<ns prefix="t" uri="http://www.tei-c.org/ns/1.0"/><pattern><rule context="t:body">'
            '<assert test="not(.//t:placeName)">no places</assert></rule></pattern></schema>'
        )
        check = CheckSettings(schematron=str(schema), folder=str(tmp_path))
        result = mark_all(tmp_path, check=check)
        assert result.done == (1, 2)
        assert [one.number for one in result.refused] == [3, 4]


class TestBytes:
    """Nothing but tags is added, whatever the file is written in."""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_every_other_byte_stays(self, tmp_path, encoding, end):
        write_edition(tmp_path, "<p/>")
        declared = encoding.removesuffix("-sig")
        body = (
            "<p >Anna  &amp; <![CDATA[<北京>]]><!-- 北京 -->\n北\n京 <?x 北京?>"
            "<hi a='1'  >Anna Bell</hi></p>"
        )
        content = f'<?xml version="1.0" encoding="{declared}"?>\n<!DOCTYPE TEI>\n' + TEI.format(
            HEADER.format("") + f"<text><body>{body}</body></text>"
        )
        data = content.replace("\n", end).encode(encoding)
        (tmp_path / "texts" / "0.xml").write_bytes(data)
        after = mark_all(tmp_path).data
        said = after.decode(encoding)
        tags = re.compile(r'</?(?:persName|placeName)(?: ref="[^"]*")?>')
        assert len(tags.findall(said)) == 6
        assert tags.sub("", said).encode(encoding) == data
        assert f"北{end}京</placeName>" in said

    @pytest.mark.parametrize(
        "path",
        [
            *real_files("apparatus", "drama", "letters")[::12],
            *(pytest.param(one, marks=pytest.mark.slow) for one in real_files("novels")[:1]),
        ],
    )
    def test_real_texts_stay_what_they_were_and_no_name_is_offered_twice(self, path):
        data = path.read_bytes()
        document = read_document(data, path.name)
        words = sorted(set(re.findall(r"\w{3,}", "".join(document.root.itertext()))))
        chosen = random.Random(path.name).sample(words, min(len(words), 150))
        search = Search(
            "",
            tuple(KnownName(name, ("people.xml#added",)) for name in chosen),
            (Known("people.xml#added", "person", "Added", (Tag("persName"),)),),
        )
        found = [one.suggestion for one in find_unmarked_names(document, search)]
        choices = tuple(Choice(one.number, "people.xml#added") for one in found if not one.problem)
        result = mark_job(data, path.name, search, choices, CheckSettings())
        assert result.refused == ()
        assert result.done == tuple(one.number for one in choices)
        text = result.data.decode(document.encoding)
        assert ADDED.sub(r"\1", text).encode(document.encoding) == data
        again = find_unmarked_names(read_document(result.data, path.name), search)
        assert len(again) == len(found) - len(choices)
        assert all(one.suggestion.problem for one in again)


class TestCommand:
    """Only what was asked for, in the files that were named."""

    @pytest.fixture
    def edition(self, tmp_path, monkeypatch):
        """Return the paths of two texts of an edition, and go into it."""
        body = "<p>Anna, Bea, 北京</p>"
        write_edition(tmp_path, body, body)
        monkeypatch.chdir(tmp_path)
        return tmp_path / "texts" / "0.xml", tmp_path / "texts" / "1.xml"

    def test_only_the_file_that_is_named_changes_and_only_the_clear_is_marked(self, edition):
        before = [path.read_bytes() for path in edition]
        result = run("suggest", "texts/0.xml", "--apply")
        assert result.exit_code == 1
        assert "texts/0.xml: 2 mentions marked" in result.stdout
        assert "2  Bea: was not marked: several entities have this name" in result.stdout
        assert edition[0].read_text("utf-8").count(" ref=") == 2
        assert edition[1].read_bytes() == before[1]
        left = run("suggest", "texts/0.xml")
        assert "1  texts/0.xml" in left.stdout
        assert "1 suggestion, 1 of a name that several" in left.stdout
        after = edition[0].read_bytes()
        assert run("suggest", "texts/0.xml", "--apply").exit_code == 1
        assert edition[0].read_bytes() == after

    @pytest.mark.parametrize("arguments", [["--apply"], [".", "--apply"], ["texts", "--apply"]])
    def test_without_a_file_nothing_is_marked_but_all_is_shown(self, edition, arguments):
        before = [path.read_bytes() for path in edition]
        result = run("suggest", *arguments)
        assert result.exit_code == 2
        assert "name one" in result.stderr
        if "texts" not in arguments:
            assert "2 files searched: 6 suggestions" in result.stdout
        assert [path.read_bytes() for path in edition] == before

    def test_numbers_and_entities_choose(self, edition):
        result = run("suggest", "texts/0.xml", "--apply", "--only", "1")
        assert result.exit_code == 0
        assert edition[0].read_text("utf-8").count(" ref=") == 1
        result = run("suggest", "texts/0.xml", "--apply", "--entity", "other-bea")
        assert result.exit_code == 0
        assert '#other-bea">Bea</persName>' in edition[0].read_text("utf-8")
        assert run("suggest", "texts/1.xml", "--apply", "--skip", "2").exit_code == 0
        assert edition[1].read_text("utf-8").count(" ref=") == 2

    @pytest.mark.parametrize(("answers", "names"), [
        ("y\n2\nn\n", ["anna", "other-bea"]), ("n\nn\ny\n", ["beijing"]), ("q\n", []),
        ("y\nq\n", ["anna"]), ("a\n", ["anna", "beijing"]), ("n\n1\na\n", ["bea", "beijing"]),
        ("maybe\ny\nn\nn\n", ["anna"]),
    ])  # fmt: skip
    def test_each_can_be_asked_about(self, edition, answers, names):
        result = run("suggest", "texts/0.xml", "--apply", "--ask", stdin=answers)
        assert result.exit_code == 0, result.output
        assert re.findall(r'ref="[^#"]*#([^"]*)"', edition[0].read_text("utf-8")) == names

    def test_a_schema_that_is_none_stops_it_in_one_line(self, edition):
        (edition[0].parents[1] / "s.rnc").write_text("start = oops")
        (edition[0].parents[1] / "edition.toml").write_text('[schema]\nrelaxng = "s.rnc"\n')
        before = edition[0].read_bytes()
        result = run("suggest", "texts/0.xml", "--apply")
        assert result.exit_code == 2
        assert result.stderr.startswith("Error: ")
        assert "s.rnc" in result.stderr
        assert edition[0].read_bytes() == before

    def test_a_file_without_prefixes_is_told_of_them_where_they_may_be_needed(self, edition):
        (edition[0].parents[1] / "s.sch").write_text(
            '<schema xmlns="http://purl.oclc.org/dsdl/schematron"><ns prefix="t" '
            'uri="http://www.tei-c.org/ns/1.0"/><pattern><rule context="t:placeName">'
            "<assert test=\"starts-with(@ref, 'person:')\">short</assert></rule></pattern></schema>"
        )
        (edition[0].parents[1] / "edition.toml").write_text('[schema]\nschematron = "s.sch"\n')
        head = HEADER.format(PREFIX)
        edition[1].write_text(edition[1].read_text("utf-8").replace(HEADER.format(""), head))
        result = run("suggest", "texts/0.xml", "--apply", "--kind", "place")
        assert result.exit_code == 1
        assert "texts/0.xml declares no prefixes" in result.stdout
        assert run("suggest", "texts/1.xml", "--apply", "--kind", "place").exit_code == 0
        assert '<placeName ref="person:beijing">' in edition[1].read_text("utf-8")

    def test_who_breaks_off_has_changed_nothing(self, edition):
        before = edition[0].read_bytes()
        result = run("suggest", "texts/0.xml", "--apply", "--ask", stdin="y\n")
        assert result.exit_code == 1
        assert edition[0].read_bytes() == before

    def test_a_file_that_was_changed_meanwhile_is_not_written(self, edition, monkeypatch):
        import teikit.cli.marking as marking

        def change(*arguments):
            edition[0].write_bytes(edition[0].read_bytes() + b"\n")
            return CheckSettings()

        monkeypatch.setattr(marking, "_schemas", change)
        result = run("suggest", "texts/0.xml", "--apply")
        assert result.exit_code == 2
        assert "was changed while teikit read it" in result.stderr
        assert b" ref=" not in edition[0].read_bytes()

    def test_an_included_part_changes_only_when_it_is_named(self, edition):
        include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="part.xml"/>'
        edition[0].write_text(edition[0].read_text("utf-8").replace("<p>Anna", f"{include}<p>Anna"))
        part = edition[0].parent / "part.xml"
        part.write_text('<div xmlns="http://www.tei-c.org/ns/1.0"><p>Anna</p></div>')
        assert run("suggest", "texts/0.xml", "--apply", "--kind", "place").exit_code == 0
        assert b" ref=" not in part.read_bytes()
        assert edition[0].read_text("utf-8").count(" ref=") == 1
        assert run("suggest", "texts/part.xml", "--apply").exit_code == 0
        assert b'<p><persName ref="../registers/people.xml#anna">Anna<' in part.read_bytes()


def test_marking_again_what_was_taken_out_of_our_edition_gives_the_same_tags(tmp_path):
    """Of sections 5 and 6 the outermost mentions are taken out; the rest shows how to mark them."""
    folder = tmp_path / "tei"
    shutil.copytree(PROJECT / "tei", folder)
    path = folder / "texts" / "declaration.xml"
    data = path.read_bytes()
    document = read_document(data, "texts/declaration.xml")

    def targets(element):
        is_plain = set(element.keys()) <= {"ref", "type", ORDINAL}
        is_alone = not element.xpath("ancestor::*[@ref] or ancestor::*[local-name() = 'rs']")
        is_outer = is_alone and element.find(".//*[@ref]") is None
        return element.get("ref", "").split() if is_plain and is_outer and late(element) else ()

    def late(element):
        return document.place(element).line > 500

    stripped, taken = strip_mentions(data, document.path, targets)
    assert len(taken) > 25
    path.write_bytes(stripped)
    assert run("suggest", path, "--apply").exit_code == 0
    lines = list(zip(data.splitlines(), path.read_bytes().splitlines(), strict=True))
    wrong = [(old.decode(), new.decode()) for old, new in lines[500:] if old != new]
    # "of the border regions" is no mention; a role or a group is the editor's to tell
    assert len(wrong) <= 3
    assert all("地区" in new or "观察员国" in new for _, new in wrong)
    assert run("suggest", path).stdout.startswith("1 file searched: no suggestions")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_mark_that_would_change_more_is_refused(tmp_path, monkeypatch):
    import teikit.entities.marking as marking

    write_edition(tmp_path, "<p>Anna</p>")
    monkeypatch.setattr(marking, "apply_edits", lambda data, *_: data.replace(b"Anna", b"Bea"))
    with pytest.raises(CannotEdit):
        mark_all(Path(tmp_path))
