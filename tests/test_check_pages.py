"""The pages of the checks: the wrong example has the finding, the right one has not."""

import pytest

from teikit.check.edition import validate_files
from teikit.project import Project
from teikit.rules import all_rules
from teikit.safety.worker import Here

FAMILIES = (
    "ids", "pointers", "base", "registers", "dates", "languages", "characters", "allow", "tei"
)  # fmt: skip
WHOLE = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>\n{}\n</body></text></TEI>'
)
SHOWN = [rule for rule in all_rules() if rule.family in FAMILIES and rule.wrong]


def rules_found(folder, example: str) -> set[str]:
    text = example if example.startswith("<TEI") else WHOLE.format(example)
    (folder / "a.xml").write_text(text, encoding="utf-8")
    report = validate_files(Project(folder), ("a.xml",), Here(), whole=True).report
    return {finding.rule for finding in report.findings}


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: rule.name)
def test_the_examples_of_a_page_show_its_rule(rule, tmp_path):
    assert rules_found(tmp_path, rule.wrong) == {rule.name}
    assert rules_found(tmp_path, rule.right) == set()


def test_every_family_has_pages():
    assert {rule.family for rule in all_rules()} >= {*FAMILIES, "witness"}
