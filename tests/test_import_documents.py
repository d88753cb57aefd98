"""`teikit import` of Word documents and Markdown files: what is written, and what stays checked."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from teikit.cli.commands import teikit as command
from word_files import link, make_docx, paragraph, run

pytest.importorskip("docx", reason="the extra word is not installed")
pytest.importorskip("markdown_it", reason="the extra markdown is not installed")

MARKDOWN = "# Title\n\nOne *line*\nand two.[^1]\n\n[^1]: A note.\n\n<b>x</b> <i>\n"


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "edition"
    (folder / "texts").mkdir(parents=True)
    (folder / "edition.toml").write_text('[edition]\nid = "e"\n', encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def teikit(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def source(edition: Path, name: str, data: bytes) -> Path:
    path = edition.parent / name
    path.write_bytes(data)
    return path


def test_a_word_document_is_kept_whole_and_its_words_stay_checked(edition: Path):
    data = make_docx(
        paragraph("Title", style="Titel") + paragraph("Words ", run("in bold", "<w:b/>")),
        header1=paragraph("Running title"),
    )
    ran = teikit("import", str(source(edition, "My Text.docx", data)), "--language", "en")
    assert ran.exit_code == 0, ran.output
    assert "“Running title”" in ran.output and "import:outside" in ran.output
    assert (edition / "source" / "my-text.docx").read_bytes() == data
    assert (edition / "source" / "my-text.txt").read_text("utf-8") == "Title\n\nWords in bold\n"
    text = edition / "texts" / "my-text.xml"
    assert "witness:" not in teikit("validate").output
    text.write_text(text.read_text("utf-8").replace("bold</hi>", "bald</hi>"), "utf-8")
    checked = teikit("validate")
    assert checked.exit_code == 1 and "witness:text" in checked.output


def test_a_markdown_file_is_kept_whole_and_its_words_stay_checked(edition: Path):
    path = source(edition, "a.md", MARKDOWN.encode())
    ran = teikit("import", str(path), "--language", "en")
    assert ran.exit_code == 0, ran.output
    assert "a.md:8:1: warning: HTML is left out: “<i>”" in ran.output
    assert (edition / "source" / "a.md").read_bytes() == MARKDOWN.encode()
    assert (edition / "source" / "a.txt").read_text("utf-8") == (
        "Title\n\nOne line\nand two.\n\nx\n"
    )
    assert "witness:" not in teikit("validate").output


def test_importing_again_changes_nothing(edition: Path):
    path = source(edition, "a.docx", make_docx(paragraph("Words")))
    assert teikit("import", str(path)).exit_code == 0
    before = {one: one.read_bytes() for one in edition.rglob("*") if one.is_file()}
    assert len(before) == 4
    teikit("import", str(path))
    assert {one: one.read_bytes() for one in edition.rglob("*") if one.is_file()} == before


def test_the_format_can_be_said(edition: Path):
    path = source(edition, "a.txt", MARKDOWN.encode())
    ran = teikit("import", str(path), "--format", "markdown", "-o", "a.xml")
    assert ran.exit_code == 0, ran.output
    assert '<hi rend="italic">line</hi>' in Path("a.xml").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
        ("a.pdf", b"%PDF-1.4", "is a PDF"),
        ("a.docx", make_docx(paragraph("x"))[:-30], "damaged"),
        ("a.docx", b"plain text", "is called .docx but is none"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_nothing_is_written(
    edition: Path, name: str, data: bytes, says: str
):
    ran = teikit("import", str(source(edition, name, data)))
    assert ran.exit_code == 2
    assert says in ran.output and len(ran.output.strip().splitlines()) == 1
    assert sorted(one.name for one in edition.rglob("*")) == ["edition.toml", "texts"]


def test_a_hostile_document_hits_the_limits_of_its_job(edition: Path):
    body = paragraph("x") * 300_000
    data = make_docx(body)
    ran = teikit("import", str(source(edition, "a.docx", data)), "--memory", "200")
    assert ran.exit_code == 2 and len(ran.output.strip().splitlines()) == 1


def test_nothing_outside_is_opened(edition: Path):
    secret = source(edition, "secret.txt", b"SECRET")
    links = link("l1", "image", secret.as_uri(), True) + link("l2", "image", "../../../secret.txt")
    body = paragraph('<w:r><w:pict><v:imagedata r:id="l1"/></w:pict></w:r>', "words")
    path = source(edition, "a.docx", make_docx(body, links=links))
    ran = teikit("import", str(path))
    assert ran.exit_code == 0, ran.output
    assert "SECRET" not in ran.output + (edition / "texts" / "a.xml").read_text("utf-8")
