"""Abstract patterns and rules -> concrete ones (ISO/IEC 19757-3, 6.3 and 6.4)."""

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from teikit.document import OURS
from teikit.schema.schematron.includes import Budget
from teikit.schema.schematron.values import SCH, BadRules

_S = f"{{{SCH}}}"
INHERITED = f"{{{OURS}}}name"  # on an assertion: the id of the abstract rule it came from
SEVERITY = ("role", "flag", "severity")  # the attributes that say how bad it is
_DEEPEST = 50


def expand(root: etree._Element, budget: Budget) -> None:
    """Put concrete patterns and rules in the place of those that refer to abstract ones."""
    patterns = {
        pattern.get("id", ""): pattern
        for pattern in root.iter(f"{_S}pattern")
        if pattern.get("abstract") == "true"
    }
    for pattern in list(root.iter(f"{_S}pattern")):
        if pattern.get("is-a"):
            _instantiate(pattern, patterns, budget)
    rules = {
        rule.get("id", ""): rule
        for rule in root.iter(f"{_S}rule")
        if rule.get("abstract") == "true" and rule.get("id")
    }
    for rule in list(root.iter(f"{_S}rule")):
        if rule.get("abstract") != "true":
            near = {
                other.get("id", ""): other
                for other in rule.itersiblings(f"{_S}rule", preceding=True)
                if other.get("abstract") == "true"
            }
            _extend(rule, {**rules, **near}, budget)


def _instantiate(
    pattern: etree._Element, patterns: dict[str, etree._Element], budget: Budget
) -> None:
    """Fill PATTERN with the children of the abstract one, its parameters replaced."""
    base = patterns.get(pattern.get("is-a", ""))
    if base is None:
        known = ", ".join(sorted(patterns)) or "none"
        raise BadRules(
            f'a pattern is-a "{pattern.get("is-a")}", but there is no such abstract pattern '
            f"(there is: {known})"
        )
    values = {
        param.get("name", ""): param.get("value", "") for param in pattern.findall(f"{_S}param")
    }
    for child in base:
        budget.take(child)
        copy = deepcopy(child)
        for element in copy.iter(etree.Element):
            for name, value in element.attrib.items():
                if "$" in value:
                    element.set(name, _filled(value, values))
        pattern.append(copy)
    pattern.attrib.pop("is-a")


def _filled(text: str, values: dict[str, str]) -> str:
    """Return TEXT with each $name that is a parameter replaced by its value."""
    result = re.sub(r"\$([^\W\d][\w.\-]*)", lambda found: values.get(found[1], found[0]), text)
    if len(result) > 100_000:
        raise BadRules("an abstract pattern makes an expression that is longer than any")
    return result


def _extend(rule: etree._Element, rules: dict[str, etree._Element], budget: Budget) -> None:
    """Replace each extends in RULE by what the abstract rules hold."""
    for child in rule.findall(f"{_S}extends"):
        if child.get("rule") is None:
            continue
        for part in _parts(child.get("rule", ""), rules, budget, ()):
            child.addprevious(part)
        child.tail = None
        rule.remove(child)


def _parts(
    name: str, rules: dict[str, etree._Element], budget: Budget, above: tuple[str, ...]
) -> Iterator[etree._Element]:
    base = rules.get(name)
    if base is None:
        raise BadRules(f'a rule extends "{name}", but there is no such abstract rule')
    if name in above or len(above) > _DEEPEST:
        raise BadRules(f'the abstract rule "{name}" extends itself')
    budget.take(base)
    for child in base:
        if child.tag == f"{_S}extends" and child.get("rule") is not None:
            yield from _parts(child.get("rule", ""), rules, budget, (*above, name))
            continue
        copy = deepcopy(child)
        copy.tail = None
        if copy.tag in (f"{_S}assert", f"{_S}report"):
            copy.set(INHERITED, copy.get(INHERITED, name))
            for attributes in (("see",), ("subject",), SEVERITY):
                if not any(copy.get(attribute) for attribute in attributes):
                    copy.attrib.update({a: base.get(a) for a in attributes if base.get(a)})
        yield copy
