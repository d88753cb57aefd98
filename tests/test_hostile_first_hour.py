"""Names, links, races and numbers made to do harm to who begins an edition: one line each, and no
file touched that was not asked for."""

import os
import subprocess
import sys
import threading
import time
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hostile import document
from shared_data import PROJECT
from teikit.cli.commands import teikit as command
from teikit.entities.showing import render_table_csv
from teikit.entities.table import Row, Table
from teikit.importing.encodings import sample_line
from teikit.importing.hyphens import Hyphens
from teikit.place import Place
from teikit.safety.writing import CannotWrite, add_files, write_file

TEXT = "One line.\n\nAnother, of Ann Lee.\n"
STEERING = "x\x1b[31m\x1b]0;t\x07"
POSIX = pytest.mark.skipif(os.name != "posix", reason="links and names of POSIX")
PERSON = '<listPerson><person xml:id="ann"><persName>Ann Lee</persName></person></listPerson>'


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition with one text and one register, beside a folder that is none of it."""
    folder = tmp_path / "edition"
    for path, body in {"texts/a.xml": "<p>Ann Lee</p>", "registers/people.xml": PERSON}.items():
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_text(document(body))
    (folder / "edition.toml").write_text("")
    (tmp_path / "my.txt").write_text(TEXT)
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    return folder


def teikit(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def refused(*arguments: str) -> str:
    """Return the one line that says why a command could not go on."""
    ran = teikit(*arguments)
    assert ran.exit_code == 2, ran.output
    (line,) = [one for one in ran.output.splitlines() if one.startswith("Error: ")]
    assert "\x1b" not in ran.output
    return line


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@POSIX
@pytest.mark.parametrize("folder", ["texts", "source"])
def test_import_writes_through_no_link_out_of_the_edition(edition, folder):
    if (edition / folder).exists():
        (edition / folder).rename(edition.parent / f"out/{folder}")
    else:
        Path(f"out/{folder}").mkdir()
    (edition / folder).symlink_to(f"../out/{folder}")
    before = files_of(edition.parent)
    assert "a link leads out" in refused("import", "my.txt", "--into", "edition")
    assert files_of(edition.parent) == before


@POSIX
@pytest.mark.parametrize("what", ["texts", "registers"])
def test_apply_and_format_write_through_no_link_out_of_the_edition(edition, what):
    assert teikit("entities", "export", "edition", "-o", "s.csv").exit_code == 0
    sheet = Path("s.csv").read_bytes()
    Path("s.csv").write_bytes(sheet.replace(b"Ann Lee", b"Anne Lee", 1))
    (edition / what).rename(edition.parent / f"out/{what}")
    (edition / what).symlink_to(f"../out/{what}")
    before = files_of(edition.parent)
    path = f"edition/{what}/" + ("a.xml" if what == "texts" else "people.xml")
    if what == "texts":
        marking = "entities", "suggest", path, "--apply"
    else:
        marking = "entities", "import", "s.csv", path, "--apply"
    assert "a link leads out" in refused(*marking)
    assert "a link leads out" in refused("format", path)
    assert files_of(edition.parent) == before


@POSIX
def test_where_one_file_cannot_be_written_import_writes_none(edition):
    (edition / "texts/my.xml").symlink_to("nowhere")
    before = files_of(edition)
    assert "is there already" in refused("import", "my.txt", "--into", "edition")
    assert files_of(edition) == before and not (edition / "source").exists()


def test_a_full_disk_takes_back_what_was_written(edition, monkeypatch):
    from teikit.importing import placing

    def full(path: Path, _data: bytes) -> None:
        raise CannotWrite(f"{path}: cannot write here: No space left on device")

    before = files_of(edition)
    monkeypatch.setattr(placing, "write_file", full)
    assert "No space left" in refused("import", "my.txt", "--into", "edition")
    assert files_of(edition) == before


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("-x", "begin with -"),
        ("CON", "Windows"),
        ("lpt1", "Windows"),
        ("A", "texts/a.xml: is there already"),
        ("n" * 300, "too long"),
        ("漢" * 82, "too long"),
        ("../x", "letters, digits"),
        ("x.", "letters, digits"),
    ],
)
def test_a_name_that_some_computer_cannot_have_is_refused(edition, name, says):
    before = files_of(edition)
    assert says in refused("import", "my.txt", "--into", "edition", f"--name={name}")
    assert files_of(edition) == before


@pytest.mark.parametrize(
    ("name", "called"), [("AUX.txt", "text-aux"), ("-n.txt", "n"), (f"{'n' * 240}.txt", "n" * 100)]
)
def test_odd_names_of_files_become_names_that_every_computer_can_have(edition, name, called):
    Path(name).write_text(TEXT)
    ran = teikit("import", f"./{name}", "--into", "edition")
    assert ran.exit_code == 0, ran.output
    assert (edition / f"texts/{called}.xml").is_file()


def test_a_long_name_of_a_file_leaves_room_for_that_of_a_temporary_one(tmp_path):
    path = tmp_path / f"{'漢' * 83}.xml"
    write_file(path, b"x")
    assert path.read_bytes() == b"x" and len(list(tmp_path.iterdir())) == 1


@POSIX
def test_names_of_files_speak_to_no_terminal_and_stop_nothing(edition):
    for name in (STEERING, "y\udcffz"):
        Path(f"{name}.txt").write_text(TEXT)
        for path in ("texts/a.xml", "registers/people.xml"):
            (edition / path).with_name(f"{name}.xml").write_bytes((edition / path).read_bytes())
    for name in (STEERING, "y\udcffz"):
        for arguments in (
            ("import", f"{name}.txt", "-o", f"{name}.xml"),
            ("format", f"{name}.xml"),
            ("import", f"{name}.txt", "--into", "edition", "--name", f"t{len(name)}"),
            ("new", f"new{name}"),
            ("entities", "list", "edition"),
            ("entities", "list", "edition", "--format", "csv"),
            ("entities", "export", "edition", "-o", f"{name}.csv"),
            ("new", name, name),
            ("diff", "edition", f"new{name}"),
        ):
            ran = teikit(*arguments)
            assert ran.exception is None or isinstance(ran.exception, SystemExit), arguments
            assert ran.exit_code == (2 if arguments == ("new", name, name) else
                                     int(arguments[0] == "diff"))  # fmt: skip
            assert "\x1b" not in ran.output and "\x07" not in ran.output, arguments


@POSIX
def test_imports_at_the_same_time_lose_no_witness(edition):
    names = [f"t{number}" for number in range(4)]
    for name in names:
        Path(f"{name}.txt").write_text(TEXT)
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "tools")}
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "teikit", "import", f"{name}.txt", "--into", "edition"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for name in names
    ]  # fmt: skip
    assert [one.wait() for one in running] == [0, 0, 0, 0]
    settings = tomllib.loads((edition / "edition.toml").read_text())
    assert sorted(one["text"] for one in settings["witness"]) == [
        f"texts/{name}.xml" for name in names
    ]


def test_two_that_make_one_edition_at_a_time_take_nothing_from_each_other(tmp_path):
    files = {f"{name}.txt": b"the same" for name in "abcdefgh"}
    start, failed = threading.Barrier(2), []

    def write() -> None:
        start.wait()
        try:
            add_files(tmp_path, files)
        except CannotWrite as problem:
            failed.append(str(problem))

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # one of them may write all, or each be in the way of the other
    assert files_of(tmp_path) == (files if len(failed) == 1 else {})
    (tmp_path / "a.txt").write_bytes(b"the same")  # by another, and not to be taken away
    with pytest.raises(CannotWrite, match="already"):
        add_files(tmp_path, files)
    assert (tmp_path / "a.txt").is_file()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of POSIX")
def test_a_file_that_never_ends_is_one_line(monkeypatch):
    from teikit.cli import transform

    monkeypatch.setattr(transform, "LARGEST_DOCUMENT", 1_000_000)
    assert "larger than" in refused("import", "/dev/zero", "-o", "never.xml")


@pytest.mark.parametrize("name", ["=cmd|x", "\t=cmd", " @x", "＝1+1"])
def test_no_table_is_a_formula_or_a_command(name):
    table = Table((Row("a.xml#ann", "ann", "ann", "person", f"{name}\x9b31m", Place("a.xml")),))
    line = render_table_csv(table).splitlines()[1]
    assert "\x9b" not in line
    assert line.split(",")[2].startswith("'")


def test_a_layout_shown_in_a_log_commands_no_host(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = document("\n<p>one\n::error::x\n##[group]y</p>  <p/>")
    Path("a.xml").write_text(text)
    ran = teikit("format", "--diff", "a.xml")
    assert ran.exit_code == 1
    assert not any(one.lstrip(" +-").startswith("::") for one in ran.stdout.splitlines()
                   if not one.startswith(("+", "-")))  # fmt: skip
    assert "##[" not in ran.stdout


def test_a_sheet_of_very_many_columns_or_cells_is_one_line(edition):
    heads = ",".join(f"c{number}" for number in range(100_000))
    Path("wide.csv").write_text(f"register,id,{heads}\n,x,\n")
    assert "columns, which no spreadsheet" in refused("entities", "import", "wide.csv", "edition")
    heads = ",".join(f"c{number}" for number in range(16_000))
    Path("long.csv").write_text(f"register,id,{heads}\n" + ",x\n" * 1_300)
    assert "cells, which no spreadsheet" in refused("entities", "import", "long.csv", "edition")


@pytest.mark.parametrize(
    ("source", "options"),
    [(f"{' ' * 1_500_000}one\n", ()), (f"{'.' * 150}one\n", ("--start", "." * 150))],
    ids=["large", "dots"],
)
def test_no_layout_makes_settings_that_cannot_be_read(edition, source, options):
    Path("odd.txt").write_text(source)
    ran = teikit("import", "odd.txt", "--into", "edition", *options)
    assert ran.exit_code == 2 and "witness" in ran.output
    assert not (edition / "texts/odd.xml").exists()
    assert len(ran.output) < 10_000
    assert "2 files checked" in teikit("validate", "edition").output


def test_lines_without_spaces_take_time_by_their_length(tmp_path):
    hyphens = [timed_hyphens("漢" * size) for size in (5_000, 50_000)]
    assert hyphens[1] < 40 * hyphens[0] + 0.5  # not 100 times


def timed_hyphens(line: str) -> float:
    start = time.perf_counter()
    Hyphens([line], "weak")
    return time.perf_counter() - start


def test_a_limit_names_the_file_and_what_to_do(edition):
    Path("many.txt").write_text("x\n\n" * 100_000)
    said = refused("import", "many.txt", "--into", "edition", "--timeout", "0.5")
    assert "many.txt: " in said and "--timeout" in said


def test_what_a_killed_run_was_writing_is_nobody_s_text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("n/texts").mkdir(parents=True)
    Path("n/texts/.letter.xml.k3x9").write_text("<TEI")
    Path("n/schema").mkdir()
    Path("n/schema/.edition.odd.k3x9").write_text("")
    assert teikit("new", "n").exit_code == 0
    assert Path("n/texts/letter.xml").is_file() and Path("n/schema/edition.rng").is_file()


def test_a_line_whose_only_odd_letters_are_spaces_is_no_sample():
    assert sample_line("one\u00a0two\nthree\u3000é\n") == "three é"
    assert sample_line("one\u00a0two\n") == ""
