"""Ids, names and mentions across an edition."""

import dataclasses
import time

import pytest

from teikit.check.edition import validate_files
from teikit.check.records import KnownName
from teikit.check.unmarked import NameFinder, check_unmarked
from teikit.project import Project, read_project
from teikit.safety.worker import Here

HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0"{}><teiHeader/>'
TEXT = HEAD + "<text><body>\n{}\n</body></text></TEI>"
REGISTER = HEAD + "<standOff>\n{}\n</standOff></TEI>"


@pytest.fixture
def edition(tmp_path):
    """Return a function that writes texts and registers and says what is found in them."""

    def validate(texts=(), registers=(), levels=(), only=None):
        (tmp_path / "edition.toml").write_text("")
        for folder, template, files in (
            ("texts", TEXT, texts), ("registers", REGISTER, registers)
        ):  # fmt: skip
            (tmp_path / folder).mkdir(exist_ok=True)
            for number, content in enumerate(files):
                identifier, body = content if isinstance(content, tuple) else ("", content)
                given = f' xml:id="{identifier}"' if identifier else ""
                path = tmp_path / folder / f"{number}.xml"
                path.write_text(template.format(given, body), encoding="utf-8")
        project = dataclasses.replace(read_project(tmp_path), levels=levels)
        paths = only or project.files
        found = validate_files(project, paths, Here(), whole=only is None).report.findings
        return [one for one in found if one.rule.partition(":")[0] in ("ids", "registers")]

    return validate


def person(identifier, *names, rest=""):
    said = "".join(f"<persName>{name}</persName>" for name in names)
    return f'<listPerson><person xml:id="{identifier}">{said}{rest}</person></listPerson>'


def place(identifier, *names):
    said = "".join(f"<placeName>{name}</placeName>" for name in names)
    return f'<listPlace><place xml:id="{identifier}">{said}</place></listPlace>'


def said(findings):
    return [(one.place.path, one.rule) for one in findings if one.rule != "registers:no-mention"]


class TestIds:
    """An id means one thing in the edition."""

    def test_two_texts_of_one_id(self, edition):
        (finding,) = edition([("a", "<p/>"), ("b", "<p/>"), ("a", "<p/>")])
        assert (finding.place.path, finding.rule) == ("texts/2.xml", "ids:text-clash")
        assert "texts/0.xml" in finding.message

    def test_ids_inside_texts_may_recur(self, edition):
        assert edition(['<p xml:id="s3.p4"/>'] * 3) == []

    def test_one_id_in_two_registers(self, edition):
        found = edition(registers=[person("florence", "Florence"), place("florence", "Florence")])
        assert said(found) == [("registers/1.xml", "ids:entity-clash")]

    def test_files_that_only_lie_together_are_no_edition(self, tmp_path):
        for name in "ab":
            text = TEXT.format(' xml:id="t"', "<p/>")
            (tmp_path / f"{name}.xml").write_text(text, encoding="utf-8")
        report = validate_files(Project(tmp_path), ("a.xml", "b.xml"), Here(), whole=False).report
        assert [one.rule for one in report.findings if one.rule.startswith("ids")] == []


class TestTwoIds:
    """A name belongs to one entity of its kind."""

    @pytest.mark.parametrize(("one", "other", "clash"), [
        (person("a", "Anna Bell"), person("b", "Anna  bell"), True),
        (person("a", "Anna"), person("b", "Bea", "Anna"), True),
        (person("a", "Anna"), person("b", "Bea"), False),
        (person("a", "Florence"), place("b", "Florence"), False),
        (person("a", "caf\u00e9"), person("b", "cafe\u0301"), True),
        (person("a", "Anna", rest='<birth when="1800"/>'),
         person("b", "Anna", rest='<birth when="1900"/>'), False),
        (person("a", "Anna", rest='<birth when="1800"/>'), person("b", "Anna"), True),
        ('<listBibl><bibl xml:id="a"><author>A</author><title>Letters</title></bibl></listBibl>',
         '<listBibl><bibl xml:id="b"><author>B</author><title>Letters</title></bibl></listBibl>',
         False),
        ('<listBibl><bibl xml:id="a"><author>A</author><title>Letters</title></bibl></listBibl>',
         '<listBibl><bibl xml:id="b"><author>A</author><title>Letters</title></bibl></listBibl>',
         True),
        ('<listOrg><org xml:id="a"><orgName type="main">X</orgName><orgName type="short">S'
         "</orgName></org></listOrg>",
         '<listOrg><org xml:id="b"><orgName type="main">Y</orgName><orgName type="short">S'
         "</orgName></org></listOrg>", False),
    ])  # fmt: skip
    def test_same_names_are_told_unless_something_tells_them_apart(
        self, edition, one, other, clash
    ):
        expected = [("registers/1.xml", "registers:two-ids")] if clash else []
        assert said(edition(registers=[one, other])) == expected

    def test_both_places_are_said(self, edition):
        found = edition(registers=[person("a", "Anna"), person("b", "Anna")])
        (finding,) = [one for one in found if one.rule == "registers:two-ids"]
        assert '"b", and "a" at registers/0.xml:2:13' in finding.message
        assert finding.severity == "warning"

    def test_a_register_of_one_name_takes_no_time(self, edition):
        many = "".join(person(f"p{n}", "N. N.") for n in range(3000))
        start = time.process_time()
        found = edition(registers=[many])
        assert time.process_time() - start < 15
        assert sum(one.rule == "registers:two-ids" for one in found) == 2999


class TestMentions:
    """Who is in a register is mentioned somewhere."""

    @pytest.mark.parametrize("mention", [
        '<persName ref="../registers/0.xml#anna"/>', '<name key="anna"/>',
        '<sp who="../registers/0.xml#anna"><p/></sp>', '<p corresp="../registers/0.xml#anna"/>',
    ])  # fmt: skip
    def test_refs_keys_and_other_pointers_count(self, edition, mention):
        assert edition([mention], [person("anna", "Anna")]) == []

    def test_nobody_is_a_warning(self, edition):
        (finding,) = edition(["<p/>"], [person("anna", "Anna")])
        assert (finding.rule, finding.severity) == ("registers:no-mention", "warning")


ON = (("registers:unmarked", "info"),)


class TestUnmarked:
    """What reads like a known entity."""

    REGISTERS = (person("anna", "Anna Bell", "Anna"), place("bj", "北京", "Beijing", "B"))

    def found(self, edition, body, **options):
        body = f'<p corresp="../registers/0.xml#anna ../registers/1.xml#bj"/>{body}'
        return edition([body], self.REGISTERS, **options)

    def test_it_is_off_unless_switched_on(self, edition):
        assert self.found(edition, "<p>Anna in Beijing</p>") == []

    def test_it_says_where_and_which_pointer_to_use(self, edition):
        found = self.found(edition, "\n<p>To Anna\n  Bell, 在北京。</p>", levels=ON)
        assert [(one.place.line, one.place.column) for one in found] == [(3, 7), (4, 10)]
        assert [one.expected for one in found] == [
            ("../registers/0.xml#anna",), ("../registers/1.xml#bj",)
        ]  # fmt: skip
        assert {one.severity for one in found} == {"info"}

    def test_it_works_on_one_file_alone(self, edition):
        found = self.found(edition, "<p>Anna</p>", levels=ON, only=("texts/0.xml",))
        assert [one.rule for one in found] == ["registers:unmarked"]

    def test_a_register_may_include_its_entries_from_elsewhere(self, edition, tmp_path):
        (tmp_path / "people.xml").write_text(REGISTER.format("", person("anna", "Anna")))
        part = 'href="../people.xml" xpointer="element(/1/2/1)"'
        include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" {part}/>'
        for only in (None, ("texts/0.xml",)):
            found = edition(["<p>Anna</p>"], [include], levels=ON, only=only)
            unmarked = [one for one in found if one.rule == "registers:unmarked"]
            assert [one.expected for one in unmarked] == [("../people.xml#anna",)]

    @pytest.mark.parametrize("body", [
        "<p>Annabel, Joanna, B, anna</p>",
        '<p><persName>Anna</persName> <rs ref="#x">that <hi>Anna</hi></rs></p>',
        '<p><w key="a">Anna</w></p><sp><speaker>Anna</speaker></sp>',
        "<p>An<note>na</note></p>", "<p>An</p><p>na</p>", "<p>北<note>x</note>京</p>",
        "<p><choice><orig>Ana</orig><reg>Anna</reg></choice></p>",
        "<!-- Anna --><?x Anna?>",
    ])  # fmt: skip
    def test_what_is_marked_or_is_no_such_word_is_not_found(self, edition, body):
        assert self.found(edition, body, levels=ON) == []

    @pytest.mark.parametrize("body", [
        "<p>A<hi>nn</hi>a</p>", '<p>An<lb break="no"/>na</p>', "<p>北<lb/>\n京</p>",
        "<p>Anna<lb/>Bell</p>", "<p>x <!-- y -->Anna</p>", "<p>(Anna)</p>", "<p>字Anna字</p>",
        "<p>我在北京城</p>", '<sp who="#x"><p>Anna</p></sp>', "<p>A&#110;na</p>",
        '<p>An<pc force="weak">-</pc>\n<pb/><lb break="no"/>na</p>',
    ])  # fmt: skip
    def test_a_name_may_run_through_lines_and_typography(self, edition, body):
        assert len(self.found(edition, body, levels=ON)) == 1

    @pytest.mark.parametrize(("body", "end"), [
        ("\n<p>To Anna Bell, x</p>", (3, 16)), ("\n<p>To Anna\n Bell, x</p>", (4, 6)),
        ("\n<p>To A<hi>nn</hi>a, x</p>", (3, 20)), ("\n<p>在北京。</p>", (3, 7)),
        ("\n<p>To A&#110;na</p>", (3, 16)),
        ('\n<p>To An<pc force="weak">-</pc><lb\nbreak="no"/>na, x</p>', (4, 15)),
    ])  # fmt: skip
    def test_the_place_reaches_to_the_end_of_the_name(self, edition, body, end):
        (found,) = self.found(edition, body, levels=ON)
        assert (found.place.end_line, found.place.end_column) == end

    def test_the_longest_name_is_taken(self):
        finder = NameFinder([KnownName("Anna", ("a",)), KnownName("Anna Bell", ("b",))])
        found = [(one.start, one.known.name) for one in finder.find("Anna Bell, Anna Bellamy")]
        assert found == [(0, "Anna Bell"), (11, "Anna")]

    def test_many_names_in_a_long_text_take_no_time(self):
        finder = NameFinder(KnownName("a" * n, ("x",)) for n in range(2, 200))
        start = time.process_time()
        assert list(finder.find("a" * 100_000 + "b")) == []
        assert time.process_time() - start < 20

    def test_a_text_without_names_is_not_searched(self, tei):
        assert list(check_unmarked(tei("<p>Anna</p>"), ())) == []


def test_a_register_may_have_its_lists_in_the_text(tmp_path):
    (tmp_path / "edition.toml").write_text("")
    (tmp_path / "registers").mkdir()
    body = person("a", "Anna") + person("b", "Anna") + '<list><item xml:id="i">one</item></list>'
    path = tmp_path / "registers" / "persons.xml"
    path.write_text(TEXT.format("", body), encoding="utf-8")
    project = read_project(tmp_path)
    found = validate_files(project, project.files, Here(), whole=True).report.findings
    assert sorted(one.rule for one in found if one.rule.startswith("registers:")) == [
        "registers:no-mention",
        "registers:no-mention",
        "registers:two-ids",
    ]


@pytest.mark.parametrize("pointer", ["a" * 5000 + ".xml#a", "a%00b.xml#a", "a/" * 3000, "%FF.xml"])
def test_names_that_no_file_can_have_are_files_that_are_not_there(tmp_path, pointer):
    (tmp_path / "a.xml").write_text(TEXT.format("", f'<p><ref target="{pointer}"/></p>'))
    report = validate_files(Project(tmp_path), ("a.xml",), Here(), whole=False).report
    found = [one.rule for one in report.findings if one.rule.startswith("pointers:")]
    assert found == ["pointers:unknown-file"]


def test_pictures_and_unreadable_files_are_not_searched_for_ids(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    (tmp_path / "b.xml").write_text("<TEI><p></TEI>")
    body = '<p><ref target="a.png#xywh=1,2,3,4"/><ref target="b.xml#x"/></p>'
    (tmp_path / "a.xml").write_text(TEXT.format("", body))
    for paths in (("a.xml",), ("a.xml", "b.xml")):
        report = validate_files(Project(tmp_path), paths, Here(), whole=False).report
        assert [one for one in report.findings if one.rule.startswith("pointers:")] == []


def test_an_unmarked_mention_can_be_allowed(edition):
    allowed = '<?teikit allow="REG003" reason="the month"?>'
    body = '<p>{}<hi corresp="../registers/0.xml#m">März</hi></p>'
    registers = [person("m", "März")]
    for instruction, count in (("", 1), (allowed, 0)):
        found = edition([body.format(instruction)], registers, levels=ON)
        assert len(found) == count
