"""How much a query loads and how long it takes, over 2,000 pages of Chinese; how long indexing is.

The pages are made from the declaration: half of their sentences are its own, shuffled, the others
characters by how often it has them. Each query runs in a new window of Chromium with nothing kept,
from a server on this computer.
"""

import functools
import http.server
import importlib
import random
import re
import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CORPORA = PROJECT.parent / "shared" / "corpora"
PAGES, QUERIES, SEED = 2_000, 200, 2012
_TIMED = """query => new Promise(done => {
  const status = document.getElementById("tk-status"), begun = performance.now();
  new MutationObserver(() => /\\d|没有/.test(status.textContent) && done(performance.now() - begun))
    .observe(status, { childList: true });
  location.hash = "#q=" + encodeURIComponent(query);
})"""
_TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="zh"><teiHeader><fileDesc><titleStmt><title>'
    "第{}篇</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>"
    "</fileDesc></teiHeader><text><body>{}</body></text></TEI>"
)


def main() -> None:
    """Print what was measured."""
    sys.path[:0] = [str(PROJECT / "tools"), str(PROJECT / "tests")]
    paragraphs = make_pages(random.Random(SEED))
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        seconds = make_site(site, paragraphs)
        size = sum(path.stat().st_size for path in (site / "search").iterdir())
        characters = sum(len(one) for page in paragraphs for one in page)
        print(
            f"\nsearch: {PAGES} pages of Chinese, {characters:,} characters: indexed by one "
            f"process in {seconds:.1f} s; the index has {size / 1e6:.1f} MB"
        )
        measure_queries(site, pick_queries(paragraphs, random.Random(SEED)))
    measure_novels()


def make_pages(chance: random.Random) -> list[list[str]]:
    """Return the paragraphs of each page."""
    reading = importlib.import_module("teikit.search.paragraphs")
    document = importlib.import_module("teikit.document")
    data = (PROJECT / "tei" / "texts" / "declaration.xml").read_bytes()
    found = reading.find_paragraphs(document.read_document(data, "texts/declaration.xml"))[0]
    texts = [one.text for one in found if not one.is_note]
    sentences = [one for text in texts for one in re.findall("[^。；]+[。；]?", text)]
    signs = [sign for text in texts for sign in text if sign > "\u3400"]

    def sentence() -> str:
        if chance.random() < 0.5:
            return chance.choice(sentences)
        return "".join(chance.choices(signs, k=chance.randrange(10, 80))) + "。"

    return [
        ["".join(sentence() for _ in range(3)) for _ in range(chance.randrange(6, 16))]
        for _ in range(PAGES)
    ]


def make_site(folder: Path, pages: list[list[str]]) -> float:
    """Write a site of one text whose index has all pages; return how long indexing takes."""
    sites = importlib.import_module("sites")
    indexing = importlib.import_module("teikit.search.indexing")
    files = importlib.import_module("teikit.search.files")
    folding_job = importlib.import_module("teikit.search.folding").folding_job
    variants = importlib.import_module("teikit.search.variants").find_variants()
    edition = folder / "edition"
    (edition / "texts").mkdir(parents=True)
    (edition / "texts" / "a.xml").write_text(_TEI.format(0, "<p>x</p>"), "utf-8")
    (edition / "edition.toml").write_text(
        '[edition]\ntitle = "A"\nlanguages = ["zh"]\n', encoding="utf-8"
    )
    texts = [
        _TEI.format(number, "".join(f'<p xml:id="p{n}">{one}</p>' for n, one in enumerate(page)))
        for number, page in enumerate(pages)
    ]
    made = {
        path: data for path, data in sites.build(edition).files.items() if "/search/" not in path
    }
    started = time.perf_counter()
    indexed = [
        indexing.index_job(text.encode(), f"texts/{number}.xml", variants)
        for number, text in enumerate(texts)
    ]
    index = dict(files.index_files(indexed, find_page, variants, folding_job()))
    seconds = time.perf_counter() - started
    rows = [
        (f"第{number}篇", "", find_page(one, -1), len(one.paragraphs))
        for number, one in enumerate(indexed)
    ]
    index |= [files.text_files("zh", rows)]
    made |= {f"site/{path}": data for path, data in index.items()}
    shutil.rmtree(edition)
    for path, data in made.items():
        file = folder / path.removeprefix("site/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return seconds


def find_page(text, number: int) -> str:
    """Return where a paragraph would be."""
    return text.path.replace(".xml", ".html") + ("" if number < 0 else f"#p{number}")


def pick_queries(pages: list[list[str]], chance: random.Random) -> list[str]:
    """Return stretches of 1 to 12 characters of the pages, short ones more often."""
    found = []
    while len(found) < QUERIES:
        text = chance.choice(chance.choice(pages))
        length = chance.choice((1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 8, 12))
        at = chance.randrange(max(1, len(text) - length))
        query = text[at : at + length]
        if re.fullmatch("[\u3400-\u9fff，、]*[\u3400-\u9fff][\u3400-\u9fff，、]*", query):
            found.append(query)
    return found


def measure_queries(site: Path, queries: list[str]) -> None:
    """Print bytes and milliseconds of the queries in Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Chromium is not here: queries are not measured")
        return
    sizes, times, opening = [], [], []
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/search.html"
    with importlib.import_module("playwright.sync_api").sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        for query in queries:
            context = browser.new_context()
            page = context.new_page()
            loaded: list[int] = []
            page.on("response", functools.partial(_count, loaded))
            page.goto(address, wait_until="networkidle")
            opening.append(sum(loaded))
            loaded.clear()
            times.append(page.evaluate(_TIMED, query))
            page.wait_for_load_state("networkidle")
            sizes.append(sum(loaded))
            context.close()
        browser.close()
    server.shutdown()
    print(f"opening the page of the search: {statistics.median(opening) / 1000:.0f} kB")
    for what, figures, unit in (("kB of a query", sizes, 1000), ("ms to its answer", times, 1)):
        ordered = sorted(one / unit for one in figures)
        print(
            f"{what}: half of {len(ordered)} at most {ordered[len(ordered) // 2]:.0f}, "
            f"95 % at most {ordered[len(ordered) * 95 // 100 - 1]:.0f}, all {ordered[-1]:.0f}"
        )


def measure_novels() -> None:
    """Print how long the novels take to index, against reading them."""
    indexing = importlib.import_module("teikit.search.indexing")
    document = importlib.import_module("teikit.document")
    data = [path.read_bytes() for path in sorted((CORPORA / "novels").glob("*.xml"))]
    if not data:
        return
    started = time.perf_counter()
    for one in data:
        document.read_document(one, "a.xml")
    read = time.perf_counter() - started
    started = time.perf_counter()
    for one in data:
        indexing.index_job(one, "a.xml", "")
    indexed = time.perf_counter() - started
    print(
        f"{len(data)} novels ({sum(map(len, data)) / 1e6:.1f} MB): indexed in {indexed:.2f} s, "
        f"{indexed / read:.1f} times what reading them takes"
    )


def _count(loaded: list[int], response) -> None:
    loaded.append(int(response.headers.get("content-length", 0)))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


if __name__ == "__main__":
    main()
