"""The account of a Word document: what comes out where a reader loses or doubles something."""

from dataclasses import replace

import pytest

from teikit.importing.elements import Element
from teikit.importing.word.accounting import Account, close_account, count_source
from teikit.importing.word.blocks import Blocks
from teikit.importing.word.inline import Inline
from teikit.importing.word.reading import read_parts
from word_files import NUMBERING, make_docx, paragraph, run

pytest.importorskip("docx", reason="the extra word is not installed")

BODY = paragraph("Some words, ", run("and bold ones", "<w:b/>")) + paragraph("The end.")


def as_body(text: str) -> tuple[Element, ...]:
    return (Element("p", (), (text,)),)


def test_characters_are_counted_in_all_parts_and_white_space_is_not():
    source, symbols = count_source(make_docx(paragraph("a b"), header1=paragraph("ac")))
    assert {one: source[one] for one in "abc"} == {"a": 2, "b": 1, "c": 1}
    assert symbols == 0


@pytest.mark.parametrize(
    ("body", "lost", "missing", "surplus"),
    [
        ("abc d", "", "", ""),
        ("abc", "d", "", ""),
        ("abc", "", "d", ""),
        ("abd", "", "c", ""),
        ("abcd", "d", "", "d"),
        ("abce", "", "d", "e"),
    ],
)
def test_the_account_closes_only_where_each_character_is_there_once(body, lost, missing, surplus):
    data = make_docx(paragraph("ab", run("cd", "<w:i/>")))
    assert close_account(data, as_body(body), [lost]) == Account(missing, surplus)


def test_what_is_said_again_for_old_programs_counts_once():
    one, other = (f"<w:txbxContent>{paragraph(text)}</w:txbxContent>" for text in ("ab", "xy"))
    data = make_docx(
        paragraph(
            f"<w:r><mc:AlternateContent><mc:Choice>{one}</mc:Choice><mc:Choice>{other}</mc:Choice>"
            f"<mc:Fallback>{other}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert close_account(data, as_body("ab"), []).is_closed
    assert not close_account(data, as_body("abxy"), []).is_closed


def test_a_reader_that_loses_a_run_is_found_out(monkeypatch: pytest.MonkeyPatch):
    def no_bold(self, child, out, marks):
        if marks:
            self.context.take(child)  # taken, and not carried
            return
        out.append(self.context.take(child))

    monkeypatch.setattr(Inline, "_text", no_bold)
    _, losses, _ = read_parts(make_docx(BODY), "a.docx")
    (found,) = [one.finding for one in losses if one.finding.rule == "import:unaccounted"]
    assert found.severity == "error"
    assert "11 characters are in the document, but neither" in found.message


def test_a_reader_that_doubles_a_paragraph_is_found_out(monkeypatch: pytest.MonkeyPatch):
    put = Blocks._put

    def twice(self, block, kind, level, label=None):
        put(self, block, kind, level, label)
        put(self, replace(block), kind, level, label)

    monkeypatch.setattr(Blocks, "_put", twice)
    _, losses, _ = read_parts(make_docx(BODY), "a.docx")
    assert [one for one in losses if "more often than in the document" in one.finding.message]


def test_a_paragraph_that_no_reader_knows_is_listed_with_its_words():
    _, losses, _ = read_parts(make_docx(f"{BODY}<w:r><w:t>astray</w:t></w:r>"), "a.docx")
    (lost,) = [one for one in losses if one.words]
    assert lost.words == "astray" and "“astray”" in lost.finding.message


def test_a_part_that_no_reader_knows_is_listed_with_its_words():
    diagram = (
        '<d:data xmlns:d="urn:d" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<a:p><a:r><a:t>in a drawing</a:t></a:r></a:p></d:data>"
    )
    data = make_docx(BODY, files={"word/diagrams/data1.xml": diagram.encode()})
    _, losses, _ = read_parts(data, "a.docx")
    (lost,) = [one for one in losses if one.words]
    assert lost.words == "in a drawing" and "word/diagrams/data1.xml" in lost.finding.message


def test_lists_whose_numbering_is_broken_keep_their_words():
    body = paragraph("a", more='<w:numPr><w:ilvl w:val="77"/><w:numId w:val="1"/></w:numPr>')
    for numbering in (NUMBERING, "", NUMBERING.replace('w:val="7"', 'w:val="x"')):
        found, losses, _ = read_parts(make_docx(body, numbering=numbering), "a.docx")
        assert close_account(make_docx(body), found, [one.words for one in losses]).is_closed
