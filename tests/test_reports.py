"""The forms of a report: readable, JSON, SARIF and GitHub's; what a hostile file can do to them."""

import json
import re
from dataclasses import replace

import click
import pytest

from teikit.place import Place
from teikit.report import Finding, Group, Report, build_report
from teikit.report_formats import FORMATS, with_paths
from teikit.report_formats.readable import render_readable
from teikit.report_formats.sarif import render_sarif

LOST = Finding(
    Place("texts/a.xml", 3, 7, 3, 12),
    "publish:lost-text",
    "words are missing",
    hint="Keep them.",
    path="text > body > p 2",
    gloss="p: a paragraph",
    groups=(Group("near", ("hi",)), Group("usual", ("persName", "placeName"), 3)),
    source="  <p>wörds</p>",
    source_column=7,
)
WHOLE = Finding(Place("b, c:d.xml"), "transform:message", "100% done", "info")
WARNING = Finding(
    Place("texts/a.xml", 1, 1, 2, 4), "transform:no-template", "no template", "warning"
)
EVERY = build_report([LOST, WHOLE, WARNING], allowed=2)


def many(count: int, rule: str) -> list[Finding]:
    return [
        Finding(Place("a.xml", line, 1, line, 2), rule, "wrong") for line in range(1, count + 1)
    ]


def test_the_middle_of_a_message_that_nobody_could_read_is_left_out():
    long = replace(LOST, message=f"begin {'x' * 100_000} end", hint="y" * 100_000)
    (cut,) = build_report([long, long]).findings
    assert len(cut.message) == len(cut.hint) == 2000
    assert cut.message.startswith("begin xxx") and "x…x" in cut.message
    assert cut.message.endswith("xxx end")
    assert build_report([cut]).findings == (cut,)
    assert build_report([LOST]).findings == (LOST,)


# -- readable ---------------------------------------------------------------------------------


def test_a_finding_shows_its_way_line_caret_hint_and_what_is_possible():
    assert render_readable(build_report([LOST]), 1).splitlines() == [
        "texts/a.xml:3:7: error: words are missing [PUB001 publish:lost-text]",
        "    text > body > p 2",
        "      <p>wörds</p>",
        "          ^~~~~",
        "    Keep them.",
        "    usual here: persName, placeName and 3 more",
        "    p: a paragraph",
        "1 file checked: 1 error.",
    ]


def test_several_files_have_headings_with_their_counts():
    lines = render_readable(EVERY, 2).splitlines()
    assert [line for line in lines if re.fullmatch(r"\S.*\(.*\)", line)] == [
        "b, c:d.xml (1 info)",
        "texts/a.xml (1 error, 1 warning)",
    ]
    assert lines[-1] == "2 files checked: 1 error, 1 warning, 1 info (2 allowed)."


def test_each_finding_begins_as_editors_know_it():
    lines = render_readable(EVERY, 2).splitlines()
    found = [line for line in lines if re.match(r"texts/a\.xml:\d+:\d+: (error|warning): ", line)]
    assert len(found) == 2


def test_a_long_report_counts_its_rules_and_hides_nothing():
    found = [*many(30, "publish:lost-text"), *many(4, "transform:message")]
    text = render_readable(build_report(found), 1)
    for finding in found:
        told = f"{finding.place}: error: {finding.message} " in text
        assert told or re.search(rf"more times, in lines .*\b{finding.place.line}\b", text)
    assert text.splitlines()[-4:-1] == [
        "Most often (teikit explain says what a rule means):",
        "    30  PUB001 publish:lost-text",
        "     4  TRF002 transform:message",
    ]


def test_rules_met_seldom_are_counted_together():
    found = [one for number in range(11) for one in many(2, f"schematron:own-{number}")]
    assert "    and 3 more rules" in render_readable(build_report(found), 1).replace(
        "     ", "    "
    )


def test_colour_is_only_there_when_asked_for():
    plain, coloured = render_readable(EVERY, 2), render_readable(EVERY, 2, colour=True)
    assert "\033" not in plain
    assert "\033[31;1merror\033[0m" in coloured
    assert click.unstyle(coloured) == plain


# -- what documents say cannot steer anything -------------------------------------------------

HOSTILE = "\033]0;title\007\033[2J\r\n::error::x\n\u202eevil\u2066\x9b31m\x00"


def hostile() -> Report:
    return build_report(
        [
            Finding(
                Place(f"a{HOSTILE}.xml", 1, 1, 1, 2),
                f"schematron:{HOSTILE}",
                HOSTILE,
                hint=HOSTILE,
                expected=(HOSTILE,),
                path=HOSTILE,
                gloss=HOSTILE,
                groups=(Group("usual", (HOSTILE,)),),
                source=HOSTILE,
                source_column=1,
            ),
            *many(30, f"x:{HOSTILE}"),
        ]
    )


@pytest.mark.parametrize("form", ["readable", "github"])
def test_nothing_from_a_document_speaks_to_the_terminal_or_the_runner(form):
    text = FORMATS[form](hostile(), 1)
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text) == []
    assert not re.search("^::error::x", text, re.MULTILINE)


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_formats_for_programs_hold_what_documents_say_as_text(form):
    text = FORMATS[form](hostile(), 1)
    assert re.findall("[\x00-\x09\x0b-\x1f]", text) == []
    json.loads(text)


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_report_is_a_report(form):
    assert FORMATS[form](Report(), 0)


# -- json -------------------------------------------------------------------------------------


def test_json_holds_all_that_is_known():
    value = json.loads(FORMATS["json"](EVERY, 2))
    assert {key: value[key] for key in ("format", "files", "allowed")} == {
        "format": 1,
        "files": 2,
        "allowed": 2,
    }
    (finding,) = [one for one in value["findings"] if one["rule"] == LOST.rule]
    assert finding["code"] == "PUB001"
    assert (finding["path"], finding["gloss"]) == (LOST.path, LOST.gloss)
    assert (finding["source"], finding["source_column"]) == (LOST.source, 7)
    assert finding["groups"][1] == {"label": "usual", "names": ["persName", "placeName"], "more": 3}


# -- sarif ------------------------------------------------------------------------------------


def sarif(report: Report) -> dict:
    return json.loads(render_sarif(report, 2))["runs"][0]


@pytest.mark.parametrize("report", [EVERY, Report(), hostile()], ids=["every", "none", "hostile"])
def test_sarif_keeps_to_the_schema_of_sarif(report):
    model = pytest.importorskip("pydantic_sarif.model", reason="pydantic-sarif is not installed")
    (name,) = [one for one in vars(model) if one.startswith("StaticAnalysisResultsFormat")]
    read = getattr(model, name).model_validate_json(render_sarif(report, 2), strict=False)
    assert len(read.runs[0].results or []) == len(report.findings)


def test_a_judge_of_sarif_would_see_a_mistake():
    model = pytest.importorskip("pydantic_sarif.model", reason="pydantic-sarif is not installed")
    (name,) = [one for one in vars(model) if one.startswith("StaticAnalysisResultsFormat")]
    for wrong in ('"level": "fatal"', '"level": "error", "colour": "red"'):
        text = render_sarif(EVERY, 2).replace('"level": "error"', wrong)
        with pytest.raises(ValueError, match=r"level|colour"):
            getattr(model, name).model_validate_json(text)


def test_sarif_says_where_in_characters():
    run = sarif(EVERY)
    assert run["columnKind"] == "unicodeCodePoints"
    (lost,) = [one for one in run["results"] if one["properties"]["rule"] == LOST.rule]
    (location,) = lost["locations"]
    assert location["physicalLocation"]["region"] == {
        "startLine": 3,
        "startColumn": 7,
        "endLine": 3,
        "endColumn": 12,
    }
    assert location["logicalLocations"][0]["fullyQualifiedName"] == LOST.path
    assert (lost["ruleId"], lost["level"]) == ("PUB001", "error")


def test_sarif_rules_are_those_that_were_met():
    run = sarif(EVERY)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["PUB001", "TRF001", "TRF002"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("texts/a b.xml", "texts/a%20b.xml"),
        ("书/信#1?.xml", "%E4%B9%A6/%E4%BF%A1%231%3F.xml"),
        ("a:b.xml", "a%3Ab.xml"),
        ("/srv/a.xml", "file:///srv/a.xml"),
        ("C:/x y/a.xml", "file:///C:/x%20y/a.xml"),
        ("<stdin>", "%3Cstdin%3E"),
        ("caf\udce9.xml", "caf%E9.xml"),
    ],
)
def test_sarif_names_files_by_uri(path, uri):
    (result,) = sarif(build_report([Finding(Place(path), "x:y", "m")]))["results"]
    location = result["locations"][0]["physicalLocation"]
    assert location == {"artifactLocation": {"uri": uri}}


def test_sarif_knows_a_finding_again_that_only_moved():
    moved = replace(LOST, place=Place("texts/a.xml", 9, 1, 9, 4), path="text > body > p 8")
    twice = build_report([moved, replace(moved, place=Place("texts/a.xml", 11, 1))])

    def fingerprints(report: Report) -> list[str]:
        return [one["partialFingerprints"]["teikit/v1"] for one in sarif(report)["results"]]

    assert fingerprints(build_report([LOST])) == fingerprints(build_report([moved]))
    assert len(set(fingerprints(twice))) == 2
    assert fingerprints(twice)[0] == fingerprints(build_report([LOST]))[0]


# -- github -----------------------------------------------------------------------------------


def test_github_gets_a_command_for_each_finding():
    assert FORMATS["github"](EVERY, 2).splitlines() == [
        "::notice file=b%2C c%3Ad.xml,title=TRF002 transform%3Amessage::100%25 done",
        "::warning file=texts/a.xml,line=1,endLine=2,col=1,"
        "title=TRF001 transform%3Ano-template::no template",
        "::error file=texts/a.xml,line=3,endLine=3,col=7,endColumn=12,"
        "title=PUB001 publish%3Alost-text::words are missing%0AKeep them.",
        "2 files checked: 1 error, 1 warning, 1 info (2 allowed).",
    ]


def test_files_can_be_called_otherwise():
    (named,) = with_paths([LOST], lambda path: f"tei/{path}")
    assert (named.place.path, named.place.line) == ("tei/texts/a.xml", 3)
