"""Which known name was probably meant by one that is not known."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from teikit.schema.relaxng.otherwords import other_words

_LONGEST = 60  # characters: what is longer is no misspelt name
_CLOSE = 0.7  # steps by which others may be farther than the nearest one
_FARTHER = 1.6  # steps that a name which could not stand here is put back
_LETTERS = re.compile(r"[\W\d_]+")


def near_names(
    written: str,
    names: Iterable[str],
    kind: str,
    gloss: Callable[[str], str] = lambda name: "",
    elsewhere: Iterable[str] = (),
) -> tuple[str, ...]:
    """Return up to three of the names that look like what was written, or mean it, best first.

    KIND is "element", "attribute" or "value"; GLOSS gives what a name stands for, "(line group)".
    Those from ELSEWHERE count as farther away than they are.
    """
    if not 0 < len(written) <= _LONGEST:
        return ()
    found: dict[str, tuple[float, int]] = {}
    others = other_words(written, kind)
    here = len(names := list(names))
    for index, name in enumerate((*names, *elsewhere)):
        score = others.index(name) / 10 + 0.1 if name in others else None
        if score is None:
            score = _likeness(written, name, kind)
        if score is None and kind == "element":
            score = _in_gloss(written, gloss(name))
        if score is not None:
            found.setdefault(name, (score + _FARTHER * (index >= here), index))
    ranked = sorted(found, key=found.__getitem__)
    return tuple(name for name in ranked if found[name][0] <= found[ranked[0]][0] + _CLOSE)[:3]


def _likeness(written: str, name: str, kind: str) -> float | None:
    """Return how far the name is from what was written; None where it is too far."""
    if written == name:
        return 0
    one, other = _bare(written), _bare(name)
    if not one or not other:
        return None
    if one == other:
        return 0.2 if written.casefold() == name.casefold() else 0.4
    if kind != "value" and one == _bare(name.rpartition(":")[2]):
        return 0.3
    shorter, longer = sorted((one, other), key=len)
    allowed = _allowed(len(shorter), one, other)
    if len(longer) - len(shorter) <= allowed:
        steps = distance(one, other, allowed)
        if steps is not None:
            return steps
    if len(shorter) >= 4 and longer.startswith(shorter):
        return 2.5
    return None


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """Return the letters and digits in small; of a name without letters, all of it."""
    return _LETTERS.sub("", text.casefold()) or text


def _allowed(length: int, one: str, other: str) -> int:
    """Return how many slips may be in a name of this length."""
    if length == 1:
        return int({*one} == {*other})  # pp for p
    if length == 2:
        return int({*one} == {*other})
    if length <= 4:
        return 1
    return 2 if length <= 8 else 3


def distance(one: str, other: str, most: int) -> int | None:
    """Return how many letters differ, are missing or too many, or changed places; None: more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, row, older = row, [i], before
        for j, against in enumerate(other, 1):
            cost = min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
        before = last
    return row[-1] if row[-1] <= most else None


def _in_gloss(written: str, gloss: str) -> float | None:
    """Return how far a gloss such as "(line group) contains ..." is from what was written."""
    match = re.match(r"\(([^()]{2,60})\)", gloss)
    if match is None or len(written) < 3:
        return None
    said, wanted = _bare(match[1]), _bare(written)
    if said == wanted:
        return 0.2
    words = match[1].casefold().split()
    return 1.5 if len(wanted) > 3 and (wanted in words or said.startswith(wanted)) else None
