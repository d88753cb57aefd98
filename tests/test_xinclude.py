"""XInclude: what comes in, and what is said where it does not."""

import pytest
from lxml import etree

from teikit.bases import base_of
from teikit.check.document import check_job
from teikit.check.records import CheckSettings
from teikit.document import TEI, XML_LANG, UnreadableDocument, read_document
from teikit.xinclude import read_whole
from teikit.xinclude.names import XI
from xinclude_files import DIV, END, START

# -- what comes in ---------------------------------------------------------------------------------


def test_a_file_comes_in_with_the_text_around_it_kept(files):
    files.put(a=f"{DIV}><p>in</p></div>").read('before<xi:include href="a.xml"/>after')
    assert files.body() == "<body>before<div><p>in</p></div>after</body>"
    assert files.findings == () and files.paths == ("a.xml",)


def test_a_text_comes_in_as_characters_and_joins_what_stands_around_it(files):
    (files.folder / "t.txt").write_text("<b> & Größe", encoding="utf-8")
    files.read('<p>a<xi:include href="t.txt" parse="text"/>b<hi/>c<xi:include href="t.txt" '
               'parse="text/plain"/>d</p>')  # fmt: skip
    p = next(files.document.elements("p"))
    assert p.text == "a<b> & Größeb" and p[0].tail == "c<b> & Größed"


@pytest.mark.parametrize("codec", ["ISO-8859-1", "UTF-16", "GB18030"])
def test_a_text_is_read_in_the_encoding_that_is_named(files, codec):
    (files.folder / "t.txt").write_bytes("né".encode(codec))
    files.read(f'<p><xi:include href="t.txt" parse="text" encoding="{codec}"/></p>')
    assert next(files.document.elements("p")).text == "né"


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("two", "2"),
        ("element(two)", "2"),
        ("element(/1/2)", "2"),
        ("element(two/1)", "deep"),
        ("xpointer(id('two'))", "2"),
        ('xpointer( id("two") )', "2"),
        ("xmlns(t=http://www.tei-c.org/ns/1.0) element(two)", "2"),
        ("xpointer(//t:p[^(1^)]) element(/1/9) element(/1/1)", "1"),
    ],
)
def test_a_pointer_selects_an_element(files, pointer, expected):
    files.put(a=f'{DIV}><p n="1"/><!-- c --><p xml:id="two" n="2">t<seg n="deep"/></p></div>')
    quoted = pointer.replace('"', "&quot;")
    files.read(f'<xi:include href="a.xml" xpointer="{quoted}"/>')
    assert next(files.document.elements("body"))[0].get("n") == expected
    assert files.findings == ()


def test_fragid_is_a_pointer_too(files):
    files.put(a=f'{DIV}><p xml:id="i">x</p></div>').read('<xi:include href="a.xml" fragid="i"/>')
    assert files.body() == '<body><p xml:id="i">x</p></body>'


@pytest.mark.parametrize(
    "pointer",
    ["nobody", "element(/1/7)", "element(/2)", "xpointer(//p)", "xpath(/a)", "element(", "1", "()"],
)
def test_a_pointer_that_leads_nowhere_is_said_and_its_fallback_stands(files, pointer):
    files.put(a=f"{DIV}/>")
    said = files.said(
        f'<xi:include href="a.xml" xpointer="{pointer}"><xi:fallback><p/></xi:fallback>'
        "</xi:include>"
    )
    assert said == [("xinclude:pointer", "warning")]
    assert files.body() == "<body><p/></body>"


def test_a_document_includes_a_part_of_itself(files):
    files.read('<p xml:id="i">x</p><xi:include xpointer="i" set-xml-id="j"/>')
    assert files.body() == '<body><p xml:id="i">x</p><p xml:id="j">x</p></body>'
    assert files.findings == () and files.paths == ()


def test_an_empty_set_xml_id_takes_the_id_away(files):
    files.read('<p xml:id="i">x</p><xi:include href="" xpointer="i" set-xml-id=""/>')
    assert files.body() == '<body><p xml:id="i">x</p><p>x</p></body>'


def test_includes_within_includes_are_relative_to_their_own_file(files):
    files.put(
        parts__a=f'{DIV} n="a"><xi:include href="deep/b.xml"/></div>',
        parts__deep__b=f'{DIV} n="b"><xi:include href="../../c.xml"/></div>',
        c=f'{DIV} n="c"/>',
    ).read('<xi:include href="parts/a.xml"/>')
    assert files.findings == ()
    assert files.paths == ("c.xml", "parts/a.xml", "parts/deep/b.xml")
    inner = files.document.element(6)
    assert (inner.get("n"), files.document.file_of(inner)) == ("c", "c.xml")


def test_xml_base_changes_what_href_is_relative_to(files):
    files.put(parts__a=f"{DIV}/>", parts__b=f"{DIV}/>")
    files.read('<div xml:base="parts/"><xi:include href="a.xml"/></div>'
               '<xi:include xml:base="parts/x.xml" href="b.xml"/>')  # fmt: skip
    assert files.findings == () and files.paths == ("parts/a.xml", "parts/b.xml")


def test_each_part_knows_the_address_that_its_pointers_are_relative_to(files):
    files.put(parts__a=f'{DIV} xml:base="pics/"><p xml:id="i"><ref target="x"/></p></div>')
    files.read('<xi:include href="parts/a.xml"/><xi:include href="parts/a.xml" xpointer="i"/><p/>')
    refs = list(files.document.elements("ref"))
    assert [base_of(ref, "main.xml").path for ref in refs] == ["parts/pics/", "parts/pics/"]
    assert base_of(list(files.document.elements("p"))[-1], "main.xml").path == "main.xml"


def test_the_language_of_the_part_s_own_file_is_kept(files):
    files.put(a=f'{DIV} xml:lang="la"><p xml:id="i"/></div>', b=f'{DIV}><p xml:id="k"/></div>')
    files.read('<div xml:lang="en"><xi:include href="a.xml" xpointer="i"/>'
               '<xi:include href="b.xml" xpointer="k"/></div>')  # fmt: skip
    assert [p.get(XML_LANG) for p in files.document.elements("p")] == ["la", None]


def test_attributes_of_the_include_are_copied(files):
    local = 'xmlns:l="http://www.w3.org/2001/XInclude/local-attributes" l:n="7"'
    files.put(a=f'{DIV} n="1"/>').read(
        f'<xi:include href="a.xml" {local} xmlns:o="urn:o" o:k="v"/>'
    )
    div = next(files.document.elements("div"))
    assert div.get("n") == "7" and div.get("{urn:o}k") == "v"


def test_entities_of_the_included_file_are_read_but_no_external_ones(files):
    files.put(a='<!DOCTYPE div [<!ENTITY e "<p>in</p>">]>' + f"{DIV}>&e;</div>")
    files.put(b='<!DOCTYPE div [<!ENTITY e SYSTEM "secret.xml">]>' + f"\n{DIV}>&e;</div>")
    files.put(secret="<p>secret</p>")
    files.read('<xi:include href="a.xml"/>')
    assert files.body() == "<body><div><p>in</p></div></body>"
    files.read('<xi:include href="b.xml"/>')
    (finding,) = files.findings
    assert finding.rule == "xml:external-entity" and finding.place.path == "b.xml"
    assert "secret" not in files.body()


def test_the_outermost_element_may_be_an_include(files):
    files.put(a=f"{START}<p/>{END}")
    data = (
        f'<?xml-model href="x.rng"?><!-- c -->\n<xi:include xmlns:xi="{XI}" href="a.xml"/>'.encode()
    )
    document, findings, paths = read_whole(data, "main.xml", str(files.folder))
    assert findings == () and paths == ("a.xml",)
    assert document.root.tag == f"{{{TEI}}}TEI"
    assert [one.text for one in document.root.itersiblings(preceding=True)] == [
        " c ",
        'href="x.rng"',
    ]
    assert document.place(document.root).path == "a.xml"


def test_comments_and_instructions_around_the_root_come_in_too(files):
    files.put(a=f'<?xml version="1.0"?>\n<!-- b -->\n<?pi x?>{DIV}/><!-- c -->')
    files.read('<xi:include href="a.xml"/>t')
    assert files.body() == "<body><!-- b --><?pi x?><div/><!-- c -->t</body>"


def test_an_outermost_include_must_bring_in_one_element(files):
    (files.folder / "t.txt").write_text("text")
    data = f'<xi:include xmlns:xi="{XI}" href="t.txt" parse="text"/>'.encode()
    checked = check_job(data, "main.xml", CheckSettings(folder=str(files.folder)))
    assert [finding.rule for finding in checked.findings] == ["xinclude:malformed"]


def test_an_outermost_include_of_nothing_is_one_finding():
    data = f'<xi:include xmlns:xi="{XI}" href="a.xml"/>'.encode()
    checked = check_job(data, "main.xml", CheckSettings())
    assert [finding.rule for finding in checked.findings] == ["xinclude:unresolved"]


# -- fallbacks, and what is said -------------------------------------------------------------------


def test_a_missing_file_is_replaced_by_its_fallback_with_what_that_includes(files):
    files.put(a=f"{DIV}/>")
    said = files.said('<xi:include href="no.xml"><xi:fallback>t<p/>u<xi:include href="a.xml"/>'
                      "</xi:fallback></xi:include>v")  # fmt: skip
    assert said == [("xinclude:fallback", "info")]
    assert files.body() == "<body>t<p/>u<div/>v</body>"


def test_a_missing_file_without_fallback_is_a_warning_and_leaves_a_mark(files):
    files.read('<p/>\n <xi:include href="no.xml"/> tail')
    (finding,) = files.findings
    assert (finding.rule, finding.severity) == ("xinclude:unresolved", "warning")
    assert (finding.place.path, finding.place.line, finding.place.column) == ("main.xml", 2, 2)
    assert files.document.element(finding.ordinal).tag == f"{{{TEI}}}body"
    assert files.body() == "<body><p/>\n <?teikit-missing no.xml?> tail</body>"


def test_includes_in_a_fallback_that_is_not_needed_are_left_alone(files):
    files.put(a=f"{DIV}/>")
    assert files.said('<xi:include href="a.xml"><xi:fallback><xi:include href="no.xml"/>'
                      "</xi:fallback></xi:include>") == []  # fmt: skip


def test_a_malformed_part_is_said_once_in_its_own_file_and_no_fallback_stands_for_it(files):
    files.put(a=f"{DIV}>\n <p></div>")
    include = '<xi:include href="a.xml"><xi:fallback><p/></xi:fallback></xi:include>'
    files.read(include + include)
    (finding,) = files.findings
    with pytest.raises(UnreadableDocument) as alone:
        read_document((files.folder / "a.xml").read_bytes(), "a.xml")
    assert (finding.place, finding.rule) == (alone.value.place, "xml:not-well-formed")
    assert "<p/>" not in files.body()


@pytest.mark.parametrize(
    ("include", "says"),
    [
        ('<xi:include href="a.xml#i"/>', 'xpointer="i"'),
        ("<xi:include/>", "no @href"),
        ('<xi:include parse="text" fragid="i"/>', "no @href"),
        ('<xi:include href="a.xml" parse="html"/>', "html"),
        ('<xi:include href="a.xml" parse="text" xpointer="i"/>', "@xpointer"),
        ('<xi:include href="a.xml"><xi:fallback/><xi:fallback/></xi:include>', "one xi:fallback"),
        ('<xi:include href="a.xml"><xi:include href="a.xml"/></xi:include>', "one xi:fallback"),
        ("<xi:fallback><p/></xi:fallback>", "in no xi:include"),
    ],
)
def test_an_include_that_breaks_the_rules_is_one_error(files, include, says):
    files.put(a=f"{DIV}/>").read(include)
    (finding,) = files.findings
    assert (finding.rule, finding.severity) == ("xinclude:malformed", "error")
    assert says in finding.message + finding.hint


@pytest.mark.parametrize(
    ("content", "attribute"),
    [
        (b"a\0b", ""),
        (b"\xff", 'encoding="utf-8"'),
        (b"a", 'encoding="rot13"'),
        (b"", "encoding='x'"),
    ],
)
def test_a_file_that_is_no_text_is_one_error(files, content, attribute):
    (files.folder / "t.txt").write_bytes(content)
    said = files.said(f'<p><xi:include href="t.txt" parse="text" {attribute}/></p>')
    assert said == [("xinclude:text", "error")]


def test_a_text_in_another_encoding_than_it_says_is_placed_in_the_text(files):
    (files.folder / "t.txt").write_bytes(b"a\nb\xff")
    files.read('<p><xi:include href="t.txt" parse="text"/></p>')
    (finding,) = files.findings
    assert finding.rule == "xml:encoding"
    assert (finding.place.path, finding.place.line, finding.place.column) == ("t.txt", 2, 2)


# -- against libxml2 -------------------------------------------------------------------------------

ORDINARY = [
    'x<xi:include href="a.xml"/>y<xi:include href="sub/b.xml"/>',
    '<xi:include href="a.xml" xpointer="i"/>t<p/>'
    '<xi:include href="a.xml" xpointer="element(/1/2)"/>',
    '<xi:include href="a.xml" xpointer="element(i/1)"/>',
    '<p>a<xi:include href="t.txt" parse="text"/>b<hi/><xi:include href="t.txt" parse="text"/></p>',
    '<xi:include href="no.xml"><xi:fallback>t<p/>u</xi:fallback></xi:include>v',
    '<xi:include href="no.xml"><xi:fallback/></xi:include>v',
    '<xi:include href="no.xml"><xi:fallback><xi:include href="a.xml"/></xi:fallback></xi:include>',
    '<xi:include href="prolog.xml"/>',
    '<xi:include href="entities.xml"/>',
    '<xi:include href="%61.xml"/>',
]


@pytest.mark.parametrize("body", ORDINARY)
def test_the_tree_is_that_of_libxml2(files, body):
    files.put(
        a=f'{DIV}>\n<p xml:id="i">i<hi/></p>tail<p>2</p></div>',
        sub__b=f'{DIV}><xi:include href="c.xml"/>x<xi:include href="../a.xml" xpointer="i"/></div>',
        sub__c=f"<!-- before -->{DIV}>c</div><?after it?>",
        prolog=f'<?xml version="1.0"?>\n<?pi x?>\n<!-- c -->\n{DIV}>p</div>\n<!-- d -->\n',
        entities='<!DOCTYPE div [<!ENTITY e "<p>in</p>">]>' + f"{DIV}>&e;</div>",
    )
    (files.folder / "t.txt").write_text("<b> & Größe\n", encoding="utf-8")
    files.read(body)
    path = files.folder / "main.xml"
    path.write_bytes(files.data)
    theirs = etree.parse(path, etree.XMLParser(resolve_entities="internal", no_network=True))
    theirs.xinclude()
    for one in theirs.iter(etree.Element):
        one.attrib.pop("{http://www.w3.org/XML/1998/namespace}base", None)
    ours = files.document.clean_tree()
    for tree in (ours, theirs):  # libxml2 leaves out what stands before and after the root
        etree.strip_tags(tree, etree.Comment, etree.PI)
        etree.cleanup_namespaces(tree)
    assert etree.tostring(ours, method="c14n") == etree.tostring(theirs, method="c14n")
