"""One worker process, as the command sees it: requests go in, answers come out or do not."""

import contextlib
import queue
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from teikit.errors import TeikitError
from teikit.safety.wire import largest_answer, read_frame, unpack, write_frame

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


class NoRoom(JobFailed):
    """What all jobs of a run gave came to more than the command can hold; the job is not to blame.

    `reason` is "memory".
    """


class BugInWorker(Exception):
    """A job raised what it should not; the text is the traceback of the worker."""


class Connection:
    """A process that serves jobs over its standard input and output, one after the other."""

    def __init__(self, process: subprocess.Popen):
        self.memory: int | None = None  # its limit, once it has one
        self.answered = 0  # jobs
        self.answer_size = 0  # bytes of the last answer
        self._is_ready = False
        self._process = process
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def alive(self) -> bool:
        """Return whether the process is there."""
        return self._process.poll() is None

    def _listen(self) -> None:
        while True:
            try:
                frame = read_frame(self._process.stdout, self._largest)
            except (OSError, ValueError):
                frame = None
            self._answers.put(frame)
            if frame is None:
                return

    def _largest(self) -> int:
        return largest_answer(self.memory or 0)

    def send(self, request: Sequence[bytes], memory: int) -> None:
        """Send a request, in parts; that it cannot be sent shows when the answer is asked for."""
        with contextlib.suppress(OSError, ValueError):
            if not self._is_ready:
                self._is_ready = self._answers.get(timeout=_START_SECONDS) is not None
            if self.memory is None:
                write_frame(self._process.stdin, str(memory).encode("ascii"))
                self.memory = memory
            write_frame(self._process.stdin, *request)

    def receive(self, kind: Any, limits: Limits) -> Any:
        """Return the answer to the first request that has none yet, as a value of type KIND.

        Raises JobFailed where a limit was hit; the process has ended then, and what else it was
        sent must be sent to another one. Raises the TeikitError that the job raised.
        """
        try:
            frame = self._answers.get(timeout=limits.seconds)
        except queue.Empty:
            self.end()
            raise JobFailed("time", f"it took more than {limits.seconds:g} seconds") from None
        if frame is None:
            self.end()
            raise JobFailed(
                "crash",
                "it ended the worker process: it took too much memory, or hit a fault in a library",
            )
        self.answered += 1
        self.answer_size = len(frame)
        message = unpack(frame)
        said, answer = message.plain
        if said == "result":
            return message.as_kind(kind, answer)
        if said == "memory":
            self.end()
            raise JobFailed("memory", f"it took more than {limits.memory / 1e6:.0f} MB")
        if said == "error":
            raise TeikitError(answer)
        raise BugInWorker(answer)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                stream.close()
