"""Patterns -> one XSLT stylesheet: 1.0 for libxslt, 3.0 for Saxon.

Each pattern becomes a mode and each rule a template in it, the first rule with the highest
priority. The result is one <hit> for each broken assertion: its number, where, and the message.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from teikit.document import OURS
from teikit.report import LONGEST
from teikit.schema.schematron.ids import rewrite_ids
from teikit.schema.schematron.planning import needed_lets
from teikit.schema.schematron.tokens import find_candidates
from teikit.schema.schematron.values import XSL, Assertion, Helper, Let, Pattern, Rule, Schema

_X = f"{{{XSL}}}"
_MOST = 2 * LONGEST  # characters of a message: the report leaves out its middle, and shows that
_ERRORS = "http://www.w3.org/2005/xqt-errors"


def all_assertions(patterns: tuple[Pattern, ...]) -> Iterator[Assertion]:
    """Yield the assertions of PATTERNS in the order in which a stylesheet numbers them."""
    for pattern in patterns:
        for rule in pattern.rules:
            yield from rule.assertions


def render_xslt1(schema: Schema, patterns: tuple[Pattern, ...]) -> etree._Element:
    """Return PATTERNS as XSLT 1.0; it calls teikit:words (ids.py).

    A hit gives the generated id of its element; <order> after the hits lists those of all elements.
    """
    return _Xslt1(schema, patterns).stylesheet()


def render_xslt3(schema: Schema, patterns: tuple[Pattern, ...]) -> etree._Element:
    """Return PATTERNS as XSLT 3.0; an assertion that fails to run says so in a <hit failed="">."""
    return _Xslt3(schema, patterns).stylesheet()


@dataclass
class _Writer:
    """What both have in common."""

    schema: Schema
    patterns: tuple[Pattern, ...]
    version = ""
    every_node = "/|node()|@*"

    def stylesheet(self) -> etree._Element:
        # a prefix of the schema must not take the place of one of ours
        nsmap = {**self.schema.namespaces, "xsl": XSL, "teikit": OURS}
        top = etree.Element(f"{_X}stylesheet", nsmap=nsmap, version=self.version)
        top.set("exclude-result-prefixes", " ".join(key for key in nsmap if key != "xsl"))
        etree.SubElement(top, f"{_X}output", {"omit-xml-declaration": "yes", "indent": "no"})
        self.prologue(top)
        for let in needed_lets(self.schema.lets, self.expressions()):
            self.variable(top, let)
        start = etree.SubElement(etree.SubElement(top, f"{_X}template", match="/"), "hits")
        number = 0
        for index, pattern in enumerate(self.patterns):
            mode = f"p{index}"
            steps = " | ".join(find_candidates(rule.context) for rule in pattern.rules)
            etree.SubElement(start, f"{_X}apply-templates", select=steps, mode=mode)
            attributes = {"match": self.every_node, "mode": mode, "priority": "-1"}
            etree.SubElement(top, f"{_X}template", attributes)
            for place, rule in enumerate(pattern.rules):
                priority = str(len(pattern.rules) - place)
                attributes = {"match": rule.context, "mode": mode, "priority": priority}
                template = etree.SubElement(top, f"{_X}template", attributes)
                self.rule(template, rule, number)
                number += len(rule.assertions)
        self.epilogue(start)
        return top

    def expressions(self) -> Iterator[str]:
        for pattern in self.patterns:
            yield from (rule.context for rule in pattern.rules)
        for assertion in all_assertions(self.patterns):
            yield from assertion.expressions
            yield from (let.value for let in assertion.lets)

    def xpath(self, expression: str) -> str:
        return expression

    def variable(self, parent: etree._Element, let: Let) -> None:
        etree.SubElement(parent, f"{_X}variable", name=let.name, select=self.xpath(let.value))

    def broken(self, parent: etree._Element, assertion: Assertion) -> etree._Element:
        """Add the test, and return where the hit goes."""
        test = self.xpath(assertion.test)
        choose = etree.SubElement(parent, f"{_X}choose")
        when = etree.SubElement(choose, f"{_X}when", test=test)
        return when if assertion.is_report else etree.SubElement(choose, f"{_X}otherwise")

    def hit(self, parent: etree._Element, assertion: Assertion, number: int) -> None:
        message = etree.SubElement(parent, f"{_X}variable", name="teikit:message")
        for piece in assertion.message:
            if piece.kind == "text":
                etree.SubElement(message, f"{_X}text").text = piece.content
            else:
                path = self.xpath(piece.content)
                select = path if piece.kind == "value" else f"name({path})"
                etree.SubElement(message, f"{_X}value-of", select=select)
        subject = self.xpath(assertion.subject)
        etree.SubElement(parent, f"{_X}variable", name="teikit:subject", select=subject)
        hit = etree.SubElement(parent, "hit", number=str(number), at=self.place("$teikit:subject"))
        text = f"substring(string($teikit:message), 1, {_MOST})"
        etree.SubElement(hit, f"{_X}value-of", select=text)

    def prologue(self, top: etree._Element) -> None:
        raise NotImplementedError

    def epilogue(self, hits: etree._Element) -> None:
        """Add what stands after the hits."""

    def place(self, nodes: str) -> str:
        raise NotImplementedError

    def rule(self, template: etree._Element, rule: Rule, number: int) -> None:
        raise NotImplementedError

    def add_helpers(self, top: etree._Element, helpers: Iterable[Helper]) -> None:
        for helper in helpers:
            top.append(deepcopy(helper.element))


class _Xslt1(_Writer):
    version = "1.0"

    def prologue(self, top: etree._Element) -> None:
        etree.SubElement(top, f"{_X}key", name="teikit:id", match="*[@xml:id]", use="@xml:id")
        self.add_helpers(top, [helper for helper in self.schema.helpers if helper.is_xpath1])

    def xpath(self, expression: str) -> str:
        return rewrite_ids(expression)

    def place(self, nodes: str) -> str:
        node = f"({nodes} | self::node()[not({nodes})])[1]"
        return f"{{generate-id({node}/ancestor-or-self::*[1])}}"

    def epilogue(self, hits: etree._Element) -> None:
        each = etree.SubElement(etree.SubElement(hits, "order"), f"{_X}for-each", select="//*")
        etree.SubElement(each, f"{_X}value-of", select="concat(generate-id(), ' ')")

    def rule(self, template: etree._Element, rule: Rule, number: int) -> None:
        for offset, assertion in enumerate(rule.assertions):
            # so that the lets of one assertion are not those of another
            scope = etree.SubElement(template, f"{_X}if", test="true()")
            for let in assertion.lets:
                self.variable(scope, let)
            self.hit(self.broken(scope, assertion), assertion, number + offset)


class _Xslt3(_Writer):
    version = "3.0"
    every_node = "."

    def prologue(self, top: etree._Element) -> None:
        top.set("{http://www.w3.org/XML/1998/namespace}base", "urn:teikit:rules")
        counter = etree.SubElement(
            top, f"{_X}accumulator", {"name": "teikit:ordinal", "initial-value": "-1"}
        )
        etree.SubElement(counter, f"{_X}accumulator-rule", match="*", select="$value + 1")
        etree.SubElement(top, f"{_X}mode", {"use-accumulators": "#all"})
        self.add_helpers(top, self.schema.helpers)

    def place(self, nodes: str) -> str:
        element = f"({nodes}, .)[1]/(ancestor-or-self::*)[last()]"
        return f"{{{element}/accumulator-before('teikit:ordinal')}}"

    def rule(self, template: etree._Element, rule: Rule, number: int) -> None:
        for offset, assertion in enumerate(rule.assertions):
            attempt = etree.SubElement(template, f"{_X}try")
            for let in assertion.lets:
                self.variable(attempt, let)
            self.hit(self.broken(attempt, assertion), assertion, number + offset)
            catch = etree.SubElement(attempt, f"{_X}catch", errors="*")
            attributes = {"number": str(number + offset), "failed": "", "at": self.place("()")}
            failed = etree.SubElement(catch, "hit", attributes)
            etree.SubElement(failed, f"{_X}value-of", select=f"$Q{{{_ERRORS}}}description")
