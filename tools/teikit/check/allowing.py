"""Findings without those that are allowed in place, and findings on the allowances themselves."""

from collections.abc import Callable, Iterable, Iterator

from teikit.check.records import Allowance
from teikit.report import Finding
from teikit.rules import all_families, all_rules, find_near, find_rule, is_fixed

_OWN = "allow"  # the family of findings on allowances themselves
_MOST_NEAR = 100  # wrong words for which the right one is looked for
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
    words = _Words(good, known)
    allowed: set[Finding] = set()
    for finding in findings:
        if words.allow(finding):
            allowed.add(finding)
        else:
            kept.append(finding)
    for number, allowance in enumerate(good):
        kept.extend(_useless(allowance, words.used[number], known, ran))
    return kept, len(allowed)


class _Words:
    """What is allowed where, and which words of the allowances were needed.

    A document may have very many words before an element with very many findings: each word is
    looked at once for each rule.
    """

    def __init__(self, allowances: list[Allowance], known: "_Known"):
        self._allowances, self._known = allowances, known
        self.used: list[set[str]] = [set() for _ in allowances]  # by number of the allowance
        self._at: dict[tuple[str, int, str], list[tuple[int, str]]] = {}
        self._answers: dict[tuple[str, int, str, bool], bool] = {}
        for number, allowance in enumerate(allowances):
            for word in dict.fromkeys(allowance.rules):
                for key in known.keys_of(word):
                    where = allowance.place.path, allowance.ordinal, key
                    self._at.setdefault(where, []).append((number, word))

    def allow(self, finding: Finding) -> bool:
        """Return whether the finding is allowed, and note by which words."""
        names = [rule.lower() for rule in finding.rules if not self._known.is_never_allowed(rule)]
        keys = [key for name in names for key in (name, name.partition(":")[0])]
        answers = [self._allow(finding, key) for key in keys]  # all, to note which are needed
        return any(answers)

    def _allow(self, finding: Finding, key: str) -> bool:
        where = finding.place.path, _element_of(finding), key
        asked = (*where, bool(finding.place.line))
        if asked not in self._answers:
            matching = [
                (number, word)
                for number, word in self._at.get(where, ())
                if finding.place.line or self._allowances[number].of_file
            ]
            for number, word in matching:
                self.used[number].add(word)
            self._answers[asked] = bool(matching)
        return self._answers[asked]


def _element_of(finding: Finding) -> int:
    """Return the ordinal of the element that the finding is on; on the whole file, the first."""
    return 0 if not finding.place.line else finding.ordinal


class _Known:
    """The rules, by what an allowance may call them."""

    def __init__(self):
        self._near: dict[str, str] = {}
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

    def is_never_allowed(self, name: str) -> bool:
        """Return whether the rule may not be allowed: it says that a file was not checked."""
        return is_fixed(name) or name.partition(":")[0] == _OWN

    def keys_of(self, word: str) -> tuple[str, ...]:
        """Return the names of the rules, or the family, that WORD stands for, in small letters."""
        if word.lower() in self._families:
            return (word.lower(),)
        names = (name.lower() for name in self.rules_of(word))
        return tuple(name.removesuffix(":*") for name in names)

    def near(self, word: str) -> str:
        """Return the rule that WORD may have been meant for; the first wrong words are compared."""
        if word not in self._near:
            if len(self._near) >= _MOST_NEAR:
                return ""
            self._near[word] = find_near(word)
        return self._near[word]


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
    for word in dict.fromkeys(allowance.rules):
        rules = known.rules_of(word)
        if not rules:
            near = known.near(word[:64])
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
        elif all(known.is_never_allowed(name) for name in rules):
            yield _finding(
                allowance,
                "unknown-rule",
                "error",
                f'"{word}" cannot be allowed: it says that a file was not read or not checked',
                "Mend what it reports.",
            )


def _useless(
    allowance: Allowance,
    used: set[str],
    known: _Known,
    ran: Callable[[str, str], bool],
) -> Iterator[Finding]:
    for word in dict.fromkeys(allowance.rules):
        rules = [name for name in known.rules_of(word) if not known.is_never_allowed(name)]
        if word in used or not rules:
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
