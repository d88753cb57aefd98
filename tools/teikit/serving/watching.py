"""Whether the files of an edition have changed."""

import os
from collections.abc import Iterator
from pathlib import Path

_MOST = 100_000  # files that are looked at


def look(folder: Path, without: Path) -> dict[str, tuple[int, int]]:
    """Return when each file of the folder was changed, and its size.

    Hidden files and folders are left out, and the folder WITHOUT, into which sites are published.
    """
    found = {}
    for entry in _files(str(folder), str(without)):
        try:
            status = entry.stat()
        except OSError:
            continue  # gone meanwhile: the next look shows it
        found[entry.path] = (status.st_mtime_ns, status.st_size)
        if len(found) >= _MOST:
            break
    return found


def _files(folder: str, without: str) -> Iterator[os.DirEntry]:
    waiting = [folder]  # not one call in another, as folders may lie a thousand deep
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                found = list(entries)
        except OSError:
            continue
        for entry in found:
            if entry.name.startswith((".", "~")) or entry.name.endswith(("~", ".swp", ".tmp")):
                continue
            if entry.is_dir(follow_symlinks=False):
                if os.path.abspath(entry.path) != without:
                    waiting.append(entry.path)
            elif entry.is_file():
                yield entry
