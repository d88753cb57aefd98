"""How a plain text marks its lines, paragraphs and pages: read off the text, in words.

What is found is a Layout, with which the text is read now and checked later. Only literal marks
and white space are looked at; a person can say otherwise for each.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from teikit.check.source_lines import SourceProblem, read_source
from teikit.witness import Layout

_MARKERS = (
    "[p. {n}]", "[p.{n}]", "[S. {n}]", "[S.{n}]", "[page {n}]", "[Page {n}]", "[pg {n}]",
    "[pag. {n}]", "[fol. {n}]", "[f. {n}]", "[Seite {n}]", "[第{n}页]", "[第{n}頁]", "〔{n}〕",
    "{{n}}", "<{n}>", "[{n}]", "|{n}|", "-- {n} --", "--- {n} ---", "== {n} ==",
)  # fmt: skip
_PAGE_NUMBER = r"(\d{1,5}[a-zA-Z]{0,2})"
_ESCAPES = (("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"), ("\f", "\\f"), ("\x1a", "\\u001A"))
_LONG = 160  # characters: a line that is longer was not broken by a person
_INDENTED = 0.6  # of all lines: more of them are no beginnings of paragraphs


@dataclass(frozen=True)
class Told:
    """A layout, and one sentence for each thing that it says."""

    layout: Layout
    rules: tuple[str, ...]


def find_layout(text: str, given: dict[str, str]) -> Told:
    """Return the layout of TEXT; what is GIVEN (names of a Layout's fields) is taken as it is."""
    layout = _usual(text, given) if "line" in given else _spaced(text, given)
    layout = replace(layout or _usual(text, given), **given)
    layout = _with_spaces(text, layout, given)
    return Told(
        layout, tuple(_in_words(layout, has_pages=bool(layout.page) and layout.page in text))
    )


def _spaced(text: str, given: dict[str, str]) -> Layout | None:
    """Return the layout of a text in which a blank line is a line with a space, not an empty one.

    Such files come of pages whose every line was a paragraph of its own.
    """
    runs = Counter(map(len, re.findall(r"\n+", text.strip("\n"))))
    if not runs or re.search(r"[\r\f]", text):
        return None
    common = runs.most_common(1)[0][0]
    slots = re.split(r"\n+", text)
    blanks = {slot for slot in slots if slot and not slot.strip(" \t")}
    if common < 2 or runs[1] > 2 or len(blanks) != 1:
        return None
    (blank,) = blanks
    line = "\n" * common
    pages = [length for length in runs if length > common]
    layout = Layout(
        line=line,
        page="\n" * pages[0] if len(pages) == 1 else "",
        blank_line=blank,
        start=text[: len(text) - len(text.lstrip("\n"))],
        end=_end_of(text, line, blank),
    )
    words = [slot for slot in slots if slot.strip()]
    before_blank = [one for one, two in pairwise(slots) if two == blank != one]
    if words and all(one.endswith(" ") for one in before_blank):
        layout = replace(layout, paragraph_end=" ")
    return layout if _reads(text, replace(layout, **given)) else None


def _end_of(text: str, line: str, blank: str) -> str:
    """Return what comes after the last line of the text and is no line and no space of one."""
    end = re.search(rf"\n+{re.escape(blank)}?\n*$", text)
    if end is None or end[0] in (line + blank, line):
        return ""
    return end[0]


def _usual(text: str, given: dict[str, str]) -> Layout:
    """Return the layout of a text with a line end after each line."""
    line = given.get("line") or next((one for one in ("\r\n", "\n", "\r") if one in text), "\n")
    mark = given.get("page_marker", find_page_marker(text))
    end = "\x1a" if text.endswith("\x1a") else ""  # what old systems end a file with
    layout = Layout(line=line, page_marker=mark, end=end)
    return replace(layout, paragraphs=given.get("paragraphs") or _paragraphs(text, line))


def find_page_marker(text: str) -> str:
    """Return the marker that stands in the text with numbers that rise; "" where none does."""
    for template in _MARKERS:
        before, _, after = template.partition("{n}") if template != "{{n}}" else ("{", "", "}")
        found = re.findall(re.escape(before) + _PAGE_NUMBER + re.escape(after), text)
        numbers = [int(re.match(r"\d+", one)[0]) for one in found]
        rises = all(one <= two <= one + 5 for one, two in pairwise(numbers))
        # a bare number in brackets may be a note: then it does not stand on lines of its own
        bare = template in ("[{n}]", "{{n}}", "<{n}>", "〔{n}〕")
        if numbers and rises and (not bare or _stand_alone(text, before, after, len(found))):
            return before + "{n}" + after
    return ""


def _stand_alone(text: str, before: str, after: str, count: int) -> bool:
    alone = rf"(?m)^[ \t]*{re.escape(before)}{_PAGE_NUMBER}{re.escape(after)}[ \t\r]*$"
    return len(re.findall(alone, text)) == count > 1


def _paragraphs(text: str, line: str) -> str:
    """Return what begins a paragraph: a blank line, white space before a line, each line."""
    slots = [slot.rstrip() for slot in text.split(line)]
    words = [slot for slot in slots if slot]
    indented = sum(slot[0] in " \t\u3000" for slot in words)
    blank = any(not slot for slot in _inner(slots))
    if words and not blank and (max(map(len, words)) > _LONG or median(map(len, words)) > 100):
        return "line"
    followed = sum(
        one[:1] in " \t\u3000" and two[:1] not in ("", " ", "\t", "\u3000")
        for one, two in pairwise(slots)
        if one
    )
    if words and followed > max(1, indented * 0.5) and indented < len(words) * _INDENTED:
        return "indent"
    return "blank"


def _inner(slots: list[str]) -> list[str]:
    """Return the lines between the first and the last that hold words."""
    full = [index for index, slot in enumerate(slots) if slot]
    return slots[full[0] : full[-1]] if full else []


def _with_spaces(text: str, layout: Layout, given: dict[str, str]) -> Layout:
    """Return the layout, with white space folded where the text is not exact without that."""
    if "spaces" in given:
        return layout
    needs = layout.page_marker or layout.paragraphs == "indent" or not _reads(text, layout)
    return replace(layout, spaces="fold") if needs else layout


def _reads(text: str, layout: Layout) -> bool:
    """Return whether the text has this layout, and no white space that would be folded."""
    try:
        lines = read_source(text, layout)
    except SourceProblem:
        return False
    return not any(re.search(r"\s\s|\t|\r", line.text) for line in lines)


def shown(mark: str) -> str:
    """Return a mark of a layout as it is written in edition.toml and in options."""
    for character, said in (("\\", "\\\\"), ('"', '\\"'), *_ESCAPES):
        mark = mark.replace(character, said)
    return f'"{mark}"'


def _in_words(layout: Layout, *, has_pages: bool) -> list[str]:
    rules = [f"a line ends with {shown(layout.line)} (--line)"]
    if layout.paragraph_end:
        rules.append(
            f"the last line of a paragraph ends with {shown(layout.paragraph_end)} "
            "(--paragraph-end)"
        )
    elif layout.paragraphs == "line":
        rules.append('each line is a paragraph (--paragraphs "line")')
    else:
        also = ", or with a line that begins with white space" * (layout.paragraphs == "indent")
        rules.append(
            f'a paragraph begins after a blank line{also} (--paragraphs "{layout.paragraphs}")'
        )
    if layout.blank_line:
        rules.append(f"a blank line is {shown(layout.blank_line)} (--blank-line)")
    if layout.page_marker:
        rules.append(f'a page begins at "{layout.page_marker}" (--page-marker)')
    if has_pages:
        rules.append(f"a page ends with {shown(layout.page)} (--page)")
    if layout.start:
        rules.append(f"before the first line stands {shown(layout.start)} (--start)")
    if layout.end:
        rules.append(f"after the last line stands {shown(layout.end)} (--end)")
    if layout.spaces == "fold":
        rules.append(
            "white space at the edges of a line is no text, and within it a single space "
            '(--spaces "fold")'
        )
    return rules
