"""`teikit validate`: where the findings go, in which letters and colours, and the progress."""

import errno
import io
import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from shared_data import PROJECT
from teikit.cli.commands import teikit
from teikit.cli.validate import _progress
from validating import ANY, GOOD, HEAD, TAIL, TWICE, write


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that runs `teikit validate`, with a schema that says nothing."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "any.rnc", ANY)

    def call(*arguments):
        return CliRunner().invoke(teikit, ["validate", "--schema", "any.rnc", *arguments])

    return call


def teikit_process(*arguments, cwd, **options):
    """Return a process that runs teikit as a user does."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "teikit", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(PROJECT / "tools")},
        **options,
    )


def test_findings_are_written_into_a_file(run, tmp_path):
    write(tmp_path / "a.xml", TWICE)
    result = run("--format", "sarif", "-o", "out.sarif", "a.xml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads((tmp_path / "out.sarif").read_text())["version"] == "2.1.0"
    assert result.stderr == "out.sarif written. 1 file checked: 1 error.\n"


def test_findings_do_not_overwrite_what_is_checked(run, tmp_path):
    write(tmp_path / "a.xml", GOOD)
    result = run("-o", "./a.xml", "a.xml")
    assert result.exit_code == 2
    assert (tmp_path / "a.xml").read_text() == GOOD


def test_a_file_that_cannot_be_written_is_one_line(run, tmp_path):
    write(tmp_path / "a.xml", GOOD)
    result = run("-o", "missing/out.txt", "a.xml")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_colour_is_for_terminals(run, tmp_path):
    write(tmp_path / "a.xml", TWICE)
    assert "\033[" not in run("a.xml").stdout
    assert "\033[31;1merror" in run("--color", "always", "a.xml").stdout


def test_auto_colour_asks_the_terminal_and_no_color(monkeypatch):
    from teikit.cli.printing import use_colour

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert (use_colour("auto"), use_colour("never")) == (True, False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert (use_colour("auto"), use_colour("always")) == (False, True)


def test_progress_is_shown_on_a_terminal_and_only_on_standard_error(tmp_path):
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    write(tmp_path / "any.rnc", ANY)
    for number in range(25):
        write(tmp_path / f"f/{number}.xml", GOOD)
    for terminal in (True, False):
        ours, theirs = pty.openpty()
        process = teikit_process(
            "validate", "--schema", "any.rnc", "f", cwd=tmp_path, stdout=subprocess.PIPE,
            stderr=theirs if terminal else subprocess.PIPE,
        )  # fmt: skip
        os.close(theirs)
        stdout, stderr = process.communicate(timeout=120)
        assert stdout.decode() == "25 files checked: nothing wrong." + os.linesep
        if terminal:
            assert b"Checking" in read_all(ours)
        else:
            assert stderr == b""
        os.close(ours)


def read_all(descriptor: int) -> bytes:
    data = b""
    while True:
        try:
            part = os.read(descriptor, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return data
        if not part:
            return data
        data += part


def test_a_short_run_has_no_progress_bar(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with _progress(20) as on_done:
        on_done()
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise on Windows")
def test_a_reader_that_goes_away_sees_no_traceback(tmp_path):
    write(tmp_path / "a.xml", HEAD + '<p xml:id="i"/>' * 3000 + TAIL)
    process = teikit_process(
        "validate", "a.xml", cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.readline()
    process.stdout.close()
    assert (process.stderr.read(), process.wait(120)) == (b"", 1)


@pytest.mark.skipif(sys.platform != "linux", reason="file names are Unicode here")
def test_a_file_name_that_is_no_unicode_is_reported_in_every_format(tmp_path):
    write(tmp_path / os.fsdecode(b"caf\xe9.xml"), TWICE)
    for form in ("readable", "json", "sarif", "github"):
        process = teikit_process(
            "validate", "--format", form, ".", cwd=tmp_path,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        stdout, stderr = process.communicate(timeout=120)
        assert (process.returncode, stderr) == (1, b"")
        assert "caf" in stdout.decode("utf-8")


def test_a_terminal_without_the_letters_gets_numbers(tmp_path):
    write(tmp_path / "书.xml", TWICE)
    process = subprocess.run(
        [sys.executable, "-P", "-m", "teikit", "validate", "书.xml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT / "tools"), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (process.returncode, process.stderr) == (1, b"")
    assert b"\\u4e66.xml:1:" in process.stdout
