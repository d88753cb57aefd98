"""TEI's own rules over other people's texts; two engines, two forms, and two other judges agree."""

import re
import time
from pathlib import Path

import pytest
from lxml import etree, isoschematron

from extras import SAXON
from shared_data import TEI_P5, needs, real_files
from teikit.check.records import CheckSettings
from teikit.document import TEI, read_document
from teikit.safety.worker import Workers
from teikit.schema.schematron import check_schematron_file, run_rules
from teikit.schema.schematron.check import _read_rules
from teikit.schema.schematron.stylesheet import all_assertions

HERE = needs(TEI_P5)
FILES = real_files()
PATHS = [path for path in FILES if isinstance(path, Path)]  # none where they are absent

# each line breaks rules of the TEI that nobody's published texts break; the numbers say how many
SINS = f"""<TEI xmlns="{TEI}"><teiHeader/><text><body>
<p when="2012" notBefore="2011">a <p>in p</p></p>
<l>a <l>b</l></l>
<lg/>
<ptr target="#a" cRef="b"/>
<list type="gloss"><item>no label</item></list>
<span from="#a" target="#b" to="#c d"/>
<addSpan/>
<path points="1,2 3,4 1,2"/>
<dimensions><width/><width/></dimensions>
<elementSpec ident="x" mode="delete"><desc type="deprecationInfo">x</desc></elementSpec>
<moduleRef source="a b"/>
<desc type="deprecationInfo" validUntil="2001-01-01">x</desc>
<name subtype="x"/>
<anchor spanTo="#nowhere"/>
</body></text></TEI>"""


def _found(document, name: str) -> list:
    return list(check_schematron_file(document, str(TEI_P5 / name)))


@HERE
@SAXON
def test_every_rule_of_tei_all_is_run_by_one_engine_or_the_other():
    rules = _read_rules(str(TEI_P5 / "tei_all.sch"), 0, "", "")
    tests = etree.parse(TEI_P5 / "tei_all.sch").xpath("count(//*[@test])")
    here, there = (list(all_assertions(part)) for part in (rules.plan.here, rules.plan.there))
    assert len(here) + len(there) == tests
    assert len(here) > 50
    assert rules.plan.refused == rules.plan.failed == ()


@HERE
@SAXON
def test_what_breaks_rules_of_the_tei_is_found_where_it_stands():
    document = read_document(SINS.encode(), "x.xml")
    found = _found(document, "tei_all.sch")
    lines = {
        finding.place.line: re.sub(r"-\d+$", "", finding.rule.rpartition("tei_all-")[2])
        for finding in found
    }
    assert lines[2] == "p-abstractModel-structure-p-in-ab-or-p"
    assert lines[3] == "l-abstractModel-structure-l-in-l"
    assert lines[4] == "lg-atleast1oflggapl"
    assert lines[5] == "ptr-ptrAtts"
    assert lines[6] == "list-gloss-list-must-have-labels"
    assert lines[8] == "addSpan-addSpan-requires-spanTo"
    assert lines[9] == "path-pathmustnotbeclosed"
    assert lines[10] == "dimensions-duplicateDim"
    assert lines[12] == "att.global.source-source-only_1_ODD_source"
    assert lines[14] == "att.typed-subtypeTyped"
    assert lines[15] == "att.spanning-spanTo-spanTo-points-to-following"
    assert not [finding for finding in found if finding.rule == "schematron:failed"]


@HERE
@SAXON
@pytest.mark.parametrize("name", ["tei_all", "tei_lite", "tei_simplePrint", "tei_bare"])
def test_the_rules_inside_relaxng_find_what_those_of_the_sch_file_find(name):
    for data in (SINS.encode(), *(path.read_bytes() for path in PATHS[::12])):
        document = read_document(data, "x.xml")
        outside, inside = (
            {(finding.place, finding.message) for finding in _found(document, f"{name}.{suffix}")}
            for suffix in ("sch", "rng")
        )
        # the .rng repeats some rules in other languages, the .sch has some that are in no .rng
        assert {place for place, _ in inside} == {place for place, _ in outside}
        assert len(inside & outside) == len(outside)


@HERE
@SAXON
@pytest.mark.parametrize("path", FILES[::4], ids=lambda path: getattr(path, "name", str(path)))
def test_places_are_those_of_the_parser_and_no_rule_fails(path):
    document = read_document(path.read_bytes(), path.name)
    lines = [element.sourceline for element in document.root.iter(etree.Element)]
    for finding in _found(document, "tei_all.sch"):
        assert finding.rule not in ("schematron:failed", "schematron:refused"), finding
        assert 0 < finding.place.line <= lines[finding.ordinal]  # lxml counts to the tag's end
        start = document.utf8.splitlines()[finding.place.line - 1].decode()
        assert start[finding.place.column - 1] == "<"


# rules of XPath 1.0, for a judge that has no more: lxml's copy of the ISO skeleton
OTHERS = """<schema xmlns="http://purl.oclc.org/dsdl/schematron">
  <ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>
  <let name="many" value="3"/>
  <pattern id="first"><rule context="tei:p[@n]"><report id="a" test="true()">x</report></rule>
    <rule context="tei:p[tei:hi] | tei:l">
      <report id="b" test="string-length(.) > 40">x</report></rule>
    <rule context="tei:p | tei:lg"><assert id="c" test="count(*) > $many">x</assert></rule>
  </pattern>
  <pattern id="second"><rule context="tei:body//@*">
    <report id="d" test="contains(., ' ')">x</report></rule></pattern>
  <pattern abstract="true" id="needs"><rule context="$what"><assert test="$test">x</assert></rule>
  </pattern>
  <pattern is-a="needs" id="e"><param name="what" value="tei:div"/>
    <param name="test" value="tei:head or @type"/></pattern>
  <pattern id="f"><rule abstract="true" id="base"><report test="not(node())">x</report></rule>
    <rule context="tei:*"><extends rule="base"/></rule></pattern>
</schema>"""


@pytest.mark.parametrize("path", FILES[::8], ids=lambda path: getattr(path, "name", str(path)))
def test_the_iso_skeleton_finds_the_same(path, tmp_path):
    (tmp_path / "rules.sch").write_text(OTHERS)
    document = read_document(path.read_bytes(), path.name)
    judge = isoschematron.Schematron(etree.fromstring(OTHERS), store_report=True)
    tree = etree.fromstring(document.utf8).getroottree()
    judge.validate(tree)
    numbers = {element: number for number, element in enumerate(tree.iter(etree.Element))}
    theirs = []
    svrl = {"s": "http://purl.oclc.org/dsdl/svrl"}
    hits = judge.validation_report.xpath(
        "//s:failed-assert | //s:successful-report", namespaces=svrl
    )
    for node in hits:
        if node.get("location").startswith("/@"):  # the judge loses the way to an attribute
            theirs.append((-1, node.get("test")))
        else:
            (element,) = tree.xpath(node.get("location"))
            theirs.append((numbers[element], node.get("test")))
    ours = []
    rules = _read_rules(str(tmp_path / "rules.sch"), 0, "", "")
    tests = {assertion.name: assertion.test for assertion in all_assertions(rules.plan.here)}
    for finding in run_rules(document, rules):
        name = finding.rule.removeprefix("schematron:")
        ours.append((-1 if name == "d" else finding.ordinal, tests[name]))
    assert sorted(ours) == sorted(theirs)
    assert ours


@HERE
@SAXON
def test_the_rules_of_the_tei_are_quick_in_a_worker():
    """A ratio would need another engine; the bound is wide: some 0.01 s a text are usual."""
    settings = CheckSettings(schematron=str(TEI_P5 / "tei_all.sch"))
    paths = PATHS[::6]
    with Workers(count=1) as workers:
        workers.run("check", SINS.encode(), "x.xml", settings)
        started = time.monotonic()
        for path in paths:
            workers.run("check", path.read_bytes(), path.name, settings)
        assert (time.monotonic() - started) / len(paths) < 1.5


@HERE
def test_without_saxon_the_rules_that_did_not_run_are_named(monkeypatch):
    from teikit.schema.schematron import saxon

    monkeypatch.setattr(saxon, "find_obstacle", lambda: "missing")
    found = _found(read_document(SINS.encode(), "x.xml"), "tei_all.sch")
    assert len([finding for finding in found if finding.rule != "schematron:not-run"]) >= 8
    (told,) = [finding for finding in found if finding.rule == "schematron:not-run"]
    assert "pathmustnotbeclosed" in told.message
    assert "ptrAtts" not in told.message
