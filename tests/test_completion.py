"""What a shell shows after Tab: commands, options, files; fast, and without starting a worker."""

import os
import shutil
import subprocess
import sys
import time

import pytest

from shared_data import PROJECT
from teikit.cli.commands import COMMANDS

RUN = "from teikit.cli import main; main()"


def ask(shell: str, words: str, position: int) -> list[str]:
    """Return what teikit answers to a shell that asks for the word at POSITION."""
    env = os.environ | {
        "PYTHONPATH": str(PROJECT / "tools"),
        "_TEIKIT_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(position) if shell != "fish" else words.split(" ")[position],
    }
    done = subprocess.run([sys.executable, "-c", RUN], env=env, capture_output=True,
                          encoding="utf-8", timeout=60)  # fmt: skip
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_all_commands_are_offered():
    assert ask("bash", "teikit ", 1) == [f"plain,{name}" for name in COMMANDS]


@pytest.mark.parametrize(
    ("words", "position", "expected"),
    [
        ("teikit val", 1, ["plain,validate"]),
        ("teikit validate --sc", 2, ["plain,--schema"]),
        ("teikit validate --format g", 3, ["plain,github"]),
        ("teikit odd co", 2, ["plain,compile"]),
        ("teikit validate te", 2, ["file,te"]),
        ("teikit validate --schema te", 3, ["file,te"]),
        ("teikit publish te", 2, ["file,te"]),
        ("teikit transform te", 2, ["file,te"]),
        ("teikit odd compile te", 3, ["file,te"]),
    ],
)
def test_options_values_and_files_are_offered(words, position, expected):
    assert ask("bash", words, position) == expected


def test_it_takes_no_time():
    times = []
    for _ in range(5):
        started = time.perf_counter()
        ask("bash", "teikit validate --", 2)
        times.append(time.perf_counter() - started)
    assert min(times) < 0.3


WATCHED = """
import sys
from teikit.safety import process
def start_process(job):
    print("a worker")
    sys.exit()
process.start_process = start_process
sys.argv = ["teikit", "validate", "--str"]
from teikit.cli import main
main()
"""


@pytest.mark.parametrize(
    ("complete", "expected"), [("", "a worker\n"), ("bash_complete", "plain,--strict\n")]
)
def test_no_worker_is_started_for_it(complete, expected):
    env = os.environ | {"PYTHONPATH": str(PROJECT / "tools")}
    if complete:
        env |= {"_TEIKIT_COMPLETE": complete, "COMP_CWORD": "2"}
        env |= {"COMP_WORDS": "teikit validate --str"}
    done = subprocess.run([sys.executable, "-c", WATCHED], env=env, capture_output=True,
                          encoding="utf-8", timeout=60)  # fmt: skip
    assert done.stdout == expected, done.stderr


SHELLS = {
    "bash": 'eval "$(_TEIKIT_COMPLETE=bash_source teikit)"; COMP_WORDS=(teikit val); COMP_CWORD=1; '
    '_teikit_completion teikit; echo "${COMPREPLY[@]}"',
    "fish": "_TEIKIT_COMPLETE=fish_source teikit | source; complete -C 'teikit val'",
    "zsh": 'autoload -Uz compinit; compinit -u; eval "$(_TEIKIT_COMPLETE=zsh_source teikit)"; '
    "(( $+functions[_teikit_completion] )) && [[ $_comps[teikit] == _teikit_completion ]] && "
    "echo validate",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_line_in_the_readme_does_it(shell, tmp_path):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    line = "eval" if shell != "fish" else "source"
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert any(f"_TEIKIT_COMPLETE={shell}_source teikit" in row and line in row
               for row in readme.splitlines())  # fmt: skip
    command = tmp_path / "bin" / "teikit"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{RUN}" "$@"\n')
    command.chmod(0o755)
    env = os.environ | {
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(PROJECT / "tools"),
        "HOME": str(tmp_path),
    }
    done = subprocess.run([shell, "-c", SHELLS[shell]], env=env, capture_output=True,
                          encoding="utf-8", timeout=60)  # fmt: skip
    assert done.stdout.split("\t")[0].strip() == "validate", done.stderr
