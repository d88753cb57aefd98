"""Texts made to take long, or to end a publication: many of one thing, deep in one another."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from sites import Published, build
from teikit import jobs
from teikit.document import TEI
from teikit.safety import serving
from teikit.safety.wire import pack, unpack
from teikit.transform.rendering import Stylesheet
from teikit.transform.stylesheets import BadStylesheet, compile_stylesheet, run

_HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt><publicationStmt><p/>"
    "</publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
)


def publish(folder: Path, body: str, stand_off: str = "") -> Published:
    """Return the site of an edition of one text."""
    (folder / "texts").mkdir()
    (folder / "edition.toml").write_text('[edition]\ntitle = "T"\n', encoding="utf-8")
    (folder / "texts" / "a.xml").write_text(
        f'<TEI xmlns="{TEI}">{_HEADER}{stand_off}<text><body>{body}</body></text></TEI>',
        encoding="utf-8",
    )
    return build(folder)


def page(published: Published) -> str:
    assert not [one for one in published.findings if one.severity == "error"]
    return published.files["site/texts/a.html"].decode()


def test_a_name_may_refer_to_thousands(tmp_path):
    items = "".join(f'<item xml:id="x{n}">b</item>' for n in range(4000))
    pointers = " ".join(f"#x{n}" for n in range(4000))
    made = page(publish(tmp_path, f'<list>{items}</list><p><ref target="{pointers}">a</ref></p>'))
    assert made.count('class="tk-outer"') == 3999


@pytest.mark.parametrize(
    "tags", ("<list><item>|</item></list>", "<floatingText><body>|</body></floatingText>")
)
def test_a_page_may_be_deeper_than_its_text(tmp_path, tags):
    before, after = tags.split("|")
    assert "deep" in page(publish(tmp_path, before * 124 + "<p>deep</p>" + after * 124))


def test_cells_that_claim_a_thousand_rows_and_columns_take_no_time(tmp_path):
    rows = '<row><cell rows="1000" cols="1000">a</cell></row>' * 800
    start = time.process_time()
    assert page(publish(tmp_path, f"<table>{rows}</table>")).count("<td") >= 800
    assert time.process_time() - start < 10  # seconds; each row passed all those before it


def test_a_stylesheet_of_ours_that_stops_had_no_memory_left_and_one_of_others_is_wrong():
    sheet = b"""<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
    <xsl:template match="/"><xsl:message terminate="yes">copy of a text</xsl:message></xsl:template>
    </xsl:stylesheet>"""
    compiled = compile_stylesheet(Stylesheet(sheet, "x.xsl"))
    tree = etree.ElementTree(etree.Element("a"))
    with pytest.raises(BadStylesheet):
        run(compiled, tree)
    with pytest.raises(MemoryError):
        run(replace(compiled, is_ours=True), tree)


@pytest.mark.parametrize("error", (etree.XPathEvalError("unknown error"), MemoryError()))
def test_a_job_without_memory_is_no_bug(error, monkeypatch):
    def job(data: bytes) -> str:
        raise error

    monkeypatch.setattr(jobs, "get_function", lambda name: job)
    monkeypatch.setattr(jobs, "get_argument_kinds", lambda name: (bytes,))
    monkeypatch.setattr(serving, "_set_alarm", lambda seconds: None)
    assert unpack(serving._answer(pack(["text", [b"x"], 1.0]))).plain[0] == "memory"
