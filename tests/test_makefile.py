"""The Makefile and tools/venv.sh: two commands do all the set-up.

Most tests give `make` a Python that only writes down what it is asked, so that they are quick.
"""

import re
import shutil
import stat
from pathlib import Path

import pytest

from checkout import copy_project, need, run
from shared_data import PROJECT

MAKE = shutil.which("make")
pytestmark = pytest.mark.skipif(MAKE is None, reason="make is not installed")

TOOLS = ("sh", "echo", "cat", "cmp", "cp", "mkdir", "rm", "find")
STAND_IN = """#!/bin/sh
echo "$*" >>"$LOG"
case "$*" in
    "-c "*"(3, 11)"*) [ "$VERSION" != 3.10 ] ;;
    "-c "*version_info*) echo "$VERSION" ;;
    "-c import ensurepip"*) [ -z "$NO_ENSUREPIP" ] ;;
    "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    "-m pip "*) [ -z "$NO_PIP" ] ;;
esac
"""


class Checkout:
    """A folder with the Makefile in it, where Python is a stand-in that keeps a log."""

    def __init__(self, folder: Path):
        self.folder, self.bin, self.log = folder / "a checkout", folder / "bin", folder / "log"
        (self.folder / "tools").mkdir(parents=True)
        for name in ("Makefile", "pyproject.toml", "tools/venv.sh"):
            shutil.copy(PROJECT / name, self.folder / name)
        self.bin.mkdir()
        for name in TOOLS:
            (self.bin / name).symlink_to(shutil.which(name))

    def add_python(self, name: str) -> None:
        path = self.bin / name
        path.write_text(STAND_IN, encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def make(self, *arguments: str, **variables: str):
        """Return what make did, and the commands that Python was given."""
        self.log.write_text("")
        settings = {"PATH": str(self.bin), "LOG": str(self.log), "VERSION": "3.14",
                    "NO_ENSUREPIP": "", "NO_PIP": ""}  # fmt: skip
        done = run(MAKE, *arguments, folder=self.folder, **(settings | variables))
        asked = [line for line in self.log.read_text().splitlines() if line.startswith("-m")]
        return done, asked

    def makes_venv(self, *arguments: str, **variables: str) -> bool:
        done, asked = self.make(*(arguments or ("venv",)), **variables)
        assert done.returncode == 0, done.stderr
        return "-m venv .venv" in asked


@pytest.fixture
def checkout(tmp_path):
    made = Checkout(tmp_path)
    made.add_python("python3.14")
    return made


def test_publish_sets_up_validates_and_says_where_to_look(checkout):
    done, asked = checkout.make("publish")
    assert done.returncode == 0, done.stderr
    assert asked == ["-m venv .venv", "-m pip install --quiet --editable .",
                     "-m teikit publish tei -o build"]  # fmt: skip
    assert "build/site/index.html" in done.stdout.splitlines()[-2]
    assert "build/text/" in done.stdout.splitlines()[-1]


def test_publish_that_stops_does_not_say_where_to_look(checkout):
    checkout.make("venv")
    python = checkout.folder / ".venv/bin/python"
    python.write_text(STAND_IN.replace("esac", '    "-m teikit"*) exit 1 ;;\nesac'))
    done, _ = checkout.make("publish")
    assert done.returncode != 0
    assert "build/site" not in done.stdout


def test_test_adds_what_tests_need_to_the_same_environment(checkout):
    checkout.make("publish")
    _, asked = checkout.make("test", "ARGS=-k witness")
    assert asked == ["-m pip install --quiet --editable .[test]",
                     "-m pytest -m not slow -k witness"]  # fmt: skip
    _, asked = checkout.make("test")
    assert asked == ["-m pytest -m not slow"]


def test_no_slow_test_is_no_failure_and_a_failed_one_is(checkout):
    checkout.make("venv-test")
    python = checkout.folder / ".venv/bin/python"
    for status, accepted in (("5", True), ("1", False)):
        python.write_text(STAND_IN.replace("esac", f'    "-m pytest"*) exit {status} ;;\nesac'))
        done, _ = checkout.make("test-all")
        assert (done.returncode == 0) is accepted


def test_sound_environment_is_left_alone(checkout):
    assert checkout.makes_venv()
    assert not checkout.makes_venv()
    assert not checkout.makes_venv("publish")


def test_environment_is_made_anew_when_dependencies_may_have_changed(checkout):
    checkout.makes_venv()
    with (checkout.folder / "pyproject.toml").open("a") as stream:
        stream.write("# another line\n")
    assert checkout.makes_venv()


def test_environment_is_made_anew_when_its_python_is_gone_or_broken(checkout):
    checkout.makes_venv()
    python = checkout.folder / ".venv/bin/python"
    python.unlink()
    assert checkout.makes_venv()
    python.unlink()
    python.symlink_to(checkout.folder / "nowhere")
    assert checkout.makes_venv()
    python.write_text("#!/bin/sh\nexit 1\n")
    assert checkout.makes_venv()


def test_environment_is_made_anew_when_the_folder_has_moved(checkout):
    checkout.makes_venv()
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("elsewhere"))
    assert checkout.makes_venv()


def test_environment_that_was_left_half_made_is_made_anew(checkout):
    done, _ = checkout.make("venv", NO_PIP="1")
    assert done.returncode != 0
    assert "pip could not install" in done.stderr
    assert checkout.makes_venv()


def test_environment_is_made_anew_when_another_python_is_asked_for(checkout):
    checkout.makes_venv()
    assert not checkout.makes_venv("venv", "PYTHON=python3.14")
    other = checkout.folder / ".venv/bin/python"
    other.write_text(STAND_IN.replace('echo "$VERSION"', "echo 3.11"))
    assert checkout.makes_venv("venv", "PYTHON=python3.14")


def test_missing_ensurepip_gives_the_line_for_apt_and_stops(checkout):
    done, asked = checkout.make("publish", NO_ENSUREPIP="1", VERSION="3.13")
    assert done.returncode != 0
    assert "sudo apt install python3.13-venv" in done.stderr
    assert asked == []
    assert not (checkout.folder / ".venv").exists()


def test_newest_python_is_taken_and_one_that_does_not_run_is_passed_over(tmp_path):
    checkout = Checkout(tmp_path)
    for name in ("python3", "python3.11", "python3.13", "python3.14"):
        checkout.add_python(name)
    (checkout.bin / "python3.14").write_text("#!/bin/sh\nexit 127\n")  # as a shim does
    done, _ = checkout.make("venv", VERSION="3.13")
    assert "Python 3.13" in done.stdout


def test_old_python3_is_not_enough(tmp_path):
    checkout = Checkout(tmp_path)
    checkout.add_python("python3")
    done, asked = checkout.make("venv", VERSION="3.10")
    assert (done.returncode != 0, asked) == (True, [])
    assert "Python 3.11 or newer" in done.stderr
    assert checkout.makes_venv(VERSION="3.12")


def test_settings_that_send_packages_elsewhere_do_not_count(checkout):
    checkout.add_python("python3.14")
    python = checkout.bin / "python3.14"
    python.write_text(
        STAND_IN.replace('echo "$*"', 'echo "$*${PIP_TARGET:-}${PYTHONPATH:-}|$PIP_USER"', 1)
    )
    _, asked = checkout.make("venv", PIP_TARGET="/x", PIP_USER="1", PYTHONPATH="/y")
    assert asked[-1] == "-m pip install --quiet --editable .|0"


def test_help_is_what_make_says_by_itself(checkout):
    done, asked = checkout.make()
    assert (done.returncode, asked) == (0, [])
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for target in re.search(r"\.PHONY: (.*)", makefile)[1].split():
        if target not in ("help", "venv", "venv-test"):
            assert f"make {target} " in done.stdout, target


def test_dry_run_does_nothing(checkout):
    for target in ("publish", "test", "test-all", "bench", "lint", "clean"):
        done, asked = checkout.make("-n", target)
        assert (done.returncode, asked) == (0, []), target
    assert not (checkout.folder / ".venv").exists()


def test_clean_removes_what_was_made_and_nothing_else(checkout):
    before = sorted(path.name for path in checkout.folder.rglob("*"))
    checkout.make("venv")
    (checkout.folder / "build").mkdir()
    (checkout.folder / "tools" / "__pycache__").mkdir()
    (checkout.folder / "tests").mkdir()
    done, _ = checkout.make("clean")
    assert done.returncode == 0, done.stderr
    (checkout.folder / "tests").rmdir()
    assert sorted(path.name for path in checkout.folder.rglob("*")) == before


def test_makefile_keeps_to_what_make_3_81_knows():
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for newer in (".ONESHELL", ".RECIPEPREFIX", "$(file", "!=", "::=", "&:", "undefine"):
        assert newer not in makefile, newer


def test_publish_from_a_fresh_copy_in_a_folder_with_spaces(tmp_path):
    folder = copy_project(tmp_path / "a new checkout")
    outside = {path.name for path in tmp_path.iterdir()}
    done = need(run(MAKE, "publish", folder=folder))
    assert done.stdout.splitlines()[-2].split()[0] == "build/site/index.html"
    assert (folder / "build/site/index.html").is_file()
    assert list((folder / "build/text").iterdir())
    again = need(run(MAKE, "publish", folder=folder))
    assert "Setting up" in done.stdout
    assert "Setting up" not in again.stdout
    assert {path.name for path in tmp_path.iterdir()} == outside
