"""What pages say in the Chinese interface, and what they show of Chinese and Japanese texts."""

import re

import pytest

from sites import build
from teikit.loose import read_folder
from teikit.safety.worker import Here

HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>{title}</title><respStmt><resp>校勘</resp>"
    "<name>何明</name></respStmt>"
    "<respStmt><resp>收藏</resp><name type='org'>图书馆</name></respStmt>"
    "</titleStmt></fileDesc></teiHeader>"
)
PERSON = '<listPerson><person xml:id="a"><persName>安娜</persName></person></listPerson>'


@pytest.fixture
def pages(tmp_path):
    """Return a function that publishes texts, by name: language and body; gives the pages."""

    def publish(texts: dict[str, tuple[str, str]], register: str = "") -> dict[str, str]:
        (tmp_path / "texts").mkdir()
        (tmp_path / "registers").mkdir()
        (tmp_path / "edition.toml").write_text('[edition]\nlanguages = ["zh"]\n', encoding="utf-8")
        for name, (language, body) in texts.items():
            (tmp_path / "texts" / f"{name}.xml").write_text(
                f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER.format(title=name)}'
                f'<text xml:lang="{language}"><body>{body}</body></text></TEI>',
                encoding="utf-8",
            )
        if register:
            (tmp_path / "registers" / "people.xml").write_text(
                f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER.format(title="人物")}'
                f"<standOff>{register}</standOff></TEI>",
                encoding="utf-8",
            )
        files = build(tmp_path).files
        return {path: data.decode() for path, data in files.items() if path.endswith(".html")}

    return publish


@pytest.mark.parametrize(
    ("language", "measure"), [("zh-Hant", "2 字"), ("ja", "2 字"), ("en", "2 个字符")]
)
def test_the_length_of_a_text_is_counted_in_what_it_is_written_in(pages, language, measure):
    body = "<p>甲乙</p>" if language != "en" else "<p>ab</p>"
    assert f"<dd>{measure}</dd>" in pages({"a": (language, body)})["site/index.html"]


def test_divisions_without_a_heading_are_called_by_kind_and_number_or_first_words(pages):
    divisions = '<div xml:id="a" type="volume" n="1"><p>學而</p></div>'
    divisions += '<div xml:id="b"><p>為政</p></div>'
    page = pages({"a": ("zh-Hant", divisions)})["site/texts/a.html"]
    contents = page[page.index("<ol>") : page.index("</ol>")]
    items = re.findall(r"<li[^>]*>(.*?)</li>", contents)
    assert [re.sub("<[^>]*>", "", one).strip() for one in items] == ["卷 1 學而", "為政"]


def test_data_are_called_what_they_are(pages):
    site = pages({"a": ("zh", '<p><persName ref="people.xml#a">安娜</persName></p>')}, PERSON)
    assert ">名录数据<" in site["site/downloads/index.html"]
    assert "名录与言语行为数据" not in site["site/downloads/index.html"]


def test_names_of_persons_and_organisations_are_called_so(pages):
    about = pages({"a": ("zh", "<p>甲</p>")})["site/about.html"]
    assert about.index("姓名") < about.index("何明") < about.index("机构") < about.index("图书馆")


def test_a_heading_with_a_reading_and_a_gap_keeps_its_gap_in_the_contents(pages):
    head = "第一回\u3000<ruby><rb>甄士隱</rb><rt>しん</rt></ruby>夢幻"
    bodies = "".join(f'<div xml:id="d{n}"><head>{head}</head><p>甲</p></div>' for n in (1, 2))
    page = pages({"a": ("ja", bodies)})["site/texts/a.html"]
    contents = page.partition('<article class="text"')[0]
    assert contents.count("第一回\u3000甄士隱夢幻") == 2 and "しん" not in contents
    assert '<rp class="tk-label">（</rp><rt class="rt">しん</rt>' in page


TRADITIONAL = (
    f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER.format(title="論語")}'
    '<text xml:lang="{}"><body><p>學而時習之</p></body></text></TEI>'
)


@pytest.mark.parametrize("language", ["zh-Hant", "zh-TW", "lzh-Hant"])
def test_folder_of_texts_in_traditional_characters_has_such_an_interface(tmp_path, language):
    (tmp_path / "a.xml").write_text(TRADITIONAL.format(language), encoding="utf-8")
    project = read_folder(tmp_path, Here())
    assert project.languages == ("zh-Hant",)


def test_interface_in_traditional_characters_stands_beside_others(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.xml").write_text(TRADITIONAL.format("zh-Hant"), encoding="utf-8")
    (tmp_path / "edition.toml").write_text(
        '[edition]\nlanguages = ["zh", "zh-Hant"]\n'
        '[edition.title]\nzh-Hant = "論語集"\nzh = "论语集"\n',
        encoding="utf-8",
    )
    files = build(tmp_path).files
    simple, page = (files[f"site/{one}texts/a.html"].decode() for one in ("", "zh-Hant/"))
    assert '<html lang="zh-Hant"' in page and "檢索" in page and "論語集" in page
    assert '<html lang="zh-Hans"' in simple and "检索" in simple and "论语集" in simple
