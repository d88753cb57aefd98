"""What edition.toml names has to be there, or a word could get lost and nobody would be told."""

from pathlib import Path

import pytest

from teikit.cli.commands import teikit
from teikit.report import Finding
from teikit.safety.worker import Here

TEXT = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p><lb/>Words.</p></body>'
    "</text></TEI>"
)


@pytest.fixture
def edition(tmp_path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/lake.xml").write_text(TEXT, encoding="utf-8")
    return tmp_path


def findings(folder: Path, settings: str) -> list[Finding]:
    from teikit.check.edition import validate_files
    from teikit.project import read_project

    (folder / "edition.toml").write_text(settings, encoding="utf-8")
    project = read_project(folder)
    report = validate_files(project, project.files, Here(), whole=True).report
    return [one for one in report.findings if one.rule.startswith("file:")]


@pytest.mark.parametrize(
    "settings",
    [
        '[edition]\nmain = "texts/lakes.xml"\n',
        '[edition]\nintroduction = "texts/lakes.xml"\n',
        '[[witness]]\ntext = "texts/lakes.xml"\nsource = "source/lake.txt"\n',
    ],
)
def test_a_text_that_is_not_there_is_named_with_the_nearest(edition, settings):
    (finding,) = findings(edition, settings)
    assert (finding.rule, finding.severity) == ("file:not-there", "error")
    assert "texts/lakes.xml" in finding.message and finding.expected == ("texts/lake.xml",)


def test_texts_that_are_there_give_no_finding(edition):
    assert findings(edition, '[edition]\nmain = "texts/lake.xml"\n') == []


def test_an_edition_without_texts_says_so(tmp_path):
    (finding,) = findings(tmp_path, "")
    assert finding.rule == "file:no-texts"


def test_entries_are_not_called_unmentioned_while_a_text_cannot_be_read(edition, monkeypatch):
    from click.testing import CliRunner

    (edition / "registers").mkdir()
    register = TEXT.replace(
        "<text>", '<standOff><listPerson><person xml:id="anna"><persName>Anna</persName></person>'
        "</listPerson></standOff><text>",
    )  # fmt: skip
    (edition / "registers/persons.xml").write_text(register, encoding="utf-8")
    (edition / "edition.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(edition)
    assert "registers:no-mention" in CliRunner().invoke(teikit, ["validate"]).output
    (edition / "texts/lake.xml").write_text(TEXT.replace("</p>", "</q>"), encoding="utf-8")
    said = CliRunner().invoke(teikit, ["validate"]).output
    assert "XML003" in said and "registers:no-mention" not in said
