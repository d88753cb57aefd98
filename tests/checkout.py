"""The project as it is checked out: its files, a copy of it, programs run beside it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from shared_data import PROJECT

_MADE = frozenset({".venv", "build", "build.old", "dist", "node_modules", "__pycache__"})
_HIDDEN = frozenset({".ci", ".editorconfig", ".gitattributes", ".gitignore"})
# of whoever runs the tests, perhaps through make, and not meant for what the tests run
_NOT_PASSED_ON = ("PYTHON", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "MAKEFLAGS", "MFLAGS",
                  "MAKELEVEL", "MAKEOVERRIDES", "ARGS")  # fmt: skip
_NO_INDEX = ("No matching distribution", "NewConnectionError", "Connection refused",
             "Temporary failure in name resolution", "Network is unreachable")  # fmt: skip


def project_files() -> list[Path]:
    """Return the files of the project, sorted, without what is built."""
    return sorted(
        path
        for top in PROJECT.iterdir()
        if top.name not in _MADE and (top.name in _HIDDEN or not top.name.startswith("."))
        for path in ([top] if top.is_file() else top.rglob("*"))
        if path.is_file() and not _MADE & set(path.relative_to(PROJECT).parts)
    )


def copy_project(target: Path) -> Path:
    """Return TARGET, filled with a copy of the project."""
    for path in project_files():
        copy = target / path.relative_to(PROJECT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    return target


def run(*command: object, folder: Path, **variables: str) -> subprocess.CompletedProcess:
    """Return what became of the command, run in FOLDER; its output is kept as text."""
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
    return subprocess.run(
        [str(part) for part in command], cwd=folder, env=environment | variables,
        capture_output=True, encoding="utf-8", errors="replace", timeout=300,
    )  # fmt: skip


def need(result: subprocess.CompletedProcess) -> subprocess.CompletedProcess:
    """Return RESULT if it succeeded; skip where pip reaches no packages, else fail."""
    if result.returncode and not os.environ.get("TEIKIT_REQUIRE_BROWSER"):
        for sign in _NO_INDEX:
            if sign in result.stderr:
                pytest.skip(f"pip reaches no packages here ({sign})")
    assert result.returncode == 0, f"{result.args}\n{result.stdout}\n{result.stderr}"
    return result
