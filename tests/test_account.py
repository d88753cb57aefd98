"""What a site carries of its texts: the sums, the report, the page, and what may be missing."""

import json

import pytest
from click.testing import CliRunner

from sites import SMALL, build, built, copy_of, pages_of
from teikit.cli.commands import teikit
from teikit.publish.account_words import account_lines
from teikit.publish.accounting import Account, TextCarried
from teikit.publish.carried import KINDS, Carried

DROPS = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="tei">
<xsl:import href="teikit:html.xsl"/>
<xsl:template match="tei:placeName"/>
</xsl:stylesheet>"""


@pytest.fixture
def dropping(tmp_path):
    """Return a copy of the small edition whose own stylesheet drops the names of places."""
    folder = copy_of(SMALL, tmp_path)
    (folder / "own.xsl").write_text(DROPS, encoding="utf-8")
    settings = folder / "edition.toml"
    said = settings.read_text(encoding="utf-8")
    settings.write_text(f'{said}\n[publish]\nstylesheet = "own.xsl"\n', encoding="utf-8")
    return folder


def allow(folder, *tables: tuple[str, str]) -> None:
    with (folder / "edition.toml").open("a", encoding="utf-8") as file:
        for text, kind in tables:
            file.write(
                f'[[publish.losses]]\ntext = "{text}"\nkind = "{kind}"\n'
                'reason = "Places are on the map."\n'
            )


def rules(published) -> set[str]:
    return {one.rule for one in published.findings}


def test_the_report_says_what_is_carried_of_each_text():
    report = json.loads(built(SMALL).files["report.json"])
    assert set(report["carried"]) <= set(KINDS)
    assert report["carried"]["ids"] == {"of": 12, "carried": 12, "allowed": 0}
    first = next(one for one in report["texts"] if one["file"] == "texts/first.xml")
    assert first["carried"]["text"]["of"] == first["carried"]["text"]["carried"] > 0
    assert first["without_template"] == [] and first["reasons"] == {}


def test_elements_without_a_template_are_in_the_report_with_file_and_line(tmp_path):
    folder = copy_of(SMALL, tmp_path)
    text = folder / "texts" / "introduction.xml"
    said = text.read_text(encoding="utf-8")
    text.write_text(said.replace("<p ", "<p><unheardOf>x</unheardOf></p><p ", 1), encoding="utf-8")
    report = json.loads(build(folder).files["report.json"])
    (found,) = (one for text in report["texts"] for one in text["without_template"])
    assert (found["file"], found["element"]) == ("texts/introduction.xml", "unheardOf")
    assert "unheardOf" in said.replace("<p ", "<unheardOf") and found["line"] > 1
    elements = report["carried"]["elements"]
    assert elements["of"] == elements["carried"] + 1


def test_a_loss_stops_publishing_unless_it_is_allowed(dropping):
    lost = build(dropping)
    assert {"publish:lost-text", "publish:lost-link"} <= rules(lost)
    places = {one.place.path for one in lost.findings if one.rule == "publish:lost-text"}
    assert places == {"texts/first.xml"}
    allow(dropping, ("texts/f*.xml", "text"), ("texts/first.xml", "entities"))
    allowed = build(dropping)
    assert not any(one.rule.startswith("publish:lost") for one in allowed.findings)
    report = json.loads(allowed.files["report.json"])
    assert report["allowed"] > 0
    (first,) = (one for one in report["texts"] if one["reasons"])
    assert first["reasons"]["text"] == "Places are on the map."
    text = first["carried"]["text"]
    assert text["carried"] + text["allowed"] == text["of"] > text["carried"]
    assert "Places are on the map." in allowed.files["site/about.html"].decode("utf-8")


def test_an_allowance_that_nothing_needs_is_told(dropping):
    allow(dropping, ("texts/introduction.xml", "text"), ("texts/first.xml", "wrods"))
    told = [one for one in build(dropping).findings if one.rule == "publish:unused-allowance"]
    assert [one.severity for one in told] == ["info", "info"]
    assert any("which there is not" in one.message for one in told)


def test_the_command_prints_a_short_table(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(teikit, ["publish", str(SMALL), "-o", str(tmp_path / "out")])
    lines = result.stdout.splitlines()
    begin = next(at for at, line in enumerate(lines) if line.startswith("Carried of 2 texts"))
    assert lines[begin + 1].split()[-2:] == ["132", "132"]


def test_a_text_has_lines_of_its_own_where_something_is_missing():
    whole = TextCarried("texts/a.xml", (Carried("text", 2_000, 2_000),))
    part = TextCarried("texts/b.xml", (Carried("text", 9, 10), Carried("unresolved", 0, 3)))
    lines = account_lines(Account((whole, part)))
    assert [" ".join(line.split()) for line in lines] == [
        "Carried of 2 texts has published",
        "characters of the text 2,010 2,009 1 lost",
        "pointers that lead nowhere 3 -",
        "texts/b.xml: characters of the text 10 9 1 lost",
    ]
    assert account_lines(Account(())) == []


def test_page_about_the_edition_leads_to_its_registers_search_and_downloads():
    page = pages_of(built(SMALL))["about.html"]
    wanted = {"registers/index.html", "search.html", "downloads/index.html", "help.html"}
    start = page.links.index("index.html#tk-contents")
    assert wanted <= set(page.links[start : start + 5])
