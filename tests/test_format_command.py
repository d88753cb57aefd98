"""`teikit format`: files, exit codes, and what is never touched."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from formatting_tools import HEAD, TAIL
from shared_data import PROJECT
from teikit.cli.commands import teikit
from teikit.document import TEI
from teikit.formatting import files as formatting_files
from validating import write

UGLY = f"{HEAD}<div><p>a</p></div>{TAIL}"
NEAT = f"{HEAD}<div>\n<p>a</p>\n</div>{TAIL}"


def run(*arguments: object, **options: object):
    """Return what the command printed and how it ended."""
    return CliRunner().invoke(teikit, ["format", *map(str, arguments)], **options)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_is_laid_out_once_and_keeps_its_mode(here):
    path = write(here / "a.xml", UGLY)
    path.chmod(0o640)
    first, second = run("a.xml"), run("a.xml")
    assert (first.exit_code, first.stdout) == (0, "a.xml: laid out\n")
    assert "1 file laid out." in first.stderr
    assert path.read_text() == NEAT and path.stat().st_mode & 0o777 == 0o640
    assert (second.exit_code, second.stdout) == (0, "")
    assert "0 files laid out, 1 file left as it is." in second.stderr


def test_a_file_that_need_not_change_is_not_written(here):
    path = write(here / "a.xml", NEAT)
    before = path.stat()
    run("a.xml")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_check_names_the_first_line_and_writes_nothing(here):
    ugly, neat = write(here / "a.xml", UGLY), write(here / "b.xml", NEAT)
    result = run("--check", "a.xml", "b.xml")
    assert (result.exit_code, result.stdout) == (1, "a.xml:5: is not in the agreed layout\n")
    assert "1 file would be laid out anew, 1 file left as it is." in result.stderr
    assert (ugly.read_text(), neat.read_text()) == (UGLY, NEAT)
    assert run("--check", "b.xml").exit_code == 0


def test_diff_shows_what_would_change_and_writes_nothing(here):
    path = write(here / "a.xml", UGLY)
    result = run("--diff", "a.xml")
    assert result.exit_code == 1 and path.read_text() == UGLY
    assert "-<div><p>a</p></div>\n+<div>\n+<p>a</p>\n+</div>\n" in result.stdout


def test_a_missing_end_of_the_last_line_has_a_line(here):
    write(here / "a.xml", NEAT.rstrip("\n"))
    assert run("--check", "a.xml").stdout == "a.xml:10: is not in the agreed layout\n"


def test_standard_input_comes_out_laid_out(here):
    result = run("-", input=UGLY)
    assert (result.exit_code, result.stdout, result.stderr) == (0, NEAT, "")
    assert run("--check", "-", input=UGLY).exit_code == 1
    assert run("-", input=NEAT.encode("utf-8-sig")).stdout_bytes == NEAT.encode("utf-8-sig")


def test_standard_input_has_the_schema_of_the_file_that_it_is(here):
    write(here / "edition.toml", '[schema]\nrelaxng = "any.rng"\n')
    write(here / "any.rng", _any())
    assert run("-", "--stdin-name", "texts/a.xml", input=UGLY).stdout == UGLY
    assert run("-", "--stdin-name", "../a.xml", input=UGLY).stdout == NEAT


def _any() -> str:
    return (
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="a"/></start>'
        '<define name="a"><element><anyName/><zeroOrMore><choice><text/><ref name="a"/>'
        "<attribute><anyName/></attribute></choice></zeroOrMore></element></define></grammar>"
    )


def test_the_schema_given_goes_before_the_others(here):
    write(here / "a.xml", UGLY)
    write(here / "any.rng", _any())
    assert run("--check", "--schema", "any.rng", "a.xml").exit_code == 0
    assert run("--check", "a.xml").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.xml"], "none.xml: there is no such file"),
        (["--schema", "none.rng", "a.xml"], "none.rng: there is no such schema"),
        (["--schema", "a.sch", "a.xml"], "a.sch: is no RELAX NG schema"),
        (["--schema", "bad.rnc", "a.xml"], "is no sound RELAX NG schema"),
        (["-", "a.xml"], "cannot be laid out together with files"),
        (["link.xml", "a.xml"], "link.xml: is a link: name the file that it leads to"),
    ],
)
def test_what_stops_it_stops_it_before_anything_is_written(here, arguments, said):
    path = write(here / "a.xml", UGLY)
    write(here / "bad.rnc", "start = ")
    (here / "link.xml").symlink_to("a.xml")
    result = run(*arguments, input=UGLY)
    assert result.exit_code == 2 and said in result.stderr
    assert path.read_text() == UGLY and (here / "link.xml").is_symlink()


def test_a_schema_of_the_edition_that_is_not_there_stops_it(here):
    write(here / "edition.toml", '[schema]\nrelaxng = "none.rng"\n')
    write(here / "texts/a.xml", UGLY)
    result = run(".")
    assert result.exit_code == 2 and "none.rng: there is no such schema" in result.stderr


def test_files_that_are_no_xml_or_no_tei_are_told_and_the_others_laid_out(here):
    bad = write(here / "a.xml", f"{HEAD}<div>{TAIL}")
    html, good = write(here / "b.xml", "<html> <p/></html>"), write(here / "c.xml", UGLY)
    result = run("a.xml", "b.xml", "c.xml")
    assert (result.exit_code, result.stdout) == (1, "c.xml: laid out\n")
    assert "a.xml:" in result.stderr and "[XML003 xml:not-well-formed]" in result.stderr
    assert "b.xml:1:1" in result.stderr and "tei:not-tei" in result.stderr
    assert (bad.read_text(), html.read_text()) == (f"{HEAD}<div>{TAIL}", "<html> <p/></html>")
    assert good.read_text() == NEAT


def test_a_folder_is_its_tei_files_and_an_edition_its_texts_and_registers(here):
    write(here / "some/a.xml", UGLY)
    write(here / "some/b.xml", "<html> <p/></html>")
    (here / "some/link.xml").symlink_to("a.xml")
    result = run("some")
    assert (result.exit_code, result.stdout) == (0, "some/a.xml: laid out\n")
    write(here / "edition/edition.toml", "")
    for name in ("texts/a.xml", "registers/b.xml", "schema/c.odd"):
        write(here / "edition" / name, UGLY)
    result = run("edition")
    assert result.stdout.splitlines() == [
        "edition/texts/a.xml: laid out", "edition/registers/b.xml: laid out"
    ]  # fmt: skip
    assert (here / "edition/schema/c.odd").read_text() == UGLY


def test_without_a_name_nothing_is_laid_out(here):
    path = write(here / "texts/a.xml", UGLY)
    write(here / "edition.toml", "")
    assert run().exit_code == 2 and path.read_text() == UGLY


def test_a_file_that_was_changed_meanwhile_is_left_as_it_is(here, monkeypatch):
    path = write(here / "a.xml", UGLY)
    write_formatted = formatting_files.write_formatted

    def late(file, before, after):
        path.write_text("what an editor saved")
        write_formatted(file, before, after)

    monkeypatch.setattr("teikit.cli.format.write_formatted", late)
    result = run("a.xml")
    assert result.exit_code == 2 and "was changed by another program meanwhile" in result.stderr
    assert path.read_text() == "what an editor saved"


def test_a_job_that_hits_a_limit_leaves_its_file(here):
    path = write(here / "a.xml", f"{HEAD}<p>{'<hi/>' * 400_000}</p>{TAIL}")
    before = path.read_bytes()
    result = run("--timeout", "0.1", "a.xml")
    assert result.exit_code == 2 and "a.xml: was not laid out:" in result.stderr
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")
def test_killed_in_the_middle_every_file_is_old_or_new(here):
    before = f"{HEAD}{'<div><p>a</p></div>' * 400}{TAIL}"
    after = (
        before.replace("<div>", "<div>\n").replace("</p>", "</p>\n").replace("</div>", "</div>\n")
    )
    after = after.replace("\n\n", "\n")
    paths = [write(here / f"{number:03}.xml", before) for number in range(120)]
    command = [sys.executable, "-P", "-m", "teikit", "format", *(path.name for path in paths)]
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "tools")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while paths[3].read_text() == before and time.monotonic() < deadline:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    found = [path.read_text() for path in paths]
    assert set(found) == {before, after}
    assert found[:3] == [after] * 3 and found[-1] == before


def test_what_is_published_is_the_same_but_for_white_space(here):
    from shutil import copytree

    copytree(PROJECT / "tests/edition", here / "old")
    copytree(here / "old", here / "new")
    assert run("new").stdout.count(": laid out\n") == 5
    for name in ("old", "new"):
        result = CliRunner().invoke(teikit, ["publish", name, "-o", f"{name}-site"])
        assert result.exit_code == 0, result.output  # the source agrees, word for word
    pages = [path.relative_to("old-site") for path in Path("old-site").rglob("*") if path.is_file()]
    assert len(pages) > 20
    for page in pages:
        if "downloads" in page.parts or page.name == "report.json":  # TEI, its sizes and lines
            continue
        one, other = ((here / f"{name}-site" / page).read_bytes() for name in ("old", "new"))
        if page.suffix == ".html":
            one, other = (
                re.sub(rb"\s*(</?[^>]+>)\s*|\s+", rb" \1 ", data) for data in (one, other)
            )
        assert one == other, page


def test_the_edition_of_the_project_is_in_this_layout():
    result = run("--check", PROJECT / "tei", PROJECT / "tei/schema/edition.odd")
    assert (result.stdout, result.exit_code) == ("", 0)


def test_a_namespace_is_needed(here):
    write(here / "a.xml", UGLY.replace(f' xmlns="{TEI}"', ""))
    result = run("a.xml")
    assert result.exit_code == 1 and "tei:not-tei" in result.stderr
