"""`teikit validate`: what is printed, and how it ends."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from teikit.cli.commands import teikit
from teikit.rules import code_of
from validating import ANY, GOOD, HEAD, TAIL, TWICE, write

TOOLS = Path(__file__).resolve().parents[1] / "tools"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that runs teikit in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        return CliRunner().invoke(teikit, list(map(str, arguments)))

    return call


def test_a_good_file_ends_with_0(run, tmp_path):
    schema = write(tmp_path / "any.rnc", ANY)
    result = run("validate", "--schema", schema, write(tmp_path / "a.xml", GOOD))
    assert (result.exit_code, result.stdout) == (0, "1 file checked: nothing wrong.\n")


def test_a_file_that_names_no_schema_is_checked_without_one_and_a_warning_says_so(run, tmp_path):
    result = run("validate", write(tmp_path / "a.xml", GOOD))
    assert result.exit_code == 0
    assert result.stdout.startswith("a.xml: warning: was checked without a schema")
    assert result.stdout.endswith("1 file checked: 1 warning.\n")


def test_a_finding_says_file_line_column_rule_and_what_to_do(run, tmp_path):
    name = write(tmp_path / "a.xml", f'{HEAD}\n<p><ref target="#x"/></p>{TAIL}')
    result = run("validate", "--schema", write(tmp_path / "any.rnc", ANY), name)
    assert result.exit_code == 1
    first, *details, summary = result.stdout.splitlines()
    rule = f"{code_of('pointers:unknown-target')} pointers:unknown-target".strip()
    assert first == (
        f'a.xml:2:4: error: @target says "#x", but this file has no xml:id="x" [{rule}]'
    )
    assert "    Correct the pointer, or give the id to the element that is meant." in details
    assert all(line.startswith("    ") for line in details)
    assert summary == "1 file checked: 1 error."


def test_json_has_its_documented_shape(run, tmp_path):
    name = write(tmp_path / "a.xml", f'{HEAD}<p><date when="2012-02-30"/></p>{TAIL}')
    schema = write(tmp_path / "any.rnc", ANY)
    report = json.loads(run("validate", "--schema", schema, "--format", "json", name).stdout)
    assert report["format"] == 1
    (finding,) = report["findings"]
    assert list(finding) == [
        "file",
        "line",
        "column",
        "end_line",
        "end_column",
        "severity",
        "rule",
        "message",
        "hint",
        "expected",
        "code",
        "path",
        "gloss",
        "groups",
        "source",
        "source_column",
        "also",
    ]
    assert (finding["file"], finding["line"], finding["rule"]) == ("a.xml", 1, "dates:impossible")


BAD = {
    "not-well-formed.xml": b"<TEI><p></TEI>",
    "empty.xml": b"",
    "prose.xml": b"Dear Sir or Madam",
    "image.xml": b"\x89PNG\r\n\x1a\n\x00\x00",
    "html.xml": b"<html/>",
    "latin.xml": b"<TEI>caf\xe9</TEI>",
    "declared.xml": b'<?xml version="1.0" encoding="UTF-16"?><TEI/>',
    "entity.xml": b'<!DOCTYPE TEI [<!ENTITY x SYSTEM "/etc/passwd">]><TEI>&x;</TEI>',
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_one_finding_with_file_and_line(run, tmp_path, name):
    write(tmp_path / name, BAD[name])
    result = run("validate", name)
    assert result.exit_code == 1
    assert result.stdout.startswith(name)
    assert "error: " in result.stdout.splitlines()[0]
    assert "Traceback" not in result.output
    assert name == "empty.xml" or result.stdout.split(":")[1].isdigit()


def test_one_bad_file_does_not_stop_the_others(run, tmp_path):
    for name, data in BAD.items():
        write(tmp_path / name, data)
    result = run("validate", *BAD)
    assert all(f"{name}:" in result.stdout for name in BAD)
    assert f"{len(BAD)} files checked" in result.stdout


@pytest.mark.parametrize("what", ["missing.xml", "."])
def test_what_cannot_be_validated_is_one_line_and_exit_code_2(run, what):
    result = run("validate", what)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read all files")
def test_a_file_that_may_not_be_read_is_a_finding(run, tmp_path):
    write(tmp_path / "a.xml", "<a/>")
    (tmp_path / "a.xml").chmod(0)
    result = run("validate", "a.xml")
    assert (result.exit_code, "file:unreadable" in result.stdout) == (1, True)


def test_a_fifo_does_not_hang(run, tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no FIFOs")
    os.mkfifo(tmp_path / "pipe.xml")
    result = run("validate", "pipe.xml")
    assert result.exit_code == 1
    assert "file:unreadable" in result.stdout


def test_warnings_end_with_0_and_with_1_when_strict(run, tmp_path):
    write(tmp_path / "edition.toml", "")
    write(
        tmp_path / "registers" / "o.xml",
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff><listOrg>'
        '<org xml:id="a"><orgName>A</orgName></org></listOrg></standOff></TEI>',
    )
    assert run("validate").exit_code == 0
    assert "registers:no-mention" in run("validate").stdout
    assert run("validate", "--strict").exit_code == 1


def test_pointers_are_followed_into_other_files_of_the_project(run, tmp_path):
    write(tmp_path / "edition.toml", "")
    write(
        tmp_path / "texts" / "a.xml",
        f'{HEAD}<p><ref target="b.xml#i"/><ref target="b.xml#j"/><ref target="c.xml"/></p>{TAIL}',
    )
    write(tmp_path / "texts" / "b.xml", f'{HEAD}<p xml:id="i"/>{TAIL}')
    for arguments in ((), (str(tmp_path / "texts" / "a.xml"),)):
        rules = [
            re.search(r"([a-z]+:[a-z-]+)\]$", line)[1]
            for line in run("validate", *arguments).stdout.splitlines()
            if ": error: " in line
        ]
        assert rules[:2] == ["pointers:unknown-target", "pointers:unknown-file"]


def test_a_document_that_takes_too_long_is_one_finding(run, tmp_path):
    pattern = "(([a-z])+.)+[A-Z]([a-z])+$"
    body = (f'{HEAD}<p><name ref="x:{"a" * 60}"/></p>{TAIL}').replace(
        "<teiHeader/>",
        '<teiHeader><encodingDesc><listPrefixDef><prefixDef ident="x" '
        f'matchPattern="{pattern}" replacementPattern="#$1"/></listPrefixDef></encodingDesc>'
        "</teiHeader>",
    )
    write(tmp_path / "slow.xml", body)
    write(tmp_path / "good.xml", TWICE)
    result = run("validate", "--timeout", "2", "slow.xml", "good.xml")
    assert (
        "slow.xml: error: was not checked to the end: it took more than 2 seconds" in result.stdout
    )
    assert "good.xml:1" in result.stdout


def test_settings_that_are_wrong_are_one_line(run, tmp_path):
    for settings, says in (
        ("[edition", "edition.toml"),
        ("[edition]\ncolour='red'", "colour"),
        ("[schema]\nrelaxng='../x.rng'", "schema.relaxng"),
        ("[schema]\nrelaxng='missing.rng'", "missing.rng"),
        ("[[witness]]\ntext=3", "witness.text"),
    ):
        write(tmp_path / "edition.toml", settings)
        write(tmp_path / "texts" / "a.xml", GOOD)
        result = run("validate")
        assert result.exit_code == 2, settings
        assert says in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_python_files_in_the_folder_are_not_run(tmp_path):
    write(tmp_path / "a.xml", GOOD)
    for name in ("json.py", "lxml.py", "typing.py"):
        write(tmp_path / name, "raise SystemExit('ran')")
    program = "import sys; sys.argv[0] = 'teikit'; from teikit.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, "validate", "a.xml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(TOOLS)},
    )
    assert (done.returncode, done.stderr) == (0, "")
