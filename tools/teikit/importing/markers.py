"""Page markers of a plain text, such as [p. 12]: found by their form, and by their numbers."""

import re
from collections import Counter
from itertools import pairwise

from teikit.witness import NUMBER

# a bracket or dashes, perhaps a word for page, the number, and what closes it
_MARKER = re.compile(
    r"(?P<before>(?:[\[{<【〔〈（(|]|--? ?)\s?"
    r"(?P<word>(?:pp?|pgs?|pages?|pag|p[aá]g|S|Seite|f|ff|fol|folio|ps?|стр|с)?\.? ?|第))"
    r"(?P<n>\d{1,5}[rvab]?|[ivxlc]{1,10}|[IVXLC]{1,10})"
    r"(?P<after>\s?[页頁葉叶]?(?: ?--?|[\]}>】〕〉）)|]))"
)
_NEAR = 80  # characters on each side of a marker that are looked at
_OWN_LINE = 0.8  # share of a form that stands on lines of its own, to be taken for a marker
_ASCENDING = 0.9  # share of the numbers that follow on the one before


def find_page_marker(text: str, line_end: str) -> tuple[str, str]:
    """Return the page marker of the text, and what there is to say; both may be empty.

    One with a word for page is taken; a bare number only where it has a line of its own, since
    [12] in a line is as often a note.
    """
    forms: dict[tuple[str, str], list[tuple[int, bool]]] = {}
    for match in _MARKER.finditer(text):
        if match["before"].startswith("-") != match["after"].endswith("-"):
            continue
        form = match["before"], match["after"]
        number = _value(match["n"])
        if number:
            forms.setdefault(form, []).append((number, _is_alone(text, match, line_end)))
    counts = Counter({form: len(found) for form, found in forms.items()})
    for (before, after), count in counts.most_common(5):
        found = forms[before, after]
        if not _ascends([number for number, _ in found]):
            continue
        marker = before + NUMBER + after
        named = any(one.isalpha() for one in before + after)
        alone = sum(is_alone for _, is_alone in found)
        if named or (count > 1 and alone > _OWN_LINE * count):
            return marker, ""
        if count > 2:
            return "", (
                f'"{marker}" stands {count} times in the text, with numbers that ascend: if it '
                f'marks pages, say --page-marker "{marker}"'
            )
    return "", ""


def _is_alone(text: str, match: re.Match, line_end: str) -> bool:
    before = text[max(0, match.start() - _NEAR) : match.start()].rpartition(line_end)[2]
    after = text[match.end() : match.end() + _NEAR].partition(line_end)[0]
    return not before.strip() and not after.strip()


def _ascends(numbers: list[int]) -> bool:
    """Return whether the numbers mostly go up by one; 12r, 12v stand still once."""
    steps = [after - before for before, after in pairwise(numbers)]
    return sum(step in (0, 1) for step in steps) >= _ASCENDING * len(steps)


def _value(said: str) -> int:
    """Return the number that is said in Arabic or Roman digits; 0 where it is none."""
    digits = said.rstrip("rvab")
    if digits.isdigit():
        return int(digits)
    return roman_value(said)


def roman_value(said: str) -> int:
    """Return the value of a Roman number; 0 where it is none."""
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    total, highest = 0, 0
    for letter in reversed(said.lower()):
        value = values.get(letter, 0)
        if not value:
            return 0
        total += value if value >= highest else -value
        highest = max(highest, value)
    return total if total > 0 and _roman(total) == said.lower() else 0


def _roman(number: int) -> str:
    said = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        while number >= value:
            said, number = said + letters, number - value
    return said
