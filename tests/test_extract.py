"""What one file says, as records."""

from pathlib import Path

import pytest

from shared_data import CORPORA, PROJECT
from teikit.document import TEI, read_document
from teikit.edition.extract import extract, extract_job
from teikit.edition.records import Extracted
from teikit.safety.wire import pack, unpack

_STAND_OFF = f'<TEI xmlns="{TEI}"><standOff>{{}}</standOff></TEI>'


def register(body: str):
    extracted = extract_job(_STAND_OFF.format(body).encode(), "registers/r.xml")
    assert extracted.problem is None
    return extracted.register


def mentions(tei, body: str):
    return extract(tei(body)).text.mentions


def test_mention_has_its_words_place_context_and_anchor(tei):
    (mention,) = mentions(tei, '<p xml:id="p1">Ask <persName ref="#x">Anna</persName> now.</p>')
    assert (mention.surface, mention.before, mention.after) == ("Anna", "Ask ", " now.")
    assert (mention.line, mention.column) == (2, 20)
    assert (mention.anchor, mention.targets) == ("p1", ("texts/test.xml#x",))


def test_mention_with_an_id_is_its_own_anchor(tei):
    (mention,) = mentions(tei, '<p xml:id="p1"><s xml:id="s1"><name xml:id="n">A</name></s></p>')
    assert (mention.anchor, mention.passage) == ("n", "s1")


def test_space_beside_a_line_that_breaks_no_word_is_no_part_of_a_name(tei):
    (mention,) = mentions(tei, '<p><name ref="#x">本地\n  <lb break="no"/>区</name></p>')
    assert mention.surface == "本地区"


def test_an_ideographic_space_stays_one_in_labels_and_contexts(tei):
    record = extract(
        tei(
            '<div xml:id="d"><head>第一回\u3000甄士隱\n夢幻識通靈\u3000\n 賈雨村\u3000</head>'
            '<p>見\u3000\u3000<name ref="#x">本地\u3000區</name>\u3000也 了</p></div>'
        )
    ).text
    assert record.divisions[0].label == "第一回\u3000甄士隱 夢幻識通靈\u3000賈雨村"
    (mention,) = record.mentions
    assert (mention.surface, mention.before, mention.after) == (
        "本地\u3000區", "見\u3000", "\u3000也 了",
    )  # fmt: skip


def test_a_reading_beside_a_word_is_no_part_of_names_and_labels(tei):
    ruby = "<ruby><rb>{}</rb><rt>よみ</rt></ruby>"
    record = extract(
        tei(
            f'<div xml:id="d"><head>人{ruby.format("憚")}る</head>'
            f'<p>は<name ref="#x">東{ruby.format("京")}</name>{ruby.format("市")}へ</p></div>'
        )
    ).text
    assert record.divisions[0].label == "人憚る"
    (mention,) = record.mentions
    assert (mention.surface, mention.before, mention.after) == ("東京", "は", "市へ")


WEAK = '<pc force="weak">-</pc><lb n="2" break="no"/>'


def test_a_word_divided_at_the_end_of_a_line_is_one_word(tei):
    text = extract(
        tei(
            f'<div xml:id="d"><head>Ge{WEAK}theilt</head><p xml:id="p">Break{WEAK}fasted with '
            f'<name ref="#x">Schil{WEAK}ler</name> at Saint-<lb break="no"/>Just</p></div>'
        )
    ).text
    (mention,) = text.mentions
    assert (mention.before, mention.surface) == ("Breakfasted with ", "Schiller")
    assert mention.after == " at Saint-Just"
    assert [one.text for one in text.passages] == ["Breakfasted with Schiller at Saint-Just"]
    (division,) = text.divisions
    assert (division.label, division.incipit) == (
        "Getheilt", "Breakfasted with Schiller at Saint-Just"
    )  # fmt: skip


def test_nested_names_are_mentions_each(tei):
    found = mentions(
        tei, '<p><orgName ref="#c"><orgName ref="#o">UN</orgName> Council</orgName></p>'
    )
    assert [one.surface for one in found] == ["UN Council", "UN"]


def test_name_without_ref_is_a_mention_but_a_term_is_not(tei):
    found = mentions(tei, '<p><rs cert="low">they</rs> <term>word</term></p>')
    assert [(one.surface, one.targets, one.cert) for one in found] == [("they", (), "low")]


def test_context_ends_with_the_paragraph_and_is_cut_with_an_ellipsis(tei):
    (mention,) = mentions(tei, f"<p>before</p><p>{'x' * 40}<name>N</name>{'y' * 21}</p>")
    assert mention.before == "…" + "x" * 20
    assert mention.after == "y" * 21


@pytest.mark.parametrize(
    ("before", "context"),
    [
        ("关于上海合作组织成员国元首理事会2012年6月6日至7日在北京", "…2012年6月6日至7日在北京"),
        ("It was said of all the unfortunate people that they knew ", "…that they knew "),
    ],
)
def test_context_cuts_no_word_and_no_number(tei, before, context):
    (mention,) = mentions(tei, f"<p>{before}<name>N</name></p>")
    assert mention.before.endswith(context[1:]) and len(mention.before) <= 21


def test_words_of_notes_and_of_corrections_are_not_those_of_a_name(tei):
    (mention,) = mentions(
        tei,
        "<p><name>Be<note>sic</note><choice><sic>rln</sic><corr>rlin</corr></choice></name></p>",
    )
    assert mention.surface == "Berln"


def test_statements_count_from_one_within_their_sentence(tei):
    text = extract(
        tei(
            '<p><s xml:id="a"><seg type="statement" ana="#x">One,</seg>'
            '<seg type="statement" ana="#y #z">two.</seg></s></p>'
        )
    ).text
    assert [(one.anchor, one.number, one.surface) for one in text.statements] == [
        ("a", 1, "One,"),
        ("a", 2, "two."),
    ]
    assert text.statements[1].analyses == ("texts/test.xml#y", "texts/test.xml#z")


def test_divisions_have_depth_heading_and_incipit(tei):
    text = extract(
        tei(
            '<div xml:id="a"><head>I</head><div xml:id="b" n="1">'
            "<p>Every word of this paragraph is here for its beginning alone</p>"
            "</div></div>"
        )
    ).text
    first, second = text.divisions
    assert (first.label, first.depth, first.is_numbered) == ("I", 1, True)
    assert (second.depth, second.n) == (2, "1")
    assert second.incipit == "Every word of this paragraph is here for…"


@pytest.mark.parametrize(
    ("heading", "is_numbered"),
    [
        ("一", True),
        ("十二", True),
        ("3.1", True),
        ("", True),
        ("缘起", False),
        ("Civil war", False),
    ],
)
def test_heading_that_is_a_number_is_known(tei, heading, is_numbered):
    (division,) = extract(tei(f'<div xml:id="a"><head>{heading}</head></div>')).text.divisions
    assert division.is_numbered == is_numbered


def test_entities_of_all_kinds_are_found():
    found = register(
        '<listPerson><person xml:id="a"><persName>A</persName></person></listPerson>'
        '<listOrg><org xml:id="b"><orgName>B</orgName></org></listOrg>'
        '<listPlace><place xml:id="c"><placeName>C</placeName></place></listPlace>'
        '<listEvent><event xml:id="d" when="1900"><eventName>D</eventName></event></listEvent>'
        '<listBibl><bibl xml:id="e"><title>E</title><author>X</author></bibl></listBibl>'
        '<list type="concept"><item xml:id="f"><term>F</term><gloss>f.</gloss></item></list>'
        '<interpGrp type="act"><interp xml:id="g"><desc><term>G</term>: g.</desc></interp>'
        "</interpGrp>"
    )
    assert [(one.id, one.kind, one.names[0].text) for one in found.entities] == [
        ("a", "person", "A"),
        ("b", "org", "B"),
        ("c", "place", "C"),
        ("d", "event", "D"),
        ("e", "work", "E"),
        ("f", "concept", "F"),
        ("g", "interp", "G"),
    ]
    assert found.entities[3].dates[0].when == "1900"
    assert (found.entities[4].facts[0].type, found.entities[4].facts[0].text) == ("author", "X")
    assert found.entities[6].descs[0].text == "g."
    assert found.entities[6].group == "act"


def test_plain_lists_hold_no_entities():
    assert register('<list><item xml:id="a">A</item></list>') is None


def test_place_in_a_place_is_part_of_it():
    found = register(
        '<listPlace><place xml:id="a"><placeName>A</placeName>'
        '<place xml:id="b"><placeName>B</placeName></place></place></listPlace>'
    )
    (relation,) = found.relations
    assert (relation.name, relation.active, relation.passive) == (
        "part-of",
        ("registers/r.xml#b",),
        ("registers/r.xml#a",),
    )
    assert [one.names[0].text for one in found.entities] == ["A", "B"]


def test_relation_has_its_dates_sources_and_words_by_language():
    found = register(
        '<listRelation><relation name="member" active="#a" passive="x.xml#b" '
        'from="2001" source="../texts/t.xml#s1"><desc><gloss xml:lang="en">E</gloss>'
        '<gloss xml:lang="zh">中</gloss><ref target="https://a.b/">a.b</ref></desc>'
        "</relation></listRelation>"
    )
    (relation,) = found.relations
    assert (relation.active, relation.passive) == (("registers/r.xml#a",), ("registers/x.xml#b",))
    assert (relation.dates.start, relation.sources) == ("2001", ("texts/t.xml#s1",))
    assert [(one.text, one.lang) for one in relation.descs] == [
        ("E", "en"),
        ("中", "zh"),
        ("a.b", ""),
    ]
    assert relation.descs[2].links == (("a.b", "https://a.b/"),)


def test_unreadable_file_is_a_finding():
    extracted = extract_job(b"<TEI>", "texts/x.xml")
    assert extracted.problem.rule == "xml:not-well-formed"
    assert extracted.text is None


def test_text_without_header_has_an_empty_one(tei):
    assert extract(tei("<p>A</p>")).header.titles == ()


def test_header_of_the_small_edition():
    path = PROJECT / "tests" / "edition" / "texts" / "first.xml"
    header = extract_job(path.read_bytes(), "texts/first.xml").header
    assert (header.edition, header.date) == ("1.0", "2024-02-29")
    assert [(one.scope, one.words[0].text) for one in header.licences] == [
        ("edition", "CC0."),
        ("text", "No known copyright."),
    ]
    assert header.identifiers[0].value == "10.1234/wells"
    assert [(one.text, one.type) for one in header.editors] == [("N. N.", "edited by")]


def test_each_mention_of_the_declaration_is_in_a_passage_with_its_words():
    path = PROJECT / "tei" / "texts" / "declaration.xml"
    text = extract_job(path.read_bytes(), "texts/declaration.xml").text
    passages = {one.id: one.text for one in text.passages}
    mentions = [one for one in text.mentions if one.where != "file"]  # that has no passages
    assert len(mentions) > 200
    for mention in mentions:
        assert mention.surface in passages[mention.passage]
        assert mention.targets or mention.cert


def test_statements_of_the_declaration_are_all_its_sentences():
    path = PROJECT / "tei" / "texts" / "declaration.xml"
    text = extract_job(path.read_bytes(), "texts/declaration.xml").text
    said: dict[str, str] = {}
    for one in text.statements:
        said[one.anchor] = said.get(one.anchor, "") + one.surface
    assert said == {one.id: one.text for one in text.passages if one.id in said}
    assert len(said) == text.sentences


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.name)
def test_real_texts_are_extracted_and_pass_between_processes(path: Path):
    extracted = extract_job(path.read_bytes(), f"texts/{path.name}")
    message = unpack(pack(extracted))
    assert message.as_kind(Extracted, message.plain) == extracted


def test_what_a_header_still_has_to_say_is_nobody_and_no_licence():
    gap = '<?teikit fill="who"?>'
    header = extract(
        read_document(
            f'<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>{gap}</title>'
            f"<author>{gap}</author><respStmt><resp>encoding</resp><name>{gap}</name></respStmt>"
            f"</titleStmt><publicationStmt><publisher>{gap}</publisher><availability><licence>{gap}"
            "</licence></availability></publicationStmt></fileDesc></teiHeader><text><body><p/>"
            "</body></text></TEI>".encode(),
            "a.xml",
        )
    ).header
    assert (header.titles, header.authors, header.editors, header.licences) == ((), (), (), ())
