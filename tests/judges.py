"""axe-core and the Nu HTML checker, where they are found."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from browsers import absent
from shared_data import PROJECT


def find_tool(variable: str, path: str) -> Path:
    """Return where a checker is: as the variable says, else in node_modules here or above."""
    places = (
        [Path(os.environ[variable])]
        if os.environ.get(variable)
        else [folder / "node_modules" / path for folder in (PROJECT, *PROJECT.parents)]
    )
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        absent(f"{path} is not here: install it by npm and set {variable} to it")
    return found


def find_axe() -> Path:
    """Return axe-core."""
    return find_tool("TEIKIT_AXE", "axe-core/axe.min.js")


def axe_problems(page, axe: Path) -> list[str]:
    """Return what axe finds on an open page whose policy is bypassed."""
    page.evaluate(axe.read_text(encoding="utf-8") + "; null")
    result = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in result["violations"]
        for node in one["nodes"]
    ]


def write_site(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write the files of a site into the folder, and return it."""
    for path, data in files.items():
        if path.startswith("site/"):
            file = folder / path.removeprefix("site/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    return folder


def nu_problems(folder: Path) -> list[str]:
    """Return the errors that the Nu HTML checker finds in the pages of a folder."""
    vnu = find_tool("TEIKIT_VNU", "vnu-jar/build/dist/vnu.jar")
    if shutil.which("java") is None:
        absent("Java is not installed")
    ran = subprocess.run(
        ["java", "-jar", str(vnu), "--errors-only", "--skip-non-html", str(folder)],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        env={name: value for name, value in os.environ.items() if name != "JAVA_TOOL_OPTIONS"},
    )
    said = [line.replace(str(folder), "") for line in ran.stderr.splitlines() if line.strip()]
    return said or ([f"ended with {ran.returncode}"] if ran.returncode else [])
