"""`teikit new`."""

import os
import shlex
import subprocess
from pathlib import Path

import click

from teikit.cli.options import echo_line, make_jobs
from teikit.errors import TeikitError
from teikit.project import SETTINGS, find_project
from teikit.starting.files import Plan, check_title, is_starter_file, plan_added, plan_new, title_of
from teikit.starting.held import Held, look, say_some


@click.command()
@click.argument("name")
@click.option("--title", help="What the edition is called. [default: NAME]")
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="A language of the website, such as en or zh; may be given several times, the first "
    "language first. [default: en]",
)
def new(name: str, title: str | None, languages: tuple[str, ...]) -> None:
    """Make the folder NAME a new edition.

    It has two short texts as examples (a poem with variants, a letter), registers of persons and
    places, and a schema with guidelines that you can change. It is valid, and can be published
    at once.

    Where NAME is a folder that holds files already, only what is missing is added, and the
    examples only where there are no TEI files. No file is ever overwritten, moved or changed.
    `teikit new .` does that in the folder where you are.

    Example: teikit new my-letters --title "My letters". Next: teikit validate.

    Exit code: 0 made, 2 could not go on.
    """
    languages = _known(languages)
    given = None if title is None else check_title(title)
    if not name.strip() or "\0" in name:
        raise TeikitError("name the folder of the new edition")
    folder = Path(name)
    _check_place(folder)
    called = given or title_of(folder)
    if os.path.isdir(folder) and _holds_something(folder):
        _add_to(folder, called, languages)
    else:
        _make(folder, called, languages)


def _make(folder: Path, title: str, languages: tuple[str, ...]) -> None:
    """Make a folder that is not there, or is empty, the starter edition."""
    from teikit.safety.writing import add_files, write_new_folder

    plan = plan_new(title, languages)
    if os.path.isdir(folder):
        add_files(folder, plan.files)
    else:
        write_new_folder(folder, plan.files)
    echo_line(f"{folder}: is an edition now, with a poem and a letter as examples.")
    _say_next(folder, is_ready=True)


def _add_to(folder: Path, title: str, languages: tuple[str, ...]) -> None:
    """Make an edition of a folder that holds something."""
    from teikit.safety.writing import add_files

    with make_jobs() as jobs:
        held = look(folder, is_starter_file, jobs)
    plan = plan_added(held, title, languages)
    add_files(folder, plan.files)
    echo_line(f"{folder}: is an edition now; no file that was there has been changed.")
    _say_added(held, plan)
    is_ready = not held.has_own or any(one.startswith("texts/") for one in held.texts)
    _say_next(folder, is_ready=is_ready)


def _say_added(held: Held, plan: Plan) -> None:
    echo_line(f"Written: {', '.join(sorted(plan.files))}.")
    if plan.left:
        echo_line(f"Was there, and is left as it is: {', '.join(plan.left)}.")
    if held.has_schema:
        echo_line(
            "No schema was added, since you have one: a file that names it in xml-model is checked "
            f"against it; for all files, name it in {SETTINGS} under [schema]."
        )
    elif held.has_own:
        echo_line(
            f"A schema was added, since your files name none. If it does not suit them, change "
            f"schema/edition.odd, or take [schema] out of {SETTINGS}."
        )
    if held.elsewhere:
        echo_line(
            "Texts are read from texts/, registers from registers/, in files that end in .xml: "
            f"move {say_some(held.elsewhere)} there."
        )


def _say_next(folder: Path, is_ready: bool) -> None:
    echo_line("Next:")
    if os.path.abspath(folder) != os.getcwd():
        echo_line(f"  cd {_quoted(str(folder))}")
    steps = [("teikit validate", "says what is wrong, and where")]
    if is_ready:
        steps.append(("teikit publish", "makes the website: build/site/index.html"))
    steps.append(("teikit import FILE", "makes TEI of a text of yours (plain, Markdown, Word)"))
    for command, words in steps:
        echo_line(f"  {command:<20} {words}")


def _quoted(name: str) -> str:
    """Return NAME as it is written on a command line."""
    return subprocess.list2cmdline([name]) if os.name == "nt" else shlex.quote(name)


def _known(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages, each once; raise where teikit has no words in one."""
    from teikit.shipped import shipped

    known = sorted(path.stem for path in (shipped("templates") / "strings").glob("*.toml"))
    unknown = next((one for one in languages if one not in known), None)
    if unknown is not None:
        raise click.BadParameter(
            f"teikit does not speak {unknown}, only {' and '.join(known)}; the README says how "
            "other languages are added",
            param_hint="--language",
        )
    return tuple(dict.fromkeys(languages)) or ("en",)


def _check_place(folder: Path) -> None:
    """Raise TeikitError where no edition can begin."""
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise TeikitError(f"{folder}: is a file, not a folder: choose another name")
    absolute = Path(os.path.abspath(folder))
    if absolute in (Path(absolute.anchor), Path(os.path.expanduser("~"))):
        raise TeikitError(f"{folder}: is not for one edition: name a folder in it")
    above = find_project(absolute)
    if above == absolute:
        raise TeikitError(
            f"{folder}: is an edition already (it has an {SETTINGS}): "
            "teikit validate says what is wrong in it"
        )
    if above is not None:
        raise TeikitError(
            f"{folder}: lies inside the edition {above.name or above}, which cannot hold another: "
            "name a folder outside of it"
        )


def _holds_something(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(True for _ in entries)
    except OSError as error:
        raise TeikitError(f"{folder}: cannot be looked into: {error.strerror}") from error
