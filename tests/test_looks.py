"""How a text looks in a browser: what @rend says, lists, code, and the lines of the source."""

import pytest

from shared_data import PROJECT
from sites import build


@pytest.fixture
def looks(browser, tmp_path):
    """Return a function that opens the page of tests/cases/looks, as it is or in source view."""
    folder = tmp_path / "edition"
    (folder / "texts").mkdir(parents=True)
    (folder / "edition.toml").write_text("", encoding="utf-8")
    case = (PROJECT / "tests" / "cases" / "looks" / "input.xml").read_text(encoding="utf-8")
    long = f'<pb/><p><lb n="12.10"/>{"a line of Word " * 40}</p><list><item><lb n="12.11"/>x</item>'
    case = case.replace("</body>", f"{long}</list></body>")
    (folder / "texts" / "a.xml").write_text(case, encoding="utf-8")
    for path, data in build(folder).files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    contexts = []

    def open_it(width: int, *, source: bool = False):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}))
        page = contexts[-1].new_page()
        page.goto((tmp_path / "site" / "texts" / "a.html").as_uri())
        if source:
            page.locator("#tk-as-source").check()
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("selector", "name", "value"),
    [
        ("p.rend-right", "text-align", "right"),
        ("i", "font-style", "italic"),
        ("i.rend-bold", "font-weight", "700"),
        ("u", "text-decoration-line", "underline"),
        ("s", "text-decoration-line", "line-through"),
        ("s.rend-underline", "text-decoration-line", "underline line-through"),
        ("sup", "vertical-align", "super"),
        ("sub", "vertical-align", "sub"),
        (".rend-small-caps", "font-variant-caps", "small-caps"),
        ("ul", "list-style-type", "disc"),
        ("ol", "list-style-type", "decimal"),
        ("th.rend-right", "text-align", "right"),
        (".milestone", "border-top-style", "solid"),
    ],
)
@pytest.mark.parametrize("source", [False, True], ids=["reading", "source"])
def test_how_words_look_in_the_source_is_seen(looks, selector, name, value, source):
    page = looks(1280, source=source)
    found = page.locator(f"article {selector}").first
    assert found.evaluate(f"one => getComputedStyle(one)['{name}']") == value


def test_code_is_seen_as_such_and_indented_things_are_indented(looks):
    page = looks(1280)
    family = "one => getComputedStyle(one).fontFamily"
    assert "monospace" in page.locator("article code").evaluate(family)
    assert "monospace" in page.locator("article .rend-code").evaluate(family)
    left = "one => one.getBoundingClientRect().left + parseFloat(getComputedStyle(one).paddingLeft)"
    first, second = (page.locator("article .l").nth(number).evaluate(left) for number in (0, 1))
    assert second > first + 10
    outer, inner = (page.locator(f"article {name} > li").first for name in ("ul", "ol"))
    assert inner.bounding_box()["x"] > outer.bounding_box()["x"] + 10


@pytest.mark.parametrize("width", [400, 1100, 1280])
def test_long_lines_of_the_source_wrap_and_their_numbers_are_on_the_page(looks, width):
    page = looks(width, source=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    content = "one => getComputedStyle(one, '::after').content"
    assert "[" not in page.locator("article .pb").last.evaluate(content)
    assert "[" in page.locator("article .pb").first.evaluate(content)
    if width > 768:  # there the numbers stand to the right of the text
        box = page.locator("article").bounding_box()
        assert box["x"] + box["width"] + 40 <= width
