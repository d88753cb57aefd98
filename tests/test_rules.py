"""The pages of the rules, and what edition.toml and the command line make of them."""

import re

import pytest
from click.testing import CliRunner

from checkout import project_files
from shared_data import PROJECT
from teikit.cli.commands import teikit
from teikit.place import Place
from teikit.report import SEVERITIES, Finding
from teikit.rules import (
    LEVELS,
    all_families,
    all_rules,
    apply_levels,
    code_of,
    find_near,
    find_rule,
    is_key,
    level_of,
    override_of,
    select,
)

PACKAGE = PROJECT / "tools" / "teikit"


def finding(rule: str, severity: str = "error") -> Finding:
    return Finding(Place("a.xml", 1, 1, 1, 2), rule, "message", severity)


NOT_RULES = {"tei:text", "xml:id", "xml:lang", "xml:base", "xml:space"}  # names of XPath and XML


def names_in_code() -> set[str]:
    """Return every "family:name" that stands in the code where a rule's name is said."""
    families = "|".join(all_families())
    said = re.compile(rf"[\"'](?P<name>(?:{families}):[a-z][a-z-]*[a-z])[\"']")
    return {
        match["name"]
        for path in project_files()
        if path.suffix == ".py" and path.is_relative_to(PACKAGE)
        for match in said.finditer(path.read_text(encoding="utf-8"))
    } - NOT_RULES


def test_every_rule_that_the_code_names_has_a_page():
    assert {name for name in names_in_code() if find_rule(name) is None} == set()


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_a_page_is_complete(rule):
    assert re.fullmatch(r"[a-z]+:([a-z][a-z0-9-]*|\*)", rule.name)
    assert re.fullmatch(r"[A-Z]{3}\d{3}", rule.code)
    assert rule.severity in LEVELS
    assert rule.title and not rule.title.endswith(".")
    assert len(rule.text.split()) >= 10
    assert (rule.wrong and rule.right) or rule.how
    assert max(len(line) for line in rule.text.splitlines()) <= 110


def test_a_code_is_given_once_and_its_letters_to_one_family():
    codes = [rule.code for rule in all_rules()]
    assert sorted(set(codes)) == codes
    letters = {(rule.family, rule.code[:3]) for rule in all_rules()}
    assert len(letters) == len({family for family, _ in letters}) == len({x for _, x in letters})


def test_a_rule_is_found_by_name_and_by_code():
    rule = find_rule("publish:lost-text")
    assert rule == find_rule("pub001") == find_rule("PUB001")
    assert code_of("publish:lost-text") == "PUB001"
    assert (find_rule("publish:nothing"), find_rule("XXX999"), find_rule("")) == (None, None, None)
    assert code_of("../rules:x") == ""


def test_a_word_that_is_nearly_a_rule_is_recognised():
    assert find_near("publish:lost-txt") == "publish:lost-text"
    assert find_near("lost-text") == "publish:lost-text"
    assert find_near("PUB01") == "PUB001"
    assert find_near("transfrom") == "transform"
    assert find_near("qqqqqq") == ""
    assert find_near("pointer") == "pointers"
    assert find_near("dates:imposible") == "dates:impossible"
    for word in ("nonsense", "?", "text of the letter", "x" * 5000):
        assert find_near(word) == ""


def test_the_more_specific_level_wins():
    levels = (("transform", "off"), ("TRF002", "warning"))
    assert override_of("transform:no-template", levels) == "off"
    assert override_of("transform:message", levels) == "warning"
    both = (*levels, ("transform:message", "error"))
    assert override_of("transform:message", both) == "error"
    assert level_of("transform:message", ()) == "info"
    assert override_of("transform:message", ()) is None


def test_the_letters_that_codes_begin_with_stand_for_their_rules():
    levels = (("TRF", "off"), ("transform", "error"), ("trf002", "warning"))
    assert override_of("transform:no-template", levels) == "off"
    assert override_of("transform:message", levels) == "warning"
    assert override_of("dates:reversed", levels) is None
    assert override_of("publish:lost-text", (("PUB", "off"),)) is None


def test_levels_change_severities_and_take_out_what_is_off():
    found = [finding("transform:message", "info"), finding("transform:no-template", "warning")]
    assert apply_levels(found, ()) == found
    levels = (("transform:message", "error"), ("TRF001", "off"))
    assert apply_levels(found, levels) == [finding("transform:message", "error")]


def test_what_is_fixed_can_neither_be_switched_off_nor_passed_over():
    found = [finding("publish:lost-text")]
    assert apply_levels(found, (("publish", "off"),)) == found
    assert select(found, ("transform",), ("publish:lost-text",)) == found


def test_rules_are_selected_by_name_code_family_and_letters():
    message, template = finding("transform:message"), finding("transform:no-template")
    both = [message, template]
    for key in ("transform:message", "TRF002", "trf002"):
        assert select(both, (key,), ()) == [message]
        assert select(both, (), (key,)) == [template]
    for key in ("transform", "TRF", "trf"):
        assert select(both, (key,), ()) == both
        assert select(both, (), (key,)) == []
    assert select(both, ("TRF",), ("TRF002",)) == [template]


def test_keys_are_names_codes_and_families():
    assert all(is_key(key) for key in ("publish", "PUB001", "publish:lost-text"))
    assert not any(is_key(key) for key in ("PUB", "publish:x", "colour", ""))


def test_levels_are_the_severities_and_off():
    assert set(LEVELS) == {*SEVERITIES, "off"}


# -- teikit explain ---------------------------------------------------------------------------


def explain(*arguments: str):
    return CliRunner().invoke(teikit, ["explain", *arguments])


@pytest.mark.parametrize("asked", ["PUB001", "pub001", "publish:lost-text"])
def test_explain_shows_the_page(asked):
    result = explain(asked)
    rule = find_rule("PUB001")
    assert result.exit_code == 0
    first, *rest = result.stdout.splitlines()
    assert first == "PUB001  publish:lost-text  (error, cannot be changed)"
    for part in (rule.title, rule.text, rule.how):
        assert part in "\n".join(rest)


def test_explain_lists_all_rules_and_those_of_a_family():
    lines = explain().stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [[one.code, one.name] for one in all_rules()]
    assert all(one.title in line for one, line in zip(all_rules(), lines, strict=True))
    assert [line.split()[0] for line in explain("transform").stdout.splitlines()] == [
        "TRF001",
        "TRF002",
        "TRF003",
    ]


@pytest.mark.parametrize("letters", ["TRF", "trf", "TRF00"])
def test_explain_lists_the_rules_whose_codes_begin_so(letters):
    assert explain(letters).stdout == explain("transform").stdout


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_explain_knows_every_rule_and_shows_its_examples(rule):
    result = explain(rule.code)
    assert result.exit_code == 0
    shown = [line.strip() for line in result.stdout.splitlines()]
    for example in (rule.wrong, rule.right):
        assert all(line.strip() in shown for line in example.splitlines())


def test_explain_of_an_unknown_rule_is_one_line_with_what_was_meant():
    for asked, says in (
        ("publish:lost-txt", "did you mean publish:lost-text?"),
        ("pointer", "did you mean pointers?"),
        ("nonsense", "there is no such rule: teikit explain lists them all"),
        ("?", "lists"),
    ):
        result = explain(asked)
        assert result.exit_code == 2
        assert says in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_codes_and_rules_that_the_readme_names_exist():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    codes = re.findall(r"\b[A-Z]{3}\d{3}\b", readme)
    assert [code for code in codes if find_rule(code) is None] == []
    families = "|".join(all_families())
    names = re.findall(rf"[`\[](?:[A-Z]{{3}}\d{{3}} |\")?((?:{families}):[a-z-]+)[`\"\]]", readme)
    assert "registers:no-mention" in names
    attributes = {"xml:id", "xml:lang", "xml:base", "xml:space"}
    assert [name for name in names if name not in attributes and find_rule(name) is None] == []
