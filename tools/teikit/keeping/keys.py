"""Under which key a result is kept: a hash of all that it was made from."""

import hashlib
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath
from typing import Any

from teikit.safety.wire import pack_parts
from teikit.safety.writing import MANIFEST
from teikit.shipped import shipped

# what the results of jobs, and the pages, come out differently with
_LIBRARIES = ("lxml", "jinja2", "markupsafe", "saxonche")
_FEW = 8
_ATOMS = frozenset({int, float, bool, type(None)})


@cache
def tool_digest() -> str:
    """Return what tells this teikit, and the libraries it works with, from every other.

    It is a hash of our own files: whoever changes one of them need not remember that results
    are kept.
    """
    digest = hashlib.sha256(platform.python_version().encode())
    for name in _LIBRARIES:
        try:
            found = version(name)
        except PackageNotFoundError:
            found = ""
        digest.update(f"{name} {found}\0".encode())
    for folder in (Path(__file__).parents[1], shipped("xslt"), shipped("templates")):
        for path in sorted(_files_below(str(folder))):
            digest.update(f"{os.path.relpath(path, folder)}\0".encode())
            digest.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return digest.hexdigest()


def _files_below(folder: str) -> Iterable[str]:
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        waiting.append(entry.path)
                elif entry.is_file():
                    yield entry.path


def surroundings_digest(folder: Path, documents: Iterable[str]) -> str:
    """Return what stands for all files in FOLDER but the documents and what teikit has built.

    Schemas and what they include are among them. Their size and the times at which they were
    changed stand for what they hold: nobody can set back the time of the last change of a file.
    """
    own, digest = set(documents), hashlib.sha256()
    for path, status in sorted(_others(str(folder), own)):
        digest.update(f"{path}\0{status}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _others(folder: str, documents: set[str]) -> Iterable[tuple[str, str]]:
    waiting = [(folder, "")]
    while waiting:
        here, prefix = waiting.pop()
        try:
            with os.scandir(here) as entries:
                found = list(entries)
        except OSError:
            yield prefix, "closed"
            continue
        if prefix and any(one.name == MANIFEST for one in found):
            continue
        for entry in found:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith("."):
                    waiting.append((entry.path, f"{path}/"))
            elif path not in documents:
                yield path, _status(entry)


def _status(entry: os.DirEntry) -> str:
    try:
        status = entry.stat()  # of what a link leads to
    except OSError:
        return "gone"
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


class Digests:
    """Hashes of plain values, each large one hashed once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, bytes]] = {}  # by id; the value is held, so it stays

    def of_call(self, name: str, arguments: Sequence[Any], more: str) -> bytes:
        """Return the key of a call of the job NAME; MORE stands for what else it depends on."""
        parts: list[bytes] = []
        self._write((name, more, tuple(arguments)), parts)
        return hashlib.sha256(b"".join(parts)).digest()

    def of(self, value: Any) -> bytes:
        """Return a hash of the value; raise TypeError where it is no plain value."""
        kind = type(value)
        if kind in (tuple, list) and len(value) < _FEW:
            return _short(b"(", *map(self.of, value))
        if not hasattr(kind, "__dataclass_fields__"):
            return self._whole(value)
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = value, self._whole(value)
        return known[1]

    def know(self, value: Any, packed: bytes) -> None:
        """Take the hash of a value from the message that it was read from."""
        self._known[id(value)] = value, _short(packed)

    def _whole(self, value: Any) -> bytes:
        try:
            parts = pack_parts([value])  # for what has many members, quicker than we are
        except TypeError:
            parts = []
            self._write(value, parts)
        return _short(type(value).__name__.encode(), b" ", *parts)

    def _write(self, value: Any, parts: list[bytes]) -> None:
        """Add to the parts what no other value writes; what is large, as its hash."""
        kind = type(value)
        if kind is str:
            parts.append(b"s%d " % len(value))
            parts.append(value.encode("utf-8", "surrogatepass"))
        elif kind in _ATOMS:
            parts.append(b"a%r " % value)
        elif kind is bytes:
            parts.append(self._hash(value))
        elif kind is tuple or kind is list:
            parts.append(b"(%d " % len(value))
            for member in value:
                self._write(member, parts)
        elif kind is dict:
            parts.append(self._hash(value))
        elif (fields := getattr(kind, "__dataclass_fields__", None)) is not None:
            parts.append(b"<%s " % kind.__name__.encode())
            for name in fields:
                self._write(getattr(value, name), parts)
        elif isinstance(value, (str, PurePath)):
            self._write(str(value), parts)
        elif isinstance(value, Mapping):
            self._write(dict(value), parts)
        elif isinstance(value, (frozenset, set)):
            self._write(sorted(value), parts)
        else:
            raise TypeError(f"{kind.__name__} is no plain value")

    def _hash(self, value: bytes | dict) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            if isinstance(value, bytes):
                digest = b"b" + hashlib.sha256(value).digest()
            else:
                parts: list[bytes] = []
                for pair in value.items():
                    self._write(pair, parts)
                digest = b"d" + hashlib.sha256(b"".join(parts)).digest()
            known = self._known[id(value)] = value, digest
        return known[1]


def _short(*parts: bytes) -> bytes:
    return hashlib.blake2b(b"".join(parts), digest_size=16).digest()
