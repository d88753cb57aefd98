"""What a folder holds before it becomes an edition."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from teikit.errors import TeikitError
from teikit.files import find_documents, read_file
from teikit.report import Finding
from teikit.safety.worker import Workers
from teikit.starting.kind_of_file import Kind


@dataclass(frozen=True)
class Held:
    """A folder, and the TEI files in it, relative to it."""

    folder: Path
    texts: tuple[str, ...] = ()  # TEI files, wherever they lie
    has_own: bool = False  # there is something of theirs where the examples would stand
    has_schema: bool = False  # their files name one, or there is a folder `schema`

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """Return the TEI files that are no part of the edition because of where they lie."""
        return tuple(one for one in self.texts if not _is_read(one))


def look(folder: Path, is_ours: Callable[[Path, str], bool], jobs: Workers) -> Held:
    """Return what FOLDER holds; `is_ours` tells the files that an interrupted run has left.

    Raises TeikitError where there are editions in it.
    """
    documents, editions = find_documents(folder)
    if editions:
        names = tuple(one.relative_to(folder).as_posix() for one in editions)
        raise TeikitError(
            f"{folder}: holds editions already ({say_some(names)}): "
            "give the new one a folder of its own, beside them"
        )
    paths = [path.relative_to(folder).as_posix() for path in documents]
    theirs = [path for path in paths if not is_ours(folder, path)]
    kinds = dict(zip(theirs, jobs.run_all("kind", _calls(folder, theirs, jobs)), strict=True))
    told = {path: one if isinstance(one, Kind) else Kind(is_readable=False)
            for path, one in kinds.items()}  # fmt: skip
    texts = tuple(
        path
        for path, kind in told.items()
        if (kind.is_tei or not kind.is_readable) and not path.lower().endswith(".odd")
    )
    has_schema = (
        any(told[path].schemas for path in texts)
        or any(kind.is_tei and path not in texts for path, kind in told.items())  # an ODD
        or _has_own(folder, "schema", is_ours)
    )
    own = (_has_own(folder, one, is_ours) for one in ("texts", "registers"))
    return Held(folder, texts, has_schema or bool(texts) or any(own), has_schema)


def _calls(folder: Path, paths: list[str], jobs: Workers) -> Iterator[tuple[bytes, str]]:
    for path in paths:
        data = read_file(folder, path, jobs.largest_document)
        yield (b"" if isinstance(data, Finding) else data), path


def _has_own(folder: Path, name: str, is_ours: Callable[[Path, str], bool]) -> bool:
    """Return whether there is a file below FOLDER/NAME that no run of ours has left.

    Hidden ones are none of theirs: .DS_Store, and what a run that was killed was writing.
    """
    waiting = [folder / name]
    while waiting:
        here = waiting.pop()
        if here.is_dir() and not here.is_symlink():
            waiting.extend(one for one in here.iterdir() if not one.name.startswith("."))
        elif os.path.lexists(here) and not is_ours(folder, here.relative_to(folder).as_posix()):
            return True
    return False


def _is_read(path: str) -> bool:
    """Return whether `teikit validate` and `publish` read the file: by its folder and name."""
    top, *below = path.split("/")
    return top == "source" or (
        bool(below) and top in ("texts", "registers") and path.endswith(".xml")
    )


def say_some(names: tuple[str, ...], most: int = 5) -> str:
    """Return the first of NAMES, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
