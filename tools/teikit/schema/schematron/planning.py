"""Which engine runs which assertion, and which are not run at all.

libxslt runs what is XPath 1.0; of a schema for XPath 2 or 3 what surely means the same in 1.0.
Saxon runs the rest. An assertion goes with everything it needs: its lets, those that they use, the
expressions of its message, the contexts of its rule and of the rules before it. Both engines get
all rules of a pattern up to the last one that they have an assertion of, so that the first rule
that matches a node is the same one in both.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from teikit.schema.odd.xpath import is_xpath1
from teikit.schema.schematron.closing import (
    PREFIXES,
    Refusal,
    find_refusal,
    find_refusal_in,
)
from teikit.schema.schematron.tokens import find_calls, find_keys, find_variables
from teikit.schema.schematron.values import XSL, Assertion, Helper, Let, Pattern, Schema
from teikit.schema.schematron.xpath1 import ONE, PRINTABLE, find_kind

_OF_XPATH1 = ("", "xslt", "xslt1", "xpath", "xpath1")
_OF_XPATH2 = ("xslt2", "xslt3", "xpath2", "xpath3", "xpath31")
_UNKNOWN = "any"  # the kind of a value of XPath 1.0, where it does not matter
Status = Refusal | str | None  # refused; the kind of value in libxslt; None: for Saxon


@dataclass(frozen=True)
class Plan:
    """What runs where; (name, reason) of what does not."""

    schema: Schema
    here: tuple[Pattern, ...] = ()  # in libxslt
    there: tuple[Pattern, ...] = ()  # in Saxon
    refused: tuple[tuple[str, str], ...] = ()
    failed: tuple[tuple[str, str], ...] = ()


def plan_schema(schema: Schema) -> Plan:
    """Return which engine runs which assertions of SCHEMA."""
    planner = _Planner(schema)
    here, there = [], []
    for pattern in schema.patterns:
        first, second = planner.divide(pattern)
        here.append(_trimmed(first))
        there.append(_trimmed(second))
    return Plan(
        replace(schema, helpers=tuple(planner.helpers), namespaces=planner.prefixes),
        tuple(pattern for pattern in here if pattern.rules),
        tuple(pattern for pattern in there if pattern.rules),
        tuple(dict.fromkeys(planner.refused)),
        tuple(dict.fromkeys((*schema.problems, *planner.failed))),
    )


def needed_lets(lets: Iterable[Let], expressions: Iterable[str]) -> tuple[Let, ...]:
    """Return those of LETS that EXPRESSIONS take, themselves or through another one."""
    lets = tuple(lets)
    values = {let.name: let.value for let in lets}
    found: set[str] = set()
    todo = list(expressions)
    while todo:
        for name in find_variables(todo.pop()) - found:
            if name in values:
                found.add(name)
                todo.extend(let.value for let in lets if let.name == name)
    return tuple(let for let in lets if let.name in found)


def _in_order(lets: tuple[Let, ...]) -> Iterator[Let]:
    """Yield LETS, each after those that it takes; where they take one another, as they stand."""
    waiting = list(lets)
    while waiting:
        names = {let.name for let in waiting}
        ready = [let for let in waiting if not find_variables(let.value) & names] or waiting
        yield from ready
        waiting = [let for let in waiting if let not in ready]


def _trimmed(pattern: Pattern) -> Pattern:
    """Return PATTERN without rules at its end that assert nothing: they keep nothing away."""
    rules = list(pattern.rules)
    while rules and not rules[-1].assertions:
        rules.pop()
    return replace(pattern, rules=tuple(rules))


@dataclass
class _Planner:
    """Divides the patterns of one schema."""

    schema: Schema
    refused: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.modern = self.schema.binding in _OF_XPATH2
        helpers = self.schema.helpers
        self.namespaces = {**PREFIXES, **self.schema.namespaces}
        self.functions = frozenset(h.expanded for h in helpers if h.kind == "function")
        self.helpers = [
            replace(helper, is_xpath1=self._is_key_here(helper))
            for helper in helpers
            if self._accept(helper)
        ]
        theirs = {h.name for h in self.helpers if not h.is_xpath1}  # keys may share a name
        self.keys = frozenset(h.name for h in self.helpers if h.is_xpath1) - theirs
        for name in self.schema.strangers:
            self.refused.append((name, "a schema may hold no other XSLT than key and function"))
        self.scope: dict[str, Status] = {}
        for let in _in_order(self.schema.lets):
            self.scope[let.name] = self._status(let.value, self.scope)

    def _accept(self, helper: Helper) -> bool:
        refusal = self._learn_prefixes(helper) or find_refusal_in(helper.element, self.functions)
        if refusal:
            self._note(f"xsl:{helper.kind} {helper.name}", refusal)
        return refusal is None

    def _learn_prefixes(self, helper: Helper) -> Refusal | None:
        """Take in the prefixes of HELPER; one that means two things is a way around a refusal."""
        for node in helper.element.iter(etree.Element):
            for prefix, uri in node.nsmap.items():
                known = self.namespaces.setdefault(prefix or "", uri)
                if prefix and known != uri:
                    return Refusal(True, f"the prefix {prefix} stands for {known} and for {uri}")
        return None

    def _is_key_here(self, helper: Helper) -> bool:
        parts = (helper.element.get("match", ""), helper.element.get("use", ""))
        return helper.kind == "key" and all(
            find_kind(part, {}) if self.modern else is_xpath1(part) for part in parts
        )

    def _note(self, name: str, refusal: Refusal) -> None:
        (self.refused if refusal.closed else self.failed).append((name, refusal.reason))

    @property
    def prefixes(self) -> dict[str, str]:
        """Return the prefixes that expressions may use, those of keys and functions included."""
        return {key: uri for key, uri in self.namespaces.items() if key and key != "xml"}

    def divide(self, pattern: Pattern) -> tuple[Pattern, Pattern]:
        """Return PATTERN with the assertions for libxslt, and with those for Saxon."""
        here, there = [], []
        contexts_here = True
        for number, rule in enumerate(pattern.rules):
            status = self._status(rule.context, self.scope)
            if self._is_unknown_language():
                status = Refusal(False, f'its queryBinding is "{self.schema.binding}"')
            if isinstance(status, Refusal):
                self._give_up(pattern.rules[number:], status)
                break
            contexts_here = contexts_here and status is not None and self._matches(rule.context)
            mine, theirs = self._sorted_out(rule.assertions, contexts_here)
            if contexts_here:
                here.append(replace(rule, assertions=mine))
            there.append(replace(rule, assertions=theirs))
        return replace(pattern, rules=tuple(here)), replace(pattern, rules=tuple(there))

    def _is_unknown_language(self) -> bool:
        return self.schema.binding not in (*_OF_XPATH1, *_OF_XPATH2)

    def _give_up(self, rules: Iterable, refusal: Refusal) -> None:
        """Note that a rule cannot be run, nor those after it: they are for what it leaves."""
        for rule in rules:
            for assertion in rule.assertions:
                self._note(assertion.name, refusal)

    def _matches(self, context: str) -> bool:
        """Return whether libxslt takes CONTEXT as a pattern."""
        calls = {name for _, name in find_calls(context)}
        if find_variables(context) or calls & {"current", "id", "key"}:
            return False
        try:
            nsmap = {**self.prefixes, "xsl": XSL}
            top = etree.Element(f"{{{XSL}}}stylesheet", nsmap=nsmap, version="1.0")
            etree.SubElement(top, f"{{{XSL}}}template", match=context)
            etree.XSLT(top)
        except (etree.XSLTParseError, ValueError):
            return False
        return True

    def _sorted_out(
        self, assertions: tuple[Assertion, ...], contexts_here: bool
    ) -> tuple[tuple[Assertion, ...], tuple[Assertion, ...]]:
        here, there = [], []
        for assertion in assertions:
            needed = needed_lets(assertion.lets, assertion.expressions)
            assertion = replace(assertion, lets=needed)
            status = self._judge(assertion)
            if isinstance(status, Refusal):
                self._note(assertion.name, status)
            else:
                (here if status is not None and contexts_here else there).append(assertion)
        return tuple(here), tuple(there)

    def _judge(self, assertion: Assertion) -> Status:
        scope = dict(self.scope)
        for let in assertion.lets:
            scope[let.name] = self._status(let.value, scope)
        found: list[Status] = [
            self._status(assertion.test, scope),
            self._status(assertion.subject, scope),
        ]
        for piece in assertion.message:
            if piece.kind == "text":
                continue
            kind = self._status(piece.content, scope)
            alike = (ONE,) if piece.kind == "name" else PRINTABLE
            differs = isinstance(kind, str) and kind != _UNKNOWN and kind not in alike
            found.append(None if differs else kind)
        refusals = [status for status in found if isinstance(status, Refusal)]
        if refusals:
            return refusals[0]
        return None if None in found else _UNKNOWN

    def _status(self, expression: str, scope: Mapping[str, Status]) -> Status:
        """Return what becomes of EXPRESSION where the variables of SCOPE are known."""
        refusal = find_refusal([expression], self.namespaces, self.functions)
        if refusal:
            return refusal
        variables = find_variables(expression)
        for name in sorted(variables):
            if isinstance(scope.get(name), Refusal):
                return scope[name]
        if self.modern:
            kinds = {name: kind for name, kind in scope.items() if isinstance(kind, str)}
            return find_kind(expression, kinds, self.keys)
        if not is_xpath1(expression):
            return None
        for name in sorted(variables - set(scope)):
            return Refusal(False, f"it uses ${name}, which no let defines")
        known = all(scope[name] is not None for name in variables)
        return _UNKNOWN if known and find_keys(expression) <= self.keys else None
