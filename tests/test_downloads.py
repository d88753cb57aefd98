"""What a site offers to take away."""

import csv
import io
import json

import pytest
from lxml import etree

from shared_data import TEI_ALL, needs
from sites import OURS, SMALL, build, built, copy_of
from teikit.document import read_document
from teikit.edition.merge import merge
from teikit.project import read_project


def test_title_of_a_text_stands_once_over_its_files():
    page = built(OURS).files["site/en/downloads/index.html"].decode()
    texts = page.partition('id="tk-texts"')[2].partition("</table>")[0]
    assert texts.count("Declaration of the Heads of State") == 1
    assert texts.count('scope="rowgroup"') == 2 and texts.count("<tbody>") == 2
    assert "<td>Plain text, a paragraph a line</td>" in texts


def test_downloads_hold_the_tei_as_it_is():
    files = built(OURS).files
    for path in read_project(OURS).files:
        assert files[f"site/downloads/tei/{path}"] == (OURS / path).read_bytes()
    assert (
        files["site/downloads/tei/source/declaration.txt"]
        == (OURS / "source" / "declaration.txt").read_bytes()
    )


def test_plain_text_is_a_paragraph_a_line_and_the_source_line_by_line():
    files = built(OURS).files
    reading = files["text/declaration.txt"].decode().splitlines()
    source = files["text/declaration.source.txt"].decode().splitlines()
    wanted = [
        line.rstrip()
        for line in (OURS / "source" / "declaration.txt").read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    assert [line for line in source if line.strip("\f")] == wanted
    assert "".join(reading) == "".join(wanted)
    assert files["site/downloads/declaration.txt"] == files["text/declaration.txt"]


def test_register_as_csv_and_json_says_the_same():
    files = built(SMALL).files
    rows = list(
        csv.DictReader(
            io.StringIO(files["site/downloads/registers/people.csv"].decode("utf-8-sig"))
        )
    )
    value = json.loads(files["site/downloads/registers/people.json"])
    assert [row["id"] for row in rows] == [one["id"] for one in value["entities"]]
    assert rows[0]["name_zh-Hans"] == "安娜" and rows[0]["identifiers"] == "wikidata:Q1"
    assert [one["surface"] for one in value["entities"][1]["mentions"]] == ["League of Wells", "It"]
    assert value["relations"][0]["sources"] == ["texts/first.xml#d1.p1.2"]


def test_statements_as_csv_have_a_column_for_each_group():
    rows = list(
        csv.DictReader(
            io.StringIO(built(SMALL).files["site/downloads/statements.csv"].decode("utf-8-sig"))
        )
    )
    assert [(row["passage"], row["number"], row["act"], row["speaker"]) for row in rows] == [
        ("d1.p1.1", "1", "tells", "claraspeaks"),
        ("d1.p1.2", "1", "asks", ""),
        ("d1.p1.2", "2", "tells", "claraspeaks"),
    ]


def test_no_cell_of_csv_is_a_formula(tmp_path):
    folder = copy_of(SMALL, tmp_path)
    people = folder / "registers" / "people.xml"
    people.write_text(
        people.read_text(encoding="utf-8").replace(">安娜<", ">=1+1<"), encoding="utf-8"
    )
    data = build(folder).files["site/downloads/registers/people.csv"].decode("utf-8-sig")
    assert "'=1+1" in data


def test_merged_file_points_to_nothing_beside_it_but_its_source():
    root = etree.fromstring(built(OURS).files["site/downloads/declaration.merged.xml"])
    ids = {one.get("{http://www.w3.org/XML/1998/namespace}id") for one in root.iter("{*}*")}
    refs = [raw for one in root.iter("{*}*") for raw in one.get("ref", "").split()]
    assert refs and all(raw.startswith("#") and raw[1:] in ids for raw in refs)
    assert not root.xpath("//*[local-name() = 'prefixDef']")
    assert not [
        raw for one in root.iter("{*}*") for raw in one.get("ana", "").split() if raw[1:] not in ids
    ]


def test_merged_file_has_all_words_of_the_text():
    def words(data: bytes) -> str:
        text = etree.fromstring(data).find("{*}text")
        return "".join("".join(text.itertext()).split())

    assert words(built(OURS).files["site/downloads/declaration.merged.xml"]) == words(
        (OURS / "texts" / "declaration.xml").read_bytes()
    )


def test_ids_that_are_taken_get_the_name_of_their_register():
    header = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p xml:id="a">'
    main = read_document(
        (header + '<name ref="../registers/r.xml#a"/></p></body></text></TEI>').encode(),
        "texts/t.xml",
    )
    register = read_document(
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listOrg><org xml:id="a" '
        b'corresp="#b"/><org xml:id="b" sameAs="../x.xml"/></listOrg></standOff></TEI>',
        "registers/r.xml",
    )
    data = merge(main, [register], "tei/").decode()
    assert '<name ref="#r-a"/>' in data
    assert '<org xml:id="r-a" corresp="#b"/><org xml:id="b" sameAs="tei/x.xml"/>' in data


@pytest.mark.slow
@needs(TEI_ALL)
def test_merged_file_is_valid_tei(tmp_path):
    from schema_tools import jing

    file = tmp_path / "merged.xml"
    file.write_bytes(built(OURS).files["site/downloads/declaration.merged.xml"])
    assert jing(TEI_ALL, [file]) == []
