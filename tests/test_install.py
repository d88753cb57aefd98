"""teikit as users get it: a wheel in an environment of its own, and a command that starts fast."""

import importlib.util
import json
import shutil
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from checkout import need, run
from folders import files_in
from shared_data import PROJECT

SHIPPED = {"xslt": "xslt", "templates": "templates", "tei/schema": "schema",
           "starter": "starter"}  # fmt: skip
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    result = run(*command, folder=PROJECT)
    assert result.returncode == 0, result.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory) -> Path:
    """Return the interpreter of an environment that holds the wheel, and nothing else."""
    folder = tmp_path_factory.mktemp("installed") / "an empty environment"
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / ("python.exe" if sys.platform == "win32" else "python")
    need(run(python, "-m", "pip", "install", "--quiet", wheel, folder=folder.parent))
    return python


def test_wheel_holds_the_package_the_data_and_the_licence(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"teikit/__init__.py", "teikit/__main__.py", "teikit/cli/commands.py"} <= names
    for folder, shipped in SHIPPED.items():
        files = [path for path in (PROJECT / folder).rglob("*") if path.is_file()]
        assert files, folder
        for path in files:
            assert f"teikit/data/{shipped}/{path.relative_to(PROJECT / folder).as_posix()}" in names
    pages = list((PROJECT / "tools/teikit/rules").glob("*.toml"))
    assert pages and {f"teikit/rules/{page.name}" for page in pages} <= names
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    tops = {name.split("/")[0] for name in names}
    assert sorted(top for top in tops if not top.endswith(".dist-info")) == ["teikit"]


def without_search(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files without the index of the search, and without the list of all files."""
    return {
        path: data
        for path, data in files.items()
        if "/search" not in path and path != ".teikit.json"
    }


def test_installed_wheel_publishes_from_another_folder_what_the_checkout_does(python, tmp_path):
    folder = tmp_path / "somewhere else"
    shutil.copytree(PROJECT / "tei", folder / "my edition")
    done = run(python, "-m", "teikit", "publish", "my edition", "-o", "out", folder=folder)
    assert done.returncode == 0, done.stderr + done.stdout
    checkout = run(sys.executable, "-m", "teikit", "publish", "my edition", "-o", "out2",
                   folder=folder, PYTHONPATH=str(PROJECT / "tools"))  # fmt: skip
    assert checkout.returncode == 0, checkout.stderr + checkout.stdout
    installed = files_in(folder / "out")
    assert {"site/index.html"} <= set(installed)
    assert any(name.startswith("text/") for name in installed)
    # the search knows variants of characters where the extra for them is installed
    assert without_search(installed) == without_search(files_in(folder / "out2"))


def test_installed_wheel_makes_an_edition_that_is_valid_and_published(python, tmp_path):
    made = run(python, "-m", "teikit", "new", "my letters", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "my letters"
    assert set(files_in(folder)) == set(files_in(PROJECT / "starter"))
    valid = run(python, "-m", "teikit", "validate", "--strict", folder=folder)
    assert valid.returncode == 0, valid.stdout + valid.stderr
    published = run(python, "-m", "teikit", "publish", folder=folder)
    assert published.returncode == 0, published.stdout + published.stderr
    assert "my letters" in (folder / "build/site/index.html").read_text("utf-8")


def test_source_distribution_holds_the_starter(tmp_path):
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path]
    result = run(*command, folder=PROJECT)
    assert result.returncode == 0, result.stderr
    (built,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(built) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {f"starter/{name}" for name in files_in(PROJECT / "starter")} <= names


def test_installed_command_works_in_a_folder_with_spaces(python, tmp_path):
    command = python.with_name("teikit.exe" if sys.platform == "win32" else "teikit")
    done = run(command, "--version", folder=tmp_path)
    assert (done.returncode, done.stdout.split()[0]) == (0, "teikit")
    doctor = run(command, "doctor", folder=tmp_path)
    assert doctor.returncode == 0, doctor.stderr
    assert "missing" not in doctor.stdout


def test_installation_is_small(python):
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(python, "-c", where, folder=python.parent).stdout.strip())
    came_with_venv = ("pip", "setuptools", "_distutils_hack", "pkg_resources")
    size = sum(
        path.stat().st_size
        for top in packages.iterdir()
        if not top.name.startswith(came_with_venv)
        for path in ([top] if top.is_file() else top.rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    )
    assert size < 25 * MEGABYTE


@pytest.mark.parametrize(
    ("option", "unwanted"),
    [("--version", {"click", "lxml", "jinja2"}), ("--help", {"lxml", "jinja2"})],
)
def test_asking_for_little_loads_little(option, unwanted):
    program = (
        "import json, sys\n"
        f"sys.argv = ['teikit', {option!r}]\n"
        "from teikit.cli import main\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        "    pass\n"
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))\n"
    )
    done = run(sys.executable, "-c", program, folder=PROJECT, PYTHONPATH=str(PROJECT / "tools"))
    assert done.returncode == 0, done.stderr
    *said, modules = done.stdout.splitlines()
    assert "teikit" in said[0]
    assert unwanted & set(json.loads(modules)) == set()
