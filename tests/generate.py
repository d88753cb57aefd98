"""Documents that grow from a grammar: random, valid, the same for the same seed."""

import random
from math import inf

from lxml import etree

from teikit.document import safe_parser
from teikit.schema.relaxng import Grammar
from teikit.schema.relaxng.datatypes import Nowhere
from teikit.schema.relaxng.nameclasses import contains, listed
from teikit.schema.relaxng.patterns import Pattern
from teikit.schema.relaxng.restrictions import reachable

SAMPLES = (
    "x",
    "a1",
    "one",
    "two words",
    "#x",
    "http://example.org/a",
    "1",
    "0",
    "12",
    "-3",
    "0.5",
    "true",
    "false",
    "en",
    "zh-Hant",
    "2012",
    "2012-06-07",
    "2012-06",
    "--06",
    "---07",
    "--06-07",
    "12:30:00",
    "2012-06-07T12:30:00Z",
    "P1Y2M",
    "1/2",
    "12pt",
    "12%",
    "3cm",
    "1.0.1",
    "4.9.0",
    "unknown",
    "high",
    "a:b",
    "x-y",
    "",
    "ab cd",
    "YQ==",
    "00ff",
    "teidata.word",
    "/a/b",
    "element",
    "U+0041",
    "M",
    "5 6",
    "12,3 4,5 6,7",
    "1,2 3,4 5,6",
    "30 30",
    "P1D",
    "A",
    "aB",
    "application/xml",
    "text/plain",
)
WORDS = ("word", "of", "text", "語", "ça", "& <")
NAMESPACES = ("", "urn:example:other")


class Generator:
    """Grows documents from one grammar."""

    def __init__(self, grammar: Grammar, seed: int):
        self.grammar = grammar
        self.random = random.Random(seed)
        self.elements = reachable(grammar.start)
        self.costs: dict[int, float] = {}
        self.values: dict[int, list[str]] = {}
        self.budget = 0
        self._find_costs()

    # -- the smallest number of elements that each pattern needs ------------------------------

    def _find_costs(self) -> None:
        self.element_costs = {element.number: inf for element in self.elements}
        changed = True
        while changed:
            self.costs = {}
            changed = False
            for element in self.elements:
                cost = 1 + self.cost(element.content)
                if cost < self.element_costs[element.number]:
                    self.element_costs[element.number] = cost
                    changed = True

    def cost(self, pattern: Pattern) -> float:
        if pattern.kind == "element":
            return self.element_costs.get(pattern.number, inf)
        if pattern.number not in self.costs:
            self.costs[pattern.number] = self._cost(pattern)
        return self.costs[pattern.number]

    def _cost(self, pattern: Pattern) -> float:
        if pattern.kind == "notAllowed":
            return inf
        if pattern.kind in ("data", "value", "list") and not self.texts(pattern):
            return inf
        if pattern.kind == "attribute":
            return 0.01 + self.cost(pattern.content)
        costs = [self.cost(member) for member in pattern.members]
        if pattern.kind == "choice":
            return min(costs)
        return sum(costs)

    # -- values -------------------------------------------------------------------------------

    def texts(self, pattern: Pattern) -> list[str]:
        """Return some texts that the data pattern allows."""
        if pattern.number not in self.values:
            derivatives = self.grammar.automaton.derivatives
            candidates = list(SAMPLES) + [leaf.lexical for leaf in _leaves(pattern)]
            self.values[pattern.number] = [
                text for text in candidates if derivatives.matches(pattern, text, Nowhere())
            ]
        return self.values[pattern.number]

    # -- growing ------------------------------------------------------------------------------

    def document(self, size: int = 60) -> etree._Element:
        """Return a valid document of about SIZE elements, or few more."""
        self.budget = size
        holder = etree.Element("holder")
        self.grow(self.grammar.start, holder)
        (root,) = holder
        holder.remove(root)
        return etree.fromstring(etree.tostring(root, encoding="utf-8"), safe_parser())

    def grow(self, pattern: Pattern, parent: etree._Element) -> None:
        """Add to PARENT what the pattern asks for."""
        for kind, what in self.parts(pattern):
            if kind == "text":
                self._add_text(parent, what)
            elif kind == "attribute":
                self._add_attribute(parent, what)
            else:
                self.budget -= 1
                child = etree.SubElement(parent, self._name(what))
                self.grow(what.content, child)

    def parts(self, pattern: Pattern) -> list[tuple[str, object]]:
        kind = pattern.kind
        if kind in ("element", "attribute"):
            return [(kind, pattern)]
        if kind == "text":
            return [("text", self.random.choice(WORDS) + " ")] if self.random.random() < 0.7 else []
        if kind in ("data", "value", "list"):
            return [("text", self.random.choice(self.texts(pattern)))]
        if kind == "choice":
            return self.parts(self._choose(pattern))
        if kind == "oneOrMore":
            times = 1
            while self.budget > 0 and times < 4 and self.random.random() < 0.5:
                times += 1
            return [part for _ in range(times) for part in self.parts(pattern.members[0])]
        several = [self.parts(member) for member in pattern.members]
        if kind == "interleave":
            return self._shuffle(several)
        return [part for parts in several for part in parts]

    def _choose(self, pattern: Pattern) -> Pattern:
        possible = [member for member in pattern.members if self.cost(member) < inf]
        if self.budget <= 0:
            return min(possible, key=self.cost)
        near = [member for member in possible if self.cost(member) <= max(self.budget, 4)]
        return self.random.choice(near or [min(possible, key=self.cost)])

    def _shuffle(self, several: list[list]) -> list:
        result = []
        while any(several):
            parts = self.random.choice([parts for parts in several if parts])
            result.append(parts.pop(0))
        return result

    def _name(self, pattern: Pattern) -> str:
        names = list(listed(pattern.names))
        namespaces = [*NAMESPACES, getattr(pattern.names, "namespace", "")]
        for namespace in namespaces:
            name = f"{{{namespace}}}any" if namespace else "any"
            if contains(pattern.names, name):
                names.append(name)
        return self.random.choice(names)

    def _add_attribute(self, parent: etree._Element, pattern: Pattern) -> None:
        name = self._name(pattern)
        if pattern.content.kind == "text" or not parent.get(name):
            texts = [what for _kind, what in self.parts(pattern.content)]
            parent.set(name, "".join(texts).strip() if pattern.content.has_text else "".join(texts))

    def _add_text(self, parent: etree._Element, text: str) -> None:
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text


def _leaves(pattern: Pattern):
    if pattern.kind == "value":
        yield pattern
    elif pattern.kind == "list":
        yield from _leaves(pattern.content)
    for member in pattern.members:
        yield from _leaves(member)
