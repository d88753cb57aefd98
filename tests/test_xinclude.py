"""XInclude: what comes in, where it is placed, what is refused, and how much."""

import os
import re
from pathlib import Path

import pytest
from lxml import etree

from shared_data import SHARED
from teikit.bases import base_of
from teikit.check.document import check_job
from teikit.check.edition import validate_files
from teikit.check.records import CheckSettings
from teikit.document import ORDINAL, TEI, XML_ID, XML_LANG, UnreadableDocument, read_document
from teikit.project import Project
from teikit.safety.worker import Here
from teikit.xinclude import read_whole
from teikit.xinclude.requests import XI

START = f'<TEI xmlns="{TEI}" xmlns:xi="{XI}"><teiHeader/><text><body>'
END = "</body></text></TEI>"
DIV = f'<div xmlns="{TEI}" xmlns:xi="{XI}"'


class Files:
    """A folder with files, and the documents in it."""

    def __init__(self, folder: Path):
        self.folder = folder

    def put(self, **files: str | bytes) -> "Files":
        for name, content in files.items():
            path = self.folder / (name.replace("__", "/") + ".xml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def read(self, body: str, path: str = "main.xml"):
        self.data = (START + body + END).encode()
        whole = read_whole(self.data, path, str(self.folder))
        self.document, self.findings, self.paths = whole
        return whole

    def said(self, body: str, path: str = "main.xml") -> list[tuple[str, str]]:
        self.read(body, path)
        return [(finding.rule, finding.severity) for finding in self.findings]

    def body(self) -> str:
        body = next(self.document.clean_tree().getroot().iter(f"{{{TEI}}}body"))
        etree.cleanup_namespaces(body)
        return re.sub(r' xmlns(:\w+)?="[^"]*"', "", etree.tostring(body, encoding="unicode"))


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path)


# -- what comes in ------------------------------------------------------------------------------


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


# -- fallbacks, and what is said ------------------------------------------------------------------


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


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "rule"),
    [
        ("http://example.org/a.xml", "xinclude:remote"),
        ("HTTPS://example.org/a.xml", "xinclude:remote"),
        ("//example.org/a.xml", "xinclude:remote"),
        ("ftp://example.org/a.xml", "xinclude:remote"),
        ("../secret.xml", "xinclude:outside"),
        ("%2e%2e/secret.xml", "xinclude:outside"),
        ("..%2Fsecret.xml", "xinclude:outside"),
        ("x/../../secret.xml", "xinclude:outside"),
        ("/etc/passwd", "xinclude:outside"),
        ("%2Fetc/passwd", "xinclude:outside"),
        ("file:///etc/passwd", "xinclude:outside"),
        ("FILE:secret.xml", "xinclude:outside"),
        ("file://localhost/etc/passwd", "xinclude:outside"),
        ("C:\\secret.xml", "xinclude:outside"),
        ("c:/secret.xml", "xinclude:outside"),
        ("..\\secret.xml", "xinclude:outside"),
        ("\\\\server\\secret.xml", "xinclude:outside"),
        ("a%00.xml", "xinclude:outside"),
        ("link.xml", "xinclude:outside"),
        ("linked/secret.xml", "xinclude:outside"),
        ("pipe.xml", "xinclude:unresolved"),
        ("folder", "xinclude:unresolved"),
        (".", "xinclude:unresolved"),
        ("a" * 5000, "xinclude:unresolved"),
        ("http://[", "xinclude:outside"),
    ],
)
@pytest.mark.parametrize("parse", ["xml", "text"])
def test_nothing_is_read_but_regular_files_in_the_folder(tmp_path, href, rule, parse):
    (tmp_path / "secret.xml").write_text("<p>secret</p>")
    inside = tmp_path / "project"
    (inside / "folder").mkdir(parents=True)
    (inside / "link.xml").symlink_to(tmp_path / "secret.xml")
    (inside / "linked").symlink_to(tmp_path)
    os.mkfifo(inside / "pipe.xml")
    files = Files(inside)
    said = files.said(f'<xi:include href="{href}" parse="{parse}"/>')
    assert said == [(rule, "warning")]
    assert "secret" not in files.body().replace(href, "") and files.paths == ()


def test_a_link_inside_the_folder_is_followed(files):
    files.put(a=f"{DIV}/>")
    (files.folder / "link.xml").symlink_to("a.xml")
    assert files.said('<xi:include href="link.xml"/>') == []


def test_a_remote_base_makes_the_address_remote(files):
    files.put(a=f"{DIV}/>")
    said = files.said('<div xml:base="https://example.org/x/"><xi:include href="a.xml"/></div>')
    assert said == [("xinclude:remote", "warning")]


def test_without_a_folder_nothing_is_read():
    data = (START + '<xi:include href="a.xml"/><xi:include href="main.xml" xpointer="i"/>'
            '<p xml:id="i"/>' + END).encode()  # fmt: skip
    document, findings, paths = read_whole(data, "main.xml", "")
    assert [finding.rule for finding in findings] == ["xinclude:unresolved"]
    assert len(list(document.elements("p"))) == 2 and paths == ()


# -- loops and limits -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        '<xi:include href="main.xml"/>',
        '<xi:include href=""/>',
        '<xi:include href="a.xml"/>',
        '<div xml:id="i"><xi:include xpointer="i"/></div>',
        '<div><div xml:id="j"><xi:include href="" xpointer="element(/1/2/1)"/></div></div>',
        '<div xml:id="i"><xi:include xpointer="k"/></div><div xml:id="k"><xi:include xpointer="i"/>'
        "</div>",
        '<xi:include xpointer="i"/><xi:include xml:id="i" xpointer="i"/>',
    ],
)
def test_a_circle_is_an_error_where_it_closes_and_no_fallback_stands_for_it(files, body):
    files.put(a=f'{DIV}><xi:include href="b.xml"/></div>')
    files.put(
        b=f'{DIV}><xi:include href="a.xml"><xi:fallback><p/></xi:fallback></xi:include></div>'
    )
    (files.folder / "main.xml").write_text(START + body + END)
    said = files.said(body)
    assert said and set(said) == {("xinclude:loop", "error")}
    assert len(said) <= 2 and "<p/>" not in files.body()


def test_two_to_the_power_of_n_copies_end_in_one_finding(files):
    for n in range(40):
        include = f'<xi:include href="f{n + 1}.xml"/>'
        files.put(**{f"f{n}": f"{DIV}>{include}{include}</div>"})
    files.put(f40=f"{DIV}>{'<p>x</p>' * 100}</div>")
    assert files.said('<xi:include href="f0.xml"/>') == [("xinclude:limit", "error")]


def test_great_parts_end_in_one_finding(files):
    files.put(a=f"{DIV}><p>{'x' * 1_000_000}</p></div>")
    assert files.said('<xi:include href="a.xml"/>' * 100) == [("xinclude:limit", "error")]
    assert sum(1 for _ in files.document.elements("div")) == 40 - 1


def test_entities_do_not_hide_how_large_a_part_is(files):
    entities = '<!ENTITY a "' + "x" * 1000 + '"><!ENTITY b "' + "&a;" * 900 + '">'
    files.put(a=f'<!DOCTYPE div [{entities}]>{DIV}><p n="&b;"/></div>')
    assert files.said('<xi:include href="a.xml"/>' * 100) == [("xinclude:limit", "error")]


def test_great_files_are_not_read(files):
    files.put(a=f"{DIV}/>")
    with (files.folder / "big.xml").open("wb") as stream:
        stream.truncate(10**12)
    said = files.said('<xi:include href="big.xml"/><xi:include href="a.xml"/>')
    assert said == [("xinclude:limit", "error")]


def test_great_depth_ends_in_one_finding(files):
    for n in range(60):
        files.put(**{f"f{n}": f'{DIV}><xi:include href="f{n + 1}.xml"/></div>'})
    files.put(f60=f"{DIV}/>")
    assert files.said('<xi:include href="f0.xml"/>') == [("xinclude:limit", "error")]
    files.put(deep=f"{DIV}>" + "<ab>" * 200 + "</ab>" * 200 + "</div>")
    body = "<ab>" * 100 + '<xi:include href="deep.xml"/>' + "</ab>" * 100
    assert files.said(body) == [("xinclude:limit", "error")]


def test_many_includes_of_nothing_take_no_time(files):
    said = files.said('<xi:include href="no.xml"/>x' * 20_000)
    assert said.count(("xinclude:unresolved", "warning")) == 1_000
    assert said.count(("xinclude:limit", "error")) == 1


def test_what_a_part_claims_of_ours_is_not_believed(files):
    ours = (
        'xmlns:tk="urn:teikit" tk:ordinal="9" tk:base="path ../x" tk:included-at="7:7" tk:tail="x"'
    )
    files.put(a=f"{DIV} {ours}><p {ours}/></div>").read(f'<p {ours}/><xi:include href="a.xml"/>')
    assert [files.document.place(one).path for one in files.document.elements("p")] == [
        "main.xml", "a.xml",
    ]  # fmt: skip
    assert base_of(next(files.document.elements("p")), "main.xml").path == "main.xml"
    files.document.included_at(next(files.document.elements("p")))


# -- places ---------------------------------------------------------------------------------------


def check_places(document, folder: Path, own: bytes) -> set[str]:
    """Assert that each element is where it is said to be; return the files that were met."""
    met, texts = set(), {document.path: own.decode()}
    elements = list(document.root.iter(etree.Element))
    assert [element.get(ORDINAL) for element in elements] == [str(n) for n in range(len(elements))]
    for element in elements:
        place = document.place(element)
        met.add(place.path)
        if place.path not in texts:
            texts[place.path] = (folder / place.path).read_text(encoding="utf-8")
        line = re.split(r"\r\n|\r|\n", texts[place.path])[place.line - 1]
        name = etree.QName(element).localname
        assert re.match(rf"<([\w.-]+:)?{name}[\s/>]", line[place.column - 1 :] + " "), place
        start, end = document.extent(element)
        whole = document.source_of(document.ordinal(element)).utf8[start:end].decode()
        assert whole.startswith("<") and whole.endswith(("/>", f"{name}>"))
    return met


def test_every_element_of_a_document_of_many_files_has_its_own_place(files):
    for n in range(12):
        others = f'é<xi:include href="../p{n + 1}/f{n + 1}.xml"/>' if n % 3 else ""
        files.put(**{f"p{n}__f{n}": f'\n{DIV} n="{n}">\r\n 元<p\n>首</p>{others}<ab/></div>\n'})
    files.put(p12__f12=f'{DIV} xml:id="i"><p xml:id="k"/></div>')
    body = "".join(f'\n<p>x</p><xi:include href="p{n}/f{n}.xml"/>' for n in range(12))
    files.read(body + '<xi:include xpointer="k" href="p12/f12.xml"/><xi:include href="no">'
               "<xi:fallback><ab/></xi:fallback></xi:include>")  # fmt: skip
    assert [finding.rule for finding in files.findings] == ["xinclude:fallback"]
    assert len(check_places(files.document, files.folder, files.data)) == 14


def test_places_in_texts_lead_to_the_file_that_the_words_stand_in(files):
    files.put(a=f"{DIV}><p>abc</p></div>\n").read('<xi:include href="a.xml"/>\n tail<p/>')
    document = files.document
    div, p = next(document.elements("div")), next(document.elements("p"))
    inner = document.place_in_text(document.ordinal(p), "text", 2)
    assert (inner.path, inner.line, inner.column) == ("a.xml", 1, len(DIV) + 1 + 3 + 3)
    after = document.place_in_text(document.ordinal(div), "tail", 3)
    assert (after.path, after.line, after.column) == ("main.xml", 2, 3)


def test_the_clean_tree_has_the_same_elements_in_the_same_order(files):
    files.put(a=f"{DIV}><p>abc</p></div>").read('<xi:include href="a.xml"/><p xml:id="i"/>')
    clean = list(files.document.clean_tree().iter(etree.Element))
    assert [one.tag for one in clean] == [
        one.tag for one in files.document.root.iter(etree.Element)
    ]
    assert not any("urn:teikit" in name for one in clean for name in one.keys())
    plain = read_document(b'<a><b c="1"/></a>', "x.xml")
    assert etree.tostring(plain.clean_tree()) == b'<a><b c="1"/></a>'


# -- against libxml2 ------------------------------------------------------------------------------

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


# -- in the check ---------------------------------------------------------------------------------


def check(folder: Path, *paths: str, **settings):
    project = Project(folder, **settings)
    return validate_files(project, paths, Here(), whole=False).report.findings


def rules(findings) -> list[str]:
    return [finding.rule for finding in findings if not finding.rule.startswith("schema:")]


def test_a_chapter_is_no_document_and_none_is_asked_for(files):
    files.put(main=f'{START}<xi:include href="texts/a.xml"/>{END}', texts__a=f"{DIV}><p/></div>")
    assert rules(check(files.folder, "main.xml", "texts/a.xml")) == []
    assert rules(check(files.folder, "texts/a.xml")) == ["tei:not-tei"]


def test_what_is_wrong_in_a_chapter_is_said_once_where_it_stands(files):
    chapter = f'{DIV}>\n<p><date when="2011-02-30"/><ref target="no.xml"/></p>\n</div>'
    files.put(main=f'{START}<p/><xi:include href="a.xml"/>{END}', a=chapter)
    found = check(files.folder, "main.xml", "a.xml")
    assert sorted(rules(found)) == ["dates:impossible", "pointers:unknown-file"]
    assert {(one.place.path, one.place.line) for one in found if one.rule[:6] != "schema"} == {
        ("a.xml", 2)
    }


def test_a_chapter_of_a_chapter_that_is_tei_keeps_its_own_ordinals(files):
    files.put(
        main=f'<teiCorpus xmlns="{TEI}" xmlns:xi="{XI}"><teiHeader/><xi:include href="a.xml"/>'
        "</teiCorpus>",
        a=f'{START}<p xml:id="i"/><p xml:id="i"/>{END}',
    )
    (found,) = [one for one in check(files.folder, "main.xml", "a.xml") if one.rule[:3] == "ids"]
    assert found.place.path == "a.xml" and found.ordinal == 5


def test_parts_point_to_each_other(files):
    files.put(
        main=f'{START}<xi:include href="a.xml"/><xi:include href="p/b.xml"/><ref target="#i #k"/>'
        f'<ref target="#none"/>{END}',
        a=f'{DIV} xml:id="i"><ref target="#k p/b.xml#k #lost"/></div>',
        p__b=f'{DIV} xml:id="k"><ref target="#i ../a.xml#i #k b.xml"/></div>',
    )
    found = check(files.folder, "main.xml", "a.xml", "p/b.xml")
    lost = [one.message for one in found if one.rule[:8] == "pointers"]
    assert len(lost) == 2 and "#lost" in lost[0] and "#none" in lost[1]
    assert len(rules(check(files.folder, "main.xml"))) == 2


def test_a_register_that_a_text_includes_is_one_register(files):
    files.put(
        registers__orgs=f'<standOff xmlns="{TEI}"><listOrg><org xml:id="o"><orgName>O</orgName>'
        "</org></listOrg></standOff>",
        texts__a=f'<TEI xmlns="{TEI}" xmlns:xi="{XI}"><teiHeader/><text><body><p>'
        '<orgName ref="../registers/orgs.xml#o"/></p></body></text>'
        '<xi:include href="../registers/orgs.xml"/></TEI>',
    )
    project = Project(files.folder)
    paths = ("texts/a.xml", "registers/orgs.xml")
    assert rules(validate_files(project, paths, Here(), whole=True).report.findings) == []


def test_a_part_that_comes_in_twice_is_one_finding_at_the_second_include(files):
    files.put(
        main=f'{START}<xi:include href="a.xml"/>\n<xi:include href="a.xml"/>{END}',
        a=f'{DIV} xml:id="i"><p xml:id="k"/></div>',
    )
    (found,) = [one for one in check(files.folder, "main.xml") if one.rule[:3] == "ids"]
    assert (found.place.path, found.place.line) == ("main.xml", 2)
    assert "i, k" in found.message


def test_a_part_of_a_part_that_comes_in_twice_is_said_there(files):
    files.put(
        main=f'{START}<xi:include href="a.xml"/>{END}',
        a=f'{DIV}>\n<xi:include href="b.xml"/>\n<xi:include href="b.xml"/></div>',
        b=f'{DIV} xml:id="i"/>',
    )
    (found,) = [one for one in check(files.folder, "main.xml") if one.rule[:3] == "ids"]
    assert (found.place.path, found.place.line) == ("a.xml", 3)


def test_the_same_id_in_two_parts_is_said_in_the_second(files):
    files.put(
        main=f'{START}<xi:include href="a.xml"/><xi:include href="b.xml"/>{END}',
        a=f'{DIV} xml:id="i"/>',
        b=f'{DIV} xml:id="i"/>',
    )
    (found,) = [one for one in check(files.folder, "main.xml") if one.rule[:3] == "ids"]
    assert found.place.path == "b.xml" and "a.xml:1:1" in found.message


# -- real files -----------------------------------------------------------------------------------

REAL = sorted((SHARED / "corpora").glob("*/*.xml"))
WITH_INCLUDES = [path for path in REAL if b"XInclude" in path.read_bytes()]


@pytest.mark.skipif(not WITH_INCLUDES, reason="the folder ../shared with real texts is not here")
def test_real_files_keep_their_places():
    for path in WITH_INCLUDES:
        document, findings, _ = read_whole(path.read_bytes(), path.name, str(path.parent))
        assert {finding.rule for finding in findings} <= {
            "xinclude:outside", "xinclude:unresolved", "xinclude:pointer",
        }  # fmt: skip
        check_places(document, path.parent, path.read_bytes())
        assert next(document.root.iter(f"{{{XI}}}*"), None) is None
        plain = read_document(path.read_bytes(), path.name)
        ids = {
            name
            for name in plain.ids
            if not plain.element(plain.ids[name]).tag.startswith(f"{{{XI}}}")
        }
        assert ids <= set(document.ids)
        assert XML_ID
