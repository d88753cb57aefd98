"""edits.py: what is not changed stays, byte for byte."""

import pytest

from teikit.edits import CannotEdit, Edit, apply_edits


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "shift_jis", "utf-8-sig"])
def test_an_insertion_leaves_every_other_byte(encoding):
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>\r\n<p>於北京 開催</p>\r\n'
    data = text.encode(encoding)
    utf8 = text.encode("utf-8")
    start = utf8.index("北京".encode())
    edits = [Edit(start, start, "<name>"), Edit(start + 6, start + 6, "</name>")]
    changed = apply_edits(data, "a.xml", edits)
    assert changed == text.replace("北京", "<name>北京</name>").encode(encoding)
    assert apply_edits(data, "a.xml", []) == data


def test_what_the_encoding_lacks_becomes_a_character_reference_and_line_ends_those_of_the_file():
    data = b'<?xml version="1.0" encoding="iso-8859-1"?>\r\n<p>\xe9</p>'
    at = "\u00e9".encode()
    start = data.decode("latin-1").encode("utf-8").index(at)
    changed = apply_edits(data, "a.xml", [Edit(start, start, "\n北")])
    assert changed == data.replace(b"\xe9", b"\r\n&#21271;\xe9")


def test_edits_of_one_place_are_refused():
    with pytest.raises(CannotEdit):
        apply_edits(b"<p>abc</p>", "a.xml", [Edit(3, 5, "x"), Edit(4, 4, "y")])
