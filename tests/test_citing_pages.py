"""What pages say to Zotero, search engines and signposting; citations that a reader copies."""

import html
import json
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from lxml import etree

from shared_data import SHARED, needs
from sites import OURS, SMALL, build, built, copy_of, dead_links, pages_of, read_page
from teikit.document import TEI

BASE = "https://a.example/ed"
EVIL = "</script><script>alert(1)</script><!-- \"'> \\ & {} \u2028"
TEXT = f'<TEI xmlns="{TEI}"><text xml:lang="zh"><body>{{}}</body></text></TEI>'
LETTER = SHARED / "corpora/letters/L00297.xml"
PLAY = SHARED / "corpora/drama/vondel-faeton.xml"


def edition(folder: Path, texts: dict[str, str], more: str = "") -> Path:
    (folder / "texts").mkdir()
    (folder / "edition.toml").write_text(
        f'[edition]\nid = "small"\nlanguages = ["en", "zh"]\n{more}\n[edition.title]\nen = "All"\n',
        encoding="utf-8",
    )
    for name, text in texts.items():
        (folder / "texts" / name).write_text(text, encoding="utf-8")
    return folder


def public(folder: Path, *paths: Path) -> Path:
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths}
    bare = f'<TEI xmlns="{TEI}"><text><body><p>Nothing is said of me.</p></body></text></TEI>'
    return edition(folder, {**texts, "bare.xml": bare}, f'base-url = "{BASE}"')


def meta(data: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag, attributes in read_page(data).tags:
        if tag == "meta" and attributes.get("name", "").startswith(("citation_", "DC.")):
            found.setdefault(attributes["name"], []).append(attributes["content"])
    return found


def json_ld(data: bytes) -> dict:
    (found,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', data.decode("utf-8"), re.DOTALL
    )
    return json.loads(found)


def head_links(data: bytes) -> list[dict]:
    return [attributes for tag, attributes in read_page(data).tags if tag == "link"]


def test_zotero_sees_the_declaration_in_both_languages():
    files = built(OURS).files
    chinese = meta(files["site/texts/declaration.html"])
    assert chinese["citation_author"] == ["上海合作组织成员国元首"]
    assert chinese["citation_publication_date"] == ["2026/11/22"]
    assert chinese["citation_language"] == ["zh-Hans"] == chinese["DC.language"]
    english = meta(files["site/en/texts/declaration.html"])
    assert english["citation_title"][0].startswith("Declaration of the Heads of State")
    assert english["DC.creator"] == english["citation_author"]
    assert "citation_public_url" not in english  # the edition does not say where it stands
    assert meta(files["site/index.html"])["citation_title"] and not meta(files["site/about.html"])


def test_only_a_site_that_knows_where_it_stands_has_whole_addresses(tmp_path):
    files = built(OURS).files
    assert not {"site/sitemap.xml", "site/linkset.json"} & set(files)
    rels = {one["rel"] for one in head_links(files["site/texts/declaration.html"])}
    assert not rels & {"canonical", "cite-as", "linkset"}
    assert "alternate item" in rels
    public_files = build(public(tmp_path)).files
    rels = {one["rel"] for one in head_links(public_files["site/texts/bare.html"])}
    assert rels >= {"canonical", "cite-as", "linkset", "describedby", "type", "collection"}


@needs(LETTER)
@needs(PLAY)
def test_a_letter_a_play_and_a_text_without_header_are_cited_by_what_they_say(tmp_path):
    files = build(public(tmp_path, LETTER, PLAY)).files
    letter = meta(files["site/texts/L00297.html"])
    assert letter["citation_author"][:2] == ["Kraus, Karl", "Schnitzler, Arthur"]
    assert letter["citation_editor"] == ["Müller, Martin Anton"]
    assert letter["citation_inbook_title"] == ["All"]
    play = json_ld(files["site/texts/vondel-faeton.html"])
    assert play["author"]["familyName"] == "Vondel"
    assert play["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    bare = meta(files["site/texts/bare.html"])
    assert set(bare) == {
        "citation_title", "citation_inbook_title", "citation_public_url",
        "citation_fulltext_html_url", "DC.title", "DC.identifier",
    }  # fmt: skip
    assert b"author" not in files["site/downloads/bare.bib"]


SAID = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>The Cloister and the Hearth</title><author>Réade, Charles (1814-1884).</author></titleStmt>
<publicationStmt><authority>A house</authority><pubPlace>Bonn</pubPlace><date when="1859"/>
<idno type="URN">urn:nbn:de:1-2</idno><idno type="handle">20.500/1</idno></publicationStmt>
<sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body><p>a</p></body></text></TEI>"""


@pytest.mark.parametrize("base", [f'[edition]\nbase-url = "{BASE}"\n', ""])
def test_citations_keep_place_authority_and_identifiers_and_have_a_key_that_says_whose(
    tmp_path, base
):
    (tmp_path / "texts").mkdir()
    (tmp_path / "edition.toml").write_text(base, encoding="utf-8")
    (tmp_path / "texts" / "a.xml").write_text(SAID, encoding="utf-8")
    files = build(tmp_path).files
    bib = files["site/citation.bib"].decode()
    assert bib.startswith("@book{reade-1859-cloister,")
    assert "publisher = {{A house}}" in bib and "address = {Bonn}" in bib
    assert "urn:nbn:de:1-2" in bib and "https://hdl.handle.net/20.500/1" in bib
    assert "{reade-1859-cloister:a," in files["site/downloads/a.bib"].decode()
    assert "Bonn: A house, 1859" in read_page(files["site/texts/a.html"]).words


def test_nothing_of_a_document_is_markup_or_ends_a_script(tmp_path):
    said = html.escape(EVIL).replace("\u2028", "&#x2028;").replace("&#x27;", "&apos;")
    text = (
        f'<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>{said}</title>'
        f"<author><persName><surname>{said}</surname><forename>x</forename></persName></author>"
        f'</titleStmt><publicationStmt><publisher>{said}</publisher><idno type="DOI">10.1/{said}'
        f'</idno><availability><licence target="javascript:alert(1)">{said}</licence>'
        f"</availability></publicationStmt></fileDesc></teiHeader><text><body><p>a</p></body>"
        "</text></TEI>"
    )
    files = build(edition(tmp_path, {"a.xml": text}, f'base-url = "{BASE}"')).files
    for path in ("site/texts/a.html", "site/index.html", "site/zh/texts/a.html"):
        page = read_page(files[path])
        assert page.scripts == 0, path
        assert not [one for one in (*page.links, *page.loaded) if "javascript" in one]
        assert "alert(1)" in json.dumps(json_ld(files[path]))
    assert json_ld(files["site/texts/a.html"])["author"]["familyName"].startswith("</script>")


@pytest.mark.parametrize("folder", [SMALL, OURS], ids=["small", "ours"])
def test_json_ld_is_read_as_what_it_says(folder):
    rdflib = pytest.importorskip("rdflib")
    schema = rdflib.Namespace("https://schema.org/")
    ids = ("url", "license", "sameAs", "contentUrl")
    context = {"@vocab": str(schema), **{name: {"@type": "@id"} for name in ids}}
    found = 0
    for path, data in built(folder).files.items():
        if not path.endswith(".html") or b'"citation_title"' not in data:
            continue  # entities have JSON-LD of their own
        said = json_ld(data)
        assert said.pop("@context") == "https://schema.org"
        graph = rdflib.Graph().parse(
            data=json.dumps({"@context": context, **said}),
            format="json-ld",
            publicID=f"{BASE}/{path}",
        )
        names = set(graph.objects(None, schema.name))
        assert names and all(str(one).strip() for one in names), path
        for target in graph.objects(None, schema.contentUrl):
            file = unquote(str(target).removeprefix(f"{BASE}/"))
            assert posixpath.normpath(file) in built(folder).files, (path, target)
        found += 1
    assert found > 2


def test_linkset_and_links_lead_to_what_is_there(tmp_path):
    folder = copy_of(SMALL, tmp_path)
    settings = (folder / "edition.toml").read_text(encoding="utf-8")
    if "base-url" not in settings:
        settings = settings.replace("[edition]\n", f'[edition]\nbase-url = "{BASE}"\n', 1)
    settings = re.sub(r'base-url = "[^"]*"', f'base-url = "{BASE}"', settings)
    (folder / "edition.toml").write_text(settings, encoding="utf-8")
    published = build(folder)
    files = {path.removeprefix("site/") for path in published.files}
    assert list(dead_links(published)) == []
    linkset = json.loads(published.files["site/linkset.json"])["linkset"]
    anchors = [one["anchor"] for one in linkset]
    assert len(anchors) == len(set(anchors))
    for context in linkset:
        for rel, several in context.items():
            for address in [several] if rel == "anchor" else [one["href"] for one in several]:
                if address.startswith(BASE):
                    assert unquote(address.removeprefix(f"{BASE}/")) in files, address
                else:
                    assert rel in ("cite-as", "author", "license", "type"), address
    for name, page in pages_of(published).items():
        known = [
            one["href"] for tag, one in page.tags if tag == "link" and one["rel"] == "canonical"
        ]
        assert [unquote(one.removeprefix(f"{BASE}/")) for one in known] == [name]


@needs(LETTER)
def test_sitemap_keeps_to_its_protocol(tmp_path):
    published = build(public(tmp_path, LETTER))
    spaces = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    root = etree.fromstring(published.files["site/sitemap.xml"])
    assert root.tag == f"{{{spaces['s']}}}urlset"
    pages = {f"{BASE}/{name}" for name in pages_of(published)}
    places = root.xpath("s:url/s:loc/text()", namespaces=spaces)
    assert sorted(map(unquote, places)) == sorted(pages)
    for url in root:
        children = [etree.QName(one).localname for one in url]
        assert children == sorted(children, key=["loc", "lastmod", "link"].index)
        others = url.xpath("x:link/@href", namespaces=spaces)
        assert len(others) == 2 and set(map(unquote, others)) <= pages
        for day in url.xpath("s:lastmod/text()", namespaces=spaces):
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)


def test_pages_name_whom_to_tell_of_errors(tmp_path):
    head = (
        "<fileDesc><titleStmt><title>a</title></titleStmt><publicationStmt><publisher>P</publisher>"
        "<address><addrLine><email>{}</email></addrLine></address></publicationStmt></fileDesc>"
    )
    whole = '<TEI xmlns="{}"><teiHeader>{}</teiHeader><text><body><p>a</p></body></text></TEI>'
    texts = {
        f"{name}.xml": whole.format(TEI, head.format(address))
        for name, address in (("good", "me@a.example"), ("odd", "a b@c&lt;script&gt;"))
    }
    texts["none.xml"] = whole.format(TEI, "")
    files = build(edition(tmp_path, texts)).files
    assert b'<a href="mailto:me@a.example"' in files["site/texts/good.html"]
    assert b"mailto" not in files["site/texts/odd.html"]
    assert b"a b@c&lt;script&gt;" in files["site/texts/odd.html"]
    assert b"Report an error" not in files["site/texts/none.html"]


@pytest.fixture
def opened(browser, tmp_path):
    """Return a function that opens a page of our edition, or of FILES, from the disk."""
    contexts, troubles = [], []

    def open_it(path: str, files: dict[str, bytes] | None = None):
        for name, data in (files or built(OURS).files).items():
            if name.startswith("site/"):
                file = tmp_path / "out" / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        contexts.append(browser.new_context())
        page = contexts[-1].new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto((tmp_path / "out" / "site" / path).as_uri())
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert troubles == []


def test_a_number_copies_how_its_paragraph_is_cited(opened):
    page = opened("en/texts/declaration.html")
    before = page.evaluate("document.documentElement.scrollHeight")
    number = page.locator("a.tk-n[href='#s1.p2']")
    number.focus()
    page.keyboard.press("Enter")
    status = page.get_by_role("status")
    status.get_by_text("Copied").wait_for()
    words = status.text_content()
    assert words.startswith("Copied: Heads of State")
    assert words.endswith(", s1.p2, declaration.html#s1.p2.") and "file:" not in words
    assert page.url.endswith("#s1.p2")
    assert page.evaluate("document.documentElement.scrollHeight") == before
    page.keyboard.press("Tab")  # goes on in the paragraph
    assert page.evaluate("document.activeElement.closest('.p').id") == "s1.p2"
    page.keyboard.press("Escape")
    assert status.text_content() == ""


@needs(PLAY)
def test_the_address_in_a_citation_becomes_that_of_the_passage(opened, tmp_path):
    (tmp_path / "edition").mkdir()
    files = build(public(tmp_path / "edition")).files
    page = opened("zh/texts/bare.html", files)
    page.locator("a.tk-n").click()
    status = page.get_by_role("status")
    status.get_by_text("已复制").wait_for()
    address = urljoin(f"{BASE}/", "zh/texts/bare.html")
    assert status.text_content().endswith(f"，1，{address}#tk-1。")
    assert status.text_content().count("https://") == 1


def test_the_address_of_a_passage_is_copied_in_its_own_letters(opened, tmp_path):
    texts = {"说 明.xml": TEXT.format('<p xml:id="第一段">甲</p>')}
    page = opened("zh/texts/说-明.html", build(edition(tmp_path, texts)).files)
    page.locator("a.tk-n").click()
    status = page.get_by_role("status")
    status.get_by_text("已复制").wait_for()
    assert status.text_content().endswith("说-明.html#第一段。")


def test_a_view_that_was_chosen_holds_on_the_next_page(opened, tmp_path):
    texts = {
        "a.xml": TEXT.format("<p><lb/>甲<lb/>乙</p>"),
        "b.xml": TEXT.format("<p><lb/>丙<lb/>丁</p>"),
    }
    page = opened("texts/a.html", build(edition(tmp_path, texts)).files)
    page.locator("#tk-as-source").check()
    page.goto(page.url.replace("a.html", "b.html"))
    assert page.locator("#tk-as-source").is_checked()
    page.locator("#tk-as-reading").check()
    page.goto(page.url.replace("b.html", "a.html"))
    assert page.locator("#tk-as-reading").is_checked()
