"""`teikit serve`: what the preview answers, and to whom; what happens when a file is saved."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkout import PROJECT
from sites import SMALL, copy_of
from teikit.errors import TeikitError
from teikit.serving.preview import Shown, answer, with_reload
from teikit.serving.server import Preview
from teikit.serving.watching import look

SITE = Shown(
    {
        "index.html": b"<html><head></head>front</html>",
        "texts/a b.html": b"text",
        "registers/index.html": b"registers",
        "static/x.js": b"script",
        "x.svg": b"<svg/>",
    },
    3,
)
OURS = "127.0.0.1:8000"


def ask(address: str, host: str = OURS):
    """Return the answer of the preview of the small site."""
    return answer(SITE, address, host, 8000)


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("/texts/a%20b.html", b"text"),
        ("/texts/a%20b.html?q=1#x", b"text"),
        ("/registers/", b"registers"),
        ("/static/x.js", b"script"),
        ("/-teikit/version", b"3"),
    ],
)
def test_files_of_the_site_are_shown(address, body):
    assert (ask(address).status, ask(address).body) == (200, body)


def test_a_folder_without_its_slash_leads_to_the_one_with_it():
    assert (ask("/registers").status, ask("/registers").location) == (301, "/registers/")


@given(
    st.text(max_size=40) | st.sampled_from(["/../x", "//etc/passwd", "/%2e%2e/x", "/%00", "/%ff"])
)
def test_no_address_shows_anything_but_the_site(address):
    made = ask("/" + address)
    known = {*SITE.files.values(), with_reload(SITE.files["index.html"], 3), b"3"}
    assert made.status in (301, 404) or made.body in known or b"location.reload" in made.body


@pytest.mark.parametrize(
    "host", ["", "evil.example", "127.0.0.1", "127.0.0.1:9", "evil:8000", "[::1]:8000"]
)
def test_whoever_calls_it_by_another_name_is_refused(host):
    made = ask("/", host)
    assert made.status == 421
    assert b"front" not in made.body


def test_kinds_are_said_and_not_guessed():
    assert ask("/static/x.js").kind == "text/javascript; charset=utf-8"
    assert ask("/x.svg").kind == "application/octet-stream"  # in a browser, it is a program
    assert ask("/").headers["X-Content-Type-Options"] == "nosniff"
    assert ask("/").headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_only_the_script_that_loads_pages_again_is_allowed_in_addition():
    page = (
        b'<head><meta http-equiv="Content-Security-Policy" '
        b"content=\"default-src 'none'; script-src 'self' file:\"></head>"
    )
    made = with_reload(page, 1).decode()
    policy = re.search(r'content="([^"]*)"', made)[1]
    assert policy == "default-src 'none'; script-src 'self' file:; connect-src 'self'"
    assert made.count("<script") == 1


def test_it_listens_on_this_computer_alone_and_takes_the_next_port_where_one_is_taken():
    with Preview(0, exact=False) as preview:
        assert preview._server.server_address[0] == "127.0.0.1"
        with pytest.raises(TeikitError, match=f"port {preview.port} is taken.*--port"):
            Preview(preview.port, exact=True)
        with Preview(preview.port, exact=False) as other:
            assert other.port > preview.port


def test_a_look_at_the_files_sees_changes_but_not_what_is_published(tmp_path):
    (tmp_path / "a.xml").write_text("a", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / "build").mkdir()
    first = look(tmp_path, tmp_path / "build")
    (tmp_path / "build" / "x.html").write_text("b", encoding="utf-8")
    (tmp_path / ".git" / "x").write_text("b", encoding="utf-8")
    (tmp_path / "a.xml~").write_text("b", encoding="utf-8")
    assert look(tmp_path, tmp_path / "build") == first != {}
    (tmp_path / "a.xml").write_text("ab", encoding="utf-8")
    assert look(tmp_path, tmp_path / "build") != first


class Running:
    """The command, running; what it prints and what it shows."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-P", "-m", "teikit", "serve", str(folder), "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"PYTHONPATH": str(PROJECT / "tools"), "NO_COLOR": "1"},
        )
        self.said = self.until("Shown at ")
        self.port = int(re.search(r":(\d+)/", self.said)[1])

    def until(self, words: str) -> str:
        """Return all that is printed until WORDS are."""
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if words in line:
                return "".join(lines)
        raise AssertionError("".join(lines))

    def get(self, path: str) -> str:
        """Return what is shown at PATH."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        return connection.getresponse().read().decode("utf-8")

    def end(self) -> int:
        """End it as Ctrl+C does, and return its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C cannot be sent to one process here")
def test_pages_follow_the_files_and_a_mistake_keeps_what_is_shown(tmp_path):
    folder = copy_of(SMALL, tmp_path)
    text = folder / "texts" / "first.xml"
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    running = Running(folder)
    try:
        assert "Dear" in running.get("/texts/first.html")
        assert running.get("/-teikit/version") == "1"
        text.write_text(text.read_text("utf-8").replace("Dear", "Dearest"), "utf-8")
        running.until("Built")
        assert "Dearest" in running.get("/texts/first.html")
        assert running.get("/-teikit/version") == "2"
        text.write_text(text.read_text("utf-8").replace("</body>", ""), "utf-8")
        assert "as a draft: 1 error would stop" in running.until("Built")
        assert "Dearest" in running.get("/texts/first.html")  # what was shown of it stays
        (folder / "edition.toml").write_text("no = = toml", encoding="utf-8")
        assert "edition.toml" in running.until("Error: ")
        assert running.get("/-teikit/version") == "3"
    finally:
        code = running.end()
    assert code == 0
    after = {path for path in folder.rglob("*") if path.is_file()}
    assert after == set(before)  # nothing was written beside the edition's files


def test_requests_that_never_end_hold_nobody_up(tmp_path):
    with Preview(0, exact=False) as preview:
        preview.show({"index.html": b"front"})
        idle = [socket.create_connection(("127.0.0.1", preview.port)) for _ in range(5)]
        started = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=10)
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"front"
        assert time.monotonic() - started < 5
        for one in idle:
            one.close()
