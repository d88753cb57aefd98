"""XInclude: what is refused, and how much is too much."""

import os

import pytest

from teikit.xinclude import read_whole
from teikit.xinclude.requests import base_of
from xinclude_files import DIV, END, START, Files

# -- what is refused -------------------------------------------------------------------------------


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


# -- loops and limits ------------------------------------------------------------------------------


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
