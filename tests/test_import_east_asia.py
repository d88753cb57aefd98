"""teikit import of texts in Chinese and Japanese: pages, headings and verse of their kind."""

import re

import pytest

from teikit.check.page_numbers import page_pattern
from teikit.importing.numerals import page_value
from test_import_layouts import layout_of, paragraphs_of
from test_import_plain import body_of, import_text, witness_findings


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("12", 12), ("12r", 12), ("１２", 12), ("十二", 12), ("廿三", 23), ("〇一", 1), ("壹", 1),
        ("一百〇五", 105), ("一二〇", 120), ("一a", 1), ("一上", 1), ("十二葉下", 12), ("xiv", 14),
        ("貳拾參", 23), ("卅", 30), ("civil", 0), ("", 0),
    ],
)  # fmt: skip
def test_the_number_of_a_page_is_read_as_it_is_written(said, value):
    assert page_value(said) == value
    assert not value or page_pattern("[{n}]").fullmatch(f"[{said}]")["n"] == said


@pytest.mark.parametrize(
    ("first", "second", "marker"),
    [
        ("【第十二葉】", "【第十三葉】", "【第{n}葉】"),
        ("【第十二葉上】", "【第十二葉下】", "【第{n}】"),
        ("［12頁］", "［13頁］", "［{n}頁］"),
        ("［１２頁］", "［１３頁］", "［{n}頁］"),
        ("－12－", "－13－", "－{n}－"),
        ("— 12 —", "— 13 —", "— {n} —"),
        ("第12頁", "第13頁", "第{n}頁"),
        ("頁12", "頁13", "頁{n}"),
        ("〔一a〕", "〔一b〕", "〔{n}〕"),
        ("【一上】", "【一下】", "【{n}】"),
        ("Seite 12", "Seite 14", "Seite {n}"),
        ("（一）", "（二）", ""),
        ("第12頁", "第11頁", ""),
        ("［12頁］", "［9頁］", ""),
    ],
)
def test_markers_of_pages_are_found_where_their_numbers_rise(first, second, marker):
    text = f"{first}\n這是一段話，很長很長\n{second}\n還沒有完的一段話。\n"
    assert layout_of(text).page_marker == marker
    made = import_text(text)
    assert body_of(made).count("<pb") == (2 if marker else 0)
    assert witness_findings(made, text.encode()) == []


def test_pages_are_called_what_the_marker_says():
    tei = import_text("【第十二葉】\n甲乙丙\n【第十三葉】\n丁戊己。\n").tei.decode()
    assert '<pb n="十二" edRef="#src"/>' in tei and 'n="十三.1"' in tei


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (
            "一\n\n［12頁］\n　私は呼んでいた。\n　次の段。\n",
            ["一", "私は呼んでいた。", "次の段。"],
        ),
        ("序の話\n\n［12頁］\n\n私は呼んでいた。\n", ["序の話", "私は呼んでいた。"]),
        ("その人を\n［12頁］\n\n常に先生と\n呼んだ。\n", ["その人を常に先生と呼んだ。"]),
    ],
)
def test_a_paragraph_ends_at_a_page_that_stands_between_blank_lines(text, blocks):
    made = [one.replace("#", "").replace("|", "") for one in paragraphs_of(text)]
    assert made == blocks
    assert witness_findings(import_text(text), text.encode()) == []


@pytest.mark.parametrize(
    "heading",
    [
        "第廿三章",
        "第廿三回　賈寶玉",
        "卷之二",
        "卷二",
        "卷上",
        "楔子",
        "其一",
        "其十二",
        "第三折",
        "卷第三",
        "卷第十二",
        "論語集注卷第一",
        "史記卷之二",
        "上冊",
        "下册",
        "第二冊",
    ],
)
def test_headings_of_chinese_books_begin_divisions(heading):
    body = body_of(import_text(f"這是前面的話。\n\n{heading}\n\n這是後面的話。\n"))
    assert f'<div type="section">\n<head><lb/>{heading}</head>' in body


def test_a_name_with_a_number_is_a_heading_where_such_count_up():
    text = "{}\n\n子曰：學而時習之。\n\n{}\n\n子曰：為政以德。\n"
    assert body_of(import_text(text.format("學而第一", "為政第二"))).count("<div") == 2
    assert body_of(import_text(text.format("論語·學而第一", "論語·為政第二"))).count("<div") == 2
    assert body_of(import_text(text.format("史記卷一", "史記卷二"))).count("<div") == 2
    assert "<div" not in body_of(import_text(text.format("天下第一", "全國第一流")))
    assert "<div" not in body_of(import_text(text.format("學而第三", "為政第二")))


@pytest.mark.parametrize(
    "words",
    [
        "卷起千堆雪",
        "其他",
        "其一生",
        "第一次來",
        "序曲",
        "卷二是他的",
        "下冊是他的",
        "手不釋卷三年",
    ],
)
def test_what_looks_a_little_like_a_chinese_heading_is_a_paragraph(words):
    assert "<div" not in body_of(import_text(f"這是前面的話。\n\n{words}\n\n這是後面。\n"))


@pytest.mark.parametrize(
    ("text", "title", "head"),
    [
        ("こころ\n夏目漱石\n\n", "こころ\u3000夏目漱石", "こころ|夏目漱石"),
        ("上海合作组织成员国元首关于\n地区的宣言\n\n", "上海合作组织成员国元首关于地区的宣言",
         "上海合作组织成员国元首关于|地区的宣言"),
        ("The Lake\nby Anna\n\n", "The Lake by Anna", "The Lake |by Anna"),
    ],
)  # fmt: skip
def test_a_title_of_two_lines_stays_two(text, title, head):
    made = import_text(text + "私は先生と呼んでいた。\n\nだから。\n")
    assert f">{title}</title>" in made.tei.decode()
    assert paragraphs_of(text + "私は先生と呼んでいた。\n\nだから。\n")[0].lstrip("|") == head


@pytest.mark.parametrize(("given", "lines"), [("こころ", 2), ("こころ 夏目漱石", 2), ("心", 0)])
def test_a_title_that_is_given_and_stands_first_is_the_head(given, lines):
    made = import_text("こころ\n夏目漱石\n\n私は先生と呼んでいた。\n\nだから。\n", title=given)
    head = re.search("<head>(.*?)</head>", body_of(made))
    assert (head[1].count("<lb") if head else 0) == lines
    assert f">{given}</title>" in made.tei.decode()
    assert any("no title of its own" in rule for rule in made.rules) == (not lines)


FIVE = "床前明月光\n疑是地上霜\n舉頭望明月\n低頭思故鄉\n"


@pytest.mark.parametrize(
    ("text", "stanzas", "verses"),
    [
        (FIVE, 1, 4),
        (f"靜夜思\n李白\n\n{FIVE}", 1, 4),
        (f"其一\n\n{FIVE}\n其二\n\n{FIVE}", 2, 8),
        ("白日依山盡，黃河入海流。\n欲窮千里目，更上一層樓。\n", 1, 2),
        ("朝辭白帝彩雲間\n千里江陵一日還\n兩岸猿聲啼不住\n輕舟已過萬重山\n", 1, 4),
        ("這是一段很短的\n話，不是詩，因\n為每行都一樣長\n可是沒有停頓的\n地方。\n", 0, 0),
        ("兩行五個字\n不足為一詩\n", 0, 0),
    ],
)
def test_chinese_verse_is_told_by_equally_long_lines(text, stanzas, verses):
    made = import_text(text)
    assert (body_of(made).count("<lg"), body_of(made).count("<l>")) == (stanzas, verses)
    assert sum("--verse" in rule for rule in made.rules) == 1
    assert witness_findings(made, text.encode()) == []


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("བོད་ཀྱི་", "ཡི་གེ", True),
        ("ภาษาไทย", "เขียนติดกัน", True),
        ("ພາສາ", "ລາວ", True),
        ("ភាសា", "ខ្មែរ", True),
        ("ខ្មែរ។", "ភាសា", False),
        ("မြန်မာ", "ဘာသာ", True),
        ("ภาษาไทย", "English", False),
        ("हिन्दी", "भाषा", False),
    ],
)
def test_scripts_without_spaces_go_on_in_the_next_line(first, second, is_one):
    text = f"{first}\n{second}\n"
    made = import_text(text, title="none")
    assert ('break="no"' in body_of(made)) == is_one
    assert (f"{first} <lb" in body_of(made)) != is_one
    assert witness_findings(made, text.encode()) == []


def test_ideographic_spaces_are_no_text_also_where_headings_and_pages_are_more_than_paragraphs():
    text = (
        "紅樓夢\n\n【第一葉上】\n\n楔子\n\n　　此開卷第一回也。\n\n【第一葉下】\n\n　　作者自云。\n"
    )
    assert layout_of(text).paragraph_start == "　　"
    assert paragraphs_of(text) == ["紅樓夢", "楔子", "此開卷第一回也。", "作者自云。"]
    assert witness_findings(import_text(text), text.encode()) == []
