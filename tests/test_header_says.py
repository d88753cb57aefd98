"""What pages say of rights, dates and languages: what the header says, and no more."""

import re

from sites import build

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
