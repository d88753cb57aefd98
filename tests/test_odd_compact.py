"""The compact syntax that the ODD compiler writes: the same grammar, read by others and by us."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from jing import run
from odd_tools import ALL, attribute, change, compiled, content
from shared_data import P5SUBSET, PROJECT, TEI_P5, needs
from teikit.schema.odd import OddError, compile_odd
from teikit.schema.odd.compact import render_compact
from teikit.schema.relaxng import load_grammar
from teikit.schema.relaxng.cache import dump

ANNOTATION = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
HEAD = (
    '<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:x" '
    'xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0" '
    'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">'
)


def simplified(data: bytes, suffix: str) -> dict:
    """Return the grammar as our engine keeps it, without the places in the files."""
    uri = f"file:///schema{suffix}"
    kept = json.loads(dump(load_grammar(data, uri=uri), uri))
    for row in kept["patterns"]:
        if row[0] in ("element", "attribute"):
            del row[3:]
    return {key: kept[key] for key in ("datatypes", "patterns", "start", "ids")}


def glosses(grammar: etree._Element) -> list[tuple[str, str]]:
    """Return each gloss with the value before it, in order."""
    found = []
    for note in grammar.iter(ANNOTATION):
        before = note.getprevious()
        found.append(("" if before is None else before.text or "", note.text))
    return [(value.strip(), text) for value, text in found]


def by_trang(compact: bytes, folder: Path) -> bytes:
    """Return the grammar in the XML syntax, as trang translates it."""
    source, target = folder / "compact.rnc", folder / "back.rng"
    source.write_bytes(compact)
    ran = run("trang", str(source), str(target))
    assert ran.returncode == 0, ran.stdout
    return target.read_bytes()


def test_the_edition_s_grammar_is_the_same_in_both_syntaxes(tmp_path):
    relaxng = (PROJECT / "tei/schema/edition.rng").read_bytes()
    compact = (PROJECT / "tei/schema/edition.rnc").read_bytes()
    assert simplified(compact, ".rnc") == simplified(relaxng, ".rng")
    back = by_trang(compact, tmp_path)
    assert simplified(back, ".rng") == simplified(relaxng, ".rng")
    said = glosses(etree.fromstring(relaxng))
    assert len(said) > 200
    assert glosses(etree.fromstring(back)) == said


@pytest.mark.parametrize("name", ["tei_all", "tei_lite", "tei_simplePrint", "tei_bare"])
@needs(P5SUBSET)
def test_the_tei_s_own_customisations_are_the_same_in_both_syntaxes(name, tmp_path):
    odd, source = (TEI_P5 / f"{name}.odd").read_bytes(), P5SUBSET.read_bytes()
    result = compile_odd(odd, source, name=name, lenient=True)
    expected = simplified(result.relaxng, ".rng")
    assert simplified(result.compact, ".rnc") == expected
    assert simplified(by_trang(result.compact, tmp_path), ".rng") == expected


PATTERNS = {
    "repeated": "<zeroOrMore><oneOrMore><text/></oneOrMore></zeroOrMore>",
    "joined": "<choice><group><ref name='list'/><ref name='list'/></group>"
    "<interleave><ref name='list'/><element><name ns='urn:y'>a</name><empty/></element>"
    "</interleave></choice>",
    "mixed": "<mixed><optional><ref name='list'/></optional></mixed>",
    "attributes": "<attribute name='a'/><attribute name='xml:lang'><data type='language'/>"
    "</attribute><attribute><name>b</name><text/></attribute>"
    "<attribute name='c' ns='urn:z'><list><oneOrMore><data type='NCName'/></oneOrMore></list>"
    "</attribute><optional><attribute name='d'><value>1</value><a:documentation>one"
    "</a:documentation></attribute></optional>",
    "any": "<oneOrMore><attribute><anyName><except><nsName/><nsName ns=''/><name ns='urn:w'>w"
    "</name></except></anyName><text/></attribute></oneOrMore>",
    "values": "<choice><value type='string'> a\n b </value><value>a\"b'c</value>"
    "<value>\\x{41}</value><value datatypeLibrary='' type='string'>s</value>"
    '<value>it\'s</value><value>say "x"</value><value/></choice>',
    "facets": "<data type='string'><param name='pattern'>[^\"']\\\\x{2}</param>"
    "<param name='maxLength'>4</param></data>",
    "except": "<optional><data type='NCName'><except><choice><value>a</value><value>b</value>"
    "</choice></except></data></optional>",
    "builtin": "<data type='token' datatypeLibrary=''/>",
    "nothing": "<choice><notAllowed/><empty/></choice>",
}


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())
def test_each_pattern_is_written_as_it_means(pattern, tmp_path):
    relaxng = (
        f"{HEAD}<start><ref name='start'/></start>"
        f"<define name='start'><element name='r'>{pattern}</element></define>"
        "<define name='list'><element name='l'><empty/></element></define></grammar>"
    ).encode()
    compact = render_compact(relaxng)
    expected = simplified(relaxng, ".rng")
    assert simplified(compact, ".rnc") == expected, compact.decode()
    assert simplified(by_trang(compact, tmp_path), ".rng") == expected, compact.decode()


def test_a_gloss_of_several_lines_with_signs_stays(tmp_path):
    text = "# first \\x{41}\nsecond {}"
    declaration = f"<define name='d'><a:documentation>{text}</a:documentation><text/></define>"
    start = "<start><element name='r'><ref name='d'/></element></start>"
    compact = render_compact(f"{HEAD}{start}{declaration}</grammar>".encode())
    back = etree.fromstring(by_trang(compact, tmp_path))
    assert [note.text for note in back.iter(ANNOTATION)] == [text]


def test_the_compiler_s_result_has_both_syntaxes_with_their_head():
    result = compiled(
        change("name", attribute('<desc xml:lang="en">what it names</desc>'))
        + content("<anyElement/>").removeprefix(ALL)
    )
    assert simplified(result.compact, ".rnc") == simplified(result.relaxng, ".rng")
    assert result.compact.startswith(b"# ")
    assert b"TEI P5 version 4.9.0" in result.compact[:400]
    assert b"## what it names\n" in result.compact


def test_what_is_nested_too_deeply_is_told():
    twice = '<sequence maxOccurs="130"><elementRef key="lb" maxOccurs="130"/></sequence>'
    with pytest.raises(OddError, match="nested too deeply"):
        compiled(content(twice))
    result = compiled(content("<rng:optional>" * 250 + "<rng:text/>" + "</rng:optional>" * 250))
    assert result.compact == b"" and b"<grammar" in result.relaxng
    assert "nested too deeply to be written in the compact syntax" in result.messages[-1]


EMACS = """
(add-to-list 'rng-schema-locating-files "../schemas.xml")
(dolist (file command-line-args-left)
  (with-current-buffer (find-file-noselect file)
    (while (rng-do-some-validation))
    (message "%s %s %s" (file-name-nondirectory file) rng-current-schema-file-name rng-error-count)
    (dolist (mark (overlays-in (point-min) (point-max)))
      (when (overlay-get mark 'help-echo)
        (message "%d %s"
                 (line-number-at-pos (overlay-start mark)) (overlay-get mark 'help-echo))))))
"""


def test_emacs_validates_by_the_compiled_schema(tmp_path):
    if shutil.which("emacs") is None:
        pytest.skip("emacs is not installed")
    shutil.copytree(PROJECT / "tei", tmp_path / "tei")
    text = tmp_path / "tei/texts/declaration.xml"
    lines = text.read_text(encoding="utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if 'type="main"' in line)
    lines[at] = lines[at].replace('type="main"', 'type="mian"')
    wrong = text.with_name("wrong.xml")
    wrong.write_text("\n".join(lines), encoding="utf-8")
    script = tmp_path / "try.el"
    script.write_text("(require 'rng-loc) (require 'rng-valid)" + EMACS, encoding="utf-8")
    said = subprocess.run(
        ["emacs", "-Q", "--batch", "-l", str(script), str(text), str(wrong)],
        capture_output=True, encoding="utf-8", timeout=120,
        env=os.environ | {"HOME": str(tmp_path), "LANG": "C.UTF-8"},
    ).stderr  # fmt: skip
    schema = tmp_path / "tei/schema/edition.rnc"
    assert f"declaration.xml {schema} 0\n" in said
    assert f"wrong.xml {schema} 1\n{at + 1} Attribute value invalid\n" in said
