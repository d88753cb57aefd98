"""Reading: decoding, safety, places."""

import time

import pytest
from lxml import etree

from shared_data import CORPORA
from teikit.document import ORDINAL, XML_ID, UnreadableDocument, read_document


def refused(data: bytes) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(data, "x.xml")
    return caught.value


def test_an_element_is_placed_by_line_and_column_in_characters():
    document = read_document("<a>\n 元首<b\n c='>'/>\n</a>".encode(), "x.xml")
    place = document.place(document.root[0])
    assert (place.line, place.column) == (2, 4)
    assert (place.end_line, place.end_column) == (3, 9)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_the_file_whatever_ends_them(newline):
    text = newline.join(["<a>", "x", "<b/>", "</a>"])
    document = read_document(text.encode(), "x.xml")
    assert document.place(document.root[0]).line == 3


def test_an_extent_reaches_from_the_start_tag_to_the_end_tag():
    data = '<a>é<b x="1">in<c/></b>tail</a>'.encode()
    document = read_document(data, "x.xml")
    start, end = document.extent(document.root[0])
    assert document.utf8[start:end] == b'<b x="1">in<c/></b>'


@pytest.mark.parametrize(
    "data",
    [
        b"<a><b/></a>",
        b"<a><b/>x</a>",
        b"<a><b c='/>'/>\n</a>",
        b"<a><b>/></b></a>",
        b"<a><b></b></a>",
    ],
)
def test_an_extent_ends_with_the_element_itself(data):
    document = read_document(data, "x.xml")
    start, end = document.extent(document.root[0])
    assert etree.fromstring(document.utf8[start:end]).tag == "b"
    assert data[end:] in (b"</a>", b"x</a>", b"\n</a>")


def test_text_after_an_empty_element_is_placed():
    document = read_document(b"<a><b/>xy</a>", "x.xml")
    assert document.place_in_text(1, "tail", 1).column == 9


@pytest.mark.parametrize("codec", ["GB18030", "Big5", "UTF-16", "ISO-8859-1", "Shift_JIS"])
def test_any_declared_encoding_is_read(codec):
    words = "é" if codec == "ISO-8859-1" else "中文"
    data = f'<?xml version="1.0" encoding="{codec}"?>\n<a>{words}<b/></a>'.encode(codec)
    document = read_document(data, "x.xml")
    assert document.root.text == words
    assert document.place(document.root[0]).column == 4 + len(words)


def test_a_byte_order_mark_is_no_text():
    document = read_document(b"\xef\xbb\xbf<a/>", "x.xml")
    assert document.place(document.root).column == 1


def test_bytes_that_are_not_what_the_file_declares_are_named_with_their_place():
    problem = refused(b"<a>\n\nab\xe9</a>")
    assert problem.rule == "xml:encoding"
    assert (problem.place.line, problem.place.column) == (3, 3)
    assert "0xE9" in problem.reason


@pytest.mark.parametrize(("data", "rule", "says"), [
    (b"", "xml:empty", "empty"),
    (b" \n ", "xml:empty", "empty"),
    (b"Dear Sir,", "xml:not-well-formed", "not XML"),
    (b"<a><b></a>", "xml:not-well-formed", "</a> stands where </b> is expected"),
    (b"<a>\n<b>", "xml:not-well-formed", "ends inside the element b"),
    (b"<a>&nbsp;</a>", "xml:not-well-formed", "&nbsp;"),
    (b"<x:a/>", "xml:not-well-formed", "prefix x"),
    (b'<?xml version="1.0" encoding="klingon"?><a/>', "xml:encoding", "klingon"),
    (b'<?xml version="1.0" encoding="rot13"?><a/>', "xml:encoding", "rot13"),
    (b"\x89PNG\r\n\x1a\n\0\0", "xml:not-well-formed", "a picture (PNG)"),
        (b"%PDF-1.7\n\xe2\xe3", "xml:not-well-formed", "a PDF file"),
        (b"PK\x03\x04", "xml:not-well-formed", "a zip file"),
        (b"\xfe<a/>", "xml:encoding", "0xFE"),
])  # fmt: skip
def test_what_cannot_be_read_is_said_in_one_line(data, rule, says):
    problem = refused(data)
    assert problem.rule == rule
    assert says in problem.reason
    assert "\n" not in str(problem)
    assert problem.place.path == "x.xml"


def test_an_external_entity_is_refused_by_name(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    data = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'.encode()
    problem = refused(data)
    assert problem.rule == "xml:external-entity"
    assert "&x;" in problem.reason


@pytest.mark.parametrize(
    "subset",
    [
        '<!DOCTYPE a SYSTEM "{uri}">',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "{uri}"> %p;]>',
        '<!DOCTYPE a PUBLIC "-//x" "{uri}" [<!ATTLIST a x CDATA "y">]>',
    ],
)
def test_no_dtd_is_read(tmp_path, subset):
    dtd = tmp_path / "x.dtd"
    dtd.write_text('<!ENTITY w "leaked">')
    data = (subset.format(uri=dtd.as_uri()) + "<a>&w;</a>").encode()
    with pytest.raises(UnreadableDocument):
        read_document(data, "x.xml")


def test_internal_entities_are_text_and_their_elements_stand_at_the_reference():
    data = b'<!DOCTYPE a [<!ENTITY x "<b>in</b>">]><a>\n &x;<c/></a>'
    document = read_document(data, "x.xml")
    inner, after = document.root
    assert inner.text == "in"
    assert (document.place(inner).line, document.place(inner).column) == (2, 2)
    assert document.place(after).column == 5


def test_a_billion_laughs_end_in_a_finding():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    problem = refused(f'<!DOCTYPE a [<!ENTITY l0 "ha">{entities}]><a>&l9;</a>'.encode())
    assert problem.rule == "xml:not-well-formed"


def test_great_depth_ends_in_a_finding():
    assert refused(b"<a>" * 100_000 + b"</a>" * 100_000).rule == "xml:not-well-formed"


def test_duplicate_ids_do_not_keep_a_document_from_being_read():
    document = read_document(b'<a xml:id="i"><b xml:id="i"/></a>', "x.xml")
    assert document.ids == {"i": 0}


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
def test_every_element_of_real_files_is_found_where_it_is_said_to_be(path):
    document = read_document(path.read_bytes(), path.name)
    for element in document.root.iter(etree.Element):
        start, end = document.extent(element)
        tag = document.utf8[start : document.after_start_tag(element)]
        name = element.tag.rpartition("}")[2].encode()
        assert tag.startswith(b"<") and tag.endswith(b">") and name in tag
        identifier = element.get(XML_ID)
        assert identifier is None or identifier.encode() in tag
        if not len(element) and element.get(ORDINAL) and element.text and end - start < 500:
            parsed = document.utf8[start:end]
            assert parsed.endswith(b"</" + tag[1:].split()[0].rstrip(b">") + b">")


@pytest.mark.parametrize("newline", ["", "\n" * 3, "é" * 9000 + "\r\n"])
def test_columns_of_a_long_line_count_characters(newline):
    """Past some thousand bytes of a line they are counted in another way."""
    line = "".join(f"<p n='{number}'>é字𠀀</p>" for number in range(2000))
    text = f"<TEI>{newline}{line}</TEI>"
    document = read_document(text.encode(), "a.xml")
    last_line = text.splitlines()[-1] if newline else text
    for element in document.root.iterchildren("p"):
        place = document.place(element)
        tag = f"<p n='{element.get('n')}'>"
        assert place.column == last_line.index(tag) + 1
        assert place.end_column == place.column + len(tag)


def test_places_in_one_long_line_take_no_time():
    document = read_document(f"<TEI>{'<p>é</p>' * 40_000}</TEI>".encode(), "a.xml")
    start = time.process_time()
    assert document.place_of(40_000).column == 6 + 8 * 39_999
    for ordinal in range(40_000):
        document.place_of(ordinal)
    assert time.process_time() - start < 10
