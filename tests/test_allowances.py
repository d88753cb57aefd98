"""Findings that are allowed in place."""

import pytest

from teikit.check.allowances import find_allowances
from teikit.check.allowing import apply_allowances
from teikit.check.edition import validate_files
from teikit.check.records import Allowance
from teikit.document import read_document
from teikit.place import Place
from teikit.project import Project
from teikit.report import Finding, Report
from teikit.safety.worker import Here

DATE = '<date from="2012" to="2011">x</date>'
ALLOW = '<?teikit allow="{}" reason="so in the source"?>'
WHOLE = '{}<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{}</body></text></TEI>'


@pytest.fixture
def check(tmp_path):
    """Return a function that gives the report on a body, and on what stands before the root."""

    def validate(body, before="", whole=False, **settings):
        path = tmp_path / "a.xml"
        path.write_text(WHOLE.format(before, body), encoding="utf-8")
        project = Project(tmp_path, **settings)
        report = validate_files(project, ("a.xml",), Here(), whole=whole).report
        ours = tuple(one for one in report.findings if not one.rule.startswith("schema:"))
        return Report(ours, report.allowed)

    return validate


def rules(report):
    return [one.rule for one in report.findings]


@pytest.mark.parametrize("key", ["dates:reversed", "DAT003", "dat003", "dates", "ids dates"])
def test_a_finding_is_allowed_by_name_code_or_family(check, key):
    report = check(f"<p>{ALLOW.format(key)}{DATE}</p>")
    assert [rule for rule in rules(report) if rule != "allow:nothing"] == []
    assert report.allowed == 1


@pytest.mark.parametrize("key", ["DAT", "dat", "DAT00", "DAT003,PTR001", "PTR001, DAT003"])
def test_commas_part_names_too_and_the_letters_of_codes_stand_for_their_rules(check, key):
    report = check(f"<p>{ALLOW.format(key)}{DATE}</p>")
    assert set(rules(report)) <= {"allow:nothing"}
    assert report.allowed == 1


def test_letters_of_codes_stand_for_rules_of_a_schema_too():
    finding = Finding(Place("a.xml", 1, 1), "schematron:dated", "message", ordinal=0)
    for word in ("schematron", "SCH", "schematron:dated"):
        allowance = Allowance(Place("a.xml", 1, 1), 0, (word,), "reason", True)
        kept, allowed = apply_allowances([finding], [allowance], lambda rule, path: False)
        assert (kept, allowed) == ([], 1), word


@pytest.mark.parametrize("between", ["", " \n ", "<!-- why -->", "words", "<?other x?>"])
def test_what_stands_between_does_not_matter_unless_it_is_an_element(check, between):
    assert rules(check(f"<p>{ALLOW.format('dates:reversed')}{between}{DATE}</p>")) == []


@pytest.mark.parametrize("body", [
    f"{ALLOW.format('dates:reversed')}<p>{DATE}</p>",
    f"<p>{ALLOW.format('dates:reversed')}<hi/>{DATE}</p>",
])  # fmt: skip
def test_it_holds_for_the_next_element_and_not_for_what_is_in_it(check, body):
    assert sorted(rules(check(body))) == ["allow:nothing", "dates:reversed"]


def test_it_holds_for_one_element(check):
    body = f"<p>{ALLOW.format('dates:reversed')}{DATE}{DATE}</p>"
    (finding,) = check(body).findings
    assert finding.rule == "dates:reversed"


def test_several_findings_of_one_element_are_allowed_together(check):
    body = f'<p>{ALLOW.format("dates")}<date when="x" from="2012" to="2011"/></p>'
    assert check(body).allowed == 2


@pytest.mark.parametrize(("instruction", "rule"), [
    ('<?teikit allow="dates:reversed"?>', "allow:no-reason"),
    ('<?teikit allow="dates:reversed" reason=" "?>', "allow:no-reason"),
    ('<?teikit allow="dates:revresed" reason="x"?>', "allow:unknown-rule"),
    ('<?teikit allow="xml:not-well-formed" reason="x"?>', "allow:unknown-rule"),
    ('<?teikit allow="safety" reason="x"?>', "allow:unknown-rule"),
    ('<?teikit allow="" reason="x"?>', "allow:malformed"),
    ('<?teikit reason="x"?>', "allow:malformed"),
    ("<?teikit?>", "allow:malformed"),
    ("<?teikit allow dates?>", "allow:malformed"),
    ('<?teikit allow="dates" reason="x" until="2030"?>', "allow:malformed"),
    ('<?teikit allow="dates" reason="x" and more?>', "allow:malformed"),
])  # fmt: skip
def test_an_allowance_that_says_too_little_is_an_error(check, instruction, rule):
    report = check(f"<p>{instruction}{DATE}</p>")
    (finding,) = [one for one in report.findings if one.rule.startswith("allow:")]
    assert (finding.rule, finding.severity) == (rule, "error")
    assert (finding.place.line, finding.place.column) == (1, WHOLE.index("{}</body>") - 2 + 4)


def test_a_slip_in_the_name_is_mended(check):
    report = check(f"<p>{ALLOW.format('dates:revresed')}{DATE}</p>")
    assert {one.expected for one in report.findings if one.rule == "allow:unknown-rule"} == {
        ("dates:reversed",)
    }


def test_one_before_an_end_tag_stands_for_nothing(check):
    report = check(f"<p>{DATE}{ALLOW.format('dates:reversed')}</p>")
    assert sorted(rules(report)) == ["allow:malformed", "dates:reversed"]


def test_single_quotation_marks_and_other_instructions_are_understood(tei):
    document = tei("<p><?teikit allow='ids' reason='\"x\"'?><hi/><?teikitx y?><?other teikit?></p>")
    (allowance,) = find_allowances(document)
    assert (allowance.rules, allowance.reason, allowance.problem) == (("ids",), '"x"', "")
    assert find_allowances(tei("<p><!-- <?teikit x?> --><![CDATA[<?teikit x?>]]></p>")) == ()


class TestNothing:
    """An allowance that allows nothing, and one of a rule that was not tried."""

    def nothing(self, check, key, **options):
        return "allow:nothing" in rules(check(f"{ALLOW.format(key)}<p>x</p>", **options))

    @pytest.mark.parametrize("key", ["dates:reversed", "ids", "characters:bidi", "PTR001"])
    def test_it_is_a_warning(self, check, key):
        assert self.nothing(check, key)

    @pytest.mark.parametrize("key", [
        "registers:no-mention", "ids:text-clash", "ids:entity-clash", "witness:text",
        "relaxng:bad-value", "schematron:dated", "registers:unmarked", "registers",
    ])  # fmt: skip
    def test_what_did_not_run_is_not_counted(self, check, key):
        assert not self.nothing(check, key)

    def test_what_is_switched_off_is_not_counted(self, check):
        assert not self.nothing(check, "dates:reversed", levels=(("dates", "off"),))

    def test_what_needs_the_whole_edition_counts_when_it_is_there(self, check):
        assert self.nothing(check, "registers:no-mention", whole=True)


@pytest.mark.parametrize(("of_file", "place", "left"), [
    (True, Place("a.xml"), []), (False, Place("a.xml"), ["dates:reversed"]),
    (True, Place("a.xml", 1, 1), []), (True, Place("b.xml"), ["dates:reversed"]),
])  # fmt: skip
def test_before_the_outermost_element_it_holds_for_the_file_too(of_file, place, left):
    finding = Finding(place, "dates:reversed", "message", ordinal=0 if place.line else -1)
    allowance = Allowance(Place("a.xml", 1, 1), 0, ("dates",), "reason", of_file)
    kept, allowed = apply_allowances([finding], [allowance], lambda rule, path: False)
    assert ([one.rule for one in kept], allowed) == (left, 1 - len(left))


def test_an_allowance_before_the_outermost_element_is_one_of_the_file(check, tmp_path):
    instruction = ALLOW.format("dates")
    path = tmp_path / "b.xml"
    path.write_text(WHOLE.format(f"<!-- x -->{instruction}\n", "<p/>"), encoding="utf-8")
    (allowance,) = find_allowances(read_document(path.read_bytes(), "b.xml"))
    assert (allowance.of_file, allowance.ordinal, allowance.problem) == (True, 0, "")


@pytest.mark.parametrize("rule", ["xml:empty", "file:unreadable", "safety:time", "tei:not-tei"])
def test_what_says_that_a_file_was_not_checked_is_never_allowed(rule):
    finding = Finding(Place("a.xml"), rule, "message")
    allowance = Allowance(Place("a.xml", 1, 1), 0, (rule,), "reason", True)
    kept, allowed = apply_allowances([finding], [allowance], lambda rule, path: True)
    assert (finding in kept, allowed) == (True, 0)
