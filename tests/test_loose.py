"""A folder of TEI files without edition.toml; the names of pages."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from shared_data import SHARED, needs
from sites import dead_links, pages_of
from teikit.cli.commands import teikit
from teikit.errors import TeikitError
from teikit.loose import read_folder
from teikit.project import Project
from teikit.publish.files import SiteFiles
from teikit.publish.links import page_name
from teikit.publish.site import publish_site
from teikit.safety.worker import Here
from teikit.slugs import file_name, slug

_NS = 'xmlns="http://www.tei-c.org/ns/1.0"'


def tei(text: str, title: str = "A") -> str:
    return (
        f"<TEI {_NS}><teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>"
        "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>"
        f"</teiHeader>{text}</TEI>"
    )


TEXT = tei("<text><body><p>Anna.</p></body></text>")
PEOPLE = '<listPerson><person xml:id="anna"><persName>Anna</persName></person></listPerson>'


def folder_of(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def test_each_file_is_told_for_what_it_is(tmp_path):
    folder = folder_of(
        tmp_path,
        {
            "letters/a.xml": TEXT,
            "b.tei": TEXT,
            "people.xml": tei(f"<standOff>{PEOPLE}</standOff>"),
            "x.rng": "<grammar/>",
            "style.xml": "<xsl/>",
            "my.odd": tei("<text><body><schemaSpec ident='x'/></body></text>"),
            "part.xml": f"<div {_NS}><p>x</p></div>",
            "meta.xml": tei(""),
            ".git/a.xml": TEXT,
        },
    )
    project = read_folder(folder, Here())
    assert project.texts == ("b.tei", "letters/a.xml")
    assert project.registers == ("people.xml",)
    assert {one.place.path: one.message.partition(": ")[2] for one in project.left_out} == {
        "style.xml": "it is no TEI",
        "my.odd": "it is an ODD, which describes a schema",
        "part.xml": "it is a part of a TEI document, not a whole one",
        "meta.xml": "it has a teiHeader, but neither a text nor a register",
    }
    assert project.title == (("", tmp_path.name),)


def test_the_only_text_gives_the_title(tmp_path):
    folder = folder_of(tmp_path, {"a.xml": TEXT.replace("<title>A", "<title>The Well")})
    published = publish_site(read_folder(folder, Here()), Here())
    assert "The Well" in pages_of(published)["index.html"].words


def test_a_file_that_cannot_be_read_is_a_text_so_that_it_is_reported(tmp_path):
    folder = folder_of(tmp_path, {"a.xml": TEXT, "b.xml": TEXT.replace("</p>", "")})
    assert read_folder(folder, Here()).texts == ("a.xml", "b.xml")


def test_folder_without_tei_and_a_part_of_an_edition_are_refused(tmp_path):
    with pytest.raises(TeikitError, match=r"holds neither edition\.toml nor a TEI file"):
        read_folder(folder_of(tmp_path, {"x.xml": "<x/>"}), Here())
    folder_of(tmp_path, {"edition.toml": "[edition]\n", "texts/a.xml": TEXT})
    with pytest.raises(TeikitError, match="is a part of the edition"):
        read_folder(tmp_path / "texts", Here())


def test_templates_of_a_stranger_in_the_folder_are_not_used(tmp_path):
    folder = folder_of(tmp_path, {"a.xml": TEXT, "templates/index.html": "{{ boom }}"})
    assert "site/index.html" in publish_site(read_folder(folder, Here()), Here()).files


def test_publish_takes_a_folder_and_lists_what_it_left_out(tmp_path):
    folder = folder_of(
        tmp_path / "my texts", {"Über uns (2).xml": TEXT, "sub/信.xml": TEXT, "o.xml": "<o/>"}
    )
    out = tmp_path / "out"
    result = CliRunner().invoke(teikit, ["publish", str(folder), "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert "has no page of its own: it is no TEI" in result.stdout
    assert (out / "site" / "texts" / "Über-uns-2.html").is_file()
    assert (out / "site" / "texts" / "sub" / "信.html").is_file()
    assert sorted(path.name for path in folder.iterdir()) == ["o.xml", "sub", "Über uns (2).xml"]


def test_what_a_text_includes_is_not_said_to_be_left_out(tmp_path):
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="part.xml"/>'
    folder = folder_of(
        tmp_path / "f",
        {
            "a.xml": tei(f"<text><body>{include}</body></text>"),
            "part.xml": f"<div {_NS}><p>x</p></div>",
        },
    )
    arguments = ["publish", str(folder), "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(teikit, arguments)
    assert result.exit_code == 0, result.output
    assert "no page of its own" not in result.stdout


def test_output_among_the_texts_is_refused(tmp_path):
    folder = folder_of(tmp_path, {"sub/a.xml": TEXT})
    result = CliRunner().invoke(teikit, ["publish", str(folder), "-o", str(folder / "sub")])
    assert result.exit_code != 0
    assert (folder / "sub" / "a.xml").is_file()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("texts/declaration.xml", "declaration"),
        ("texts/parts/ISic000001.xml", "parts/ISic000001"),
        ("texts/Über uns (2).xml", "Über-uns-2"),
        ("texts/U\u0308ber.xml", "Über"),
        ("texts/香港 宣言（一）.xml", "香港-宣言-一"),
        ("texts/a - b.xml", "a-b"),
        ("texts/हिन्दी.xml", "हिन्दी"),
        ("texts/BAlam52.tei.xml", "BAlam52.tei"),
        ("texts/con.xml", "con_"),
        ("texts/???.xml", "-"),
        ("letters/L1.tei", "letters/L1.tei"),
    ],
)
def test_pages_are_named_by_a_slug_of_the_path(path, name):
    assert page_name(path) == name


def test_long_names_are_cut_and_stay_different():
    one, other = file_name("信" * 200 + "a"), file_name("信" * 200 + "b")
    assert one != other
    assert len(one.encode()) <= 150
    assert slug("信" * 20) == "信" * 20


@pytest.mark.parametrize(
    ("one", "other"),
    [("a/b.html", "a/B.html"), ("é.html", "e\u0301.html"), ("a.html/b.html", "A.html")],
)
def test_names_that_a_file_system_takes_for_the_same_clash_in_either_order(one, other):
    for first, second in ((one, other), (other, one)):
        files = SiteFiles()
        files.add(first, b"", "texts/1.xml")
        files.add(second, b"", "texts/2.xml")
        assert [finding.rule for finding in files.findings] == ["publish:page-clash"]


def check_corpus(name: str) -> Project:
    """Publish one of the shared corpora; no link is dead and no id comes twice."""
    project = read_folder(SHARED / "corpora" / name, Here())
    published = publish_site(project, Here())
    assert [one for one in published.findings if one.severity == "error"] == []
    assert list(dead_links(published)) == []
    for path, page in pages_of(published).items():
        assert len(page.ids) == len(set(page.ids)), path
    return project


@needs(SHARED / "corpora")
def test_small_corpus_publishes_without_configuration():
    project = check_corpus("apparatus")
    assert len(project.texts) > 5


@pytest.mark.slow
@needs(SHARED / "corpora")
@pytest.mark.parametrize("name", ["drama", "inscriptions", "letters", "novels"])
def test_corpora_publish_without_configuration(name):
    check_corpus(name)


def test_most_texts_give_the_language_of_the_interface(tmp_path):
    chinese = TEXT.replace("<text>", '<text xml:lang="lzh">')
    folder = folder_of(tmp_path, {"a.xml": chinese, "b.xml": chinese, "c.xml": TEXT})
    assert read_folder(folder, Here()).languages == ("zh",)
    folder = folder_of(tmp_path / "x", {"a.xml": TEXT.replace("<text>", '<text xml:lang="../x">')})
    assert read_folder(folder, Here()).languages == ("en",)


def test_an_id_that_comes_twice_does_not_stop_a_folder_without_settings(tmp_path):
    text = tei('<text><body><p xml:id="a">x</p><p xml:id="a">y</p></body></text>')
    folder = folder_of(tmp_path / "f", {"a.xml": text})
    result = CliRunner().invoke(teikit, ["publish", str(folder), "-o", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert "ids:duplicate" in result.stdout
    page = (tmp_path / "out" / "site" / "texts" / "a.html").read_text(encoding="utf-8")
    assert page.count('id="a"') == 1


def test_folder_that_was_made_an_edition_is_published_where_its_files_lie(tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    text = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p>a</p></body></text></TEI>'
    (folder / "one.xml").write_text(text, encoding="utf-8")
    (folder / "edition.toml").write_text('[edition]\ntitle = "Mine"\n', encoding="utf-8")
    done = CliRunner().invoke(teikit, ["publish", str(folder), "-o", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / "site" / "texts" / "one.html").is_file()
    assert "Mine" in (tmp_path / "out" / "site" / "index.html").read_text("utf-8")
