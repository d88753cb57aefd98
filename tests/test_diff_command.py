"""`teikit diff`: exit codes, what is printed, and git."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from shared_data import PROJECT
from teikit.cli.commands import teikit
from teikit.document import TEI

WHOLE = (
    f'<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>{{title}}</title></titleStmt>'
    "</fileDesc></teiHeader>\n<text><body>\n{body}\n</body></text></TEI>\n"
)


def write(path: Path, body: str, title: str = "T") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(WHOLE.format(body=body, title=title), encoding="utf-8")
    return path


def run(*arguments: object):
    return CliRunner().invoke(teikit, ["diff", *map(str, arguments)])


@pytest.fixture
def pair(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write_both(old: str, new: str, **titles: str) -> tuple[str, str]:
        write(tmp_path / "old.xml", old)
        write(tmp_path / "new.xml", new, **titles)
        return "old.xml", "new.xml"

    return write_both


def test_changed_words_are_told_with_their_place_and_end_with_1(pair):
    done = run(*pair("<p>a</p><p>war and peace</p>", '<p n="1">a</p><p>war and piece</p>'))
    assert done.exit_code == 1
    assert done.output == (
        "new.xml:3:26: text: p 2: “peace” became “piece”\n"
        "    war and [-peace-]{+piece+}\n"
        'new.xml:3:4: markup: p 1: @n="1" was added to <p> around “a”\n'
        "1 change in the text, 1 in the markup.\n"
    )


def test_changed_markup_or_header_alone_ends_with_0(pair):
    assert run(*pair("<p>a b</p>", "<p><hi>a</hi> b</p>")).exit_code == 0
    files = pair("<p>a</p>", "<p>a</p>", title="U")
    done = run(*files)
    assert done.exit_code == 0
    assert "teiHeader: fileDesc, titleStmt, title: “T” became “U” " not in done.output
    assert "0 changes in the text, 1 in the words of headers and registers" in done.output
    assert run("--all", *files).exit_code == 1


def test_layout_alone_is_called_so(pair):
    done = run(*pair("<p>a b</p>", "<p>a\n  b</p>"))
    assert (done.exit_code, done.output) == (
        0, "Text and markup are the same: only the layout of the file differs.\n",
    )  # fmt: skip
    assert run("old.xml", "old.xml").output == "The files are the same.\n"


def test_either_half_can_be_shown_alone(pair):
    files = pair("<p>a b</p>", "<p><hi>a</hi> c</p>")
    text, markup = run("--text-only", *files), run("--markup-only", *files)
    assert "markup:" not in text.output and "text:" in text.output
    assert "text:" not in markup.output and "markup:" in markup.output
    assert text.exit_code == markup.exit_code == 1
    assert text.output.endswith("\n1 change in the text.\n")
    assert markup.output.endswith("\n1 change in the markup.\n")


def test_of_the_half_that_is_not_shown_nothing_is_said(pair):
    done = run("--text-only", *pair("<p>a b</p>", "<p><hi>a</hi> b</p>"))
    assert done.output == "The text is the same; only the text is shown.\n"
    done = run("--markup-only", *pair("<p>a b</p>", "<p>a c</p>"))
    assert done.output == "The markup is the same; only the markup is shown.\n"
    assert done.exit_code == 1


def test_what_cannot_be_read_ends_with_2(pair):
    old, new = pair("<p>a</p>", "<p>a</p>")
    Path(new).write_text("<TEI>\n<p>a</TEI>", encoding="utf-8")
    done = run(old, new)
    assert done.exit_code == 2
    assert "new.xml:2:" in done.output and "error:" in done.output
    write(Path("x/new.xml"), "<p>a</p>")
    done = run("x/new.xml", new)
    assert done.exit_code == 2
    assert "new.xml:2:" in done.output and "x/new.xml" not in done.output
    assert run(old, "absent.xml").exit_code == 2
    assert run(old, ".").exit_code == 2
    assert run(old).exit_code == 2


def test_json_has_the_fields_of_the_readme(pair):
    done = run("--format", "json", *pair("<p>a b</p>", '<p n="1">a c</p>'))
    report = json.loads(done.output)
    assert (report["text"], report["markup"], report["elsewhere"]) == (1, 1, 0)
    text, markup = report["changes"]
    assert (text["what"], text["citation"], text["old"], text["new"]) == ("text", "p 1", "b", "c")
    assert (text["new_file"], text["new_line"], text["new_column"]) == (
        "new.xml",
        3,
        6 + len(' n="1"'),
    )
    assert (markup["what"], markup["attribute"], markup["element"]) == ("markup", "n", "p")
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert [name for name in {**report, **text} if f"`{name}`" not in readme] == []


def test_folders_are_compared_file_by_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, body in (
        ("old/a.xml", "a"),
        ("old/b.xml", "b"),
        ("new/a.xml", "x"),
        ("new/c.xml", "c"),
    ):
        write(tmp_path / name, f"<p>{body}</p>")
    done = run("old", "new")
    assert done.exit_code == 1
    assert done.output.splitlines() == [
        "new/a.xml:3:4: text: p 1: “a” became “x”",
        "    [-a-]{+x+}",
        "b.xml: the file was removed",
        "c.xml: the file was added",
        "1 change in the text, 0 in the markup, 1 file added, 1 file removed.",
    ]


def test_included_parts_are_compared_and_placed_in_their_own_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="part.xml"/>'
    for side, word in (("old", "one"), ("new", "two")):
        write(tmp_path / side / "a.xml", include)
        (tmp_path / side / "part.xml").write_text(
            f'<p xmlns="{TEI}">\nword {word}</p>', encoding="utf-8"
        )
    done = run("old/a.xml", "new/a.xml")
    assert done.output.startswith("new/part.xml:2:6: text: p 1: “one” became “two”\n")


def test_letters_that_would_steer_a_terminal_are_shown_as_numbers(pair):
    done = run(*pair("<p>a b</p>", "<p>a \u202eb</p>"))
    assert "\u202e" not in done.output and "\\u{202E}" in done.output


def test_colour_only_where_asked(pair):
    files = pair("<p>a b</p>", "<p>a c</p>")
    assert "\x1b[" not in run(*files).output
    assert "\x1b[31m[-b-]\x1b[0m" in run("--color", "always", *files).output


# git


def git(folder: Path, *arguments: str) -> str:
    home = {"HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["git", "-c", "user.name=n", "-c", "user.email=e", "-c", "core.pager=cat", *arguments],
        cwd=folder, env={**os.environ, **home}, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def repository(tmp_path, monkeypatch):
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    monkeypatch.setenv("PYTHONPATH", str(PROJECT / "tools"))
    git(tmp_path, "init", "-q")
    command = f"{shlex.quote(sys.executable)} -P -m teikit diff --textconv"
    git(tmp_path, "config", "diff.tei.textconv", command)
    (tmp_path / ".gitattributes").write_text("*.xml diff=tei\n", encoding="utf-8")
    return tmp_path


def test_git_shows_the_passages_that_changed(repository):
    write(repository / "a.xml", '<p xml:id="s1">One <hi>two</hi>.</p><p>Three.</p>')
    (repository / "b.xml").write_text("no <xml", encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "one")
    write(repository / "a.xml", '<p xml:id="s1">One\n  two!</p><p>Three.</p>')
    (repository / "b.xml").write_text("still no <xml", encoding="utf-8")
    lines = git(repository, "diff", "-U0").splitlines()
    changed = [one for one in lines if one[:1] in "+-" and one[:3] not in ("+++", "---")]
    assert changed == ["-s1\tOne two.", "+s1\tOne two!", "-no <xml", "+still no <xml"]
    assert "two[-.-]{+!+}" in git(
        repository, "diff", "--word-diff", "--word-diff-regex=\\w+|[^\\w\\s]"
    )
    git(repository, "commit", "-qam", "two")
    assert "+s1\tOne two!" in git(repository, "log", "-p", "-1")
    assert git(repository, "diff", "HEAD~1", "--", "a.xml").count("\n+") == 2


def test_what_is_no_tei_is_printed_as_it_is(tmp_path):
    file = tmp_path / "x.xml"
    for data in (b"", b"<p>no", b"\xff\xfe\x00", b"<html>\r\n</html>"):
        file.write_bytes(data)
        done = subprocess.run(
            [sys.executable, "-P", "-m", "teikit", "diff", "--textconv", str(file)],
            env={**os.environ, "PYTHONPATH": str(PROJECT / "tools")}, capture_output=True,
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (0, data)
