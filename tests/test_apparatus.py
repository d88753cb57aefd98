"""Notes and entries of an apparatus: each is called, leads back, and says what it is about."""

from pathlib import Path

import pytest
from lxml import etree

from shared_data import PROJECT, real_files
from sites import build, pages_of
from teikit.document import TEI, read_document
from teikit.sigla import Witness, read_witness
from teikit.transform.apparatus import check_apparatus
from teikit.transform.reading_words import read_words, shorten, words_between
from teikit.transform.render import render_html
from teikit.transform.rendering import RenderSettings

CASES = sorted((PROJECT / "tests" / "cases").glob("*/input.xml"))
FILES = [*CASES, *real_files("apparatus"), *real_files("inscriptions")[::25]]
FILES += real_files("letters")[::12]


def page_of(path: Path) -> etree._Element:
    document = read_document(path.read_bytes(), f"texts/{path.name}")
    return etree.fromstring(f"<div>{render_html(document).content}</div>")


def with_class(page: etree._Element, name: str) -> list[etree._Element]:
    return page.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_call_leads_to_its_note_and_every_note_back_to_its_call(path):
    page = page_of(path)
    ids = {one.get("id"): one for one in page.iter() if one.get("id")}
    calls = page.xpath("//a[@role='doc-noteref']")
    for call in calls:
        note = ids[call.get("href").removeprefix("#")]
        (back,) = note.xpath("(.//a[@role='doc-backlink'])[last()]")
        assert back.get("href") in {f"#{one.get('id')}" for one in calls}
        assert back.get("aria-label")
    led_to = {call.get("href") for call in calls}
    entries = page.xpath("//section[@role='doc-endnotes']/ol/li")
    assert {f"#{one.get('id')}" for one in entries} <= led_to
    assert all(call.text for call in calls)  # the call is a word, so that it can be heard


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_siglum_is_said_in_words_and_leads_to_its_witness(path):
    document = read_document(path.read_bytes(), f"texts/{path.name}")
    page = page_of(path)
    ids = {one.get("id") for one in page.iter()}
    said = [
        one for holder in with_class(page, "tk-wit") for one in " ".join(holder.itertext()).split()
    ]
    cited = [
        token
        for element in document.root.iter(f"{{{TEI}}}lem", f"{{{TEI}}}rdg", f"{{{TEI}}}witDetail")
        if next(element.iterancestors(f"{{{TEI}}}text", f"{{{TEI}}}standOff"), None) is not None
        for token in element.get("wit", "").split()
    ]
    assert len(said) == len(cited)
    for link in page.xpath("//span[@class='tk-wit']/a"):
        assert link.get("href").removeprefix("#") in ids


def test_the_entry_repeats_the_words_that_stand_in_the_text():
    page = page_of(PROJECT / "starter" / "texts" / "poem.xml")
    entries = page.xpath("//section[@id='tk-apparatus']/ol/li")
    assert len(entries) == 5
    for entry in entries:
        call = page.xpath(f"//a[@href='#{entry.get('id')}']")[0]
        words = "".join(call.getparent().itertext()).removesuffix(call.text)
        assert " ".join(words.split()) in entry.xpath(
            "string(.//span[contains(@class, 'tk-lemma')])"
        )


def test_a_located_entry_is_reported_with_its_place_and_only_once(tei):
    document = tei(
        '<l n="1">a<app from="#x"><rdg>b</rdg></app></l>\n<p><app loc="1"><rdg/></app></p>'
    )
    (finding,) = check_apparatus(document)
    assert (finding.rule, finding.severity) == ("transform:located-apparatus", "info")
    assert finding.place.line == document.place(next(document.elements("app"))).line
    assert "2 entries" in finding.message and "1 lead to no place" in finding.message
    assert list(check_apparatus(tei("<p><app><lem>a</lem></app></p>"))) == []


def test_a_long_lemma_is_its_beginning_and_its_end():
    assert shorten("three short words") == "three short words"
    long = "one two three four five six seven eight nine ten eleven twelve thirteen"
    assert shorten(long) == "one two three four five … eleven twelve thirteen"
    assert shorten("一" * 30 + "二" * 40) == "一" * 25 + " … " + "二" * 25


def test_the_words_of_a_lemma_are_those_that_are_read(tei):
    document = tei(
        '<p xml:id="p">a <choice><sic>teh</sic><corr>the</corr></choice><note>no</note>'
        "<del>gone</del> <app><lem>word</lem><rdg>world</rdg></app><lb/>end</p>"
    )
    assert read_words(next(document.elements("p"))) == "a the word end"


def test_words_between_two_points_are_found_across_elements_and_not_backwards(tei):
    document = tei(
        '<lg><l>no <anchor n="1"/>from <hi>the</hi> first</l>\n'
        '<l>to <hi>a<anchor n="2"/>x</hi></l></lg>'
    )
    start, end = document.elements("anchor")
    assert words_between(start, end) == "from the first to a"
    assert words_between(end, start) == ""


def test_a_witness_is_called_by_the_siglum_of_the_texts_language():
    element = etree.fromstring(
        f'<witness xmlns="{TEI}"><abbr type="siglum" xml:lang="ar">ك</abbr>='
        '<abbr type="siglum" xml:lang="de">K</abbr>= Köprülü</witness>'
    )
    witness = read_witness(element, "a.xml#K")
    assert (witness.siglum("de-AT"), witness.siglum("ar"), witness.siglum("en")) == ("K", "ك", "ك")
    assert witness.words == "K= Köprülü"
    assert Witness("a.xml#S", (("", "S"),)).siglum("ar") == "S"


def test_witnesses_of_another_file_are_spelt_out_on_the_page_that_cites_them(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "registers").mkdir()
    (tmp_path / "edition.toml").write_text("")
    whole = (
        f'<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>t</title></titleStmt>{{}}</TEI>'
    )
    (tmp_path / "texts" / "a.xml").write_text(
        whole.format(
            "</fileDesc></teiHeader><text><body><p><app><lem>a</lem>"
            '<rdg wit="../registers/w.xml#X ../registers/w.xml#none">b</rdg></app></p>'
            "</body></text>"
        )
    )
    (tmp_path / "registers" / "w.xml").write_text(
        whole.format(
            '<sourceDesc><listWit><witness xml:id="X">Oxford, Bodley 1</witness>'
            '<witness xml:id="Y">unused</witness></listWit></sourceDesc></fileDesc></teiHeader>'
        )
    )
    published = build(tmp_path, draft=True)
    page = published.files["site/texts/a.html"].decode()
    assert '<span class="tk-wit"><a href="#tk-wit-1">X</a> none</span>' in page
    assert '<li id="tk-wit-1"><b>X</b> <span>Oxford, Bodley 1</span></li>' in page
    assert "unused" not in page


def test_an_attack_by_many_sigla_or_deep_groups_ends(tei):
    deep = "<rdgGrp>" * 120 + "<rdg>a</rdg>" + "</rdgGrp>" * 120
    document = tei(
        f'<p><app><lem wit="{"#a " * 50_000}">a</lem>{deep}</app></p>'
        + '<p><app from="#none"/></p>' * 500
    )
    page = render_html(document).content
    assert page.count('role="doc-noteref"') == 501


def test_pages_of_the_test_edition_link_to_help(tmp_path):
    pages = pages_of(build(PROJECT / "tests" / "edition"))
    for path, page in pages.items():
        assert any(link.endswith("help.html") for link in page.links), path


def test_our_words_say_their_language_and_begin_where_the_text_does():
    document = read_document(
        f'<TEI xmlns="{TEI}"><text xml:lang="ar"><body><p>قال <app><lem>كلمي</lem><rdg/></app>'
        "</p></body></text></TEI>".encode(),
        "texts/a.xml",
    )
    strings = {"xslt.omitted": "left out", "xslt.apparatus": "Apparatus", "language.tag": "en"}
    page = render_html(document, RenderSettings("en", strings)).content
    assert '<h2 class="tk-label" lang="en">Apparatus</h2>' in page
    assert '<span class="tk-label" lang="en" dir="ltr">left out</span>' in page


def test_a_split_text_has_the_entries_of_each_part_on_its_page(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "edition.toml").write_text("[publish]\nsplit = 1\n")
    divisions = "".join(
        f'<div xml:id="d{number}"><head>Part {number}</head><p>{"many words " * 80}<app>'
        f'<lem>one {number}</lem><rdg wit="#A">other {number}</rdg></app></p></div>'
        for number in (1, 2)
    )
    (tmp_path / "texts" / "a.xml").write_text(
        f'<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>t</title></titleStmt>'
        '<sourceDesc><listWit><witness xml:id="A">Oxford</witness></listWit></sourceDesc>'
        "</fileDesc></teiHeader>"
        f"<text><body>{divisions}</body></text></TEI>"
    )
    files = build(tmp_path, draft=True).files
    first, second = (files[f"site/texts/a/d{number}.html"].decode() for number in (1, 2))
    assert "other 1" in first and "other 2" not in first and 'id="tk-apparatus"' in first
    assert "other 2" in second and 'id="tk-note-b" value="2"' in second
    assert '<a href="#tk-wit-1">A</a>' in first and "Oxford" in first
    assert '<a href="#tk-wit-1">A</a>' in second and "Oxford" in second


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_entries_are_called_in_the_order_of_their_letters(path):
    page = page_of(path)
    for list_ in page.xpath("//section[contains(@class, 'tk-notes')]"):
        for one in list_.xpath(".//*[contains(@class, 'rdg')]//a[@role='doc-noteref']"):
            one.getparent().remove(one)  # a call inside a reading of the list
    calls = [one.text for one in page.xpath("//a[@role='doc-noteref']") if one.text.isalpha()]
    assert calls == sorted(calls, key=lambda one: (len(one), one))


NESTED = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>
<title>T</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>
</fileDesc></teiHeader><text><body><p>{}</p></body></text></TEI>"""


def test_readings_that_an_emendation_replaces_are_called_behind_it_and_say_what_it_is(tmp_path):
    side = "<sic><app><lem/><rdg>wone</rdg></app></sic>"
    published = _publish(tmp_path, f"a <choice>{side}<corr>one</corr></choice> b")
    page = published.files["site/texts/a.html"].decode()
    assert 'one</span></span><a class="tk-noteref"' in page
    assert '<span class="tk-label tk-lemma">one</span><span class="tk-label tk-lemma">]' in page


def test_an_entry_inside_another_reading_is_called_from_the_list_and_lost_nowhere(tmp_path):
    inner = "<app><lem>x</lem><rdg>y</rdg></app>"
    outer = f"<app><lem>so</lem><rdg>such {inner} z</rdg></app>"
    page = _publish(tmp_path, f"a {outer} b").files["site/texts/a.html"].decode()
    assert page.index('href="#tk-note-a"') < page.index('href="#tk-note-b"')


def test_certainty_of_a_witness_and_kinds_of_relations_are_said_in_the_entry(tmp_path):
    certainty = '<certainty target="1" locus="value" degree="0.9"/>'
    relation = '<relation active="1" passive="2" ana="#RatingC" notBefore="800"/>'
    notes = f'<note><listRelation type="intrinsic">{relation}</listRelation></note>'
    words = f"<app><lem>a</lem><rdg>b</rdg><witDetail>{certainty}</witDetail>{notes}</app>"
    page = _publish(tmp_path, words).files["site/texts/a.html"].decode()
    entry = page[page.index('<li id="tk-note-a"') :].partition("</ol>")[0]
    assert ">Doubt: the value (1); degree of certainty: 0.9</span>" in entry
    assert '<p class="tk-label">intrinsic</p>' in entry and ">RatingC: 1 → 2 (800–)<" in entry
    assert "tk-note-1" not in page


def _publish(folder: Path, words: str):
    (folder / "texts").mkdir()
    (folder / "edition.toml").write_text("", encoding="utf-8")
    (folder / "texts" / "a.xml").write_text(NESTED.format(words), encoding="utf-8")
    published = build(folder)
    assert not [one for one in published.findings if one.rule.startswith("publish:")]
    return published
