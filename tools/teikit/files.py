"""Reading the files of an edition: regular files only, so that nothing waits or runs."""

import stat
from pathlib import Path

from teikit.place import Place
from teikit.report import Finding

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
