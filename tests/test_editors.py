"""The files by which editors find an edition's schema, and the findings of teikit."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from shared_data import P5SUBSET, PROJECT, needs
from teikit.cli.commands import teikit
from teikit.document import TEI
from teikit.project import read_project
from teikit.schema.catalog import find_entry
from teikit.schema.catalog_reading import CATALOG, catalog_job
from teikit.schema.odd import compile_odd

EDITIONS = [PROJECT / "tei", PROJECT / "starter"]
RULES = "{http://thaiopensource.com/ns/locating-rules/1.0}"
each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda path: path.name)


@needs(P5SUBSET)
@each_edition
def test_the_compact_schema_is_what_the_odd_compiles_to(edition):
    odd = (edition / "schema/edition.odd").read_bytes()
    compiled = compile_odd(odd, P5SUBSET.read_bytes(), name="edition.odd")
    again = f"run `teikit odd compile {edition.name}/schema/edition.odd` and commit what it writes"
    assert compiled.compact == (edition / "schema/edition.rnc").read_bytes(), again
    assert compiled.relaxng == (edition / "schema/edition.rng").read_bytes(), again


@each_edition
def test_the_catalog_leads_to_the_schema(edition):
    state = catalog_job("catalog.xml", str(edition), True)
    assert state.problem == ""
    ((entry,),) = state.catalog.files
    assert (edition / entry.target).is_file()
    _, address = find_entry(state.catalog, TEI)
    assert address.path == read_project(edition).relaxng
    if shutil.which("xmlcatalog") is None:
        pytest.skip("xmlcatalog (libxml2-utils) is not installed")
    ran = subprocess.run(["xmlcatalog", str(edition / "catalog.xml"), TEI],
                         capture_output=True, encoding="utf-8", timeout=60)  # fmt: skip
    assert ran.stdout.splitlines()[-1] == str(edition / address.path)


@each_edition
def test_the_example_in_the_catalog_is_an_entry(edition, tmp_path):
    written = (edition / "catalog.xml").read_text(encoding="utf-8")
    (example,) = re.findall(r"^ *(<uri name=\"https://www\.tei-c.*/>)$", written, re.MULTILINE)
    (tmp_path / "catalog.xml").write_text(f'<catalog xmlns="{CATALOG}">{example}</catalog>')
    ((entry,),) = catalog_job("catalog.xml", str(tmp_path), True).catalog.files
    assert (entry.name.rpartition("/")[2], entry.target) == ("tei_all.rng", "schema/tei_all.rng")


@each_edition
def test_emacs_is_led_to_the_schema_for_each_file(edition):
    rules = list(etree.parse(edition / "schemas.xml").iter(f"{RULES}uri"))
    assert {rule.get("uri") for rule in rules} == {"schema/edition.rnc"}
    for path in read_project(edition).files:
        patterns = [rule.get("pattern").replace("*", "[^/]*") for rule in rules]
        assert any(re.fullmatch(pattern, path) for pattern in patterns), path


@each_edition
def test_xml_model_names_what_edition_toml_names(edition):
    project = read_project(edition)
    for path in project.files:
        prolog = (edition / path).read_text(encoding="utf-8").partition("<TEI")[0]
        named = re.findall(r'<\?xml-model href="([^"]*)" type="application/xml" schematypens=',
                           prolog)  # fmt: skip
        folder = os.path.dirname(path)
        assert [os.path.normpath(os.path.join(folder, one)) for one in named] == [
            project.relaxng,
            project.schematron,
        ]


def test_a_folder_with_a_schema_of_its_own_is_not_led_to_another(tmp_path, monkeypatch):
    for name, has_schema in (("a", False), ("b", True)):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        Path("x.xml").write_text(f'<TEI xmlns="{TEI}"/>')
        if has_schema:
            Path("schema").mkdir()
            shutil.copy(EDITIONS[0] / "schema/edition.rng", "schema")
        done = CliRunner().invoke(teikit, ["new", "."])
        assert done.exit_code == 0, done.output
        assert Path(".vscode/tasks.json").is_file()
        for file in ("catalog.xml", "schemas.xml", ".vscode/settings.json", "schema/edition.rnc"):
            assert Path(file).is_file() is not has_schema, file


# -- the Problems of VS Code ----------------------------------------------------------------------

LETTER = f"""<TEI xmlns="{TEI}"><teiHeader/>
<text><body>
<p xml:lang="xx-yy-zz-1">100% of <date
  when="1888-02-30">then</date> 书信 𠀀 <date when="1888-13-01">x</date></p>
<p><ref target="#no%20place:here,">a</ref></p>
<p><date from="1890"
  to="1889">a</date></p>
<p><date from="1891" to="1889">b</date></p>
<p><date from="1892" to="1889">c</date></p>
<p><date from="1893" to="1889">d</date></p>
</body></text></TEI>
"""
SEVERITIES = {"error": "error", "warning": "warning", "notice": "info"}


def problems(output: str, tasks: Path) -> list[tuple]:
    """Return what VS Code makes of the output of the task: each line goes to each matcher."""
    (task,) = json.loads(tasks.read_text(encoding="utf-8"))["tasks"]
    found = []
    for line in output.splitlines():
        for matcher in task["problemMatcher"]:
            pattern = matcher["pattern"]
            match = re.search(pattern["regexp"], line)
            if match is None:
                continue
            value = {key: match[group] for key, group in pattern.items() if isinstance(group, int)}
            severity = value["severity"]
            if severity not in ("error", "warning", "info"):  # then that of the matcher counts
                severity = matcher["severity"]
            found.append((value["file"], int(value.get("line") or 0), value.get("column"),
                          severity, value["code"] or "", value["message"]))  # fmt: skip
    return found


def test_each_finding_is_one_problem_at_its_place(tmp_path, monkeypatch):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a letter.xml").write_text(LETTER, encoding="utf-8")
    (tmp_path / "texts/broken.xml").write_text("<TEI>\n<p></TEI>", encoding="utf-8")
    (tmp_path / "edition.toml").write_text('[checks]\nDAT002 = "info"\n')
    monkeypatch.chdir(tmp_path)
    (task,) = json.loads((EDITIONS[0] / ".vscode/tasks.json").read_text("utf-8"))["tasks"]
    assert task["command"] == "teikit"
    output = CliRunner().invoke(teikit, task["args"]).output
    written = CliRunner().invoke(teikit, ["validate", "--format", "json"]).output
    findings = json.loads(written)["findings"]
    expected = [
        (one["file"], one["line"], str(one["column"]) if one["line"] else None,
         one["severity"], one["code"], one["message"].replace("%", "%25"))
        for one in findings
    ]  # fmt: skip
    assert problems(output, EDITIONS[0] / ".vscode/tasks.json") == expected
    assert {one[3] for one in expected} == {"error", "warning", "info"}
    assert any(one[1] == 0 for one in expected), "a finding about a file as a whole"
    assert len([one for one in findings if one["rule"] == "dates:reversed"]) == 4
    assert any(one["end_line"] > one["line"] for one in findings)


@pytest.mark.parametrize("name", ["tasks.json", "settings.json", "extensions.json"])
def test_the_files_for_vs_code_are_json_and_the_same_in_each_edition(name):
    first, *others = [(edition / ".vscode" / name).read_bytes() for edition in EDITIONS]
    assert all(other == first for other in others)
    assert json.loads(first)


def test_vs_code_is_shown_the_catalog():
    settings = json.loads((EDITIONS[0] / ".vscode/settings.json").read_text(encoding="utf-8"))
    for edition in EDITIONS:
        assert all((edition / path).is_file() for path in settings["xml.catalogs"])


# -- the compilation of Emacs ---------------------------------------------------------------------

EMACS = r"""
(require 'compile)
(with-temp-buffer
  (insert-file-contents (car command-line-args-left))
  (compilation-mode)
  (let ((inhibit-read-only t)) (compilation--ensure-parse (point-max)))
  (goto-char (point-min))
  (while (not (eobp))
    (let ((found (get-text-property (point) 'compilation-message)))
      (when found
        (let ((place (compilation--message->loc found)))
          (message "%s:%s:%s %s"
                   (caar (compilation--loc->file-struct place))
                   (compilation--loc->line place) (compilation--loc->col place)
                   (compilation--message->type found)))))
    (forward-line 1)))
"""


def test_emacs_knows_our_lines_of_findings(tmp_path, monkeypatch):
    if shutil.which("emacs") is None:
        pytest.skip("emacs is not installed")
    (tmp_path / "a.xml").write_text(LETTER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    output = CliRunner().invoke(teikit, ["validate", "a.xml"]).output
    (tmp_path / "out.txt").write_text(output, encoding="utf-8")
    (tmp_path / "read.el").write_text(EMACS, encoding="utf-8")
    said = subprocess.run(
        ["emacs", "-Q", "--batch", "-l", "read.el", "out.txt"],
        capture_output=True, encoding="utf-8", timeout=120, cwd=tmp_path,
        env=os.environ | {"HOME": str(tmp_path), "LANG": "C.UTF-8"},
    ).stderr.splitlines()  # fmt: skip
    expected = [
        f"{place} {'2' if severity == 'error' else '1'}"
        for place, severity in re.findall(r"^(a\.xml:\d+:\d+): (error|warning):", output, re.M)
    ]
    assert len(expected) > 5
    assert [line for line in said if line.startswith("a.xml:")] == expected
