"""The folding, the paragraphs and the index of the search; the script must fold as Python does."""

import unicodedata
from pathlib import Path

import pytest

from search_oracle import ask, make_corpus
from shared_data import PROJECT, real_files
from sites import OURS, SMALL, build, built, copy_of
from teikit.document import read_document
from teikit.search import classes, folding, variants
from teikit.search.files import index_files, write_call
from teikit.search.folding import folding_job
from teikit.search.indexing import index_paragraphs
from teikit.search.numbers import write_number
from teikit.search.paragraphs import find_paragraphs
from teikit.search.records import Paragraph
from teikit.transform.render import render_text

WITHOUT = folding.Folding({})


def tei(body: str, beside: str = "") -> bytes:
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title>'
        "</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>"
        f"</fileDesc></teiHeader>{beside}<text><body>{body}</body></text></TEI>"
    ).encode()


def paragraphs(body: str, beside: str = "") -> list[Paragraph]:
    return find_paragraphs(read_document(tei(body, beside), "texts/a.xml"))[0]


def words(body: str) -> list[str]:
    return [one.text for one in paragraphs(body)]


def site(folder: Path, *texts: str, forms: dict | None = None) -> Path:
    """Return a folder with an index of these paragraphs and the script."""
    rows = [Paragraph(one, f"p{number}") for number, one in enumerate(texts)]
    indexed = index_paragraphs("texts/a.xml", rows, folding.Folding(forms or {}))
    for name, data in index_files(
        [indexed], lambda text, number: f"a.html#{number}", "", folding_job()
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "static").mkdir()
    script = PROJECT / "templates" / "static" / "search.js"
    (folder / "static" / "search.js").write_bytes(script.read_bytes())
    return folder


def find(folder: Path, *queries: str) -> list[list[int]]:
    return ask(folder, find=list(queries))["find"]


# -- folding -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße", "strasse"),
        ("Ἀθῆναι ᾳ ΣΟΦΟΣ σοφός", "αθηναι α σοφοσ σοφοσ"),
        ("İstanbul ISPARTA ısı", "istanbul isparta isi"),
        ("ﬁn Œuvre ǽ Łódź", "fin oeuvre ae lodz"),
        ("ＡＢＣ　１２ ｶﾞｷ", "abc 12 ガキ"),
        ("מֶלֶךְ", "מלך"),
        ("مُحَمَّـــد أحمد", "محمد احمد"),
        ("co\u00adoperate zero\u200bwidth ZW\u200dJ", "cooperate zerowidth zwj"),
        ("\uf9d1 葛\U000e0100 ⼀", "六 葛 一"),
        ("か\u3099 が か", "が が か"),
        ("\u1112\u1161\u11ab국", "한국"),
        ("हिन्दी กี่ བོད་", "हिन्दी กี่ བོད་"),
        ("  a \n\t b\u00a0\u3000c ", "a b c"),
    ],
)
def test_what_makes_no_difference_is_folded(text, folded):
    assert WITHOUT.fold(text) == unicodedata.normalize("NFC", WITHOUT.fold(folded)) or (
        WITHOUT.fold(text) == folded
    )


def test_folding_twice_is_folding_once():
    table = folding.Folding(variants.read_variants(variants.find_variants()))
    for code in range(0x30000):
        if not 0xD800 <= code <= 0xDFFF:
            once = table.fold(chr(code))
            assert table.fold(once) == once, hex(code)


def test_the_script_folds_every_character_as_python_does(tmp_path):
    folder = site(tmp_path, "a")
    codes = [
        code
        for code in [*range(0x30000), *range(0xE0000, 0xE0200), *range(0xF0000, 0xF0010)]
        if unicodedata.category(chr(code)) not in ("Cs", "Cn")
    ]
    mine = ask(folder, fold=[f"x{chr(code)}y" for code in codes])["fold"]
    wrong = [
        (hex(code), folded, WITHOUT.fold(f"x{chr(code)}y"))
        for code, folded in zip(codes, mine, strict=True)
        if folded != WITHOUT.fold(f"x{chr(code)}y")
    ]
    assert wrong == []


def test_the_script_parts_words_as_python_does(tmp_path):
    folder = site(tmp_path, "a")
    codes = [
        code
        for code in range(0x20100)
        if unicodedata.category(chr(code)) not in ("Cs", "Cn")
        and WITHOUT.fold(chr(code)) == chr(code)
        and not classes.unit_pattern().match(chr(code))
    ]
    words = [bool(classes.token_pattern().fullmatch(chr(code))) for code in codes]
    assert 10_000 < sum(words) < len(codes)
    marked = ask(folder, marked=[[chr(code), chr(code)] for code in codes])["marked"]
    wrong = [
        hex(code)
        for code, word, found in zip(codes, words, marked, strict=True)
        if bool(found) != word
    ]
    assert wrong == []


def test_variants_are_classes_with_both_forms():
    if not variants.find_variants():
        pytest.skip("the extra search is not installed")
    table = variants.read_folding(variants.find_variants())
    assert table.fold("國際組織") == table.fold("国际组织")
    assert table.fold("乾幹") == table.fold("干干")
    assert table.fold("発沢") == table.fold("发泽")
    assert table.fold("芸") != table.fold("藝"), "in Chinese another character than in Japanese"


def test_without_the_extra_nothing_is_said_to_be_the_same(monkeypatch):
    monkeypatch.setattr(variants, "MODULE", "no_such_module")
    assert variants.find_variants() == ""
    assert variants.read_variants("") == {}
    assert 'pip install "teikit[search]"' in variants.advise({"site/search/s0.js": "国".encode()})
    assert variants.advise({"site/search/s0.js": "ไท".encode(), "site/a.html": "国".encode()}) == ""
    assert WITHOUT.fold("國国") == "國国"


# -- paragraphs --------------------------------------------------------------------------------


def test_lines_and_pages_are_taken_out():
    assert words("<p>人\n<lb/>民<pb/>协 to\n<lb/>day Pferde<lb break='no'/>\nwagen</p>") == [
        "人民协 to day Pferdewagen"
    ]
    assert words('<p>Pferde<pc force="weak">-</pc><lb break="no"/>wagen one<lb/>two</p>') == [
        "Pferdewagen one two"
    ]


def test_of_what_stands_side_by_side_the_reading_is_taken():
    body = (
        "<p><choice><sic>teh</sic><corr>the</corr></choice> <app><lem>lem</lem><rdg>rdg</rdg></app>"
        " <subst><del>old</del><add>new</add></subst> <ruby><rb>漢</rb><rt>かん</rt></ruby>字</p>"
    )
    assert words(body) == ["the lem new 漢字"]


def test_a_note_is_a_paragraph_of_its_own_after_its_own():
    found = paragraphs('<p xml:id="p1">before<note>aside</note> after</p><p>next</p>')
    assert [(one.text, one.is_note, one.anchor) for one in found] == [
        ("before after", False, "p1"), ("aside", True, "p1"), ("next", False, "tk-2"),
    ]  # fmt: skip


def test_a_note_beside_the_text_is_found_where_it_points_to():
    beside = '<standOff><note target="#s2" xml:lang="en">about it<note>x</note></note></standOff>'
    found = paragraphs('<p xml:id="p1"><s xml:id="s1">one</s> <s xml:id="s2">two</s></p>', beside)
    assert [(one.text, one.anchor, one.lang) for one in found] == [
        ("one two", "p1", ""), ("about it", "s2", "en"), ("x", "s2", "en"),
    ]  # fmt: skip


def test_the_anchor_is_the_nearest_id():
    body = (
        '<div xml:id="d"><head>h</head><p>first</p><p><pb xml:id="b"/>second</p>'
        '<p>third <pb xml:id="c"/> goes on</p><list><item xml:id="i">x<list><item>y</item></list>'
        "z</item></list></div>"
    )
    assert [(one.text, one.anchor) for one in paragraphs(body)] == [
        ("h", "d"), ("first", "tk-1.1"), ("second", "tk-1.2"), ("third goes on", "tk-1.3"),
        ("x", "i"), ("y", "i"), ("z", "i"),
    ]  # fmt: skip


def test_elements_are_known_to_stand_in_their_paragraphs():
    body = "<p>a<name>b</name><note><name>c</name></note><name>d</name></p><p><name>e</name></p>"
    document = read_document(tei(body), "texts/a.xml")
    found, switches = find_paragraphs(document)
    for name in document.elements("name"):
        number = [n for ordinal, n in switches if ordinal <= document.ordinal(name)][-1]
        assert name.text in found[number].text


@pytest.mark.parametrize("path", real_files(), ids=lambda path: path.stem)
def test_the_words_are_those_of_the_plain_text(path):
    document = read_document(path.read_bytes(), path.name)
    plain = render_text(document).content.replace("\t", "\n").split("\n")
    mine = [one.text for one in find_paragraphs(document)[0] if not one.is_note]
    assert [one.split() for one in mine] == [one.split() for one in plain if one.strip()]


# -- the index ---------------------------------------------------------------------------------


def test_numbers_are_short():
    assert [len(write_number(one)) for one in (0, 44, 45, 2024, 2025, 91124, 91125)] == [
        1, 1, 2, 2, 3, 3, 4,
    ]  # fmt: skip
    assert len({write_number(one) for one in range(5000)}) == 5000


def test_a_file_holds_nothing_that_ends_a_script():
    data = write_call("t0", ["</script><!--", "\u2028\u2029"]).decode()
    assert data == 'teikitSearch("t0",["\\u003c/script>\\u003c!--","\\u2028\\u2029"])\n'


def test_characters_in_a_row_are_found_and_no_others(tmp_path):
    folder = site(
        tmp_path, "全国人民协商会议", "𠀀字与“上海，合作”", "民", "协2012年ＷＴＯ成员", "ภาษาไทย"
    )
    queries = [
        "民协",
        "民，协",
        "𠀀",
        "𠀀字",
        "海，合",
        "海合",
        "民",
        "协",
        "012年w",
        "ไทย",
        "年ＷTo成",
    ]
    assert find(folder, *queries) == [[0], [], [1], [1], [1], [], [0, 2], [0, 3], [3], [4], [3]]


def test_words_prefixes_and_phrases(tmp_path):
    folder = site(
        tmp_path, "The rule of law, and laws.", "law of the rule", "don’t Rule-book 国 law"
    )
    queries = [
        "law", "la*", '"rule of law"', "“rule of la*”", "rule law", "aw", "don't", '"book law"',
        '"law and"', "*", "« of the »", "ru*  BOOK", "„of law“",
    ]  # fmt: skip
    assert find(folder, *queries) == [
        [0, 1, 2], [0, 1, 2], [0], [0], [0, 1, 2], [], [2], [], [0], [], [1], [2], [0],
    ]  # fmt: skip


def test_a_phrase_of_both_kinds_is_looked_up_in_the_text(tmp_path):
    folder = site(tmp_path, "SCO 成员国 and 观察员", "成员国 SCO 成员 国", "ไทย ลาว")
    assert find(folder, '"SCO 成员国"', "「成员 国」", '"ไทย ลาว"', "ลาว ไทย") == [
        [0],
        [1],
        [2],
        [2],
    ]


def test_names_of_objects_are_words_like_others(tmp_path):
    folder = site(tmp_path, "constructor __proto__ toString")
    assert find(folder, "constructor", "proto", "hasOwnProperty", "__proto__") == [
        [0], [0], [], [0],
    ]  # fmt: skip


def test_what_was_asked_for_is_marked_in_the_text_as_written(tmp_path):
    forms = variants.read_variants(variants.find_variants())
    folder = site(tmp_path, "x", forms=forms)
    asked = [
        ["Ἀθῆναι, ΑΘΗΝΑΙ", "αθηναι"], ["the ﬁnest", "fin*"], ["co\u00adop x", "coop"],
        ["Die Straße", "STRASSE"], ["a b c b", "\"b c\" b"], ["𠀀民协民", "民协 𠀀"], ["ガｶﾞ", "ガ"],
    ]  # fmt: skip
    assert ask(folder, marked=asked)["marked"] == [
        ["Ἀθῆναι", "ΑΘΗΝΑΙ"], ["ﬁnest"], ["co\u00adop"], ["Straße"], ["b", "c", "b"],
        ["𠀀民协"], ["ガｶﾞ"],
    ]  # fmt: skip


def test_variants_are_found_by_either_form(tmp_path):
    if not variants.find_variants():
        pytest.skip("the extra search is not installed")
    corpus = make_corpus({"texts/a.xml": tei("<p>中國與国家</p><p>國</p>")}, tmp_path)
    assert corpus.found(["国", "國家", "与国", "與國"]) == [[0, 1], [0], [0], [0]]


# -- in a site ---------------------------------------------------------------------------------


def test_the_script_is_small():
    script = built(OURS).files["site/static/search.js"]
    assert len(script) < 15_000


def test_the_index_is_the_same_each_time_and_each_part_is_a_call(tmp_path):
    published = built(OURS)
    parts = {name: data for name, data in published.files.items() if "/search/" in name}
    assert {name for name in parts if "-" not in name} >= {
        "site/search/index.js", "site/search/p0.js", "site/search/s0.js", "site/search/w0.js",
        "site/search/t0.js",
    }  # fmt: skip
    assert all(data.startswith(b'teikitSearch("') for data in parts.values())
    again = build(copy_of(OURS, tmp_path)).files
    assert {name: again[name] for name in parts} == parts


def test_an_edition_can_do_without(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.xml").write_bytes(tei("<p>words</p>"))
    for wish, is_there in (("true", True), ("false", False)):
        settings = f'[edition]\ntitle = "A"\nlanguages = ["en"]\n[publish]\nsearch = {wish}\n'
        (tmp_path / "edition.toml").write_text(settings, "utf-8")
        files = build(tmp_path).files
        assert ("site/search.html" in files) == ("site/search/index.js" in files) == is_there
        assert (b"search.html" in files["site/index.html"]) == is_there


def test_a_paragraph_of_a_split_text_is_found_on_its_page(tmp_path):
    folder = tmp_path / "edition"
    (folder / "texts").mkdir(parents=True)
    chapters = "".join(
        f"<div><head>Chapter {number}</head><p>{'words and more ' * 100}unique{number}</p></div>"
        for number in range(8)
    )
    (folder / "texts" / "a.xml").write_bytes(tei(chapters))
    (folder / "edition.toml").write_text(
        '[edition]\ntitle = "A"\nlanguages = ["en"]\n[publish]\nsplit = 2\n', "utf-8"
    )
    files = build(folder).files
    rows = "".join(
        data.decode() for name, data in files.items() if name.startswith("site/search/t")
    )
    for number in range(8):
        page = rows.partition(f"unique{number}")[2].partition('","')[2].partition('"')[0]
        assert f"unique{number}" in files[f"site/{page.partition('#')[0]}"].decode(), page


def test_page_of_the_search_says_what_it_leaves_out():
    files = built(SMALL).files
    assert "other readings of the apparatus" in files["site/search.html"].decode()
    assert "校勘记中的异文" in files["site/zh/search.html"].decode()
