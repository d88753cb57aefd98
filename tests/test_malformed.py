"""Files that are no XML: what is wrong, what to do, and where, in plain words."""

import random

import pytest

from teikit.document import UnreadableDocument, read_document

# what stands in line 2 of a file; column and words of what is said; what the hint says
LINES = [
    ("<p>He & she</p>", 7, "an & stands by itself", "write &amp;."),
    ("<p>?a=1&b=2</p>", 8, "&b is no entity, since no semicolon follows it", "write &amp;b."),
    ('<p n="?a=1&b=2">x</p>', 11, "&b is no entity", "write &amp;b."),
    ("<p>AT&T</p>", 6, "&T is no entity", "write &amp;T."),
    ("<p>&amp T</p>", 4, "the semicolon after &amp is missing", "Write &amp;."),
    ("<p>&eacute t</p>", 4, "&eacute is no entity", "Write the character itself, é, or &#xE9;."),
    ("<p>&nbsp;</p>", 4, "the entity &nbsp; is not defined", "Write &#xA0;"),
    ('<p n="&copy;">x</p>', 7, "&copy; is not defined", "Write the character itself, ©"),
    ("<p>&mine;</p>", 4, "&mine; is not defined", "XML itself knows only"),
    ("<p>&#233 x</p>", 4, "&#233 is no complete character reference", "with a semicolon"),
    ("<p>&#xZZ; x</p>", 4, "&#xZZ; is no complete character reference", "with a semicolon"),
    ("<p>&#2; x</p>", 4, "&#2; stands for no character", "delete it"),
    ("<p>x\x02</p>", 5, "no character U+0002", "delete it"),
    ("<p>x\uffff</p>", 5, "no character U+FFFF", "delete it"),
    ("<p>x]]></p>", 5, "]]> must not stand in a text", "Write ]]&gt;."),
    ("<p>He < said</p>", 7, "a < stands here that begins no tag", "write &lt;."),
    ("<p>5<6 said</p>", 5, "a < stands here that begins no tag", "write &lt;."),
    ("<1a>x</1a>", 1, "1a is no name of an element", "Correct the name"),
    ("< p>x</p>", 1, "a space stands between < and p", "Write <p."),
    ("<p>x</ p>", 5, "a space stands between </ and p", "Write </p>."),
    ('<p>x</p n="1">', 9, "something stands in the end tag </p>", "write </p>."),
    ("<p>x<lb / ></p>", 9, "> does not follow right after /", "Write />"),
    ("<p>x<!- y -></p>", 5, "<! begins nothing", "A comment begins with <!--"),
    ("<p type=letter>x</p>", 9, "type stands in no quotation marks", 'Write type="letter".'),
    ("<p type=“letter”>x</p>", 9, "quotation marks that XML does not know", 'Write type="letter"'),
    ('<p place="a"n="1">x</p>', 13, "a space is missing before the attribute n", "Put a space"),
    ("<add place>x</add>", 6, "the attribute place has no value", 'Write place="..."'),
    ('<add place n="1">x</add>', 6, "the attribute place has no value", 'Write place="..."'),
    ("<add place=>x</add>", 12, "the attribute place has no value", 'Write place="..."'),
    ('<p 1n="x">x</p>', 4, "1n is no name of an attribute", "Correct the name"),
    ('<p ="x">x</p>', 4, "a value stands here without the name", 'Write name="value"'),
    ('<p n="1", m="2">x</p>', 9, ", stands after the attribute n", "take it out"),
    ('<p n="1""m">x</p>', 9, "a quotation mark too many", "&quot;"),
    ('<p n="he said "no"">x</p>', 15, "ends at a quotation mark that stands in it", "&quot;"),
    ('<p n="a<b">x</p>', 8, "a < stands in the value of the attribute n", "Write &lt;."),
    ('<p n="1" m="2" n="3">x</p>', 16, "the attribute n stands twice", "Keep one of them"),
    ('<p type="letter>x <hi>y</hi></p>', 9, "type has no quotation mark at its end",
     'type="letter".'),
    ('<p type="letter>\nx <hi>y</hi></p>', 9, "type has no quotation mark at its end",
     'type="letter".'),
    ('<p target="https://x.org/a>x <hi>y</hi></p>', 11, "target has no quotation mark at its end",
     'target="https://x.org/a".'),
    ('<p type="letter n=1>x <hi>y</hi></p>', 9, "type has no quotation mark", "Put \" where the"),
    ('<p type="letter n="1">x</p>', 9, "type has no quotation mark at its end", "next attribute"),
    ("<closer\n<p>x</p></closer>", 1, "the tag <closer is not ended", "Put >"),
    ('<closer n="1"\n<p>x</p></closer>', 1, "the tag <closer is not ended", "Put >"),
    ("<p>x</p\n<p>y</p>", 5, "the tag </p is not ended", "Put >"),
    ("<p>x</hi></p>", 7, "</hi> stands here, but no hi is open", "Take it out"),
    (
        "<p><persName>A</placeName> <persName>B</persName></p>",
        17,
        "</placeName> stands where </persName> is expected",
        "persName was opened in line 2 and has no end tag: write </persName>.",
    ),
    ("<p>x<hi>y</p>", 12, "</p> stands where </hi> is expected", "opened in line 2 is still open"),
    ("<p>x<hi>y</p></hi>", 12, "</p> stands where </hi>", "</hi></p>, since elements must not"),
    ("<p>x</P>", 7, "</P> stands where </p>", "capitals"),
    ("<persName>x</presName>", 14, "</presName> stands where </persName>", "both alike"),
    ("<!-- a -- b -->", 8, "two hyphens (--) stand inside a comment", "- - there"),
    ("<!-- a --->", 8, "a comment ends with --->", "Write -->."),
    ("<!-- a\n<!-- b -->", -1, "a comment begins inside a comment", "begins in line 2"),
    ("<!-- a", 1, "a comment begins here that does not end", "Put -->"),
    ("<![CDATA[ a", 1, "a CDATA section begins here that does not end", "Put ]]>"),
    ("<?pb a", 1, "a processing instruction begins here that does not end", "Put ?>"),
    ("<?1a b?>", 1, "a processing instruction has no proper name", "right after <?"),
    ("<tei:closer>x</tei:closer>", 2, "the prefix tei in tei:closer is not declared",
     "Write <closer> without tei:"),
    ('<p xlink:href="x"/>', 4, "the prefix xlink in xlink:href is not declared",
     'xmlns:xlink="http://www.w3.org/1999/xlink"'),
    ('<p xmlns:x="http://>x"/>', -1, "the address of a namespace", "Correct it"),
    ("<a:b:c/>", -1, "", "Take the colon out"),
    ("<!DOCTYPE x>", 1, "a DOCTYPE stands inside the document", "outermost element"),
    ("<?xml version='1.0'?>", 1, "the XML declaration <?xml ... ?> stands not at the very",
     "take this one out"),
]  # fmt: skip


def refused(text: str) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(text.encode(), "x.xml")
    return caught.value


@pytest.mark.parametrize(("line", "column", "reason", "hint"), LINES, ids=lambda one: str(one)[:20])
def test_a_mistake_is_told_in_plain_words_where_it_stands(line, column, reason, hint):
    problem = refused(f'<TEI xmlns:a="urn:a">\n{line}\n</TEI>\n')
    assert reason in problem.reason
    assert hint in problem.hint
    if column > 0:
        assert (problem.place.line, problem.place.column) == (2, column)


@pytest.mark.parametrize(("text", "place", "reason", "hint"), [
    ("<TEI/>\nmore", (2, 1), "text stands after the end of the outermost element, TEI", "Delete"),
    ("<TEI/>\n<TEI/>", (2, 1), "a second outermost element, TEI, stands after TEI", "teiCorpus"),
    ("<TEI>\n</TEI></p>", (2, 7), "</p> stands after the end of the outermost", "too many"),
    ("\n<?xml version='1.0'?><TEI/>", (2, 1), "stands not at the very beginning", "empty lines"),
    ("<?xml encoding='UTF-8' version='1.0'?><TEI/>", (1, 7), "XML declaration is not right",
     "in this order"),
    ("<?xml version='1.0'?>\n<!-- x -->", (2, 11), "there is no element in it", "cut off"),
    ("<?xml version='2.0'?>\n<TEI/>", None, "declares itself as XML 2.0", 'version="1.0"'),
    ("<?xml version='1.0'?>\nx<TEI/>", (2, 1), "text stands before the outermost", "delete it"),
    ("<!DOCTYPE TEI>\nx<TEI/>", (2, 1), "text stands before the outermost", "delete it"),
    ('<!DOCTYPE TEI [<!ENTITY x "y">]>\nx<TEI/>', (2, 1), "text stands before", "delete it"),
    ("<!doctype TEI><TEI/>", (1, 1), "DOCTYPE is not written in capitals", "<!DOCTYPE"),
    ("<!DOCTYPE TEI SYSTEM tei.dtd><TEI/>", (1, 22), "the DOCTYPE is not written", "quotation"),
    ('<!DOCTYPE TEI [<!ENTITY x "y"><TEI/>', (1, 31), "the DOCTYPE is not written", "closed"),
    ('<!DOCTYPE TEI SYSTEM "tei.dtd">\n<TEI>&mine;</TEI>', (2, 6), "&mine; is not defined",
     "A DTD, which may define it, is not read."),
    ('<!DOCTYPE a [<!ENTITY x "&x;">]>\n<a>&x;</a>', (2, 4), "the entity &x; contains itself",
     "declaration of the entity"),
    ('<!DOCTYPE a [<!ENTITY x "<b>">]>\n<a>&x;</a>', (2, 4), "begins an element that it does not",
     "declaration of the entity"),
    ('<!DOCTYPE a [<!ENTITY x "<b/>">]>\n<a n="&x;"/>', (2, 1), "an entity in this tag brings",
     "declaration of the entity"),
    ("<TEI>\n<p>x</p", (2, 5), "the file ends inside the element p", "opened in line 2"),
    ("<TEI>\n<p n='1", (2, 1), "the file ends inside the element TEI", "cut off"),
])  # fmt: skip
def test_what_stands_around_the_outermost_element_is_told_too(text, place, reason, hint):
    problem = refused(text)
    assert reason in problem.reason
    assert hint in problem.hint
    assert place is None or (problem.place.line, problem.place.column) == place


def test_a_tag_before_the_mistake_may_hold_what_looks_like_one():
    before = "<p n='a>b' m=\"c>'d\"/><!-- < <q> & --><![CDATA[ <x & ]]><?y <z & ?>"
    problem = refused(f"<TEI>{before}\n<p type=letter/></TEI>")
    assert (problem.place.line, problem.place.column) == (2, 9)
    assert "type stands in no quotation marks" in problem.reason


def test_whatever_is_broken_there_is_a_place_and_something_to_do():
    """Characters taken out of, put into and doubled in a sound file, two thousand times."""
    sound = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE TEI [<!ENTITY e "é<hi>e</hi>">]>\n'
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" n="a&amp;b">\n<!-- note --><?pi x?>\n'
        "<p xml:id='p1' type=\"x\">Sir &e; &#233;<lb/>\n<![CDATA[<a>&]]></p>\n</TEI>\n"
    )
    chance, broken = random.Random(5), 0
    for _ in range(2000):
        at = chance.randrange(len(sound))
        put = chance.choice(["", "<", ">", "&", '"', "'", "-", "/", "=", "!", "?", " ", "]", ";"])
        text = sound[:at] + put + sound[at + chance.randrange(2) :]
        try:
            read_document(text.encode(), "x.xml")
        except UnreadableDocument as problem:
            broken += 1
            assert problem.hint, text
            assert 1 <= problem.place.line <= text.count("\n") + 1, text
            assert "rror" not in problem.reason and "\n" not in problem.reason, text
    assert broken > 500


@pytest.mark.parametrize("text", [
    "<a>" + "<!--" * 200_000,
    "<a " + "n='1' " * 100_000 + "<",
    "<a>" + "<b n='x'>" * 100_000 + "</c>",
    "<a n='" + "x" * 1_000_000,
    "<a>" + "<p>&</p>" * 100_000,
    "<a>" + "&" * 500_000,
    "<a><b" + " " * 500_000 + "<",
    "<a><b " + "n " * 300_000 + "<",
])  # fmt: skip
def test_telling_it_takes_no_long_time(text):
    assert refused(text).hint
