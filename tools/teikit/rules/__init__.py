"""The rules by name: stand-in until the real loader lands."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Rule:
    """One rule: its name, code, default severity and page."""

    name: str
    code: str
    severity: str
    title: str
    text: str
    wrong: str = ""
    right: str = ""
    how: str = ""
    fixed: bool = False


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return all rules, sorted by name."""
    found = []
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found.append(Rule(name, **table))
    return tuple(sorted(found, key=lambda rule: rule.name))


def find_rule(name_or_code: str) -> Rule | None:
    """Return the rule with this name or code, or None."""
    return next((r for r in all_rules() if name_or_code in (r.name, r.code)), None)


def level_of(rule_name: str, levels: Iterable[tuple[str, str]]) -> str:
    """Return the level of the rule: what the settings say, else its own."""
    rule = find_rule(rule_name)
    code = rule.code if rule else ""
    said = dict(levels)
    for key in (rule_name, code, rule_name.partition(":")[0]):
        if key in said:
            return said[key]
    return rule.severity if rule else "error"
