"""Registers wherever they stand, what mentions their entries, and how a site shows them."""

import csv
import io
import json
import re

from sites import build
from teikit.edition.extract import extract_job
from teikit.edition.model import Edition, build_edition

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>'
    "<title>{title}</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc>"
    "{source}<p/></sourceDesc></fileDesc>{header}</teiHeader>{rest}</TEI>"
)


def tei(text: str = "", *, header: str = "", apart: str = "", source: str = "") -> str:
    rest = (f"<text><body>{text}</body></text>" if text else "") + apart
    return TEI.format(title="T", header=header, rest=rest, source=source)


def edition(*, shared: tuple[str, ...] = (), **files: str) -> Edition:
    """Return the edition of texts/NAME.xml, and registers/NAME.xml where NAME begins with r_."""
    paths = {
        f"registers/{name[2:]}.xml" if name.startswith("r_") else f"texts/{name}.xml": text
        for name, text in files.items()
    }
    return build_edition((extract_job(text.encode(), path) for path, text in paths.items()), shared)


def written(folder, **files: str):
    for path, text in files.items():
        file = folder / path.replace("__", "/")
        file = file.with_suffix(".xml")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "edition.toml").write_text('[edition]\ntitle = "E"\n', encoding="utf-8")
    return folder


PERSON = '<person xml:id="{0}"><persName>{0}</persName></person>'
ANNA = f"<listPerson>{PERSON.format('anna')}</listPerson>"


def surfaces(found: Edition, uri: str) -> list[tuple[str, str]]:
    return [(one.surface, one.where) for one in found.mentions.get(uri, ())]


def test_registers_are_found_in_header_back_and_body():
    found = edition(
        a=tei("<p>x</p>", header=f"<profileDesc><particDesc>{ANNA}</particDesc></profileDesc>"),
        b=tei("<p>x</p>").replace("</body>", f"</body><back>{ANNA}</back>"),
        r_c=tei(ANNA),
    )
    assert list(found.entities) == [
        "texts/a.xml#anna",
        "texts/b.xml#anna",
        "registers/c.xml#anna",
    ]
    assert [one.path for one in found.texts] == ["texts/a.xml", "texts/b.xml"]


def test_roles_witnesses_and_items_are_entities_where_something_points_to_them():
    text = (
        '<castList><castItem><role xml:id="ham">Hamlet</role></castItem>'
        '<castItem><role xml:id="mute">A mute</role></castItem></castList>'
        '<sp who="#ham"><speaker>Ham.</speaker><p>Words, words, words.</p></sp>'
        '<p><app><lem>a</lem><rdg wit="#A">b</rdg></app></p>'
    )
    found = edition(
        a=tei(
            text,
            source='<listWit><witness xml:id="A">Print</witness><witness xml:id="B"/></listWit>',
        )
    )
    assert {one.id: one.kind for one in found.entities.values()} == {
        "ham": "person",
        "A": "witness",
    }
    (speech,) = found.mentions["texts/a.xml#ham"]
    assert (speech.surface, speech.where, speech.after) == (
        "Ham.",
        "speech",
        " Words, words, words.",
    )
    assert surfaces(found, "texts/a.xml#A") == [("b", "apparatus")]


def test_a_sender_an_author_and_a_name_in_a_note_are_mentions():
    header = (
        '<profileDesc><correspDesc><correspAction type="sent">'
        '<persName ref="../registers/r.xml#anna">Anna</persName>'
        "</correspAction></correspDesc></profileDesc>"
    )
    text = '<p>x<note>by <name key="anna">A.</name> once</note></p>'
    found = edition(a=tei(text, header=header), r_r=tei(ANNA))
    sent, noted = found.mentions["registers/r.xml#anna"]
    assert (sent.role, sent.where, sent.surface) == ("sent", "header", "Anna")
    assert (noted.before, noted.surface, noted.after) == ("by ", "A.", " once")


def test_a_key_of_two_entries_is_of_none_but_one_of_the_same_file_goes_before():
    here = '<p><name key="anna">A</name></p>'
    two = {"r_one": tei(ANNA), "r_two": tei(ANNA)}
    found = edition(a=tei(here), **two)
    assert not any(found.mentions.get(uri) for uri in found.entities if uri.startswith("reg"))
    found = edition(a=tei(here, apart=f"<standOff>{ANNA}</standOff>"), **two)
    assert surfaces(found, "texts/a.xml#anna") == [("A", "")]


def test_addresses_of_one_record_lead_to_its_entry():
    person = '<person xml:id="q"><persName>Q</persName><idno type="wikidata">Q42</idno></person>'
    text = "".join(
        f'<p><name ref="{one}">n</name></p>'
        for one in (
            "https://www.wikidata.org/wiki/Q42",
            "http://www.wikidata.org/entity/Q42",
            "https://www.wikidata.org/wiki/Q43",
        )
    )
    found = edition(a=tei(text), r_r=tei(f"<listPerson>{person}</listPerson>"))
    assert len(found.mentions["registers/r.xml#q"]) == 2
    (made,) = (one for one in found.entities.values() if one.is_made)
    assert made.uri == "https://www.wikidata.org/wiki/Q43"


def test_entries_are_one_by_same_as_and_by_the_setting_only():
    one = tei('<p><name ref="#anna">1</name></p>', apart=f"<standOff>{ANNA}</standOff>")
    two = tei('<p><name ref="#anna">2</name></p>', apart=f"<standOff>{ANNA}</standOff>")
    assert edition(a=one, b=two).same == {}
    found = edition(a=one, b=two, shared=("texts/*",))
    assert found.same == {"texts/b.xml#anna": "texts/a.xml#anna"}
    assert [said for said, _ in surfaces(found, "texts/a.xml#anna")] == ["1", "2"]
    same = two.replace('xml:id="anna"', 'xml:id="anna" sameAs="a.xml#anna"')
    assert edition(a=one, b=same).same == {"texts/b.xml#anna": "texts/a.xml#anna"}


def test_an_entry_without_an_id_is_listed_and_one_inside_another_belongs_to_it(tmp_path):
    register = tei(
        "<listOrg><org xml:id='o'><orgName>O</orgName><listPerson><person><persName>P</persName>"
        "</person></listPerson></org><org><orgName>Nameless</orgName></org></listOrg>"
    )
    published = build(written(tmp_path, texts__a=tei("<p>x</p>"), registers__r=register))
    page = published.files["site/registers/r.html"].decode()
    assert '<th scope="row">Nameless</th>' in page
    assert page.count('<th scope="row">') == 2
    assert "<dd>P</dd>" in published.files["site/registers/r/o.html"].decode()


def test_names_without_a_register_are_grouped_by_their_pointers_alone(tmp_path):
    text = (
        '<p><persName key="k">Ann</persName>, <persName key="k">Anna</persName> and '
        '<persName key="l">Ann</persName>, <persName>Ann</persName></p>'
    )
    published = build(written(tmp_path, texts__a=tei(text)))
    page = published.files["site/registers/tk-names/person.html"].decode()
    assert page.count('<th scope="row">') == 2
    assert "Made from the texts" in page


def test_long_registers_are_split_and_sorted_and_lead_to_each_letter(tmp_path):
    people = "".join(
        f'<person xml:id="p{n}"><persName><forename>F</forename><surname>{"ZYXWÄ"[n % 5]}{n:05}'
        "</surname></persName></person>"
        for n in range(6000)
    )
    named = "".join(f'<name ref="../registers/r.xml#p{n}">n</name> ' for n in range(0, 6000, 2))
    published = build(
        written(
            tmp_path,
            texts__a=tei(f"<p>{named}</p>"),
            registers__r=tei(f"<listPerson>{people}</listPerson>"),
        )
    )
    pages = {
        path: data.decode()
        for path, data in published.files.items()
        if path.startswith("site/registers/r") and path.count("/") == 2
    }
    assert "site/registers/r-2.html" in pages
    assert max(len(page.encode()) for page in pages.values()) < 1_000_000
    assert sum(page.count('<th scope="row">') for page in pages.values()) == 6000
    first = pages["site/registers/r.html"]
    assert '<a href="#tk-letter-41">A</a>' in first and "#tk-unmentioned" in first
    assert first.index('id="tk-letter-41"') < first.index('id="tk-letter-57"')
    assert not [one for one in published.findings if one.severity == "error"]


def test_two_registers_of_one_name_are_told_apart_and_sorted_by_what_texts_mention(tmp_path):
    own = "<profileDesc><particDesc><listPerson>{}</listPerson></particDesc></profileDesc>"
    named = '<p><persName key="z">Zoe</persName> <persName key="a">Ann</persName></p>'
    texts = {
        f"texts__{name}": tei(named, header=own.format(PERSON.format(name))) for name in ("b", "c")
    }
    index = build(written(tmp_path, **texts)).files["site/registers/index.html"].decode()
    heads = [part.partition("</a>")[0].rpartition(">")[2] for part in index.split("<h2>")[1:]]
    assert heads == ["Persons, without a register", "Persons"]
    assert index.index(">Ann</a>") < index.index(">Zoe</a>")


def test_entries_after_a_text_are_on_its_page_but_closed(tmp_path):
    body = f"<p>x</p></body><back><listPerson>{PERSON.format('Ann')}</listPerson></back><body>"
    published = build(written(tmp_path, texts__a=tei(body).replace("<body></body>", "")))
    page = published.files["site/texts/a.html"].decode()
    start, end = page.index('<details class="tk-entries-here">'), page.index("</details>")
    assert ">Persons (1)</summary>" in page[start:end]
    assert '<li class="person" id="Ann">' in page[start:end]
    assert "modules.css" in page  # that prints it open
    assert not [one for one in published.findings if one.rule.startswith("publish:")]


def test_mentions_of_an_entity_go_on_on_a_second_page(tmp_path):
    named = "".join(
        f'<p xml:id="p{n}">words <name ref="../registers/r.xml#anna">n{n}</name> words</p>'
        for n in range(2500)
    )
    published = build(written(tmp_path, texts__a=tei(named), registers__r=tei(ANNA)))
    first = published.files["site/registers/r/anna.html"].decode()
    second = published.files["site/registers/r/anna/2.html"].decode()
    assert first.count("<mark>") + second.count("<mark>") == 2500
    assert "../anna.html" in second and 'aria-current="page">2<' in second


def test_entities_are_offered_as_json_ld_and_csv(tmp_path):
    register = tei(
        '<listPerson><person xml:id="anna"><persName>Anna</persName><birth when="1801"/>'
        '<idno type="gnd">118540238</idno></person></listPerson><listPlace><place xml:id="x">'
        '<placeName>X</placeName><place xml:id="y"><placeName>Y</placeName></place></place>'
        "</listPlace>"
    )
    text = '<p><name ref="../registers/r.xml#anna">A</name></p>'
    published = build(written(tmp_path, texts__a=tei(text), registers__r=register))
    graph = json.loads(published.files["site/downloads/entities.jsonld"])["@graph"]
    assert graph[0] == {
        "@id": "../registers/r/anna.html",
        "@type": "Person",
        "name": {"@value": "Anna", "@language": "en"},
        "identifier": [{"@type": "PropertyValue", "propertyID": "gnd", "value": "118540238"}],
        "sameAs": ["https://d-nb.info/gnd/118540238"],
        "birthDate": "1801",
        "subjectOf": [{"@id": "../texts/a.html"}],
    }
    assert graph[2]["containedInPlace"] == [{"@id": "../registers/r/x.html"}]
    page = published.files["site/registers/r/anna.html"].decode()
    assert 'type="application/ld+json" href="../../downloads/registers/r.jsonld"' in page
    table = published.files["site/downloads/entities.csv"].decode("utf-8-sig")
    assert [(row["id"], row["mentions"]) for row in csv.DictReader(io.StringIO(table))] == [
        ("anna", "1"),
        ("x", "0"),
        ("y", "0"),
    ]


def test_siglum_of_a_witness_is_kept_apart_from_its_description():
    source = (
        '<listWit><witness xml:id="ke"><abbr type="siglum">刻</abbr>嘉慶刻本</witness></listWit>'
    )
    found = edition(a=tei('<p><app><lem>a</lem><rdg wit="#ke">b</rdg></app></p>', source=source))
    (witness,) = [one for one in found.entities.values() if one.kind == "witness"]
    assert [name.text for name in witness.names] == ["刻 – 嘉慶刻本"]


LONG = "嘉慶刻本，" * 40


def test_witnesses_are_listed_by_the_text_they_belong_to_and_say_no_name_of_an_element(tmp_path):
    text = '<p><app><lem wit="#A">a</lem><rdg wit="#B">b</rdg></app></p>'
    texts = {}
    for name in ("a", "b"):
        source = (
            f'<listWit><witness xml:id="A"><abbr type="siglum">甲</abbr>{LONG}</witness>'
            f'<witness xml:id="B"><abbr type="siglum">乙</abbr>{name}本</witness></listWit>'
        )
        texts[f"texts__{name}"] = tei(text, source=source).replace("<title>T", f"<title>書{name}")
    files = build(written(tmp_path, **texts)).files
    page = files["site/registers/tk-all/witness.html"].decode()
    headings = re.findall(r'<tr class="tk-section"><th[^>]*>([^<]*)</th>', page)
    assert headings == ["書a", "書b"]
    (path,) = {one for one in files if one.endswith("/a/A.html") and one.startswith("site/reg")}
    entry = files[path].decode()
    assert "嘉慶刻本" in entry and "abbr" not in entry
