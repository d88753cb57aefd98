"""edition.toml -> its tables, as TOML has them; a stranger may have written it."""

import os
import re
from pathlib import Path, PurePosixPath
from typing import Any

from teikit.errors import TeikitError
from teikit.files import NotReadable, read_inside

SETTINGS = "edition.toml"
LONGEST_KEY = 100  # characters of what a message quotes
_LARGEST = 1_000_000  # bytes
_MOST_DOTS = 100  # in one line: what reading a key takes grows by the square of its parts


class BadSettings(TeikitError):
    """edition.toml says something that teikit cannot follow."""


def read_settings(folder: Path) -> dict[str, Any]:
    """Return the tables of FOLDER/edition.toml; raise BadSettings where there are none."""
    path = folder / SETTINGS
    return parse_settings(_read_text(folder, path), path)


def parse_settings(text: str, path: Path) -> dict[str, Any]:
    """Return the tables of the TEXT of the settings at PATH; raise BadSettings where it has none.

    What it accepts, `read_settings` accepts too when it is written.
    """
    import tomllib  # workers know what a Project is, and read none

    if len(text.encode("utf-8")) > _LARGEST:
        raise BadSettings(f"{path}: is larger than {_LARGEST // 10**6} MB")
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS and not line.lstrip().startswith("#"):
            raise BadSettings(f"{path}: line {number} has more than {_MOST_DOTS} dots: shorten it")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{path}: {error}{_toml_hint(str(error), text)}") from error
    except RecursionError:
        raise BadSettings(f"{path}: its lists or tables lie too deep in one another") from None
    except ValueError:  # Python reads no number of more than 4300 digits
        raise BadSettings(f"{path}: has a number that is too long to be read") from None


def _read_text(folder: Path, path: Path) -> str:
    if not os.path.lexists(path):
        raise BadSettings(f"{folder}: no {SETTINGS} here, so this is no edition")
    try:
        return read_inside(str(folder), SETTINGS, _LARGEST).decode("utf-8")
    except NotReadable as problem:
        raise BadSettings(f"{path}: cannot be read: {problem.reason}") from None
    except UnicodeDecodeError as error:
        raise BadSettings(f"{path}: is not UTF-8: save it as UTF-8") from error


def _toml_hint(error: str, text: str) -> str:
    """Return what to do about a mistake of TOML that editors often make; "" for others."""
    at = re.search(r"at line (\d+)", error)
    lines = text.splitlines()
    line = lines[int(at[1]) - 1].strip() if at and int(at[1]) <= len(lines) else ""
    if re.match(r"[\w-]+:[\w-]+\s*=", line):
        name = line.partition("=")[0].strip()
        return f': put a name with a colon in quotation marks: "{name}" = ...'
    if "\\" in line:
        return ": write paths with / and not with \\"
    return ""


class Tables:
    """The tables of one edition.toml; names the key where something does not fit."""

    def __init__(self, path: Path, data: dict[str, Any]):
        self.path, self.data = path, data

    def table(self, name: str) -> dict[str, Any]:
        """Return the table NAME; empty where there is none."""
        value = self.data.get(name, {})
        if not isinstance(value, dict):
            raise self.wrong(name, f"must be a table: [{name}]")
        return value

    def only(self, table: dict[str, Any], prefix: str, *names: str) -> None:
        """Raise BadSettings where the table has other keys than NAMES."""
        for name in table:
            if name not in names:
                raise self.wrong(prefix + name, "is no setting; known here: " + ", ".join(names))

    def text(self, table: dict[str, Any], key: str) -> str:
        """Return the text at KEY; empty where there is none."""
        value = table.get(key.rpartition(".")[2], "")
        if not isinstance(value, str):
            raise self.wrong(key, 'must be a text in quotation marks: "..."')
        return value

    def number(
        self, table: dict[str, Any], key: str, otherwise: float, bounds: tuple[float, float]
    ) -> float:
        """Return a number within bounds: an edition of a stranger must not lift all limits."""
        value = table.get(key.rpartition(".")[2], otherwise)
        low, high = bounds
        if type(value) not in (int, float) or not low <= value <= high:
            raise self.wrong(key, f"must be a number from {low:g} to {high:g}")
        return value

    def inside(self, table: dict[str, Any], key: str) -> str:
        """Return the path at KEY, which leads to nowhere outside the edition's folder."""
        value = self.text(table, key)
        path = PurePosixPath(value)
        if not value.isprintable():  # "schema\tei.rng": TOML makes a tab of \t
            raise self.wrong(key, "must be a path with / and not with \\")
        if path.is_absolute() or ".." in path.parts or "\\" in value:
            raise self.wrong(key, "must be a path inside the edition's folder, with /")
        return str(path) if value else ""

    def by_language(self, table: dict[str, Any], key: str) -> tuple[tuple[str, str], ...]:
        """Return (language, text) for each; one text for all has the language ""."""
        value = table.get(key.rpartition(".")[2], {})
        if isinstance(value, str):
            return (("", value),)
        if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
            return tuple(value.items())
        raise self.wrong(key, 'must be a text, or one for each language: {en = "...", zh = "..."}')

    def wrong(self, key: str, message: str) -> BadSettings:
        """Return the error that says what is wrong with KEY."""
        return BadSettings(f"{self.path}: {key[:LONGEST_KEY]} {message}")
