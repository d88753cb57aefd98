"""The command `teikit`. Nothing else imports this package."""

import gc
import os
import signal
import sys

# command -> the first job that it will have
_FIRST_JOBS = {
    "validate": "check",
    "publish": "check",
    "entities": "entities",
    "diff": "compare",
}
_HELP = {"-h", "--help"}
_COMPLETING = "_TEIKIT_COMPLETE"  # set by the shell that asks what may come next


def main() -> None:
    """Run the command line; `--version` is answered without loading anything."""
    if sys.argv[1:] == ["--version"]:
        from teikit import __version__

        print(f"teikit {__version__}")
        return
    process = None
    is_short = _COMPLETING in os.environ or _HELP & set(sys.argv)
    if sys.argv[1:2] and sys.argv[1] in _FIRST_JOBS and not is_short:
        from teikit.safety.process import start_process

        # it gets ready while this process does: half of what a short run takes
        process = start_process(_FIRST_JOBS[sys.argv[1]])
    from teikit.cli.commands import teikit

    signal.signal(signal.SIGTERM, _end)
    gc.set_threshold(50_000, 20, 20)  # what workers send is kept, and is no garbage
    try:
        teikit(prog_name="teikit", obj=process)
    finally:
        if process is not None:
            process.kill()
            process.wait()


def _end(signal_number: int, _frame: object) -> None:
    """Leave as if there were no more to do, so that the workers are ended."""
    sys.exit(128 + signal_number)
