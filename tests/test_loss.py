"""What a page lacks of its text, has too often, or has elsewhere."""

import random
from pathlib import Path

import pytest

from loss_mutations import mutants
from shared_data import PROJECT, SHARED, real_files
from teikit.document import read_document
from teikit.publish.carried import Carried
from teikit.publish.loss import count_page, find_lost_words
from teikit.publish.pieces import PieceSettings
from teikit.publish.work import for_readers
from teikit.transform.render import RenderSettings, render_html

DECLARATION = PROJECT / "tei" / "texts" / "declaration.xml"
FRAME = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{}</body></text>{}</TEI>'


def read(body: str, stand_off: str = ""):
    return read_document(FRAME.format(body, stand_off).encode(), "texts/a.xml")


def told(document, content: str, **more) -> list[tuple[str, str]]:
    """Return the kind and rule of each loss."""
    losses = count_page(document, [content], **more).losses
    return [(one.kind, one.finding.rule.removeprefix("publish:")) for one in losses]


def rows(document, content: str, **more) -> dict[str, Carried]:
    return {one.what: one for one in count_page(document, [content], **more).rows}


def test_a_word_that_is_lost_in_one_place_and_doubled_in_another_is_told_at_its_place():
    document = read("<p>one <hi>two</hi> three</p>\n<p>four <hi>two</hi> five</p>")
    (moved,) = find_lost_words(document, "<p>one three</p><p>four <i>two</i><i>two</i> five</p>")
    assert (moved.rule, moved.place.line) == ("publish:moved-text", 1)
    assert moved.message == "these words stand elsewhere on the page than in the text: two"


def test_one_character_that_is_lost_inside_a_word_is_told_by_itself():
    (lost,) = find_lost_words(
        read("<p>A long paragraph of words.</p>"), "<p>A long pragraph of words.</p>"
    )
    assert lost.message == "1 character of the text is not on the page: a"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("<p>one two three</p><p>four</p>", ""),
        ("<p>two one three</p><p>four</p>", "lost-text"),
        ("<p><i>two</i>one three</p><p>four</p>", "moved-text"),
        ("<p>one  three</p><p>four<i>two</i></p>", "moved-text"),
        ("<p>four</p><p>one <i>two</i> three</p>", ""),
        ("<p>one <i>two</i> three</p><p>four four</p>", "doubled-text"),
        ("<p>one <i>two</i> three <b class='tk-label'>four</b></p><p>four</p>", ""),
        ("<p>one <i>two</i> three <b class='label'>four</b></p><p>four</p>", "doubled-text"),
    ],
)
def test_words_keep_their_order_within_a_paragraph(content, rule):
    document = read("<p>one <hi>two</hi> three</p><p>four</p>")
    assert {name for _, name in told(document, content)} >= ({rule} if rule else set())
    assert bool(told(document, content)) == bool(rule)


def test_an_annotation_in_standoff_does_not_stand_in_for_a_word_of_the_text():
    note = '<standOff><note target="#p"><p>two</p></note></standOff>'
    document = read('<p xml:id="p">one <hi>two</hi></p>', note)
    whole = (
        '<p id="p">one <i>two</i><a class="tk-noteref" href="#n">1</a></p>'
        '<ol><li id="n"><div class="note">two</div></li></ol>'
    )
    assert told(document, whole) == []
    assert rows(document, whole)["annotations"] == Carried("annotations", 3, 3)
    assert told(document, whole.replace("<i>two</i>", "")) == [("text", "lost-text")]
    assert told(document, whole.replace(">two</div>", "></div>")) == [("annotations", "lost-text")]


def test_entries_of_registers_in_standoff_have_pages_of_their_own():
    people = (
        "<standOff><listPerson><person><persName>Anna</persName></person></listPerson></standOff>"
    )
    assert told(read("<p>one</p>", people), "<p>one</p>") == []


def test_a_note_in_another_language_is_left_to_the_page_in_that_language():
    notes = (
        '<standOff><note type="explanation" target="#p" xml:lang="en">well</note>'
        '<note type="explanation" target="#p" xml:lang="zh-Hans">井</note></standOff>'
    )
    document = read('<p xml:id="p">one</p>', notes)
    page = '<p id="p">one<a class="tk-noteref" href="#n">1</a></p><div id="n">{}</div>'
    assert told(document, page.format("well"), language="en") == []
    assert told(document, page.format("井"), language="zh") == []
    assert told(document, page.format("well"), language="zh") != []
    # there is no French one, so that nobody has it who reads French: both are wanted
    assert told(document, page.format("well"), language="fr") == [("annotations", "lost-text")]


def test_ids_links_dates_and_notes_are_counted():
    document = read(
        '<p xml:id="p">On <date when="2001-06-15">that day</date> <persName ref="people.xml#anna">'
        'Anna</persName> saw <ref target="#nowhere">that</ref>.<note>So they say.</note></p>'
        "<p>Later.</p>"
    )
    links = {"texts/people.xml#anna": "../registers/people/anna.html"}
    content = (
        '<p id="p">On <time datetime="2001-06-15">that day</time> '
        '<a href="../registers/people/anna.html">Anna</a> saw that.'
        '<a class="tk-noteref" href="#n"></a></p><p>Later.</p><li id="n">So they say.</li>'
    )
    found = rows(document, content, links=links)
    for kind in ("ids", "dates", "entities", "notes"):
        assert found[kind] == Carried(kind, 1, 1)
    assert found["unresolved"].of == 1
    for wrong, kind in (
        (content.replace(' id="p"', ""), "ids"),
        (content.replace(' datetime="2001-06-15"', ""), "dates"),
        (content.replace("anna.html", "anne.html"), "entities"),
        (content.replace('href="#n"', 'href="#m"'), "notes"),
    ):
        assert [one for one, _ in told(document, wrong, links=links)] == [kind]


def test_a_note_whose_mark_stands_at_another_place_is_told():
    document = read("<p>one<note>a note</note> two</p><p>three</p>")
    call = '<a class="tk-noteref" href="#n"></a>'
    page = '<p>one{} two</p><p>three{}</p><ol><li id="n">a note</li></ol>'
    assert told(document, page.format(call, "")) == []
    assert told(document, page.format("", call)) == [("notes", "lost-note")]
    assert told(document, "<p>one<i>a note</i> two</p><p>three</p>") == []


def test_the_number_of_elements_without_a_template_is_part_of_the_account():
    document = read("<p>one <unheardOf>two</unheardOf></p>")
    rendered = render_html(document)
    assert [name for name, _ in rendered.unknown] == ["unheardOf"]
    found = count_page(document, [rendered.content], unknown=len(rendered.unknown)).rows
    assert Carried("elements", 3, 4) in found


def test_many_alike_are_compared_in_time():
    words = "<hi>a</hi>" * 20_000
    document = read(f"<p>{words}</p>")
    page = "<p>" + "<i>a</i>" * 19_999 + "</p>"
    (lost,) = find_lost_words(document, page)
    assert "1 character" in lost.message


@pytest.mark.parametrize("path", real_files("inscriptions", "letters", "apparatus")[::9], ids=str)
def test_real_texts_lose_neither_words_nor_notes_nor_ids(path: Path):
    document = read_document(path.read_bytes(), path.name)
    counted = count_page(document, [render_html(document).content])
    assert [one for one in counted.losses if one.kind not in ("links", "entities")] == []


MUTATED = [
    SHARED / "corpora" / name
    for name in ("letters/L00001.xml", "letters/L02443.xml", "apparatus/ubs_ephesians.xml")
]


@pytest.mark.parametrize("path", [DECLARATION, *MUTATED], ids=lambda path: path.stem)
def test_whatever_is_dropped_doubled_moved_or_unlinked_is_told(path: Path):
    if not path.is_file():
        pytest.skip("the folder ../shared with other people's texts is not here")
    document = read_document(path.read_bytes(), path.name)
    content = render_html(
        for_readers(document, PieceSettings("en", {}, {}, {})), RenderSettings()
    ).content
    known = {one.finding for one in count_page(document, [content], "en").losses}
    seed = random.Random(2012).randrange(10_000)
    missed = [
        name
        for name, html in mutants(content, frozenset(document.ids), seed, 4)
        if {one.finding for one in count_page(document, [html], "en").losses} <= known
    ]
    assert missed == []


def test_many_notes_and_links_at_one_place_are_counted_in_time():
    notes = "<note>a note</note>" * 5_000
    links = '<ref target="#p">there</ref>' * 5_000
    document = read(f'<p xml:id="p">one{notes}{links} two</p>')
    content = render_html(document).content
    assert told(document, content) == []


def test_notes_and_readings_of_the_same_words_stand_for_each_other_in_order():
    entries = "".join(f"<app><lem>w{n}</lem><rdg>v</rdg></app> " for n in range(9))
    notes = "".join(f"word{n}<note>see <hi>above</hi></note> " for n in range(9))
    document = read(f"<p>{entries}</p><p>{notes}</p>")
    assert told(document, render_html(document).content) == []
