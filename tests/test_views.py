"""The views of a page, in a browser: what is shown, what is copied, what keys reach."""

import pytest

from shared_data import PROJECT
from sites import build, pages_of
from teikit.document import TEI
from teikit.publish.text_views import views_of

TEXT = f"""<TEI xmlns="{TEI}" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>A text</title>
</titleStmt><publicationStmt><p>x</p></publicationStmt><sourceDesc><listWit>
<witness xml:id="A">the first print</witness></listWit></sourceDesc></fileDesc></teiHeader>
<text><body><p xml:id="p1"><choice><sic>Teh</sic><corr>The</corr></choice> king
<subst><del>slept</del><add place="above">woke</add></subst> <app><lem>early</lem><rdg
wit="#A">late</rdg></app> in <choice><abbr>Sept.</abbr><expan>Sept<ex>ember</ex></expan></choice>
<supplied reason="lost">of that</supplied> year<note>Or the next.</note>.</p>
{"<p>More words of the text, so that it is long.</p>" * 30}</body></text></TEI>"""


@pytest.fixture
def open_text(browser, tmp_path):
    """Return a function that opens the page of TEXT, published with these settings."""
    contexts = []

    def open_it(width: int, settings: str = ""):
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "texts" / "a.xml").write_text(TEXT, encoding="utf-8")
        (tmp_path / "edition.toml").write_text(settings, encoding="utf-8")
        for path, data in build(tmp_path).files.items():
            (tmp_path / "out" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "out" / path).write_bytes(data)
        contexts.append(
            browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=True)
        )
        page = contexts[-1].new_page()
        page.goto((tmp_path / "out" / "site" / "texts" / "a.html").as_uri())
        return page

    yield open_it
    for context in contexts:
        context.close()


def copied(page) -> str:
    """Return the first paragraph as a reader copies it."""
    return page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('#p1')) ||"
        " getSelection().toString().replace(/\\s+/g, ' ').trim()"
    )


def test_each_side_of_a_choice_is_shown_in_its_view_and_no_sign_is_copied(open_text):
    page = open_text(1280)
    assert copied(page) == "The king woke early in September of that year."
    page.locator("#tk-as-original").check()
    assert copied(page) == "Teh king sleptwoke early in Sept. of that year."
    assert page.content().count(">Teh<") == 1 and page.content().count(">The<") == 1


def test_signs_stand_around_what_the_editor_supplies(open_text):
    page = open_text(1280)
    content = "one => getComputedStyle(one, '::before').content"
    assert "[" in page.locator("article .supplied").evaluate(content)
    assert "(" in page.locator("article .ex").evaluate(content)
    assert "lost" in page.locator("article .supplied").get_attribute("title")


@pytest.mark.parametrize("width", [1280, 400])
def test_the_apparatus_stands_at_the_foot_or_beside_the_text_or_nowhere(open_text, width):
    page = open_text(width)
    apparatus = page.locator("#tk-apparatus")
    text = page.locator("#p1")
    foot = apparatus.bounding_box()
    assert foot["y"] > text.bounding_box()["y"] + 300
    if width > 1000:
        page.locator("#tk-app-beside").check()
        assert apparatus.bounding_box()["x"] >= text.bounding_box()["x"] + 300
        assert apparatus.bounding_box()["y"] <= text.bounding_box()["y"] + 5
        page.mouse.wheel(0, 600)  # it stays in sight
        page.wait_for_timeout(300)
        assert apparatus.is_visible() and apparatus.bounding_box()["y"] >= -1
    else:
        assert not page.locator("#tk-app-beside").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#tk-app-none").check()
    assert not apparatus.is_visible()
    assert not page.locator("#tk-ref-a").is_visible()


def test_the_keyboard_reaches_each_call_and_leads_there_and_back(open_text):
    page = open_text(1280)
    for call in ("tk-ref-a", "tk-ref-1"):
        page.locator(f"#{call}").focus()
        page.keyboard.press("Enter")
        note = call.replace("ref", "note")
        assert page.url.endswith(f"#{note}")
        page.locator(f"#{note} [role=doc-backlink]").focus()
        page.keyboard.press("Enter")
        assert page.url.endswith(f"#{call}")


def test_an_edition_says_which_views_there_are_and_which_is_first(open_text):
    page = open_text(1280, '[publish]\nviews = ["original", "reading"]\n')
    assert page.locator("#tk-as-original").is_checked()
    assert page.locator("#tk-app-foot").count() == 0
    assert copied(page).startswith("Teh king")
    page = open_text(1280, '[publish]\nviews = ["apparatus"]\n')
    assert page.locator("#tk-app-beside").is_checked()
    assert page.locator("#tk-as-reading").count() == 0


def test_views_are_offered_only_where_the_text_has_something_for_them():
    assert views_of({"p", "note"}, ()).words == ()
    assert [one.id for one in views_of({"lb"}, ()).words] == ["tk-as-reading", "tk-as-source"]
    assert [one.id for one in views_of({"del"}, ()).words] == ["tk-as-reading", "tk-as-original"]
    assert views_of({"lb"}, ("original",)).words == ()
    assert [one.is_first for one in views_of({"lb"}, ("source",)).words] == [True]
    assert views_of({"lb"}, ()).apparatus == ()


def test_help_explains_what_occurs_and_nothing_else(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.xml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "edition.toml").write_text('[edition]\nlanguages = ["en", "zh"]\n')
    files = build(tmp_path).files
    english, chinese = (files[f"site/{path}"].decode() for path in ("help.html", "zh/help.html"))
    for said in ("supplied by the editor", "deleted in the source", "written out by the editor"):
        assert said in english
    for not_there in ("hard to read", "superfluous", "Lines and pages", "missing"):
        assert not_there not in english
    assert "编者补字" in chinese and "难以辨认" not in chinese
    assert 'href="../help.html"' in files["site/texts/a.html"].decode()


def test_help_of_our_edition_is_a_page_like_the_others():
    page = pages_of(build(PROJECT / "tests" / "edition"))["help.html"]
    assert [tag for tag, _ in page.tags if tag in ("h1", "main", "footer")] == [
        "main",
        "h1",
        "footer",
    ]
