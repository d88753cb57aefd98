"""Which files are imported as what, and which are refused with a word of advice; hostile .docx."""

import io
import zipfile

import pytest

from teikit.errors import TeikitError
from teikit.importing.formats import tell_format
from teikit.importing.word import package
from teikit.importing.word.reading import read_word
from word_files import change_member, make_docx, make_zip, paragraph

pytest.importorskip("docx", reason="the extra word is not installed")
DOCX = make_docx(paragraph("words"))


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (DOCX, "a.docx", "docx"),
        (DOCX, "wrongly-named.txt", "docx"),
        (b"# Title", "a.md", "markdown"),
        (b"# Title", "A.MARKDOWN", "markdown"),
        (b"# Title", "a.txt", "text"),
        (b"<p>no page</p>", "a.txt", "text"),
        (b"", "a.txt", "text"),
    ],
)
def test_formats_are_told_by_content_then_name(data: bytes, name: str, kind: str):
    assert tell_format(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "an old Word"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "password",
        ),
        (make_zip({"mimetype": b"x", "content.xml": b"<x/>"}), "a.odt", "OpenDocument"),
        (rb"{\rtf1 x}", "a.rtf", "is RTF"),
        (b"%PDF-1.7", "a.pdf", "is a PDF"),
        (b"\xef\xbb\xbf <!DOCTYPE HTML><html>", "a.htm", "is HTML"),
        (b'<?xml version="1.0"?><TEI/>', "a.xml", "teikit validate"),
        (b"plain", "a.docx", "is called .docx but is none"),
        (make_zip({"a.txt": b"x"}), "a.zip", "no Word document"),
        (DOCX[:-40], "a.docx", "damaged"),
    ],
)
def test_other_formats_are_refused_with_what_to_do(data: bytes, name: str, says: str):
    with pytest.raises(TeikitError) as refused:
        tell_format(data, name)
    assert says in str(refused.value) and "\n" not in str(refused.value)


def refused(data: bytes) -> str:
    with pytest.raises(TeikitError) as found:
        read_word(data, "a.docx")
    assert "\n" not in str(found.value)
    return str(found.value)


def test_a_part_that_unpacks_to_a_multiple_of_itself_is_refused():
    data = change_member(DOCX, "word/document.xml", lambda old: old + b" " * 5_000_000)
    assert "times as large" in refused(data)


def test_a_part_beyond_the_limit_is_refused_however_large_it_says_it_is(monkeypatch):
    monkeypatch.setattr(package, "LARGEST_PART", 1000)
    assert "more than" in refused(DOCX)
    monkeypatch.setattr(package, "LARGEST_PART", 10**6)
    monkeypatch.setattr(package, "LARGEST_TOTAL", 2000)
    assert "of XML" in refused(DOCX)


def test_too_many_parts_and_two_of_one_name_are_refused(monkeypatch):
    with zipfile.ZipFile(io.BytesIO(DOCX)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    assert "two parts with the name" in refused(
        make_zip(members | {"/word/document.xml": members["word/document.xml"]})
    )
    monkeypatch.setattr(package, "MOST_MEMBERS", 3)
    assert "which no document needs" in refused(DOCX)


def test_entities_and_document_types_are_refused():
    for declared in (
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        b'<!DOCTYPE d SYSTEM "http://example.org/d.dtd">',
    ):
        data = change_member(
            DOCX, "word/document.xml", lambda old, one=declared: one + old.replace(b"words", b"&x;")
        )
        assert "a.docx: word/document.xml" in refused(data)


def test_a_part_that_is_no_xml_is_refused_in_one_line():
    cut = change_member(DOCX, "word/document.xml", lambda old: old[:-20])
    assert "word/document.xml: is damaged" in refused(cut)
    wrong = change_member(DOCX, "word/document.xml", lambda old: old.replace(b"words", b"w\xffrds"))
    assert "word/document.xml: is damaged" in refused(wrong)


def test_an_encrypted_member_is_refused():
    data = bytearray(DOCX)
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    data[6] |= 1
    assert "encrypted" in refused(bytes(data))


def test_text_that_is_nested_without_end_is_refused():
    deep = "<w:tbl><w:tr><w:tc>" * 300 + "</w:tc></w:tr></w:tbl>" * 300
    assert "a.docx" in refused(make_docx(deep))


def test_relationships_that_lead_nowhere_or_outside_are_no_obstacle():
    from word_files import link

    links = (
        link("l1", "image", "NULL")
        + link("l2", "image", "../../../../etc/passwd")
        + link("l3", "attachedTemplate", "file:///etc/passwd", True)
        + link("l4", "aFChunk", "http://example.org/x.docx", True)
    )
    found = read_word(make_docx(paragraph("words"), links=links), "a.docx")
    assert found.witness == "words\n"


def test_a_document_with_macros_or_of_the_strict_kind_is_read():
    macros = change_member(
        DOCX,
        "[Content_Types].xml",
        lambda old: old.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
    )
    assert read_word(macros, "a.docm").witness == "words\n"
    strict = DOCX
    for name in ("word/document.xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        strict = change_member(
            strict,
            name,
            lambda old: old.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            ).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            ),
        )
    assert read_word(strict, "a.docx").witness == "words\n"


@pytest.mark.parametrize(
    ("module", "extra"), [("docx.package", "word"), ("markdown_it", "markdown")]
)
def test_without_the_extra_one_line_says_which_to_install(monkeypatch, module: str, extra: str):
    import sys

    from teikit.importing.markdown import read_markdown

    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(TeikitError, match=rf'pip install "teikit\[{extra}\]"'):
        if extra == "word":
            read_word(DOCX, "a.docx")
        else:
            read_markdown("# a", "a.md")


def test_a_document_without_text_is_refused():
    assert refused(make_docx("<w:p/>")) == "a.docx: has no text"
