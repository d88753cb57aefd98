"""An edition changes stylesheets and templates by building on ours; what is wrong there is told."""

import re

import pytest

from sites import SMALL, build, built, copy_of
from teikit.errors import TeikitError
from teikit.shipped import shipped

XSL = (
    '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" '
    'xmlns:tei="http://www.tei-c.org/ns/1.0">{}</xsl:stylesheet>'
)
OURS = '<xsl:import href="teikit:html.xsl"/>'
PERSON = (
    '<xsl:template match="tei:persName">'
    '<em class="persName"><xsl:apply-templates/></em></xsl:template>'
)


def edition(tmp_path, settings: str, **files: str):
    """Return a copy of the small edition with more in edition.toml, and with these files."""
    folder = copy_of(SMALL, tmp_path)
    with (folder / "edition.toml").open("a", encoding="utf-8") as stream:
        stream.write(f"\n[publish]\n{settings}\n")
    for name, content in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def words_of(page: str) -> list[str]:
    """Return the words of a page; the template of this test calls no notes."""
    return re.sub(r"<[^>]*>", "", re.sub(r'<a class="tk-noteref".*?</a>', "", page)).split()


def test_stylesheet_of_an_edition_changes_one_element_and_may_import_its_neighbours(tmp_path):
    files = {
        "xslt__pages.xsl": XSL.format(OURS + '<xsl:import href="names.xsl"/>'),
        "xslt__names.xsl": XSL.format(PERSON),
    }
    folder = edition(tmp_path, 'stylesheet = "xslt/pages.xsl"', **files)
    page = build(folder).files["site/texts/first.html"].decode()
    plain = built(SMALL).files["site/texts/first.html"].decode()
    assert '<em class="persName">' in page
    assert words_of(page) == words_of(plain)


def test_stylesheet_of_an_edition_that_loses_words_is_told(tmp_path):
    drop = XSL.format(OURS + '<xsl:template match="tei:persName"/>')
    published = build(edition(tmp_path, 'stylesheet = "a.xsl"', **{"a.xsl": drop}))
    assert "publish:lost-text" in {one.rule for one in published.findings}


def test_stylesheet_for_plain_text(tmp_path):
    caps = (
        '<xsl:import href="teikit:text.xsl"/>'
        '<xsl:template match="tei:persName">*<xsl:apply-templates/>*</xsl:template>'
    )
    folder = edition(tmp_path, 'plain-stylesheet = "a.xsl"', **{"a.xsl": XSL.format(caps)})
    text = build(folder).files["text/first.txt"].decode()
    assert "*" in text
    assert text.replace("*", "") == built(SMALL).files["text/first.txt"].decode()


def test_parameters_of_the_stylesheet(tmp_path):
    folder = edition(tmp_path, 'parameters = {paragraph-numbers = "no"}')
    assert 'class="tk-n"' in built(SMALL).files["site/texts/first.html"].decode()
    assert 'class="tk-n"' not in build(folder).files["site/texts/first.html"].decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (XSL.format("<xsl:oops/>"), r"a\.xsl:1: .*oops"),
        (XSL.format('<xsl:import href="/etc/hostname"/>'), r"a\.xsl:1: imports .*hostname"),
        (XSL.format('<xsl:import href="../edition.toml"/>'), r"a\.xsl:1: imports"),
        ("<nothing/>", r"a\.xsl:1: is no XSLT stylesheet"),
    ],
)
def test_stylesheet_that_cannot_be_used_stops_with_its_line(tmp_path, content, said):
    folder = edition(tmp_path, 'stylesheet = "x/a.xsl"', **{"x__a.xsl": content})
    with pytest.raises(TeikitError, match=said):
        build(folder)


def test_stylesheet_that_is_missing_or_outside_stops(tmp_path):
    with pytest.raises(TeikitError, match=r"publish\.stylesheet names a\.xsl: there is no"):
        build(edition(tmp_path, 'stylesheet = "a.xsl"'))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{{ site.nothing }}", r"templates/about\.html:1: .*nothing"),
        ("a\n{% for %}", r"templates/about\.html:2: "),
        ("a\n\n{{ 1 / 0 }}", r"templates/about\.html:3: division by zero"),
        ('{% extends "gone.html" %}', r"templates/about\.html: there is no template gone\.html"),
        ('{% include "about.html" %}', r"templates/about\.html.*"),
        ("{{ site.__class__.__mro__ }}", r"templates/about\.html.*unsafe"),
    ],
)
def test_template_that_cannot_be_used_stops_with_its_line(tmp_path, content, said):
    folder = edition(tmp_path, "", **{"templates__about.html": content})
    with pytest.raises(TeikitError, match=said):
        build(folder)


@pytest.mark.parametrize("name", ["about.html", "static/mine.css", "strings/en.toml"])
def test_template_that_leads_out_of_its_folder_is_not_read(tmp_path, name):
    secret = tmp_path / "secret"
    secret.write_text("secret = 1", encoding="utf-8")
    (tmp_path / "edition").mkdir()
    folder = edition(tmp_path / "edition", "")
    (folder / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / "templates" / name).symlink_to(secret)
    with pytest.raises(TeikitError, match=re.escape(name.rpartition("/")[2])):
        build(folder)


def test_templates_may_lie_in_a_folder_of_another_name(tmp_path):
    page = '{% extends "shipped/about.html" %}{% block main %}<p>Ours</p>{% endblock %}'
    folder = edition(tmp_path, 'templates = "looks"', **{"looks__about.html": page})
    assert "<p>Ours</p>" in build(folder).files["site/about.html"].decode()


def blocks() -> list[tuple[str, str]]:
    """Return the blocks of our pages: (template, block)."""
    return [
        (path.name, name)
        for path in sorted(shipped("templates").glob("*.html"))
        if path.name not in ("base.html", "transform.html", "moved.html")
        for name in re.findall(r"{% block (\w+) %}", path.read_text(encoding="utf-8"))
        if name not in ("class", "title", "head")
    ]


def test_each_block_of_a_page_can_be_changed_alone(tmp_path):
    """A mark before each block: what stands around it is as it was."""
    changed: dict[str, str] = {}
    for template, name in blocks():
        content = changed.setdefault(template, f'{{% extends "shipped/{template}" %}}')
        block = f"{{% block {name} %}}<!--{name}-->{{{{ super() }}}}{{% endblock %}}"
        changed[template] = content + block
    files = {f"templates__{template}": content for template, content in changed.items()}
    made = build(edition(tmp_path, "", **files)).files
    for path, data in built(SMALL).files.items():
        if path.endswith(".html"):
            assert re.sub(rb"<!--\w+-->", b"", made[path]) == data, path
    seen = b"".join(data for path, data in made.items() if path.endswith(".html"))
    for _, name in blocks():
        assert f"<!--{name}-->".encode() in seen or name in ("beside", "title_line"), name
