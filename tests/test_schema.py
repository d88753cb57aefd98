"""The schema of the edition: compiled from its ODD, kept by its files, narrower than the TEI's."""

import copy

import pytest
from lxml import etree

from schema_tools import (
    EDITION_FILES,
    RNG,
    TEI,
    XML,
    attributes_by_element,
    jing,
    relative,
    relaxng,
)  # fmt: skip
from shared_data import P5SUBSET, PROJECT, TEI_ALL, TEI_P5, needs
from teikit.document import read_document
from teikit.schema.odd import compile_odd
from teikit.schema.schematron import check_schematron

SCHEMA = PROJECT / "tei" / "schema"
TEI_RULES = TEI_P5 / "tei_all.sch"
SCH = "{http://purl.oclc.org/dsdl/schematron}"
TEIX = "{http://www.tei-c.org/ns/Examples}"
needs_source, needs_tei_all = needs(P5SUBSET), needs(TEI_ALL)
IMPORTANT = """
    TEI teiHeader licence idno citeStructure prefixDef div head p s seg lb pb orgName country region
    settlement eventName title rs term soCalled date note ref org place bibl item event relation
    interp
"""


@pytest.fixture(scope="module")
def odd() -> etree._Element:
    return etree.parse(SCHEMA / "edition.odd").getroot()


@pytest.fixture(scope="module")
def grammar() -> etree._Element:
    return etree.parse(SCHEMA / "edition.rng").getroot()


def languages(element: etree._Element, name: str) -> list[str]:
    return [child.get(f"{XML}lang") for child in element.findall(f"{TEI}{name}")]


# What is committed is what the ODD says


@needs_source
def test_the_committed_schema_is_what_the_odd_compiles_to():
    odd = (SCHEMA / "edition.odd").read_bytes()
    compiled = compile_odd(odd, P5SUBSET.read_bytes(), name="edition.odd")
    assert compiled.messages == ()
    again = "run `teikit odd compile tei/schema/edition.odd` and commit what it writes"
    assert compiled.relaxng == (SCHEMA / "edition.rng").read_bytes(), again
    assert compiled.compact == (SCHEMA / "edition.rnc").read_bytes(), again
    assert compiled.schematron == (SCHEMA / "edition.sch").read_bytes(), again


# The files of the edition


@pytest.mark.parametrize("path", EDITION_FILES, ids=relative)
def test_each_file_is_valid(path):
    grammar = relaxng(SCHEMA / "edition.rng")
    assert grammar.validate(etree.parse(path)), grammar.error_log
    document = read_document(path.read_bytes(), relative(path))
    rules = (SCHEMA / "edition.sch").read_bytes()
    assert [str(finding) for finding in check_schematron(document, rules)] == []


@needs_tei_all
def test_files_and_odd_are_valid_against_tei_all():
    assert jing(TEI_ALL, [*EDITION_FILES, SCHEMA / "edition.odd"]) == []


def test_only_elements_in_use_are_selected(grammar):
    used = {
        etree.QName(element).localname
        for path in EDITION_FILES
        for element in etree.parse(path).iter(f"{TEI}*")
    }
    assert used == set(attributes_by_element(grammar))


@needs_tei_all
def test_elements_and_attributes_are_among_those_of_the_tei(grammar):
    ours = attributes_by_element(grammar)
    theirs = attributes_by_element(etree.parse(TEI_ALL).getroot())
    for name, attributes in ours.items():
        assert attributes <= theirs.get(name, set()), name
    assert sum(map(len, ours.values())) < sum(len(theirs[name]) for name in ours) / 5


# The ODD itself


def test_every_specification_is_described_in_both_languages(odd):
    kinds = [f"{TEI}{kind}" for kind in ("elementSpec", "constraintSpec", "valItem", "schemaSpec")]
    for spec in odd.iter(*kinds):
        assert languages(spec, "desc") == ["zh-Hans", "en"], spec.get("ident")
    for spec in odd.iter(f"{TEI}elementSpec"):
        assert languages(spec, "remarks") in ([], ["zh-Hans", "en"]), spec.get("ident")


def test_every_element_is_specified_once(odd, grammar):
    idents = [spec.get("ident") for spec in odd.iter(f"{TEI}elementSpec")]
    assert len(idents) == len(set(idents))
    assert set(idents) == set(attributes_by_element(grammar))


def test_the_important_elements_have_an_example_and_remarks(odd):
    specs = {spec.get("ident"): spec for spec in odd.iter(f"{TEI}elementSpec")}
    for ident in IMPORTANT.split():
        assert specs[ident].find(f"{TEI}exemplum") is not None, ident
        assert specs[ident].find(f"{TEI}remarks") is not None, ident


def test_examples_keep_the_schema(odd, grammar):
    """Each element of an example is valid by itself, unless the example is marked unfinished."""
    anywhere = copy.deepcopy(grammar)
    start = anywhere.find(f"{RNG}start")
    choice = etree.SubElement(start, f"{RNG}choice")
    for ref in [start[0], *attributes_by_element(grammar)]:
        if isinstance(ref, str):
            etree.SubElement(choice, f"{RNG}ref", name=ref)
    start.remove(start[0])
    schema = etree.RelaxNG(etree.fromstring(etree.tostring(anywhere)))
    for example in odd.iter(f"{TEIX}egXML"):
        for element in example.iterchildren(f"{TEIX}*"):
            text = etree.tostring(element, with_tail=False, encoding="unicode")
            fragment = etree.fromstring(text.replace(TEIX[1:-1], TEI[1:-1]))
            if example.get("valid") != "feasible":
                assert schema.validate(fragment), f"{text}\n{schema.error_log}"


def test_rules_lead_to_sections_of_the_guidelines(odd):
    sections = {div.get(f"{XML}id") for div in odd.iter(f"{TEI}div")}
    for assertion in odd.iter(f"{SCH}assert", f"{SCH}report"):
        file, _, section = assertion.get("see").partition("#")
        assert (file, section in sections) == ("edition.odd", True)


def test_values_of_seg_ana_are_the_entries_of_the_register(odd):
    register = etree.parse(PROJECT / "tei" / "registers" / "statements.xml")
    entries = {
        f"{group.get('type')}:{interp.get(f'{XML}id')}"
        for group in register.iter(f"{TEI}interpGrp")
        for interp in group.iter(f"{TEI}interp")
    }
    (seg,) = (spec for spec in odd.iter(f"{TEI}elementSpec") if spec.get("ident") == "seg")
    (ana,) = (att for att in seg.iter(f"{TEI}attDef") if att.get("ident") == "ana")
    assert {item.get("ident") for item in ana.iter(f"{TEI}valItem")} == entries


def test_the_compiled_schema_documents_elements_and_values(grammar):
    notes = grammar.iter("{http://relaxng.org/ns/compatibility/annotations/1.0}documentation")
    texts = [note.text for note in notes]
    assert any("语句" in text and "a statement" in text for text in texts)
    assert len(texts) > 150


# The TEI's own rules need XPath 2


@needs_tei_all
def test_files_keep_the_rules_of_the_tei():
    saxonche = pytest.importorskip("saxonche", reason="the extra [xslt3] is not installed")
    with saxonche.PySaxonProcessor(license=False) as processor:
        transform = processor.new_xslt30_processor().compile_stylesheet(
            stylesheet_text=_as_xslt(etree.parse(TEI_RULES).getroot())
        )
        for path in [*EDITION_FILES, SCHEMA / "edition.odd"]:
            node = processor.parse_xml(xml_file_name=str(path))
            said = transform.transform_to_string(xdm_node=node)
            assert etree.fromstring(said.encode()).xpath("string()").strip() == "", relative(path)
        wrong = f'<p xmlns="{TEI[1:-1]}"><ref target="a" cRef="b"/></p>'
        node = processor.parse_xml(xml_text=wrong)
        assert "ref" in transform.transform_to_string(xdm_node=node), "the rules do run"


def _as_xslt(schema: etree._Element) -> str:
    """Return a Schematron file whose rules need XPath 2 as XSLT that says what they find."""
    xsl = "{http://www.w3.org/1999/XSL/Transform}"
    prefixes = {ns.get("prefix"): ns.get("uri") for ns in schema.iter(f"{SCH}ns")}
    top = etree.Element(f"{xsl}stylesheet", nsmap={**prefixes, "xsl": xsl[1:-1]}, version="3.0")
    start = etree.SubElement(top, f"{xsl}template", match="/")
    said = etree.SubElement(start, "said")
    for number, pattern in enumerate(schema.iter(f"{SCH}pattern")):
        mode = f"p{number}"
        etree.SubElement(top, f"{xsl}mode", {"name": mode, "on-no-match": "shallow-skip"})
        etree.SubElement(said, f"{xsl}apply-templates", select="/", mode=mode)
        rules = pattern.findall(f"{SCH}rule")
        for rank, rule in enumerate(rules):
            how = {"match": rule.get("context"), "mode": mode, "priority": str(len(rules) - rank)}
            template = etree.SubElement(top, f"{xsl}template", how)
            for child in rule.iter(f"{SCH}let", f"{SCH}assert", f"{SCH}report"):
                _add_test(child, template, xsl)
            etree.SubElement(template, f"{xsl}apply-templates", select="@*, node()", mode=mode)
    return etree.tostring(top, encoding="unicode")


def _add_test(child: etree._Element, template: etree._Element, xsl: str) -> None:
    kind, test = etree.QName(child).localname, child.get("test")
    if kind == "let":
        value = {"name": child.get("name"), "select": child.get("value")}
        etree.SubElement(template, f"{xsl}variable", value)
        return
    when = etree.SubElement(template, f"{xsl}if", test=test if kind == "report" else f"not({test})")
    etree.SubElement(when, f"{xsl}value-of", select="name(), path()")
    text = " ".join("".join(child.itertext()).split())
    etree.SubElement(when, f"{xsl}text").text = f": {text}\n"
