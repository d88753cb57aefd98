"""The pages of the rules: what each finding means, under a name and a code that do not change.

One TOML file a family beside this module, one table a rule, read when it is first asked for.
"""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from teikit.report import Finding

LEVELS = ("off", "info", "warning", "error")

Levels = Sequence[tuple[str, str]]  # (name, code, its beginning, or family; one of LEVELS)


@dataclass(frozen=True)
class Rule:
    """The page of one rule. A name that ends in `:*` stands for all of a family without a page."""

    name: str
    code: str
    severity: str  # one of LEVELS: what holds unless edition.toml says otherwise
    title: str
    text: str
    wrong: str = ""  # TEI that gives this finding: a fragment of <body>, or a whole document
    right: str = ""  # the same, mended
    how: str = ""  # in words, where no single file can show it
    schema: str = ""  # of the examples: its text, or the name of a file of the edition's schema
    fixed: bool = False  # it says that a file was not checked at all, so it is never hidden

    @property
    def family(self) -> str:
        """Return the part of the name before the colon."""
        return self.name.partition(":")[0]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return all rules, sorted by code."""
    found = [rule for family in all_families() for rule in _read_family(family).values()]
    return tuple(sorted(found, key=lambda rule: (rule.code, rule.name)))


@cache
def all_families() -> tuple[str, ...]:
    """Return the names of the families, sorted."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.toml")))


def find_rule(text: str) -> Rule | None:
    """Return the rule with this name ("ids:duplicate") or code ("IDS001"), if there is one."""
    wanted = text.strip()
    family, colon, _ = wanted.lower().partition(":")
    if colon:
        rules = _read_family(family)
        return rules.get(wanted.lower()) or rules.get(f"{family}:*")
    return next((rule for rule in all_rules() if rule.code == wanted.upper()), None)


def code_of(name: str) -> str:
    """Return the code of the rule with this name; empty where it has no page."""
    rule = find_rule(name)
    return rule.code if rule else ""


def find_near(text: str) -> str:
    """Return the family, rule name or code that TEXT may have been meant for; empty: none."""
    rules = all_rules()
    by_last_part = {rule.name.partition(":")[2]: rule.name for rule in reversed(rules)}
    wanted = text.strip().lower()[:64]
    for known in (all_families(), [rule.name for rule in rules], by_last_part):
        if near := difflib.get_close_matches(wanted, sorted(known), 1, 0.8):
            return by_last_part[near[0]] if known is by_last_part else near[0]
    near = difflib.get_close_matches(wanted.upper(), [rule.code for rule in rules], 1, 0.8)
    return near[0] if near else ""


def is_key(text: str) -> bool:
    """Return whether TEXT is a rule's name, its code, or a family."""
    return text.lower() in all_families() or find_rule(text) is not None


def is_prefix(text: str) -> bool:
    """Return whether a code begins with TEXT, as all of a family begin with its three letters."""
    return bool(text) and any(rule.code.startswith(text.upper()) for rule in all_rules())


def override_of(name: str, levels: Levels) -> str | None:
    """Return the level that LEVELS give this rule, the most specific one; None: they say nothing.

    Its own name counts more than its code, that more than a beginning of it, and that more than
    its family.
    """
    asked = {key.lower(): level for key, level in levels}
    rule = find_rule(name) if asked else None
    if rule is None or rule.fixed:
        return None
    letters = (rule.code[:length].lower() for length in range(len(rule.code), 0, -1))
    for key in (name.lower(), rule.name, *letters, rule.family):
        if key in asked:
            return asked[key]
    return None


def level_of(name: str, levels: Levels) -> str:
    """Return the level that holds for this rule: what LEVELS say, or else its page."""
    rule = find_rule(name)
    return override_of(name, levels) or (rule.severity if rule else "error")


def apply_levels(findings: Iterable[Finding], levels: Levels) -> list[Finding]:
    """Return the findings with the severities that LEVELS give them, without those that are off."""
    kept = []
    for finding in findings:
        rule = find_rule(finding.rule)
        is_off = rule is not None and rule.severity == "off"
        level = override_of(finding.rule, levels) or ("off" if is_off else finding.severity)
        if level != "off":
            kept.append(finding if level == finding.severity else replace(finding, severity=level))
    return kept


def select(
    findings: Iterable[Finding], chosen: Sequence[str], ignored: Sequence[str]
) -> list[Finding]:
    """Return the findings of the rules CHOSEN (none: of all) that are not IGNORED.

    Both are names, codes, families or beginnings of codes. That a file could not be checked at
    all is always kept: without it, silence would say that the file is right. (That one was passed
    over in a folder, because it is not TEI, is only an info.)
    """
    return [
        finding
        for finding in findings
        if (finding.severity != "info" and is_fixed(finding.rule))
        or (
            (not chosen or any(_matches(rule, chosen) for rule in finding.rules))
            and not _matches(finding.rule, ignored)
        )
    ]


def is_fixed(name: str) -> bool:
    """Return whether the rule says that a file was not checked, so that it is never hidden."""
    rule = find_rule(name)
    return rule is not None and rule.fixed


def _matches(name: str, keys: Sequence[str]) -> bool:
    rule = find_rule(name)
    names = {name.lower(), name.partition(":")[0]} | ({rule.name} if rule else set())
    return any(
        key.lower() in names or (rule is not None and rule.code.startswith(key.upper()))
        for key in keys
    )


@cache
def _read_family(family: str) -> dict[str, Rule]:
    path = Path(__file__).parent / f"{family}.toml"
    if not family.isalnum() or not path.is_file():
        return {}
    import tomllib  # workers know the rules by name, and read no page

    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: _rule(name, table) for name, table in tables.items()}


def _rule(name: str, table: dict[str, Any]) -> Rule:
    texts = {
        key: value.strip("\n") if isinstance(value, str) else value for key, value in table.items()
    }
    return Rule(name, **texts)
