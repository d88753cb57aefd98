"""The RELAX NG engine and `teikit validate` against jing and lxml, as ratios in one run.

Each figure is compared with another that was taken just before or after it, and has its target;
`main` says which were met. CPU seconds are those of the process and all that it started.

Bytecode is kept, as after an installation, in a folder of its own.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared"
SCHEMA = SHARED / "schema" / "tei-p5" / "tei_all.rng"
PLAYS = SHARED / "corpora" / "drama"
LETTERS = SHARED / "corpora" / "letters"
sys.path[:0] = [str(PROJECT / "tools"), str(PROJECT / "tests"), str(Path(__file__).parent)]

import workers  # noqa: E402
from lxml import etree  # noqa: E402

import jing  # noqa: E402
from teikit.schema.relaxng import load_grammar  # noqa: E402
from teikit.schema.relaxng.cache import cached_grammar  # noqa: E402
from timing import quickest  # noqa: E402

FILES = 1000

Figures = tuple[float, float]  # CPU seconds, wall seconds

# the engine alone, in a process of its own
ONE_PLAY = """
import sys
from pathlib import Path
from teikit.document import read_document
from teikit.schema.relaxng.cache import cached_grammar
play = Path(sys.argv[1])
grammar = cached_grammar(Path(sys.argv[2]), Path(sys.argv[3]))
print(len(list(grammar.validate(read_document(play.read_bytes(), play.name).tree))))
"""


class Bench:
    """Measures, compares with targets, and counts what was missed."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.missed: list[str] = []
        self.environment = os.environ | {
            "PYTHONPATH": str(PROJECT / "tools"),
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
            "TEIKIT_CACHE": str(folder / "cache"),
        }
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def judge(self, what: str, figure: float, target: float, at_most: bool = True) -> str:
        """Return PASS or MISS, and remember what was missed."""
        is_met = figure <= target if at_most else figure >= target
        if not is_met:
            self.missed.append(what)
        return "PASS" if is_met else "MISS"

    def process(self, *command: str) -> Figures:
        """Return what a process took."""
        before, begin = os.times(), time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False, env=self.environment)
        wall, after = time.perf_counter() - begin, os.times()
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr.decode("utf-8", "replace"))
        user = after.children_user - before.children_user
        return user + after.children_system - before.children_system, wall

    def in_turn(self, rounds: int, *commands: tuple[str, ...]) -> list[Figures]:
        """Return the medians of several commands, run one after the other, round by round."""
        taken = [[self.process(*command) for command in commands] for _ in range(rounds)]
        return [
            (statistics.median(cpu for cpu, _ in one), statistics.median(wall for _, wall in one))
            for one in zip(*taken, strict=True)
        ]


def measure_loading(bench: Bench) -> None:
    """Print how long tei_all.rng takes: read, from the cache, by lxml."""
    cache = bench.folder / "cache"
    cached_grammar(SCHEMA, cache)
    read = quickest(lambda: load_grammar(SCHEMA), 3)
    kept = quickest(lambda: cached_grammar(SCHEMA, cache), 5)
    lxml = quickest(lambda: etree.RelaxNG(etree.parse(SCHEMA)), 1)
    print("tei_all.rng, CPU seconds until it is ready (targets: read 0.7, from the cache 0.15)")
    print(f"  read          {read:6.3f}  {bench.judge('read', read, 0.7)}")
    print(f"  from cache    {kept:6.3f}  {bench.judge('cache', kept, 0.15)}")
    print(f"  lxml          {lxml:6.3f}")


def measure_warm(bench: Bench) -> None:
    """Print how fast plays are validated once the schema is there."""
    print("plays, warm: CPU milliseconds of validation alone (target: a quarter of lxml's speed)")
    grammar, other = load_grammar(SCHEMA), etree.RelaxNG(etree.parse(SCHEMA))
    for path in sorted(PLAYS.glob("*.xml")):
        tree = etree.parse(path)
        ours = quickest(lambda tree=tree: list(grammar.validate(tree)), 7)
        theirs = quickest(lambda tree=tree: other.validate(tree), 7)
        speed = theirs / ours
        print(
            f"  {path.stem[:40]:40} {ours * 1000:6.1f}  lxml {theirs * 1000:6.1f}"
            f"  {speed:5.2f} x its speed  {bench.judge('warm ' + path.stem, speed, 0.25, False)}"
        )


def measure_cold(bench: Bench, rounds: int) -> None:
    """Print what whole processes take for one play: the engine, `teikit validate`, and jing."""
    edition = bench.folder / "edition"
    (edition / "texts").mkdir(parents=True)
    (edition / "schema.rng").write_bytes(SCHEMA.read_bytes())
    (edition / "edition.toml").write_text('[schema]\nrelaxng = "schema.rng"\n')
    jar, cache = str(jing.jar("jing")), str(bench.folder / "cache")
    print("plays, cold: CPU / wall seconds of a process, the schema in the cache")
    print("  (targets: the engine at least jing's throughput; teikit validate half its time)")
    print(f"  {'':34} {'engine':>12} {'validate':>12} {'jing':>12}   engine  validate: cpu  wall")
    for path in sorted(PLAYS.glob("*.xml")):
        play = edition / "texts" / path.name
        play.write_bytes(path.read_bytes())
        engine = (sys.executable, "-c", ONE_PLAY, str(play), str(SCHEMA), cache)
        command = (sys.executable, "-P", "-m", "teikit", "validate", str(play))
        java = ("java", "-jar", jar, "-i", str(SCHEMA), str(play))
        bench.process(*engine), bench.process(*command)  # what is kept is there afterwards
        alone, ours, theirs = bench.in_turn(rounds, engine, command, java)
        speed, share, wall = theirs[0] / alone[0], ours[0] / theirs[0], ours[1] / theirs[1]
        print(
            f"  {path.stem[:34]:34} "
            + " ".join(f"{one[0]:5.2f} /{one[1]:5.2f}" for one in (alone, ours, theirs))
            + f"  {speed:5.1f} x {bench.judge('cold ' + path.stem, speed, 1, False)}"
            f"  {share:5.2f} {bench.judge('validate, CPU ' + path.stem, share, 0.5)}"
            f"  {wall:5.2f} {bench.judge('validate, wall ' + path.stem, wall, 0.5)}"
        )


def measure_workers(bench: Bench, rounds: int) -> None:
    """Print what a worker process costs over many small files."""
    folder = bench.folder / "letters"
    folder.mkdir()
    workers.write_letters(LETTERS, folder, FILES)
    arguments = (str(folder), str(SCHEMA), str(bench.folder / "cache"))
    program = (sys.executable, str(Path(workers.__file__)))
    bench.process(*program, "here", *arguments)
    here, worker = bench.in_turn(
        rounds, (*program, "here", *arguments), (*program, "worker", *arguments)
    )
    more_cpu, more_wall = worker[0] / here[0] - 1, worker[1] / here[1] - 1
    print(f"{FILES} files of some 5 kB, in one worker process and in this one (target: 10 % more)")
    print(f"  here    CPU {here[0]:5.2f}  wall {here[1]:5.2f}")
    print(f"  worker  CPU {worker[0]:5.2f}  wall {worker[1]:5.2f}")
    print(f"  more    CPU {more_cpu:5.1%}  {bench.judge('workers, CPU', more_cpu, 0.1)}")
    print(f"  more    wall {more_wall:5.1%}  {bench.judge('workers, wall', more_wall, 0.1)}")


def main(rounds: int = 5) -> None:
    """Print what was measured, and which targets were missed."""
    if not SCHEMA.exists():
        print("the schema and the plays of ../shared are not here: nothing is measured")
        return
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        measure_loading(bench)
        measure_warm(bench)
        measure_cold(bench, rounds)
        measure_workers(bench, rounds)
    print(f"missed: {', '.join(bench.missed) or 'nothing'}")


if __name__ == "__main__":
    main()
