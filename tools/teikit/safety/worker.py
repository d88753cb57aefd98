"""Jobs in worker processes with a wall clock and a memory limit.

libxml2, libxslt and regular expressions cannot be stopped from inside a process, so whatever
reads a stranger's document does it here. A worker is started once and kept; it takes jobs by
name from `teikit.jobs`, one after the other. One that runs too long or takes too much memory is
ended, its job answers `JobFailed`, and the next job gets a new worker.
"""

import contextlib
import os
import queue
import subprocess
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from teikit.errors import TeikitError
from teikit.safety.process import start_process
from teikit.safety.wire import pack, read_frame, unpack, write_frame

_START_SECONDS = 60  # to start Python and load what the jobs need; no job has begun by then


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


def _nothing(*_: object) -> None:
    pass


class Runner(Protocol):
    """Runs jobs, somewhere."""

    def run(self, name: str, *arguments: Any) -> Any:
        """Return what the job NAME makes of the arguments."""

    def run_all(
        self,
        name: str,
        calls: Iterable[Sequence[Any]],
        on_done: Callable[[], None] = _nothing,
        on_result: Callable[[Sequence[Any], Any], None] = _nothing,
    ) -> list[Any]:
        """Return the results of many calls of one job, in order; a JobFailed stands for a loss.

        The calls are taken one by one, as there is somebody to work on them. Whenever another
        result is there, `on_result` is given the arguments and the result, and `on_done` is
        called, by one thread at a time.
        """


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

    def run_all(
        self,
        name: str,
        calls: Iterable[Sequence[Any]],
        on_done: Callable[[], None] = _nothing,
        on_result: Callable[[Sequence[Any], Any], None] = _nothing,
    ) -> list[Any]:
        """Return the results of many calls of one job, in order."""
        results = []
        for arguments in calls:
            results.append(self.run(name, *arguments))
            on_result(arguments, results[-1])
            on_done()
        return results


class Workers:
    """Runs jobs in worker processes that are kept, at most `count` at a time.

    `limits` may be changed between two jobs. `first` is a process that was started already.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        count: int | None = None,
        first: subprocess.Popen | None = None,
    ):
        self.limits = limits or Limits()
        self.count = count or min(4, os.cpu_count() or 1)
        self._lock = threading.Lock()
        self._idle = [_Worker(first)] if first is not None else []
        self._all = set(self._idle)

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            workers, self._all, self._idle = self._all, set(), []
        for worker in workers:
            worker.end()

    def run(self, name: str, *arguments: Any) -> Any:
        """Return what the job NAME makes of the arguments.

        Raises JobFailed where it hits a limit, and the TeikitError that the job raised.
        """
        limits = self.limits
        worker = self._take(limits)
        was_used = worker.was_used
        try:
            return self._call(worker, name, arguments, limits)
        except JobFailed as failure:
            if failure.reason == "time" or not was_used:
                raise
        # the jobs before may have filled its memory: this one gets a worker of its own
        return self._call(self._new(), name, arguments, limits)

    def _call(self, worker: "_Worker", name: str, arguments: Sequence, limits: Limits) -> Any:
        try:
            return worker.call(name, arguments, limits)
        finally:
            with self._lock:
                if worker.alive:
                    self._idle.append(worker)
                else:
                    self._all.discard(worker)

    def run_all(
        self,
        name: str,
        calls: Iterable[Sequence[Any]],
        on_done: Callable[[], None] = _nothing,
        on_result: Callable[[Sequence[Any], Any], None] = _nothing,
    ) -> list[Any]:
        """Return the results of many calls of one job, in order; a JobFailed stands for a loss."""

        def one(arguments: Sequence[Any]) -> Any:
            try:
                return self.run(name, *arguments)
            except JobFailed as failure:
                return failure

        batch = _Batch(one, calls, on_done, on_result)
        threads = [threading.Thread(target=batch.work, daemon=True) for _ in range(self.count - 1)]
        for thread in threads:
            thread.start()
        batch.work()
        for thread in threads:
            thread.join()
        return batch.all_results()

    def _take(self, limits: Limits) -> "_Worker":
        """Return a worker that is free, or a new one."""
        while True:
            with self._lock:
                if not self._idle:
                    break
                worker = self._idle.pop()
            if worker.memory in (None, limits.memory):
                return worker
            worker.end()
        return self._new()

    def _new(self) -> "_Worker":
        worker = _Worker(start_process())
        with self._lock:
            self._all.add(worker)
        return worker


class _Batch:
    """Many calls, and several threads that work them off."""

    def __init__(self, one: Callable, calls: Iterable[Sequence[Any]], *on_each: Callable):
        self._one, self._calls = one, enumerate(calls)
        self._on_done, self._on_result = on_each
        self._lock = threading.Lock()
        self._results: dict[int, Any] = {}
        self._error: BaseException | None = None

    def work(self) -> None:
        """Do what is left, call by call; stop where somebody met an error."""
        try:
            while (call := self._next()) is not None:
                result = self._one(call[1])
                with self._lock:
                    self._results[call[0]] = result
                    self._on_result(call[1], result)
                    self._on_done()
        except BaseException as error:
            self._error = self._error or error
            if threading.current_thread() is threading.main_thread():
                raise  # at once, not when the others are ready: it may be Ctrl-C

    def all_results(self) -> list[Any]:
        """Return the results in the order of the calls; raise what somebody met."""
        if self._error is not None:
            raise self._error
        return [self._results[index] for index in range(len(self._results))]

    def _next(self) -> tuple[int, Sequence[Any]] | None:
        with self._lock:
            return None if self._error is not None else next(self._calls, None)


class _Worker:
    """One process that serves jobs over its standard input and output."""

    def __init__(self, process: subprocess.Popen):
        self.memory: int | None = None  # its limit, once it has one
        self.was_used = False
        self._is_ready = False
        self._process = process
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def _listen(self) -> None:
        while True:
            try:
                frame = read_frame(self._process.stdout)
            except (OSError, ValueError):
                frame = None
            self._answers.put(frame)
            if frame is None:
                return

    def call(self, name: str, arguments: Sequence[Any], limits: Limits) -> Any:
        from teikit.jobs import get_result_kind

        request = pack([name, arguments])
        try:
            self._begin(limits.memory)
            write_frame(self._process.stdin, request)
            self.was_used = True
            frame = self._answers.get(timeout=limits.seconds)
        except queue.Empty:
            self.end()
            raise JobFailed("time", f"it took more than {limits.seconds:g} seconds") from None
        except OSError:
            frame = None
        except BaseException:  # Ctrl-C: its answer must not be taken for that to another job
            self.end()
            raise
        if frame is None:
            self.end()
            raise JobFailed(
                "crash",
                "it ended the worker process: it took too much memory, or hit a fault in a library",
            )
        message = unpack(frame)
        kind, answer = message.plain
        if kind == "result":
            return message.as_kind(get_result_kind(name), answer)
        if kind == "memory":
            self.end()
            raise JobFailed("memory", f"it took more than {limits.memory / 1e6:.0f} MB")
        if kind == "error":
            raise TeikitError(answer)
        raise BugInWorker(answer)

    def _begin(self, memory: int) -> None:
        """Wait until the process is there; give it its limit."""
        if not self._is_ready:
            if self._answers.get(timeout=_START_SECONDS) is None:
                raise OSError("the worker did not start")
            self._is_ready = True
        if self.memory is None:
            write_frame(self._process.stdin, str(memory).encode("ascii"))
            self.memory = memory

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                stream.close()
