"""How pages in other scripts look in a browser: from right to left, and with East Asian indents."""

import pytest

from sites import build

TEXT = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>t</title>'
    "</titleStmt></fileDesc></teiHeader>\n"
    '<text xml:lang="{}"><body><head>{}</head><p xml:id="p1">{}<lb n="2"/>x</p></body></text></TEI>'
)
WORDS = {"ar": "رسالة", "ja": "東京", "lzh": "學而", "zh-Hant": "東京", "en": "word"}


@pytest.fixture
def opened(browser, tmp_path):
    """Return a function that opens the page of a text in a language."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})

    def open_it(language: str):
        word = WORDS[language]
        (tmp_path / "edition" / "texts").mkdir(parents=True)
        (tmp_path / "edition" / "edition.toml").write_text("", encoding="utf-8")
        (tmp_path / "edition" / "texts" / "a.xml").write_text(
            TEXT.format(language, word, word * 80), encoding="utf-8"
        )
        for path, data in build(tmp_path / "edition").files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
        page = context.new_page()
        page.goto((tmp_path / "site" / "texts" / "a.html").as_uri())
        return page

    yield open_it
    context.close()


def looks(page, selector: str, name: str) -> str:
    return page.locator(selector).first.evaluate(
        f"one => getComputedStyle(one).getPropertyValue('{name}')"
    )


@pytest.mark.parametrize(
    ("language", "indent", "align"),
    [
        ("ja", 1, "justify"),
        ("lzh", 2, "justify"),
        ("zh-Hant", 2, "justify"),
        ("en", 0, "start"),
        ("ar", 0, "start"),
    ],
)
def test_paragraphs_are_set_as_their_language_is(opened, language, indent, align):
    page = opened(language)
    size = float(looks(page, ".p", "font-size").removesuffix("px"))
    assert float(looks(page, ".p", "text-indent").removesuffix("px")) == indent * size
    assert looks(page, ".p", "text-align") == align


def test_a_text_from_right_to_left_begins_and_is_numbered_at_the_right(opened):
    page = opened("ar")
    assert looks(page, ".text", "direction") == "rtl"
    text, number = page.locator(".text").bounding_box(), page.locator(".tk-n").bounding_box()
    assert number["x"] >= text["x"] + text["width"]
    assert number["x"] + number["width"] <= 1300
    page.locator("#tk-as-source").check()
    end = page.locator(".lb[data-n]").evaluate("one => getComputedStyle(one, '::after').right")
    assert float(end.removesuffix("px")) >= page.locator(".text").bounding_box()["width"] - 1
    page.set_viewport_size({"width": 900, "height": 900})
    text = page.locator(".text").bounding_box()
    assert text["x"] + text["width"] + 20 <= 900
