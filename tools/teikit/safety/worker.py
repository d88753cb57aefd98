"""Jobs in worker processes with a wall clock and a memory limit.

libxml2, libxslt and regular expressions cannot be stopped from inside a process, so whatever
reads a stranger's document does it here. A worker is started once and kept; it takes jobs by
name from `teikit.jobs`, one after the other. One that runs too long or takes too much memory is
ended, its job answers `JobFailed`, and the next job gets a new worker.
"""

import contextlib
import importlib.util
import json
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from teikit.errors import TeikitError
from teikit.safety.wire import from_plain, to_plain

_LENGTH = struct.Struct(">Q")
_ENVIRONMENT = frozenset(
    "PATH LANG LANGUAGE LD_LIBRARY_PATH HOME USERPROFILE APPDATA LOCALAPPDATA SYSTEMROOT WINDIR "
    "TMPDIR TEMP TMP".split()
)
# Saxon reserves 32 GB of addresses when it starts and commits what it needs of them (GraalVM);
# without them it ends the process. RLIMIT_DATA counts what is committed.
_SAXON_RESERVES = 34 * 2**30


@dataclass(frozen=True)
class Limits:
    """How long one job may take (seconds of wall clock) and how much memory (bytes)."""

    seconds: float = 30.0
    memory: int = 1_000_000_000


class JobFailed(TeikitError):
    """A job did not come to an end; `reason` is "time", "memory" or "crash"."""

    def __init__(self, reason: str, message: str):
        super().__init__(message)
        self.reason = reason


class BugInWorker(Exception):
    """A job raised what it should not; the text is the traceback of the worker."""


class Runner(Protocol):
    """Runs jobs, somewhere."""

    def run(self, name: str, *arguments: Any) -> Any:
        """Return what the job NAME makes of the arguments."""

    def run_all(self, name: str, calls: Iterable[Sequence[Any]]) -> list[Any]:
        """Return the results of many calls of one job, in order; a JobFailed stands for a loss."""


class Here:
    """Runs jobs in this process, without limits: for tests and for trusted input."""

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(self, name: str, *arguments: Any) -> Any:
        """Return what the job NAME makes of the arguments."""
        from teikit.jobs import get_function

        return get_function(name)(*arguments)

    def run_all(self, name: str, calls: Iterable[Sequence[Any]]) -> list[Any]:
        """Return the results of many calls of one job, in order; a JobFailed stands for a loss."""
        return [self.run(name, *arguments) for arguments in calls]


class Workers:
    """Runs jobs in worker processes that are kept, at most `count` at a time."""

    def __init__(self, limits: Limits | None = None, count: int | None = None):
        self.limits = limits or Limits()
        self.count = count or min(4, os.cpu_count() or 1)
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        while True:
            try:
                self._idle.get_nowait().end()
            except queue.Empty:
                return

    def run(self, name: str, *arguments: Any) -> Any:
        """Return what the job NAME makes of the arguments.

        Raises JobFailed where it hits a limit, and the TeikitError that the job raised.
        """
        try:
            worker = self._idle.get_nowait()
        except queue.Empty:
            worker = _Worker(self.limits)
        try:
            result = worker.call(name, arguments)
        except BaseException:
            if worker.alive:
                self._idle.put(worker)
            raise
        self._idle.put(worker)
        return result

    def run_all(self, name: str, calls: Iterable[Sequence[Any]]) -> list[Any]:
        """Return the results of many calls of one job, in order; a JobFailed stands for a loss."""

        def one(arguments: Sequence[Any]) -> Any:
            try:
                return self.run(name, *arguments)
            except JobFailed as failure:
                return failure

        with ThreadPoolExecutor(self.count) as threads:
            return list(threads.map(one, calls))


class _Worker:
    """One process that serves jobs over its standard input and output."""

    def __init__(self, limits: Limits):
        self.limits = limits
        root = str(Path(__file__).resolve().parents[2])
        program = (
            "import sys; sys.path.insert(0, sys.argv[1]); "
            "from teikit.safety.worker import serve; serve(int(sys.argv[2]))"
        )
        self._process = subprocess.Popen(
            # -P: a json.py in the folder where teikit is run must not become part of it
            [sys.executable, "-P", "-c", program, root, str(limits.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def _listen(self) -> None:
        while True:
            try:
                frame = _read_frame(self._process.stdout)
            except (OSError, ValueError):
                frame = None
            self._answers.put(frame)
            if frame is None:
                return

    def call(self, name: str, arguments: Sequence[Any]) -> Any:
        from teikit.jobs import get_result_kind

        request = json.dumps([name, [to_plain(value) for value in arguments]]).encode()
        try:
            _write_frame(self._process.stdin, request)
            frame = self._answers.get(timeout=self.limits.seconds)
        except queue.Empty:
            self.end()
            raise JobFailed("time", f"it took more than {self.limits.seconds:g} seconds") from None
        except OSError:
            frame = None
        if frame is None:
            self.end()
            raise JobFailed(
                "crash",
                "it ended the worker process: it took too much memory, or hit a fault in a library",
            )
        kind, answer = json.loads(frame)
        if kind == "result":
            return from_plain(get_result_kind(name), answer)
        if kind == "memory":
            self.end()
            raise JobFailed("memory", f"it took more than {self.limits.memory / 1e6:.0f} MB")
        if kind == "error":
            raise TeikitError(answer)
        raise BugInWorker(answer)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                stream.close()


def _environment() -> dict[str, str]:
    """Return what a worker knows of the environment: what Python needs to start, no secrets."""
    return {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _ENVIRONMENT or name.startswith(("PYTHON", "LC_", "DYLD_"))
    }


def serve(memory: int) -> None:
    """Serve jobs until the standard input ends. Runs in the worker process."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    limit_memory(memory)
    while (frame := _read_frame(sys.stdin.buffer)) is not None:
        _write_frame(answers, json.dumps(_answer(frame)).encode())


def _answer(frame: bytes) -> list:
    import traceback

    from teikit.jobs import get_argument_kinds, get_function

    try:
        name, plain = json.loads(frame)
        kinds = get_argument_kinds(name)
        arguments = [from_plain(kind, value) for kind, value in zip(kinds, plain, strict=True)]
        return ["result", to_plain(get_function(name)(*arguments))]
    except MemoryError:
        return ["memory", ""]
    except TeikitError as error:
        return ["error", str(error)]
    except Exception:
        return ["bug", traceback.format_exc()]


def limit_memory(memory: int) -> bool:
    """Limit the memory of this process, and return whether the system can do that."""
    if not sys.platform.startswith("linux"):
        return False  # macOS takes the call and does not keep the limit; Windows has none
    import resource

    reserved = _SAXON_RESERVES if importlib.util.find_spec("saxonche") else 0
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_AS, (memory + reserved, memory + reserved))
    return True


def _read_frame(stream: BinaryIO) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def _write_frame(stream: BinaryIO, body: bytes) -> None:
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()
