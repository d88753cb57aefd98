"""What becomes of the modules of the TEI on a page, beyond the words that tests/cases has."""

import re
from functools import lru_cache

import pytest
from lxml import etree

from shared_data import P5SUBSET, TEI_ALL, needs
from sites import build, pages_of
from teikit.document import TEI, read_document
from teikit.page_languages import page_language
from teikit.transform.directions import direction_of
from teikit.transform.render import render_html

_R = "{http://relaxng.org/ns/structure/1.0}"
HEADER = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>t</title>'
    "</titleStmt>{}</fileDesc>{}</teiHeader>"
)


@lru_cache
def elements_in_texts() -> tuple[str, ...]:
    """Return the TEI elements that tei_all.rng lets stand somewhere in text, standOff or
    sourceDoc."""
    grammar = etree.parse(str(TEI_ALL)).getroot()
    defined: dict[str, list] = {}
    for one in grammar.iter(f"{_R}define"):
        defined.setdefault(one.get("name"), []).append(one)
    subset = etree.parse(str(P5SUBSET)).getroot()
    known = {one.get("ident") for one in subset.iter(f"{{{TEI}}}elementSpec")}
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [one for name in ("text", "standOff", "sourceDoc") for one in defined[name]]
    while waiting:
        node = waiting.pop()
        if node.tag == f"{_R}attribute":
            continue
        if node.tag == f"{_R}element" and node.get("name"):
            found.add(node.get("name"))
        if node.tag == f"{_R}ref" and node.get("name") not in seen:
            seen.add(node.get("name"))
            waiting += defined.get(node.get("name"), [])
        waiting += node.iterchildren(etree.Element)
    return tuple(sorted(found & known))


@needs(TEI_ALL)
def test_every_element_of_the_tei_that_may_stand_in_a_text_has_a_template():
    names = elements_in_texts()
    assert len(names) > 500
    without = set()
    for name in names:
        text = f"<text><body><div><{name}>a</{name}><p><{name}>b</{name}></p></div></body></text>"
        document = read_document(f'<TEI xmlns="{TEI}">{text}</TEI>'.encode(), "a.xml")
        page = render_html(document)
        without |= {
            one.message.split()[3] for one in page.messages if "no template for" in one.message
        }
        assert "".join(etree.fromstring(f"<a>{page.content}</a>").itertext()).count("b") >= 1, name
    assert without == set()


@pytest.fixture
def page(tmp_path):
    """Return a function that publishes one file and returns its page as parts and as HTML."""

    def published(xml: str, settings: str = ""):
        (tmp_path / "texts").mkdir()
        (tmp_path / "edition.toml").write_text(settings, encoding="utf-8")
        (tmp_path / "texts" / "a.xml").write_text(xml, encoding="utf-8")
        site = build(tmp_path)
        html = site.files["site/texts/a.html"].decode("utf-8")
        return pages_of(site)["texts/a.html"], html

    return published


LETTER = HEADER.format(
    "",
    '<profileDesc><correspDesc><correspAction type="sent"><persName ref="https://viaf.org/viaf/1">'
    'Ada</persName><date when="1843-07-01"/></correspAction><correspAction type="received">'
    "<persName>Charles</persName></correspAction></correspDesc></profileDesc>",
)


def test_a_letter_says_at_its_head_from_whom_to_whom_and_when(page):
    parts, html = page(f"{LETTER}<text><body><p>Sir.</p></body></text></TEI>")
    head = html[html.index('class="tk-origin"') : html.index("<article")]
    assert re.sub(r"<[^>]+>", " ", head).split()[1:] == "From Ada 1843-07-01 To Charles".split()
    assert "https://viaf.org/viaf/1" not in parts.links  # the entry of Ada leads there
    assert re.search(r'href="\.\./registers/[^"]*">Ada</a>', head)
    assert any(one.endswith("static/modules.css") for one in parts.loaded)


def test_the_description_of_a_manuscript_is_at_the_head_of_the_page_and_shows_no_empty_part(page):
    described = (
        "<sourceDesc><msDesc><msIdentifier><settlement>Termini</settlement><repository/>"
        "</msIdentifier><physDesc><objectDesc><supportDesc><support><material>limestone</material>"
        '<dimensions><height unit="cm">23</height></dimensions></support></supportDesc>'
        "</objectDesc></physDesc></msDesc></sourceDesc>"
    )
    _, html = page(f"{HEADER.format(described, '')}<text><body><p>D M S</p></body></text></TEI>")
    head = html[html.index('class="tk-origin"') : html.index("<article")]
    words = re.sub(r"<[^>]+>", " ", head)
    assert "Place   Termini" in words and "Material   limestone" in words and "23  cm" in words
    assert "Repository" not in words
    assert head.count("<details>") == 1


def test_a_text_without_letter_or_manuscript_has_nothing_before_it(page):
    parts, html = page(f"{HEADER.format('', '')}<text><body><p>x</p></body></text></TEI>")
    assert "tk-origin" not in html
    assert not any("modules.css" in one or "vertical.css" in one for one in parts.loaded)


@pytest.mark.parametrize(
    ("language", "settings", "offered", "checked"),
    [
        ("lzh", "", True, False),
        ("ja-Jpan", "[publish]\nvertical = true", True, True),
        ("zh-Hant", "[publish]\nvertical = false", False, False),
        ("en", "[publish]\nvertical = true", False, False),
    ],
)
def test_lines_from_top_to_bottom_are_a_view_of_east_asian_texts(
    page, language, settings, offered, checked
):
    parts, _ = page(
        f'{HEADER.format("", "")}<text xml:lang="{language}"><body><p>x</p></body></text></TEI>',
        settings,
    )
    (*boxes,) = (said for tag, said in parts.tags if said.get("id") == "tk-vertical")
    assert [("checked" in one) for one in boxes] == ([checked] if offered else [])
    assert any("vertical.css" in one for one in parts.loaded) == offered


def test_a_text_that_says_it_is_vertical_is_set_so_at_first(page):
    parts, _ = page(
        f'{HEADER.format("", "")}<text xml:lang="ja" style="writing-mode: vertical-rl"><body>'
        "<p>x</p></body></text></TEI>",
        "[publish]\nvertical = false",
    )
    (box,) = (said for tag, said in parts.tags if said.get("id") == "tk-vertical")
    assert "checked" in box


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("ar", "rtl"), ("arb", "rtl"), ("hbo", "rtl"), ("ota", "rtl"), ("syc", "rtl"),
        ("az-Arab", "rtl"), ("pa-Arab-PK", "rtl"), ("ku-Arab", "rtl"), ("ar-Latn", "ltr"),
        ("he-Latn-t-he", "ltr"), ("ff-Adlm", "rtl"), ("en", "ltr"), ("mn-Mong", "ltr"),
        ("tr", "ltr"), ("art", "ltr"), ("zh-Hant", "ltr"), ("", "ltr"),
    ],
)  # fmt: skip
def test_the_direction_is_that_of_the_script(language, direction):
    assert direction_of(language) == direction


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("dut", "nl"), ("lat", "la"), ("en-UK", "en-GB"), ("zh_CN", "zh-CN"), ("xx", ""),
        ("grc-x-a", "grc-x-a"), ("de-1901", "de-1901"), ("", ""), (" en ", "en"), ("iw", "he"),
    ],
)  # fmt: skip
def test_a_page_says_languages_as_html_takes_them(said, shown):
    assert page_language(said) == shown


def test_a_text_without_a_language_runs_as_its_letters_do():
    def rendered(words: str) -> str:
        xml = f"{HEADER.format('', '')}<text><body><p>{words}</p></body></text></TEI>"
        return render_html(read_document(xml.encode(), "a.xml")).content

    assert '<article class="text" dir="rtl">' in rendered("بسم الله 12")
    mixed = rendered('بسم الله الرحمن <foreign xml:lang="en">name</foreign>')
    assert 'lang="en" dir="ltr"' in mixed
    assert "dir=" not in rendered("A word: بسم") and "dir=" not in rendered("")
