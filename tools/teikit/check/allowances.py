"""Findings that the editors allow in place: <?teikit allow="RULE" reason="..."?>.

The processing instruction stands before an element and allows the findings of a rule (or a code,
the letters that codes begin with, or a kind of rules) at that element, not at what is in it.
Before the outermost element it allows those on the file as a whole too. An allowance that allows
nothing is itself a finding, as is one that gives no reason.
"""

import re
from typing import TYPE_CHECKING

from teikit.check.gaps import is_gap
from teikit.check.records import Allowance

if TYPE_CHECKING:
    from teikit.document import Document

_OURS = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?teikit(?P<said>(?:\s.*?)?)\?>|<\?.*?\?>", re.DOTALL
)
_PART = re.compile(r"""\s*([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def find_allowances(document: "Document") -> tuple[Allowance, ...]:
    """Return the allowances of the document, in order, those that cannot be understood too."""
    return tuple(
        _allowance(document, file, match.start(), match.end(), match["said"].decode("utf-8"))
        for file, source in enumerate(document.sources)
        if b"<?teikit" in source.utf8
        for match in _OURS.finditer(source.utf8)
        if match["said"] is not None and not is_gap(match["said"].decode("utf-8"))
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
    elif not _names(parts["allow"]):
        problem = "it names no rule"
    elif ordinal < 0:
        problem = "no element follows it, so there is nothing that it could stand for"
    rules = _names(parts.get("allow", ""))
    return Allowance(place, ordinal, rules, parts.get("reason", "").strip(), before_root, problem)


def _names(said: str) -> tuple[str, ...]:
    """Return the names of rules, which spaces or commas part."""
    return tuple(said.replace(",", " ").split())


def _following(document: "Document", file: int, start: int, end: int) -> int:
    """Return the next element that has the same parent; -1 where there is none."""
    following = document.ordinal_after(end, file)
    if following < 0 or document.parent_ordinal(following) != document.ordinal_at(start, file):
        return -1
    return following
