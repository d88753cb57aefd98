"""A Schematron file -> values: the patterns of one phase, everything abstract made concrete."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from teikit.document import XML_ID
from teikit.schema.schematron.expanding import INHERITED, SEVERITY, expand
from teikit.schema.schematron.includes import Budget, Includer, Reader, read_xml, refuse
from teikit.schema.schematron.tokens import rename_variables
from teikit.schema.schematron.values import (
    SCH,
    XSL,
    Assertion,
    BadRules,
    Helper,
    Let,
    Pattern,
    Piece,
    Rule,
    Schema,
)

_S = f"{{{SCH}}}"
_X = f"{{{XSL}}}"
_SEVERITIES = {
    "warning": "warning",
    "warn": "warning",
    "nonfatal": "warning",
    "information": "info",
    "info": "info",
    "hint": "info",
}
_NO_CONTEXT = (
    "its rule has no context; for a constraint of a TEI class, compile the ODD and use the .sch"
)
_NAME = re.compile(r"[^\W\d][\w.\-]*")


def read_schema(
    data: bytes, name: str, *, read: Reader = refuse, base: str = "", phase: str = ""
) -> Schema:
    """Return the Schematron schema in DATA, as far as PHASE uses it.

    NAME is what messages call it, BASE its URI; READ reads the files it includes. PHASE "" is the
    default phase, "#ALL" every pattern. Raises BadRules.
    """
    return build_schema(read_xml(data, name), name, read=read, base=base, phase=phase)


def build_schema(
    root: etree._Element, name: str, *, read: Reader = refuse, base: str = "", phase: str = ""
) -> Schema:
    """Return what `read_schema` does, of a tree (which is changed)."""
    if root.tag != f"{_S}schema":
        raise BadRules(f"{name}: is no Schematron schema: its outermost element is {root.tag}")
    try:
        budget = Budget()
        Includer(read, budget).fill(root, base)
        expand(root, budget)
        return _Reader(root).schema(phase)
    except BadRules as problem:
        raise BadRules(f"{name}: {problem}") from problem


class _Reader:
    """Reads one schema."""

    def __init__(self, root: etree._Element):
        self.root = root
        self.diagnostics = {d.get("id", ""): d for d in root.iter(f"{_S}diagnostic")}
        self.lets: list[Let] = []
        self.problems: list[tuple[str, str]] = []

    def schema(self, phase: str) -> Schema:
        chosen = self._phase(phase)
        self.lets += self._lets(self.root)
        wanted = None
        if chosen is not None:
            self.lets += self._lets(chosen)
            wanted = {active.get("pattern", "") for active in chosen.findall(f"{_S}active")}
        patterns = []
        for number, element in enumerate(self.root.iter(f"{_S}pattern", f"{_S}group")):
            if element.get("abstract") == "true":
                continue
            if wanted is None or element.get("id") in wanted:
                patterns += self._pattern(element, number)
        return Schema(
            self.root.get("queryBinding", "").lower(),
            {
                ns.get("prefix"): ns.get("uri")
                for ns in self.root.iter(f"{_S}ns")
                if _NAME.fullmatch(ns.get("prefix") or "") and ns.get("uri")
            },
            tuple(dict.fromkeys(self.lets)),
            tuple(patterns),
            tuple(
                Helper(etree.QName(element).localname, element.get("name", ""), element)
                for element in self.root.iterchildren(f"{_X}key", f"{_X}function")
            ),
            tuple(
                f"xsl:{etree.QName(element).localname}"
                for element in self.root.iterchildren(f"{_X}*")
                if element.tag not in (f"{_X}key", f"{_X}function")
            ),
            tuple(self.problems),
        )

    def _phase(self, wanted: str) -> etree._Element | None:
        """Return the phase called WANTED, None for all patterns."""
        if wanted in ("", "#DEFAULT"):
            wanted = self.root.get("defaultPhase", "#ALL")
        if wanted == "#ALL":
            return None
        phases = {phase.get("id", ""): phase for phase in self.root.iter(f"{_S}phase")}
        if wanted not in phases:
            known = ", ".join(sorted(phases)) or "none"
            raise BadRules(f'there is no phase "{wanted}" (there is: {known})')
        return phases[wanted]

    def _pattern(self, element: etree._Element, number: int) -> Iterator[Pattern]:
        """Yield the pattern; a group (of 2025) is a pattern for each of its rules."""
        own = self._lets(element)
        renamed = {let.name: f"{let.name}.{number}" for let in own}
        for let in own:
            self.lets.append(Let(renamed[let.name], rename_variables(let.value, renamed)))
        rules = tuple(
            _with_names(self._rule(rule, element), renamed)
            for rule in element.iterchildren(f"{_S}rule")
            if rule.get("abstract") != "true"
        )
        name = _name(element)
        if element.get("documents"):
            self.problems.append((name, "it is for other documents (@documents)"))
        elif element.tag == f"{_S}group":
            yield from (Pattern(name, (rule,)) for rule in rules)
        elif rules:
            yield Pattern(name, rules)

    def _rule(self, rule: etree._Element, pattern: etree._Element) -> Rule:
        lets: list[Let] = []
        assertions = []
        for child in rule:
            if child.tag == f"{_S}let":
                lets += self._lets_of([child])
            elif child.tag in (f"{_S}assert", f"{_S}report"):
                assertions.append(self._assertion(child, rule, pattern, tuple(lets)))
        context = rule.get("context", "")
        if not context.strip():
            self.problems.append((_name(rule, pattern), _NO_CONTEXT))
            assertions = []
            context = "/.."
        return Rule(_name(rule, pattern), context, tuple(assertions))

    def _assertion(
        self,
        element: etree._Element,
        rule: etree._Element,
        pattern: etree._Element,
        lets: tuple[Let, ...],
    ) -> Assertion:
        message = list(self._message(element))
        for ident in element.get("diagnostics", "").split():
            if ident in self.diagnostics:
                message += [Piece("text", " "), *self._message(self.diagnostics[ident])]
        inherited = element.get(INHERITED)
        own = element.get("id") or element.get(XML_ID)
        return Assertion(
            name=own or inherited or _name(rule, pattern),
            test=element.get("test", ""),
            is_report=element.tag == f"{_S}report",
            message=tuple(message),
            severity=_severity(element, rule, pattern),
            see=element.get("see") or rule.get("see") or pattern.get("see") or "",
            subject=element.get("subject") or rule.get("subject") or ".",
            lets=lets,
        )

    def _message(self, element: etree._Element) -> Iterator[Piece]:
        if element.text:
            yield Piece("text", element.text)
        for child in element:
            if child.tag == f"{_S}value-of":
                yield Piece("value", child.get("select", "''"))
            elif child.tag == f"{_S}name":
                yield Piece("name", child.get("path", "."))
            elif isinstance(child.tag, str):
                yield from self._message(child)
            if child.tail:
                yield Piece("text", child.tail)

    def _lets(self, element: etree._Element) -> list[Let]:
        return self._lets_of(element.iterchildren(f"{_S}let"))

    def _lets_of(self, elements: Iterable[etree._Element]) -> list[Let]:
        found = []
        for element in elements:
            name, value = element.get("name", ""), element.get("value")
            if value is not None and _NAME.fullmatch(name):
                found.append(Let(name, value))
            else:
                self.problems.append((f"let {name}", "it has no value that is an expression"))
        return found


def _with_names(rule: Rule, names: dict[str, str]) -> Rule:
    """Return RULE with other names for the variables of its pattern; its own hide those."""
    if not names:
        return rule
    assertions = []
    for assertion in rule.assertions:
        own = {let.name for let in assertion.lets}
        inner = {name: new for name, new in names.items() if name not in own}
        assertions.append(
            replace(
                assertion,
                test=rename_variables(assertion.test, inner),
                subject=rename_variables(assertion.subject, inner),
                lets=tuple(
                    Let(let.name, rename_variables(let.value, inner)) for let in assertion.lets
                ),
                message=tuple(
                    piece
                    if piece.kind == "text"
                    else Piece(piece.kind, rename_variables(piece.content, inner))
                    for piece in assertion.message
                ),
            )
        )
    context = rename_variables(rule.context, names)
    return Rule(rule.name, context, tuple(assertions))


def _name(*elements: etree._Element) -> str:
    """Return the id of the innermost of the elements that has one."""
    names = (element.get("id") or element.get(XML_ID) for element in elements)
    return next((name for name in names if name), "rule")


def _severity(*elements: etree._Element) -> str:
    """Return the severity that the innermost of the elements with a role or a flag asks for."""
    for element in elements:
        for attribute in SEVERITY:
            if element.get(attribute):
                return _SEVERITIES.get(element.get(attribute, "").lower(), "error")
    return "error"
