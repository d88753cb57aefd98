"""Stylesheets of the scholar's own: what they may do, and what is said where they are wrong."""

import contextlib
import re
from pathlib import Path

import pytest
from lxml import etree

from teikit.document import TEI
from teikit.shipped import shipped
from teikit.transform.render import render_html, run_stylesheet
from teikit.transform.rendering import RenderSettings
from teikit.transform.stylesheets import BadStylesheet, Stylesheet

_XSLT = "http://www.w3.org/1999/XSL/Transform"
XSL = (
    '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" '
    f'xmlns:tei="{TEI}" xmlns:exsl="http://exslt.org/common" '
    'extension-element-prefixes="exsl" exclude-result-prefixes="tei">\n{}\n</xsl:stylesheet>'
)
IMPORTING = XSL.replace("{}", '<xsl:import href="teikit:html.xsl"/>\n{}')


def html(document, **settings) -> str:
    return render_html(document, RenderSettings(**settings)).content


def own(body: str, folder: Path | str = "", start: str = XSL) -> Stylesheet:
    return Stylesheet(start.replace("{}", body).encode(), "mine.xsl", str(folder))


def made(document, stylesheet: Stylesheet, **settings) -> str:
    return run_stylesheet(document, stylesheet, RenderSettings(**settings))[0].decode()


def test_a_stylesheet_changes_the_rendering_by_importing_ours(tei):
    document = tei("<p><choice><sic>a</sic><corr>b</corr></choice></p>")
    template = '<xsl:template match="tei:corr"><b><xsl:apply-templates/></b></xsl:template>'
    content = html(document, stylesheet=Stylesheet(IMPORTING.replace("{}", template).encode()))
    assert '<span class="sic">a</span><b>b</b>' in content


def test_a_stylesheet_that_does_not_import_ours_reads_the_document_as_it_is(tei):
    document = tei('<p>a <lb break="no"/> b</p>')
    copy = made(
        document, own('<xsl:template match="/"><xsl:copy-of select="//tei:p"/></xsl:template>')
    )
    assert '<p xmlns="http://www.tei-c.org/ns/1.0">a <lb break="no"/> b</p>' in copy
    assert "teikit" not in copy


def test_a_copy_made_by_a_stylesheet_on_ours_has_nothing_of_our_namespace(tei):
    body = '<xsl:template match="/"><xsl:copy-of select="/"/></xsl:template>'
    copy = made(tei('<p xml:id="a">x</p>'), own(body, start=IMPORTING), strings={"k": "v"})
    assert "teikit" not in copy and 'xml:id="a"' in copy


def test_parameters_reach_the_stylesheet(tei):
    body = (
        '<xsl:param name="word"/><xsl:output method="text"/><xsl:template match="/">'
        '<xsl:value-of select="$word"/></xsl:template>'
    )
    assert made(tei("<p/>"), own(body), parameters={"word": 'it\'s "so"'}) == 'it\'s "so"'


def test_a_stylesheet_may_import_what_lies_beside_it(tei, tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/p.xsl").write_text(
        XSL.replace(
            "{}",
            '<xsl:include href="q.xsl"/><xsl:template match="/">[<xsl:call-template name="q"/>]'
            "</xsl:template>",
        )
    )
    (tmp_path / "parts/q.xsl").write_text(
        XSL.replace("{}", '<xsl:template name="q">q</xsl:template>')
    )
    assert "[q]" in made(tei("<p/>"), own('<xsl:import href="parts/p.xsl"/>', tmp_path))


@pytest.mark.parametrize("href", [
    "../secret.xsl", "{outside}", "file://{outside}", "link.xsl", "http://127.0.0.1:9/x.xsl",
    "parts/../../secret.xsl", "%2e%2e/secret.xsl", "teikit:../pyproject.toml", "teikit:no.xsl",
    "teikit:lib/../../pyproject.toml", "missing.xsl", "/etc/passwd", "", "beside:/../secret.xsl",
])  # fmt: skip
def test_a_stylesheet_may_import_nothing_else(tei, tmp_path, href):
    outside = tmp_path / "secret.xsl"
    outside.write_text(XSL.replace("{}", '<xsl:template match="/">secret</xsl:template>'))
    folder = tmp_path / "folder"
    (folder / "parts").mkdir(parents=True)
    (folder / "link.xsl").symlink_to(outside)
    imports = own(f'<xsl:import href="{href.replace("{outside}", str(outside))}"/>', folder)
    with pytest.raises(BadStylesheet) as problem:
        made(tei("<p/>"), imports)
    assert "\n" not in str(problem.value) and str(tmp_path) not in str(problem.value).replace(
        str(outside), ""
    )


def test_without_a_folder_a_stylesheet_may_import_ours_only(tei, tmp_path, monkeypatch):
    (tmp_path / "p.xsl").write_text(XSL.replace("{}", ""))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadStylesheet, match="only from teikit:"):
        made(tei("<p/>"), own('<xsl:import href="p.xsl"/>'))


@pytest.mark.parametrize("body", [
    "<xsl:copy-of select=\"document('{file}')\"/>",
    "<xsl:copy-of select=\"document('file://{file}')\"/>",
    "<xsl:copy-of select=\"document('http://127.0.0.1:9/')\"/>",
    '<xsl:copy-of select="document(//tei:ref/@target)"/>',
    '<exsl:document href="{file}.new"><a/></exsl:document>',
    '<xsl:document href="{file}.new"><a/></xsl:document>',
    '<x:write xmlns:x="http://xml.apache.org/xalan/redirect" xsl:extension-element-prefixes="x" '
    'file="{file}.new"><a/></x:write>',
])  # fmt: skip
def test_a_stylesheet_reads_and_writes_no_file_while_it_runs(tei, tmp_path, body):
    secret = tmp_path / "secret.xml"
    secret.write_text("<secret>words</secret>")
    document = tei(f'<p><ref target="{secret}">x</ref></p>')
    template = f'<xsl:template match="/">{body.replace("{file}", str(secret))}</xsl:template>'
    for start in (XSL, IMPORTING):
        with contextlib.suppress(BadStylesheet):
            assert "words" not in made(document, own(template, tmp_path, start))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.xml"]


def test_a_stylesheet_reads_no_entity_from_a_file(tei, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("words")
    data = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]>'
        + XSL.replace("{}", '<xsl:template match="/">[&s;]</xsl:template>')
    ).encode()
    try:
        assert "words" not in made(tei("<p/>"), Stylesheet(data, "mine.xsl", str(tmp_path)))
    except BadStylesheet as problem:
        assert "words" not in str(problem)


@pytest.mark.parametrize(("body", "line", "says"), [
    ("<xsl:templat/>", 2, "templat"),
    ('<xsl:template match="///"/>', 2, "///"),
    ('<xsl:template match="/">\n<xsl:call-template name="none"/></xsl:template>', 3, "none"),
    ('<xsl:template match="/">\n<xsl:message terminate="yes">Stop: no title</xsl:message>'
     "</xsl:template>", 0, "no title"),
    ('<xsl:template match="/"><xsl:apply-templates select="."/></xsl:template>', None, ""),
    ("<unclosed>", 3, "not well-formed"),
])  # fmt: skip
def test_what_is_wrong_in_a_stylesheet_is_one_line_with_its_place(tei, body, line, says):
    with pytest.raises(BadStylesheet) as problem:
        made(tei("<p/>"), own(body))
    message = str(problem.value)
    assert "\n" not in message and message.startswith("mine.xsl") and says in message
    assert line is None or problem.value.line == line


def test_an_error_in_an_imported_file_names_that_file(tei, tmp_path):
    (tmp_path / "p.xsl").write_text(XSL.replace("{}", "\n<xsl:templat/>"))
    with pytest.raises(BadStylesheet, match=r"^p\.xsl:3: "):
        made(tei("<p/>"), own('<xsl:import href="p.xsl"/>', tmp_path))


def test_an_error_in_a_stylesheet_for_xslt_3_says_that_we_run_1(tei):
    body = '<xsl:template match="/"><xsl:value-of select="tokenize(., 1)"/></xsl:template>'
    with pytest.raises(BadStylesheet, match=r"version 3\.0; teikit runs XSLT 1\.0"):
        made(tei("<p/>"), own(body, start=XSL.replace('version="1.0"', 'version="3.0"')))


def _patterns():
    for path in sorted((shipped("xslt")).rglob("*.xsl")):
        for one in etree.parse(path).getroot().iterchildren(f"{{{_XSLT}}}template"):
            for pattern in re.split(r"\|(?![^\[]*\])", one.get("match", "")):
                yield f"{path.name}:{one.sourceline}", " ".join(pattern.split())


@pytest.mark.parametrize(
    "slow",
    [
        pytest.param(r"\]\s*\[", id="two predicates: libxslt makes a list of all that match"),
        pytest.param(r"\)\[", id="a predicate on a kind of node: the same"),
        pytest.param(r"^\*\[|[^/]/\*\[", id="a predicate on any element: it counts the siblings"),
    ],
)
def test_no_pattern_of_ours_is_one_that_libxslt_matches_in_more_than_one_step(slow):
    patterns = list(_patterns())
    assert len(patterns) > 500
    assert [one for one in patterns if re.search(slow, one[1])] == []


def test_every_key_of_ours_matches_something_in_every_document():
    """A key that matches nothing is looked for in the whole document at each use."""
    keys = [
        one
        for path in sorted((shipped("xslt")).rglob("*.xsl"))
        for one in etree.parse(path).getroot().iterchildren(f"{{{_XSLT}}}key")
    ]
    assert len(keys) > 5
    assert [one.get("name") for one in keys if "| tk:strings" not in one.get("match")] == []
