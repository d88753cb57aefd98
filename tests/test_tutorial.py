"""The tutorials in docs/: whoever does what they say gets what they say."""

import os

import pytest

from shared_data import PROJECT
from tutorial import Change, Follower, Run, Save, See, differs, read_steps

TUTORIALS = sorted((PROJECT / "docs").glob("tutorial*.md"))


def steps_of(path) -> list:
    return read_steps(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.name)
def test_every_step_of_the_tutorial_does_what_it_says(path, tmp_path):
    steps = steps_of(path)
    assert {type(step) for step in steps} == {Save, Change, Run, See}
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "tools"), "PYTHONUTF8": "1"}
    follower = Follower(tmp_path, environment)
    for step in steps:
        follower.follow(step)


def way(step) -> object:
    """Return what is done in a step, whatever the files are called."""
    if not isinstance(step, Run):
        return type(step)
    words = step.command.split()
    return words[: 2 if words[0] == "teikit" else 1]


def test_the_tutorials_go_the_same_way_in_every_language():
    assert len(TUTORIALS) == 2
    ways = [[way(step) for step in steps_of(path)] for path in TUTORIALS]
    assert ways[0] == ways[1]


def test_the_tutorial_shows_every_command_that_a_first_edition_needs():
    used = {step.command.split()[1] for step in steps_of(TUTORIALS[0]) if isinstance(step, Run)}
    wanted = {"new", "import", "validate", "explain", "entities", "format", "diff", "publish"}
    assert wanted - used == set()


def test_the_reader_of_tutorials_sees_what_is_not_as_shown():
    assert differs(("a", "...", "d"), ["a", "b", "c", "d", "e"]) == ""
    assert differs(("a", "c"), ["a", "b", "c"]) != ""
    assert differs(("...", "x"), ["a"]) != ""
    steps = read_steps(
        "<!-- file: a.txt -->\n```text\nA\n```\n\n"
        "<!-- ends with: 1 -->\n```console\n$ teikit x\nno\n```\n"
        "<!-- change: a.txt -->\n```diff\n-A\n+B\n```\n<!-- see: a.txt -->\n"
    )
    assert steps == [
        Save("a.txt", "A\n"),
        Run("teikit x", ("no",), 1),
        Change("a.txt", "A\n", "B\n"),
        See("a.txt"),
    ]
