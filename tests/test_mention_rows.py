"""The rows of mentions on an entity's page."""

from sites import build

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title>
</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>
<profileDesc><particDesc><listPerson><person xml:id="ada"><persName>Ada</persName></person>
</listPerson></particDesc><correspDesc><correspAction type="sent"><persName ref="#ada"/>
</correspAction></correspDesc></profileDesc></teiHeader>
<text xml:lang="en"><body><p><persName ref="#ada">Ada</persName> wrote.</p></body></text></TEI>"""


def test_a_mention_without_words_says_so(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "edition.toml").write_text('[edition]\ntitle = "E"\nlanguages = ["en"]\n')
    (tmp_path / "texts" / "a.xml").write_text(TEI, encoding="utf-8")
    page = build(tmp_path, draft=True).files["site/registers/a/ada.html"].decode()
    assert page.count('<span class="tk-count">pointed to, without words</span>') == 1
    assert page.count("<mark>Ada</mark>") == 1
    assert "<mark></mark>" not in page
