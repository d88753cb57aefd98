"""Each page of a rule tells the truth: its wrong example gives the finding, its right one none."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from checkout import project_files
from shared_data import PROJECT
from teikit.check.edition import validate_files
from teikit.project import Project
from teikit.report import Finding
from teikit.rules import Rule, all_rules
from teikit.safety.worker import Here

SCHEMAS = PROJECT / "tei" / "schema"
SCHEMA_OF = {"relaxng": "edition.rng", "schematron": "edition.sch"}  # unless the page names one
WHOLE = ("<TEI", "<?xml", "<!DOCTYPE", "<teiCorpus")
FRAME = """<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader><fileDesc><titleStmt><title>书信</title><title>A letter</title>
<respStmt><orgName>An edition</orgName><resp>all</resp></respStmt></titleStmt>
<publicationStmt><publisher>An edition</publisher><availability>
<licence target="https://creativecommons.org/licenses/by/4.0/">x</licence>
</availability></publicationStmt>
<sourceDesc><p xml:lang="zh-Hans">书信。</p><p xml:lang="en">The letter.</p></sourceDesc>
</fileDesc></teiHeader>
<text><body>
{}
</body></text></TEI>
"""
LETTERS = """<grammar xmlns="http://relaxng.org/ns/structure/1.0">
<start><ref name="any"/></start>
<define name="any"><element><anyName/><zeroOrMore><choice><text/><ref name="any"/>
<attribute><anyName/></attribute></choice></zeroOrMore></element></define>
</grammar>
"""
WITH_EXAMPLES = [rule for rule in all_rules() if rule.wrong]


def document(example: str) -> str:
    return example if example.startswith(WHOLE) else FRAME.format(example)


def rules_found(rule: Rule, example: str, folder: Path) -> set[str]:
    """Return the names of the rules that an example of this page breaks."""
    return {finding.rule for finding in check(rule, example, folder)}


def check(rule: Rule, example: str, folder: Path) -> tuple[Finding, ...]:
    """Return what is found in an example of this page."""
    (folder / "texts").mkdir(exist_ok=True)
    (folder / "texts" / "a.xml").write_text(document(example), encoding="utf-8")
    if rule.family == "schema":  # what the right examples name
        (folder / "texts" / "letters.rng").write_text(LETTERS, encoding="utf-8")
    project = Project(
        folder,
        texts=("texts/a.xml",),
        given=schemas(rule, folder),
        levels=((rule.name, "warning"),) if rule.severity == "off" else (),
    )
    with Here() as jobs:
        return validate_files(project, project.files, jobs, whole=True).report.findings


def schemas(rule: Rule, folder: Path) -> tuple[str, ...]:
    """Return the paths of the schema that the page names or contains, or that of its family."""
    schema = rule.schema or SCHEMA_OF.get(rule.family, "")
    if not schema or "\n" not in schema:
        return (str(SCHEMAS / schema),) if schema else ()
    suffix = ".rnc" if not schema.startswith("<") else ".sch" if "schematron" in schema else ".rng"
    (folder / f"schema{suffix}").write_text(schema, encoding="utf-8")
    return (str(folder / f"schema{suffix}"),)


def is_of(rule: Rule, found: set[str]) -> bool:
    """Return whether one of the rules that were found has this page."""
    if not rule.name.endswith(":*"):
        return rule.name in found
    pages = {one.name for one in all_rules()}
    return any(name.startswith(rule.name[:-1]) and name not in pages for name in found)


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.name)
def test_the_wrong_example_is_found_and_the_right_one_is_not(rule, tmp_path):
    assert is_of(rule, rules_found(rule, rule.wrong, tmp_path)), "the wrong example"
    assert not is_of(rule, rules_found(rule, rule.right, tmp_path)), "the right example"


@pytest.mark.parametrize("code", ["SCM001", "SCM002", "SCM003", "SCM004", "SCM005", "SCM007"])
def test_a_right_example_of_naming_a_schema_names_one_that_is_used(code, tmp_path):
    rule = next(one for one in WITH_EXAMPLES if one.code == code)
    assert "<?xml-model" in rule.right
    families = {name.partition(":")[0] for name in rules_found(rule, rule.right, tmp_path)}
    assert "schema" not in families


def test_an_example_that_tells_nothing_would_be_noticed(tmp_path):
    page = Rule("ids:duplicate", "IDS001", "error", "title", "text")
    twice, once = '<p xml:id="a"/><p xml:id="a"/>', '<p xml:id="a"/><p xml:id="b"/>'
    assert is_of(page, rules_found(page, twice, tmp_path))
    assert not is_of(page, rules_found(page, once, tmp_path))
    assert not is_of(replace(page, name="ids:*"), {"dates:x"})


def test_nothing_is_found_in_the_frame_of_the_examples(tmp_path):
    first = 1 + FRAME[: FRAME.index("{}")].count("\n")
    for family in SCHEMA_OF:
        found = check(Rule(f"{family}:x", "", "error", "", ""), "<div><p>Sir</p></div>", tmp_path)
        assert {finding.rule.partition(":")[0] for finding in found} == {family}
        assert {finding.place.line for finding in found} == {first}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_the_code_can_give_each_rule_that_has_a_page(rule):
    """Its name stands in the code, or is put together there from its family and its last part."""
    package = PROJECT / "tools" / "teikit"
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in project_files()
        if path.suffix == ".py" and path.is_relative_to(package)
    )
    family, _, last = rule.name.partition(":")
    put_together = re.search(rf'f"{family}:\{{', source)
    assert f'"{rule.name}"' in source or (put_together and (last == "*" or f'"{last}"' in source))
