"""Speed and memory, as ratios in one run: `make bench`.

Each figure is the median of several runs; what it is compared with runs in the same session, on
the same files. Nothing here passes or fails; the figures are for the changelog and the reader.
"""

import argparse
import importlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PLAYS = PROJECT.parent / "shared" / "corpora" / "drama"
sys.path.insert(0, str(PROJECT / "tools"))


def main() -> None:
    """Print a table of what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    print(f"{'what':44} {'time':>9}  {'compared with':34} {'time':>9}  ratio")
    for what, mine, against, theirs in measurements():
        ours = statistics.median(mine() for _ in range(runs))
        base = statistics.median(theirs() for _ in range(runs))
        print(f"{what:44} {ours:8.3f}s  {against:34} {base:8.3f}s  {ours / base:5.1f}")
    print(f"largest command: {children_memory():.0f} MB")
    importlib.import_module("relaxng").main(runs)  # beside this file
    importlib.import_module("publishing").main()
    importlib.import_module("search").main()


def measurements() -> Iterator[tuple[str, Callable, str, Callable]]:
    """Yield (what, how to time it, what it is compared with, how to time that)."""
    python = command("-c", "pass")
    imports = command("-c", "import click, jinja2, lxml.etree")
    yield "teikit --version", command("-m", "teikit", "--version"), "python -c pass", python
    yield "teikit --help", command("-m", "teikit", "--help"), "import click, jinja2, lxml", imports
    yield (
        "teikit validate tei",
        command("-m", "teikit", "validate", "tei"),
        "import click, jinja2, lxml",
        imports,
    )
    with tempfile.TemporaryDirectory() as folder:
        yield (
            "teikit publish tei",
            command("-m", "teikit", "publish", "tei", "-o", str(Path(folder) / "build")),
            "import click, jinja2, lxml",
            imports,
        )
    if PLAYS.is_dir():
        yield from document_measurements()
    else:
        print("the plays of ../shared are not here: reading and rendering are not measured")


def document_measurements() -> Iterator[tuple[str, Callable, str, Callable]]:
    """Yield what is measured on the plays, in this process."""
    etree = importlib.import_module("lxml.etree")
    document = importlib.import_module("teikit.document")
    transform = importlib.import_module("teikit.transform.render")
    spacing = importlib.import_module("teikit.spacing")
    data = [path.read_bytes() for path in sorted(PLAYS.glob("*.xml"))]
    documents = [document.read_document(one, "play.xml") for one in data]

    def parse() -> None:
        for one in data:
            etree.fromstring(one)

    def each(function: Callable) -> Callable:
        return timed(lambda: [function(one) for one in documents])

    yield (
        "read_document, 12 plays",
        timed(lambda: [document.read_document(one, "play.xml") for one in data]),
        "bare parse by lxml",
        timed(parse),
    )
    yield (
        "without_idle_space, 12 plays",
        each(lambda one: spacing.without_idle_space(one.tree)),
        "bare parse by lxml",
        timed(parse),
    )
    yield "render_html, 12 plays", each(transform.render_html), "bare parse by lxml", timed(parse)
    yield "render_text, 12 plays", each(transform.render_text), "bare parse by lxml", timed(parse)


def timed(function: Callable) -> Callable[[], float]:
    """Return a function that runs FUNCTION and returns the seconds it took."""

    def run() -> float:
        started = time.perf_counter()
        function()
        return time.perf_counter() - started

    return run


def command(*arguments: str) -> Callable[[], float]:
    """Return a function that runs Python with these arguments and returns the seconds it took."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "tools")}
    return timed(
        lambda: subprocess.run(
            [sys.executable, *arguments],
            cwd=PROJECT,
            check=True,
            env=environment,
            capture_output=True,
        )
    )


def children_memory() -> float:
    """Return the megabytes that the largest command took."""
    size = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return size / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    main()
