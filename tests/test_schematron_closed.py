"""Rules see the document and nothing else: every way out is refused, and locked besides."""

import contextlib
import importlib.util
import os
import subprocess
import sys

import pytest

from extras import HAS_SAXON, SAXON
from teikit.check.records import CheckSettings
from teikit.document import TEI
from teikit.safety.worker import JobFailed, Limits, Workers
from teikit.schema.schematron import check_schematron, planning, saxon

XSL = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
SCHEMA = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
  <ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/><ns prefix="f" uri="urn:f"/>
  <ns prefix="file" uri="http://expath.org/ns/file"/><ns prefix="other" uri="urn:other"/>
  <ns prefix="java" uri="java:java.lang.System"/><ns prefix="saxon" uri="http://saxon.sf.net/"/>
  <ns prefix="x" uri="http://www.w3.org/2005/xpath-functions"/>{}</schema>"""
RULE = """<pattern id="p"><rule context="tei:p"><report test="exists({0})">
  {1}<value-of select="{0}"/></report></rule></pattern>"""
FN = "http://www.w3.org/2005/xpath-functions"

# what is in the file or the environment is "leaked"; {uri} is that of a file, {folder} of a folder
WAYS_OUT = {
    "doc": "doc('{uri}.xml')",
    "doc with a prefix": "x:doc('{uri}.xml')",
    "doc with fn": "fn:doc('{uri}.xml')",
    "doc by its full name": f"Q{{{{{FN}}}}}doc('{{uri}}.xml')",
    "doc after an arrow": "'{uri}.xml' => doc()",
    "doc after a comment": "doc (: x :) ('{uri}.xml')",
    "doc as a value": "doc#1('{uri}.xml')",
    "doc by another function": "for-each('{uri}.xml', doc#1)",
    "doc half applied": "doc(?)('{uri}.xml')",
    "doc-available": "string(doc-available('{uri}.xml'))[. = 'true'] ! 'leaked'",
    "document": "document('{uri}.xml')",
    "collection": "collection('{folder}?select=*.xml')",
    "uri-collection": "uri-collection('{folder}') ! 'leaked'",
    "unparsed-text": "unparsed-text('{uri}.txt')",
    "unparsed-text-lines": "unparsed-text-lines('{uri}.txt')",
    "unparsed-text-available": "unparsed-text-available('{uri}.txt')[.] ! 'leaked'",
    "json-doc": "json-doc('{uri}.json')?*",
    "environment-variable": "environment-variable('TEIKIT_SECRET')",
    "available-environment-variables": "available-environment-variables()",
    "system-property": "system-property('user.dir')[. != ''] ! 'leaked'",
    "available-system-properties": "available-system-properties() ! 'leaked'",
    "transform": "transform(map{{'stylesheet-location': '{uri}.xsl', 'source-node': /}})?output",
    "load-xquery-module": "load-xquery-module('q', map{{'location-hints': '{uri}.xqm'}})",
    "function-lookup": f"function-lookup(QName('{FN}', 'unparsed-text'), 1)('{{uri}}.txt')",
    "parse-xml": "parse-xml('&lt;!DOCTYPE a [&lt;!ENTITY e SYSTEM &quot;{uri}.txt&quot;>]>"
    "&lt;a>&amp;e;&lt;/a>')",
    "stream-available": "stream-available('{uri}.xml')[.] ! 'leaked'",
    "static-base-uri": "static-base-uri()[contains(., 'file:')] ! 'leaked'",
    "current-output-uri": "current-output-uri()[contains(., 'file:')] ! 'leaked'",
    "a function of Java": "java:getProperty('user.dir')",
    "a function of EXPath": "file:read-text('{uri}.txt')",
    "a function of Saxon": "saxon:parse('x')",
    "a function of a stranger": "other:leak('{uri}.txt')",
    "EXPath by its full name": "Q{{http://expath.org/ns/file}}read-text('{uri}.txt')",
    "a network address": "doc('http://127.0.0.1:9/leaked.xml')",
}


@pytest.fixture
def secret(tmp_path, monkeypatch):
    """Return how to fill in the ways out: a file beside which others lie, and its folder."""
    (tmp_path / "secret.xml").write_text("<secret>leaked</secret>")
    (tmp_path / "secret.txt").write_text("leaked")
    (tmp_path / "secret.json").write_text('["leaked"]')
    (tmp_path / "secret.xqm").write_text('module namespace q="q"; declare variable $q:a := 1;')
    (tmp_path / "secret.xsl").write_text(
        f'<xsl:stylesheet version="3.0" {XSL}><xsl:template match="/">leaked</xsl:template>'
        "</xsl:stylesheet>"
    )
    monkeypatch.setenv("TEIKIT_SECRET", "leaked")
    return {"uri": (tmp_path / "secret").as_uri(), "folder": tmp_path.as_uri()}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_a_rule_that_leads_out_is_refused_and_the_others_run(tei, secret, way):
    expression = WAYS_OUT[way].format(**secret)
    rules = RULE.format(expression, "found ") + RULE.replace('"p"', '"fine"').format("@n", "")
    found = list(check_schematron(tei('<p n="1"/>'), SCHEMA.format(rules).encode()))
    if HAS_SAXON:
        assert [finding.rule for finding in found] == ["schematron:fine", "schematron:refused"]
    assert [f.message.partition(" (")[0] for f in found if f.rule == "schematron:refused"] == [
        "some rules were refused: p"
    ]
    assert "leaked" not in "".join(f.message for f in found)


@SAXON
@pytest.mark.parametrize("files", ["none can be opened", "all can be opened"])
@pytest.mark.parametrize("way", WAYS_OUT)
def test_what_would_get_past_the_refusal_finds_saxon_locked(tei, secret, way, files, monkeypatch):
    """Without the refusal, nothing of a file is told; the environment is for the worker to hide."""
    if way in ("environment-variable", "available-environment-variables"):
        pytest.skip(
            "Saxon has no switch for it: the next test shows that a worker has none to tell"
        )
    if way in ("system-property", "available-system-properties"):
        pytest.skip("Saxon has no switch for all of them; they tell of Saxon, not of files")
    if way == "parse-xml" and files.startswith("all"):
        pytest.skip("Saxon 12 leaves its entities to the parser: here the second lock is the one")
    monkeypatch.setattr(planning, "find_refusal", lambda *_: None)
    if files.startswith("all"):  # then it is the configuration alone that locks
        monkeypatch.setattr(saxon, "no_new_files", contextlib.nullcontext)
    expression = WAYS_OUT[way].format(**secret)
    rules = RULE.format(expression, "found ")
    found = list(check_schematron(tei("<p/>"), SCHEMA.format(rules).encode()))
    told = "".join(f.message for f in found if f.rule == "schematron:p")
    assert "leaked" not in told, told
    assert any(f.rule == "schematron:failed" for f in found) or found == []


@SAXON
@pytest.mark.skipif(sys.platform == "win32", reason="the limit of open files is one of Unix")
def test_while_saxon_runs_the_process_can_open_no_file(tmp_path):
    (tmp_path / "a").write_text("a")
    with saxon.no_new_files(), pytest.raises(OSError, match="Too many open files"):
        (tmp_path / "a").read_text()
    assert (tmp_path / "a").read_text() == "a"


UNLOCKED = """
import sys
sys.path[:0] = sys.argv[2].split("|")
from saxonche import PySaxonProcessor
from teikit.schema.schematron.saxon import no_new_files
xpath = PySaxonProcessor(license=False).new_xpath_processor()
question = f"unparsed-text('{sys.argv[1]}')"
try:
    with no_new_files():
        print(xpath.evaluate(question))
except Exception as error:
    print("locked", type(error).__name__)
print(xpath.evaluate(question))
"""


@SAXON
@pytest.mark.skipif(sys.platform == "win32", reason="the limit of open files is one of Unix")
def test_without_file_descriptors_saxon_reads_nothing_however_it_is_configured(secret):
    """The second lock alone: the same question is answered only when it is off again."""
    arguments = [f"{secret['uri']}.txt", "|".join(sys.path)]
    command = [sys.executable, "-c", UNLOCKED, *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["locked", "PySaxonApiError", "leaked"]


def test_a_worker_does_not_know_the_environment_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("TEIKIT_SECRET", "leaked")
    monkeypatch.setenv("GITHUB_TOKEN", "leaked")
    with Workers(count=1) as workers:
        workers.run("ids", b"<a/>", "x.xml", "")
        (worker,) = workers._idle
        if not os.path.exists("/proc/self/environ"):
            pytest.skip("the system does not show the environment of a process")
        with open(f"/proc/{worker._process.pid}/environ", "rb") as stream:
            environment = stream.read()
        worker.end()
    assert b"leaked" not in environment
    assert b"PATH=" in environment


FUNCTION = """<xsl:function {0} name="f:out">{1}</xsl:function>
  <pattern id="p"><rule context="tei:p"><report test="exists(f:out())">x</report></rule>
  </pattern>"""
BODIES = {
    "evaluate": "<xsl:evaluate xpath=\"'1'\"/>",
    "result-document": '<xsl:result-document href="{uri}.new"/>',
    "source-document": '<xsl:source-document href="{uri}.xml"><xsl:sequence select="."/>'
    "</xsl:source-document>",
    "message": '<xsl:message terminate="yes"/>',
    "call-template": '<xsl:call-template name="x"/>',
    "a call": "<xsl:sequence select=\"doc('{uri}.xml')\"/>",
    "a call in a template of a value": "<a b=\"it's {{doc('{uri}.xml')}}'s\"/>",
    "text as a template": "<xsl:text expand-text=\"yes\">{{doc('{uri}.xml')}}</xsl:text>",
    "a shadow attribute": "<xsl:sequence _select=\"{{'doc(1)'}}\"/>",
    "use-when": '<xsl:sequence use-when="true()" select="1"/>',
}


@pytest.mark.parametrize("body", BODIES)
def test_a_function_that_leads_out_is_refused(tei, secret, body):
    code = FUNCTION.format(XSL, BODIES[body].format(**secret))
    found = list(check_schematron(tei("<p/>"), SCHEMA.format(code).encode()))
    refused = [f.message for f in found if f.rule == "schematron:refused"]
    assert len(refused) == 1
    assert "f:out" in refused[0]
    assert not [f for f in found if f.rule == "schematron:p"]


def test_a_function_of_the_schema_does_not_make_way_for_another_of_its_name(tei, secret):
    """The prefix that is the schema's own here is that of XPath there."""
    rules = f"""<xsl:function {XSL} xmlns:x="urn:mine" name="x:doc"><xsl:sequence select="1"/>
      </xsl:function>""" + RULE.format(f"x:doc('{secret['uri']}.xml')", "")
    found = list(check_schematron(tei("<p/>"), SCHEMA.format(rules).encode()))
    assert {f.rule for f in found} <= {"schematron:refused", "schematron:not-run"}
    assert "refused" in found[0].rule
    body = """<xsl:sequence xmlns:map="java:java.lang.System" select="map:getenv('PATH')"/>"""
    found = list(check_schematron(tei("<p/>"), SCHEMA.format(FUNCTION.format(XSL, body)).encode()))
    assert "schematron:refused" in [f.rule for f in found]


@pytest.mark.parametrize("element", ["include", "import", "template", "variable", "param"])
def test_other_xslt_in_a_schema_is_refused(tei, secret, element):
    code = f'<xsl:{element} {XSL} href="{secret["uri"]}.xsl" name="x"/>' + RULE.format("@n", "")
    found = list(check_schematron(tei('<p n="1"/>'), SCHEMA.format(code).encode()))
    (refused,) = [f.message for f in found if f.rule == "schematron:refused"]
    assert f"xsl:{element}" in refused


@pytest.mark.parametrize("where", ["context", "subject", "let", "value-of", "pattern let", "key"])
def test_a_call_is_refused_wherever_it_stands(tei, secret, where):
    call = f"doc('{secret['uri']}.xml')"
    places = dict.fromkeys(["context", "subject", "let", "value-of", "pattern let", "key"], "")
    places |= {"context": "tei:p", "subject": ".", "let": "1", "value-of": "1", "pattern let": "1"}
    places |= {"key": "@n", where: f"tei:p[{call}]" if where == "context" else call}
    rules = f"""<xsl:key {XSL} name="k" match="tei:p" use="{places["key"]}"/>
      <pattern id="p"><let name="b" value="{places["pattern let"]}"/>
      <rule context="{places["context"]}"><let name="a" value="{places["let"]}"/>
      <report test="$a and $b and key('k', '1')" subject="{places["subject"]}">
      <value-of select="{places["value-of"]}"/></report></rule></pattern>"""
    found = list(check_schematron(tei('<p n="1"/>'), SCHEMA.format(rules).encode()))
    assert len([f for f in found if f.rule == "schematron:refused"]) == 1
    assert "leaked" not in "".join(f.message for f in found)


def test_entities_in_a_schema_and_in_a_text_read_no_file(tei, secret):
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret["uri"]}.txt">]>'
    schema = entity + SCHEMA.format(RULE.format("@n", "&e;"))
    with pytest.raises(Exception, match="not well-formed"):
        list(check_schematron(tei('<p n="1"/>'), schema.encode()))


HARMS = {
    "a loop": "sum(for $i in 1 to 1000000000, $j in 1 to 1000000000 return $i mod 7) = 1",
    "a regular expression": f"matches('{'a' * 40}!', '^(a|aa|a?)+$')",
    "a recursion": "let $f := function($g, $n) { $g($g, $n + 1) } return $f($f, 1)",
    "memory": "string-length(string-join((1 to 300000000) ! string(.))) = 1",
}


@SAXON
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory limits hold on Linux only")
@pytest.mark.parametrize("harm", HARMS)
def test_a_rule_that_does_not_end_is_ended_and_the_next_document_is_checked(tmp_path, harm):
    path = tmp_path / "rules.sch"
    data = f'<TEI xmlns="{TEI}"><text><body><p>x</p></body></text></TEI>'.encode()
    path.write_text(SCHEMA.format(RULE.format(HARMS[harm], "")))
    with Workers(Limits(seconds=3), 1) as workers:
        try:
            result = workers.run("check", data, "x.xml", CheckSettings(schematron=str(path)))
        except JobFailed as failure:
            assert failure.reason in ("time", "memory", "crash")
        else:  # Saxon 12 notices a recursion itself
            assert harm == "a recursion"
            assert [f.rule for f in result.findings] == ["schematron:failed"]
        path.write_text(SCHEMA.format(RULE.format("lower-case(.)", "found ")))
        os.utime(path, (1, 1))
        result = workers.run("check", data, "x.xml", CheckSettings(schematron=str(path)))
        assert [f.message for f in result.findings] == ["found x"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory limits hold on Linux only")
def test_where_saxon_has_no_room_it_is_said_and_the_process_lives(tei, monkeypatch):
    import resource

    monkeypatch.setattr(resource, "getrlimit", lambda _: (10**9, 10**9))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: object())
    found = list(check_schematron(tei("<p/>"), SCHEMA.format(RULE.format("x", "")).encode()))
    assert [f.rule for f in found] == ["schematron:not-run"]
    assert "ulimit -v" in found[0].hint
