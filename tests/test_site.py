"""Judges of a whole site: links, ids, sizes, sameness, and what browsers and checkers say.

Chromium, axe-core and the Nu HTML checker are used where they are found: Chromium on PATH, the
others where TEIKIT_AXE and TEIKIT_VNU say, or in node_modules. With TEIKIT_REQUIRE_BROWSER=1 a
test that lacks one fails instead of skipping.
"""

import gzip
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from judges import axe_problems, find_axe, nu_problems, write_site
from shared_data import PROJECT
from sites import OURS, SMALL, built, dead_links, pages_of

EDITIONS = pytest.mark.parametrize("folder", [SMALL, OURS], ids=["small", "ours"])
READING = "texts/declaration.html"
LARGEST = 100_000  # bytes of the reading page with its style sheet
LARGEST_SENT = 20_000  # the same as a server sends it
A_FEW = ("index.html", READING, "texts/introduction.html", "registers/index.html",
         "registers/organisations.html", "registers/organisations/sco.html",
         "registers/places/afghanistan.html", "statements.html", "about.html", "help.html",
         "downloads/index.html", "search.html", "en/index.html", f"en/{READING}",
         "en/statements.html", "en/about.html", "en/search.html")  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """Return the site of our edition as files; its folder's name has a space and Chinese."""
    return write_site(built(OURS).files, tmp_path_factory.mktemp("build") / "the site 站")


@pytest.fixture
def open_page(browser, site):
    """Return a function that opens a page from its file; what it may not do ends in `troubles`."""
    contexts, troubles = [], []

    def open_it(path: str, width: int = 1280, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, **{"java_script_enabled": False, **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on(
            "request",
            lambda request: request.url.startswith("file:") or troubles.append(request.url),
        )
        page.on("requestfailed", lambda request: troubles.append(f"failed: {request.url}"))
        page.goto((site / path).as_uri())
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert troubles == []


@EDITIONS
def test_no_link_is_dead(folder):
    assert list(dead_links(built(folder))) == []


@EDITIONS
def test_no_id_comes_twice(folder):
    for name, page in pages_of(built(folder)).items():
        assert len(page.ids) == len(set(page.ids)), name


@EDITIONS
def test_pages_load_nothing_from_elsewhere_and_run_nothing(folder):
    for name, page in pages_of(built(folder)).items():
        parts = map(urlsplit, page.loaded)
        assert not [url for url in parts if url.scheme or url.netloc], name
        assert page.scripts == 0, name
        for tag, attributes in page.tags:
            assert (
                tag != "script"
                or "src" not in attributes
                or ("defer" in attributes and "/static/" in "/" + attributes["src"])
            ), name
        policies = [
            attributes["content"]
            for tag, attributes in page.tags
            if tag == "meta" and attributes.get("http-equiv")
        ]
        assert len(policies) == 1 and policies[0].startswith("default-src 'none'"), name
    for path, data in built(folder).files.items():
        if path.endswith(".css"):
            assert not re.search(rb"url\(|@import|https?:", data), path


@EDITIONS
def test_links_out_of_the_site_tell_nothing_of_it(folder):
    for name, page in pages_of(built(folder)).items():
        for tag, attributes in page.tags:
            if tag == "a" and (attributes.get("href") or "").startswith("http"):
                assert "noopener noreferrer" in attributes.get("rel", ""), (name, attributes)
                assert "target" not in attributes, (name, attributes)


@EDITIONS
def test_each_page_is_there_in_each_language_with_the_same_places(folder):
    pages = pages_of(built(folder))
    other = "zh/" if folder == SMALL else "en/"
    first = {name: page for name, page in pages.items() if not name.startswith(other)}
    assert {other + name for name in first} == {name for name in pages if name.startswith(other)}
    for name, page in first.items():
        assert set(page.ids) == set(pages[other + name].ids), name


@EDITIONS
def test_each_page_has_one_heading_of_the_first_rank_and_names_its_language(folder):
    for name, page in pages_of(built(folder)).items():
        tags = [tag for tag, _ in page.tags]
        assert tags.count("h1") == 1, name
        html = next(attributes for tag, attributes in page.tags if tag == "html")
        first = {SMALL: ("en", "zh-Hans"), OURS: ("zh-Hans", "en")}[folder]
        assert html["lang"] == first[name.startswith(("en/", "zh/"))], name


def test_reading_page_is_small():
    files = built(OURS).files
    style = files["site/static/text.css"]
    for prefix in ("", "en/"):
        page = files[f"site/{prefix}{READING}"]
        assert len(page) + len(style) < LARGEST
        sent = sum(len(gzip.compress(data, 9)) for data in (page, style))
        assert sent < LARGEST_SENT, f"{prefix}{READING}: {sent} bytes"


def test_words_of_the_reading_page_are_those_of_the_source():
    """Told by what is inside the article, without notes, summaries and their marks."""
    from lxml import html

    page = html.document_fromstring(built(OURS).files[f"site/{READING}"])
    article = page.xpath("//article")[0]
    for extra in article.xpath(".//*[contains(@class, 'summary') or contains(@class, 'tk-')]"):
        extra.drop_tree()
    source = (OURS / "source" / "declaration.txt").read_text(encoding="utf-8")
    assert "".join(article.text_content().split()) == "".join(source.split())


def test_two_builds_are_the_same_bytes_whatever_the_order_of_hashes():
    code = (
        "import hashlib, sys; from pathlib import Path; "
        "from teikit.project import read_project; "
        "from teikit.publish.site import publish_site; "
        "from teikit.safety.worker import Here; "
        "files = publish_site(read_project(Path(sys.argv[1])), Here()).files; "
        "[print(path, hashlib.sha256(files[path]).hexdigest()) for path in files]"
    )

    def run(seed: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", code, str(OURS)],
            capture_output=True,
            encoding="utf-8",
            check=True,
            env={
                "PYTHONPATH": str(PROJECT / "tools"),
                "PYTHONHASHSEED": seed,
                "PYTHONUTF8": "1",
                "TZ": f"UTC{seed}",
            },
        ).stdout

    first = run("1")
    assert first.count("\n") > 100
    assert first == run("2")


@EDITIONS
def test_output_names_no_path_of_this_machine(folder):
    for path, data in built(folder).files.items():
        assert str(PROJECT).encode() not in data, path


def test_reading_page_opens_from_its_file_without_javascript(open_page):
    page = open_page(READING)
    assert page.locator("article").is_visible()
    width = page.locator("article").bounding_box()["width"]
    assert 600 < width < 720, "the style sheet does not apply"


def test_switches_work_without_javascript(open_page):
    page = open_page(READING)
    line, summary = page.locator(".lb").nth(5), page.locator(".summary").first
    assert not line.is_visible() and not summary.is_visible()
    height = page.locator("article").bounding_box()["height"]
    page.locator("#tk-as-source").check()
    assert page.locator("article").bounding_box()["height"] > height
    page.locator("#tk-summaries").check()
    assert summary.is_visible()


def test_source_view_breaks_each_line_where_the_source_does(open_page):
    page = open_page(READING, java_script_enabled=True)
    page.locator("#tk-as-source").check()
    text = page.evaluate(  # as it is copied: without the numbers of paragraphs and notes
        "getSelection().selectAllChildren(document.querySelector('#s1')) ||"
        " getSelection().toString()"
    )
    source = (OURS / "source" / "declaration.txt").read_text(encoding="utf-8")
    wanted = [line.strip() for line in source.split("\n") if line.strip()]
    shown = [line.strip() for line in text.split("\n") if line.strip()]
    at = wanted.index("一")
    assert shown == wanted[at : at + len(shown)]


def test_numbers_and_marks_are_not_copied_with_the_text(open_page):
    page = open_page(READING, java_script_enabled=True)
    copied = page.evaluate("""() => {
        const range = document.createRange();
        range.selectNodeContents(document.getElementById('s1.p2'));
        getSelection().removeAllRanges(); getSelection().addRange(range);
        return getSelection().toString(); }""")
    assert copied.strip().startswith("成员国恪守《联合国宪章》、《上海合作组织宪章》和《")
    assert not re.search(r"[0-9?]", copied)


@pytest.mark.parametrize("path", A_FEW)
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_the_window(open_page, path, width):
    page = open_page(path, width, java_script_enabled=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["registers/organisations.html", "en/downloads/index.html"])
def test_tables_of_a_phone_need_no_scrolling_and_break_no_name_in_the_middle(open_page, path):
    page = open_page(path, 320)
    tables = page.locator(".tk-scroll")
    assert tables.evaluate_all("all => all.every(one => one.scrollWidth <= one.clientWidth)")
    names = page.locator("tbody th[scope=row] a")
    widths = names.evaluate_all("all => all.map(one => [one.textContent, one.offsetHeight])")
    assert len(widths) > 15
    assert [name for name, height in widths if len(name) < 12 and height > 30] == []


def test_source_view_is_not_wider_than_a_phone(open_page):
    page = open_page(READING, 360, java_script_enabled=True)
    page.locator("#tk-as-source").check()
    page.locator("#tk-summaries").check()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [800, 1030, 1100, 1280])
def test_source_view_fits_the_window_and_no_line_of_print_is_broken(open_page, width):
    page = open_page(READING, width, java_script_enabled=True)
    page.locator("#tk-as-source").check()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    rows = page.evaluate("""() => [...document.querySelectorAll('article .p')].map(p => [
        p.querySelectorAll('.lb').length,
        Math.round(p.clientHeight / parseFloat(getComputedStyle(p).lineHeight))])""")
    assert len(rows) == 40
    assert [lines for lines, _ in rows] == [shown for _, shown in rows]


def test_print_has_the_text_and_no_navigation(open_page):
    page = open_page(READING)
    page.emulate_media(media="print")
    assert page.locator("article").is_visible() and page.locator(".tk-cite").is_visible()
    assert not page.locator(".tk-nav").is_visible() and not page.locator(".tk-side").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", A_FEW)
def test_axe_finds_nothing(open_page, path, scheme):
    axe = find_axe()
    page = open_page(path, java_script_enabled=True, bypass_csp=True, color_scheme=scheme)
    if path.endswith(READING):
        page.locator("#tk-summaries").set_checked(True)
    assert axe_problems(page, axe) == []


@pytest.mark.slow
def test_axe_finds_nothing_on_any_page(open_page, site):
    axe = find_axe()
    page = open_page("index.html", java_script_enabled=True, bypass_csp=True)
    for name in sorted(pages_of(built(OURS))):
        page.goto((site / name).as_uri())
        assert axe_problems(page, axe) == [], name


@EDITIONS
def test_nu_html_checker_finds_nothing(folder, tmp_path):
    assert nu_problems(write_site(built(folder).files, tmp_path)) == []
