"""The canonical references of paragraphs and verse, and the permanent links made of them."""

import re
from pathlib import Path

import pytest

from shared_data import PROJECT, real_files
from sites import build, read_page
from teikit.citations import find_citations
from teikit.document import TEI, XML_ID, read_document
from teikit.references import anchor_of, find_references


def references(body: str, front: str = "") -> list[str]:
    data = f'<TEI xmlns="{TEI}"><teiHeader/><text>{front}<body>{body}</body></text></TEI>'
    return list(find_references(read_document(data.encode("utf-8"), "a.xml")).values())


@pytest.mark.parametrize(
    "body, expected",
    [
        ("<p>a</p><p>b</p>", ["1", "2"]),
        ("<div><p>a</p><div><p>b</p></div></div><div><p>c</p></div>", ["1.1", "1.1.1", "2.1"]),
        ('<div n="I"><p n="3">a</p></div><div n="II"><p n="4">b</p></div>', ["I.3", "II.4"]),
        ('<div n="1"><div n="1.2"><p>a</p></div></div>', ["1.2.1"]),
        ('<div n="1"><p>a</p></div><div n="1"><p>b</p></div>', ["1.1", "2.1"]),
        ("<lg><l>a</l><l>b</l></lg><lg><l>c</l></lg>", ["1", "2", "3"]),
        ('<l n="7">a</l><l>b</l><l n="8">c</l><l n="8">d</l>', ["7", "8"]),
        ("<div><sp><p>a</p></sp><sp><p>b</p></sp></div>", ["1.1", "1.2"]),
        ("<p>a</p><l>b</l>", ["p1", "1"]),
        ("<p>a<note><p>b</p></note></p><list><item><p>c</p></item></list>", ["1"]),
        ('<p n="a b">a</p><p n="">b</p>', ["1", "2"]),
    ],
)
def test_a_place_is_called_by_divisions_and_n(body, expected):
    assert sorted(references(body)) == sorted(expected)


def test_front_matter_says_so():
    found = references("<p>a</p>", "<front><div><p>b</p></div></front>")
    assert sorted(found) == ["1", "front.1.1"]


def test_what_the_header_says_holds():
    data = (PROJECT / "tei/texts/declaration.xml").read_bytes()
    document = read_document(data, "declaration.xml")
    found = find_references(document)
    said = find_citations(document)
    assert said and {at: found[at] for at in said} == said


@pytest.mark.parametrize("path", real_files()[::8])
def test_no_reference_of_a_real_text_comes_twice(path: Path):
    document = read_document(path.read_bytes(), path.name)
    found = list(find_references(document).values())
    assert len(found) == len(set(found))
    places = sum(1 for one in document.elements("p", "ab", "l") if one.get(XML_ID) is None)
    assert found or not places or "standOff" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("reference", ["a b", "1%41", 'x"1', "notes", "note-1", "1<2", ""])
def test_no_anchor_is_ours_or_no_anchor(reference):
    assert anchor_of(reference) == ""


FOLDER = """[edition]
id = "small"
languages = ["en"]
"""


def page_of(folder: Path, body: str, header: str = "") -> str:
    (folder / "texts").mkdir(exist_ok=True)
    (folder / "edition.toml").write_text(FOLDER, encoding="utf-8")
    text = (
        f'<TEI xmlns="{TEI}"><teiHeader>{header}</teiHeader><text><body>{body}</body></text></TEI>'
    )
    (folder / "texts" / "a.xml").write_text(text, encoding="utf-8")
    return build(folder).files["site/texts/a.html"].decode("utf-8")


def links(page: str) -> list[tuple[str, str, str]]:
    """Return target, title and words of each number."""
    found = re.findall(r'<a class="tk-n" href="#([^"]*)"(?: title="([^"]*)")?>([^<]*)</a>', page)
    ids = read_page(page.encode("utf-8")).ids
    assert all(target in ids for target, _, _ in found)
    assert len(ids) == len(set(ids))
    return found


def test_paragraphs_without_an_id_have_a_permanent_link(tmp_path):
    body = '<div><p>a</p><p xml:id="own">b</p><p xml:id="p3">c</p></div>'
    assert links(page_of(tmp_path, body)) == [
        ("tk-1.1", "", "1.1"),
        ("own", "1.2", "2"),
        ("p3", "1.3", "3"),
    ]


def test_each_verse_with_an_id_and_each_fifth_without_has_one(tmp_path):
    body = "".join(f'<l n="{number}">x</l>' for number in range(1, 12)) + (
        '<l n="12" xml:id="twelve">y</l>'
    )
    assert links(page_of(tmp_path, f"<div>{body}</div>")) == [
        ("tk-1.5", "1.5", "5"),
        ("tk-1.10", "1.10", "10"),
        ("twelve", "1.12", "12"),
    ]


def test_the_id_is_the_reference_where_the_header_says_so(tmp_path):
    header = (
        '<encodingDesc><refsDecl><citeStructure match="//body/p" use="@xml:id"/></refsDecl>'
        "</encodingDesc>"
    )
    assert links(page_of(tmp_path, '<p xml:id="p1">a</p><p xml:id="p2">b</p>', header)) == [
        ("p1", "", "1"),
        ("p2", "", "2"),
    ]


def test_an_anchor_leaves_an_id_of_the_text_alone(tmp_path):
    page = page_of(tmp_path, '<div><p>a</p></div><div xml:id="tk-1.1"><p>b</p></div>')
    assert [target for target, _, _ in links(page)] == ["tk-1.1", "tk-2.1"]


def test_a_reference_is_never_markup(tmp_path):
    header = (
        '<encodingDesc><refsDecl><citeStructure match="//body/p" use="@n"/></refsDecl>'
        "</encodingDesc>"
    )
    page = page_of(
        tmp_path, '<p xml:id="x" n="&quot;&gt;&lt;script&gt;1&lt;/script&gt;">a</p>', header
    )
    assert "<script>" not in page and "&lt;script" in page.replace("&#60;", "&lt;")


def test_a_stanza_with_an_id_has_its_number_and_permanent_link(tmp_path):
    lines = "<l>甲</l><l>乙</l><l>丙</l><l>丁</l>"
    body = f'<lg xml:id="s1">{lines}</lg><lg>{lines}</lg><lg xml:id="s3" n="其三">{lines}</lg>'
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.xml").write_text(
        f'<TEI xmlns="{TEI}"><teiHeader/><text><body>{body}</body></text></TEI>', encoding="utf-8"
    )
    (tmp_path / "edition.toml").write_text('[edition]\ntitle = "E"\n', encoding="utf-8")
    page = build(tmp_path).files["site/texts/a.html"].decode("utf-8")
    links = re.findall(
        r'<div class="lg"( id="\w+")?[^>]*>(?:<a class="tk-n" href="([^"]*)">(\w+))?', page
    )
    assert links == [(' id="s1"', "#s1", "1"), ("", "", ""), (' id="s3"', "#s3", "其三")]
