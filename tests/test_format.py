"""The agreed layout: what changes, and what stays."""

import pytest

from formatting_tools import HEAD, TAIL, body, lay_out
from teikit.check.records import CheckSettings
from teikit.document import TEI
from teikit.formatting.job import format_job
from teikit.formatting.layout import put_together, settle
from teikit.formatting.proof import Mistake, check_same
from teikit.formatting.spaces import Space
from teikit.formatting.tokens import read_tokens
from timing import quickest


def test_one_child_a_line_and_what_carries_the_structure_does_not_indent():
    source = f"""<?xml version="1.0" encoding="UTF-8"?><?xml-model href="a.rng"?>
<!DOCTYPE TEI [
 <!ENTITY   x "y"> ]><TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>T</title>
        <respStmt><resp>by</resp><name>N</name></respStmt></titleStmt></fileDesc></teiHeader>


<text><front/><body>

<div type="a"
     n="1"><head>H</head><div><lg><l>a</l>
<l>b</l></lg></div></div></body></text></TEI><!-- the end -->


"""
    assert (
        lay_out(source).decode()
        == f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="a.rng"?>
<!DOCTYPE TEI [
 <!ENTITY   x "y"> ]>
<TEI xmlns="{TEI}">
<teiHeader>
  <fileDesc>
    <titleStmt>
      <title>T</title>
      <respStmt>
        <resp>by</resp>
        <name>N</name>
      </respStmt>
    </titleStmt>
  </fileDesc>
</teiHeader>

<text>
<front/>
<body>
<div type="a" n="1">
<head>H</head>
<div>
<lg>
  <l>a</l>
  <l>b</l>
</lg>
</div>
</div>
</body>
</text>
</TEI>
<!-- the end -->
"""
    )


def test_every_byte_of_running_text_stays():
    mixed = (
        "<p  >a <hi\n   rend='x'  >b</hi >  c<lb\nn='1'/>\n\n\n     d &#x20;&amp; "
        "<![CDATA[ <]]> <!--  e  --> <?f   g?></p>"
    )
    assert body(f"<div>{mixed}</div>") == f"<div>\n{mixed.replace('<p  >', '<p>')}\n</div>"


def test_one_empty_line_between_siblings_may_stay_and_none_elsewhere():
    assert body("<div>\n\n<p>a</p>\n\n\n\n<p>b</p>\n<p>c</p>\n\n</div>") == (
        "<div>\n<p>a</p>\n\n<p>b</p>\n<p>c</p>\n</div>"
    )


@pytest.mark.parametrize(
    ("written", "laid_out"),
    [
        ("<p>a</p> <!-- on a --><p>b</p>", "<p>a</p> <!-- on a -->\n<p>b</p>"),
        ("<p>a</p><!-- on a --><p>b</p>", "<p>a</p><!-- on a -->\n<p>b</p>"),
        ("<p>a</p>\n      <!-- on b -->\n  <p>b</p>", "<p>a</p>\n<!-- on b -->\n<p>b</p>"),
        ("<p>a</p>\n  <!-- x\n      y --><p>b</p>", "<p>a</p>\n<!-- x\n      y -->\n<p>b</p>"),
        (
            "<p>a</p>\n  <?teikit allow='x'?>\n  <p>b</p>",
            "<p>a</p>\n<?teikit allow='x'?>\n<p>b</p>",
        ),
        ("<!-- first --><p>a</p>", "<!-- first -->\n<p>a</p>"),
    ],
)
def test_comments_and_instructions_stay_on_their_line(written, laid_out):
    assert body(f"<div>\n{written}</div>") == f"<div>\n{laid_out}\n</div>"


@pytest.mark.parametrize(
    "written",
    ["<list/>", "<list></list>", "<list> </list>", "<list>\n</list>", "<list><!-- none --></list>"],
)
def test_what_is_empty_stays_as_it_is(written):
    assert body(written) == written


def test_the_margin_of_an_empty_element_is_its_own():
    assert body("<sp>\n<lg>\n\n   </lg>\n</sp>") == "<sp>\n  <lg>\n  </lg>\n</sp>"


def test_a_tag_between_which_white_space_is_no_text_is_on_one_line():
    tag = "<div\n\ttype = 'a'\n   n=\"1 \n 2\"  ><pb   n='1' /><p>a</p></div\n>"
    assert body(tag) == "<div type='a' n=\"1 \n 2\">\n<pb n='1'/>\n<p>a</p>\n</div>"


def test_what_stands_in_running_text_on_one_line_is_left_alone():
    line = "<p>a <choice><abbr>b</abbr> <expan>c</expan></choice> <list><item>d</item></list></p>"
    assert body(line) == line


def test_a_list_in_a_paragraph_is_laid_out_from_the_line_it_begins_on():
    assert body("<p>as follows:\n  <list><item>a</item>\n\n\n<item>b</item></list> end</p>") == (
        "<p>as follows:\n  <list>\n    <item>a</item>\n\n    <item>b</item>\n  </list> end</p>"
    )


def test_between_readings_line_ends_stay_line_ends_and_none_is_added():
    assert body("<p>a<app><lem>b</lem>\n\t<rdg>c</rdg> <rdg>d</rdg></app>e</p>") == (
        "<p>a<app><lem>b</lem>\n  <rdg>c</rdg> <rdg>d</rdg></app>e</p>"
    )


def test_words_of_neighbours_are_neither_parted_nor_joined():
    apps = "<app><lem>中</lem></app><app><lem>a</lem></app> <app><lem>文</lem></app>"
    assert body(apps) == apps


def test_what_no_reader_sets_apart_keeps_its_words_together_outside_the_header():
    place = "<place>\n  <location><country>a</country><geo>1 2</geo></location>\n</place>"
    assert body(place) == place
    header = lay_out(f'<teiHeader xmlns="{TEI}"><location><geo>1 2</geo></location></teiHeader>')
    assert header.decode().splitlines()[1:] == [
        "  <location>", "    <geo>1 2</geo>", "  </location>", "</teiHeader>"
    ]  # fmt: skip


def test_content_with_text_against_the_schema_is_left_as_it_is():
    wrong = "<list>  <item>a</item> and  <item>b</item>   </list>"
    assert body(wrong) == wrong


@pytest.mark.parametrize("text", ["&#x20;", "&#10;", "<![CDATA[ ]]>", "&amp;"])
def test_a_reference_or_cdata_makes_white_space_beside_it_text(text):
    element = f"<list>   <item>a</item>{text}  <item>b</item>   </list>"
    assert body(element) == element


def test_an_entity_that_holds_elements_is_no_element_of_the_file():
    source = (
        f'<!DOCTYPE TEI [<!ENTITY two "<p>b</p><p>c</p>">]>\n<TEI xmlns="{TEI}">\n<text>\n<body>\n'
        "<div>&two;   <p>a</p></div><lg><l>d</l></lg>"
    )
    laid_out = source.replace("<lg><l>d</l></lg>", "\n<lg>\n  <l>d</l>\n</lg>")
    end = "\n</body>\n</text>\n</TEI>\n"
    assert lay_out(source + end).decode() == laid_out + end


def test_what_preserves_its_space_is_left_as_it_is_at_any_depth():
    kept = '<lg xml:space="preserve">   <l>a</l> <lg>\n\n\n<l  n="1">b</l></lg></lg>'
    assert body(kept) == kept


def test_a_dtd_may_say_that_space_is_preserved():
    source = (
        "<!DOCTYPE TEI [<!ATTLIST lg xml:space (default|preserve) 'preserve'>]>\n"
        f'<TEI xmlns="{TEI}">\n<text>\n<body>\n<lg>   <l>a</l></lg>{TAIL}'
    )
    assert lay_out(source).decode() == source


def test_elements_of_other_vocabularies_are_left_as_they_are():
    other = (
        '<figure>\n  <svg xmlns="http://www.w3.org/2000/svg"><g>  <g  id="a"/></g></svg>\n</figure>'
    )
    assert body(other) == other


def test_prefixes_do_not_matter():
    start = f'<t:TEI xmlns:t="{TEI}">'
    written = f"{start}<t:text><t:body><t:p>a</t:p></t:body></t:text></t:TEI>"
    laid_out = "{}\n<t:text>\n<t:body>\n<t:p>a</t:p>\n</t:body>\n</t:text>\n</t:TEI>\n"
    assert lay_out(written).decode() == laid_out.format(start)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "shift_jis"])
def test_encoding_and_byte_order_mark_stay_and_line_ends_become_lf(encoding):
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n'
    text = f"{declared}{HEAD}<div>\n<p>於北京\n  開催</p>\n</div>{TAIL}"
    crlf = text.replace("<div>\n", "<div>").replace("\n", "\r\n")
    assert lay_out(crlf.encode(encoding)) == text.encode(encoding)
    assert lay_out(text.replace("\n", "\r").encode(encoding)) == text.encode(encoding)


def test_bytes_that_could_be_written_in_two_ways_are_not_written():
    data = f'<?xml version="1.0" encoding="iso-2022-jp"?>{HEAD}<p>\x1b$B\x1b(B</p>{TAIL}'.encode()
    result = format_job(data, "a.xml", CheckSettings())
    assert "save it as UTF-8 first" in result.problem and result.data == b""


def test_a_part_of_a_document_is_laid_out_and_what_is_no_tei_is_not():
    assert lay_out(f'<listPerson xmlns="{TEI}"><person/></listPerson>').decode().splitlines() == [
        f'<listPerson xmlns="{TEI}">', "  <person/>", "</listPerson>"
    ]  # fmt: skip
    assert format_job(b"<html/>", "a.xml", CheckSettings()).finding.rule == "tei:not-tei"
    finding = format_job(b"<TEI><text></TEI>", "a.xml", CheckSettings()).finding
    assert (finding.rule, finding.source) == ("xml:not-well-formed", "<TEI><text></TEI>")


@pytest.mark.parametrize(
    "after",
    [
        b"<lg><l>a b</l></lg>",
        b"<lg><l>a  b</l><l/></lg>",
        b"<lg><l n='1'>a  b</l></lg>",
        b"<lg><l>a  b</l><!-- --></lg>",
        b"<lg><l>a  b</l>x</lg>",
        b"<lg/>",
    ],
)
def test_the_proof_refuses_whatever_is_more_than_white_space(after):
    before, spaces = b"<lg> <l>a  b</l>\n</lg>", [Space("free"), Space("text")]
    check_same("a.xml", before, b"<lg><l>a  b</l></lg>", spaces)
    with pytest.raises(Mistake, match="a mistake of teikit"):
        check_same("a.xml", before, after, spaces * 2)


def _deep(depth: int) -> bytes:
    tokens = list(read_tokens(b"<list><item>" * depth + b"</item></list>" * depth))
    spaces = settle(tokens, [Space("free"), Space("loose")] * depth)
    return put_together(tokens, spaces)


def test_ten_thousand_levels_are_no_matter():
    assert _deep(5_000).count(b"<item>") == 5_000


def test_time_and_size_grow_with_the_file_alone():
    def made(count: int) -> bytes:
        rows = "<list>\n<item>a</item></list>" * count
        return f"{HEAD}<p>{' ' * count}{rows}</p>{TAIL}".encode()

    small, large = made(500), made(4_000)
    assert len(lay_out(large)) < 20 * len(lay_out(small))
    assert quickest(lambda: lay_out(large)) < 25 * quickest(lambda: lay_out(small))
