"""What others say of the same documents: pandoc, LibreOffice, jing, the examples of CommonMark."""

import html
import json
import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from import_fuzzing import mutate_docx, mutate_markdown
from jing import complaints
from shared_data import PROJECT, TEI_ALL, needs
from teikit.errors import TeikitError
from teikit.importing.elements import Element, Transcript
from teikit.importing.markdown import read_markdown
from teikit.importing.word.reading import read_word
from transcripts import find_differences, write_tei

pytest.importorskip("markdown_it", reason="the extra markdown is not installed")
docx = pytest.importorskip("docx", reason="the extra word is not installed")

PANDOC = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
SPEC = Path(os.environ.get("TEIKIT_COMMONMARK") or "absent")

MARKDOWN = """# Chapter

Text with *emph*, **strong**, `code`, ~~gone~~ and [a link](http://example.org/x?y=1 "t").[^1]

> A quotation\\
> of two lines

3. one
4. two
   - sub
   - sub2

- bullet

  second paragraph

| a | b |
|---|---|
| 1 | **2** |

## Section &amp; more

    code block
      indented

Ein Absatz, 中文 und Ελληνικά.

[^1]: A footnote.

    With two paragraphs.
"""
HTML = """<html><head><title>T</title></head><body lang="de-DE"><h1>Kapitel</h1>
<p>Ein <b>fetter</b> und <i>kursiver</i> Satz.<br>Zeile mit <a href="http://e.org/">Verweis</a>.</p>
<ol><li>eins<ul><li>innen</li></ul></li><li>zwei</li></ol><blockquote><p>Zitat</p></blockquote>
<table border=1><tr><th>Kopf</th><td rowspan=2>lang</td></tr><tr><td>Zelle</td></tr></table>
<h2>Unter</h2><p align="center">mittig <sup>hoch</sup> <span lang="la">lingua Latina</span></p>
<p>中文段落</p></body></html>"""


def letters(transcript: Transcript) -> str:
    """Return all that is not white space in the body, without descriptions of pictures."""
    return "".join("".join(_letters(transcript.body)).split())


def _letters(pieces):
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        elif isinstance(piece, Element) and piece.name != "figDesc":
            yield from _letters(piece.content)


def pandoc(data: bytes, kind: str, *options: str) -> str:
    """Return all that is not white space in a document, as pandoc reads it, notes in place."""
    ran = subprocess.run(
        ["pandoc", "-f", kind, "-t", "json", *options], input=data, capture_output=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    read = json.loads(ran.stdout)
    said = [read["meta"].get(name, "") for name in ("title", "subtitle")]
    return "".join("".join(_said([*said, *read["blocks"]])).split())


def _said(node):
    if isinstance(node, list):
        for one in node:
            yield from _said(one)
    elif isinstance(node, dict):
        kind, content = node.get("t"), node.get("c")
        if kind in ("Str", "MetaString"):
            yield content
        elif kind in ("Code", "CodeBlock"):
            yield content[1]
        elif kind in ("Link", "Span", "Header", "Div"):
            yield from _said(content[1:2] if kind != "Header" else content[2])
        elif kind not in ("Image", "RawInline", "RawBlock", "Math"):
            yield from _said(content)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return Word documents by who made them; those whose programs are absent are not there."""
    folder = tmp_path_factory.mktemp("documents")
    made = {"python-docx": _by_python_docx(folder / "library.docx")}
    if shutil.which("pandoc"):
        path = folder / "pandoc.docx"
        run = ["pandoc", "-f", "markdown", "-o", str(path)]
        subprocess.run(run, input=MARKDOWN.encode(), check=True, timeout=120)
        made["pandoc"] = path.read_bytes()
    if shutil.which("soffice"):
        (folder / "office.html").write_text(HTML, encoding="utf-8")
        subprocess.run(
            ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
             "--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML",
             "--outdir", str(folder), str(folder / "office.html")],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        made["LibreOffice"] = (folder / "office.docx").read_bytes()
    return made


def _by_python_docx(path: Path) -> bytes:
    document = docx.Document()
    document.add_heading("The Title", 0)
    document.add_paragraph("Intro")
    document.add_heading("One", 1)
    paragraph = document.add_paragraph("Hello ")
    paragraph.add_run("bold").bold = True
    run = paragraph.add_run(" and italic")
    run.italic = True
    run.add_break()
    paragraph.add_run("second line")
    for style in ("List Bullet", "List Bullet 2", "List Number", "List Number", "Quote"):
        document.add_paragraph(f"in {style}", style=style)
    document.add_page_break()
    table = document.add_table(2, 2)
    for number, cell in enumerate(table.rows[0].cells + table.rows[1].cells):
        cell.text = f"cell {number}"
    table.cell(0, 0).merge(table.cell(1, 0))
    document.add_heading("Two", 2)
    document.sections[0].header.paragraphs[0].text = "Running title"
    document.save(str(path))
    return path.read_bytes()


PRODUCERS = [
    "python-docx",
    pytest.param("pandoc", marks=PANDOC),
    pytest.param("LibreOffice", marks=OFFICE),
]


@PANDOC
@pytest.mark.parametrize("producer", PRODUCERS)
def test_pandoc_finds_the_same_words_in_the_same_order(documents, producer: str):
    found = read_word(documents[producer], "a.docx")
    assert len(letters(found)) > 60
    assert letters(found) == pandoc(documents[producer], "docx", "--track-changes=all")


@pytest.mark.parametrize("producer", PRODUCERS)
def test_documents_of_others_keep_to_their_witness(documents, producer: str):
    found = read_word(documents[producer], "a.docx")
    assert find_differences(found) == []
    assert "import:unaccounted" not in [one.rule for one in found.lost]
    assert {one.name for one in _all(found.body)} >= {"head", "list", "table", "hi", "quote"}


def _all(pieces):
    for piece in pieces:
        if isinstance(piece, Element):
            yield piece
            yield from _all(piece.content)


@OFFICE
def test_what_libreoffice_writes_in_its_own_way(documents):
    found = read_word(documents["LibreOffice"], "a.docx")
    marks = {(one.name, value) for one in _all(found.body) for _, value in one.attributes}
    assert ("hi", "superscript") in marks
    assert any(name == "foreign" and value.startswith("la") for name, value in marks)
    assert ("p", "center") in marks and ("cell", "2") in marks


@PANDOC
@pytest.mark.parametrize("path", ["README.md", "CHANGELOG.md", ""])
def test_pandoc_finds_the_same_words_in_markdown(path: str):
    text = (PROJECT / path).read_text(encoding="utf-8") if path else MARKDOWN
    found = read_markdown(text, "a.md")
    kind = "commonmark+pipe_tables+strikeout+footnotes"
    assert letters(found) == pandoc(text.encode(), kind)


@pytest.mark.skipif(not SPEC.is_file(), reason="TEIKIT_COMMONMARK names no spec.txt of CommonMark")
def test_the_examples_of_commonmark_have_the_words_of_their_html():
    text = SPEC.read_text(encoding="utf-8").replace("→", "\t")
    examples = re.findall(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", text, re.S | re.M)
    assert len(examples) > 600
    differing = []
    for source, page in examples:
        try:
            found = read_markdown(source, "a.md")
        except TeikitError as error:
            assert str(error) == "a.md: has no text"
            if re.sub("<[^<>]*>", "", page).strip():
                differing.append((source, "", page))
            continue
        assert find_differences(found) == [], source
        if "<!" in page or "<?" in page or "<style" in page or "<script" in page:
            continue  # what stands in these is no text, and said differently
        words = "".join(html.unescape(re.sub(r"<[a-zA-Z/][^<>]*>", "", page)).split())
        if letters(found) != words:
            differing.append((source, letters(found), words))
    # front matter, which CommonMark does not know, and a tag whose attributes hold "<"
    assert len(differing) <= 2, differing[:20]


@needs(TEI_ALL)
def test_all_that_is_made_is_valid_tei(documents, tmp_path: Path):
    made = [
        write_tei(tmp_path, f"d{number}", read_word(documents[name], "a.docx"))
        for number, name in enumerate(sorted(documents))
    ]
    made += [write_tei(tmp_path, "m", read_markdown(MARKDOWN, "a.md"))]
    chance = random.Random(4)
    sources = [documents[name] for name in sorted(documents)]
    for number in range(60):
        for kind, transcript in _mutated(chance, sources):
            made.append(write_tei(tmp_path, f"{kind}{number}", transcript))
    found = complaints(TEI_ALL, made)
    assert {name: said for name, said in found.items() if said} == {}
    assert len(made) > 80


def _mutated(chance: random.Random, sources: list[bytes]):
    yield "m", read_markdown(mutate_markdown(MARKDOWN, chance), "a.md")
    try:
        yield "w", read_word(mutate_docx(chance.choice(sources), chance), "a.docx")
    except TeikitError:
        return


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 25))]
)
def test_mutants_lose_no_character_and_break_nothing(documents, seed: int):
    chance = random.Random(seed)
    sources = [documents[name] for name in sorted(documents)]
    read = 0
    for _ in range(100):
        data = mutate_docx(chance.choice(sources), chance)
        try:
            found = read_word(data, "a.docx")
        except TeikitError as error:
            assert "\n" not in str(error)
            continue
        assert [one for one in found.lost if one.rule == "import:unaccounted"] == []
        assert find_differences(found) == []
        read += 1
    assert read > 40
    for _ in range(100):
        text = mutate_markdown(MARKDOWN, chance)
        assert find_differences(read_markdown(text, "a.md")) == [], text
