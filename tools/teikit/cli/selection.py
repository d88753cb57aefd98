"""The files that a command is given: names on the command line -> files by project."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from teikit.cli.options import find_edition, shown_path
from teikit.errors import TeikitError
from teikit.files import LARGEST_DOCUMENT, find_documents
from teikit.project import SETTINGS, Project, find_project, read_project
from teikit.settings import BadSettings

STDIN = "<stdin>"


@dataclass
class Part:
    """The files of one project that a command is given."""

    project: Project
    paths: list[str] = field(default_factory=list)  # relative to the project
    whole: bool = False  # these are all files of the edition, and perhaps more
    searched: set[str] = field(default_factory=set)  # found in a folder: they may be no TEI
    read: dict[str, bytes] = field(default_factory=dict)  # what came by standard input
    names: dict[str, str] = field(default_factory=dict)  # paths that are to be called otherwise
    was_found: bool = False  # an edition that nobody named: what stops it stops no other
    problem: str = ""  # why its edition.toml cannot be followed, so that nothing is checked

    def shown(self, path: str) -> str:
        """Return how the file at PATH is called in a report."""
        return self.names.get(path) or shown_path(self.project.folder, path)


def select_files(files: Iterable[Path], stdin_name: Path | None = None) -> list[Part]:
    """Return the files that are meant, a part for each project: editions, folders, files, `-`."""
    selection = _Selection()
    names = list(dict.fromkeys(files))
    if stdin_name is not None and Path("-") not in names:
        raise TeikitError("--stdin-name says what standard input is: name - among the files too")
    if not names:
        selection.edition(find_edition())
    missing = next((file for file in names if file != Path("-") and _is_missing(file)), None)
    if missing is not None:
        raise TeikitError(f"{missing}: there is no such file")
    folders = [file for file in names if file != Path("-") and os.path.isdir(file)]
    for folder in sorted(folders, key=lambda folder: len(Path(os.path.abspath(folder)).parts)):
        selection.folder(folder)
    for file in names:
        if file == Path("-"):
            selection.stdin(stdin_name)
        elif file not in folders:
            selection.file(file)
    return selection.parts()


def read_named(path: Path) -> bytes:
    """Return the bytes of a file that was named; raise TeikitError where it cannot be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_DOCUMENT + 1)  # a device may never end
    except FileNotFoundError:
        raise TeikitError(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise TeikitError(f"{path}: is a folder: name a file") from None
    except OSError as error:
        if path.is_dir():  # Windows refuses to open a folder as it refuses a file
            raise TeikitError(f"{path}: is a folder: name a file") from None
        raise TeikitError(f"{path}: cannot be read: {error.strerror}") from error
    if len(data) > LARGEST_DOCUMENT:
        raise TeikitError(f"{path}: is larger than {LARGEST_DOCUMENT // 10**6} MB")
    return data


def _is_missing(file: Path) -> bool:
    try:
        file.stat()
    except PermissionError:
        return False  # reading it says so
    except OSError:
        return True
    return False


class _Selection:
    """Collects files by the folder of their project, each file once."""

    def __init__(self) -> None:
        self._parts: dict[Path, Part] = {}
        self._seen: set[Path] = set()

    def parts(self) -> list[Part]:
        return [part for part in self._parts.values() if part.paths or part.whole]

    def edition(self, folder: Path) -> None:
        """Take in the whole edition in FOLDER."""
        part = self._part(folder)
        part.whole = True
        for path in part.project.files:
            self._add(part, path)

    def found_edition(self, folder: Path) -> None:
        """Take in an edition that was found in a folder; it may be a stranger's."""
        try:
            self.edition(folder)
            self._part(folder).was_found = True
        except BadSettings as problem:
            key = Path(os.path.abspath(folder))
            self._parts[key] = Part(Project(folder), whole=True, problem=str(problem))

    def folder(self, folder: Path) -> None:
        """Take in an edition, or the TEI files in a folder that is none."""
        if os.path.isfile(folder / SETTINGS):
            self.edition(folder)
            return
        files, editions = find_documents(Path(os.path.abspath(folder)))
        if not files and not editions:
            raise TeikitError(
                f"{folder}: holds no edition.toml and no TEI files (.xml, .tei, .odd): "
                "name a TEI file, or the folder of an edition"
            )
        for edition in editions:
            self.found_edition(edition)
        part = self._part(find_project(folder) or folder)
        for file in files:
            path = file.relative_to(_absolute(part)).as_posix()
            if self._add(part, path):
                part.searched.add(path)

    def file(self, file: Path) -> None:
        """Take in one file: of the edition above it, of a folder that was named, or its own."""
        absolute = Path(os.path.abspath(file))
        part = self._part(self._home(absolute))
        self._add(part, absolute.relative_to(_absolute(part)).as_posix())

    def stdin(self, name: Path | None) -> None:
        """Take in what comes by standard input, as the file NAME."""
        absolute = Path(os.path.abspath(name or STDIN))
        part = self._part(self._home(absolute))
        path = absolute.relative_to(_absolute(part)).as_posix()
        self._add(part, path)
        part.read[path] = _read_stdin()
        if name is None:
            part.names[path] = STDIN

    def _home(self, file: Path) -> Path:
        edition = find_project(file.parent)
        named = (folder for folder in self._parts if file.is_relative_to(folder))
        return edition or next(named, file.parent)

    def _part(self, folder: Path) -> Part:
        key = Path(os.path.abspath(folder))
        if key not in self._parts:
            is_edition = os.path.isfile(folder / SETTINGS)
            self._parts[key] = Part(read_project(folder) if is_edition else Project(folder))
        return self._parts[key]

    def _add(self, part: Part, path: str) -> bool:
        """Add the file and return whether it is new."""
        absolute = _absolute(part) / path
        if absolute in self._seen:
            return False
        self._seen.add(absolute)
        part.paths.append(path)
        return True


def _read_stdin() -> bytes:
    data = sys.stdin.buffer.read(LARGEST_DOCUMENT + 1)
    if len(data) > LARGEST_DOCUMENT:
        raise TeikitError(f"standard input has more than {LARGEST_DOCUMENT // 10**6} MB")
    return data


def _absolute(part: Part) -> Path:
    return Path(os.path.abspath(part.project.folder))
