"""The files of a new edition: those of starter/, with a title and the languages of the site."""

import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from teikit.errors import TeikitError
from teikit.settings import SETTINGS
from teikit.shipped import shipped
from teikit.starting.held import Held

README = "README.md"
EXAMPLES = ("texts", "registers", "source")  # the folders whose files are examples
# the schema, and the files by which editors find it
_OF_SCHEMA = ("schema/", "catalog.xml", "schemas.xml", ".vscode/settings.json")
_NO_TITLE = "My edition"
_NONCHARACTERS = frozenset("\ufffe\uffff")


@dataclass(frozen=True)
class Plan:
    """What is written, relative path -> bytes, edition.toml last; and what is there already."""

    files: Mapping[str, bytes]
    left: tuple[str, ...] = ()  # files of the starter whose place is taken
    with_schema: bool = True


@cache
def read_starter() -> Mapping[str, bytes]:
    """Return the files of the starter edition, hidden ones too: relative path -> bytes."""
    top = shipped("starter")
    paths = {path.relative_to(top).as_posix(): path for path in top.rglob("*") if path.is_file()}
    # in a checkout somebody may have published it
    return {
        name: path.read_bytes()
        for name, path in sorted(paths.items())
        if not name.startswith("build")
    }


def plan_new(title: str, languages: tuple[str, ...]) -> Plan:
    """Return the whole starter edition."""
    return _last(read_starter() | {SETTINGS: _settings(title, languages)})


def plan_added(held: Held, title: str, languages: tuple[str, ...]) -> Plan:
    """Return what a folder lacks: without the examples where it has texts of its own.

    A schema comes along only where its files name none and it has no folder `schema`.
    """
    starter = dict(read_starter())
    schema = not held.has_schema
    if held.has_own:
        starter = {
            path: data
            for path, data in starter.items()
            if path.split("/")[0] not in EXAMPLES and (schema or not path.startswith(_OF_SCHEMA))
        }
        starter[README] = _readme(starter[README], schema)
    starter[SETTINGS] = _settings(title, languages, examples=not held.has_own, schema=schema)
    taken = {path for path in starter if os.path.lexists(held.folder / path)}
    # what an interrupted run has left is no file of theirs
    left = sorted(one for one in taken if not is_starter_file(held.folder, one))
    wanted = {path: data for path, data in starter.items() if path not in taken}
    return _last(wanted, tuple(left), schema)


def is_starter_file(folder: Path, path: str) -> bool:
    """Return whether FOLDER/PATH is, byte for byte, the file of the starter edition."""
    data = read_starter().get(path)
    file = folder / path
    try:
        return data is not None and file.is_file() and file.read_bytes() == data
    except OSError:
        return False


def check_title(title: str) -> str:
    """Return TITLE on one line; raise TeikitError where no text could hold it."""
    title = " ".join(title.split())
    if not title:
        raise TeikitError("the title is empty: give one with --title, or leave the option out")
    wrong = next((one for one in title if _is_impossible(one)), "")
    if wrong:
        raise TeikitError(
            f"the title has a character that no text can hold (U+{ord(wrong):04X}): leave it out"
        )
    return title


def title_of(folder: Path) -> str:
    """Return the title that an edition has for want of another: the name of its folder."""
    name = " ".join(Path(os.path.abspath(folder)).name.split())
    return name if name and not any(map(_is_impossible, name)) else _NO_TITLE


def _is_impossible(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in _NONCHARACTERS


def _settings(
    title: str, languages: tuple[str, ...], *, examples: bool = True, schema: bool = True
) -> bytes:
    """Return edition.toml of the starter, with what belongs to this edition."""
    paragraphs = read_starter()[SETTINGS].decode("utf-8").split("\n\n")
    unwanted = [] if examples else ["\n[[witness]]"]
    unwanted += [] if schema else ["\n[schema]"]
    kept = [one for one in paragraphs if not any(mark in one for mark in unwanted)]
    lines = "\n\n".join(kept).split("\n")
    # a text in JSON is one in TOML too, but for U+007F, which no title has
    given = {
        "title = ": json.dumps(title, ensure_ascii=False),
        "languages = ": json.dumps(list(languages)),
    }
    for number, line in enumerate(lines):
        for name, value in given.items():
            if line.startswith(name):
                lines[number] = name + value
    return "\n".join(lines).encode("utf-8")


def _readme(readme: bytes, schema: bool) -> bytes:
    """Return README.md without its last section, on the examples, and what is said of a schema."""
    lines = readme.partition(b"\n## The examples\n")[0].splitlines(keepends=True)
    return b"".join(line for line in lines if schema or b"schema" not in line)


def _last(files: Mapping[str, bytes], left: tuple[str, ...] = (), schema: bool = True) -> Plan:
    """Return the plan in which edition.toml comes last: it makes an edition of the folder."""
    paths = sorted(files, key=lambda path: (path == SETTINGS, path))
    return Plan({path: files[path] for path in paths}, left, schema)
