"""The list of texts: what it says of each, and what its script does."""

import re

import pytest

from browsers import browser  # noqa: F401
from sites import build
from teikit.document import read_document
from teikit.edition.header import extract_header

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>{title}</title>'
    "<author>{author}</author></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc>{source}</sourceDesc></fileDesc>{profile}</teiHeader>"
    '<text xml:lang="{lang}"><body><p>{title} says so.</p></body></text></TEI>'
)
LETTER = (
    "<profileDesc><correspDesc>"
    '<correspAction type="sent"><persName>Anna</persName><date when="{date}">one day</date>'
    "<placeName>Wien</placeName></correspAction>"
    '<correspAction type="received"><persName>Béla</persName></correspAction>'
    "</correspDesc><textClass><keywords><term>letter</term></keywords></textClass></profileDesc>"
)


def tei(title="T", author="Anna", source="<p/>", profile="", lang="en") -> str:
    """Return a text with this header."""
    return TEI.format(title=title, author=author, source=source, profile=profile, lang=lang)


def origin(**parts):
    """Return what is extracted of the origin of a text."""
    return extract_header(read_document(tei(**parts).encode(), "a.xml").root).origin


def test_letter_says_who_wrote_when_and_where_to_whom():
    found = origin(profile=LETTER.format(date="1890-05-02"))
    assert (found.senders, found.addressees, found.places) == (("Anna",), ("Béla",), ("Wien",))
    assert (found.date.when, found.date.label, found.year) == ("1890-05-02", "one day", 1890)
    assert found.kinds == ("letter",)


@pytest.mark.parametrize(
    ("source", "year"),
    [
        ('<bibl type="firstEdition"><date>1840</date></bibl>', 1840),
        ("<bibl><date>in spring</date></bibl>", None),
        ('<msDesc><history><origin><origDate notBefore-custom="-0480" notAfter-custom="-0451"/>'
         "</origin></history></msDesc>", -480),
    ],
)  # fmt: skip
def test_date_of_a_source(source, year):
    assert origin(source=source).year == year


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    (folder / "texts").mkdir()
    (folder / "edition.toml").write_text('[edition]\ntitle = "Many"\n', encoding="utf-8")
    for number in range(15):
        letter = LETTER.format(date=f"18{number + 60}-01-01")
        text = tei(f"No {number:02}", ["Anna", "Béla &amp; Co"][number % 2], profile=letter)
        (folder / "texts" / f"t{number:02}.xml").write_text(text, encoding="utf-8")
    (folder / "texts" / "play.xml").write_text(tei("A <hi>play</hi>", "Zoë", lang="fr"), "utf-8")
    files = build(folder).files
    for path, data in files.items():
        target = folder / "out" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder / "out" / "site"


def test_many_texts_have_a_list_of_their_own(site):
    page = (site / "texts.html").read_text("utf-8")
    front = (site / "index.html").read_text("utf-8")
    assert page.count('href="texts/') == 16
    assert 'href="texts.html"' in front and 'href="texts/t01.html"' not in front
    headings = ["Author", "From", "To", "Date", "Place", "Kind", "Language"]
    assert re.findall(r"data-filter>(\w+)", page) == headings
    assert "Béla &amp; Co" in page


def rows(page) -> list[str]:
    """Return the titles that are seen."""
    return page.locator("#tk-list tbody tr:visible th").all_inner_texts()


def test_script_filters_and_sorts(browser, site):  # noqa: F811
    page = browser.new_page()
    page.goto((site / "texts.html").as_uri())
    assert len(rows(page)) == 16
    page.get_by_label("Author").select_option("Zoë")
    assert rows(page) == ["A play"]
    assert page.locator("#tk-count").inner_text() == "1 of 16 texts"
    page.get_by_label("Author").select_option("")
    page.get_by_label("Words in the list").fill("bela no 0")
    assert len(rows(page)) == 11  # No 00 to No 10; Béla received all
    page.get_by_label("Words in the list").fill("co no 03")
    assert rows(page) == ["No 03"]
    page.get_by_label("Words in the list").fill("")
    page.get_by_role("button", name="Date").click()
    page.get_by_role("button", name="Date").click()
    assert rows(page)[0] == "No 14"
    assert page.locator("th[aria-sort=descending]").inner_text() == "Date"
    page.close()


def test_list_on_a_phone_is_not_wider_than_it_and_hides_what_is_filtered_out(browser, site):  # noqa: F811
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto((site / "texts.html").as_uri())
    scroll = page.locator(".tk-scroll")
    assert scroll.evaluate("one => one.scrollWidth <= one.clientWidth")
    page.locator("#tk-filters input").fill("nothing is called so")
    assert page.locator("#tk-list tbody tr").count() > 0
    assert page.locator("#tk-list tbody tr:visible").count() == 0
    page.close()


def test_without_script_the_list_is_whole(browser, site):  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "texts.html").as_uri())
    assert len(rows(page)) == 16
    context.close()
