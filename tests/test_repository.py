"""What must hold for the repository as a whole: its documents, its layout, what it must not say."""

import hashlib
import re
import subprocess
import tomllib

import click
import pytest
from click.testing import CliRunner

from checkout import project_files
from shared_data import PROJECT
from teikit.cli.commands import teikit

TEXT_SUFFIXES = frozenset(
    ".cfg .css .expected .html .js .json .md .odd .py .rnc .rng .sch .sh .toml .txt .xml .xsl "
    ".yaml .yml".split()
)


def git(*arguments: str) -> str:
    if not (PROJECT / ".git").exists():
        pytest.skip("this is no git checkout")
    return subprocess.run(
        ["git", "-c", f"safe.directory={PROJECT}", *arguments],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip


def text_files() -> list:
    return [path for path in project_files() if path.suffix in TEXT_SUFFIXES or not path.suffix]


def markdown_files() -> list:
    return [path for path in project_files() if path.suffix == ".md"]


def commands(group: click.Group = teikit, name: str = "teikit") -> list[tuple[str, click.Command]]:
    """Return each command that does something, with its full name."""
    found = []
    with click.Context(group) as context:
        for member in group.list_commands(context):
            command = group.get_command(context, member)
            if isinstance(command, click.Group):
                found.extend(commands(command, f"{name} {member}"))
            else:
                found.append((f"{name} {member}", command))
    return found


def test_every_command_is_in_the_readme():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert [name for name, _ in commands() if name not in readme] == []


def test_every_command_and_every_option_has_help():
    for name, command in commands():
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.opts[0]}"


def test_every_option_that_the_readme_names_exists():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    known = {"--help", "--version"}
    for _, command in commands():
        known.update(
            option
            for parameter in command.params
            for option in (*parameter.opts, *parameter.secondary_opts)
        )
    used = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", readme))
    assert used - known == set()


def test_every_setting_of_edition_toml_is_in_the_readme():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    source = "".join(
        (PROJECT / "tools/teikit" / name).read_text(encoding="utf-8")
        for name in ("project.py", "publishing.py")
    )
    names = {
        name
        for call in re.findall(r"(?:self|read)\.only\((.*?)\)", source, re.DOTALL)
        for name in re.findall(r'"([a-z][a-z-]*)"', call)
    }
    assert len(names) > 15
    missing = {name for name in names if f"`{name}`" not in readme and f"[{name}]" not in readme}
    assert missing == set()


def test_every_json_field_is_in_the_readme():
    from teikit.place import Place
    from teikit.report import Finding
    from teikit.report_formats.json import finding_fields

    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    fields = finding_fields(Finding(Place("a.xml", 1, 1, 1, 2), "rule", "message"))
    assert [field for field in fields if f"`{field}`" not in readme] == []


def test_example_of_the_readme_says_what_the_readme_says(tmp_path, monkeypatch):
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    (tmp_path / "texts").mkdir()
    for language, name in (("toml", "edition.toml"), ("xml", "texts/first.xml")):
        block = re.search(rf"^```{language}\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)
        (tmp_path / name).write_text(block[1], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(teikit, ["validate"])
    assert done.exit_code == 1
    assert f"```\n{done.output}```" in readme


@pytest.mark.parametrize("path", markdown_files(), ids=lambda path: path.name)
def test_relative_links_lead_to_files_and_headings(path):
    missing = []
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, heading = target.partition("#")
        file = path.parent / name if name else path
        if not file.exists() or (heading and heading not in headings(file)):
            missing.append(target)
    assert missing == []


def headings(path) -> set[str]:
    """Return the anchors that hosts make of the headings of a Markdown file."""
    lines = re.findall(r"^#+ +(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def test_nothing_names_a_path_of_one_machine():
    # put together here, so that this file does not name them itself
    roots = "|".join("/" + name + "/" for name in ("work", "root", "home/[a-z]", "Users/[a-z]"))
    pattern = re.compile(rf"(?<![\w.~$}}/-])(?:{roots}|[A-Z]:\\Users)")
    said = [
        f"{path.relative_to(PROJECT)}:{number}: {line.strip()[:80]}"
        for path in text_files()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert said == []


def test_core_dependencies_are_three():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.match(r"[a-z0-9]+", name)[0] for name in project["dependencies"]]
    assert names == ["lxml", "click", "jinja2"]
    assert "lxml>=6.1.3" in project["dependencies"]


def test_version_is_in_the_changelog_and_the_readme():
    from teikit import __version__

    for name in ("CHANGELOG.md", "README.md"):
        assert __version__ in (PROJECT / name).read_text(encoding="utf-8"), name


def test_no_module_is_longer_than_400_lines():
    long = {
        path.relative_to(PROJECT).as_posix(): count
        for path in project_files()
        if path.suffix == ".py"
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_the_rooms_know_only_those_before_them():
    package = PROJECT / "tools" / "teikit"
    closed = {
        "check": ("publish", "cli"),
        "schema": ("publish", "cli", "edition", "check"),
        "edition": ("publish", "cli"),
        "publish": ("cli",),
        "safety": ("publish", "cli", "check", "schema", "edition"),
    }
    wrong = []
    for room, others in closed.items():
        for path in sorted((package / room).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            wrong += [
                f"{path.relative_to(package)} imports {other}"
                for other in others
                if re.search(rf"^\s*(?:from|import) teikit\.{other}\b", source, re.MULTILINE)
            ]
    assert wrong == []


def test_licence_is_there():
    text = (PROJECT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("MIT License")
    assert "the teikit project" in text


def test_git_keeps_the_source_byte_for_byte():
    sources = ["tei/source/declaration.txt", "starter/source/letter.txt"]
    said = git("check-attr", "text", "eol", "--", *sources, "README.md")
    for source in sources:
        assert f"{source}: text: unset" in said
    assert "README.md: eol: lf" in said


def test_what_is_built_is_not_committed():
    names = [".venv/x", "build/x", "build.old/x", "dist/x", "tools/teikit/__pycache__/x"]
    assert git("check-ignore", *names).split() == names


def test_source_is_the_one_that_the_header_describes():
    header = (PROJECT / "tei/texts/declaration.xml").read_text(encoding="utf-8")
    data = (PROJECT / "tei/source/declaration.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() in header
