"""The commands `teikit entities export` and `import`: what they print, write and end with."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from folders import files_in
from shared_data import PROJECT, SHARED, needs
from sheets import PEOPLE, edited_sheet
from teikit.cli.commands import teikit
from teikit.safety import writing

LETTERS = SHARED / "corpora" / "letters"


@pytest.fixture
def edition(tmp_path, monkeypatch):
    """Return the folder of a copy of the edition, which is also the current folder."""
    shutil.copytree(PROJECT / "tei", tmp_path / "tei")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "tei"


def run(*arguments: str):
    return CliRunner().invoke(teikit, ["entities", *map(str, arguments)])


def edit(name: str, *values: tuple[str, str, str]) -> None:
    Path(name).write_bytes(edited_sheet(Path(name).read_bytes(), values))


def test_a_sheet_that_was_not_edited_changes_nothing(edition):
    before = files_in(edition)
    assert run("export", "-o", "a.csv").exit_code == 0
    for arguments in (["a.csv"], ["a.csv", "--apply"]):
        result = run("import", *arguments)
        assert result.exit_code == 0, result.output
        assert "81 entries unchanged" in result.output
    assert files_in(edition) == before


@needs(LETTERS / "listorg.xml")
@pytest.mark.parametrize("name", ["listorg.xml", "listevent.xml"])
def test_registers_of_others_stay_as_they_are(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copyfile(LETTERS / name, tmp_path / name)
    assert run("export", name, "-o", "a.csv").exit_code == 0
    result = run("import", "a.csv", name, "--apply")
    assert result.exit_code == 0, result.output
    assert Path(name).read_bytes() == (LETTERS / name).read_bytes()


def test_changes_are_shown_and_written_only_when_asked(edition):
    before = files_in(edition)
    run("export", "-o", "a.csv")
    edit("a.csv", ("iran", "name(main):en", "Iran <1> & 2"), ("iran", "idno:wikidata", ""))
    result = run("import", "a.csv")
    assert result.exit_code == 1
    lines = before["registers/places.xml"].decode("utf-8").splitlines()
    line = next(number for number, one in enumerate(lines) if ">Iran<" in one)
    gone = next(one for one in lines if ">Q794<" in one)
    assert (
        f"tei/registers/places.xml:{line + 1}: iran: name(main):en: “Iran” -> “Iran <1> & 2”"
        in result.output
    )
    assert "2 values to change" in result.output
    assert files_in(edition) == before

    result = run("import", "a.csv", "--apply")
    assert result.exit_code == 0, result.output
    assert "1 file written" in result.output
    changed = (
        before["registers/places.xml"]
        .replace(b'main">Iran<', b'main">Iran &lt;1> &amp; 2<')
        .replace(f"{gone}\n".encode(), b"")
    )
    assert files_in(edition) == {**before, "registers/places.xml": changed}
    again = run("import", "a.csv")
    assert (again.exit_code, "nothing to change" in again.output) == (0, True)


def test_what_the_schema_rejects_is_left_and_the_rest_written(edition):
    before = files_in(edition)
    run("export", "tei", "-o", "a.csv")
    edit(
        "a.csv",
        ("npt", "date(signed)@when", "soon"),
        ("un", "birth@when", "1945"),
        ("iran", "name(main):en", "Persia"),
        ("new", "register", "registers/places.xml"),
        ("new", "name(main):en", "N"),
        ("whole", "register", "registers/places.xml"),
        ("whole", "type", "country"),
        *[("whole", f"{name}:{lang}", "W") for name in ("name(main)", "desc")
          for lang in ("zh-Hans", "en")],
    )  # fmt: skip
    result = run("import", "a.csv", "--apply")
    assert result.exit_code == 1
    assert result.output.count("sheet:invalid") == 3
    for name in ("npt", "un", "new"):
        assert f"error: {name} would not be valid with this: " in result.output
    assert "registers/places.xml: whole: new place" in result.output
    after = files_in(edition)
    assert {one for one in after if after[one] != before[one]} == {"registers/places.xml"}
    text = after["registers/places.xml"].decode("utf-8")
    assert '<place xml:id="whole" type="country">' in text
    assert "Persia" in text
    for command in (["validate", "tei"], ["format", "--check", "tei"]):
        assert CliRunner().invoke(teikit, command).exit_code == 0


def test_a_register_by_itself_is_enough(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("people.xml").write_text(PEOPLE, encoding="utf-8")
    result = run("export", "people.xml")
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbfregister,id,kind,type,")
    assert "this person has no xml:id" in result.stderr
    Path("a.csv").write_bytes(result.stdout_bytes)
    edit("a.csv", ("anna", "name(short)", "Ann"))
    assert run("import", "a.csv", "people.xml", "--apply").exit_code == 0
    expected = PEOPLE.replace('A. "B"', "Ann")
    assert Path("people.xml").read_text(encoding="utf-8") == expected


def test_a_sheet_is_not_written_over_unless_asked(edition):
    Path("a.csv").write_text("mine", encoding="utf-8")
    result = run("export", "-o", "a.csv")
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert Path("a.csv").read_text(encoding="utf-8") == "mine"
    assert run("export", "-o", "a.csv", "--force", "--delimiter", "semicolon").exit_code == 0
    assert Path("a.csv").read_bytes().startswith(b"\xef\xbb\xbfregister;id;kind;")
    assert run("import", "a.csv").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["import", "none.csv"], "none.csv: cannot be read"),
        (["import", "a.csv", "none"], "none: there is no such file"),
        (["import", "tei/edition.toml"], "has no column id"),
        (["export", "tei/texts/declaration.xml"], "no entries with an xml:id"),
        (["export", "broken.xml"], "broken.xml:1"),
    ],
)
def test_what_stops_is_one_line(edition, arguments, message):
    Path("a.csv").write_text("id\n", encoding="utf-8")
    Path("broken.xml").write_text("<TEI", encoding="utf-8")
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_register_that_was_changed_meanwhile_is_left(edition, monkeypatch):
    from teikit.cli import entities_import

    run("export", "-o", "a.csv")
    edit("a.csv", ("iran", "name(main):en", "Persia"))
    register = edition / "registers" / "places.xml"

    def plan(*arguments):
        outcome = plan_import(*arguments)
        register.write_bytes(register.read_bytes() + b"<!-- mine -->")
        return outcome

    plan_import = entities_import.plan_import
    monkeypatch.setattr(entities_import, "plan_import", plan)
    before = register.read_bytes()
    result = run("import", "a.csv", "--apply")
    assert result.exit_code == 2
    assert "was changed while teikit read it" in result.stderr
    assert register.read_bytes() == before + b"<!-- mine -->"


def test_a_disk_that_is_full_leaves_the_register(edition, monkeypatch):
    run("export", "-o", "a.csv")
    edit("a.csv", ("iran", "name(main):en", "Persia"))
    before = files_in(edition)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "fsync", full)
    result = run("import", "a.csv", "--apply")
    assert result.exit_code == 2
    assert files_in(edition) == before


@pytest.mark.skipif(os.name == "nt", reason="no such signal there")
@pytest.mark.parametrize("wait", [0.3, 0.6, 0.9, 1.2])
def test_killed_it_leaves_whole_registers(edition, wait):
    run("export", "-o", "a.csv")
    ids = ("iran", "un", "npt", "terrorism")
    edit("a.csv", *[(one, "name(main):en", "changed") for one in ids])
    before = files_in(edition)
    process = subprocess.Popen(
        [sys.executable, "-m", "teikit", "entities", "import", "a.csv", "--apply"],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "tools")},
        stdout=subprocess.DEVNULL,
    )
    time.sleep(wait)
    process.send_signal(signal.SIGKILL)
    process.wait()
    after = files_in(edition)
    for name, data in before.items():
        assert after[name] in (data, *_changed(data, ids)), name


def _changed(data: bytes, ids: tuple[str, ...]) -> list[bytes]:
    """Return what a register may have become: its one entry changed."""
    import re

    found = []
    for one in ids:
        pattern = rb'(xml:id="' + one.encode() + rb'"(?:.|\n)*?xml:lang="en" type="main">)[^<]*'
        found.append(re.sub(pattern, rb"\1changed", data, count=1))
    return found


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_a_sheet_that_libreoffice_saved_changes_nothing(edition, tmp_path):
    run("export", "-o", "a.csv")
    options = "44,34,76,1,,0,false,true,false"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
         f"--infilter=CSV:{options}", "--convert-to",
         f"csv:Text - txt - csv (StarCalc):{options}", "--outdir", "saved", "a.csv"],
        check=True, timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if not Path("saved/a.csv").is_file():
        pytest.skip("this LibreOffice has no Calc")
    assert Path("saved/a.csv").read_bytes() != Path("a.csv").read_bytes()
    result = run("import", "saved/a.csv")
    assert result.exit_code == 0, result.output
    assert "81 entries unchanged" in result.output
