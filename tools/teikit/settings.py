"""edition.toml -> its tables, as TOML has them; a stranger may have written it."""

import os
import re
from pathlib import Path
from typing import Any

from teikit.errors import TeikitError
from teikit.files import NotReadable, read_inside

SETTINGS = "edition.toml"
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
