"""XInclude: places in many files, and the checks of what came in."""

from pathlib import Path

import pytest
from lxml import etree

from shared_data import SHARED
from teikit.check.edition import validate_files
from teikit.document import TEI, read_document
from teikit.project import Project
from teikit.safety.worker import Here
from teikit.xinclude import read_whole
from teikit.xinclude.names import XI
from xinclude_files import DIV, END, START, check_places

# -- places ----------------------------------------------------------------------------------------


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


# -- in the check ----------------------------------------------------------------------------------


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


def test_a_file_that_is_pointed_to_has_the_ids_of_what_it_includes(files):
    files.put(
        main=f'{START}<p><ref target="whole.xml#i whole.xml#none"/></p>{END}',
        whole=f'{START}<xi:include href="a.xml"/>{END}',
        a=f'{DIV} xml:id="i"/>',
    )
    (found,) = [one for one in check(files.folder, "main.xml") if one.rule[:8] == "pointers"]
    assert "whole.xml#none" in found.message


def test_pointers_into_a_part_that_is_missing_are_not_called_wrong_one_by_one(files):
    pointers = '<p xml:id="i"><ref target="#a #i"/><ref target="#b no.xml"/><ref target="#a"/></p>'
    files.put(
        main=f'{START}{pointers}<xi:include href="a.xml"/>{END}',
        other=f"{START}{pointers}{END}",
    )
    found = check(files.folder, "main.xml")
    assert sorted(rules(found)) == [
        "pointers:unknown-file", "xinclude:not-judged", "xinclude:unresolved",
    ]  # fmt: skip
    (said,) = [one.message for one in found if one.rule == "xinclude:not-judged"]
    assert said.startswith("2 pointers") and said.endswith("#a, #b")
    assert rules(check(files.folder, "other.xml")).count("pointers:unknown-target") == 3


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


# -- real files ------------------------------------------------------------------------------------

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


def test_a_prefix_may_be_declared_in_the_part_that_is_missing(files):
    body = f'{START}<xi:include href="header.xml"/><p><name ref="psn:anna"/></p>{END}'
    (missing, said) = check(files.put(main=body).folder, "main.xml")[-2:]
    assert [missing.rule, said.rule] == ["xinclude:unresolved", "xinclude:not-judged"]
    assert "psn:anna" in said.message
    whole = body.replace('<xi:include href="header.xml"/>', "")
    assert rules(check(files.put(main=whole).folder, "main.xml")) == ["pointers:unknown-prefix"]
