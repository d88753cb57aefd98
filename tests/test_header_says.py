"""What pages say of rights, dates and languages: what the header says, and no more."""

import re

import pytest

from sites import OURS, build, built

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>'
    "<title>A stone</title></titleStmt><publicationStmt>{publication}</publicationStmt>"
    "<sourceDesc>{source}</sourceDesc></fileDesc>"
    '<revisionDesc><change when="2020-02-03">made</change></revisionDesc></teiHeader>'
    "<text><body><p>words</p></body></text></TEI>"
)


def page(folder, publication: str = "<p/>", source: str = "<p/>"):
    """Return the files of the site of a text with this header."""
    (folder / "texts").mkdir()
    (folder / "edition.toml").write_text("", encoding="utf-8")
    said = TEI.format(publication=publication, source=source)
    (folder / "texts" / "a.xml").write_text(said, encoding="utf-8")
    return build(folder).files


def test_rights_that_stand_in_a_paragraph_are_shown(tmp_path):
    publication = "<authority>A</authority><availability><p>Free for all to use.</p></availability>"
    html = page(tmp_path, publication)["site/texts/a.html"].decode()
    assert "Free for all to use." in html and "none stated" not in html


def test_a_change_of_the_file_is_no_date_of_publication(tmp_path):
    files = page(tmp_path)
    assert b"2020" not in files["site/downloads/a.bib"]
    assert b"citation_publication_date" not in files["site/texts/a.html"]
    cited = re.search(rb'class="tk-cite"[^>]*>(.*?)</dd>', files["site/texts/a.html"])[1]
    assert b"2020" not in cited


def test_a_date_of_publication_may_be_said_in_words_alone(tmp_path):
    files = page(tmp_path, "<authority>A</authority><date>2022</date>")
    assert b"2022" in files["site/downloads/a.bib"]


def test_address_of_a_project_is_no_identifier_of_a_text(tmp_path):
    publication = '<publisher>P</publisher><idno type="URL">https://dracor.org</idno>'
    html = page(tmp_path, publication)["site/texts/a.html"].decode()
    assert "dracor.org" not in html


def test_language_of_a_stone_is_that_of_its_words_and_not_of_the_page(tmp_path):
    source = '<msDesc><msContents><textLang mainLang="grc">Greek</textLang></msContents></msDesc>'
    assert b"grc" in page(tmp_path, source=source)["site/downloads/a.ris"]


def test_measure_is_told_with_its_unit_where_it_is_but_a_number(tmp_path):
    source = (
        '<bibl><title>A</title> <idno type="SHA-256">ab12</idno> '
        '<extent><measure unit="bytes" quantity="9">9</measure></extent></bibl>'
    )
    html = page(tmp_path, source=source)["site/about.html"].decode()
    assert re.search(r">SHA-256</span>\s*<[^>]*>ab12<", html)
    assert re.search(r">9</[^>]*><span class=\"tk-label\"> bytes</span>", html)


@pytest.mark.parametrize("name", ["site/about.html", "site/en/about.html"])
def test_measures_in_words_have_one_label_and_no_unit(name):
    extent = built(OURS).files[name].decode().partition('<section class="extent">')[2]
    fields = extent.partition("</section>")[0].split('<div class="tk-field measure"')[1:]
    shown = [one for one in fields if 'data-tk-language="other"' not in one]
    assert len(fields) == 10 and len(shown) == 5
    assert ["tk-label" in one for one in shown] == [True, False, False, False, False]
    assert not [one for one in shown if one.rstrip().endswith("</span></div></div>")]
