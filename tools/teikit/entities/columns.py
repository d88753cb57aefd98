"""The columns of a sheet of entities: what one cell of a row stands for in the entry's XML.

type                      the @type of the entry itself; entry@when: another attribute of it
text                      the words of an entry that has no elements
name:en, name(main):en    the usual name element of its kind, with @xml:lang and @type
name:en#2                 the second such element of the entry
birth, birth@when         an element and its attribute
persName/surname          an element in an element; <name>: the TEI element of that name
idno:gnd, idno(URL/gnd)   an idno by its @type; @type and @subtype
[note:en]                 shown only: there is markup in it that no cell can hold
"""

import re
from dataclasses import dataclass, replace

REGISTER, ID, KIND, STATE = "register", "id", "kind", "state"
FIXED = (REGISTER, ID, KIND)
# the element of a kind that gives its usual name
USUAL_NAMES = {
    "org": "orgName", "person": "persName", "personGrp": "persName", "place": "placeName",
    "event": "eventName", "bibl": "title", "item": "term", "nym": "form",
}  # fmt: skip
# the order of columns, and of elements that are added to an entry
ORDER = (
    "persName orgName placeName eventName title term objectIdentifier objectName form name "
    "forename nameLink surname roleName genName addName head label geogName settlement district "
    "region country bloc author editor analytic monogr series imprint pubPlace publisher birth "
    "death floruit date sex gender age nationality faith langKnowledge occupation affiliation "
    "residence education socecStatus trait state location geo event biblScope extent gloss desc "
    "p idno note bibl ptr ref"
).split()  # fmt: skip
# the elements that are entries, as a sheet can add them
KINDS = (
    "person", "personGrp", "org", "place", "event", "bibl", "biblStruct", "object", "item",
    "interp", "nym",
)  # fmt: skip
_RANKS = {name: number for number, name in enumerate(ORDER)}
_RESERVED = frozenset({*FIXED, STATE, "type", "text", "entry", "name"})
_WORD = r"[A-Za-z_][A-Za-z0-9_.-]*"
_QUALIFIER = r"[^()\[\]/#@<>\s]+"
_STEP = re.compile(
    rf"(?P<name>{_WORD}|<{_WORD}>)"
    rf"(?P<paren>\((?P<type>{_QUALIFIER})?(?:/(?P<subtype>{_QUALIFIER}))?\))?"
    r"(?::(?P<lang>[\w.-]+))?(?:#(?P<number>[1-9][0-9]{0,3}))?"
)
_ATTRIBUTE = re.compile(rf"@({_WORD})")
_PLAIN = re.compile(_QUALIFIER)
_LANGUAGE = re.compile(r"[A-Za-z0-9-]+")
_SHORT_TYPE = re.compile(r"[\w.-]+")


@dataclass(frozen=True)
class Step:
    """One element on the way from an entry to what a cell holds."""

    name: str
    type: str = ""
    subtype: str = ""
    lang: str = ""
    number: int = 1  # among those of its parent that are alike in all this

    @property
    def is_plain(self) -> bool:
        """Return whether it can be written as the head of a column."""
        return (
            all(not one or _PLAIN.fullmatch(one) for one in (self.type, self.subtype))
            and (not self.lang or bool(_LANGUAGE.fullmatch(self.lang)))
            and bool(re.fullmatch(_WORD, self.name))
            and self.number < 10_000
        )


@dataclass(frozen=True)
class Column:
    """The way to what a cell holds: elements from the entry on, and an attribute, or else text."""

    steps: tuple[Step, ...] = ()
    attribute: str = ""

    def head(self, kind: str) -> str:
        """Return how a sheet calls the column in the row of an entry of this kind."""
        if not self.steps:
            if self.attribute in ("", "type"):
                return self.attribute or "text"
            return f"entry@{self.attribute}"
        steps = "/".join(
            _written(step, USUAL_NAMES.get(kind, "") if not index else "")
            for index, step in enumerate(self.steps)
        )
        return f"{steps}@{self.attribute}" if self.attribute else steps


def _written(step: Step, usual: str) -> str:
    name = step.name
    if usual and name == usual:
        name = "name"
    elif name in _RESERVED:
        name = f"<{name}>"
    number = f"#{step.number}" if step.number > 1 else ""
    lang = f":{step.lang}" if step.lang else ""
    if step.name == "idno" and not lang and not step.subtype and _SHORT_TYPE.fullmatch(step.type):
        return f"{name}:{step.type}{number}"
    subtype = f"/{step.subtype}" if step.subtype else ""
    is_said = step.type or subtype or (step.name == "idno" and lang)
    return f"{name}({step.type}{subtype}){lang}{number}" if is_said else f"{name}{lang}{number}"


def find_column(head: str, kind: str) -> Column | None:
    """Return what a column's HEAD means in the row of an entry of this KIND; None: nothing."""
    if head in ("text", "type"):
        return Column(attribute="" if head == "text" else "type")
    if head.startswith("entry@"):
        attribute = _ATTRIBUTE.fullmatch(head, len("entry"))
        return Column(attribute=attribute[1]) if attribute else None
    steps: list[Step] = []
    at = 0
    while True:
        found = _STEP.match(head, at)
        step = _step(found, kind, is_first=not steps) if found else None
        if step is None:
            return None
        steps.append(step)
        at = found.end()
        if at == len(head):
            return Column(tuple(steps))
        if head[at] != "/":
            break
        at += 1
    attribute = _ATTRIBUTE.fullmatch(head, at)
    return Column(tuple(steps), attribute[1]) if attribute else None


def _step(found: re.Match, kind: str, *, is_first: bool) -> Step | None:
    name = found["name"]
    if name.startswith("<"):
        name = name[1:-1]
    elif name == "name" and is_first and kind in USUAL_NAMES:
        name = USUAL_NAMES[kind]
    elif name in _RESERVED:
        return None
    lang = found["lang"] or ""
    step = Step(
        name, found["type"] or "", found["subtype"] or "", lang, int(found["number"] or "1")
    )
    if name == "idno" and not found["paren"] and lang:
        step = replace(step, type=lang, lang="")
    return step if step.is_plain else None


def shown_head(head: str) -> str:
    """Return the head of a column that is shown only."""
    return f"[{head}]"


def is_shown_only(head: str) -> bool:
    """Return whether what stands in the column is never written back."""
    return head.startswith("[")


def rank(name: str) -> int:
    """Return where elements of this name stand among those of an entry."""
    return _RANKS.get(name, len(_RANKS))


def is_known(name: str) -> bool:
    """Return whether an element of this name may be added to an entry that has none."""
    return name in _RANKS
