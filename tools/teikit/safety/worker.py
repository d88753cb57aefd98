"""Jobs in worker processes with a wall clock and a memory limit.

libxml2, libxslt and regular expressions cannot be stopped from inside a process, so whatever
reads a stranger's document does it here. A worker is started once and kept; it takes jobs by
name from `teikit.jobs`, one after the other. One that runs too long or takes too much memory is
ended, its job answers `JobFailed`, and the next job gets a new worker.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from teikit.files import LARGEST_DOCUMENT
from teikit.safety.connection import BugInWorker, Connection, JobFailed, Limits, NoRoom
from teikit.safety.process import start_process
from teikit.safety.wire import largest_document, pack_parts

__all__ = ["BugInWorker", "Here", "JobFailed", "Limits", "NoRoom", "Runner", "Workers"]

# bytes of a request that fit into the pipe to a busy worker, where we know how large that is
_AHEAD = 32_000 if sys.platform.startswith("linux") else 0


def _nothing(*_: object) -> None:
    pass


class Runner(Protocol):
    """Runs jobs, somewhere."""

    largest_document: int  # bytes; what is larger need not be read

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

    largest_document = LARGEST_DOCUMENT

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
        self._idle = [Connection(first)] if first is not None else []
        self._all = set(self._idle)

    @property
    def largest_document(self) -> int:
        """Return how many bytes a document may have."""
        return min(LARGEST_DOCUMENT, largest_document(self.limits.memory))

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
        (result,) = self.run_all(name, [arguments])
        if isinstance(result, JobFailed):
            raise result
        return result

    def run_all(
        self,
        name: str,
        calls: Iterable[Sequence[Any]],
        on_done: Callable[[], None] = _nothing,
        on_result: Callable[[Sequence[Any], Any], None] = _nothing,
    ) -> list[Any]:
        """Return the results of many calls of one job, in order; a JobFailed stands for a loss."""
        limits = self.limits
        batch = _Batch(name, calls, limits.seconds, on_done, on_result)
        threads = []
        if batch.has_several:
            threads = [
                threading.Thread(target=self._work, args=(batch, limits), daemon=True)
                for _ in range(self.count - 1)
            ]
        for thread in threads:
            thread.start()
        self._work(batch, limits)
        for thread in threads:
            thread.join()
        return batch.all_results()

    def _work(self, batch: "_Batch", limits: Limits) -> None:
        """Do what is left of the batch, call by call; stop where somebody met an error."""
        try:
            call = batch.next()
            if call is not None:
                _Desk(self._take, self._put, batch, limits).work_off(call)
        except BaseException as error:
            batch.error = batch.error or error
            if threading.current_thread() is threading.main_thread():
                raise  # at once, not when the others are ready: it may be Ctrl-C

    def _take(self, name: str, limits: Limits, new: bool = False) -> Connection:
        """Return a worker that is free, or a new one that is ready for the job NAME."""
        while not new:
            with self._lock:
                if not self._idle:
                    break
                worker = self._idle.pop()
            if worker.memory in (None, limits.memory):
                return worker
            worker.end()
            self._put(worker)
        worker = Connection(start_process(name))
        with self._lock:
            self._all.add(worker)
        return worker

    def _put(self, worker: Connection) -> None:
        """Take a worker back that has nothing to do, or has ended."""
        with self._lock:
            if worker.alive:
                self._idle.append(worker)
            else:
                self._all.discard(worker)


class _Call:
    """One call of a batch: its number, what it is called with, and that as a request."""

    def __init__(self, index: int, name: str, arguments: Sequence[Any], seconds: float):
        self.index, self.arguments = index, arguments
        self.request = pack_parts([name, arguments, seconds])
        self.is_small = sum(map(len, self.request)) <= _AHEAD
        self.is_sent = False


class _Batch:
    """Many calls, taken by several threads, and their results."""

    def __init__(
        self, name: str, calls: Iterable[Sequence[Any]], seconds: float, *on_each: Callable
    ):
        from teikit.jobs import get_result_kind

        self.name, self.kind = name, get_result_kind(name)
        self.has_several = not hasattr(calls, "__len__") or len(calls) > 1
        self.error: BaseException | None = None
        self._calls = enumerate(calls)
        self._seconds = seconds
        self._on_done, self._on_result = on_each
        self._lock = threading.Lock()
        self._results: dict[int, Any] = {}
        self._size = 0  # bytes of all answers

    def next(self) -> _Call | None:
        """Return the next call; None where there is no more, or somebody met an error."""
        with self._lock:
            found = None if self.error is not None else next(self._calls, None)
        return None if found is None else _Call(found[0], self.name, found[1], self._seconds)

    def put(self, call: _Call, result: Any) -> None:
        """Take the result of a call."""
        with self._lock:
            self._results[call.index] = result
            self._on_result(call.arguments, result)
            self._on_done()

    def has_room(self, size: int, memory: int) -> bool:
        """Return whether an answer of SIZE bytes can be kept beside those before.

        All of them together may be half as large as the memory that one job may take: else many
        small documents that each give much would fill the memory of the command.
        """
        with self._lock:
            if self._size + size > memory // 2:
                return False
            self._size += size
        return True

    def all_results(self) -> list[Any]:
        """Return the results in the order of the calls; raise what somebody met."""
        if self.error is not None:
            raise self.error
        return [self._results[index] for index in range(len(self._results))]


class _Desk:
    """Where one thread works, with one worker at a time.

    A worker is sent a small call while it is still busy with the one before, so that it need not
    wait for us to read a file and to understand an answer.
    """

    def __init__(self, take: Callable, put: Callable, batch: _Batch, limits: Limits):
        self._take, self._put, self._batch, self._limits = take, put, batch, limits
        self._worker: Connection | None = None

    def work_off(self, call: _Call | None) -> None:
        """Do the call and all that come after it."""
        following = None
        try:
            while call is not None:
                self._send(call)
                if call.is_small:  # two large ones at a time would take too much of our memory
                    following = self._batch.next()
                if following is not None and following.is_small:
                    self._send(following)
                self._batch.put(call, self._receive(call, following))
                call, following = following or self._batch.next(), None
        except BaseException:
            if self._worker is not None:
                self._worker.end()  # it may be at work: its answer is not for the next job
            raise
        finally:
            if self._worker is not None:
                self._put(self._worker)

    def _send(self, call: _Call) -> None:
        if self._worker is None:
            self._worker = self._take(self._batch.name, self._limits)
        if not call.is_sent:
            self._worker.send(call.request, self._limits.memory)
            call.is_sent = True

    def _receive(self, call: _Call, following: _Call | None) -> Any:
        worker = self._worker
        had_others = worker.answered > 0
        try:
            result = worker.receive(self._batch.kind, self._limits)
            if self._batch.has_room(worker.answer_size, self._limits.memory):
                return result
            return NoRoom("memory", "there was more to tell of the files before it than fits")
        except JobFailed as failure:
            self._put(worker)
            self._worker = None
            if following is not None:
                following.is_sent = False
            if failure.reason == "time" or not had_others:
                return failure
        # the jobs before may have filled its memory: this one gets a worker of its own
        self._worker = self._take(self._batch.name, self._limits, new=True)
        call.is_sent = False
        self._send(call)
        return self._receive(call, following)
