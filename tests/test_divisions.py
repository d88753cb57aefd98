"""Divisions without an xml:id are in the contents, too, and can be linked to."""

import json
import re

import pytest

from shared_data import SHARED, needs
from sites import build, dead_links, pages_of

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text>{}</text></TEI>'


def published(folder, text: str, settings: str = ""):
    """Return the site of an edition of one text."""
    (folder / "texts").mkdir()
    (folder / "edition.toml").write_text(settings, encoding="utf-8")
    (folder / "texts" / "a.xml").write_text(text, encoding="utf-8")
    return build(folder)


def contents(page: str) -> list[tuple[str, str]]:
    """Return the links of the table of contents with their words."""
    inside = re.search(r'<nav class="tk-toc".*?</nav>', page, re.DOTALL)[0]
    found = re.findall(r'<a href="#([^"]*)">(.*?)</a>', inside, re.DOTALL)
    return [(anchor, re.sub(r"<[^>]*>", "", words).strip()) for anchor, words in found]


def test_each_heading_is_in_the_contents_and_leads_to_its_division(tmp_path):
    body = (
        "<front><div><head>Preface</head><p>p</p></div></front><body><div><p>none</p></div>"
        '<div xml:id="two"><head>Two</head><div><head>Inner</head><list><item>i</item></list></div>'
        '</div><div xml:id="tk-x"><head>Three</head><p>p</p></div></body>'
        "<back><div><head>After</head><p>p</p></div></back>"
    )
    site = published(tmp_path, TEI.format(body))
    page = site.files["site/texts/a.html"].decode()
    assert contents(page) == [
        ("tk-div-front.1", "Preface"), ("two", "Two"), ("tk-div-2.1", "Inner"),
        ("tk-div-3", "Three"), ("tk-div-back.1", "After"),
    ]  # fmt: skip
    assert re.search(r'id="tk-div-2.1"[^>]*>\s*<h\d class="head">Inner', page)
    assert list(dead_links(site)) == []


def test_a_text_of_headings_alone_has_contents_that_lead_somewhere(tmp_path):
    site = published(tmp_path, TEI.format("<body><div><head>A</head></div></body>"))
    assert list(dead_links(site)) == []


def test_parallel_divisions_are_found_where_they_were_moved_to(tmp_path):
    body = (
        '<body><div xml:lang="zh"><head>导言</head><p>p</p></div>'
        '<div xml:lang="en"><head>Introduction</head><p>p</p></div></body>'
    )
    settings = '[edition]\nintroduction = "texts/a.xml"\n'
    page = published(tmp_path, TEI.format(body), settings).files["site/texts/a.html"].decode()
    for anchor, words in contents(page):
        assert re.search(rf'id="{anchor}"[^>]*>\s*<h\d[^>]*>{words}', page), words


@needs(SHARED / "corpora")
def test_a_play_has_its_acts_in_the_contents(tmp_path):
    play = SHARED / "corpora" / "drama" / "vondel-faeton.xml"
    site = published(tmp_path, play.read_text("utf-8"), "[publish]\nsplit = 0\n")
    said = [words for _, words in contents(site.files["site/texts/a.html"].decode())]
    assert len(said) > 5 and any("BEDRYF" in one.upper() for one in said)
    assert list(dead_links(site)) == []
    ids = pages_of(site)["texts/a.html"].ids
    assert len(ids) == len(set(ids))


@needs(SHARED / "corpora")
@pytest.mark.parametrize("split", [0, 20])
def test_hits_and_mentions_in_a_play_lead_to_their_place(tmp_path, split):
    play = SHARED / "corpora" / "drama" / "vondel-faeton.xml"
    site = published(tmp_path, play.read_text("utf-8"), f"[publish]\nsplit = {split}\n")
    assert list(dead_links(site)) == []
    pages = pages_of(site)
    links = [
        attributes["href"]
        for name, page in pages.items()
        if name.startswith("registers/")
        for tag, attributes in page.tags
        if tag == "a" and "tk-id" in attributes.get("class", "")
    ]
    assert sum("#" in link for link in links) > 0.95 * len(links) > 100
    places = []
    for name, data in site.files.items():
        if re.match(r"site/search/t\d+\.js", name):
            rows = json.loads(re.search(r",(\[.*\])\)\n", data.decode("utf-8"), re.DOTALL)[1])
            places += [row[1] if len(row) > 1 else "" for row in rows]
    assert sum("#" in place for place in places) > 0.95 * len(places) > 100
    for place in places:
        page, _, anchor = place.partition("#")
        name = page or "texts/a.html"
        assert not anchor or anchor in pages[name].ids, place
