"""Findings that the editors allow in place: <?teikit allow="RULE" reason="..."?>.

The processing instruction stands before an element and allows the findings of a rule (or a code,
or a family of rules) at that element, not at what is in it. Before the outermost element it
allows those on the file as a whole too. An allowance that allows nothing is itself a finding, as
is one that gives no reason.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from teikit.check.records import Allowance
from teikit.report import Finding
from teikit.rules import all_families, all_rules, find_near, find_rule

if TYPE_CHECKING:
    from teikit.document import Document

# what says that a file could not be read or checked is never allowed; nor are findings on these
FIXED_FAMILIES = frozenset({"allow", "file", "safety", "xml"})
_OURS = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?teikit(?P<said>(?:\s.*?)?)\?>|<\?.*?\?>", re.DOTALL
)
_PART = re.compile(r"""\s*([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FORM = '<?teikit allow="RULE" reason="..."?>'


def find_allowances(document: "Document") -> tuple[Allowance, ...]:
    """Return the allowances of the document, in order, those that cannot be understood too."""
    return tuple(
        _allowance(document, file, match.start(), match.end(), match["said"].decode("utf-8"))
        for file, source in enumerate(document.sources)
        if b"<?teikit" in source.utf8
        for match in _OURS.finditer(source.utf8)
        if match["said"] is not None
    )


def _allowance(document: "Document", file: int, start: int, end: int, said: str) -> Allowance:
    place = document.sources[file].span(start, end)
    before_root = file == 0 and start < document.extent(document.root)[0]
    ordinal = 0 if before_root else _following(document, file, start, end)
    parts, at = {}, 0
    while match := _PART.match(said, at):
        parts[match[1]] = match[2] if match[2] is not None else match[3]
        at = match.end()
    problem = ""
    if said[at:].strip() or "allow" not in parts or set(parts) - {"allow", "reason"}:
        problem = "teikit cannot understand it"
    elif not parts["allow"].split():
        problem = "it names no rule"
    elif ordinal < 0:
        problem = "no element follows it, so there is nothing that it could stand for"
    rules = tuple(parts.get("allow", "").split())
    return Allowance(place, ordinal, rules, parts.get("reason", "").strip(), before_root, problem)


def _following(document: "Document", file: int, start: int, end: int) -> int:
    """Return the next element that has the same parent; -1 where there is none."""
    following = document.ordinal_after(end, file)
    if following < 0 or document.parent_ordinal(following) != document.ordinal_at(start, file):
        return -1
    return following


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
        """Return the names of the rules that WORD (a name, code or family) stands for."""
        if word.lower() in self._families:
            return tuple(self._families[word.lower()])
        rule = find_rule(word)
        if rule is None:
            return ()
        return (word.lower(),) if rule.name.endswith(":*") else (rule.name,)

    def is_fixed(self, name: str) -> bool:
        """Return whether the rule may not be allowed."""
        rule = find_rule(name)
        return (rule is not None and rule.fixed) or name.partition(":")[0] in FIXED_FAMILIES

    def covers(self, word: str, name: str) -> bool:
        """Return whether WORD allows the findings of the rule NAME."""
        if self.is_fixed(name):
            return False
        return name.lower() in self.rules_of(word) or word.lower() == name.partition(":")[0]


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
