"""All words of the interface, from templates/strings/LANG.toml."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from teikit.errors import TeikitError
from teikit.files import NotReadable, read_inside

_LARGEST = 1_000_000  # bytes of a file of strings
# where a value is put in: str.format would also tell what an edition's own words ask of it
# {count} is a number, {count:entry|entries} the noun that fits it: the first for 1, else the second
_FIELD = re.compile(r"\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}")

# tables of words for values that an edition may use or not: all others are asked for by name
FAMILIES = (
    "type",
    "relation-active",
    "relation-passive",
    "date",
    "cert",
    "kind",
    "kinds",
    "role",
    "fact",
    "mark",
    "group",
    "sign",
    "said",
    "value",
    "unit",
    "place",
    "note",
    "header",
    "licence",
    "division",
)


class MissingString(TeikitError):
    """A page asks for words that the file of strings does not have."""


class Strings:
    """The words of the interface in one language."""

    def __init__(self, language: str, table: Mapping[str, str]):
        self.language, self.table = language, table
        self.tag = table.get("language.tag", language)

    def __call__(self, key: str, **values: object) -> str:
        """Return the words for KEY with the values in their places."""
        try:
            words = self.table[key]
        except KeyError:
            raise MissingString(
                f"templates/strings/{self.language}.toml: has no words for {key}"
            ) from None
        return _FIELD.sub(lambda one: str(_filled(one, values)), words) if values else words

    def rich(self, key: str, **values: object) -> Markup:
        """Return the same as HTML; values that are markup of ours stay it, others are escaped."""
        words = str(escape(self(key)))
        return Markup(_FIELD.sub(lambda one: str(escape(_filled(one, values))), words))

    def label(self, family: str, name: str) -> str:
        """Return the words for a value of the encoding, else the value itself.

        Values are the editors' own (@type, @name), so not all can have words here.
        """
        return self.table.get(f"{family}.{name}", name.replace("-", " "))

    def label_of_element(self, name: str) -> str:
        """Return what a part of a register's entry is called: never by the name of its element."""
        known = (f"fact.{name}", f"header.{name}", "header.desc")
        return next(self.table[one] for one in known if one in self.table)


def read_strings(language: str, folders: tuple[Path, ...]) -> Strings:
    """Return the strings of a language; those in a later folder win over an earlier one's."""
    table: dict[str, str] = {}
    for folder in folders:
        path = folder / "strings" / f"{language}.toml"
        try:
            if not path.is_file():
                continue
            text = read_inside(str(folder), f"strings/{language}.toml", _LARGEST).decode("utf-8")
            data = tomllib.loads(text)
        except NotReadable as problem:
            raise TeikitError(f"{path}: {problem.reason}") from None
        except (OSError, ValueError, RecursionError) as error:
            raise TeikitError(f"{path}: cannot be read: {error}") from error
        table.update(_flatten(data))
    if not table:
        raise TeikitError(
            f"edition.toml: edition.languages names {language}, "
            f"but there is no templates/strings/{language}.toml"
        )
    return Strings(language, table)


def _flatten(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield prefix + key, str(value)


def _filled(field: re.Match, values: Mapping[str, object]) -> object:
    """Return what stands in place of a field; one that has no value stays as it is."""
    name, one, several = field.groups()
    if name not in values:
        return Markup(field[0])
    if one is None:
        return values[name]
    return one if str(values[name]) == "1" else several
