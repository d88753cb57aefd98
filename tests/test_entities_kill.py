"""`teikit entities suggest --apply`, killed: the old file or the new one, and nothing between."""

import os
import signal
import subprocess
import sys
import time

from entity_editions import mark_all, write_edition
from shared_data import PROJECT


def test_a_kill_leaves_the_old_or_the_new_file(tmp_path):
    body = "".join(f"<p>Anna and 北京 {n}</p>" for n in range(400))
    write_edition(tmp_path, body)
    path = tmp_path / "texts" / "0.xml"
    old = path.read_bytes()
    new = mark_all(tmp_path).data
    command = [
        sys.executable,
        "-P",
        "-m",
        "teikit",
        "entities",
        "suggest",
        "texts/0.xml",
        "--apply",
    ]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "tools")}
    seen = set()
    for delay in (0.3, 0.6, 0.9, 1.2):
        path.write_bytes(old)
        process = subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL
        )
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert path.read_bytes() in (old, new)
        seen.add(path.read_bytes())
    assert old in seen
