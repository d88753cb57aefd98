"""One site of other people's texts of every sort, under the judges of a site.

Letters with registers, a play, inscriptions, a text in Arabic and one with an apparatus, a novel,
and the examples that `teikit new` writes.
"""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from browsers import browser  # noqa: F401
from judges import axe_problems, find_axe, nu_problems, write_site
from shared_data import ABSENT, PROJECT, SHARED
from sites import build, dead_links, pages_of

pytestmark = [] if (SHARED / "corpora").is_dir() else [ABSENT]

TEXTS = (
    "letters/L00001.xml",
    "letters/L00297.xml",
    "letters/L03627.xml",
    "drama/vondel-faeton.xml",
    "inscriptions/ISic000036.xml",
    "inscriptions/ISic020144.xml",
    "apparatus/Bisharah.tei.xml",
    "apparatus/BAlam52.tei.xml",
    "apparatus/lam42.tei.xml",
    "novels/ENG19001_Glyn.xml",
)
REGISTERS = (
    "letters/listorg.xml", "letters/listevent.xml", "apparatus/personography.xml",
    "apparatus/geography.xml", "apparatus/witnesses.xml",
)  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mixed") / "edition"
    shutil.copytree(PROJECT / "starter", folder, ignore=shutil.ignore_patterns("schema", ".*"))
    for names, kind in ((TEXTS, "texts"), (REGISTERS, "registers")):
        for name in names:
            shutil.copyfile(SHARED / "corpora" / name, folder / kind / Path(name).name)
    (folder / "edition.toml").write_text(
        '[edition]\ntitle = "Of every sort"\nlanguages = ["en", "zh"]\n', encoding="utf-8"
    )
    return build(folder)


@pytest.fixture(scope="module")
def site(published, tmp_path_factory):
    return write_site(published.files, tmp_path_factory.mktemp("mixed-site"))


def a_few(published) -> list[str]:
    """Return a page of each kind and of each text."""
    pages = [name for name in pages_of(published) if not name.startswith("zh/")]
    entities = [name for name in pages if name.count("/") > 1]
    parts = [name for name in pages if name.startswith("texts/") and name.count("/") > 1]
    rest = [name for name in pages if name.count("/") < 2]
    return sorted({*rest, *entities[::20], *parts[:2], "zh/index.html"})


def test_no_link_is_dead(published):
    assert list(dead_links(published)) == []


def test_no_id_comes_twice(published):
    for name, page in pages_of(published).items():
        assert len(page.ids) == len(set(page.ids)), name


def test_headings_are_in_order_and_the_first_is_alone(published):
    wrong = {}
    for name, page in pages_of(published).items():
        ranks = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
        if ranks.count(1) != 1 or any(after > before + 1 for before, after in pairwise(ranks)):
            wrong[name] = ranks[:20]
    assert wrong == {}


def test_languages_and_directions_are_said(published):
    for name, page in pages_of(published).items():
        for tag, attributes in page.tags:
            assert attributes.get("lang", "en"), (name, tag)
            assert attributes.get("dir", "ltr") in ("ltr", "rtl", "auto"), (name, tag)
    arabic = pages_of(published)["texts/Bisharah.tei.html"]
    assert any(attributes.get("dir") == "rtl" for _, attributes in arabic.tags)


def test_pages_load_nothing_from_elsewhere(published):
    for name, page in pages_of(published).items():
        assert [url for url in page.loaded if "//" in url and "rel" not in url] == [], name


def test_nu_html_checker_finds_nothing(site):
    assert nu_problems(site) == []


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_page_of_each_kind(browser, site, published, scheme):  # noqa: F811
    axe, found = find_axe(), {}
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    page = context.new_page()
    for name in a_few(published):
        page.goto((site / name).as_uri())
        problems = axe_problems(page, axe)
        if problems:
            found[name] = problems[:3]
    context.close()
    assert found == {}


@pytest.mark.slow
def test_pages_work_without_script_ask_nobody_and_fit_a_phone(browser, site, published):  # noqa: F811
    said: list[str] = []
    for script in (False, True):
        context = browser.new_context(
            java_script_enabled=script, viewport={"width": 360, "height": 800}
        )
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda one: one.url.startswith("file:") or said.append(one.url))
        page.on("requestfailed", lambda one: said.append(f"failed: {one.url}"))
        for name in a_few(published):
            page.goto((site / name).as_uri())
            width = page.evaluate("document.documentElement.scrollWidth") if script else 0
            assert width <= 360, (name, width)
            assert page.locator("h1").count() == 1, name
        context.close()
    assert said == []


@pytest.mark.slow
def test_keyboard_reaches_every_link_and_control(browser, site, published):  # noqa: F811
    """Each thing that can be clicked has a place in the order of Tab, and shows that it has it."""
    context = browser.new_context()
    page = context.new_page()
    for name in a_few(published):
        page.goto((site / name).as_uri())
        unreached = page.evaluate(
            """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
              .filter((one) => one.checkVisibility() && !one.disabled)
              .filter((one) => { one.focus(); return document.activeElement !== one; })
              .map((one) => one.outerHTML.slice(0, 200))"""
        )
        assert unreached == [], name
        order = page.evaluate("[...document.querySelectorAll('[tabindex]')].map((a) => a.tabIndex)")
        assert max(order, default=0) <= 0, name  # nobody jumps the queue
    context.close()
