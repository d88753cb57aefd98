"""What a stranger's folder does to the process of the command, where no limit of time holds."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from hostile import document, validate, write_project
from teikit.check.allowing import apply_allowances
from teikit.check.names import known_names
from teikit.check.nearest import Effort, Nearest
from teikit.check.records import Allowance, PlacedEntity
from teikit.cli.commands import teikit
from teikit.errors import TeikitError
from teikit.files import find_documents, find_xml_files
from teikit.place import Place
from teikit.project import read_project
from teikit.report import Finding, Report, build_report
from teikit.report_formats import FORMATS
from teikit.safety.worker import JobFailed, Limits, Workers
from teikit.safety.writing import CannotWrite, write_file
from test_hostile import SLOW_RULES, SLOW_SETTINGS

needs_links = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


def run(*arguments: str | Path):
    return CliRunner().invoke(teikit, [str(one) for one in arguments])


# -- edition.toml -------------------------------------------------------------------------------

SETTINGS = {
    "deep lists": "a = " + "[" * 5000,
    "deep tables": "a = " + "{a=" * 5000,
    "a long number": "a = " + "9" * 5000,
    "a long key": ".".join("a" * 20_000) + " = 1",
    "witness a number": "witness = 5",
    "witness a list": "witness = [5]",
    "layout a number": "[[witness]]\nlayout = 5",
    "nul in a path": '[schema]\nrelaxng = "a\\u0000.rng"',
    "a long path": f'[schema]\nrelaxng = "{"a" * 5000}.rng"',
    "a long path of rules": f'[schema]\nschematron = "{"a" * 5000}.sch"',
    "large": "# " + "x" * 1_000_000,
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_made_to_do_harm_are_one_line(tmp_path, name):
    folder = write_project(tmp_path / "e", {}, SETTINGS[name])
    started = time.monotonic()
    done = run("validate", folder)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    assert time.monotonic() - started < 5


def test_settings_speak_to_no_terminal(tmp_path):
    folder = write_project(tmp_path / "e", {}, '"\\u001b[2J\\n::error::x ##vso[y]" = 1')
    done = run("validate", folder)
    assert r"\u{1B}[2J\u{A}::error::x \u{23}#vso[y] is no setting" in done.stderr


def test_an_encoding_that_python_cannot_name_is_a_finding(tmp_path):
    settings = '[[witness]]\ntext = "texts/m.xml"\nsource = "s.txt"\nencoding = "a\\u0000"'
    folder = write_project(tmp_path / "e", {"m": document("<p/>")}, settings)
    (folder / "s.txt").write_text("x")
    assert [one["rule"] for one in validate(folder)["s.txt"]] == ["witness:layout"]


def test_one_edition_that_cannot_be_checked_stops_no_other(tmp_path):
    write_project(tmp_path / "bad", {}, "x = 1")
    write_project(tmp_path / "lost", {}, '[schema]\nrelaxng = "no.rng"')
    write_project(tmp_path / "good", {})
    done = run("validate", tmp_path, "--format", "json", "--ignore", "schema:none,file")
    found = [(one["file"], one["rule"]) for one in json.loads(done.stdout)["findings"]]
    assert done.exit_code == 1
    assert [(os.path.relpath(file, tmp_path), rule) for file, rule in found] == [
        ("bad/edition.toml", "file:settings"),
        ("good/texts/a-good.xml", "ids:duplicate"),
        ("good/texts/z-good.xml", "ids:duplicate"),
        ("lost/edition.toml", "file:settings"),
    ]
    assert str(tmp_path) not in json.loads(done.stdout)["findings"][0]["message"]


# -- reading beside the folder ------------------------------------------------------------------


@needs_links
@pytest.mark.parametrize("link", ["source", "source/s.txt"])
def test_a_source_text_that_a_link_brings_in_is_not_read(tmp_path, link):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/s.txt").write_text("SECRET")
    settings = '[[witness]]\ntext = "texts/m.xml"\nsource = "source/s.txt"'
    folder = write_project(tmp_path / "e", {"m": document("<p><lb/>x</p>")}, settings)
    (folder / link).parent.mkdir(exist_ok=True)
    (folder / link).symlink_to(tmp_path / "out" / Path(link).relative_to("source"))
    found = validate(folder)
    assert [one["rule"] for one in found["source/s.txt"]] == ["file:unreadable"]
    assert "SECRET" not in json.dumps(found)


@needs_links
@pytest.mark.parametrize("name", ["edition.toml", "r.sch"])
def test_settings_and_rules_that_a_link_brings_in_are_not_read(tmp_path, name):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/edition.toml").write_text("SECRET = 1")
    (tmp_path / "out/r.sch").write_text("<SECRET/>")
    folder = write_project(tmp_path / "e", {}, SLOW_SETTINGS)
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / "out" / name)
    done = run("validate", folder)
    assert done.exit_code == 2
    assert "a link leads out of" in done.stderr
    assert "SECRET" not in done.output


@needs_links
def test_a_folder_of_texts_that_is_a_link_out_is_not_walked_through(tmp_path):
    (tmp_path / "e").mkdir()
    (tmp_path / "e/texts").symlink_to("/")
    started = time.monotonic()
    assert find_xml_files(tmp_path / "e", "texts") == ()
    assert time.monotonic() - started < 1


@needs_links
def test_a_pointer_into_a_loop_of_links_leads_nowhere(tmp_path):
    folder = write_project(tmp_path / "e", {"m": document('<p corresp="loop loop/x.xml"/>')})
    (folder / "texts/loop").symlink_to("loop")
    assert {one["rule"] for one in validate(folder)["texts/m.xml"]} == {"pointers:unknown-file"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_rules_that_are_a_pipe_are_not_waited_for(tmp_path):
    folder = write_project(tmp_path / "e", {}, SLOW_SETTINGS)
    os.mkfifo(folder / "r.sch")
    started = time.monotonic()
    assert "there is no such file" in run("validate", folder).stderr
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("href", ["a%00b.rng", "loop.rng", "x" * 300 + ".rng"])
def test_what_no_file_can_be_called_is_no_part_of_a_schema(tmp_path, href):
    folder = write_project(tmp_path / "e", {}, '[schema]\nrelaxng = "r.rng"')
    (folder / "r.rng").write_text(
        f'<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="{href}"/></grammar>'
    )
    if os.name != "nt":
        (folder / "loop.rng").symlink_to("loop.rng")
    assert [one["rule"] for one in validate(folder)["r.rng"]] == ["relaxng:bad-schema"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such depth")
def test_folders_a_thousand_deep_are_walked_through(tmp_path):
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(os.open("a.xml", os.O_CREAT, dir_fd=here))
    os.close(here)
    try:
        assert len(find_documents(tmp_path)[0]) == 1
        assert len(find_xml_files(tmp_path, "d")) == 1
    finally:
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)


# -- time and memory of the command ---------------------------------------------------------------


def test_names_that_are_anagrams_are_compared_for_some_seconds_at_most():
    letters, words = list("ab" * 50), []
    for _ in range(600):
        random.Random(len(words)).shuffle(letters)
        words.append("".join(letters))
    effort = Effort(4_000_000)
    near = Nearest(words[:300], effort)
    started = time.monotonic()
    assert near.find(words[300])
    for word in words[301:]:
        near.find(word)
    assert near.find(words[-1]) == ()
    assert time.monotonic() - started < 5


def test_many_allowances_of_many_findings_are_held_together_quickly():
    rules = ("pointers", *(f"no{number}" for number in range(20_000)), "pointers")
    allowance = Allowance(Place("a.xml", 1, 1, 1, 2), 3, rules, "why")
    findings = [
        Finding(Place("a.xml", 2, 1), "pointers:unknown-target", str(number), ordinal=3)
        for number in range(20_000)
    ]
    started = time.monotonic()
    left, allowed = apply_allowances(findings, [allowance], lambda _rule, _path: True)
    assert allowed == 20_000
    assert {one.rule for one in left} == {"allow:unknown-rule"}
    assert time.monotonic() - started < 10


def test_many_entities_of_one_name_are_gathered_quickly():
    place = Place("r.xml", 1, 1)
    entities = [
        PlacedEntity(f"r.xml#p{number}", "Ann", place, number, "person", ("Ann",))
        for number in range(50_000)
    ]
    started = time.monotonic()
    (name,) = known_names([*entities, *entities])
    assert len(name.uris) == 50_000
    assert time.monotonic() - started < 5


def test_many_prefixes_do_not_multiply_with_the_pointers(tmp_path):
    forms = "".join(
        f'<prefixDef ident="p{number}" matchPattern="(.+)" replacementPattern="b.xml#$1"/>'
        for number in range(4000)
    )
    header = f"<encodingDesc><listPrefixDef>{forms}</listPrefixDef></encodingDesc>"
    wrong = "".join(f'<p corresp="#x{number}"/>' for number in range(4000))
    right = "".join(f'<p xml:id="x{number}"/>' for number in range(4000))
    texts = {"a": document(wrong, header=header), "b": document(right)}
    started = time.monotonic()
    found = validate(write_project(tmp_path / "e", texts))["texts/a.xml"]
    assert found[0]["expected"] == ["b.xml#x0", "p0:x0", "p1:x0"]
    assert time.monotonic() - started < 8


def test_a_file_that_cannot_fit_a_worker_is_not_held_by_the_command(tmp_path):
    folder = write_project(tmp_path / "e", {"m": document('<p corresp="big.rng#a"/>')})
    for name in ("big.xml", "big.rng"):
        with (folder / "texts" / name).open("wb") as stream:
            stream.truncate(400_000_000)
    (finding,) = validate(folder)["texts/big.xml"]
    assert finding["rule"] == "safety:memory"
    assert "more than 200 MB" in finding["message"]


def test_all_answers_together_may_not_fill_the_memory_of_the_command():
    ids = "".join(f'<p xml:id="{"p" * 2000}{number}"/>' for number in range(1000))
    data = document(ids).encode()
    with Workers(Limits(memory=200_000_000), count=1) as jobs:
        results = jobs.run_all("ids", [(data, f"{number}.xml", "") for number in range(60)])
    lost = [one for one in results if isinstance(one, JobFailed)]
    told = sum(len("".join(one.ids)) for one in results if not isinstance(one, JobFailed))
    assert 45 * 2_000_000 < told < 100_000_000
    assert {one.reason for one in lost} == {"memory"}


def test_an_xml_base_does_not_make_every_pointer_longer_than_any(tmp_path):
    body = f'<div xml:base="{"b/" * 20_000}"><p corresp="a.xml"/></div>'
    (finding,) = validate(write_project(tmp_path / "e", {"m": document(body)}))["texts/m.xml"]
    assert finding["rule"] == "pointers:malformed"


# -- what comes out -----------------------------------------------------------------------------


def test_what_a_finding_quotes_is_cut(tmp_path):
    body = f'<p corresp="#{"y" * 9000}"/><p xml:id="{"z" * 1_000_000}" xml:lang="{"q" * 9000}"/>'
    folder = write_project(tmp_path / "e", {"m": document(body)})
    found = validate(folder)["texts/m.xml"]
    assert len(found) >= 2
    assert all(len(one["message"]) <= 2000 and len(one["hint"]) <= 2000 for one in found)
    (cut,) = build_report([Finding(Place("a"), "x:y", "a" * 9000 + "end")]).findings
    assert cut.message.endswith("aend")


COMMANDS = ("::error::x", "  ::stop-commands::x", "##[add-matcher]x", "a ##vso[task.complete]x")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("said", [*COMMANDS, "a\n::error::x", "\x1b[2J", "\x9b31m", "\u202egnp"])
def test_no_report_commands_a_terminal_or_the_host_of_a_check(form, said):
    place = Place(f"{said}.xml", 1, 1, 1, 2)
    report = Report((Finding(place, "x:y", said, hint=said, path=said, source=said),))
    text = FORMATS[form](report, 1)
    lines = text.splitlines()
    assert not any(character in text for character in "\x1b\x9b\u202e")
    assert not any("##[" in line or "##vso[" in line for line in lines)
    commands = [line for line in lines if line.lstrip().startswith("::")]
    assert len(commands) == (form == "github")
    if form == "json":
        assert json.loads(text)["findings"][0]["message"] == said


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_device_or_a_link_is_not_written_over(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("file")
    for name in ("pipe", "link"):
        with pytest.raises(CannotWrite, match="name a file"):
            write_file(tmp_path / name, b"")
    assert sorted(os.listdir(tmp_path)) == ["link", "pipe"]


def test_large_settings_are_not_read_as_a_whole(tmp_path):
    with (tmp_path / "edition.toml").open("wb") as stream:
        stream.truncate(3_000_000_000)
    with pytest.raises(TeikitError, match="too large"):
        read_project(tmp_path)


# -- what is left behind --------------------------------------------------------------------------


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_the_command_for_long(tmp_path, how):
    folder = write_project(tmp_path / "e", {"m": document("<p/>" * 6000)}, SLOW_SETTINGS)
    (folder / "r.sch").write_text(SLOW_RULES)
    command = [sys.executable, "-P", "-m", "teikit", "validate", str(folder), "--timeout", "3"]
    package = str(Path(teikit.callback.__code__.co_filename).parents[2])
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": package})
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    workers: list[str] = []
    while len(workers) < 1:
        workers = children.read_text().split()
    time.sleep(2)
    workers = sorted({*workers, *children.read_text().split()})
    process.send_signal(how)
    process.wait()
    ends = time.monotonic() + (12 if how == signal.SIGKILL else 3)
    while any(_is_running(worker) for worker in workers):
        assert time.monotonic() < ends
        time.sleep(0.1)


def _is_running(worker: str) -> bool:
    try:
        return Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
