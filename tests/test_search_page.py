"""The page of the search in Chromium, opened from a disk: what one sees, follows and sends on."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from judges import axe_problems, find_tool
from sites import OURS, build, built, copy_of, pages_of
from test_search import tei

expect = pytest.importorskip("playwright.sync_api").expect

ANSWER = re.compile(r"\d|Nothing|没有|仅有|Signs")  # what the page says when it has looked
HOSTILE = '<img src=x onerror=alert(1)> </script><script>alert(2)</script> "quoted" & more'


def write(files: dict[str, bytes], folder: Path) -> Path:
    """Return the folder with the files of a site."""
    for path, data in files.items():
        if path.startswith("site/"):
            file = folder / path.removeprefix("site/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> Path:
    return write(built(OURS).files, tmp_path_factory.mktemp("a site 站"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    """Return a site of one text that would be markup if it could, and of 25 paragraphs more."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "texts").mkdir()
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;")
    many = "".join(f'<p xml:id="m{number}">many {number}</p>' for number in range(45))
    body = f'<p xml:id="h">word {escaped} \u2028 end</p>{many}<p xml:lang="ar">كتاب</p>'
    data = tei(body).replace(b"<title>T<", b"<title>&lt;b&gt;Title&lt;/b&gt;<")
    (folder / "texts" / "a.xml").write_bytes(data)
    (folder / "edition.toml").write_text('[edition]\ntitle = "A"\nlanguages = ["en"]\n', "utf-8")
    return write(build(folder).files, tmp_path_factory.mktemp("hostile site"))


@pytest.fixture
def search(browser):
    """Return a function that opens a site's page of the search; nothing may go wrong in it."""
    troubles, contexts = [], []

    def open_it(
        site: Path, address: str = "", width: int = 1280, page: str = "search.html", **more
    ):
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        opened = context.new_page()
        opened.on("console", lambda message: troubles.append(message.text))
        opened.on("pageerror", lambda error: troubles.append(str(error)))
        opened.on("dialog", lambda dialog: troubles.append(dialog.message))
        opened.on("request", lambda one: one.url.startswith("file:") or troubles.append(one.url))
        opened.goto((site / page).as_uri() + address)
        if more.get("java_script_enabled", True) and address:
            expect(opened.locator("#tk-status")).to_have_text(ANSWER)
        return opened

    yield open_it
    for context in contexts:
        context.close()
    assert troubles == []


def hits(page) -> list[str]:
    return page.locator(".tk-hits li > p").all_inner_texts()


def ask(page, query: str) -> str:
    page.fill("#tk-q", query)
    page.keyboard.press("Enter")
    expect(page.locator("#tk-status")).to_have_text(ANSWER)
    return page.locator("#tk-status").inner_text()


def test_what_is_found_is_marked_and_leads_to_its_paragraph(search, ours):
    page = search(ours, "#q=國際 合作")
    assert page.locator("#tk-status").inner_text().startswith("找到 ")
    assert set(page.locator("mark").all_inner_texts()) == {"国际", "合作"}
    pages = pages_of(built(OURS))
    for link in page.locator(".tk-hits a.tk-id").all():
        path, _, anchor = link.get_attribute("href").partition("#")
        assert unquote(anchor) in pages[unquote(path)].ids


def test_what_is_nowhere_is_not_found(search, ours):
    page = search(ours, "#q=民协")
    assert page.locator("#tk-status").inner_text().startswith("没有找到")
    assert hits(page) == []


def test_a_query_before_the_fragment_works_too(search, ours):
    page = search(ours, "?q=和平", page="en/search.html")
    assert page.locator("#tk-status").inner_text().startswith("Paragraphs found")
    assert page.locator("mark").first.inner_text() == "和平"


def test_keyboard_alone_searches_and_is_told_how_many(search, ours):
    page = search(ours)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "tk-q":
            break
    page.keyboard.type("和平")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark")
    assert page.locator("#tk-status").get_attribute("role") == "status"
    assert page.evaluate("location.hash").startswith("#q=")
    page.go_back()
    page.wait_for_selector("mark", state="detached")
    assert page.input_value("#tk-q") == ""


def count(page) -> int:
    return int(re.search(r"\d+", page.locator("#tk-status").inner_text())[0])


def test_results_are_narrowed_to_what_mentions_an_entity(search, ours):
    page = search(ours, "#q=国")
    every = count(page)
    page.select_option("#tk-kind", "place")
    expect(page).to_have_url(re.compile("kind="))
    page.wait_for_timeout(200)
    some = count(page)
    assert page.locator("#tk-entity option").count() > 3 and 0 < some < every
    page.select_option("#tk-entity", label="阿富汗")
    expect(page).to_have_url(re.compile("entity="))
    page.wait_for_timeout(200)
    assert 0 < count(page) < some and all("阿富汗" in one for one in hits(page))
    again = search(ours, page.evaluate("location.hash"))
    assert hits(again) == hits(page), "an address that is sent to another shows the same"


def test_results_are_narrowed_to_a_text(search, ours):
    page = search(ours, "#q=和平")
    links = page.locator("details li a")
    assert links.count() >= 3
    links.nth(1).click()
    expect(page).to_have_url(re.compile("text="))
    page.wait_for_timeout(200)
    assert page.locator("#tk-results h2").count() == 1
    assert page.input_value("#tk-in") == "texts/declaration.html"
    assert page.locator("details [aria-current]").count() == 1


def test_results_come_in_pages(search, hostile):
    page = search(hostile, "#q=many")
    assert page.locator("#tk-status").inner_text() == "Paragraphs found: 45, in texts: 1"
    assert len(hits(page)) == 20 and hits(page)[0] == "many 0"
    page.locator(".tk-result-pages a").last.click()
    expect(page.locator(".tk-hits li")).to_have_count(5)
    assert hits(page)[-1] == "many 44"
    assert page.locator(".tk-result-pages [aria-current=page]").inner_text() == "3"


def test_words_of_a_text_or_query_are_never_markup(search, hostile):
    page = search(hostile, "#q=word")
    assert HOSTILE in hits(page)[0]
    assert page.locator("#tk-results h2").inner_text() == "<b>Title</b>"
    for query in (HOSTILE, "<b>many", '"><img src=x onerror=alert(3)>', "__proto__", "%", "*"):
        ask(page, query)
        assert page.input_value("#tk-q") == query
    assert page.locator("main :is(img, b, script)").count() == 0
    page = search(hostile, "#q=many&text=%3Cb%3E&kind=%22%3E%3Cb%3E&entity=x&page=-1e99")
    assert len(hits(page)) == 20


def test_paragraphs_have_their_language_and_direction(search, hostile):
    page = search(hostile, "#q=كتاب")
    hit = page.locator(".tk-hits li > p")
    assert hit.get_attribute("lang") == "ar"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.tk-hits p')).direction") == "rtl"
    )


def test_without_a_script_the_page_leads_on(search, ours):
    page = search(ours, java_script_enabled=False)
    assert not page.locator("#tk-search").is_visible()
    links = [one.get_attribute("href") for one in page.locator("#tk-without a").all()]
    assert links == ["index.html#tk-contents", "registers/index.html", "downloads/index.html"]
    assert all((ours / one.partition("#")[0]).is_file() for one in links)


def test_a_part_that_is_missing_is_told(browser, tmp_path):
    folder = write(built(OURS).files, tmp_path)
    (folder / "search" / "p0.js").unlink()
    page = browser.new_page()
    page.goto((folder / "search.html").as_uri() + "#q=上海合作")
    expect(page.locator("#tk-status")).to_have_text(re.compile("检索数据未能载入"))
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_results(search, ours, scheme):
    axe = find_tool("TEIKIT_AXE", "axe-core/axe.min.js")
    page = search(ours, "#q=合作&kind=org", color_scheme=scheme, bypass_csp=True)
    page.locator("details.tk-how summary").click()
    assert axe_problems(page, axe) == []


def test_nothing_is_cut_off_on_a_small_screen(search, ours):
    page = search(ours, "#q=合作&kind=org", width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_print_has_what_was_asked_and_found_but_no_buttons(search, ours):
    page = search(ours, "#q=合作")
    page.emulate_media(media="print")
    assert page.locator("#tk-q").is_visible() and page.locator(".tk-hits").first.is_visible()
    for hidden in (".tk-ask button", ".tk-narrow", ".tk-how"):
        assert not page.locator(hidden).is_visible(), hidden


def test_a_note_that_is_found_is_called_a_note_and_not_by_an_id(search, ours):
    page = search(ours, "#q=阿富汗的简称")
    link = page.locator(".tk-hits a.tk-id").first
    assert link.text_content() == "注释" and "#" in link.get_attribute("href")


def test_an_edition_in_a_folder_alone_is_searched_too(search, tmp_path):
    folder = copy_of(OURS, tmp_path)
    (folder / "edition.toml").write_text('[edition]\ntitle = "x"\nlanguages = ["en"]\n', "utf-8")
    page = search(write(build(folder).files, tmp_path / "site"), "#q=成员国")
    assert len(hits(page)) > 5
