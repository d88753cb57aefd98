"""Findings without those that are allowed in place, and findings on the allowances themselves."""

from collections.abc import Callable, Iterable, Iterator

from teikit.check.records import Allowance
from teikit.report import Finding
from teikit.rules import all_families, all_rules, find_near, find_rule

# what says that a file could not be read or checked is never allowed; nor are findings on these
FIXED_FAMILIES = frozenset({"allow", "file", "safety", "xml"})
_FORM = '<?teikit allow="RULE" reason="..."?>'


def apply_allowances(
    findings: Iterable[Finding],
    allowances: Iterable[Allowance],
    ran: Callable[[str, str], bool],
) -> tuple[list[Finding], int]:
    """Return the findings that are left, and how many were allowed.

    Left are those that are not allowed, and those on the allowances themselves.

    `ran` says of a rule's name and a file's path whether the rule was tried there: an allowance
    of one that was not is not said to allow nothing.
    """
    known = _Known()
    good, kept = [], []
    for allowance in allowances:
        kept.extend(_problems(allowance, known))
        if not allowance.problem:
            good.append(allowance)
    by_element: dict[tuple[str, int], list[tuple[Allowance, str]]] = {}
    for allowance in good:
        for word in allowance.rules:
            by_element.setdefault((allowance.place.path, allowance.ordinal), []).append(
                (allowance, word)
            )
    used: set[tuple[Allowance, str]] = set()
    allowed: set[Finding] = set()
    for finding in findings:
        matching = [
            (allowance, word)
            for allowance, word in by_element.get((finding.place.path, _element_of(finding)), ())
            if (finding.place.line or allowance.of_file) and known.covers(word, finding.rule)
        ]
        used.update(matching)
        if matching:
            allowed.add(finding)
        else:
            kept.append(finding)
    for allowance in good:
        kept.extend(_useless(allowance, used, known, ran))
    return kept, len(allowed)


def _element_of(finding: Finding) -> int:
    """Return the ordinal of the element that the finding is on; on the whole file, the first."""
    return 0 if not finding.place.line else finding.ordinal


class _Known:
    """The rules, by what an allowance may call them."""

    def __init__(self):
        self._families: dict[str, list[str]] = {family: [] for family in all_families()}
        for rule in all_rules():
            self._families[rule.family].append(rule.name)

    def rules_of(self, word: str) -> tuple[str, ...]:
        """Return the names of the rules for which WORD, a name, kind or beginning of codes, is."""
        if word.lower() in self._families:
            return tuple(self._families[word.lower()])
        rule = find_rule(word)
        if rule is None:
            return tuple(one.name for one in all_rules() if one.code.startswith(word.upper()))
        return (word.lower(),) if rule.name.endswith(":*") else (rule.name,)

    def is_fixed(self, name: str) -> bool:
        """Return whether the rule may not be allowed."""
        rule = find_rule(name)
        return (rule is not None and rule.fixed) or name.partition(":")[0] in FIXED_FAMILIES

    def covers(self, word: str, name: str) -> bool:
        """Return whether WORD allows the findings of the rule NAME."""
        if self.is_fixed(name):
            return False
        rule, rules = find_rule(name), self.rules_of(word)
        if name.lower() in rules or (rule is not None and rule.name in rules):
            return True
        return word.lower() == name.partition(":")[0]


def _problems(allowance: Allowance, known: _Known) -> Iterator[Finding]:
    if allowance.problem:
        yield _finding(
            allowance, "malformed", "error", allowance.problem, f"Write {_FORM} before the element."
        )
        return
    if not allowance.reason:
        yield _finding(
            allowance,
            "no-reason",
            "error",
            "it gives no reason",
            'Say in reason="..." why the finding is right to be left.',
        )
    for word in allowance.rules:
        rules = known.rules_of(word)
        if not rules:
            near = find_near(word[:64])
            yield _finding(
                allowance,
                "unknown-rule",
                "error",
                f'there is no rule "{word}"',
                f"Did you mean {near}?"
                if near
                else "The name stands in square brackets after the finding.",
                (near,) if near else (),
            )
        elif all(known.is_fixed(name) for name in rules):
            yield _finding(
                allowance,
                "unknown-rule",
                "error",
                f'"{word}" cannot be allowed: it says that a file was not read or not checked',
                "Mend what it reports.",
            )


def _useless(
    allowance: Allowance,
    used: set[tuple[Allowance, str]],
    known: _Known,
    ran: Callable[[str, str], bool],
) -> Iterator[Finding]:
    for word in allowance.rules:
        rules = [name for name in known.rules_of(word) if not known.is_fixed(name)]
        if (allowance, word) in used or not rules:
            continue
        if any(ran(name, allowance.place.path) for name in rules):
            yield _finding(
                allowance,
                "nothing",
                "warning",
                f"the element that follows has no finding of {word}",
                "Take the allowance out; or put it right before the element that is meant.",
            )


def _finding(
    allowance: Allowance,
    rule: str,
    severity: str,
    said: str,
    hint: str,
    expected: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        allowance.place,
        f"allow:{rule}",
        f"this allowance: {said}",
        severity=severity,
        hint=hint,
        expected=expected,
        ordinal=max(allowance.ordinal, 0),
    )
