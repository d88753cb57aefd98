"""Texts made to take long, or to end a publication: many of one thing, deep in one another."""

import time
from pathlib import Path

import pytest

from sites import Published, build
from teikit.document import TEI

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
