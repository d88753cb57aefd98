"""Starting a worker process: alone in its module, so that a command can do it first of all."""

import os
import subprocess
import sys

_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from teikit.safety.serving import serve; serve(sys.argv[2])"
)


_ENVIRONMENT = frozenset(
    "PATH LANG LANGUAGE LD_LIBRARY_PATH HOME USERPROFILE APPDATA LOCALAPPDATA SYSTEMROOT WINDIR "
    "TMPDIR TEMP TMP".split()
)


def start_process(preload: str = "") -> subprocess.Popen:
    """Return a new process that serves jobs; it loads what the job PRELOAD needs."""
    root = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
    return subprocess.Popen(
        # -P: a json.py in the folder where teikit is run must not become part of it
        [sys.executable, "-P", "-c", _PROGRAM, root, preload],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """Return what a worker knows of the environment: what Python needs to start, no secrets."""
    return {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _ENVIRONMENT or name.startswith(("PYTHON", "LC_", "DYLD_"))
    }
