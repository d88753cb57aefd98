"""`teikit validate`: which files are meant, which rules, and what each finding carries."""

import json
import os
import sys

import pytest
from click.testing import CliRunner

from shared_data import PROJECT
from teikit.cli.commands import teikit

HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>'
TAIL = "</body></text></TEI>"
TWICE = f'{HEAD}<p xml:id="i"/><p xml:id="i"/>{TAIL}'
GOOD = f"{HEAD}<p/>{TAIL}"
ANY = "start = any any = element * { attribute * { text }*, (text | any)* }"  # lets all pass
DATE = f'{HEAD}<p><date when="2012-02-30"/></p>{TAIL}'


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that runs `teikit validate`, with a schema that says nothing."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "any.rnc", ANY)

    def call(*arguments, stdin=None):
        return CliRunner().invoke(
            teikit, ["validate", "--schema", "any.rnc", *map(str, arguments)], input=stdin
        )

    return call


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(result) -> dict:
    """Return what was printed with --format json."""
    return json.loads(result.stdout)


def places(result) -> list[tuple[str, str]]:
    return sorted({(one["file"], one["rule"]) for one in read(result)["findings"]})


# -- folders ----------------------------------------------------------------------------------


def test_a_folder_is_searched_for_tei(run, tmp_path):
    for name in ("b/x.xml", "b/deep/er/y.tei", "b/Z.XML", "b/own.odd"):
        write(tmp_path / name, TWICE)
    for name in ("b/readme.txt", "b/.hidden/x.xml", "b/.x.xml"):
        write(tmp_path / name, "<broken")
    result = run("--format", "json", "b")
    assert places(result) == [
        (name, "ids:duplicate") for name in ("b/Z.XML", "b/deep/er/y.tei", "b/own.odd", "b/x.xml")
    ]
    assert read(result)["files"] == 4


def test_what_teikit_built_is_not_searched(run, tmp_path):
    write(tmp_path / "f/a.xml", GOOD)
    write(tmp_path / "f/build/x.xml", TWICE)
    write(tmp_path / "f/build/.teikit.json", "{}")
    assert run("f").stdout == "1 file checked: nothing wrong.\n"


def test_links_out_of_the_folder_are_not_followed(run, tmp_path):
    write(tmp_path / "f/a.xml", GOOD)
    write(tmp_path / "outside/x.xml", TWICE)
    try:
        (tmp_path / "f/link.xml").symlink_to(tmp_path / "outside/x.xml")
        (tmp_path / "f/links").symlink_to(tmp_path / "outside")
        (tmp_path / "f/loop").symlink_to(tmp_path / "f")
    except OSError:
        pytest.skip("this system makes no links")
    assert run("f").stdout == "1 file checked: nothing wrong.\n"


def test_a_file_of_a_folder_that_is_not_tei_is_passed_over_and_said(run, tmp_path):
    write(tmp_path / "f/a.xml", GOOD)
    write(
        tmp_path / "f/sheet.xml",
        '<stylesheet xmlns:x="y"><a xml:id="i"/><a xml:id="i"/></stylesheet>',
    )
    result = run("f")
    assert result.exit_code == 0
    assert "f/sheet.xml:1:1: info: skipped: the outermost element is stylesheet" in result.stdout
    assert result.stdout.endswith("1 file checked: 1 info.\n")
    assert run("--ignore", "tei:not-tei", "f").stdout == "1 file checked: nothing wrong.\n"


def test_a_file_that_is_named_and_not_tei_is_an_error(run, tmp_path):
    write(tmp_path / "f/sheet.xml", "<stylesheet/>")
    result = run("--format", "json", "f/sheet.xml")
    assert (result.exit_code, places(result)) == (1, [("f/sheet.xml", "tei:not-tei")])


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read all")
@pytest.mark.parametrize("mode", [0, 0o400, 0o100])
def test_a_folder_that_may_not_be_read_is_said(run, tmp_path, mode):
    write(tmp_path / "f/a.xml", GOOD)
    write(tmp_path / "f/closed/b.xml", GOOD)
    (tmp_path / "f/closed").chmod(mode)
    try:
        result = run("f")
    finally:
        (tmp_path / "f/closed").chmod(0o700)
    assert (result.exit_code, "file:unreadable" in result.stdout) == (1, True)


def test_a_broken_file_in_a_folder_is_an_error(run, tmp_path):
    write(tmp_path / "f/a.xml", "<TEI><p></TEI>")
    assert run("f").exit_code == 1


def test_an_edition_inside_a_folder_is_checked_as_an_edition(run, tmp_path):
    write(tmp_path / "f/ed/edition.toml", '[checks]\n"ids:duplicate" = "warning"\n')
    write(tmp_path / "f/ed/texts/a.xml", TWICE)
    write(tmp_path / "f/ed/source/x.xml", TWICE)
    write(tmp_path / "f/b.xml", TWICE)
    result = run("--format", "json", "f")
    severities = {(one["file"], one["severity"]) for one in read(result)["findings"]}
    assert severities == {("f/ed/texts/a.xml", "warning"), ("f/b.xml", "error")}


def test_a_folder_inside_an_edition_belongs_to_it(run, tmp_path):
    write(tmp_path / "edition.toml", '[checks]\nids = "warning"\n')
    write(tmp_path / "texts/a.xml", TWICE.replace("<p ", '<p corresp="../registers/r.xml#r" ', 1))
    write(tmp_path / "registers/r.xml", f'{HEAD}<p xml:id="r"/>{TAIL}')
    result = run("--format", "json", "texts")
    assert (result.exit_code, places(result)) == (0, [("texts/a.xml", "ids:duplicate")])


def test_pointers_between_the_files_of_a_folder_are_followed(run, tmp_path):
    write(tmp_path / "f/a.xml", f'{HEAD}<p><ref target="sub/b.xml#i"/></p>{TAIL}')
    write(tmp_path / "f/sub/b.xml", f'{HEAD}<p xml:id="i"><ref target="../a.xml#x"/></p>{TAIL}')
    result = run("--format", "json", "f")
    assert places(result) == [("f/sub/b.xml", "pointers:unknown-target")]
    again = run("--format", "json", "f/sub/b.xml", "f")
    assert (places(again), read(again)["files"]) == (places(result), 2)


def test_each_file_is_checked_once_however_often_it_is_named(run, tmp_path):
    write(tmp_path / "f/sub/a.xml", TWICE)
    result = run("--format", "json", "f/sub/a.xml", "f", "./f/sub", "f/sub/a.xml")
    assert read(result)["files"] == 1
    assert [one["file"] for one in read(result)["findings"]] == ["f/sub/a.xml"]


def test_an_edition_and_another_file_can_be_checked_together(run, tmp_path):
    write(tmp_path / "ed/edition.toml", "")
    write(tmp_path / "ed/texts/a.xml", TWICE)
    write(tmp_path / "other.xml", TWICE)
    result = run("--format", "json", "ed", "other.xml")
    assert [file for file, _ in places(result)] == ["ed/texts/a.xml", "other.xml"]


# -- standard input ---------------------------------------------------------------------------


def test_standard_input_is_checked(run):
    result = run("-", stdin=TWICE)
    assert result.exit_code == 1
    assert result.stdout.startswith("<stdin>:1:")


def test_standard_input_can_say_which_file_it_is(run, tmp_path):
    write(tmp_path / "ed/edition.toml", "")
    write(tmp_path / "ed/texts/a.xml", GOOD)
    write(tmp_path / "ed/texts/b.xml", f'{HEAD}<p xml:id="j"/>{TAIL}')
    text = f'{HEAD}<p><ref target="b.xml#j"/><ref target="b.xml#k"/></p>{TAIL}'
    result = run("--format", "json", "--stdin-name", "ed/texts/a.xml", "-", stdin=text)
    (finding,) = read(result)["findings"]
    assert (finding["file"], finding["rule"]) == ("ed/texts/a.xml", "pointers:unknown-target")
    assert (tmp_path / "ed/texts/a.xml").read_text() == GOOD


def test_a_name_for_standard_input_without_it_is_one_line(run, tmp_path):
    write(tmp_path / "a.xml", GOOD)
    result = run("--stdin-name", "b.xml", "a.xml")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_standard_input_can_be_any_bytes(run):
    result = run("-", stdin=b"\xff\xfe\x00<")
    assert (result.exit_code, "error: " in result.stdout) == (1, True)


# -- rules ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "rules"),
    [
        (("--select", "ids"), {"ids:duplicate"}),
        (("--select", "ids:duplicate,dates"), {"ids:duplicate", "dates:impossible"}),
        (("--select", "ids", "--select", "dates"), {"ids:duplicate", "dates:impossible"}),
        (("--ignore", "ids"), {"dates:impossible"}),
        (("--select", "dates", "--ignore", "dates:impossible"), set()),
    ],
)
def test_rules_are_selected_and_ignored(run, tmp_path, arguments, rules):
    write(tmp_path / "a.xml", TWICE)
    write(tmp_path / "b.xml", DATE)
    result = run("--format", "json", *arguments, "a.xml", "b.xml")
    assert {rule for _, rule in places(result)} == rules
    assert result.exit_code == int(bool(rules))


def test_an_unknown_rule_is_one_line_with_what_was_meant(run, tmp_path):
    write(tmp_path / "a.xml", GOOD)
    result = run("--select", "publish:lost-txt", "a.xml")
    assert result.exit_code == 2
    assert "did you mean publish:lost-text?" in result.stderr
    assert run("--ignore", "qqqqqq", "a.xml").exit_code == 2


def test_levels_of_the_edition_hold(run, tmp_path):
    write(tmp_path / "texts/a.xml", TWICE)
    for level, code, severities in (
        ("error", 1, ["error"]),
        ("warning", 0, ["warning"]),
        ("info", 0, ["info"]),
        ("off", 0, []),
    ):
        write(tmp_path / "edition.toml", f'[checks]\n"ids:duplicate" = "{level}"\n')
        result = run("--format", "json")
        assert [one["severity"] for one in read(result)["findings"]] == severities
        assert result.exit_code == code


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ('"publish:lost-txt" = "off"', "did you mean publish:lost-text?"),
        ('qqqqqq = "off"', "teikit explain lists them"),
        ('transform = "loud"', 'must be one of "off", "info", "warning", "error"'),
        ("transform = 3", "must be one of"),
        ("transform = []", "must be one of"),
        ('PUB001 = "off"', "cannot be changed"),
    ],
)
def test_checks_that_are_wrong_are_one_line(run, tmp_path, settings, says):
    write(tmp_path / "edition.toml", f"[checks]\n{settings}\n")
    write(tmp_path / "texts/a.xml", GOOD)
    result = run()
    assert result.exit_code == 2
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("key", ["IDS", "ids", "IDS00"])
def test_the_letters_of_codes_can_be_set(run, tmp_path, key):
    write(tmp_path / "edition.toml", f'[checks]\n{key} = "info"\n')
    write(tmp_path / "texts/a.xml", TWICE)
    assert [one["severity"] for one in read(run("--format", "json"))["findings"]] == ["info"]


@pytest.mark.parametrize(("settings", "says"), [
    ('[checks]\nregisters:unmarked = "warning"',
     'put a name with a colon in quotation marks: "registers:unmarked" = ...'),
    ('[schema]\nrelaxng = "schema\\tei_all.rng"', "must be a path with / and not with \\"),
    ('[schema]\nrelaxng = "schema\\my.rng"', "write paths with / and not with \\"),
    ('[schema]\nrelaxng = "schema/tei_all.rng"', "schema/tei_all.rng: there is no such schema; "
     "relaxng under [schema] in edition.toml names it"),
    ('[schema]\nschematron = "schema/x.sch"', "schema/x.sch"),
])  # fmt: skip
def test_slips_in_settings_say_what_to_do(tmp_path, monkeypatch, settings, says):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "edition.toml", settings)
    write(tmp_path / "texts/a.xml", GOOD)
    result = CliRunner().invoke(teikit, ["validate"])
    assert result.exit_code == 2
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_paths_are_seen_from_the_folder_one_is_in(run, tmp_path, monkeypatch):
    write(tmp_path / "ed/edition.toml", "")
    write(tmp_path / "ed/texts/a.xml", TWICE)
    write(tmp_path / "ed/registers/r.xml", TWICE)
    monkeypatch.chdir(tmp_path / "ed/registers")
    arguments = ["validate", "--schema", str(tmp_path / "any.rnc")]
    result = CliRunner().invoke(teikit, [*arguments, "--format", "json"])
    assert [file for file, _ in places(result)] == ["../texts/a.xml", "r.xml"]
    shown = CliRunner().invoke(teikit, arguments).stdout
    assert "../texts/a.xml:1:" in shown and str(tmp_path) not in shown


def test_an_id_given_twice_says_where_first_without_the_file(run, tmp_path):
    write(tmp_path / "f/a.xml", TWICE.replace("><p", ">\n<p"))
    write(tmp_path / "f/b.xml", TWICE)
    found = read(run("--format", "json", "f"))["findings"]
    assert [one["message"].partition("; ")[2] for one in found] == [
        "first in line 2", f"first in line 1, column {len(HEAD) + 1}"
    ]  # fmt: skip


def test_files_without_a_schema_are_counted_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for count, says in ((2, "this and 1 other file were"), (3, "this and 2 other files were")):
        write(tmp_path / f"f/{count - 2}.xml", GOOD)
        write(tmp_path / f"f/{count - 1}.xml", GOOD)
        result = CliRunner().invoke(teikit, ["validate", "f"])
        assert f"f/0.xml: warning: {says} checked without a schema: they name none" in result.stdout


# -- schemas ----------------------------------------------------------------------------------


def test_a_schema_is_named_on_the_command_line(run, tmp_path):
    write(tmp_path / "a.xml", f"{HEAD}<pp/>{TAIL}")
    schema = PROJECT / "tei/schema/edition.rng"
    rules = {rule for _, rule in places(run("--format", "json", "--schema", schema, "a.xml"))}
    assert any(rule.startswith("relaxng:") for rule in rules)


@pytest.mark.parametrize("name", ["missing.rng", "a.xml", ".", "own.odd"])
def test_a_schema_that_is_none_is_one_line(run, tmp_path, name):
    write(tmp_path / "a.xml", GOOD)
    result = run("--schema", name, "a.xml")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


# -- what each finding carries ----------------------------------------------------------------


def test_every_finding_shows_its_way_and_its_line(run, tmp_path):
    write(tmp_path / "edition.toml", "")
    write(tmp_path / "texts/a.xml", f'{HEAD}\n<p/>\n<p>é<ref target="#no"/></p>\n{TAIL}')
    write(tmp_path / "texts/b.xml", f'{HEAD}\n<p>é<date when="2012-02-30"/></p>{TAIL}')
    found = {one["rule"]: one for one in read(run("--format", "json"))["findings"]}
    pointer, date = found["pointers:unknown-target"], found["dates:impossible"]
    assert pointer["path"] == "text > body > p 2 > ref"
    assert (pointer["source"], pointer["source_column"]) == ('<p>é<ref target="#no"/></p>', 5)
    assert (date["path"], date["source_column"]) == ("text > body > p > date", 11)


@pytest.mark.parametrize(
    ("data", "source", "column"),
    [
        (b"<TEI>\n<p>\xc3\xa9</q>\n</TEI>", "<p>é</q>", 7),
        (b"\xef\xbb\xbf<TEI>\r\n<p></q>\r\n</TEI>", "<p></q>", 6),
        ("\ufeff<TEI>\n<p>é</q>\n</TEI>".encode("utf-16-le"), "<p>é</q>", 7),
        (b"<TEI>\ncaf\xe9</TEI>", "caf\ufffd</TEI>", 4),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "", 0),
        (b"", "", 0),
    ],
)
def test_a_file_that_cannot_be_read_shows_the_line_where_it_stopped(
    run, tmp_path, data, source, column
):
    write(tmp_path / "a.xml", data)
    (finding,) = read(run("--format", "json", "a.xml"))["findings"]
    assert (finding["source"], finding["source_column"]) == (source, column)


@pytest.mark.parametrize(
    ("data", "rule"),
    [(b"<TEI><p></TEI>", "xml:not-well-formed"), (b"", "xml:empty"), (b"\xff", "xml:encoding")],
)
def test_a_file_that_cannot_be_read_is_said_whatever_is_selected(run, tmp_path, data, rule):
    write(tmp_path / "a.xml", data)
    result = run("--format", "json", "--select", "ids", "--ignore", "xml", "a.xml")
    assert (result.exit_code, places(result)) == (1, [("a.xml", rule)])
