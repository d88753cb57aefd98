"""Filling a new folder of ours with files: those that the old one has are taken from it."""

import json
import os
import stat
from collections.abc import Mapping
from io import FileIO
from pathlib import Path, PurePosixPath

from teikit.errors import TeikitError
from teikit.files import CAREFUL

MANIFEST = ".teikit.json"  # its presence says that the folder is ours to replace

_DEEPEST = 100  # folders in one another: with many more, no program can remove them


class CannotWrite(TeikitError):
    """The output cannot be written where it was asked for; nothing was changed."""


def fill_folder(folder: Path, files: Mapping[str, bytes], before: Path | None = None) -> None:
    """Write the manifest and FILES into a folder of ours that is new.

    Where the folder BEFORE has the same file with the same bytes, that gets a second name, which
    takes a tenth of the time of writing it. No file is ever changed in its place, so it does not
    matter that the two share it until BEFORE goes.
    """
    for name in files:
        if any("\ud800" <= sign <= "\udfff" for sign in name):
            raise CannotWrite(f"{name}: its name is not in UTF-8: give it another one")
    manifest = {"format": 1, "files": sorted(files)}
    (folder / MANIFEST).write_text(
        json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n"
    )
    mode, made = 0o666 & ~umask(), {""}
    for name, data in sorted(files.items()):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or (folder / name).drive != folder.drive:
            raise CannotWrite(f"{name}: leads out of the folder that is written")
        if len(path.parts) > _DEEPEST:
            raise CannotWrite(f"{name[:100]}…: lies more than {_DEEPEST} folders deep: move it up")
        above = name.rpartition("/")[0]
        if above not in made:
            (folder / above).mkdir(parents=True, exist_ok=True)
            made.add(above)
        file = os.path.join(folder, name)
        if before is None or not _link_same(os.path.join(before, name), file, data, mode):
            with open(file, "xb") as stream:
                stream.write(data)


def _link_same(old: str, new: str, data: bytes, mode: int) -> bool:
    """Give the file OLD the name NEW too, if it is ours and holds DATA; return whether it was."""
    try:
        with open(os.open(old, CAREFUL), "rb", buffering=0) as stream:
            status = os.fstat(stream.fileno())
            is_like = (
                stat.S_ISREG(status.st_mode)
                and stat.S_IMODE(status.st_mode) == mode
                and status.st_uid == getattr(os, "geteuid", int)()
                and status.st_size == len(data)
            )
            if not is_like or _read_all(stream, len(data)) != data:
                return False
        os.link(old, new)
    except OSError:  # it is not there, or the disk knows no second names
        return False
    return True


def _read_all(stream: FileIO, size: int) -> bytes:
    data = stream.read(size)
    while data and len(data) < size and (more := stream.read(size - len(data))):
        data += more
    return data


def umask() -> int:
    """Return which permissions new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
