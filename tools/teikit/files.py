"""Finding and reading files: regular files only, so that nothing waits or runs."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from teikit.looks import note_look
from teikit.place import Place
from teikit.report import Finding

_SUFFIXES = (".xml", ".tei", ".odd")

# how to open a file: not waiting for the writer of a pipe, nor following a link put there meanwhile
CAREFUL = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY")
)

LARGEST_DOCUMENT = 500_000_000  # bytes, however much memory there is


def read_file(folder: Path, path: str, largest: int = LARGEST_DOCUMENT) -> bytes | Finding:
    """Return the bytes of FOLDER/PATH, or the finding that says why it cannot be read."""
    file = folder / path
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            return unreadable_file(path, "it is no file")
        if status.st_size > LARGEST_DOCUMENT:
            return unreadable_file(path, f"it is larger than {LARGEST_DOCUMENT // 10**6} MB")
        with file.open("rb") as stream:
            data = stream.read(largest + 1)  # it may grow while it is read
    except OSError as error:
        return unreadable_file(path, error.strerror or str(error))
    except ValueError:
        return unreadable_file(path, "no file can have this name")
    return _too_large(path, largest) if len(data) > largest else data


def _too_large(path: str, largest: int) -> Finding:
    return Finding(
        Place(path),
        "safety:memory",
        f"was not checked: with more than {largest / 1e6:.0f} MB it does not fit into the memory "
        "that one document may take",
        hint="Check its parts by themselves; --memory gives it more megabytes.",
    )


def unreadable_file(path: str, reason: str) -> Finding:
    """Return the finding that says why the file cannot be opened."""
    return Finding(
        Place(path),
        "file:unreadable",
        f"cannot be read: {reason}",
        hint="Check that the file is there, and that you may read it.",
    )


def find_documents(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the files below FOLDER that may be TEI, and the folders of editions, both sorted.

    What is hidden, what teikit itself built, and links that lead out of FOLDER are left out. A
    folder that may not be looked into stands among the files, so that reading it says so.
    """
    from teikit.safety.writing import MANIFEST

    root = folder.resolve()
    files: list[Path] = []
    editions: list[Path] = []

    def unreadable(error: OSError) -> None:
        files.append(Path(error.filename))

    for here, folders, names in _walk(folder, unreadable):
        if here != folder and os.path.isfile(here / "edition.toml"):
            editions.append(here)
            folders.clear()
            continue
        folders[:] = [
            name
            for name in folders
            if name[0] != "." and not os.path.exists(here / name / MANIFEST)
        ]
        files.extend(here / name for name in names if _may_be_tei(here / name, root))
    return sorted(files), sorted(editions)


def find_xml_files(folder: Path, name: str) -> tuple[str, ...]:
    """Return the XML files below FOLDER/NAME, sorted, relative to FOLDER; no links out of it."""
    root, top = os.path.realpath(folder), folder / name
    if not _is_inside(root, os.path.realpath(top)):
        return ()
    found = []
    for here, folders, names in _walk(top, lambda _error: None):
        folders[:] = [one for one in folders if one[0] != "."]
        found.extend(
            (here / one).relative_to(folder).as_posix()
            for one in names
            if one.endswith(".xml")
            and one[0] != "."
            and os.path.isfile(here / one)
            and _is_inside(root, os.path.realpath(here / one))
        )
    return tuple(sorted(found))


def find_files(folder: Path) -> list[str]:
    """Return the paths of all files below FOLDER, sorted; links to folders are not followed."""
    return sorted(
        (here / one).relative_to(folder).as_posix()
        for here, _, names in _walk(folder, lambda _error: None)
        for one in names
        if os.path.isfile(here / one)
    )


def _walk(
    top: Path, failed: Callable[[OSError], None]
) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Yield each folder at and below TOP, its folders (to be thinned out) and its other entries.

    Like os.walk, which in Python 3.11 calls itself for each folder, so that folders a thousand
    deep end it.
    """
    waiting = [top]
    while waiting:
        here = waiting.pop()
        folders: list[str] = []
        names: list[str] = []
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    (folders if entry.is_dir(follow_symlinks=False) else names).append(entry.name)
        except OSError as error:
            failed(error)
            continue
        yield here, folders, names
        waiting.extend(here / one for one in folders)


def _is_inside(root: str, file: str) -> bool:
    """Return whether a path lies in the folder ROOT; all links in both are resolved."""
    return os.path.commonpath((root, file)) == root


def is_inside(folder: Path, path: str) -> bool:
    """Return whether FOLDER/PATH lies in FOLDER when all links are followed."""
    try:
        return _is_inside(os.path.realpath(folder), os.path.realpath(folder / path))
    except (OSError, ValueError):  # a name that no file can have; another drive
        return False


def read_own(folder: Path, path: str, largest: int = LARGEST_DOCUMENT) -> bytes | Finding:
    """Return what `read_file` does, but for a file to which a link leads out of FOLDER."""
    try:
        return read_inside(str(folder), path, largest)
    except NotReadable as problem:
        if problem.kind == "large":
            return _too_large(path, largest)
        return unreadable_file(path, problem.reason)


def _may_be_tei(file: Path, root: Path) -> bool:
    """Return whether this is a file by its name, and none that a link brings in from outside."""
    if file.name.startswith(".") or file.suffix.lower() not in _SUFFIXES:
        return False
    try:
        is_file = stat.S_ISREG(file.stat().st_mode)
    except PermissionError:
        return True  # reading it says so
    except OSError:
        return False  # a link that leads nowhere
    return is_file and _is_inside(str(root), os.path.realpath(file))


class NotReadable(Exception):
    """A file that a document names is not read.

    `kind` is "missing" (or no regular file, or one that may not be opened), "outside" or "large".
    """

    def __init__(self, reason: str, kind: str = "missing"):
        super().__init__(reason)
        self.reason, self.kind = reason, kind


def read_inside(folder: str, path: str, largest: int) -> bytes:
    """Return the bytes of FOLDER/PATH, which a document names; raise NotReadable otherwise.

    Only regular files that lie in the folder when all links are followed, of at most LARGEST
    bytes. Where FOLDER is empty, nothing may be read.
    """
    try:
        data = _read_inside(folder, path, largest)
    except NotReadable:
        note_look(folder, path, None)
        raise
    note_look(folder, path, data)
    return data


def _read_inside(folder: str, path: str, largest: int) -> bytes:
    file = _real_path(folder, path)
    try:
        with open(file, "rb", opener=_open_regular) as stream:
            data = stream.read(largest + 1)
    except FileNotFoundError:
        raise NotReadable("there is no such file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise NotReadable(f"it cannot be read: {reason}") from error
    if len(data) > largest:
        raise NotReadable("it is too large", "large")
    return data


def find_inside(folder: str, path: str) -> str:
    """Return the absolute path of a regular file; raise NotReadable where `read_inside` would."""
    if path.lower().endswith(".xml"):  # it may be one of the documents, whose changes are not told
        read_inside(folder, path, LARGEST_DOCUMENT)  # otherwise: see keeping
    if not os.path.isfile(_real_path(folder, path)):
        raise NotReadable("there is no such file")
    return os.path.abspath(os.path.join(folder, path))


def shown_inside(folder: str, path: str) -> str:
    """Return how findings name the file at an absolute PATH: relative to FOLDER, if it is there."""
    file = Path(path)
    return (file.relative_to(folder) if file.is_relative_to(folder) else file).as_posix()


def _real_path(folder: str, path: str) -> str:
    if not folder:
        raise NotReadable("teikit was given no folder to read files from")
    root = os.path.realpath(folder)
    try:
        file = os.path.realpath(os.path.join(root, path))
    except (OSError, ValueError):
        raise NotReadable("there is no such file") from None
    if not _is_inside(root, file):
        raise NotReadable("a link leads out of the folder that teikit may read", "outside")
    return file


def _open_regular(path: str, _flags: int) -> int:
    descriptor = os.open(path, CAREFUL)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise NotReadable("it is no file")
