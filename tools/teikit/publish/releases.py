"""releases.toml: the addresses of a released site, which readers cite, and where some have gone.

`teikit release` writes all of it but the table [redirects], which is the editors' and is kept as
they wrote it, at the end of the file.
"""

import json
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from teikit.errors import TeikitError
from teikit.files import read_own
from teikit.report import Finding

MANIFEST = "releases.toml"
_FORMAT = 1
_REDIRECTS = re.compile(r"^\s*\[redirects\]", re.MULTILINE)
_ADDRESS = re.compile(r"((?:[^/#\\\s\x00-\x1f]+/)*[^/#\\\s\x00-\x1f]+\.html)(#[^\s#]+)?")
_STRING = re.compile(r'"[^"\n]*"')
_MOST_DOTS = 100  # outside strings: what reading a key takes grows by the square of its parts
_LONGEST = 100  # characters of a line of ids, if several fit on it
_NUMBERS = re.compile(r"(\d+)")
_HEAD = """\
# The addresses of the site as it was released: readers cite them. `teikit publish` stops where one
# of them would vanish. Written by `teikit release`; only [redirects], at the end, is yours:
#   "old page#id" = "new page#id"
"""
_NO_REDIRECTS = "[redirects]\n"


class BadReleases(TeikitError):
    """releases.toml cannot be used."""

    def __init__(self, reason: str):
        super().__init__(f"{MANIFEST}: {reason}")


@dataclass(frozen=True)
class Release:
    """A release: its version, its date, and what it is called."""

    version: str
    date: str = ""
    label: str = ""


@dataclass(frozen=True)
class ReleasedPage:
    """A page that was released: the file of the edition that it came from, and its ids."""

    file: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Releases:
    """What releases.toml says. Pages are as in the first language; `folders` has that of each."""

    releases: tuple[Release, ...] = ()
    folders: tuple[str, ...] = ("",)  # "" and, of the other languages, "en/"
    pages: Mapping[str, ReleasedPage] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)
    tail: str = _NO_REDIRECTS  # the table [redirects] as it stands


NO_RELEASES = Releases()


def read_releases(folder: Path) -> Releases:
    """Return what releases.toml in the folder of an edition says; there may be none."""
    if not os.path.lexists(folder / MANIFEST):
        return NO_RELEASES
    data = read_own(folder, MANIFEST)
    if isinstance(data, Finding):
        raise BadReleases(data.message)
    try:
        text = data.decode("utf-8")
        if any(line.count(".") > _MOST_DOTS for line in _STRING.sub("", text).splitlines()):
            raise BadReleases(f"has a line of more than {_MOST_DOTS} dots: write fewer")
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits
        raise BadReleases(f"is no TOML: {error}") from error
    if table.get("format") != _FORMAT:
        raise BadReleases(f"must say format = {_FORMAT}")
    begin = _REDIRECTS.search(text)
    return Releases(
        tuple(_release(one) for one in _tables(table, "releases")),
        _strings(table, "folders", ("",)),
        {page: _page(page, one) for page, one in _table(table, "pages").items()},
        {old: new for old, new in _table(table, "redirects").items() if _is_redirect(old, new)},
        text[begin.start() :] if begin else _NO_REDIRECTS,
    )


def _is_redirect(old: str, new: Any) -> bool:
    if not isinstance(new, str) or not all(map(_is_address, (old, new))):
        raise BadReleases(
            f'[redirects]: "{old}" and where it is now must be pages of the site with or without '
            f'an id, as "texts/letter.html#p5"'
        )
    return True


def _is_address(address: str) -> bool:
    match = _ADDRESS.fullmatch(address)
    return match is not None and not {".", ".."} & set(match[1].split("/"))


def _table(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise BadReleases(f"{name} must be a table: [{name}]")
    return found


def _tables(table: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadReleases(f"{name} must be tables: [[{name}]]")
    return found


def _strings(table: Mapping[str, Any], name: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    found = table.get(name, list(otherwise))
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise BadReleases(f"{name} must be a list of strings")
    return tuple(found)


def _release(table: Mapping[str, Any]) -> Release:
    values = [table.get(name, "") for name in ("version", "date", "label")]
    if not all(isinstance(one, str) for one in values) or not values[0]:
        raise BadReleases("each of [[releases]] must have a version, in quotation marks")
    return Release(*values)


def _page(page: str, table: Any) -> ReleasedPage:
    if not isinstance(table, dict) or not isinstance(table.get("file", ""), str):
        raise BadReleases(f'[pages."{page}"] must have file and ids')
    lines = _strings(table, "ids", ())
    return ReleasedPage(table.get("file", ""), tuple(one for line in lines for one in line.split()))


def add_release(
    before: Releases,
    release: Release,
    folders: Sequence[str],
    pages: Mapping[str, ReleasedPage],
) -> Releases:
    """Return the releases with one more; whatever was released before stays an address."""
    merged = dict(before.pages)
    for path, page in pages.items():
        known = merged.get(path, ReleasedPage())
        merged[path] = ReleasedPage(page.file, tuple(dict.fromkeys((*known.ids, *page.ids))))
    others = tuple(one for one in before.releases if one.version != release.version)
    return replace(
        before,
        releases=(*others, release),
        folders=tuple(dict.fromkeys((*before.folders, *folders))),
        pages=merged,
    )


def write_releases(releases: Releases) -> bytes:
    """Return releases.toml: sorted, with a line for each group of ids, so that diffs are small."""
    lines = [_HEAD, f"format = {_FORMAT}", f"folders = {_list(releases.folders)}", ""]
    for one in releases.releases:
        lines.append("[[releases]]")
        for name in ("version", "date", "label"):
            if value := getattr(one, name):
                lines.append(f"{name} = {_string(value)}")
        lines.append("")
    for path, page in sorted(releases.pages.items(), key=lambda one: _in_order(one[0])):
        lines += [f"[pages.{_string(path)}]", f"file = {_string(page.file)}"]
        if page.ids:
            lines += ["ids = [", *(f"  {_string(line)}," for line in _grouped(page.ids)), "]"]
        lines.append("")
    return ("\n".join(lines) + "\n" + releases.tail.lstrip()).encode("utf-8")


def _grouped(ids: Iterable[str]) -> Iterator[str]:
    """Yield lines of ids: those that begin alike up to the first point on a line of their own."""
    groups: dict[str, list[str]] = {}
    for name in sorted(ids, key=_in_order):
        groups.setdefault(name.partition(".")[0], []).append(name)
    line = ""
    for stem, names in groups.items():
        if len(names) > 1:
            if line:
                yield line
            yield " ".join(names)
            line = ""
        elif line and len(line) + len(stem) < _LONGEST:
            line += f" {names[0]}"
        else:
            if line:
                yield line
            line = names[0]
    if line:
        yield line


def _in_order(name: str) -> list[tuple[int, str]]:
    """Return what sorts p9 before p10."""
    return [
        (int(part[:18]), part) if part.isdecimal() and part.isascii() else (-1, part)
        for part in _NUMBERS.split(name)
        if part
    ]


def _list(values: Iterable[str]) -> str:
    return "[" + ", ".join(map(_string, values)) + "]"


def _string(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
