"""Schematron rules -> findings (ISO/IEC 19757-3), by XSLT 1.0 in libxslt.

Each pattern becomes a mode, each rule a template in it; the first rule of a pattern whose context
fits a node is the one that fires. A test that needs XPath 2 or 3 does not run, and one finding
says which: silence about a rule that did not run would be a false "valid".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree

from teikit.document import OURS, XML_ID, Document, safe_parser
from teikit.errors import TeikitError
from teikit.place import Place
from teikit.report import Finding

SCH = "http://purl.oclc.org/dsdl/schematron"
_S = f"{{{SCH}}}"
XSL = "http://www.w3.org/1999/XSL/Transform"
_X = f"{{{XSL}}}"
_SEVERITIES = {
    "warning": "warning",
    "warn": "warning",
    "nonfatal": "warning",
    "information": "info",
    "info": "info",
    "hint": "info",
}
# functions of XPath 1.0 and XSLT 1.0, and what looks like a call but is none
_KNOWN = frozenset(
    "last position count id local-name namespace-uri name string concat starts-with contains "
    "substring-before substring-after substring string-length normalize-space translate boolean "
    "not true false lang number sum floor ceiling round current key document generate-id "
    "format-number system-property element-available function-available unparsed-entity-uri "
    "node text comment processing-instruction and or div mod".split()
)
_CALL = re.compile(r"([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)\s*\(")
_LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'")


class BadRules(TeikitError):
    """A Schematron file cannot be read or is wrong in itself."""


@dataclass(frozen=True)
class Rules:
    """A compiled Schematron file, and the tests in it that do not run here."""

    path: str
    transform: etree.XSLT
    skipped: tuple[str, ...]


def check_schematron(document: Document, schema: bytes, name: str = "") -> Iterator[Finding]:
    """Yield a finding for each assertion of the Schematron SCHEMA that the document breaks.

    The finding's rule is "schematron:" and the assertion's id, or else its pattern's.
    """
    yield from run_rules(document, compile_rules(schema, name or "the Schematron file"))


def check_schematron_file(document: Document, path: str) -> Iterator[Finding]:
    """Yield what `check_schematron` does, with the rules in the file at PATH."""
    file = Path(path)
    yield from run_rules(
        document, _read_rules(path, file.stat().st_mtime_ns if file.exists() else 0)
    )


@lru_cache(maxsize=4)
def _read_rules(path: str, _changed: int) -> Rules:
    try:
        return compile_rules(Path(path).read_bytes(), path)
    except OSError as error:
        raise BadRules(f"{path}: cannot be read: {error.strerror}") from error


def run_rules(document: Document, rules: Rules) -> Iterator[Finding]:
    """Yield the findings of compiled rules, in document order."""
    tree = etree.fromstring(document.utf8, safe_parser()).getroottree()
    elements = list(tree.iter(etree.Element))
    numbers = {element: number for number, element in enumerate(elements)}
    try:
        result = rules.transform(tree)
    except etree.XSLTApplyError as error:
        raise BadRules(f"{rules.path}: a rule cannot be run: {error}") from error
    nodes = iter(result.getroot() if result.getroot() is not None else ())
    for node in nodes:
        path = node.get("path")
        ordinal = numbers[tree.xpath(path)[0]] if path else 0
        yield Finding(
            document.place_of(ordinal),
            f"schematron:{node.get('rule')}",
            " ".join(node.xpath("string()").split()),
            severity=node.get("severity"),
            hint=f"See {node.get('see')}" if node.get("see") else "",
            ordinal=ordinal,
        )
    if rules.skipped:
        yield Finding(
            Place(document.path),
            "schematron:not-run",
            f"{len(rules.skipped)} rules did not run, because they need XPath 2 or 3: "
            + ", ".join(rules.skipped),
            severity="warning",
            hint='Install the extra: pip install "teikit[xslt3]".',
        )


def compile_rules(schema: bytes, name: str) -> Rules:
    """Return the rules ready to run; raise BadRules where the file is no Schematron."""
    try:
        root = etree.fromstring(schema, safe_parser())
    except etree.XMLSyntaxError as error:
        raise BadRules(f"{name}:{error.lineno}: not well-formed: {error.msg}") from error
    if root.tag != f"{_S}schema":
        raise BadRules(f"{name}: is no Schematron schema: its outermost element is {root.tag}")
    compiler = _Compiler(root)
    stylesheet = compiler.stylesheet()
    access = etree.XSLTAccessControl.DENY_ALL
    try:
        transform = etree.XSLT(
            stylesheet, access_control=access, extensions={(OURS, "path"): _path}
        )
    except etree.XSLTParseError as error:
        raise BadRules(f"{name}: a rule cannot be understood: {error}") from error
    return Rules(name, transform, tuple(compiler.skipped))


def _path(_context: object, nodes: list) -> str:
    """Return an XPath to the element of the first node: XSLT's `tk:path(.)`."""
    node = nodes[0] if nodes else None
    if hasattr(node, "getparent") and not hasattr(node, "tag"):
        node = node.getparent()
    while node is not None and not isinstance(node.tag, str):
        node = node.getparent()
    return node.getroottree().getpath(node) if node is not None else ""


class _Compiler:
    """Builds the XSLT of one schema."""

    def __init__(self, root: etree._Element):
        self.root = root
        self.skipped: list[str] = []
        self.namespaces = {
            ns.get("prefix"): ns.get("uri")
            for ns in root.iter(f"{_S}ns")
            if ns.get("prefix") and ns.get("uri")
        }

    def stylesheet(self) -> etree._Element:
        nsmap = {**self.namespaces, "xsl": XSL, "tk": OURS}
        top = etree.Element(f"{_X}stylesheet", nsmap=nsmap, version="1.0")
        top.set("exclude-result-prefixes", " ".join(k for k in nsmap if k != "xsl"))
        for key in self.root.iter(f"{_X}key"):
            etree.SubElement(top, f"{_X}key", dict(key.attrib))
        self.lets(self.root, top)
        start = etree.SubElement(top, f"{_X}template", match="/")
        findings = etree.SubElement(start, "findings")
        for number, pattern in enumerate(self.root.findall(f"{_S}pattern")):
            if pattern.get("abstract") == "true":
                continue
            mode = f"p{number}"
            etree.SubElement(findings, f"{_X}apply-templates", select="/", mode=mode)
            self.pattern(pattern, mode, top)
        return top

    def pattern(self, pattern: etree._Element, mode: str, top: etree._Element) -> None:
        self.lets(pattern, top)
        rules = [rule for rule in pattern.findall(f"{_S}rule") if rule.get("abstract") != "true"]
        onward = (
            "@*|node()"
            if any("@" in _outside_predicates(rule.get("context", "")) for rule in rules)
            else "node()"
        )
        walk = etree.SubElement(top, f"{_X}template", match="/|node()|@*", mode=mode, priority="-1")
        etree.SubElement(walk, f"{_X}apply-templates", select=onward, mode=mode)
        for index, rule in enumerate(rules):
            context = rule.get("context", "")
            if self.needs_more(context, f"{_name(rule, pattern)} (context)"):
                continue
            template = etree.SubElement(
                top, f"{_X}template", match=context, mode=mode, priority=str(len(rules) - index)
            )
            self.rule(rule, pattern, template)
            etree.SubElement(template, f"{_X}apply-templates", select=onward, mode=mode)

    def rule(self, rule: etree._Element, pattern: etree._Element, template: etree._Element) -> None:
        self.lets(rule, template)
        for child in rule:
            if child.tag == f"{_S}extends":
                base = self.root.xpath(
                    "//s:rule[@abstract='true'][@id=$id]",
                    namespaces={"s": SCH},
                    id=child.get("rule"),
                )
                for other in base[:1]:
                    self.rule(other, pattern, template)
            elif child.tag in (f"{_S}assert", f"{_S}report"):
                self.assertion(child, _name(child, rule, pattern), template)

    def assertion(self, element: etree._Element, name: str, template: etree._Element) -> None:
        test = element.get("test", "")
        if self.needs_more(test, name):
            return
        broken = f"not({test})" if element.tag == f"{_S}assert" else test
        when = etree.SubElement(template, f"{_X}if", test=broken)
        finding = etree.SubElement(
            when,
            "finding",
            rule=name,
            path="{tk:path(.)}",
            severity=_SEVERITIES.get(element.get("role", ""), "error"),
        )
        see = element.get("see") or element.getparent().get("see") or ""
        finding.set("see", see.replace("{", "{{").replace("}", "}}"))
        self.message(element, name, finding)

    def message(self, element: etree._Element, name: str, target: etree._Element) -> None:
        _add_text(target, element.text)
        for child in element:
            if child.tag == f"{_S}value-of" and not self.needs_more(child.get("select", ""), name):
                etree.SubElement(target, f"{_X}value-of", select=child.get("select", "''"))
            elif child.tag == f"{_S}name":
                etree.SubElement(target, f"{_X}value-of", select=f"name({child.get('path', '.')})")
            elif isinstance(child.tag, str):
                self.message(child, name, target)
            _add_text(target, child.tail)

    def lets(self, element: etree._Element, target: etree._Element) -> None:
        for let in element.findall(f"{_S}let"):
            value = let.get("value")
            if value is not None and not self.needs_more(value, f"let {let.get('name')}"):
                etree.SubElement(target, f"{_X}variable", name=let.get("name", ""), select=value)

    def needs_more(self, expression: str, name: str) -> bool:
        """Return whether the expression is beyond XPath 1.0, and note the name if so."""
        bare = _LITERAL.sub("''", expression)
        beyond = any(
            call not in _KNOWN and not call.startswith("tk:") for call in _CALL.findall(bare)
        )
        if not beyond:
            try:
                etree.XPath(expression, namespaces=self.namespaces)
            except etree.XPathSyntaxError:
                beyond = True
        if beyond and name not in self.skipped:
            self.skipped.append(name)
        return beyond


def _name(*elements: etree._Element) -> str:
    """Return the id of the innermost of the elements that has one."""
    return next(
        (
            element.get("id") or element.get(XML_ID)
            for element in elements
            if element.get("id") or element.get(XML_ID)
        ),
        "rule",
    )


def _outside_predicates(context: str) -> str:
    """Return the pattern without what stands in square brackets."""
    bare, before = _LITERAL.sub("", context), None
    while bare != before:
        before, bare = bare, re.sub(r"\[[^\[\]]*\]", "", bare)
    return bare


def _add_text(target: etree._Element, text: str | None) -> None:
    if text:
        etree.SubElement(target, f"{_X}text").text = text
