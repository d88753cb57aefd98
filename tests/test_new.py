"""teikit new: a new edition, whole or not at all, and what a folder of files lacks to be one."""

import os
import shutil
import signal
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkout import run
from folders import files_in
from shared_data import PROJECT
from teikit.cli.commands import teikit
from teikit.starting.files import read_starter
from validating import GOOD, write

STARTER = set(read_starter())
MODEL = '<?xml-model href="my.rng"?>'


def new(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(teikit, ["new", *map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def title_in(folder: Path) -> str:
    return tomllib.loads((folder / "edition.toml").read_text("utf-8"))["edition"]["title"]


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


# A new folder


@pytest.mark.parametrize("name", ["letters", "my letters", "书信 é", "a/b/c", "letters/", "-x-"])
def test_a_new_edition_is_whole_and_valid_and_the_same_each_time(name, here):
    arguments = ["--", name]
    code, said = new(*arguments)
    assert code == 0, said
    made = files_in(here / name)
    assert set(made) == STARTER
    assert made == read_starter() | {"edition.toml": made["edition.toml"]}
    assert title_in(here / name) == Path(name).name
    assert len(said.splitlines()) <= 8 and "teikit validate" in said and "teikit import" in said
    assert [path for path in (here / name).parent.iterdir() if path.name[0] == "."] == []
    done = CliRunner().invoke(teikit, ["validate", "--strict", str(here / name)])
    assert done.exit_code == 0, done.output
    shutil.rmtree(here / name)
    assert new(*arguments)[0] == 0 and files_in(here / name) == made


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("“Ünïcödé” 书信 \U0001f58b\ufe0f \U0001f469\u200d\U0001f52c", None),
        ("a \"quoted\" \\ <title> & 'more' = [x] # y", None),
        ("two\nlines\tand  spaces ", "two lines and spaces"),
        ("$(rm -rf) `x` {{ title }} {% raw %}", None),
    ],
)
def test_a_title_comes_through_to_the_pages(title, kept, here):
    from markupsafe import escape

    assert new("x", "--title", title)[0] == 0
    assert title_in(here / "x") == (kept or title)
    done = CliRunner().invoke(teikit, ["publish", "x", "-o", "out"])
    assert done.exit_code == 0, done.output
    index = (here / "out" / "site" / "index.html").read_text("utf-8")
    assert f"<h1>{escape(kept or title)}</h1>" in index


@pytest.mark.parametrize("title", ["", " \n", "a\x07b", "a\x7fb", "a\udcffb", "a\uffffb"])
def test_a_title_that_no_text_can_hold_is_refused(title, here):
    code, said = new("x", "--title", title)
    assert code == 2 and len(said.splitlines()) == 1 and "title" in said
    assert not list(here.iterdir())


def test_languages_are_those_of_the_site(here):
    assert new("x", "--language", "zh", "--language", "en", "--language", "zh")[0] == 0
    done = CliRunner().invoke(teikit, ["publish", "x", "-o", "out"])
    assert done.exit_code == 0, done.output
    assert '<html lang="zh' in (here / "out" / "site" / "index.html").read_text("utf-8")
    assert (here / "out" / "site" / "en" / "index.html").is_file()
    code, said = new("y", "--language", "fr")
    assert code == 2 and "fr" in said and "en and zh" in said and not (here / "y").exists()


def test_where_no_edition_can_begin_one_line_says_so(here, monkeypatch):
    write(here / "file", "x")
    (here / "nowhere").symlink_to("absent")
    monkeypatch.setenv("HOME", str(here))
    for name in ("file", "nowhere", "file/sub", "", " ", "a\0b", here, "/", "x" * 300):
        code, said = new(name)
        assert (code, len(said.splitlines())) == (2, 1), (name, said)
    assert sorted(path.name for path in here.iterdir()) == ["file", "nowhere"]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no folder /proc here")
def test_where_nothing_can_be_written_one_line_says_so():
    code, said = new("/proc/letters")
    assert (code, len(said.splitlines())) == (2, 1) and "cannot write" in said


def test_there_is_no_edition_in_an_edition_or_around_one(here):
    assert new("x")[0] == 0
    before = files_in(here)
    refused = {
        "x": "an edition already",
        "x/y": "inside the edition x",
        "x/texts": "inside the edition x",
        ".": "holds editions already (x)",
    }
    for name, words in refused.items():
        code, said = new(name)
        assert (code, len(said.splitlines())) == (2, 1) and words in said, said
    assert files_in(here) == before


# A folder that is there


def test_in_an_empty_folder_the_edition_is_made_in_place(here):
    code, said = new(".")
    assert code == 0 and "  cd " not in said
    assert set(files_in(here)) == STARTER


def test_a_folder_without_tei_gets_all_that_is_missing(here):
    write(here / "README.md", "mine")
    write(here / ".git" / "config", "x")
    write(here / "old letter.txt", "Dear")
    code, said = new(".")
    assert code == 0, said
    assert set(files_in(here)) == STARTER | {".git/config", "old letter.txt"}
    assert (here / "README.md").read_text() == "mine"
    assert "left as it is: README.md." in said and "Written: .editorconfig" in said
    assert CliRunner().invoke(teikit, ["publish"]).exit_code == 0


def test_a_folder_of_tei_files_gets_no_examples(here):
    for name in ("texts/a.xml", "b.xml", "deep/c.xml", "source/d.xml"):
        write(here / name, GOOD)
    code, said = new(".")
    assert code == 0, said
    added = set(files_in(here)) - {"texts/a.xml", "b.xml", "deep/c.xml", "source/d.xml"}
    assert not any(name.startswith(("texts", "registers", "source")) for name in added)
    assert {"edition.toml", "README.md", "schema/edition.rng", ".gitattributes"} <= added
    assert "move b.xml, deep/c.xml there" in said and "teikit publish" in said
    assert "A schema was added" in said
    assert "[[witness]]" not in (here / "edition.toml").read_text("utf-8")
    assert "poem.xml" not in (here / "README.md").read_text("utf-8")
    done = CliRunner().invoke(teikit, ["validate"])
    assert "1 file checked" in done.output and done.exit_code != 2


@pytest.mark.parametrize(
    "files",
    [
        {"texts/a.xml": MODEL + GOOD},
        {"texts/a.xml": GOOD, "my.odd": GOOD},
        {"texts/a.xml": GOOD, "schema/mine.rng": "<grammar/>"},
    ],
)
def test_whoever_has_a_schema_keeps_it(files, here):
    for name, text in files.items():
        write(here / name, text)
    code, said = new(".")
    assert code == 0 and "No schema was added" in said, said
    assert not (here / "schema" / "edition.rng").exists()
    assert not (here / "catalog.xml").exists()  # it leads to our schema
    readme = (here / "README.md").read_text("utf-8")
    assert "schema" not in readme and "texts/" in readme and readme.endswith(".\n")
    assert "schema" not in tomllib.loads((here / "edition.toml").read_text("utf-8"))


def test_broken_and_foreign_files_stop_nothing(here):
    write(here / "texts" / "broken.xml", "<TEI><p>")
    write(here / "build.xml", "<project/>")
    write(here / "empty.xml", "")
    code, said = new(".")
    assert code == 0 and "build.xml" not in said and "empty.xml" not in said, said
    assert not (here / "texts" / "poem.xml").exists()


def test_links_that_lead_out_are_not_written_through(here, tmp_path):
    (tmp_path / "outside").mkdir()
    (here / ".github").symlink_to(tmp_path / "outside")
    code, said = new(".")
    assert code == 2 and "leads out of the folder" in said
    assert not list((tmp_path / "outside").iterdir())
    assert [path.name for path in here.iterdir()] == [".github"]


# only where there are no TEI files, or only where there is no schema
NOT_ALWAYS = (
    "texts/", "registers/", "source/", "schema/", "catalog.xml", "schemas.xml",
    ".vscode/settings.json",
)  # fmt: skip
NAMES = st.sampled_from([*sorted(STARTER - {"edition.toml"}), "a.xml", "texts/z.xml", "x.txt"])
CONTENTS = st.sampled_from([b"", b"mine\r\n", GOOD.encode(), (MODEL + GOOD).encode(), b"<a>"])


@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.dictionaries(NAMES, CONTENTS, max_size=5))
def test_no_file_is_ever_overwritten(tmp_path, files):
    folder = tmp_path / "some"
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        write(folder / name, data)
    code, said = new(folder)
    assert code == 0, said
    after = files_in(folder)
    assert {name: after[name] for name in files} == files
    assert "edition.toml" in after and set(after) <= STARTER | set(files)
    wanted = {name for name in STARTER if not name.startswith(NOT_ALWAYS)}
    for name in set(files) & wanted:  # what is left as it is, is said
        assert files[name] == read_starter()[name] or name in said, said


# Interruption

KILLED = """
import builtins, os, signal, sys
from pathlib import Path
left = [int(sys.argv[1])]
def dying(function):
    def called(*arguments, **more):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **more)
    return called
real = builtins.open
def opened(file, mode="r", *arguments, **more):
    if mode == "xb":
        dying(int)()
    return real(file, mode, *arguments, **more)
builtins.open = opened
Path.rename = dying(Path.rename)
os.link = dying(os.link)
from teikit.cli.commands import teikit
teikit(["new", "x"])
"""


def killed(step: int, folder: Path) -> int:
    return run(sys.executable, "-c", KILLED, str(step), folder=folder,
               PYTHONPATH=str(PROJECT / "tools")).returncode  # fmt: skip


needs_signals = pytest.mark.skipif(os.name == "nt", reason="there are no such signals here")


@needs_signals
@pytest.mark.parametrize("step", [1, 2, len(STARTER) // 2, len(STARTER), len(STARTER) + 1])
def test_killed_while_it_makes_a_folder_nothing_has_its_name(step, here):
    assert killed(step, here) == -signal.SIGKILL
    assert not (here / "x").exists()
    assert new("x")[0] == 0
    assert [path.name for path in here.iterdir()] == ["x"] and set(files_in(here / "x")) == STARTER


@needs_signals
@pytest.mark.parametrize("step", [1, 5, len(STARTER)])
def test_killed_while_it_adds_to_a_folder_it_can_be_run_again(step, here):
    write(here / "x" / "notes.txt", "mine")
    assert killed(step, here) == -signal.SIGKILL
    assert not (here / "x" / "edition.toml").exists()
    assert new("x")[0] == 0
    assert set(files_in(here / "x")) >= STARTER | {"notes.txt"}
    assert CliRunner().invoke(teikit, ["validate", "--strict", "x"]).exit_code == 0


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_stopped_while_it_adds_to_a_folder_it_takes_back_what_it_wrote(stop, here, monkeypatch):
    write(here / "x" / "texts" / "notes.txt", "mine")
    before, link, calls = files_in(here), os.link, []

    def stopping(*arguments):
        calls.append(arguments)
        if len(calls) >= 7:
            raise stop
        link(*arguments)

    monkeypatch.setattr(os, "link", stopping)
    monkeypatch.setattr(Path, "rename", stopping)
    done = CliRunner().invoke(teikit, ["new", "x"])
    assert done.exit_code != 0
    assert files_in(here) == before
    assert sorted(path.name for path in (here / "x").iterdir()) == ["texts"]


def test_help_says_what_it_never_does():
    said = " ".join(new("--help")[1].split())
    assert "It never overwrites, moves or changes a file that is there" in said
    assert "Next: `teikit validate`" in said
