"""Texts that are split, corpora, and several texts in a file."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from shared_data import SHARED, needs
from sites import build, dead_links, pages_of
from teikit.document import read_document
from teikit.edition.extract import extract
from teikit.edition.parts import find_parts
from teikit.place import Place
from teikit.publish.site import Published
from teikit.report import Finding, Report

_NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
_WORDS = "word " * 300  # 1,500 bytes
NOVEL = SHARED / "corpora" / "novels" / "ENG18400_Trollope.xml"
PLAY = SHARED / "corpora" / "drama" / "koning-simsons.xml"


def header(title: str, more: str = "") -> str:
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt><publicationStmt>"
        f"{more or '<p/>'}</publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
    )


def tei(text: str, title: str = "A", attributes: str = _NS) -> str:
    return f"<TEI {attributes}>{header(title)}{text}</TEI>"


def edition(folder: Path, split: float, **texts: str) -> Path:
    """Return an edition with these texts; SPLIT is in kilobytes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "texts").mkdir()
    (folder / "edition.toml").write_text(
        f'[edition]\ntitle = "T"\n[publish]\nsplit = {split}\n', encoding="utf-8"
    )
    for name, content in texts.items():
        (folder / "texts" / f"{name}.xml").write_text(content, encoding="utf-8")
    return folder


def chapters(number: int, inside: str = "") -> str:
    return "".join(
        f'<div xml:id="c{n}"><head>Chapter {n}</head><p xml:id="p{n}">{_WORDS}'
        f'<note place="foot">note {n}</note></p>{inside}</div>'
        for n in range(1, number + 1)
    )


def parts_of(text: str, limit: int) -> list[tuple[str, list[str]]]:
    """Return name and labels of each part."""
    record = extract(read_document(tei(text).encode(), "texts/a.xml"), 1).text
    assert record is not None
    from teikit.spacing import as_running_text
    from teikit.texts import find_texts

    tree = as_running_text(read_document(tei(text).encode(), "texts/a.xml").tree)
    found = find_parts(find_texts(tree.getroot()), limit)
    return [
        (one.name, [division.label or division.type for division in one.opens]) for one in found
    ]


def test_short_text_is_one_page():
    assert parts_of(f"<text><body>{chapters(3)}</body></text>", 100_000) == []


def test_long_text_is_split_at_its_divisions():
    assert parts_of(f"<text><body><head>All</head>{chapters(3)}</body></text>", 2000) == [
        ("c1", ["Chapter 1"]),
        ("c2", ["Chapter 2"]),
        ("c3", ["Chapter 3"]),
    ]


def test_a_book_that_is_too_long_is_split_at_its_chapters_and_one_that_is_not_stays():
    book = f'<div1 n="1"><head>Book</head>{chapters(2).replace("div", "div2")}</div1>'
    short = '<div1 xml:id="b2"><head>Short</head><div2><p>x</p></div2></div1>'
    assert parts_of(f"<text><body>{book}{short}</body></text>", 2000) == [
        ("c1", ["Book", "Chapter 1"]),
        ("c2", ["Chapter 2"]),
        ("b2", ["Short"]),
    ]


def test_small_neighbours_share_a_page():
    small = "".join(f'<div xml:id="s{n}"><head>{n}</head><p>x</p></div>' for n in range(100))
    found = parts_of(f"<text><body>{chapters(2)}{small}</body></text>", 2000)
    assert [name for name, _ in found] == ["c1", "c2", "s0"]
    assert len(found[2][1]) == 100


def test_huge_division_is_cut_before_paragraphs():
    paragraphs = "".join(f"<p>{_WORDS}</p>" for _ in range(10))
    found = parts_of(f'<text><body><div xml:id="d">{paragraphs}</div></body></text>', 2000)
    assert [name for name, _ in found] == [f"d{f'-{n}' if n > 1 else ''}" for n in range(1, 11)]


def test_contents_say_how_long_each_part_is_and_how_one_without_a_heading_begins(tmp_path):
    parts = "".join(
        f"<div{more}><p>{start}<note>{'批' * 900}</note>{'文' * 700}</p></div>"
        for more, start in (("", "學而時習之不亦說乎有朋自遠方來"), (' n="2"', "為政以德"))
    )
    headed = f"<div><head>里仁</head><p>{'仁' * 700}</p></div>"
    text = f'<text xml:lang="lzh"><body>{parts}{headed}</body></text>'
    files = build(edition(tmp_path, 2, a=tei(text))).files
    page = files["site/texts/a.html"].decode()
    items = [re.sub("<[^>]*>", "", one) for one in re.findall('<li class="tk-depth.*?</li>', page)]
    assert items == [
        "學而時習之不亦說乎有朋自… 715 characters",
        "2 為政以德文文文文文文文文… 704 characters",
        "里仁 702 characters",
    ]


def test_page_break_before_a_division_goes_with_it():
    body = f'<div>{"<p>" + _WORDS + "</p>"}</div><pb n="2"/><div><p>{_WORDS}</p></div>'
    text = tei(f"<text><body>{body}</body></text>")
    record = extract(read_document(text.encode(), "texts/a.xml"), 2).text
    element = read_document(text.encode(), "texts/a.xml").element(record.parts[1].start)
    assert element.get("n") == "2"


def test_names_of_parts_differ_also_where_case_does_not_count():
    divisions = "".join(
        f'<div xml:id="{name}"><p>{_WORDS}</p></div>' for name in ("A", "a", "é.x", "e·y", "信")
    )
    found = [name for name, _ in parts_of(f"<text><body>{divisions}</body></text>", 2000)]
    assert found == ["A", "a-2", "é.x", "e-y", "信"]


def words_of(published: Published) -> str:
    """Return the words of all pages of texts, without white space and what is ours."""
    found = []
    for path, data in sorted(published.files.items(), key=lambda pair: _number(pair[0])):
        if path.startswith("site/texts/") and path.endswith(".html"):
            html = data.decode("utf-8")
            for article in re.findall(r"<article.*?</article>", html, re.DOTALL):
                article = re.sub(r'<section class="tk-notes".*?</section>', "", article, flags=re.S)
                found.append(re.sub(r"<[^>]*>|\s", "", article))
    return "".join(found)


def _number(path: str) -> tuple[str, int]:
    name = path.rpartition("/")[2].removesuffix(".html")
    digits = re.sub(r"\D", "", name)
    return path.rpartition("/")[0], int(digits) if digits else 0


def check_split(published: Published) -> None:
    """Assert what holds for every site with texts that are split."""
    pages = pages_of(published)
    assert list(dead_links(published)) == []
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
    for page in pages.values():
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_split_and_whole_hold_the_same(tmp_path):
    front = "<front><titlePage><docTitle><titlePart>T</titlePart></docTitle></titlePage></front>"
    body = f"<text>{front}<body>{chapters(4)}</body></text>"
    split = build(edition(tmp_path / "split", 2, a=tei(body)))
    whole = build(edition(tmp_path / "whole", 0, a=tei(body)))
    check_split(split)
    assert words_of(split) == words_of(whole)
    assert split.files["text/a.txt"] == whole.files["text/a.txt"]
    ids = [one for path, page in pages_of(split).items() if "/a/" in path for one in page.ids]
    for name in ("c1", "p1", "c4", "p4", "tk-note-4", "tk-ref-1"):
        assert ids.count(name) == 1


def test_unsplit_address_leads_to_each_place(tmp_path):
    end = f'<div xml:id="end"><p><ref target="#p1">one</ref> {_WORDS}</p></div>'
    text = f"<text><body>{chapters(3)}{end}</body></text>"
    links = '<p><ref target="a.xml#p2">two</ref> <ref target="a.xml">all</ref></p>'
    other = tei(f"<text><body>{links}</body></text>", "B")
    published = build(edition(tmp_path, 2, a=tei(text), b=other))
    pages = pages_of(published)
    check_split(published)
    assert {"c1", "p3", "end"} <= set(pages["texts/a.html"].ids)
    assert "a/c2.html#p2" in pages["texts/a.html"].links
    assert pages["texts/b.html"].links.count("a/c2.html#p2") == 1
    assert "a.html" in pages["texts/b.html"].links
    assert "c1.html#p1" in pages["texts/a/end.html"].links
    assert {"c3.html", "../a.html"} <= set(pages["texts/a/end.html"].links)


def test_members_of_a_corpus_are_pages_with_their_own_header(tmp_path):
    by = "https://creativecommons.org/licenses/by/4.0/"
    licence = f'<publisher>P</publisher><availability><licence target="{by}"/></availability>'
    first, second = (
        tei(f"<text><body><p>the {name}</p></body></text>", name, "") for name in ("One", "Two")
    )
    inner = f"<teiCorpus>{header('Inner')}{second}</teiCorpus>"
    corpus = f"<teiCorpus {_NS}>{header('Corpus', licence)}{first}{inner}</teiCorpus>"
    published = build(edition(tmp_path, 100, a=corpus))
    pages = pages_of(published)
    check_split(published)
    assert "One" in pages["texts/a.html"].words and "Inner" in pages["texts/a.html"].words
    assert "CC BY 4.0" in pages["texts/a/2.html"].words
    assert "the Two" in pages["texts/a/2.html"].words
    assert "the One" not in pages["texts/a/2.html"].words
    assert "a/2.html" in "".join(pages["index.html"].links)
    assert published.findings == ()


@pytest.mark.parametrize("name", ["sourceDoc", "facsimile"])
def test_tei_without_text_is_read_all_the_same(tmp_path, name):
    inside = "<surface><zone><line>some words</line></zone></surface>"
    if name == "facsimile":
        inside = "<surface><desc>some words</desc></surface>"
    published = build(edition(tmp_path, 100, a=tei(f"<{name}>{inside}</{name}>")))
    assert "some words" in pages_of(published)["texts/a.html"].words


def test_texts_of_a_group_are_parts_of_it(tmp_path):
    group = "".join(
        f'<text xml:id="t{n}"><body><head>Letter {n}</head><p>{_WORDS}</p></body></text>'
        for n in (1, 2)
    )
    published = build(edition(tmp_path, 2, a=tei(f"<text><group>{group}</group></text>")))
    check_split(published)
    assert "Letter 2" in pages_of(published)["texts/a/t2.html"].words


def test_prefixed_tei_is_read_like_any_other(tmp_path):
    text = f"<text><body>{chapters(3)}</body></text>"
    prefixed = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1tei:", tei(text)).replace("xmlns=", "xmlns:tei=")
    one = build(edition(tmp_path / "a", 2, a=tei(text)))
    two = build(edition(tmp_path / "b", 2, a=prefixed))
    differing = [
        path
        for path, data in one.files.items()
        if two.files.get(path) != data and "/tei/" not in path
    ]
    assert [one for one in differing if not one.endswith("downloads/index.html")] == []


@needs(NOVEL)
@pytest.mark.parametrize("path", [PLAY, NOVEL], ids=lambda path: path.stem)
def test_real_texts_split_without_loss(tmp_path, path):
    data = path.read_text(encoding="utf-8")
    split = build(edition(tmp_path / "split", 50, a=data))
    whole = build(edition(tmp_path / "whole", 0, a=data))
    check_split(split)
    assert words_of(split) == words_of(whole)
    pages = [data for path, data in split.files.items() if path.startswith("site/texts/a")]
    assert max(map(len, pages)) < 250_000


def test_draft_shows_each_finding_where_it_stands(tmp_path):
    body = f'<text><body>{chapters(2)}<div><p n="x">{_WORDS}</p></div></body></text>'
    folder = edition(tmp_path, 2, a=tei(body))
    document = read_document(tei(body).encode(), "texts/a.xml")
    paragraph = next(one for one in document.elements("p") if one.get("n"))
    findings = (
        Finding(Place("texts/a.xml", 1), "ids:duplicate", "of the whole"),
        Finding(
            Place("texts/a.xml", 2),
            "ids:duplicate",
            "of one",
            ordinal=document.ordinal(paragraph),
        ),
    )
    pages = pages_of(build(folder, Report(findings), draft=True))
    assert "of the whole" in pages["texts/a.html"].words
    assert "of one" in pages["texts/a/3.html"].words
    assert "tk-finding-2" in pages["texts/a/3.html"].ids
    assert "of one" not in pages["texts/a/c1.html"].words + pages["texts/a.html"].words


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_old_address_of_a_place_leads_on_in_a_browser(tmp_path, browser, script):
    published = build(edition(tmp_path / "e", 2, a=tei(f"<text><body>{chapters(3)}</body></text>")))
    site = tmp_path / "site"
    for path, data in published.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto((site / "texts" / "a.html").as_uri() + "#p2")
    if not script:
        link = page.locator("#p2 a")
        assert link.is_visible()
        assert not page.locator("#p1").is_visible()
        link.click()
    page.wait_for_url("**/c2.html#p2")
    assert page.locator("#p2").is_visible()
    context.close()


def test_members_of_a_corpus_are_in_the_list_of_texts(tmp_path):
    members = "".join(
        tei(f"<text><body><p>{n}</p></body></text>", f"Letter {n}", "") for n in range(20)
    )
    corpus = f"<teiCorpus {_NS}>{header('Corpus')}{members}</teiCorpus>"
    published = build(edition(tmp_path, 100, a=corpus))
    check_split(published)
    page = pages_of(published)["texts.html"]
    assert "texts/a.html" in page.links and "texts/a/20.html" in page.links
    assert "Letter 19" in page.words


def test_contents_beside_a_part_of_very_many_show_those_around_it(tmp_path):
    published = build(edition(tmp_path, 1, a=tei(f"<text><body>{chapters(200)}</body></text>")))
    check_split(published)
    pages = pages_of(published)
    assert len([one for one in pages["texts/a.html"].links if one.startswith("a/c")]) >= 200
    assert {"c88.html", "c112.html", "../a.html"} <= set(pages["texts/a/c100.html"].links)
    assert "c1.html" not in pages["texts/a/c100.html"].links


def test_links_that_stylesheets_make_inside_a_page_lead_to_the_part_that_has_the_place(tmp_path):
    stand_off = (
        '<standOff><listAnnotation><note xml:id="n1" target="#p1"><p>on p1, see '
        '<ref target="#p2">two</ref></p></note></listAnnotation></standOff>'
    )
    end = f'<div xml:id="end"><p><ref target="#n1">the note</ref> {_WORDS}</p></div>'
    body = f"{stand_off}<text><body>{chapters(3)}{end}</body></text>"
    published = build(edition(tmp_path, 2, a=tei(body)))
    check_split(published)
    pages = pages_of(published)
    assert "c1.html#n1" in pages["texts/a/end.html"].links
    assert "c2.html#p2" in pages["texts/a/c1.html"].links


def test_back_matter_of_one_division_is_called_like_it():
    back = "<back><div><head>Notes</head><p>x</p></div></back>"
    found = parts_of(f"<text><body>{chapters(2)}</body>{back}</text>", 2000)
    assert found[-1] == ("3", ["Notes"])


@pytest.mark.slow
@needs(NOVEL)
@pytest.mark.parametrize("name", ["apparatus", "drama", "letters"])
def test_corpora_split_into_very_small_pages_hold_the_same(tmp_path, name):
    paths = sorted((SHARED / "corpora" / name).glob("*.xml"))[:12]
    texts = {path.stem.replace("-", "_"): path.read_text(encoding="utf-8") for path in paths}
    split = build(edition(tmp_path / "split", 2, **texts))
    whole = build(edition(tmp_path / "whole", 0, **texts))
    assert list(dead_links(split)) == []
    assert [one for one in split.findings if one.severity == "error"] == []
    for page in pages_of(split).values():
        assert len(page.ids) == len(set(page.ids))
    assert not Counter(words_of(whole)) - Counter(words_of(split))
    for path, data in whole.files.items():
        if path.startswith("text/"):
            assert split.files[path] == data


def test_contents_of_a_long_text_and_a_short_list_say_who_wrote_it_and_when(tmp_path):
    long = tei(f"<text><body>{chapters(4)}</body></text>", "Long")
    said = "<title>Long</title><author>Ann Lee</author>"
    when = '<profileDesc><creation><date when="1859"/></creation></profileDesc></teiHeader>'
    long = long.replace("<title>Long</title>", said).replace("</teiHeader>", when)
    files = build(edition(tmp_path, 2, long=long, short=tei("<text><p>x</p></text>"))).files
    contents = files["site/texts/long.html"].decode()
    assert '<p class="tk-by">Ann Lee · 1859</p>' in contents
    assert "<dd>Ann Lee · 1859 · " in files["site/index.html"].decode()
