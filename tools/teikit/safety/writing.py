"""Output appears whole or not at all."""

import contextlib
import glob
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from teikit.files import is_inside
from teikit.safety.filling import MANIFEST, CannotWrite, fill_folder, umask


def write_file(path: Path, data: bytes) -> None:
    """Write DATA to PATH so that PATH holds either what it held or all of DATA."""
    if path.is_dir():
        raise CannotWrite(f"{path}: is a folder: name a file to write to")
    if path.is_symlink() or (path.exists() and not path.is_file()):
        # it would be replaced: /dev/stdout, or what a stranger's folder has put there
        raise CannotWrite(f"{path}: is a link or a device, no file: name a file to write to")
    with _written_beside(path, data) as temporary:
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask())
        temporary.replace(path)


def replace_file(folder: Path, path: str, before: bytes, after: bytes, shown: str) -> None:
    """Put AFTER into the file at PATH in FOLDER, whole or not at all, if it still holds BEFORE.

    SHOWN is how the file is called where that cannot be done.
    """
    check_inside(folder, path)
    file = folder / path
    if file.is_symlink():
        raise CannotWrite(f"{shown}: is a link: name the file that it leads to")
    try:
        now = file.read_bytes()
    except OSError as error:
        raise CannotWrite(f"{shown}: cannot be read again: {error.strerror}") from error
    if now != before:
        raise CannotWrite(
            f"{shown}: was changed while teikit read it, so it is left as it is: run the "
            "command again"
        )
    write_file(file, after)


def check_inside(folder: Path, path: str) -> None:
    """Raise CannotWrite where links lead out of FOLDER: a stranger may have put them there."""
    if not is_inside(folder, path):
        raise CannotWrite(
            f"{folder / path}: a link leads out of the edition's folder: nothing is written there"
        )


def write_new_file(path: Path, data: bytes) -> None:
    """Write DATA to PATH, whole or not at all; raise CannotWrite where something is there."""
    if os.path.lexists(path):
        raise CannotWrite(f"{path}: is there already, and is left as it is")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"{path}: cannot write here: {error.strerror}") from error
    with _written_beside(path, data) as temporary:
        temporary.chmod(0o666 & ~umask())
        try:
            _put_in_place(temporary, path)
        except FileExistsError:
            raise CannotWrite(f"{path}: is there already, and is left as it is") from None


@contextlib.contextmanager
def _written_beside(path: Path, data: bytes) -> Iterator[Path]:
    """Give a file with DATA in the folder of PATH, all of it on the disk; then remove it."""
    import tempfile

    try:
        descriptor, name = tempfile.mkstemp(prefix=_beside(path), dir=path.parent)
    except OSError as error:
        raise CannotWrite(f"{path}: cannot write here: {error.strerror}") from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        yield temporary
    except OSError as error:
        raise CannotWrite(f"{path}: cannot write here: {error.strerror}") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_new_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write FILES (relative path -> bytes) as the new folder TARGET, whole or not at all.

    Raises CannotWrite where something is there. Killed, it leaves nothing under TARGET; what lies
    beside it then, the next run removes.
    """
    if os.path.lexists(target):
        raise CannotWrite(f"{target}: is there already, and is left as it is")
    import tempfile

    beside = _beside(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for leftover in target.parent.glob(f"{glob.escape(beside)}*"):
            if _is_ours(leftover):
                _remove(leftover)
        fresh = Path(tempfile.mkdtemp(prefix=beside, dir=target.parent))
    except OSError as error:
        raise CannotWrite(f"{target}: cannot write here: {error.strerror}") from error
    try:
        fill_folder(fresh, {f"new/{name}": data for name, data in files.items()})
        (fresh / "new").rename(target)
    except OSError as error:
        raise CannotWrite(f"{target}: cannot write here: {error.strerror}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def add_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write FILES, in their order, into FOLDER, which is there; what is there stays as it is.

    Where one cannot be written, or on an interruption, those that were are taken away again.
    """
    made: list[Path] = []  # files and folders, the last one first
    try:
        for name, data in files.items():
            path = folder / name
            if not path.resolve().is_relative_to(folder.resolve()):
                raise CannotWrite(f"{path}: leads out of the folder, and is left as it is")
            above = path.relative_to(folder).parents
            made[:0] = [folder / one for one in above if not os.path.lexists(folder / one)]
            made.insert(0, path)
            try:
                write_new_file(path, data)
            except CannotWrite:
                made.remove(path)  # what is there now is another's, even with the same bytes
                raise
    except BaseException:
        for path in made:
            take_back(path, files.get(path.relative_to(folder).as_posix(), b""))
        raise


def take_back(path: Path, data: bytes) -> None:
    """Remove a file that holds DATA and nothing else, or an empty folder."""
    with contextlib.suppress(OSError):
        if path.is_dir():
            path.rmdir()
        elif path.read_bytes() == data:
            path.unlink()


def _beside(path: Path) -> str:
    """Return how temporary names beside PATH begin: a name may have 255 bytes, not characters."""
    return f".{path.name.encode('utf-8', 'replace')[:100].decode('utf-8', 'ignore')}."


def _put_in_place(temporary: Path, path: Path) -> None:
    """Give the file its name; raise FileExistsError where another has come there meanwhile."""
    try:
        os.link(temporary, path)  # unlike a rename, it takes the place of nothing
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        temporary.rename(path)


def restore_folder(target: Path) -> bool:
    """Put NAME.old back where an earlier run was killed between its two renames."""
    old = _old(target)
    if not target.exists() and _is_ours(old):
        old.rename(target)
        return True
    return False


def check_replaceable(target: Path) -> None:
    """Raise CannotWrite unless TARGET is free, empty, or a folder that we wrote."""
    if target.is_symlink():
        raise CannotWrite(f"{target}: is a symbolic link: name the folder itself")
    if not target.exists():
        return
    if not target.is_dir():
        raise CannotWrite(f"{target}: is a file, not a folder: choose another name")
    if any(target.iterdir()) and not _is_ours(target):
        raise CannotWrite(
            f"{target}: holds files that teikit did not write (it has no {MANIFEST}), "
            "so it is left as it is: choose another folder, or an empty one"
        )


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write FILES (relative path -> bytes) as the folder TARGET, replacing one that is ours.

    The folder is built beside TARGET and moved into its place by two renames. Killed between
    them, the old folder lies beside as NAME.old, and the next run restores it.
    """
    restore_folder(target)
    check_replaceable(target)
    _clear_leftovers(target)
    import tempfile

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise CannotWrite(f"{target}: cannot write here: {error.strerror}") from error
    try:
        fill_folder(fresh, files, target)
        fresh.chmod(0o777 & ~umask())
        _swap(fresh, target)
    except OSError as error:
        raise CannotWrite(f"{target}: cannot write here: {error.strerror}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _clear_leftovers(target: Path) -> None:
    """Remove what a run that was killed while it wrote has left beside TARGET."""
    for folder in target.parent.glob(f".{target.name}.*"):
        if folder.is_dir() and (_is_ours(folder) or not any(folder.iterdir())):
            _remove(folder)


def _swap(fresh: Path, target: Path) -> None:
    old = _old(target)
    if target.exists():
        if old.is_symlink() or (old.exists() and not _is_ours(old) and any(old.iterdir())):
            raise CannotWrite(f"{old}: is in the way and not ours: move it")
        _remove(old)
        target.rename(old)
    fresh.rename(target)
    _remove(old)


def _remove(folder: Path) -> None:
    """Remove a folder of ours, its manifest last: killed half-way, it can still be told as ours."""
    if not folder.is_dir() or folder.is_symlink():
        return
    for path in folder.iterdir():
        if path.name == MANIFEST:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    (folder / MANIFEST).unlink(missing_ok=True)
    folder.rmdir()


def _old(target: Path) -> Path:
    return target.with_name(target.name + ".old")


def _is_ours(folder: Path) -> bool:
    return not folder.is_symlink() and (folder / MANIFEST).is_file()
