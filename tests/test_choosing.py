"""Which schemas a document is checked against, and what is said of those it is not."""

import re
import time
from pathlib import Path

import pytest

from shared_data import SHARED
from teikit.check.choosing import Chosen, choose_schemas
from teikit.check.document import check_job
from teikit.check.edition import validate_files
from teikit.check.records import CheckSettings
from teikit.document import TEI, read_document
from teikit.errors import TeikitError
from teikit.project import Project, read_project
from teikit.safety.worker import Here

RNG = "http://relaxng.org/ns/structure/1.0"
SCH = "http://purl.oclc.org/dsdl/schematron"
GRAMMAR = f'<element name="TEI" ns="{TEI}" xmlns="{RNG}"><text/></element>'
RULES = (
    f'<schema xmlns="{SCH}"><ns prefix="t" uri="{TEI}"/><pattern><rule context="t:TEI">'
    '<assert id="must" test="@n">no n</assert></rule></pattern></schema>'
)


def choose(prolog: str, folder: Path | str = "", path: str = "texts/x.xml", **settings) -> Chosen:
    document = read_document(f'{prolog}<TEI xmlns="{TEI}"/>'.encode(), path)
    return choose_schemas(document, CheckSettings(folder=str(folder), **settings))


def said(chosen: Chosen) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in chosen.findings]


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "project"
    (root / "schema").mkdir(parents=True)
    for name, content in (
        ("tei.rng", GRAMMAR),
        ("other.rng", GRAMMAR),
        ("tei.rnc", 'default namespace = "http://www.tei-c.org/ns/1.0"\nelement TEI { text }'),
        ("schema", GRAMMAR),
        ("rules.sch", RULES),
        ("tei.xsd", "<schema/>"),
        ("broken.rng", f'<grammar xmlns="{RNG}">\n<start>\n<ref name="x"/></start></grammar>'),
        ("broken.sch", f'<schema xmlns="{SCH}">\n<pattern>\n</schema>'),
        ("tei.odd", f'<TEI xmlns="{TEI}"/>'),
    ):
        (root / "schema" / name).write_text(content)
    (tmp_path / "secret.rng").write_text(GRAMMAR)
    return root


# -- what a document names ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attributes", "relaxng", "schematron"),
    [
        (f'href="../schema/tei.rng" schematypens="{RNG}"', ["tei.rng"], []),
        ('href="../schema/tei.rng"', ["tei.rng"], []),
        ("href='../schema/tei.rng'\n type = 'application/xml'", ["tei.rng"], []),
        ('href="../schema/tei.rnc" type="application/relax-ng-compact-syntax"', ["tei.rnc"], []),
        ('href="../schema/schema" type="application/relax-ng-compact-syntax"', ["schema"], []),
        ('href="../schema/rules.sch"', [], [("rules.sch", "")]),
        (f'href="../schema/rules.sch" schematypens="{SCH}" phase="a"', [], [("rules.sch", "a")]),
        (f'href="../schema/tei.rng" schematypens="{SCH}"', [], [("tei.rng", "")]),
        ('href="../schema/%74ei.rng#x" title="a &lt; b"', ["tei.rng"], []),
        ('href="..&#x2f;schema&#47;tei.rng" charset="utf-8"', ["tei.rng"], []),
    ],
)
def test_xml_model_is_followed(folder, attributes, relaxng, schematron):
    chosen = choose(f"<?xml-model {attributes}?>", folder)
    assert said(chosen) == []
    assert [Path(path).name for path in chosen.relaxng] == relaxng
    assert [(Path(path).name, phase) for path, phase in chosen.schematron] == schematron
    assert all(Path(path).is_absolute() for path in chosen.relaxng)


def test_the_phase_of_edition_toml_holds_for_its_rules(folder):
    rules = '<phase id="draft"/><phase id="final"><active pattern="n"/></phase><pattern id="n">'
    (folder / "schema/rules.sch").write_text(RULES.replace("<pattern>", rules))
    (folder / "texts").mkdir(exist_ok=True)
    (folder / "texts/x.xml").write_text(f'<TEI xmlns="{TEI}"/>')
    for phase, found in (("", 1), ("draft", 0), ("final", 1), ("#ALL", 1)):
        settings = f'[schema]\nschematron = "schema/rules.sch"\nphase = "{phase}"\n'
        (folder / "edition.toml").write_text(settings)
        project = read_project(folder)
        report = validate_files(project, project.files, Here(), whole=True).report
        assert [one.rule for one in report.findings] == ["schematron:must"] * found
    (folder / "edition.toml").write_text(settings.replace("#ALL", "fnal"))
    with pytest.raises(TeikitError, match=r'rules.sch: there is no phase "fnal"'):
        validate_files(read_project(folder), ["texts/x.xml"], Here(), whole=True)


def test_a_phase_without_rules_is_a_mistake_in_edition_toml(folder):
    (folder / "edition.toml").write_text('[schema]\nphase = "final"\n')
    with pytest.raises(TeikitError, match=r"schema\.phase is one of the rules in"):
        read_project(folder)


def test_several_schemas_are_all_used_each_once(folder):
    one = '<?xml-model href="../schema/tei.rng"?>\n'
    chosen = choose(f'{one}{one}<?xml-model href="../schema/rules.sch"?>', folder)
    assert len(chosen.relaxng) == 1 and len(chosen.schematron) == 1
    assert chosen.place_of(chosen.relaxng[0]).line == 1
    assert chosen.place_of(chosen.schematron[0][0]).line == 3


@pytest.mark.parametrize(
    ("attributes", "kind"),
    [
        ('RNGSchema="../schema/tei.rng" type="xml"', "relaxng"),
        ('RNGSchema="../schema/tei.rnc" type="compact"', "relaxng"),
        ('SCHSchema="../schema/rules.sch"', "schematron"),
    ],
)
def test_the_older_instruction_of_oxygen_is_followed(folder, attributes, kind):
    chosen = choose(f"<?oxygen {attributes}?>", folder)
    assert said(chosen) == [] and len(getattr(chosen, kind)) == 1


def test_the_first_group_is_used_and_the_others_are_named(folder):
    prolog = "".join(
        f'<?xml-model href="../schema/{name}" group="{group}"?>'
        for name, group in (("tei.rng", "a"), ("other.rng", "b"), ("rules.sch", "a"))
    )
    chosen = choose(prolog, folder)
    assert [Path(path).name for path in chosen.relaxng] == ["tei.rng"]
    assert len(chosen.schematron) == 1
    assert said(chosen) == [("schema:other-group", "info")]


@pytest.mark.parametrize(
    "prolog",
    [
        '<!-- <?xml-model href="../schema/tei.rng"?> -->',
        '<!DOCTYPE TEI [<!-- \' --><?xml-model href="../schema/tei.rng"?><!ENTITY a "]>">]>',
        "",
        "<?xml-models href='../schema/tei.rng'?>",
        "<?oxygen?><?xml-stylesheet href='../schema/tei.rng'?>",
    ],
)
def test_only_instructions_before_the_outermost_element_count(folder, prolog):
    chosen = choose(prolog, folder)
    assert chosen.relaxng == () and said(chosen) == [("schema:none", "warning")]


def test_an_instruction_after_a_doctype_is_read_and_placed(folder):
    prolog = (
        '<?xml version="1.0"?>\n<!DOCTYPE TEI [<!ENTITY a "]>"><!-- \' ]> --> <!ENTITY b \'x\'>]>\n'
        'é<?xml-model href="../schema/no.rng"?>\n'
    ).replace("é", "<!-- é -->")
    (finding,) = choose(prolog, folder).findings
    assert (finding.place.line, finding.place.column) == (3, 11)


@pytest.mark.parametrize(
    ("prolog", "rule", "severity"),
    [
        ('href="https://example.org/tei_all.rng"', "schema:remote", "warning"),
        ('href="//example.org/tei_all.rng"', "schema:remote", "warning"),
        ('href="../../secret.rng"', "schema:outside", "warning"),
        ('href="%2e%2e/%2e%2e/secret.rng"', "schema:outside", "warning"),
        ('href="file:///etc/secret.rng"', "schema:outside", "warning"),
        ('href="/etc/secret.rng"', "schema:outside", "warning"),
        ('href="C:\\secret.rng"', "schema:outside", "warning"),
        ('href="../schema/link.rng"', "schema:outside", "warning"),
        ('href="../schema/no.rng"', "schema:missing", "error"),
        ('href="../schema.rng/"', "schema:unsupported", "warning"),
        (f'href="../schema" schematypens="{RNG}"', "schema:missing", "error"),
        (f'href="../schema/tei.rng/x" schematypens="{RNG}"', "schema:missing", "error"),
        ('href="../schema/tei.xsd"', "schema:unsupported", "warning"),
        ('href="tei.dtd" type="application/xml-dtd"', "schema:unsupported", "warning"),
        ('href="../schema/tei.odd"', "schema:unsupported", "warning"),
        ('href="../schema/schema"', "schema:unsupported", "warning"),
        ('href="x.rng" schematypens="urn:unknown"', "schema:unsupported", "warning"),
        ('schematypens="urn:x"', "schema:malformed-model", "error"),
        ('href=""', "schema:malformed-model", "error"),
        ("href=x.rng", "schema:malformed-model", "error"),
        ('href="a.rng" href="b.rng"', "schema:malformed-model", "error"),
        ('href="a.rng" and more', "schema:malformed-model", "error"),
        ("", "schema:malformed-model", "error"),
    ],
)
def test_a_schema_that_is_not_used_is_one_finding_at_its_instruction(
    folder, prolog, rule, severity
):
    (folder / "schema" / "link.rng").symlink_to(folder.parent / "secret.rng")
    chosen = choose(f"\n<?xml-model {prolog}?>", folder)
    assert said(chosen) == [(rule, severity)]
    assert (chosen.findings[0].place.line, chosen.findings[0].place.column) == (2, 1)
    assert chosen.relaxng == () and chosen.schematron == ()
    assert str(folder) not in str(chosen.findings)


def test_one_file_named_as_two_kinds_of_schema_is_one_finding(folder):
    prolog = "".join(
        f'<?xml-model href="https://example.org/tei_all.rng" schematypens="{kind}"?>'
        for kind in (RNG, SCH)
    )
    assert said(choose(prolog, folder)) == [("schema:remote", "warning")]


@pytest.mark.parametrize(
    "document",
    [
        f'<!DOCTYPE TEI SYSTEM "tei.dtd"><TEI xmlns="{TEI}"/>',
        f'<!DOCTYPE TEI PUBLIC "-//TEI" "http://x/tei.dtd" [<!ENTITY a "b">]><TEI xmlns="{TEI}"/>',
        f'<TEI xmlns="{TEI}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{TEI} tei.xsd"/>',
    ],
)
def test_a_dtd_or_xml_schema_alone_is_said_not_to_be_used(document):
    chosen = choose_schemas(read_document(document.encode(), "x.xml"), CheckSettings())
    assert said(chosen) == [("schema:unsupported", "warning")]


def test_without_a_folder_no_schema_is_read():
    assert said(choose('<?xml-model href="x.rng"?>')) == [("schema:missing", "error")]


def test_a_long_prolog_takes_no_time():
    started = time.monotonic()
    choose("<!DOCTYPE TEI [" + "<!-- ' -->" * 20_000 + "]>" + "<?a b?>" * 20_000)
    choose("<?xml-model " + 'a="b"' * 20_000 + "?>")
    assert time.monotonic() - started < 10


# -- what goes before -----------------------------------------------------------------------------


def test_the_command_line_goes_before_all(folder):
    chosen = choose(
        '<?xml-model href="https://example.org/x.rng"?>', folder, relaxng=str(folder / "no.rng"),
        given=("/a/x.rng", "/a/y.rnc", "/a/z.sch", "/a/x.rng"),
    )  # fmt: skip
    assert chosen.relaxng == ("/a/x.rng", "/a/y.rnc") and chosen.schematron == (("/a/z.sch", ""),)
    assert chosen.findings == () and chosen.place_of("/a/x.rng") is None


@pytest.mark.parametrize(
    ("path", "says"), [("x.odd", "odd compile"), ("x.xsd", ".rng"), ("x", ".rnc")]
)
def test_a_file_on_the_command_line_that_is_no_schema_stops(path, says):
    with pytest.raises(TeikitError, match=re.escape(says)):
        choose("", given=(path,))


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("../schema/tei.rng", []),
        ("../schema/../schema/tei.rng", []),
        ("https://example.org/tei.rng", []),
        ("../schema/other.rng", ["schema:other"]),
        ("https://example.org/tei_all.rng", ["schema:other"]),
        ("../schema/rules.sch", ["schema:other"]),
        ("../schema/tei.xsd", []),
    ],
)
def test_the_edition_goes_before_the_document_which_should_name_the_same(folder, href, expected):
    edition = str(folder / "schema" / "tei.rng")
    chosen = choose(f'<?xml-model href="{href}"?>', folder, relaxng=edition)
    assert chosen.relaxng == (edition,) and chosen.schematron == ()
    assert [finding.rule for finding in chosen.findings] == expected
    assert str(folder) not in str(chosen.findings)


# -- in the check ---------------------------------------------------------------------------------


def rules_of(folder: Path, prolog: str, **settings) -> list[str]:
    data = f'{prolog}<TEI xmlns="{TEI}"><p/></TEI>'.encode()
    checked = check_job(data, "texts/x.xml", CheckSettings(folder=str(folder), **settings))
    return [finding.rule for finding in checked.findings]


def test_a_document_is_checked_against_what_it_names(folder):
    assert rules_of(folder, '<?xml-model href="../schema/tei.rng"?>') == ["relaxng:unknown-element"]
    assert rules_of(folder, '<?xml-model href="../schema/rules.sch"?>') == ["schematron:must"]
    assert rules_of(folder, "") == ["schema:none"]


@pytest.mark.parametrize(("name", "line"), [("broken.rng", 3), ("broken.sch", 3)])
def test_a_broken_schema_is_a_finding_where_the_document_names_it(folder, name, line):
    data = f'<?xml-model href="../schema/{name}"?><TEI xmlns="{TEI}"/>'.encode()
    checked = check_job(data, "texts/x.xml", CheckSettings(folder=str(folder)))
    (finding,) = checked.findings
    assert (finding.rule, finding.severity) == ("schema:broken", "error")
    assert f"schema/{name}:{line}" in finding.message and str(folder) not in finding.message


def test_a_broken_schema_that_the_edition_names_stops(folder):
    with pytest.raises(TeikitError, match=r"broken\.rng:3"):
        rules_of(folder, "", relaxng=str(folder / "schema" / "broken.rng"))
    with pytest.raises(TeikitError, match=r"broken\.sch:3"):
        rules_of(folder, "", given=(str(folder / "schema" / "broken.sch"),))


def test_a_gap_left_by_xi_include_is_not_said_again_by_the_schema(folder):
    grammar = (
        f'<element name="TEI" ns="{TEI}" xmlns="{RNG}"><element name="a"><empty/></element>'
        '<element name="b"><empty/></element></element>'
    )
    (folder / "schema" / "ab.rng").write_text(grammar)
    prolog = '<?xml-model href="../schema/ab.rng"?>'
    for body, expected in (
        ('<xi:include href="a.xml"/><b/>', ["xinclude:unresolved"]),
        ('<a/><xi:include href="b.xml"/>', ["xinclude:unresolved"]),
        ("<a/>", ["relaxng:incomplete-content"]),
        ("<b/>", ["relaxng:missing-element"]),
    ):
        data = f'{prolog}<TEI xmlns="{TEI}" xmlns:xi="http://www.w3.org/2001/XInclude">{body}</TEI>'
        checked = check_job(data.encode(), "texts/x.xml", CheckSettings(folder=str(folder)))
        assert [finding.rule for finding in checked.findings] == expected


def test_a_file_without_a_project_is_checked_against_the_schema_beside_it(folder):
    (folder / "x.xml").write_text(
        f'<?xml-model href="schema/tei.rng"?><TEI xmlns="{TEI}"><p/></TEI>'
    )
    found = validate_files(Project(folder), ("x.xml",), Here(), whole=False).report.findings
    assert [finding.rule for finding in found] == ["relaxng:unknown-element"]


# -- real files -----------------------------------------------------------------------------------

REAL = {
    "inscriptions": {"schema:remote", "schema:outside"},
    "novels": {"schema:outside"},
    "letters": {"schema:outside", "schema:unsupported"},
    "drama": {"schema:remote"},
}


@pytest.mark.parametrize("name", REAL)
def test_real_files_name_schemas_that_are_refused_with_a_reason(name):
    files = sorted((SHARED / "corpora" / name).glob("*.xml"))
    if not files:
        pytest.skip("the folder ../shared with other people's texts is not here")
    for path in files:
        document = read_document(path.read_bytes(), path.name)
        chosen = choose_schemas(document, CheckSettings(folder=str(path.parent)))
        rules = [finding.rule for finding in chosen.findings]
        assert set(rules) <= REAL[name] | {"schema:none"} and rules
        assert len(rules) == 1 or "schema:none" not in rules
