"""Where teikit keeps what it can make again: schemas that it has read."""

import contextlib
import hashlib
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from teikit.files import CAREFUL

SETTING = "TEIKIT_CACHE"  # names the folder; empty: keep nothing
MOST_FILES = 40
MOST_BYTES = 100_000_000
_LARGEST = 32_000_000  # bytes of one file
_DIGEST = 64


def find_cache_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the folder of the cache, which need not be there; None where nothing is kept."""
    if SETTING in environment:
        named = environment[SETTING]
        return Path(os.path.abspath(named)) if named else None
    if sys.platform == "win32":
        local = _folder(environment.get("LOCALAPPDATA", ""))
        return local / "teikit" / "cache" if local else None
    kept = _folder(environment.get("XDG_CACHE_HOME", ""))
    if kept:
        return kept / "teikit"
    home = _folder(environment.get("HOME", ""))
    if home is None:
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "teikit"


def _folder(named: str) -> Path | None:
    """Return the folder where it is named by its full path (as the XDG specification asks)."""
    return Path(named) if named and os.path.isabs(named) else None


def read_kept(path: Path) -> bytes | None:
    """Return what `write_kept` wrote to PATH; None where that is gone, damaged or not ours.

    In a folder that others share somebody might put a file that makes a wrong text valid. So a
    file counts only if it is ours, or the administrator's, and nobody else may write to it.
    """
    try:
        descriptor = os.open(path, CAREFUL)
        with open(descriptor, "rb") as stream:
            if not _is_trusted(os.fstat(descriptor)):
                return None
            digest, data = stream.readline(_DIGEST + 1), stream.read(_LARGEST + 1)
    except OSError:
        return None
    return data if digest == _first_line(data) else None


def write_kept(path: Path, data: bytes) -> None:
    """Write DATA to PATH, whole or not at all, and make room for it.

    A folder that cannot be written to is no reason to stop: what is kept may be lost at any time.
    """
    if len(data) > _LARGEST:
        return
    import tempfile  # not where all is in the cache already

    temporary = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(".json", "", path.parent)  # mode 0600
        with open(descriptor, "wb") as stream:
            stream.write(_first_line(data) + data)
        os.replace(temporary, path)
        _make_room(path.parent)
    except OSError:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _first_line(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode("ascii") + b"\n"


def is_trusted(path: Path) -> bool:
    """Return whether a file or folder is ours, or the administrator's, and closed to others."""
    return _is_closed(path.stat())


def _is_trusted(status: os.stat_result) -> bool:
    if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST + _DIGEST + 1:
        return False
    return _is_closed(status)


def _is_closed(status: os.stat_result) -> bool:
    if os.name == "nt":  # there the folder of the user is closed to others
        return True
    return status.st_uid in (os.geteuid(), 0) and not status.st_mode & 0o022


def _make_room(folder: Path) -> None:
    """Remove the oldest files until those that are left are few and small enough."""
    found = []
    for path in folder.glob("*.json"):
        with contextlib.suppress(OSError):  # another process removed it
            status = path.lstat()
            found.append((-status.st_mtime_ns, path.name, status.st_size))
    size = 0
    for index, (_, name, its_size) in enumerate(sorted(found)):
        size += its_size
        if index >= MOST_FILES or (index and size > MOST_BYTES):
            with contextlib.suppress(OSError):
                (folder / name).unlink()
