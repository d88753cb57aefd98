"""Which file is compared with which: two files, or the files of two folders by their paths."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from teikit.errors import TeikitError
from teikit.files import find_documents
from teikit.project import find_project


@dataclass(frozen=True)
class Side:
    """One version of a file: the folder that it may read from, and its path in there."""

    folder: Path
    path: str


@dataclass(frozen=True)
class FilePair:
    """The two versions of a file; None where there is none."""

    name: str
    old: Side | None
    new: Side | None


def find_pairs(old: Path, new: Path) -> list[FilePair]:
    """Return what to compare; files of folders by their paths in them, sorted."""
    for one in (old, new):
        if not os.path.lexists(one):
            raise TeikitError(f"{one}: there is no such file or folder")
    if old.is_dir() != new.is_dir():
        raise TeikitError(f"{old} and {new}: one is a folder and the other a file; name two alike")
    if not old.is_dir():
        return [FilePair(new.name, _side(old), _side(new))]
    olds, news = (dict(_files(folder)) for folder in (old, new))
    if not olds and not news:
        raise TeikitError(f"{old} and {new}: hold no TEI files (.xml, .tei, .odd)")
    return [FilePair(name, olds.get(name), news.get(name)) for name in sorted({*olds, *news})]


def _side(file: Path) -> Side | None:
    """Return one file; None for what git names where there is none."""
    if os.fspath(file) == os.devnull:
        return None
    absolute = Path(os.path.abspath(file))
    folder = find_project(absolute.parent) or absolute.parent
    return Side(folder, absolute.relative_to(folder).as_posix())


def _files(folder: Path) -> Iterator[tuple[str, Side]]:
    """Yield the files below a folder, each with its path in there."""
    top = Path(os.path.abspath(folder))
    todo = [top]
    while todo:
        here = todo.pop()
        files, editions = find_documents(here)
        todo.extend(editions)
        home = find_project(top) or top
        for file in files:
            absolute = Path(os.path.abspath(file))
            name = absolute.relative_to(top).as_posix()
            yield name, Side(home, absolute.relative_to(home).as_posix())
