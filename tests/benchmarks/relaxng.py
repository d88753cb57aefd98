"""The RELAX NG engine against jing and lxml, as ratios in one run.

Loading: CPU seconds of tei_all.rng, read, from the cache, and by lxml. Plays: CPU seconds of a
whole process of ours and of jing (cold), and of validation alone in this process (warm).
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared"
SCHEMA = SHARED / "schema" / "tei-p5" / "tei_all.rng"
sys.path[:0] = [str(PROJECT / "tools"), str(PROJECT / "tests")]

from lxml import etree  # noqa: E402

import jing  # noqa: E402
from teikit.schema.relaxng import load_grammar  # noqa: E402
from teikit.schema.relaxng.cache import cached_grammar  # noqa: E402

ONE_PLAY = """
import sys
from pathlib import Path
from teikit.document import read_document
from teikit.schema.relaxng.cache import cached_grammar
play = Path(sys.argv[1])
grammar = cached_grammar(Path(sys.argv[2]), Path(sys.argv[3]))
print(len(list(grammar.validate(read_document(play.read_bytes(), play.name).tree))))
"""


def cpu(work: Callable[[], object], times: int = 1) -> float:
    """Return the CPU seconds of one run, the best of several."""
    found = []
    for _ in range(times):
        begin = time.process_time()
        work()
        found.append(time.process_time() - begin)
    return min(found)


def process(*command: str) -> tuple[float, float]:
    """Return the CPU seconds and the wall seconds of a process."""
    before, begin = os.times(), time.perf_counter()
    subprocess.run(
        command,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(PROJECT / "tools")},
    )
    after = os.times()
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    ), time.perf_counter() - begin


def main() -> None:
    """Print what was measured."""
    jar = str(jing.jar("jing"))
    with tempfile.TemporaryDirectory() as cache:
        grammar = load_grammar(SCHEMA)
        print(f"tei_all.rng read:       {cpu(lambda: load_grammar(SCHEMA), 3):6.3f} s CPU")
        cached_grammar(SCHEMA, Path(cache))
        kept = cpu(lambda: cached_grammar(SCHEMA, Path(cache)), 5)
        print(f"tei_all.rng from cache: {kept:6.3f} s CPU")
        begin = time.process_time()
        other = etree.RelaxNG(etree.parse(SCHEMA))
        print(f"tei_all.rng by lxml:    {time.process_time() - begin:6.3f} s CPU")
        print(
            f"{'play':34} {'ours':>8} {'lxml':>8} {'speed':>6}   {'process':>8} {'jing':>8}"
            f" {'speed':>6} {'wall':>6}"
        )
        for path in sorted((SHARED / "corpora" / "drama").glob("*.xml")):
            tree = etree.parse(path)
            ours = cpu(lambda tree=tree: list(grammar.validate(tree)), 5)
            theirs = cpu(lambda tree=tree: other.validate(tree), 5)
            mine, my_wall = process(sys.executable, "-c", ONE_PLAY, str(path), str(SCHEMA), cache)
            java, java_wall = process("java", "-jar", jar, "-i", str(SCHEMA), str(path))
            print(
                f"{path.stem[:34]:34} {ours * 1000:6.1f}ms {theirs * 1000:6.1f}ms "
                f"{theirs / ours:5.2f}x   {mine:7.2f}s {java:7.2f}s {java / mine:5.1f}x "
                f"{java_wall / my_wall:5.1f}x"
            )


if __name__ == "__main__":
    main()
