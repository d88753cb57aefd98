"""The edition that `teikit new` begins with: valid, published, compiled from its ODD."""

import re
import subprocess
import sys

import pytest
from lxml import etree

from checkout import run
from schema_tools import RNG, TEI, attributes_by_element, files_of, jing
from shared_data import P5SUBSET, PROJECT, TEI_ALL, needs
from teikit.document import read_document
from teikit.schema.odd import compile_odd
from teikit.schema.schematron import check_schematron

STARTER = PROJECT / "starter"
SCHEMA = STARTER / "schema"
FILES = files_of(STARTER)
SCH = "{http://purl.oclc.org/dsdl/schematron}"
RULES = (SCHEMA / "edition.sch").read_bytes()

# what `teikit import` writes, and the texts that a beginner brings next
WANTED = """
    head div p ab lg l lb pb s list item label table row cell note hi emph ref ptr quote q code
    figure graphic figDesc pc fileDesc encodingDesc editorialDecl refsDecl citeStructure
    listPrefixDef prefixDef profileDesc langUsage creation correspDesc abstract textClass
    revisionDesc
    sp speaker stage castList castItem app lem rdg witness choice sic corr add del gap unclear
    supplied opener closer dateline salute signed postscript listPerson listPlace listOrg
    listEvent listBibl bibl standOff msDesc facsimile ruby rb rt
"""


def teikit(*arguments: object, folder=PROJECT) -> subprocess.CompletedProcess:
    command = [sys.executable, "-P", "-m", "teikit", *arguments]
    return run(*command, folder=folder, PYTHONPATH=str(PROJECT / "tools"))


def test_it_is_found_right_without_any_warning():
    done = teikit("validate", "starter", "--strict", "--color", "never")
    assert (done.returncode, done.stdout) == (0, "4 files checked: nothing wrong.\n"), done.stdout


def test_its_text_is_held_against_its_source(tmp_path):
    from sites import copy_of

    edition = copy_of(STARTER, tmp_path)
    source = edition / "source" / "letter.txt"
    source.write_bytes(source.read_bytes().replace(b"laugh", b"cough"))
    done = teikit("validate", edition, "--color", "never")
    assert done.returncode == 1
    assert "[WIT" in done.stdout and "cough" in done.stdout


def test_it_is_published_twice_to_the_same_bytes(tmp_path):
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        done = teikit("publish", STARTER, "-o", folder)
        assert done.returncode == 0, done.stdout + done.stderr
    first, second = (
        {
            path.relative_to(folder): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in folders
    )
    assert first == second and len(first) > 20
    site = folders[0] / "site"
    index, poem, letter = (
        (site / name).read_text("utf-8")
        for name in ("index.html", "texts/poem.html", "texts/letter.html")
    )
    assert "<h1>My edition</h1>" in index and "Ellen Ward to Anna Reid" in index
    sigla = '<span class="tk-wit"><a href="#tk-wit-2">N</a></span>'
    assert f'</span> <span class="rdg">dirty</span> {sigla}' in poem
    assert re.search('<li id="tk-wit-2"><b>N</b> <span[^>]*>Blake’s notebook', poem)
    assert 'href="../registers/persons/william-blake.html">Blake</a>' in letter
    text = "".join(path.read_text("utf-8") for path in (folders[0] / "text").iterdir())
    assert "before we forget how to laugh" in text and "before we for-\nget how" in text


@needs(TEI_ALL)
def test_jing_finds_it_right_against_its_schema_and_tei_all():
    assert jing(SCHEMA / "edition.rng", FILES) == []
    assert jing(TEI_ALL, [*FILES, SCHEMA / "edition.odd"]) == []


@needs(P5SUBSET)
def test_the_committed_schema_is_what_the_odd_compiles_to():
    odd = (SCHEMA / "edition.odd").read_bytes()
    compiled = compile_odd(odd, P5SUBSET.read_bytes(), name="edition.odd")
    again = "run `teikit odd compile starter/schema/edition.odd` and commit what it writes"
    assert compiled.messages == ()
    assert compiled.relaxng == (SCHEMA / "edition.rng").read_bytes(), again
    assert compiled.schematron == RULES, again


def test_the_schema_has_what_a_beginner_needs_and_says_what_it_is_for():
    grammar = etree.parse(SCHEMA / "edition.rng").getroot()
    known = attributes_by_element(grammar)
    assert set(WANTED.split()) - set(known) == set()
    told = {
        element.get("name")
        for element in grammar.iter(f"{RNG}element")
        for child in element
        if child.tag == "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
    }
    assert set(WANTED.split()) - told == set()


def test_rules_lead_to_sections_of_the_guidelines():
    odd = etree.parse(SCHEMA / "edition.odd").getroot()
    sections = {
        div.get("{http://www.w3.org/XML/1998/namespace}id") for div in odd.iter(f"{TEI}div")
    }
    for assertion in odd.iter(f"{SCH}assert"):
        file, _, section = assertion.get("see").partition("#")
        assert (file, section in sections) == ("edition.odd", True)


def test_each_file_names_the_schema():
    for path in FILES:
        lines = path.read_text("utf-8").splitlines()
        assert [line.split('"')[1] for line in lines[1:3]] == [
            "../schema/edition.rng", "../schema/edition.sch",
        ]  # fmt: skip


# Rules


WHOLE = f"""<TEI xmlns="{TEI[1:-1]}"><teiHeader><profileDesc><correspDesc>
<correspAction type="sent"><rs>unknown</rs><date when="1864">1864</date></correspAction>
</correspDesc></profileDesc></teiHeader><text><body>
<p>a <app><lem wit="#A">b</lem><rdg wit="#B">c</rdg></app></p>
<sp><speaker>A.</speaker><p>d</p></sp></body></text><standOff>
<listPerson><person xml:id="anna"><persName>Anna</persName></person></listPerson>
<listPlace><place xml:id="bonn"><placeName>Bonn</placeName></place></listPlace>
</standOff></TEI>"""

# rule, what is there, what breaks the rule
BROKEN = [
    ("entry-id", ' xml:id="anna"', ""),
    ("entry-id", ' xml:id="bonn"', ""),
    ("entry-named", "<persName>Anna</persName>", "<note>Anna</note>"),
    ("reading-witness", ' wit="#B"', ""),
    ("something-differs", '<rdg wit="#B">c</rdg>', ""),
    ("letter-sent", "<rs>unknown</rs>", ""),
    ("letter-sent", 'type="sent"', 'type="received"'),
    ("letter-dated", ' when="1864"', ""),
    ("speech-speaker", "<speaker>A.</speaker>", ""),
]
KEPT = [
    (' wit="#B"', ' resp="#me"'),
    ('<rdg wit="#B">c</rdg>', '<rdg>c</rdg><wit>B</wit>'),
    (' when="1864"', ' notBefore="1864" notAfter="1866"'),
    ("<sp><speaker>A.</speaker>", '<sp who="#anna">'),
    ("<rs>unknown</rs>", "<orgName>The bank</orgName>"),
]  # fmt: skip


def broken_rules(text: str) -> set[str]:
    findings = check_schematron(read_document(text.encode(), "texts/x.xml"), RULES)
    return {finding.rule.removeprefix("schematron:") for finding in findings}


def test_a_document_that_keeps_every_rule_is_found_right():
    assert broken_rules(WHOLE) == set()
    for old, new in KEPT:
        assert old in WHOLE and broken_rules(WHOLE.replace(old, new, 1)) == set(), new


@pytest.mark.parametrize(("rule", "old", "new"), BROKEN)
def test_a_broken_rule_is_found_and_no_other(rule, old, new):
    assert old in WHOLE
    assert broken_rules(WHOLE.replace(old, new, 1)) == {rule}


def test_every_rule_is_broken_by_some_document():
    patterns = [pattern.get("id") for pattern in etree.fromstring(RULES).iter(f"{SCH}pattern")]
    assert set(patterns) == {row[0] for row in BROKEN}


def test_messages_say_what_to_do():
    for assertion in etree.fromstring(RULES).iter(f"{SCH}assert"):
        text = " ".join("".join(assertion.itertext()).split())
        assert len(text) > 60 and text.endswith("."), text
        assert "tei:" not in text and "xpath" not in text.lower(), text
