"""Workers with limits, plain values on the wire, whole or no output."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teikit import jobs as job_table
from teikit.check.records import Checked, CheckSettings
from teikit.errors import TeikitError
from teikit.place import Place
from teikit.report import Finding
from teikit.safety import writing
from teikit.safety.wire import Packed, pack, unpack
from teikit.safety.worker import BugInWorker, Here, JobFailed, Limits, Workers
from teikit.safety.writing import MANIFEST, CannotWrite, write_file, write_folder

PLACES = st.builds(Place, st.text(), st.integers(), st.integers(), st.integers(), st.integers())
FINDINGS = st.builds(Finding, PLACES, st.text(), st.text(), expected=st.lists(st.text()).map(tuple))


def over_the_wire(kind: Any, value: Any) -> Any:
    """Return what arrives at the other end."""
    message = unpack(pack(value))
    return message.as_kind(kind, message.plain)


@dataclass(frozen=True)
class Everything:
    data: bytes
    table: dict[str, int]
    names: frozenset[str]
    pairs: tuple[tuple[str, float], ...]
    maybe: Place | None


@given(st.builds(Checked, st.text(), st.booleans(), st.lists(FINDINGS, max_size=3).map(tuple)))
def test_values_come_over_the_wire_as_they_were(checked):
    assert over_the_wire(Checked, checked) == checked


def test_every_kind_of_plain_value_comes_over_the_wire():
    value = Everything(b"\0\xff", {"a": 1}, frozenset({"b", "a"}), (("x", 1.5),), None)
    assert over_the_wire(Everything, value) == value


@dataclass(frozen=True)
class Several:
    all: tuple[Everything, ...]
    places: list[Place]
    maybe: tuple[tuple[Place | None, ...], ...]


def test_many_records_come_over_the_wire_as_one_does():
    place = Place("a", 1, 2, 3, 4)
    one = Everything(b"\0", {"a": 1}, frozenset("b"), (("x", 1.5),), place)
    other = Everything(b"", {}, frozenset(), (), None)
    value = Several((one, other, one), [place, Place("b")], ((place, None), (), (None,)))
    assert over_the_wire(Several, value) == value


def test_many_records_with_a_field_of_another_kind_are_refused():
    plain = unpack(pack([Place("a"), Place("b")])).plain
    plain["columns"][1][1] = "1"
    with pytest.raises(TypeError):
        Packed(plain, []).as_kind(list[Place], plain)


@pytest.mark.parametrize("plain", [["x"], 5, [1, 2, 3, 4, 5], None])
def test_what_is_no_such_value_is_refused(plain):
    with pytest.raises((TypeError, ValueError)):
        Packed(plain, []).as_kind(Place, plain)


@pytest.fixture
def odd_jobs(monkeypatch, tmp_path):
    """Give the workers some jobs that misbehave."""
    (tmp_path / "misbehaving.py").write_text(
        "from teikit.errors import TeikitError\n"
        "from teikit.check.records import Ids\n"
        "import os, sys\n"
        "def forever() -> Ids:\n    while True: pass\n"
        "def greedy() -> Ids:\n    return Ids(('x' * 10**10,))\n"
        "def dies() -> Ids:\n    os._exit(3)\n"
        "def refuses() -> Ids:\n    raise TeikitError('the scholar is told this')\n"
        "def buggy() -> Ids:\n    return 1 / 0\n"
        "def chatty() -> Ids:\n    print('noise', flush=True); os.write(1, b'n')\n"
        "    return Ids(('a',))\n"
        "def maybe_forever(n: str) -> Ids:\n    while n == '2': pass\n    return Ids((n,))\n"
        "kept = []\n"
        "def keeps() -> Ids:\n    kept.append(b'x' * 150_000_000)\n    return Ids(('kept',))\n"
        "def chatters() -> Ids:\n    return Ids(('x' * 60_000_000,))\n"
        "def whoami() -> Ids:\n    return Ids((str(os.getpid()),))\n"
    )
    table = "\n".join(
        f'JOBS["{name}"] = Job("misbehaving:{name}", "teikit.check.records:Ids")'
        for name in (
            "forever",
            "greedy",
            "dies",
            "refuses",
            "buggy",
            "chatty",
            "whoami",
            "maybe_forever",
            "keeps",
            "chatters",
        )
    )
    (tmp_path / "sitecustomize.py").write_text(
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        f"sys.path.insert(0, {str(Path(job_table.__file__).parents[1])!r})\n"
        f"from teikit.jobs import JOBS, Job\n{table}\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(job_table, "JOBS", dict(job_table.JOBS))
    exec(table, {"JOBS": job_table.JOBS, "Job": job_table.Job})


def test_a_worker_answers_as_this_process_would():
    data, settings = b'<a xml:id="i"><b xml:id="i"/></a>', CheckSettings()
    with Workers() as workers:
        assert workers.run("check", data, "x.xml", settings) == Here().run(
            "check", data, "x.xml", settings
        )


def test_a_job_that_takes_too_long_is_ended_and_the_next_one_runs(odd_jobs):
    with Workers(Limits(seconds=0.7), 1) as workers:
        started = time.monotonic()
        with pytest.raises(JobFailed) as caught:
            workers.run("forever")
        assert caught.value.reason == "time"
        assert time.monotonic() - started < 30  # starting a worker may take long on a busy machine
        workers.limits = Limits(seconds=30)
        assert workers.run("chatty").ids == ("a",)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory limits hold on Linux only")
def test_a_job_that_takes_too_much_memory_is_ended(odd_jobs):
    with Workers(Limits(memory=400_000_000), 1) as workers:
        with pytest.raises(JobFailed) as caught:
            workers.run("greedy")
        assert caught.value.reason == "memory"
        assert workers.run("ids", b'<a xml:id="i"/>', "x.xml", "").ids == ("i",)


def test_a_worker_that_dies_is_replaced(odd_jobs):
    with Workers(count=1) as workers:
        results = workers.run_all("ids", [(b'<a xml:id="i"/>', "x", "")])
        with pytest.raises(JobFailed) as caught:
            workers.run("dies")
        assert caught.value.reason == "crash"
        assert workers.run_all("ids", [(b'<a xml:id="i"/>', "x", "")]) == results


def test_what_a_job_raises_arrives_as_what_it_is(odd_jobs):
    with Workers(count=1) as workers:
        with pytest.raises(TeikitError, match="the scholar is told this"):
            workers.run("refuses")
        with pytest.raises(BugInWorker, match="ZeroDivisionError"):
            workers.run("buggy")


def test_a_worker_is_kept_and_used_again(odd_jobs):
    with Workers(count=1) as workers:
        assert workers.run("whoami") == workers.run("whoami")


def test_calls_are_taken_one_by_one_and_results_come_in_order(odd_jobs):
    taken, waiting, done = [], [], []

    def calls():
        for number in range(60):
            taken.append(number)
            waiting.append(len(taken) - len(done))
            yield f'<a xml:id="i{number}"/>'.encode(), "x.xml", ""

    with Workers(count=2) as workers:
        results = workers.run_all("ids", calls(), on_done=lambda: done.append(1))
    assert [result.ids for result in results] == [(f"i{number}",) for number in range(60)]
    assert (len(taken), len(done)) == (60, 60)
    assert max(waiting) <= 5  # one at work and one at hand for each of two workers


def test_each_result_is_told_with_its_arguments(odd_jobs):
    told = {}
    with Workers(Limits(seconds=0.5), 2) as workers:
        calls = [(b"<a/>", f"{number}.xml", "") for number in range(5)]
        workers.run_all("ids", calls, on_result=lambda call, result: told.update({call[1]: result}))
        assert sorted(told) == [f"{number}.xml" for number in range(5)]
        (lost,) = workers.run_all("forever", [()], on_result=lambda *one: told.update(one=one))
    assert told["one"] == ((), lost)
    assert lost.reason == "time"


def test_what_comes_after_a_lost_call_is_done_all_the_same(odd_jobs):
    """The worker that is ended was sent the next call already."""
    with Workers(Limits(seconds=0.5), 1) as workers:
        results = workers.run_all("maybe_forever", [(str(number),) for number in range(6)])
    assert [getattr(result, "reason", None) or result.ids for result in results] == [
        ("0",), ("1",), "time", ("3",), ("4",), ("5",),
    ]  # fmt: skip


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory limits hold on Linux only")
def test_a_job_does_not_pay_for_what_others_left_in_memory(odd_jobs):
    with Workers(Limits(memory=400_000_000), 1) as workers:
        results = workers.run_all("keeps", [()] * 4)
    assert [result.ids for result in results] == [("kept",)] * 4


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory limits hold on Linux only")
def test_an_answer_that_would_fill_our_memory_is_not_taken(odd_jobs):
    with Workers(Limits(memory=400_000_000), 1) as workers:
        with pytest.raises(JobFailed) as caught:
            workers.run("chatters")
        assert caught.value.reason == "memory"


def test_an_error_in_one_call_ends_all(odd_jobs):
    with Workers(count=2) as workers:
        with pytest.raises(BugInWorker):
            workers.run_all("buggy", [()] * 20)
        assert workers.run("chatty").ids == ("a",)


def test_what_a_library_prints_does_not_get_between_the_answers(odd_jobs):
    with Workers(count=1) as workers:
        assert [workers.run("chatty").ids for _ in range(3)] == [("a",)] * 3


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("target", [".", "missing/x"])
def test_a_file_that_cannot_be_written_is_one_line(tmp_path, target):
    with pytest.raises(CannotWrite) as caught:
        write_file(tmp_path / target, b"x")
    assert "\n" not in str(caught.value)


def test_a_folder_of_ours_is_replaced_whole(tmp_path):
    site = tmp_path / "site"
    write_folder(site, {"a.html": b"1", "sub/b.html": b"2"})
    write_folder(site, {"c.html": b"3"})
    assert sorted(path.name for path in site.iterdir()) == [MANIFEST, "c.html"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_is_not_ours_stays_as_it_is(tmp_path):
    (tmp_path / "thesis.doc").write_text("years")
    with pytest.raises(CannotWrite, match="choose another folder"):
        write_folder(tmp_path, {"a": b""})
    assert (tmp_path / "thesis.doc").read_text() == "years"


def test_a_symbolic_link_is_refused(tmp_path):
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    link.symlink_to("real")
    with pytest.raises(CannotWrite, match="symbolic link"):
        write_folder(link, {"a": b""})


def test_nothing_is_written_outside_the_folder(tmp_path):
    with pytest.raises(CannotWrite):
        write_folder(tmp_path / "site", {"../x": b""})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kill_at", range(1, 13))
def test_killed_at_any_point_the_old_site_is_whole_or_restored(tmp_path, kill_at):
    """A process is killed at the Nth touch of the disk; the next run finds a whole site."""
    site = tmp_path / "site"
    write_folder(site, {"a.html": b"old", "b.html": b"old", "same.html": b"same"})
    program = (
        "import builtins, os, sys, pathlib\n"
        "from teikit.safety.writing import write_folder\n"
        "count = 0\n"
        "def killing(function):\n"
        "    def wrapped(*a, **k):\n"
        "        global count\n"
        "        count += 1\n"
        f"        if count == {kill_at}: os._exit(9)\n"
        "        return function(*a, **k)\n"
        "    return wrapped\n"
        "for name in ('rename', 'write_bytes', 'unlink', 'rmdir', 'write_text'):\n"
        "    setattr(pathlib.Path, name, killing(getattr(pathlib.Path, name)))\n"
        "os.link = killing(os.link)\n"
        "opening, touch = builtins.open, killing(int)\n"
        "builtins.open = lambda file, mode='r', *a, **k: (\n"
        "    touch() if mode == 'xb' else 0, opening(file, mode, *a, **k))[1]\n"
        "files = {'a.html': b'new', 'b.html': b'new', 'same.html': b'same'}\n"
        "write_folder(pathlib.Path(sys.argv[1]), files)\n"
        "os._exit(0)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(writing.__file__).parents[2])}
    ran = subprocess.run([sys.executable, "-c", program, str(site)], env=environment, check=False)
    assert ran.returncode == 9 or kill_at > 8  # there are at least eight touches
    old = tmp_path / "site.old"
    whole = site if site.exists() else old
    words = {(whole / name).read_bytes() for name in ("a.html", "b.html")}
    assert words in ({b"old"}, {b"new"})
    write_folder(site, {"c.html": b"next"})
    assert sorted(path.name for path in site.iterdir()) == [MANIFEST, "c.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]
