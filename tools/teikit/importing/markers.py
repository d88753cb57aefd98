"""Page markers of a plain text, such as [p. 12]: found by their form, and by their numbers."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from teikit.check.page_numbers import HAN_DIGITS, PAGE_NUMBER
from teikit.importing.numerals import page_value
from teikit.witness import NUMBER

_OPEN, _CLOSE = r"[\[{<【〔〈（(|［｛＜《「『]", r"[\]}>】〕〉）)|］｝＞》」』]"
_DASH = "(?:--|[-－–—―─‐])"
_LATIN = r"(?:pp?|pgs?|pages?|pag|p[aá]g|S|Seite|f|ff|fol|folio|ps?|стр|с|Bl|Blatt)"
# a bracket or dashes, perhaps a word for page, the number, and what closes it
_BRACKETED = re.compile(
    rf"(?P<before>(?:{_OPEN}|{_DASH} ?)\s?(?:{_LATIN}?\.? ?|第|[頁页葉叶]))"
    rf"(?P<n>{PAGE_NUMBER})"
    rf"(?P<after>\s?[页頁葉叶]?(?: ?{_DASH}|\s?{_CLOSE}))"
)
# without brackets, where it has a line of its own: 第12頁, 12頁, 頁12, 葉三, p. 12, Seite 12
_BARE = re.compile(
    rf"(?:^|(?<=[\n\r\f]))[ \t\u3000]*(?:"
    rf"(?P<before>(?:{_LATIN}\.? ?|[頁页葉叶]))(?P<n>{PAGE_NUMBER})"
    rf"|(?P<before2>第?\s?)(?P<n2>{PAGE_NUMBER})(?P<after2>\s?[页頁葉叶])"
    rf")[ \t\u3000]*(?=[\n\r\f]|\Z)"
)
_NAMES_PAGE = re.compile("[A-Za-zа-я页頁葉叶]")
_HAS_SIDE = re.compile(rf"[{HAN_DIGITS}].*[A-Za-z上下左右前後后正背]")
_NEAR = 80  # characters on each side of a marker that are looked at
_OWN_LINE = 0.8  # share of a form that stands on lines of its own, to be taken for a marker
_ASCENDING = 0.9  # share of the numbers that follow on the one before


@dataclass(frozen=True)
class _Found:
    """A place that may be a marker: what it says, its value, whether it is alone."""

    n: str
    number: int
    is_alone: bool


def find_page_marker(text: str, line_end: str) -> tuple[str, str]:
    """Return the page marker of the text, and what there is to say; both may be empty.

    One with a word for page is taken; a bare number only where it has a line of its own, since
    [12] in a line is as often a note. The numbers must rise.
    """
    forms = _bracketed(text, line_end)
    counts = Counter({form: len(found) for form, found in forms.items()})
    for (before, after), count in counts.most_common(5):
        found = forms[before, after]
        marker = before + NUMBER + after
        alone = sum(one.is_alone for one in found) > _OWN_LINE * count
        named = _is_named(before, after, found)
        if not _ascends([one.number for one in found], by_one=not (named and alone)):
            continue
        if _is_list_number(before, found) and not named:
            continue
        if named or (count > 1 and alone and not _is_han(found)):
            return marker, ""
        if count > 2:
            return "", (
                f'"{marker}" stands {count} times in the text, with numbers that ascend: if it '
                f'marks pages, say --page-marker "{marker}"'
            )
    return _find_bare(text), ""


def _bracketed(text: str, line_end: str) -> dict[tuple[str, str], list[_Found]]:
    forms: dict[tuple[str, str], list[_Found]] = {}
    for match in _BRACKETED.finditer(text):
        opens = re.fullmatch(rf"{_DASH}.*", match["before"], re.DOTALL)
        closes = re.fullmatch(rf".*?{_DASH}", match["after"], re.DOTALL)
        if bool(opens) != bool(closes):
            continue
        number = page_value(match["n"])
        if number:
            found = _Found(match["n"], number, _is_alone(text, match, line_end))
            forms.setdefault((match["before"], match["after"]), []).append(found)
    return forms


def _find_bare(text: str) -> str:
    """Return the marker of lines that are a word for page with a number, two of them or more."""
    forms: dict[tuple[str, str], list[int]] = {}
    for match in _BARE.finditer(text):
        before = match["before"] if match["n"] else match["before2"]
        number = page_value(match["n"] or match["n2"])
        if number:
            forms.setdefault((before, match["after2"] or ""), []).append(number)
    for (before, after), numbers in sorted(forms.items(), key=lambda one: -len(one[1])):
        # a marker is looked for in the lines too, so it must have no other places there
        elsewhere = len(re.findall(f"{re.escape(before)}{PAGE_NUMBER}{re.escape(after)}", text))
        if len(numbers) > 1 and elsewhere == len(numbers) and _ascends(numbers, by_one=False):
            return before + NUMBER + after
    return ""


def _is_named(before: str, after: str, found: list[_Found]) -> bool:
    """Return whether the form says that it is of pages: by a word, or by the sides of leaves."""
    if _NAMES_PAGE.search(before + after):
        return True
    sides = [one for one in found if _HAS_SIDE.match(one.n) or _NAMES_PAGE.search(one.n[1:])]
    return _is_han(found) and len(sides) > _OWN_LINE * len(found)


def _is_han(found: list[_Found]) -> bool:
    return any(one.n[0] in HAN_DIGITS for one in found)


def _is_list_number(before: str, found: list[_Found]) -> bool:
    """Return whether it is such as （一）, which numbers parts of a text."""
    return before in ("（", "(") and _is_han(found)


def _is_alone(text: str, match: re.Match, line_end: str) -> bool:
    before = text[max(0, match.start() - _NEAR) : match.start()].rpartition(line_end)[2]
    after = text[match.end() : match.end() + _NEAR].partition(line_end)[0]
    return not before.strip() and not after.strip()


def _ascends(numbers: list[int], *, by_one: bool) -> bool:
    """Return whether the numbers mostly go up, or BY_ONE; 12r, 12v stand still once."""
    steps = [after - before for before, after in pairwise(numbers)]
    most = 1 if by_one else max(steps, default=0)
    return sum(0 <= step <= most for step in steps) >= _ASCENDING * len(steps)
