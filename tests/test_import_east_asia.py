"""teikit import of texts in Chinese and Japanese: pages, headings and verse of their kind."""

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
