"""The results of earlier runs, in a file in the user's cache folder: one for each edition.

It is a database of SQLite, which is safe for several processes at a time, and may be lost, be
damaged or be deleted at any time. It counts only if it is ours, or the administrator's, and
nobody else may write to it; each entry has a hash of its own. What no run has asked for lately
is taken out.
"""

import contextlib
import hashlib
import os
import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from teikit.cachefolder import is_trusted

_FORMAT = 1
_SEAL = 16  # bytes of the hash before each entry
_RUNS = 6  # in which nobody asked for an entry, until it is taken out
_MOST_STORES = 20
_MOST_BYTES = 2_000_000_000  # of all of them
_PATIENCE = 5.0  # seconds to wait for another process
_SUFFIX = ".results"
_TABLES = (
    ("entries", "key BLOB PRIMARY KEY, value BLOB"),
    ("uses", "key BLOB PRIMARY KEY, run INTEGER"),
    ("runs", "last INTEGER"),
)
# another process is at it, or the disk is full: the file is not to blame
_PASSING = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL))

# what a file says in which a bit has changed: no database, or no value that we could have kept
_BROKEN = (sqlite3.Error, ArithmeticError, TypeError, ValueError)


class Store:
    """Bytes by key, kept between runs; to be used in a `with` statement.

    What is put in is written at the end, whole or not at all. Whatever is wrong with the file, it
    is as if nothing had been kept.
    """

    def __init__(self, folder: Path, subject: str):
        name = hashlib.sha256(os.fsencode(subject)).hexdigest()[:32]
        self._path = folder / f"{name}{_SUFFIX}"
        self._lock = threading.Lock()
        self._fresh: dict[bytes, bytes] = {}
        self._asked: set[bytes] = set()
        self._runs: dict[bytes, int] = {}  # in which each entry was asked for last
        self._run = 0
        self._database: sqlite3.Connection | None = None

    def __enter__(self) -> "Store":
        self._database = self._open()
        return self

    def __exit__(self, kind: type | None, *_: BaseException | TracebackType | None) -> None:
        database, self._database = self._database, None
        if database is None:
            return
        try:
            with contextlib.closing(database), database:
                self._write(database)
        except _BROKEN as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _PASSING:
                _discard(self._path)
        _make_room(self._path)

    def get(self, key: bytes) -> bytes | None:
        """Return what was kept under the key, if it is undamaged."""
        with self._lock:
            if key in self._fresh:
                return self._fresh[key]
            if self._database is None:
                return None
            try:
                row = self._database.execute(
                    "SELECT value FROM entries WHERE key = ?", (key,)
                ).fetchone()
            except _BROKEN:
                self._give_up()
                return None
            if row is None or not isinstance(row[0], bytes):
                return None
            seal, value = row[0][:_SEAL], row[0][_SEAL:]
            if seal != _seal(key, value):
                return None
            self._asked.add(key)
            return value

    def put(self, key: bytes, value: bytes) -> None:
        """Keep the value under the key."""
        with self._lock:
            self._fresh[key] = value

    def _give_up(self) -> None:
        if self._database is not None:
            self._database.close()
        self._database = None
        _discard(self._path)

    def _open(self) -> sqlite3.Connection | None:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not is_trusted(self._path.parent) or self._path.is_symlink():
                return None
            if self._path.exists() and not is_trusted(self._path):
                return None
            return self._connect()
        except _BROKEN as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _PASSING:
                return None
            _discard(self._path)
        except OSError:
            return None
        try:
            return self._connect()
        except (OSError, *_BROKEN):
            return None

    def _connect(self) -> sqlite3.Connection:
        if not self._path.exists():  # with the right mode from the beginning
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        database = sqlite3.connect(self._path, timeout=_PATIENCE, check_same_thread=False)
        try:
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA synchronous = OFF")  # what is lost is made again
            (found,) = database.execute("PRAGMA user_version").fetchone()
            if found != _FORMAT:
                _make_tables(database)
            (last,) = database.execute("SELECT last FROM runs").fetchone()
            self._run = int(last) + 1
            uses = database.execute("SELECT key, run FROM uses")
            self._runs = {key: int(run) for key, run in uses if isinstance(key, bytes)}
        except BaseException:
            database.close()
            raise
        return database

    def _write(self, database: sqlite3.Connection) -> None:
        if not self._fresh and not self._asked:
            return
        database.execute("UPDATE runs SET last = ?", (self._run,))
        asked = [key for key in self._asked if self._runs.get(key, 0) < self._run - _RUNS // 2]
        database.executemany(
            "INSERT OR REPLACE INTO entries VALUES (?, ?)",
            ((key, _seal(key, value) + value) for key, value in self._fresh.items()),
        )
        database.executemany(
            "INSERT OR REPLACE INTO uses VALUES (?, ?)",
            ((key, self._run) for key in (*asked, *self._fresh)),
        )
        oldest = self._run - _RUNS
        if any(run < oldest for run in self._runs.values()):
            database.execute(
                "DELETE FROM entries WHERE key IN (SELECT key FROM uses WHERE run < ?)", (oldest,)
            )
            database.execute("DELETE FROM uses WHERE run < ?", (oldest,))


def _make_tables(database: sqlite3.Connection) -> None:
    """Make the file empty; when an entry was used stands apart, so that noting it is quick."""
    with database:
        for table, columns in _TABLES:
            database.execute(f"DROP TABLE IF EXISTS {table}")
            database.execute(f"CREATE TABLE {table} ({columns})")
        database.execute("INSERT INTO runs VALUES (0)")
        database.execute(f"PRAGMA user_version = {_FORMAT}")


def _seal(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(value, key=key, digest_size=_SEAL).digest()


def _discard(path: Path) -> None:
    for name in (path.name, f"{path.name}-journal"):
        with contextlib.suppress(OSError):
            path.with_name(name).unlink(missing_ok=True)


def _make_room(own: Path) -> None:
    """Remove the stores that were not used for longest, until the rest is small enough."""
    found = []
    for path in own.parent.glob(f"*{_SUFFIX}"):
        with contextlib.suppress(OSError):  # another process removed it
            status = path.lstat()
            found.append((path != own, -status.st_mtime_ns, path.name, status.st_size))
    size = 0
    for index, (_, _, name, its_size) in enumerate(sorted(found)):
        size += its_size
        if index >= _MOST_STORES or (index and size > _MOST_BYTES):
            _discard(own.with_name(name))


def open_store(subject: str, environment: Mapping[str, str] = os.environ) -> Store | None:
    """Return the store for what SUBJECT names, in the user's cache folder; None: keep nothing."""
    from teikit.cachefolder import find_cache_folder

    folder = find_cache_folder(environment)
    return None if folder is None else Store(folder, subject)
