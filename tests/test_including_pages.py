"""xi:include and xml:base in what is published, and in `teikit transform`."""

from pathlib import Path

from click.testing import CliRunner

from sites import build, dead_links, pages_of
from teikit.cli.commands import teikit
from teikit.place import Place
from teikit.report import Finding, Report

_TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude">'
    "<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt><publicationStmt><p/>"
    "</publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>{text}</TEI>"
)


def edition(folder: Path, **files: str) -> Path:
    """Return an edition whose files are written; `__` in a name is a slash."""
    (folder / "edition.toml").write_text('[edition]\ntitle = "T"\n', encoding="utf-8")
    for name, content in files.items():
        path = folder / f"{name.replace('__', '/')}.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def tei(body: str, title: str = "A") -> str:
    return _TEI.format(title=title, text=f"<text><body>{body}</body></text>")


def test_included_chapter_is_read_where_it_is_included_and_is_no_text_of_its_own(tmp_path):
    published = build(
        edition(
            tmp_path,
            texts__book=_TEI.format(
                title="A",
                text='<text><group><xi:include href="parts/one.xml" xpointer="one"/></group>'
                '<back><p xml:id="end">End</p></back></text>',
            ),
            texts__parts__one=tei(
                '<p xml:id="p1">First <ref target="../book.xml#end">x</ref></p>'
            ).replace("<text>", '<text xml:id="one">'),
            texts__other=tei('<p><ref target="parts/one.xml#p1">there</ref></p>', "B"),
        )
    )
    assert published.findings == ()
    pages = pages_of(published)
    assert "texts/parts/one.html" not in pages
    assert {"p1", "end"} <= set(pages["texts/book.html"].ids)
    assert "#end" in pages["texts/book.html"].links
    assert "book.html#p1" in pages["texts/other.html"].links
    assert "First" in published.files["text/book.txt"].decode()
    assert list(dead_links(published)) == []


def test_missing_part_is_seen_in_the_page_and_a_fallback_read(tmp_path):
    body = (
        '<p>A</p><xi:include href="no.xml"/><xi:include href="no.xml"><xi:fallback><p>B</p>'
        "</xi:fallback></xi:include>"
    )
    page = pages_of(build(edition(tmp_path, texts__a=tei(body))))["texts/a.html"]
    assert "[Missing here: no.xml]" in page.words
    assert "B" in page.words


def test_nothing_outside_the_project_is_included(tmp_path):
    (tmp_path / "secret.xml").write_text(tei("<p>secret</p>"), encoding="utf-8")
    (tmp_path / "e").mkdir()
    folder = edition(tmp_path / "e", texts__a=tei('<xi:include href="../../secret.xml"/>'))
    published = build(folder)
    assert not any(b"secret</p>" in data for data in published.files.values())
    assert "[Missing here: ../../secret.xml]" in pages_of(published)["texts/a.html"].words


def test_what_no_template_knows_in_a_part_is_reported_in_its_own_file(tmp_path):
    published = build(
        edition(
            tmp_path,
            texts__a=tei('<xi:include href="parts/one.xml"/>'),
            texts__parts__one='<div xmlns="http://www.tei-c.org/ns/1.0">\n<p><unheard>x</unheard></p></div>',
        )
    )
    found = [one for one in published.findings if one.rule == "transform:no-template"]
    assert [(one.place.path, one.place.line) for one in found] == [("texts/parts/one.xml", 2)]


def test_register_that_a_text_includes_stays_one_register(tmp_path):
    register = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff><listPerson>'
        '<person xml:id="anna"><persName>Anna</persName></person></listPerson></standOff></TEI>'
    )
    text = _TEI.format(
        title="A",
        text='<standOff><listPerson><xi:include href="../registers/people.xml" xpointer="anna"/>'
        '</listPerson></standOff><text><body><p><persName ref="#anna">Anna</persName></p></body>'
        "</text>",
    )
    published = build(edition(tmp_path, texts__a=text, registers__people=register))
    pages = pages_of(published)
    assert "registers/people/anna.html" in pages
    assert "registers/a/anna.html" not in pages
    assert "../registers/people/anna.html" in pages["texts/a.html"].links
    assert "../../texts/a.html" in pages["registers/people/anna.html"].links
    assert list(dead_links(published)) == []


def test_pointers_follow_xml_base(tmp_path):
    body = (
        '<div xml:base="../registers/"><p><persName ref="people.xml#anna">Anna</persName> '
        '<ref target="#here">x</ref><graphic url="i.png"/></p></div><p xml:id="here">Y</p>'
        '<p xml:base="https://example.org/a/"><ref target="b.html">z</ref></p>'
    )
    register = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff><listPerson>'
        '<person xml:id="anna"><persName>Anna</persName></person></listPerson></standOff></TEI>'
    )
    published = build(edition(tmp_path, texts__a=tei(body), registers__people=register))
    links = pages_of(published)["texts/a.html"].links
    assert "../registers/people/anna.html" in links
    assert "#here" in links
    assert "https://example.org/a/b.html" in links


def test_transform_includes_parts_and_says_what_is_missing(tmp_path):
    folder = edition(
        tmp_path,
        texts__a=tei('<xi:include href="b.xml"/><xi:include href="no.xml"/>'),
        texts__b='<p xmlns="http://www.tei-c.org/ns/1.0">Part</p>',
    )
    result = CliRunner().invoke(teikit, ["transform", str(folder / "texts/a.xml"), "--to", "text"])
    assert result.exit_code == 0
    assert "Part" in result.stdout and "[…]" in result.stdout
    assert "no.xml" in result.stderr and "texts/a.xml:1" in result.stderr


def test_draft_lists_what_is_found_in_a_part(tmp_path):
    folder = edition(
        tmp_path,
        texts__a=tei('<xi:include href="parts/one.xml"/>'),
        texts__parts__one='<div xmlns="http://www.tei-c.org/ns/1.0"><p>x</p></div>',
    )
    finding = Finding(Place("texts/parts/one.xml", 1), "dates:no-such-day", "no day at all")
    page = pages_of(build(folder, Report((finding,)), draft=True))["texts/a.html"]
    assert "no day at all" in page.words
    assert "texts/parts/one.xml" in page.words
