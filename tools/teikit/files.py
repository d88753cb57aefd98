"""Finding and reading files: regular files only, so that nothing waits or runs."""

import os
import stat
from pathlib import Path

from teikit.place import Place
from teikit.report import Finding

_SUFFIXES = (".xml", ".tei", ".odd")

# how to open a file: not waiting for the writer of a pipe, nor following a link put there meanwhile
CAREFUL = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY")
)

_LARGEST = 500_000_000  # bytes; no document of this size stays within the limits of memory


def read_file(folder: Path, path: str) -> bytes | Finding:
    """Return the bytes of FOLDER/PATH, or the finding that says why it cannot be read."""
    file = folder / path
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return unreadable_file(path, "it is no file")
        with file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)  # it may grow while it is read
    except OSError as error:
        return unreadable_file(path, error.strerror or str(error))
    if len(data) > _LARGEST:
        return unreadable_file(path, f"it is larger than {_LARGEST // 10**6} MB")
    return data


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

    for where, folders, names in os.walk(folder, onerror=unreadable):
        here = Path(where)
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
    return is_file and file.resolve().is_relative_to(root)


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
    if os.path.commonpath((root, file)) != root:
        raise NotReadable("a link leads out of the folder that teikit may read", "outside")
    return file


def _open_regular(path: str, _flags: int) -> int:
    descriptor = os.open(path, CAREFUL)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise NotReadable("it is no file")
