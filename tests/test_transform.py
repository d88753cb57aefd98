"""Rendering one document: links, marks, the header, the command."""

import re

import pytest
from click.testing import CliRunner

from shared_data import PROJECT, SHARED
from teikit.cli.commands import teikit
from teikit.document import TEI, read_document
from teikit.place import Place
from teikit.report import Finding
from teikit.shipped import shipped
from teikit.transform.render import render_header, render_html, render_text
from teikit.transform.rendering import RenderSettings
from timing import quickest

XSL = (
    '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">\n{}\n'
    "</xsl:stylesheet>"
)
DECLARATION = PROJECT / "tei/texts/declaration.xml"


def html(document, **settings) -> str:
    return render_html(document, RenderSettings(**settings)).content


# Links, marks, labels


def test_a_pointer_becomes_the_link_that_the_edition_gives_for_its_target(tei):
    document = tei('<p><orgName ref="../registers/orgs.xml#sco">SCO</orgName></p>')
    assert '<a class="orgName" href="../orgs/sco.html">SCO</a>' in html(
        document, links={"registers/orgs.xml#sco": "../orgs/sco.html"}
    )


def test_a_link_to_a_part_that_is_not_in_the_page_is_none(tei):
    document = tei('<p><ref target="#hand">x</ref> <ref target="other.xml">y</ref></p>')
    assert "<a " not in html(document)


def test_a_finding_of_a_draft_is_marked_where_it_stands(tei):
    document = tei(
        '<p>a <name ref="#b">b <name>c</name></name></p><table><row><cell>d</cell></row></table>'
    )
    name, row = (document.ordinal(next(document.elements(tag))) for tag in ("name", "row"))
    findings = tuple(Finding(Place("x"), "r", "m", ordinal=at) for at in (name + 1, row, -1))
    content = html(document, findings=findings, strings={"xslt.finding": "Finding"})
    assert re.search(
        r'<span class="name">b <a class="tk-finding" href="#tk-finding-1" '
        r'data-n="1" aria-label="Finding 1"></a><span class="name">c',
        content,
    )
    assert '<td class="cell"><a class="tk-finding" href="#tk-finding-2"' in content


def test_labels_are_the_strings_of_the_interface_and_else_their_keys(tei):
    document = tei("<p>a<note>b</note></p>")
    assert 'aria-label="返回"' in html(document, strings={"xslt.back": "返回"})
    assert 'aria-label="xslt.back"' in html(document)


def test_every_label_that_the_stylesheets_ask_for_is_in_the_files_of_strings():
    from teikit.publish.strings import read_strings

    asked = {
        key
        for path in shipped("xslt").rglob("*.xsl")
        for key in re.findall(r"[>'](xslt\.[a-z-]+)['<]", path.read_text(encoding="utf-8"))
    }
    assert len(asked) > 5
    for path in (shipped("templates") / "strings").glob("*.toml"):
        strings = read_strings(path.stem, (shipped("templates"),))
        assert sorted(asked - set(strings.table)) == []


def test_no_word_of_the_interface_stands_in_a_stylesheet():
    for path in shipped("xslt").rglob("*.xsl"):
        text = re.sub(
            r"<!--.*?-->|<xsl:message>.*?</xsl:message>",
            "",
            path.read_text(encoding="utf-8"),
            flags=re.DOTALL,
        )
        shown = re.findall(r"<xsl:text>([^<]*[A-Za-z]{2}[^<]*)</xsl:text>", text)
        assert set(shown) <= {"tk-field "}, path.name


def test_an_element_without_template_is_reported_once_with_its_place(tei):
    rendered = render_html(tei("<p>a\n<blort>b</blort><blort>c</blort></p>"))
    (finding,) = rendered.messages
    assert (finding.rule, finding.severity) == ("transform:no-template", "warning")
    assert (finding.place.line, finding.place.column) == (3, 1)
    assert "blort, here and 1 times more" in finding.message
    assert "b" in rendered.content


@pytest.mark.parametrize("data", [
    "<foo>a<bar>b</bar></foo>", f'<text xmlns="{TEI}"><body><p>a b</p></body></text>',
    f'<TEI xmlns="{TEI}"><teiHeader/></TEI>', f'<p xmlns="{TEI}">a b</p>',
    f'<teiCorpus xmlns="{TEI}"><teiHeader/><TEI><text><body><p>a<note>n</note></p></body></text>'
    "</TEI><TEI><text><body><p>b<note>n</note></p></body></text></TEI></teiCorpus>",
    f'<TEI xmlns="{TEI}"><standOff><listOrg><org><orgName>a b</orgName></org></listOrg></standOff>'
    "</TEI>",
])  # fmt: skip
def test_any_document_can_be_rendered(data):
    document = read_document(data.encode(), "x.xml")
    words = {"a", "b"} if "a" in "".join(document.root.itertext()) else set()
    assert words <= set(render_html(document).content)
    assert words <= set(render_text(document).content)
    assert render_text(document, "source").content.endswith("\n")
    assert "teiHeader" in render_header(document).content


def test_a_document_as_deep_as_the_parser_allows_is_rendered(tei):
    document = tei("<p>" + "<hi>" * 240 + "x" + "</hi>" * 240 + "</p>")
    assert html(document).count('<span class="hi">') == 240


def test_nothing_of_our_working_tree_is_on_the_page(tei):
    content = html(tei('<p xml:id="a">x <name ref="#a">y</name></p>'), strings={"k": "v"})
    assert "urn:teikit" not in content and "ordinal" not in content and "xmlns" not in content


def test_rendering_leaves_the_document_as_it_was(tei):
    document = tei('<p>a <lb break="no"/> b<note>c</note></p>')
    before = list(map(dict, (one.attrib for one in document.root.iter())))
    html(document)
    render_text(document)
    assert before == list(map(dict, (one.attrib for one in document.root.iter())))


# The header


def test_the_header_names_its_parts_and_marks_the_language_of_others():
    document = read_document(
        f'<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title xml:lang="zh">甲</title>'
        '<title xml:lang="en">A</title></titleStmt><publicationStmt><availability><licence '
        'target="https://example.org/by">BY</licence></availability></publicationStmt></fileDesc>'
        "</teiHeader></TEI>".encode(),
        "x.xml",
    )
    content = render_header(
        document, RenderSettings(strings={"header.titleStmt": "Titles"})
    ).content
    assert "<h3>Titles</h3>" in content and "<h3>publicationStmt</h3>" in content
    assert re.search(r'lang="zh" data-tk-language="other">', content)
    assert 'lang="en" data-tk-language' not in content
    assert '<a class="tk-url" href="https://example.org/by">' in content


# The command


def run(*arguments: object):
    return CliRunner().invoke(teikit, ["transform", *map(str, arguments)])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "text.xml"
    path.write_text(
        f'<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>Words &amp; more</title>'
        "</titleStmt></fileDesc></teiHeader><text><body><p>一<blort>b</blort>\n</p></body></text>"
        "</TEI>",
        encoding="utf-8",
    )
    return path


def test_the_command_makes_a_page_that_stands_alone(file):
    result = run(file, "--to", "html")
    assert result.exit_code == 0
    assert result.stdout.startswith("<!DOCTYPE html>") and '<p class="p">一' in result.stdout
    assert "<title>Words &amp; more</title>" in result.stdout
    assert "<link" not in result.stdout and "<script" not in result.stdout
    assert f"{file.name}:1:" in result.stderr and "no template for blort" in result.stderr


def test_the_command_writes_into_a_file(file, tmp_path):
    target = tmp_path / "out.txt"
    result = run(file, "--to", "text", "-o", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.read_bytes() == "一b\n".encode()


def test_the_command_runs_a_stylesheet(file, tmp_path):
    (tmp_path / "mine.xsl").write_text(
        XSL.replace(
            "{}",
            '<xsl:output method="text"/><xsl:param name="w"/>'
            '<xsl:template match="/"><xsl:value-of select="$w"/>!</xsl:template>',
        )
    )
    result = run(file, "--xsl", tmp_path / "mine.xsl", "--param", "w=a=b")
    assert (result.exit_code, result.stdout) == (0, "a=b!")


@pytest.mark.parametrize(("arguments", "says"), [
    (["none.xml", "--to", "text"], "none.xml: there is no such file"),
    ([".", "--to", "text"], "is a folder"),
    (["{file}", "--xsl", "none.xsl"], "none.xsl: there is no such file"),
    (["{file}", "--xsl", "{file}"], "is no XSLT stylesheet"),
    (["{broken}", "--to", "html"], "broken.xml:1:"),
    (["{empty}", "--to", "html"], "the file is empty"),
    (["{file}"], "--to html"),
    (["{file}", "--to", "html", "--language", "xx"], "known: en"),
    (["{file}", "--to", "text", "-o", "."], "is a folder"),
])  # fmt: skip
def test_what_stops_the_command_is_one_line_and_exit_code_2(file, arguments, says):
    (file.parent / "broken.xml").write_text("<TEI><text></TEI>")
    (file.parent / "empty.xml").write_text("")
    places = {
        "{file}": file,
        "{broken}": file.parent / "broken.xml",
        "{empty}": file.parent / "empty.xml",
    }
    result = run(*(places.get(one, one) for one in arguments))
    assert result.exit_code == 2 and says in result.stderr
    assert "Traceback" not in result.stderr and not isinstance(result.exception, TypeError)


# The declaration


def test_the_source_form_of_the_declaration_is_its_source():
    source = (PROJECT / "tei/source/declaration.txt").read_text(encoding="utf-8")
    lines = [line.rstrip() for line in source.splitlines() if line.strip()]
    content = render_text(read_document(DECLARATION.read_bytes(), "d.xml"), "source").content
    pages = content.removesuffix("\n").split("\n\n")
    assert len(pages) == 4 and all("" not in page.split("\n") for page in pages)
    assert [line for page in pages for line in page.split("\n")] == lines
    assert len(lines) == 112


def test_the_reading_form_of_the_declaration_has_a_line_for_each_paragraph():
    content = render_text(read_document(DECLARATION.read_bytes(), "d.xml")).content
    assert len([line for line in content.splitlines() if line]) == 47
    assert content.splitlines()[:3][1] == "" and "\n\n一\n\n" in content


def test_rendering_the_largest_play_takes_at_most_a_second():
    path = SHARED / "corpora/drama/questiers-den-geheymen-minnaar.xml"
    if not path.exists():
        pytest.skip("the folder ../shared with other people's texts is not here")
    document = read_document(path.read_bytes(), path.name)
    assert quickest(lambda: render_html(document)) < 1
