"""Publishing, part by part."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from shared_data import PROJECT
from sites import OURS, SMALL, build, built, copy_of, dead_links, pages_of, read_page
from teikit.document import read_document
from teikit.edition.records import Identifier, Words
from teikit.errors import TeikitError
from teikit.place import Place
from teikit.project import read_project
from teikit.publish.files import SiteFiles
from teikit.publish.html import shorten_html
from teikit.publish.links import authority_link, file_name, relative, web_address
from teikit.publish.loss import find_lost_words
from teikit.publish.site import publish_site
from teikit.publish.static import shorten_css
from teikit.report import Finding, Report
from teikit.safety.worker import Here, Workers


def test_language_without_strings_is_an_error(tmp_path):
    folder = copy_of(SMALL, tmp_path)
    settings = (folder / "edition.toml").read_text(encoding="utf-8")
    (folder / "edition.toml").write_text(settings.replace('"zh"]', '"tlh"]'), encoding="utf-8")
    with pytest.raises(Exception, match=r"strings/tlh\.toml"):
        build(folder)


@pytest.mark.parametrize(
    ("page", "target", "url"),
    [
        ("index.html", "texts/a.html#s1", "texts/a.html#s1"),
        ("texts/a.html", "texts/a.html#s1", "#s1"),
        ("texts/a.html", "texts/a.html", "a.html"),
        ("registers/people/anna.html", "texts/a.html", "../../texts/a.html"),
        ("en/texts/a.html", "static/x.css", "../../static/x.css"),
        ("index.html", "texts/信 1.html#五", "texts/%E4%BF%A1%201.html#%E4%BA%94"),
    ],
)
def test_links_are_relative(page, target, url):
    assert relative(page, target) == url


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("anna", "anna"),
        ("s3.p4", "s3.p4"),
        ("con", "con_"),
        ("a:b", "a-b"),
        ("..", "-"),
        ("NUL.x", "NUL.x_"),
        ("a/b", "a-b"),
        ("名", "名"),
    ],
)
def test_names_of_files_are_fit_for_every_system(name, file):
    assert file_name(name) == file


@pytest.mark.parametrize(
    "uri",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "http://",
        "x.html",
        'https://a.b/"onload=',
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
def test_pages_lead_to_nothing_but_web_addresses(uri):
    assert web_address(uri) == ""


def test_identifiers_lead_to_their_authority():
    assert authority_link(Identifier("wikidata", "Q1")) == "https://www.wikidata.org/wiki/Q1"
    assert authority_link(Identifier("wikidata", "javascript:x")) == ""
    assert authority_link(Identifier("shelfmark", "A 1")) == ""
    assert authority_link(Identifier("URI", "https://a.b/c")) == "https://a.b/c"


def test_files_of_one_name_clash_also_where_only_case_differs():
    files = SiteFiles()
    files.add("registers/a.html", b"", "registers/a.xml")
    files.add("registers/A.html", b"", "registers/A.xml")
    (finding,) = files.findings
    assert (finding.rule, finding.place.path) == ("publish:page-clash", "registers/A.xml")
    assert list(files.files) == ["registers/a.html"]


def test_clash_of_pages_is_found_when_publishing(tmp_path):
    folder = copy_of(SMALL, tmp_path)
    people = folder / "registers" / "people.xml"
    people.write_text(
        people.read_text(encoding="utf-8")
        .replace('"league"', '"Anna"')
        .replace("#league", "#Anna"),
        encoding="utf-8",
    )
    rules = {finding.rule for finding in build(folder).findings}
    assert "publish:page-clash" in rules


def test_lost_words_are_found_at_their_place(tei):
    document = tei("<p>Kept. <hi>Lost.</hi></p>")
    (finding,) = find_lost_words(document, "<p>Kept. </p>")
    assert (finding.rule, finding.severity) == ("publish:lost-text", "error")
    assert (finding.place.line, finding.place.column) == (2, 10)
    assert "Lost." in finding.message


def test_a_lost_word_that_stands_elsewhere_too_is_missed_by_its_characters(tei):
    document = tei("<p>one <hi>two</hi> three</p><p><hi>two</hi></p>")
    content = "<p>one <i>two</i> three</p><p><a class='tk-n'>two</a></p>"
    (finding,) = find_lost_words(document, content)
    assert "3 characters" in finding.message
    whole = "<p>one <i>two</i><br/> three</p><p><a class='tk-n'>1</a><i>two</i></p>"
    assert not list(find_lost_words(document, whole))


def test_words_that_a_page_moves_are_not_lost(tei):
    document = tei("<p>One<note>a note</note> two &amp; three</p>")
    assert not list(find_lost_words(document, "<p>One<a></a> two &amp; three</p><li>a note</li>"))


@pytest.mark.parametrize("folder", [SMALL, OURS], ids=["small", "ours"])
def test_nothing_is_found_when_publishing(folder):
    assert built(folder).findings == ()


def test_html_of_notes_is_in_the_language_of_the_page():
    files = built(SMALL).files
    english, chinese = (files[f"site/{prefix}texts/first.html"].decode() for prefix in ("", "zh/"))
    assert "Which Béla is not said." in english and "未说明是哪一位" not in english
    assert "未说明是哪一位" in chinese and "Which Béla is not said." not in chinese


def test_introduction_begins_in_the_language_of_the_page():
    files = built(SMALL).files
    english, chinese = (
        files[f"site/{prefix}texts/introduction.html"].decode() for prefix in ("", "zh/")
    )
    assert english.index('id="en.p1"') < english.index('id="zh.p1"')
    assert chinese.index('id="zh.p1"') < chinese.index('id="en.p1"')


def test_entity_shows_relations_from_both_sides_and_its_mentions():
    page = built(SMALL).files["site/registers/people/league.html"].decode()
    assert 'href="anna.html"' in page and 'href="../first/clara.html"' in page
    assert '<a class="tk-id" href="../../texts/first.html#d1.p2.1"' in page
    assert "A club &amp; its “members”." in page
    assert "1820 to 1830" in page


def test_trap_in_the_data_is_no_link():
    page = built(SMALL).files["site/registers/people/anna.html"].decode()
    assert "javascript" not in page
    assert "a trap" in page and "https://example.org/a?b=1&amp;c=2" in page


def test_statements_are_counted_by_act_and_speaker():
    page = read_page(built(SMALL).files["site/statements.html"])
    assert {"tk-act-tells", "tk-act-asks", "tk-speaker-claraspeaks"} <= set(page.ids)
    assert ">2</a>" in built(SMALL).files["site/statements.html"].decode()


def test_each_page_says_how_to_cite_it_and_what_it_may_be_used_for():
    for name, page in pages_of(built(SMALL)).items():
        words = " ".join(page.words.split())
        assert "2024-02-29" in words, name
        assert "https://doi.org/10.1234/wells" in words, name
        assert "https://creativecommons.org/publicdomain/zero/1.0/" in page.links, name
        assert "https://rightsstatements.org/vocab/NKC/1.0/" in page.links, name
    words = built(SMALL).files["site/registers/people/anna.html"].decode()
    assert (
        "Clara. Two letters about a well. Edited by N. N. Version 1.0, The editor, 2024-02-29. "
        "“Anna”, "
        "https://doi.org/10.1234/wells."
    ) in words


def test_pages_of_our_edition_say_that_there_is_no_identifier_yet():
    for name, page in pages_of(built(OURS)).items():
        assert ("none yet" if name.startswith("en/") else "尚无") in page.words, name


def test_draft_has_a_banner_and_each_finding_at_its_place():
    finding = Finding(
        Place("texts/first.xml", 47, 9),
        "made:up",
        "Nobody knows <it>",
        ordinal=element_number("persName"),
    )
    published = build(SMALL, Report((finding,)), draft=True)
    page = published.files["site/texts/first.html"].decode()
    assert "Draft: not for citation" in page
    assert 'href="#tk-finding-1"' in page and 'id="tk-finding-1"' in page
    assert "Nobody knows &lt;it&gt;" in page
    assert "草稿" in published.files["site/zh/about.html"].decode()
    assert list(dead_links(published)) == []


def element_number(name: str) -> int:
    document = read_document((SMALL / "texts" / "first.xml").read_bytes(), "texts/first.xml")
    return document.ordinal(next(document.root.iter("{*}text")).find(f".//{{*}}{name}"))


def test_unreadable_file_is_found_and_the_rest_published(tmp_path):
    folder = copy_of(SMALL, tmp_path)
    (folder / "texts" / "second.xml").write_bytes(b"<TEI>")
    published = build(folder)
    assert [finding.rule for finding in published.findings] == ["xml:not-well-formed"]
    assert "site/texts/first.html" in published.files


def test_edition_of_one_bare_text_is_published(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "edition.toml").write_text("", encoding="utf-8")
    (tmp_path / "texts" / "a.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>Words.</p></body></text></TEI>',
        encoding="utf-8",
    )
    published = build(tmp_path)
    assert "Words." in published.files["site/texts/a.html"].decode()
    assert list(dead_links(published)) == []
    assert published.findings == ()


def test_report_of_an_edition_is_the_one_that_is_printed(tmp_path):
    folder = copy_of(SMALL, tmp_path)
    text = folder / "texts" / "first.xml"
    strange = "<p><unheardOf>words</unheardOf></p></body>"
    text.write_text(text.read_text("utf-8").replace("</body>", strange, 1), "utf-8")
    for levels, severities in (((), ["warning"]), ((("TRF001", "off"),), [])):
        project = replace(read_project(folder), levels=levels)
        published = publish_site(project, Here(), Report(allowed=2))
        assert [one.severity for one in published.findings] == severities
        said = json.loads(published.files["report.json"])
        assert [one["severity"] for one in said["findings"]] == severities
        assert said["allowed"] == 2


def test_edition_changes_a_page_block_by_block(tmp_path):
    folder = copy_of(SMALL, tmp_path)
    (folder / "templates" / "static").mkdir(parents=True)
    (folder / "templates" / "base.html").write_text(
        '{% extends "shipped/base.html" %}{% block title %}Mine: {{ super() }}{% endblock %}',
        encoding="utf-8",
    )
    (folder / "templates" / "static" / "extra.css").write_text("/* kept */", encoding="utf-8")
    (folder / "templates" / "strings").mkdir()
    (folder / "templates" / "strings" / "en.toml").write_text(
        '[nav]\ntext = "Letters"', encoding="utf-8"
    )
    files = build(folder).files
    page = files["site/texts/first.html"].decode()
    assert "<title>Mine: The first letter" in page and ">Letters</a>" in page
    assert files["site/static/extra.css"] == b"/* kept */"


def test_template_of_an_edition_runs_in_a_sandbox(tmp_path):
    folder = copy_of(SMALL, tmp_path)
    (folder / "templates").mkdir()
    (folder / "templates" / "about.html").write_text(
        "{{ site.__class__.__init__.__globals__ }}", encoding="utf-8"
    )
    with pytest.raises(Exception, match=r"unsafe|undefined"):
        build(folder)


@pytest.mark.parametrize(
    "asked",
    (
        '(site.project.folder / "x.txt").write_text("x")',
        '(site.project.folder / "edition.toml").read_text()',
        'site.project.folder|attr("parent")',
        '[site.project.folder]|map(attribute="parent")|first',
        '"{0.folder.parent}".format(site.project)',
        "site.environment.loader",
    ),
)
def test_template_of_an_edition_reaches_values_and_no_files(tmp_path, asked):
    folder = copy_of(SMALL, tmp_path)
    (folder / "templates").mkdir()
    (folder / "templates" / "about.html").write_text(f"{{{{ {asked} }}}}", encoding="utf-8")
    with pytest.raises(TeikitError, match=r"unsafe|undefined|no attribute"):
        build(folder)
    assert not (folder / "x.txt").exists()


@pytest.mark.parametrize(
    "template",
    (
        "{{ 10 ** 5000 }}",
        "{% if 1 %}" * 300 + "{% endif %}" * 300,
        "{{ '\\ud800' }}",
        f"{{% include '{'a' * 400}' %}}",
    ),
)
def test_template_that_cannot_be_followed_is_one_line(tmp_path, template):
    folder = copy_of(SMALL, tmp_path)
    (folder / "templates").mkdir()
    (folder / "templates" / "about.html").write_text(template, encoding="utf-8")
    with pytest.raises(TeikitError, match=r"^templates/about\.html: [^\n]+$"):
        build(folder)


def test_worker_processes_give_the_same_files():
    with Workers(count=2) as jobs:
        assert publish_site(read_project(SMALL), jobs).files == built(SMALL).files


def test_publishing_process_imports_no_lxml():
    code = (
        "import sys; import teikit.publish.site; "
        "print([name for name in sys.modules if name.split('.')[0] == 'lxml'])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(PROJECT / "tools")},
    )
    assert ran.stdout.strip() == "[]"


def test_short_style_sheet_keeps_its_strings():
    short = shorten_css(b'/* why */\na:is( .b , .c ) > d {\n  content: "; , {  }";\n  x: 1 2;\n}\n')
    assert short == b'a:is( .b,.c )>d{content:"; , {  }";x:1 2}\n'


def test_items_keep_numbers_that_a_browser_would_not_give_them():
    assert (
        shorten_html('<ol><li id="a" value="1">x<ol><li value="7"></ol><li value="2"></ol>')
        == '<ol><li id="a">x<ol><li value="7"></ol><li></ol>'
    )
    assert shorten_html('<ol start="5"><li value="1">') == '<ol start="5"><li value="1">'


def test_words_have_a_lang_attribute_only_where_they_are_foreign():
    from types import SimpleNamespace

    from teikit.publish.pages import Page

    page = Page(SimpleNamespace(language="zh"), "index.html", "")
    assert page.tagged("甲", "zh-Hans") == "甲"
    assert page.tagged("<a>", "en") == '<span lang="en">&lt;a&gt;</span>'
    assert Words("x").links == ()
