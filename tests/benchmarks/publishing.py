"""The speed and the memory of publishing, with targets: `main` says which were met.

TEI to HTML is compared with what nobody can do without: lxml's parse, a stylesheet that copies,
and serialising. Whole commands are timed by the clock, on a machine that does nothing else;
beside it stands the processor's time, which other work disturbs less.

Bytecode is kept, as after an installation, in a folder of its own.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CORPORA = PROJECT.parent / "shared" / "corpora"
sys.path[:0] = [str(PROJECT / "tools"), str(PROJECT / "tests"), str(Path(__file__).parent)]

import editions  # noqa: E402
from lxml import etree  # noqa: E402

from teikit.document import read_document  # noqa: E402
from teikit.transform.render import render_html  # noqa: E402
from timing import quickest  # noqa: E402

TEXTS = 2000
LARGE = 1_100_000  # bytes of the long text
_COPY = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy>
</xsl:template></xsl:stylesheet>"""


class Bench:
    """Measures, compares with targets, and counts what was missed."""

    def __init__(self, folder: Path):
        self.folder, self.missed = folder, []
        self.environment = os.environ | {
            "PYTHONPATH": str(PROJECT / "tools"),
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
            "TEIKIT_CACHE": str(folder / "cache"),
        }
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def judge(self, what: str, figure: float, target: float) -> str:
        """Return PASS or MISS, and remember what was missed."""
        if figure > target:
            self.missed.append(what)
        return "PASS" if figure <= target else "MISS"

    def publish(self, edition: Path, output: str = "site") -> tuple[float, float]:
        """Return how long publishing the edition takes: by the clock, and of the processors."""
        command = (sys.executable, "-P", "-m", "teikit", "publish", str(edition), "-o")
        before, begin = os.times(), time.perf_counter()
        done = subprocess.run(
            [*command, str(self.folder / output)],
            capture_output=True,
            check=False,
            env=self.environment,
        )
        wall, after = time.perf_counter() - begin, os.times()
        if done.returncode:
            raise SystemExit(done.stdout.decode() + done.stderr.decode())
        user = after.children_user - before.children_user
        return wall, user + after.children_system - before.children_system


def measure_letters(bench: Bench) -> None:
    """Print how long the letters take, against copying them."""
    data = [path.read_bytes() for path in sorted((CORPORA / "letters").glob("L*.xml"))]
    copy = etree.XSLT(etree.XML(_COPY))

    def copied() -> None:
        for one in data:
            etree.tostring(copy(etree.fromstring(one)), encoding="unicode")

    def rendered() -> None:
        for one in data:
            render_html(read_document(one, "texts/letter.xml"))

    rendered()  # the stylesheet is compiled once
    ours, base = quickest(rendered, 7), quickest(copied, 7)
    print(f"TEI to HTML, {len(data)} letters (target: 3 times parsing, copying and serialising)")
    print(f"  CPU {ours:6.3f}  against {base:6.3f}")
    print(f"  ratio {ours / base:5.2f}  {bench.judge('letters', ours / base, 3)}")


# what often stands many times in one parent: markup, and what it stands in
_MANY = {
    "p": ("<p xml:id='p{}'>word <hi>word</hi></p>", "div"),
    "div": ("<div><head>word</head><p>word</p></div>", "div"),
    "sp": ("<sp><speaker>word</speaker><p>word</p></sp>", "div"),
    "l": ("<l n='{}'>word</l>", "lg"),
    "w": ("<w>word</w> ", "p"),
    "row": ("<row><cell>word</cell></row>", "table"),
    "item": ("<label>word</label><item>word</item>", "list"),
    "app": ("<app><lem>word</lem><rdg>other</rdg></app> ", "p"),
    "note": ("word<note>word</note> ", "p"),
    "ruby": ("<ruby><rb>word</rb><rt>word</rt></ruby>", "p"),
    "person": ("<person xml:id='a{}'><persName>word</persName></person>", "listPerson"),
}


def measure_growth(bench: Bench) -> None:
    """Print how much longer four times as many siblings of each kind take."""
    print("four times as many siblings, TEI to HTML (target: 8 times as long)")
    for name, (markup, parent) in _MANY.items():
        took = [_render_siblings(markup, parent, count) for count in (2_000, 8_000)]
        growth = took[1] / took[0]
        print(f"  {name:6} {took[1]:6.3f}  {growth:5.1f}  {bench.judge(name, growth, 8)}")


def _render_siblings(markup: str, parent: str, count: int) -> float:
    siblings = "".join(markup.format(number) for number in range(count))
    data = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>'
        f"<div><{parent}>{siblings}</{parent}></div></body></text></TEI>"
    ).encode()
    return quickest(lambda: render_html(read_document(data, "texts/siblings.xml")), 3)


def measure_small_texts(bench: Bench) -> None:
    """Print how long many small texts take, at first and after a change of one."""
    edition = bench.folder / "small"
    editions.write_small_texts(CORPORA / "letters", edition, TEXTS)
    print(f"{TEXTS} texts of some 5 kB (targets: 20 s, and 2 s after a change), wall / CPU seconds")
    wall, cpu = bench.publish(edition)
    print(f"  first run          {wall:6.2f} / {cpu:6.2f}  {bench.judge('first run', wall, 20)}")
    for what, path in (
        ("one text changed", "texts/letter-0777.xml"),
        ("register changed", "registers/persons.xml"),
    ):
        file = edition / path
        file.write_text(
            file.read_text("utf-8").replace("Person 7<", "Person VII<").replace("Greet", "GREET"),
            "utf-8",
        )
        wall, cpu = bench.publish(edition)
        print(f"  {what:18} {wall:6.2f} / {cpu:6.2f}  {bench.judge(what, wall, 2)}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    megabytes = peak / (1e6 if sys.platform == "darwin" else 1e3)
    print(f"  largest process    {megabytes:6.0f} MB")


def measure_long_text(bench: Bench) -> None:
    """Print how long one long text takes, and how large the page is that a reader loads first."""
    novel = editions.write_long_text(CORPORA / "novels", bench.folder / "novel", LARGE)
    wall, cpu = bench.publish(bench.folder / "novel", "novel-site")
    pages = sorted((bench.folder / "novel-site" / "site" / "texts").rglob("*.html"))
    largest = max(page.stat().st_size for page in pages)
    print(f"one text of {novel / 1e6:.1f} MB, wall / CPU seconds {wall:6.2f} / {cpu:6.2f}")
    print(f"  {len(pages)} pages, the largest of {largest / 1000:.0f} kB")


def main() -> None:
    """Print what was measured, and which targets were missed."""
    if not CORPORA.is_dir():
        print("the corpora of ../shared are not here: publishing is not measured")
        return
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        measure_letters(bench)
        measure_growth(bench)
        measure_small_texts(bench)
        measure_long_text(bench)
    print(f"missed: {', '.join(bench.missed) or 'nothing'}")


if __name__ == "__main__":
    main()
