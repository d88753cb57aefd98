"""The commands of the first hour together: what one writes, the others take as it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jing import complaints
from shared_data import PROJECT, TEI_ALL, needs

LETTER = """[p. 1]
To a friend

I write from Lambeth, where Anna Reid
came yester-
day. London is far.

[p. 2]
  A line of verse,
  another here.
"""
MARKDOWN = """# Notes

One *word* of Anna Reid[^1], and [a link](https://example.org/).

- an item
- another

[^1]: A note.
"""


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "teikit", *arguments],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(PROJECT / "tools")},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout
    return done.stdout


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "build" not in path.relative_to(folder).parts
    }


@pytest.fixture(scope="module")
def edition(tmp_path_factory) -> Path:
    """Return an edition with texts from all kinds of files, its names marked."""
    top = tmp_path_factory.mktemp("hour")
    run(top, "new", "mine", "--title", "Mine")
    folder = top / "mine"
    (top / "friend.txt").write_text(LETTER, encoding="utf-8")
    run(folder, "import", "../friend.txt", "--language", "en")
    run(folder, "import", str(PROJECT / "tei/source/declaration.txt"), "--sentences")
    try:
        import docx
        import markdown_it  # noqa: F401
    except ImportError:
        return folder
    (top / "notes.md").write_text(MARKDOWN, encoding="utf-8")
    run(folder, "import", "../notes.md", "--language", "en")
    document = docx.Document()
    document.add_heading("Report", 1)
    document.add_paragraph("What Anna Reid said, ").add_run("in italics").italic = True
    document.save(str(top / "report.docx"))
    run(folder, "import", "../report.docx", "--language", "en")
    return folder


def test_every_text_is_valid_but_for_the_gaps_of_its_header(edition):
    said = run(edition, "validate", "--ignore", "header:gap")
    assert "nothing wrong" in said
    assert "header:gap" in run(edition, "validate")


@needs(TEI_ALL)
def test_every_text_is_valid_against_all_of_the_tei(edition):
    texts = sorted((edition / "texts").glob("*.xml"))
    assert len(texts) >= 4
    found = complaints(TEI_ALL, texts)
    assert {name: said for name, said in found.items() if said} == {}


def test_nothing_that_was_written_is_laid_out_otherwise(edition):
    said = run(edition, "format", "--check", "texts", "registers")
    assert said.startswith("0 files would be laid out anew")


def test_a_command_given_again_writes_the_same_bytes_or_nothing(edition):
    before = files_of(edition)
    run(edition, "import", "../friend.txt", "--language", "en")
    run(edition, "entities", "export", "-o", "../sheet.csv", "--force")
    run(edition, "entities", "import", "../sheet.csv", "--apply")
    run(edition, "format", "texts", "registers")
    run(edition, "new", ".", code=2)
    assert files_of(edition) == before


def test_marked_names_change_no_word_and_stay_in_the_agreed_layout(edition):
    text = edition / "texts" / "friend.xml"
    before = text.read_bytes()
    run(edition, "entities", "suggest", "texts/friend.xml", "--apply")
    after = text.read_bytes()
    try:
        assert after.count(b"<persName ") == before.count(b"<persName ") + 1
        (edition.parent / "before.xml").write_bytes(before)
        said = run(edition, "diff", "../before.xml", "texts/friend.xml")
        assert said.splitlines()[-1].startswith("0 changes in the text")
        assert "nothing wrong" in run(edition, "validate", "--ignore", "header:gap")
        run(edition, "format", "--check", "texts/friend.xml")
    finally:
        text.write_bytes(before)


def test_it_can_be_published_at_once(edition):
    run(edition, "publish")
    page = (edition / "build/site/texts/friend.html").read_text(encoding="utf-8")
    assert "A line of verse," in page and "teikit fill" not in page
