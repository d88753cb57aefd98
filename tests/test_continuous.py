"""What runs teikit by itself: the hook for pre-commit, and the example of a workflow."""

import os
import re
import shlex
import subprocess
import sys

import pytest

from shared_data import PROJECT

MANIFEST = PROJECT / ".pre-commit-hooks.yaml"
WORKFLOW = PROJECT / "examples" / "github-workflow.yml"
GOOD = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p xml:id="a"/></body>'
    "</text></TEI>\n"
)


@pytest.fixture
def hooks():
    """Return the hooks that .pre-commit-hooks.yaml describes, as pre-commit reads them."""
    clientlib = pytest.importorskip("pre_commit.clientlib", reason="pre-commit is not installed")
    return {hook["id"]: hook for hook in clientlib.load_manifest(str(MANIFEST))}


@pytest.fixture
def hook(hooks):
    """Return the hook that validates."""
    return hooks["teikit-validate"]


def test_the_hook_is_one_that_pre_commit_understands(hook):
    assert (hook["id"], hook["language"]) == ("teikit-validate", "python")
    assert hook["pass_filenames"] and hook["require_serial"]
    assert re.search(hook["files"], "texts/a.xml")
    assert not re.search(hook["files"], "texts/a.xml.bak")


def test_the_hook_for_the_layout_says_which_files_are_not_in_it(hooks, tmp_path, monkeypatch):
    from click.testing import CliRunner

    from teikit.cli.commands import teikit

    assert list(hooks) == ["teikit-validate", "teikit-format"]
    name, *arguments = shlex.split(hooks["teikit-format"]["entry"])
    assert name == "teikit"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.xml").write_text(GOOD, encoding="utf-8")
    result = CliRunner().invoke(teikit, [*arguments, "a.xml"])
    assert result.exit_code == 1 and result.stdout.startswith("a.xml:1: ")
    assert (tmp_path / "a.xml").read_text(encoding="utf-8") == GOOD


def test_the_hook_stops_a_commit_of_a_wrong_file_only(hook, tmp_path):
    def call(*arguments):
        return subprocess.run(
            arguments, cwd=tmp_path, capture_output=True, text=True, check=False,
            env={
                **os.environ,
                "PYTHONPATH": str(PROJECT / "tools"),
                "PRE_COMMIT_HOME": str(tmp_path / ".cache"),
            },
        )  # fmt: skip

    # what the manifest says, but with the teikit that is tested instead of one that is installed
    command = [sys.executable, "-P", "-m", *shlex.split(hook["entry"])]
    (tmp_path / ".pre-commit-config.yaml").write_text(
        "repos:\n- repo: local\n  hooks:\n  - id: teikit-validate\n    name: teikit\n"
        f"    language: system\n    entry: '{shlex.join(command)}'\n"
        f"    files: '{hook['files']}'\n    types: [text]\n    require_serial: true\n",
        encoding="utf-8",
    )
    if call("git", "init", "-q").returncode:
        pytest.skip("there is no git")
    (tmp_path / "good.xml").write_text(GOOD, encoding="utf-8")
    call("git", "add", "good.xml")
    done = call(sys.executable, "-m", "pre_commit", "run")
    assert done.returncode == 0, done.stdout + done.stderr
    (tmp_path / "wrong.xml").write_text(GOOD.replace("<p ", '<p xml:id="a"/><p '), encoding="utf-8")
    call("git", "add", "wrong.xml")
    done = call(sys.executable, "-m", "pre_commit", "run")
    assert done.returncode == 1
    assert "wrong.xml:1:" in done.stdout
    assert not re.search(r"good\.xml:.* error: ", done.stdout)


def test_the_workflow_is_one_that_github_understands():
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows",
         str(WORKFLOW)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_calls_teikit_with_options_that_there_are(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from teikit.cli.commands import teikit

    calls = re.findall(r"- run: teikit (.*)", WORKFLOW.read_text(encoding="utf-8"))
    assert len(calls) == 2
    (tmp_path / "edition.toml").write_text("", encoding="utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.xml").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for arguments in calls:
        assert CliRunner().invoke(teikit, shlex.split(arguments)).exit_code == 0
    assert (tmp_path / "teikit.sarif").is_file()
