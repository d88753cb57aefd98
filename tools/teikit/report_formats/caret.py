"""The line of a finding with a caret under the place, for a terminal."""

import unicodedata

from teikit.report import Finding
from teikit.visible import visible, width

_WIDEST = 100  # columns that are shown, ellipses apart
_BEFORE = 50  # of these, columns before the caret at most
_CUT = "…"


def caret_lines(finding: Finding) -> tuple[str, str]:
    """Return the line and, for below it, a caret with a line along the rest of the place.

    Two empty strings where the finding has no line. Nothing in what is returned steers a
    terminal: such characters are written as numbers. Tabs stay, in both lines alike.
    """
    if not finding.source_column:
        return "", ""
    index = finding.source_column - 1
    line, place = finding.source, finding.place
    length = 1
    if place.end_line == place.line and place.end_column > place.column:
        length = place.end_column - place.column
    before = _last_columns(line[:index], _BEFORE)
    marked = _first_columns(line[index : index + length], _WIDEST - _columns(before))
    rest = line[index + len(marked) :]
    after = _first_columns(rest, _WIDEST - _columns(before) - _columns(marked))
    shown = [
        _CUT * (len(before) < index),
        visible(before),
        visible(marked),
        visible(after),
        _CUT * (len(after) < len(rest)),
    ]
    blank = "".join("\t" if one == "\t" else " " * width(one) for one in shown[0] + shown[1])
    return "".join(shown).rstrip(), f"{blank}^{'~' * (_columns(marked) - 1)}"


def _columns(text: str) -> int:
    return width(visible(text))


def _first_columns(text: str, columns: int) -> str:
    """Return as much of the beginning of the text as there is room for."""
    for index, character in enumerate(text):
        columns -= _columns(character)
        if columns < 0:
            return text[:index]
    return text


def _last_columns(text: str, columns: int) -> str:
    """Return as much of the end of the text as there is room for, no mark without its letter."""
    index = len(text)
    while index and (columns := columns - _columns(text[index - 1])) >= 0:
        index -= 1
    while index < len(text) and index and unicodedata.combining(text[index]):
        index += 1
    return text[index:]
