"""Documents, schemas and rules made to do harm: one finding each, and the run goes on."""

import gzip
import json
import os
import socket
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from hostile import document, validate, write_project
from teikit.cli.commands import teikit
from teikit.document import TEI

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0"'
ANY = "any = element * { attribute * { text }*, (text | any)* }\n"


def entities(first: str, steps: int) -> str:
    """Return a DOCTYPE in which each entity is ten times the one before; the last is &z;."""
    names = [*(f"e{step}" for step in range(steps)), "z"]
    declared = [f'<!ENTITY {names[0]} "{first}">']
    for name, inner in zip(names[1:], names, strict=False):
        declared.append(f'<!ENTITY {name} "{f"&{inner};" * 10}">')
    return f"<!DOCTYPE TEI [{''.join(declared)}]>"


# takes the third power of the number of elements
SLOW_RULES = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt">
  <ns prefix="t" uri="http://www.tei-c.org/ns/1.0"/>
  <pattern id="slow"><rule context="t:body"><assert test="
    count(//*[count(//*[count(//*) &gt; 0]) &gt; 0]) &gt; 0">never</assert></rule></pattern>
  </schema>"""
SLOW_SETTINGS = '[schema]\nschematron = "r.sch"\n'
EXPLODING = '<prefixDef ident="p" matchPattern="(a+)+$" replacementPattern="x.xml#$1"/>'
LAUGHS = "its entities make far more text"

# name: the document, the rule of its one finding, and some of its words
DOCUMENTS: dict[str, tuple[str | bytes, str, str]] = {
    "billion-laughs": (document("<p>&z;</p>", entities("lol", 9)), "xml:not-well-formed", LAUGHS),
    "laughs-in-attribute": (
        document('<p n="&z;"/>', entities("lol", 9)),
        "xml:not-well-formed",
        LAUGHS,
    ),
    "quadratic-entity": (
        document(f"<p>{'&z;' * 20_000}</p>", entities("x" * 10_000, 1)),
        "xml:not-well-formed",
        LAUGHS,
    ),
    "entity-of-a-file": (
        document("<p>&x;</p>", '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "xml:external-entity",
        "refuses to read",
    ),
    "deep": (
        document("<div>" * 100_000 + "</div>" * 100_000),
        "xml:not-well-formed",
        "more than 256 deep",
    ),
    "deep-and-cut-off": (
        f'<TEI xmlns="{TEI}">' + "<div>" * 100_000,
        "xml:not-well-formed",
        "the file ends inside the element div",
    ),
    "long-text": (document(f"<p>{'x' * 50_000_000}</p>"), "xml:not-well-formed", "ten million"),
    "long-comment": (document(f"<!--{'x' * 20_000_000}-->"), "xml:not-well-formed", "ten million"),
    "long-name": (document(f"<{'n' * 1_000_000}/>"), "xml:not-well-formed", "a name in it"),
    "gzip-bomb": (gzip.compress(b"x" * 10_000_000), "xml:not-well-formed", "compressed file"),
    "bad-utf-8": (
        document("<p>X</p>").encode().replace(b"X", b"\xff\xfe"),
        "xml:encoding",
        "0xFF",
    ),
    "nul-byte": (document("<p>a\0b</p>"), "xml:not-well-formed", "no character U+0000"),
    "nothing-but-nul": (b"\0" * 1_000_000, "xml:not-well-formed", "is not XML"),
    "exploding-prefix": (
        document(
            f'<p ref="p:{"a" * 5000}!"/>',
            header=f"<encodingDesc><listPrefixDef>{EXPLODING}</listPrefixDef></encodingDesc>",
        ),
        "pointers:malformed",
        "",
    ),
    "long-language": (document(f'<p xml:lang="{"a-" * 100_000}"/>'), "languages:", ""),
    "long-date": (document(f'<p><date when="{"9" * 100_000}"/></p>'), "dates:unknown-form", ""),
}

# sound, but more than anybody writes
HARMLESS: dict[str, str] = {
    "many-attributes": document("<p " + " ".join(f'a{n}=""' for n in range(50_000)) + "/>"),
    "many-namespaces": document(
        "<p "
        + " ".join(f'xmlns:a{n}="u{n}"' for n in range(10_000))
        + ">"
        + "<a1:x/>" * 100
        + "</p>"
    ),
    "many-entities": document(
        "<p>&e1;</p>",
        "<!DOCTYPE TEI [" + "".join(f'<!ENTITY e{n} "x">' for n in range(50_000)) + "]>",
    ),
    "one-line": document("<p>" + "<hi>x</hi> " * 100_000 + "</p>"),
    "utf-7": document("<p>+AGE-</p>", '<?xml version="1.0" encoding="UTF-7"?>'),
}


@pytest.fixture(scope="module")
def harm(tmp_path_factory) -> dict[str, list[dict]]:
    documents = {name: data for name, (data, _, _) in DOCUMENTS.items()} | HARMLESS
    return validate(write_project(tmp_path_factory.mktemp("harm") / "edition", documents))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_made_to_do_harm_is_one_finding(harm, name):
    (finding,) = harm[f"texts/{name}.xml"]
    _, rule, words = DOCUMENTS[name]
    assert finding["rule"].startswith(rule)
    assert words in finding["message"]
    assert "huge" not in finding["message"].lower()  # a switch of the parser, for nobody


@pytest.mark.parametrize("name", HARMLESS)
def test_a_document_that_is_only_large_or_odd_is_read(harm, name):
    assert harm.get(f"texts/{name}.xml", []) == []


def test_a_document_that_takes_too_long_does_not_hold_up_the_others(tmp_path):
    folder = write_project(tmp_path / "e", {"slow": document("<p/>" * 3000)}, SLOW_SETTINGS)
    (folder / "r.sch").write_text(SLOW_RULES)
    started = time.monotonic()
    ((path, (finding,)),) = validate(folder, "--timeout", "2").items()
    assert (path, finding["rule"]) == ("texts/slow.xml", "safety:time")
    assert "it took more than 2 seconds" in finding["message"]
    assert "--timeout" in finding["hint"]
    assert time.monotonic() - started < 15


# -- files that are none ------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("kind", ["fifo", "socket", "device", "growing"])
def test_a_file_that_never_ends_is_one_finding(tmp_path, kind, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    folder = write_project(tmp_path / "e", {})
    odd = folder / "texts/odd.xml"
    if kind == "fifo":
        os.mkfifo(odd)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("e/texts/odd.xml")
    elif kind == "device":
        odd.symlink_to("/dev/zero")
    else:
        with odd.open("wb") as stream:  # as large as one that grew, and takes no room
            stream.truncate(3_000_000_000)
    files = [str(folder / path) for path in ("texts/a-good.xml", "texts/odd.xml")]
    command = ["validate", "--format", "json", "--ignore", "schema:none"]
    done = CliRunner().invoke(teikit, [*command, *files])
    assert done.exit_code == 1
    found = json.loads(done.stdout)["findings"]
    assert [(Path(one["file"]).name, one["rule"]) for one in found] == [
        ("a-good.xml", "ids:duplicate"),
        ("odd.xml", "file:unreadable"),
    ]


def test_links_and_folders_among_the_texts_are_left_out(tmp_path):
    folder = write_project(tmp_path / "e", {})
    (folder / "texts/folder.xml").mkdir()
    (folder / "texts/loop.xml").symlink_to("loop.xml")
    (folder / "texts/out.xml").symlink_to("/etc/passwd")
    assert validate(folder) == {}


# -- schemas ------------------------------------------------------------------------------------


def doubling(sign: str, steps: int) -> str:
    """Return a schema of a few lines that stands for 2^STEPS patterns."""
    lines = [f"x{step} = x{step + 1} {sign} x{step + 1}" for step in range(steps)]
    return "\n".join(["start = element b { x0 }", *lines, f"x{steps} = element a {{ text }}"])


def with_pattern(pattern: str) -> str:
    attribute = f'attribute n {{ xsd:token {{ pattern = "{pattern}" }} }}?'
    content = f"{attribute}, attribute * - n {{ text }}*, (text | any)*"
    return f"start = any\nany = element * {{ {content} }}"


NESTED = "<group>" * 100_000 + "<text/>" + "</group>" * 100_000

# file: the schema, and the rule of the one finding that it gives
SCHEMAS: dict[str, tuple[str, str]] = {
    "nested.rng": (f'<element name="a" {RNG}>{NESTED}</element>', "relaxng:bad-schema"),
    "nested.rnc": (
        f"start = element a {{ {'(' * 100_000}text{')' * 100_000} }}",
        "relaxng:bad-schema",
    ),
    "elements.rnc": (
        "start = " + "element a { " * 20_000 + "text" + " }" * 20_000,
        "relaxng:bad-schema",
    ),
    "itself.rnc": ('include "itself.rnc"\nstart = text', "relaxng:bad-schema"),
    "laughs.rng": (
        f'{entities("lol", 9)}<element name="a" {RNG}><value>&z;</value></element>',
        "relaxng:bad-schema",
    ),
    "outside.rnc": ('include "../../secret.rnc"\nstart = text', "relaxng:bad-schema"),
    "network.rnc": ('include "http://example.org/x.rnc"\nstart = text', "relaxng:bad-schema"),
    "entity.rng": (
        '<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f'<element name="a" {RNG}><value>&x;</value></element>',
        "relaxng:bad-schema",
    ),
    "expression.rnc": (with_pattern("(a|" * 3000 + "b" + ")*" * 3000), "relaxng:bad-schema"),
    "interleaves.rnc": (doubling("&", 30), "safety:"),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_made_to_do_harm_is_one_finding(tmp_path, name):
    schema, rule = SCHEMAS[name]
    (tmp_path / "secret.rnc").write_text("start = text")
    folder = write_project(tmp_path / "e" / "f", {}, f'[schema]\nrelaxng = "{name}"\n')
    (folder / name).write_text(schema)
    found = validate(folder, "--timeout", "5", "--memory", "300")
    ((path, (finding,)),) = found.items()
    assert path == name
    assert finding["rule"].startswith(rule)
    assert "no file was held against it" in finding["message"]
    assert str(tmp_path) not in finding["message"]
    assert "passwd" not in finding["message"]
    assert "root:" not in finding["message"]


@pytest.mark.parametrize(
    "schema",
    [
        "start = any\n" + ANY.replace("(text | any)*", ", ".join(["any?"] * 300) + ", text?"),
        "start = any\n" + ANY.replace("(text | any)*", f"(text & ({', '.join(['any*'] * 60)}))"),
        doubling(",", 60).replace("element b", "element * - q").replace("{ x0 }", "{ x0? & any* }")
        + "\n"
        + ANY.replace("element *", "element * - a").replace("attribute * { text }*", "empty"),
        with_pattern("(a{1000}){1000}"),
        with_pattern("((a{1000}){1000}){1000}"),
        with_pattern("(.*.*.*.*.*.*.*a){1,50}b"),
    ],
    ids=["options", "repetitions", "doubling", "count", "counts", "stars"],
)
def test_a_schema_with_very_many_readings_ends(tmp_path, schema):
    folder = write_project(
        tmp_path / "e",
        {"m": document(f'<p n="{"a" * 3000}">x</p>' + "<p/>" * 20)},
        '[schema]\nrelaxng = "s.rnc"\n',
    )
    (folder / "s.rnc").write_text(schema)
    started = time.monotonic()
    done = CliRunner().invoke(teikit, ["validate", str(folder), "--timeout", "10"])
    assert done.exit_code == 1
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert "a-good.xml" in done.output
    assert "z-good.xml" in done.output
    assert time.monotonic() - started < 40


def test_a_schema_that_cannot_be_read_is_tried_once_and_not_with_every_file(tmp_path):
    documents = {f"n{number}": document("<p/>") for number in range(30)}
    folder = write_project(tmp_path / "e", documents, '[schema]\nrelaxng = "s.rnc"\n')
    (folder / "s.rnc").write_text(doubling("&", 30))
    started = time.monotonic()
    found = validate(folder, "--timeout", "1.5")
    assert [(path, len(those)) for path, those in found.items()] == [("s.rnc", 1)]
    assert found["s.rnc"][0]["rule"].startswith("safety:")
    assert time.monotonic() - started < 12


def test_rules_with_which_most_files_take_too_long_are_put_aside(tmp_path, monkeypatch):
    documents = {f"n{number:02}": document("<p/>" * 3000) for number in range(20)}
    folder = write_project(tmp_path / "e", documents, SLOW_SETTINGS)
    (folder / "r.sch").write_text(SLOW_RULES)
    monkeypatch.chdir(tmp_path)
    started = time.monotonic()
    found = validate(Path("e"), "--timeout", "1")
    (aside,) = found.pop("r.sch")
    assert aside["rule"] == "safety:time"
    assert "held against r.sch." in aside["message"]
    assert {one["rule"] for those in found.values() for one in those} == {"safety:time"}
    assert all(len(those) == 1 for those in found.values())
    assert 3 <= len(found) <= 10
    assert time.monotonic() - started < 25


def test_a_schema_that_the_documents_name_is_put_aside_once_it_hit_a_limit(tmp_path):
    model = '<?xml-model href="../s.rnc" type="application/relax-ng-compact-syntax"?>\n'
    documents = {f"n{number:02}": document("<p/>", model) for number in range(30)}
    folder = write_project(tmp_path / "e", documents)
    (folder / "s.rnc").write_text(doubling("&", 30))
    started = time.monotonic()
    found = validate(folder, "--timeout", "1.5")
    assert [one["rule"] for one in found.pop("s.rnc")] in (["safety:time"], ["safety:memory"])
    assert all(len(those) == 1 for those in found.values())
    assert {one["rule"][:7] for those in found.values() for one in those} == {"safety:"}
    assert 1 <= len(found) <= 6  # those that were at work when it showed
    assert time.monotonic() - started < 30


def test_ids_that_lead_nowhere_are_not_compared_with_everything(tmp_path):
    """In the process of the command, where no limit of time holds."""
    ids = "".join(f'<p xml:id="paragraph{number}"/>' for number in range(3000))
    wrong = "".join(f'<p corresp="#paragraf{number}"/>' for number in range(3000))
    folder = write_project(tmp_path / "e", {"m": document(ids + wrong)})
    started = time.monotonic()
    found = validate(folder)
    assert len(found["texts/m.xml"]) == 3000
    assert found["texts/m.xml"][0]["expected"]  # the first ones are looked for
    assert time.monotonic() - started < 60


# -- stylesheets --------------------------------------------------------------------------------


def test_a_stylesheet_that_runs_forever_is_ended(tmp_path):
    (tmp_path / "a.xml").write_text(document("<p/>"))
    (tmp_path / "forever.xsl").write_text(
        '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        '<xsl:template match="/"><xsl:call-template name="f"><xsl:with-param name="n" select="40"/>'
        '</xsl:call-template></xsl:template><xsl:template name="f"><xsl:param name="n"/>'
        '<xsl:if test="$n > 0"><xsl:call-template name="f"><xsl:with-param name="n" '
        'select="$n - 1"/></xsl:call-template><xsl:call-template name="f"><xsl:with-param name="n" '
        'select="$n - 1"/></xsl:call-template></xsl:if></xsl:template></xsl:stylesheet>'
    )
    command = ["transform", str(tmp_path / "a.xml"), "--xsl", str(tmp_path / "forever.xsl")]
    done = CliRunner().invoke(teikit, [*command, "--timeout", "1"])
    assert done.exit_code == 2
    assert "it took more than 1 seconds" in done.stderr
    assert done.stderr.count("\n") == 1
