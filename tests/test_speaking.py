"""What a page says of itself: whose it is, under which licence, how it is cited and called."""

import re

import pytest

from sites import SMALL, build, built, copy_of, dead_links, read_page
from teikit.document import read_document
from teikit.edition.header import extract_header
from teikit.edition.records import HeaderRecord, Licence, Words
from teikit.project import Project
from teikit.publish.citation import Cited, cite, full_title, names_in
from teikit.publish.strings import read_strings
from teikit.shipped import shipped
from teikit.transform.render import title_of

BY, CC0 = (
    f"https://creativecommons.org/{one}/" for one in ("licenses/by/4.0", "publicdomain/zero/1.0")
)
HEADER = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{lang}"><teiHeader><fileDesc>
<titleStmt>
{titles}{author}<editor>{editor}</editor></titleStmt><publicationStmt>{publication}</publicationStmt>
<sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body><p>Words of <persName
ref="../registers/p.xml#a">A</persName>.</p></body></text></TEI>"""
REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Persons
</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>
</teiHeader><standOff><listPerson><person xml:id="a"><persName>A</persName></person></listPerson>
</standOff></TEI>"""


def strings(language: str):
    return read_strings(language, (shipped("templates"),))


def text(title, author="", editor="E", date="", licence="", lang="en", level="") -> str:
    level = f' level="{level}"' if level else ""
    return HEADER.format(
        titles=f"<title{level}>{title}</title>",
        author=f"<author>{author}</author>" if author else "",
        editor=editor,
        publication=(f'<publisher>The Press</publisher><date when="{date}"/>' if date else "<p/>")
        + (f'<availability><licence target="{licence}"/></availability>' if licence else ""),
        lang=lang,
    )


@pytest.fixture
def edition(tmp_path):
    """Return a function that publishes two texts of different people, and a register."""

    def publish(settings: str):
        for folder in ("texts", "registers"):
            (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / "edition.toml").write_text(settings, encoding="utf-8")
        one = text("One", "Anna", "Editor of one", "1901", BY)
        (tmp_path / "texts" / "a.xml").write_text(one, encoding="utf-8")
        two = text("Zwei", "Béla", "Editor of two", lang="de")
        (tmp_path / "texts" / "b.xml").write_text(two, encoding="utf-8")
        (tmp_path / "registers" / "p.xml").write_text(REGISTER, encoding="utf-8")
        published = build(tmp_path)
        assert list(dead_links(published)) == []
        return {
            path.removeprefix("site/"): data.decode("utf-8")
            for path, data in published.files.items()
            if path.endswith(".html")
        }

    return publish


def footer(page: str) -> str:
    return " ".join(read_page(page[page.index("<footer") :].encode()).words.split())


def test_page_of_a_text_says_what_its_own_header_says(edition):
    pages = edition('[edition]\ntitle = "Both"\nmain = "texts/a.xml"')
    assert "Anna. “One”. Both. Edited by Editor of one. The Press, 1901." in footer(
        pages["texts/a.html"]
    )
    other = footer(pages["texts/b.html"])
    assert "Béla. “Zwei”. Both. Edited by Editor of two. The Press, 1901." in other
    assert "Anna" not in other and "CC BY 4.0" in other  # what it lacks, main says
    whole = footer(pages["registers/p/a.html"])
    assert "Anna. Both. Edited by Editor of one. The Press, 1901. “A”." in whole


def test_without_main_no_text_speaks_for_another_nor_for_the_whole(edition):
    pages = edition('[edition]\ntitle = "Both"')
    other = footer(pages["texts/b.html"])
    assert "Béla. “Zwei”. Both. Edited by Editor of two." in other
    assert "none stated" in other and "1901" not in other and "CC BY" not in other
    for name in ("index.html", "registers/p/a.html", "about.html", "downloads/index.html"):
        said = footer(pages[name])
        assert "see each text" in said, name
        assert not re.search("Anna|Béla|Editor of|1901|CC BY", said), name
    assert "One" in pages["about.html"] and "Anna" not in pages["about.html"]
    assert "Read the text" not in pages["index.html"]


def test_titles_in_another_language_are_marked_and_show_no_markup(edition):
    page = edition('[edition]\ntitle = "Both"')["registers/p/a.html"]
    assert '>1 in <span lang="de">Zwei</span></p>' in page
    assert "&lt;span" not in page


def test_words_of_the_interface_keep_markup_of_a_text_out():
    said = strings("en").rich("entity.mentions-count", count=1, text="<script>x</script>")
    assert str(said) == "1 in &lt;script&gt;x&lt;/script&gt;"


def test_heading_of_the_index_is_the_title_of_the_edition(edition, tmp_path):
    assert (
        "<h1>Both</h1>" in edition('[edition]\ntitle = "Both"\nmain = "texts/a.xml"')["index.html"]
    )
    assert ">One</h1>" in edition('[edition]\nmain = "texts/a.xml"')["index.html"]
    page = built(SMALL).files["site/zh/index.html"].decode()
    assert ">谈井二札</h1>" in page and "第一札" in page


def test_page_of_a_text_leads_to_the_list_and_to_its_neighbours(edition):
    pages = edition('[edition]\ntitle = "Both"')
    first = re.search(r'<nav class="tk-also".*?</nav>', pages["texts/a.html"], re.DOTALL)[0]
    assert 'href="../index.html#tk-contents"' in first
    assert 'Next: <a href="b.html"><span lang="de">Zwei</span></a>' in first
    assert "Previous" not in first
    last = re.search(r'<nav class="tk-also".*?</nav>', pages["texts/b.html"], re.DOTALL)[0]
    assert 'Previous: <a href="a.html">One</a>' in last and "Next" not in last


def test_text_that_cannot_be_read_is_led_to_from_nowhere(tmp_path):
    folder = copy_of(SMALL, tmp_path)
    (folder / "texts" / "zweite.xml").write_bytes(b"<TEI>")
    published = build(folder)
    assert list(dead_links(published)) == []


def test_sheet_for_looks_is_asked_for_only_where_it_is_needed(edition, tmp_path):
    page = edition("")["texts/a.html"]
    assert "looks.css" not in page
    (tmp_path / "texts" / "c.xml").write_text(
        text("C").replace("Words of", '<hi rend="bold">Words</hi> of'), encoding="utf-8"
    )
    assert b"../static/looks.css" in build(tmp_path).files["site/texts/c.html"]


FULL = HeaderRecord(
    authors=(Words("Anna"),),
    editors=(Words("N. N."),),
    publishers=(Words("The Press"),),
    edition="1.0",
    date="2024",
    is_published=True,
    licences=(Licence(CC0, "", ()),),
)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("is_text", [False, True])
@pytest.mark.parametrize("missing", range(32))
def test_no_citation_has_a_hole_whatever_is_missing(language, is_text, missing):
    names = ("authors", "editors", "publishers", "edition", "date")
    given = {
        name: getattr(FULL, name) for bit, name in enumerate(names) if not missing & (1 << bit)
    }
    cited = Cited("Letters", "One", "one.html", is_text)
    said = cite(Project(None), HeaderRecord(**given, is_published=True), strings(language), cited)
    assert not re.search(r"[.,，。：] *[,，。]|[.。]\.|  |^ | $|[({（]", said.replace("N. N.", "N"))
    assert said.endswith("." if language == "en" else "。")
    shown = {"authors": "Anna", "publishers": "The Press", "edition": "1.0", "date": "2024"}
    for name, words in shown.items():
        assert (words in said) == (name in given)


def test_citation_of_a_page_that_is_called_as_the_edition_names_it_once():
    for is_text in (False, True):
        said = cite(Project(None), FULL, strings("en"), Cited("L", "L", "l.html", is_text))
        assert said.count("L") == 1


def test_names_in_one_editor_are_told_apart():
    data = text("T", editor="<name>Müller, Martin</name>\n<name>Susen, Gerd</name>").encode()
    header = extract_header(read_document(data, "a.xml").root)
    assert [one.text for one in header.editors] == ["Müller, Martin", "Susen, Gerd"]
    assert names_in(header.editors, strings("en")) == "Müller, Martin; Susen, Gerd"
    assert names_in((Words("A"), Words("B"), Words("A")), strings("en")) == "A, B"


@pytest.mark.parametrize("level", ["s", "j"])
@pytest.mark.parametrize(
    "own", ['<title level="a">Mine</title>', '<title type="main">Mine</title>']
)
def test_title_of_a_text_goes_before_that_of_its_series(tmp_path, level, own):
    series = f'<title level="{level}">Series</title><title type="iso-date">1889</title>'
    data = text("x").replace("<title>x</title>", series + own)
    (tmp_path / "texts").mkdir()
    (tmp_path / "edition.toml").write_text("", encoding="utf-8")
    (tmp_path / "texts" / "a.xml").write_text(data, encoding="utf-8")
    files = build(tmp_path).files
    assert b">Mine</h1>" in files["site/texts/a.html"]
    assert b">Mine</h1>" in files["site/index.html"]
    assert title_of(read_document(data.encode(), "a.xml")) == "Mine"


def test_a_subtitle_follows_its_title_in_headings_and_citations(tmp_path):
    both = '<title level="s">Series</title><title type="main">Main</title>'
    data = text("x").replace("<title>x</title>", f'{both}<title type="sub">a story</title>')
    (tmp_path / "texts").mkdir()
    (tmp_path / "edition.toml").write_text("", encoding="utf-8")
    (tmp_path / "texts" / "a.xml").write_text(data, encoding="utf-8")
    files = build(tmp_path).files
    assert b">Main: a story</h1>" in files["site/texts/a.html"]
    assert "“Main: a story”. " in read_page(files["site/texts/a.html"]).words
    bib = files["site/downloads/a.bib"].decode()
    assert bib.startswith("@book") and "title = {{Main: a story}}" in bib
    assert "series = {{Series}}" in bib
    titles = Words("论持久战", "zh"), Words("续", "zh", "sub")
    assert full_title(titles, "zh").text == "论持久战：续"


def test_title_of_the_series_stands_in_where_there_is_no_other():
    data = text("Series", level="s").encode()
    titles = extract_header(read_document(data, "a.xml").root).titles
    assert [(one.text, one.type) for one in titles] == [("Series", "series")]
