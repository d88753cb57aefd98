"""The other end: what runs in a worker process."""

import contextlib
import gc
import importlib.util
import os
import re
import signal
import sys

from teikit.safety.wire import largest_answer, pack, read_frame, unpack, write_frame

_NO_MEMORY = re.compile(r"unknown error|[Mm]emory")
_GRACE = 5  # seconds that a job may take longer before it ends itself
# Saxon reserves 32 GB of addresses when it starts and commits what it needs of them (GraalVM);
# without them it ends the process. RLIMIT_DATA counts what is committed.
SAXON_RESERVES = 34 * 2**30


def serve(preload: str = "") -> None:
    """Serve jobs until the standard input ends; PRELOAD is one that will be asked for.

    The first message is an empty one of ours: ready. The first of theirs is the limit of memory;
    each after it is a job.
    """
    from teikit.jobs import get_argument_kinds

    gc.set_threshold(50_000, 20, 20)  # a tree of patterns or records is no garbage
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    if preload:
        get_argument_kinds(preload)
    with contextlib.suppress(BrokenPipeError):  # the command ended meanwhile
        write_frame(answers, b"")
        memory = int(read_frame(sys.stdin.buffer) or 0)
        limit_memory(memory)
        while (frame := read_frame(sys.stdin.buffer)) is not None:
            answer = _answer(frame)
            _set_alarm(0)
            if len(answer) > largest_answer(memory):
                answer = pack(["memory", ""])
            write_frame(answers, answer)


def _answer(frame: bytes) -> bytes:
    from teikit.errors import TeikitError
    from teikit.jobs import get_argument_kinds, get_function

    try:
        message = unpack(frame)
        name, plain, seconds = message.plain
        _set_alarm(seconds + _GRACE)
        arguments = [
            message.as_kind(kind, value)
            for kind, value in zip(get_argument_kinds(name), plain, strict=True)
        ]
        return pack(["result", get_function(name)(*arguments)])
    except MemoryError:
        return pack(["memory", ""])
    except TeikitError as error:
        return pack(["error", str(error)])
    except Exception as error:
        import traceback

        if type(error).__module__ == "lxml.etree" and _NO_MEMORY.search(str(error)):
            return pack(["memory", ""])  # lxml does not tell it from mistakes everywhere
        return pack(["bug", traceback.format_exc()])


def _set_alarm(seconds: float) -> None:
    """Have the system end this process after so many seconds; 0: not at all.

    The command ends a worker that takes too long. But if the command itself was ended, nobody
    does, and a job that never comes to its end would run for ever.
    """
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_REAL, seconds)


def limit_memory(memory: int) -> bool:
    """Limit the memory of this process, and return whether the system can do that."""
    if not sys.platform.startswith("linux"):
        return False  # macOS takes the call and does not keep the limit; Windows has none
    import resource

    reserved = SAXON_RESERVES if importlib.util.find_spec("saxonche") else 0
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_AS, (memory + reserved, memory + reserved))
    return True
