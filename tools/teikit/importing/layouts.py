"""How a plain text marks its lines, paragraphs and pages: found out, and said.

A few ways are tried, the most telling first; what is chosen accounts for every character of the
file, or else white space counts as XML has it (`spaces = "fold"`). Whatever is given is kept.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from teikit.check.source_lines import SourceProblem, read_source
from teikit.importing import markers
from teikit.importing.layoutwords import layout_rules
from teikit.importing.lineforms import ends_sentence, is_filled, looks_like_verse
from teikit.witness import Layout

_LONG = 100  # characters of a line from which on it is rather a whole paragraph
_EDGE = " \t\r\n\f\x1a\u3000\u00a0"  # \x1a: with which DOS ended files
_INDENT = re.compile(r"[ \t\u3000\u00a0]+")
_LEAST, _MOST = 0.03, 0.7  # share of lines that begin paragraphs, where indents mark these


@dataclass(frozen=True)
class Told:
    """A layout, whether the lines are verses, and one sentence for each thing that it says."""

    layout: Layout
    rules: tuple[str, ...]
    is_verse: bool = False


def find_layout(text: str, given: dict[str, str], verse: bool | None = None) -> Told:
    """Return the layout of TEXT; what is GIVEN (names of a Layout's fields) is taken as it is.

    VERSE says whether its lines are verses; None, that this is to be found out.
    """
    line_end = given.get("line") or _line_end(text)
    found = None if "line" in given else _double_spaced(text, line_end)
    if found is None:
        found = _single_spaced(text, line_end, given)
    remark = ""
    if "page_marker" not in given:
        marker, remark = markers.find_page_marker(text, line_end)
        found = replace(found, page_marker=marker)
    layout = replace(found, **given)
    groups = _groups(text, layout)
    is_verse = looks_like_verse(groups) if verse is None else verse
    layout = _with_spaces(text, _with_paragraphs(layout, groups, given, is_verse), given)
    has_pages = bool(layout.page) and layout.page in _body(text, layout)
    rules = [*layout_rules(layout, has_pages=has_pages, is_verse=is_verse)]
    return Told(layout, (*rules, *filter(None, [remark])), is_verse)


def find_page_marker(text: str) -> str:
    """Return the marker that stands in the text with numbers that rise; "" where none does."""
    return markers.find_page_marker(text, _line_end(text))[0]


# -- lines and pages ----------------------------------------------------------------------------


def _line_end(text: str) -> str:
    lines, both, returns = text.count("\n"), text.count("\r\n"), text.count("\r")
    if not lines and returns:
        return "\r"
    return "\r\n" if both and both == lines == returns else "\n"


def _core(text: str) -> tuple[int, int]:
    """Return where the lines with words begin and end."""
    end = len(text.rstrip(_EDGE))
    first = len(text) - len(text.lstrip(_EDGE))
    return max(text.rfind(one, 0, first) for one in "\n\r\f") + 1, end


def _body(text: str, layout: Layout) -> str:
    return text[len(layout.start) : len(text) - len(layout.end)]


def _double_spaced(text: str, line_end: str) -> Layout | None:
    """Return the layout of a text in which two line ends part its lines; None for any other.

    Such files come of pages whose every line was a paragraph of its own. A blank line is white
    space then, and four line ends are a page's; or else four are a blank line.
    """
    start, end = _core(text)
    body = text[start:end]
    size = len(line_end)
    runs = Counter(len(run) // size for run in re.findall(f"(?:{re.escape(line_end)})+", body))
    if not runs or any(number % 2 for number in runs) or "\f" in body:
        return None
    line, page = line_end * 2, line_end * 4
    slots = body.split(line)
    blanks = {slot for slot in slots if slot and not slot.strip(_EDGE)}
    if len(blanks) > 1:
        return None
    worded = [slot for slot in slots if slot.strip(_EDGE)]
    if not blanks:
        wrapped = sum(map(ends_sentence, worded)) < 0.5 * len(worded) and is_filled([worded])
        return Layout(line=line, page="") if runs.keys() >= {2, 4} and wrapped else None
    (blank,) = blanks
    ending = _paragraph_end(body.replace(page, line).split(line), blank)
    return Layout(
        line=line,
        page=page if 4 in runs else "",
        blank_line=blank,
        paragraph_end=ending,
        start=text[:start],
        end=text[end:].removeprefix(ending),
    )


def _paragraph_end(slots: list[str], blank: str) -> str:
    """Return the white space that ends all lines before a blank one, and no others; else ""."""
    before, others = set(), set()
    for slot, following in pairwise(slots):
        if slot != blank:
            tail = slot[len(slot.rstrip(_EDGE)) :]
            (before if following == blank else others).add(tail)
    return before.pop() if len(before) == 1 and not others & before else ""


def _single_spaced(text: str, line_end: str, given: dict[str, str]) -> Layout:
    """Return the layout of a text with one line end after each line."""
    start, end = _core(text)
    page = given.get("page", _page_end(text[start:end], line_end))
    layout = Layout(line=line_end, page=page)
    before, after = text[:start], text[end:]
    if "\f" in before or "\x1a" in before:
        layout = replace(layout, start=before)
    if "\f" in after or "\x1a" in after:
        layout = replace(layout, end=after)
    return layout


def _page_end(body: str, line_end: str) -> str:
    """Return what stands between two pages: a form feed with the line ends that are its own.

    A line end before all form feeds ends the last line of the page, and no paragraph.
    """
    count = body.count("\f")
    for around in (line_end + "\f" + line_end, line_end + "\f", "\f" + line_end):
        if count and body.count(around) == count:
            return around
    return "\f"


# -- paragraphs ---------------------------------------------------------------------------------


def _groups(text: str, layout: Layout) -> list[list[str]]:
    """Return the lines of text that stand together without a blank line; their edges stay."""
    body = _body(text, layout)
    groups: list[list[str]] = [[]]
    for page in body.split(layout.page) if layout.page else [body]:
        for slot in page.split(layout.line):
            if slot.strip(_EDGE):
                groups[-1].append(slot)
            elif groups[-1]:
                groups.append([])
    return groups if groups[-1] else groups[:-1]


def _with_paragraphs(
    layout: Layout, groups: list[list[str]], given: dict[str, str], is_verse: bool
) -> Layout:
    settled = {"paragraph_end", "paragraph_start", "paragraphs"} & given.keys()
    if settled or layout.paragraph_end or is_verse:
        return layout
    start = _paragraph_start(groups)
    if _each_is_paragraph(groups, start):
        return replace(layout, paragraphs="line", paragraph_start=start)
    if not start and _vary_in_indent(groups):
        return replace(layout, paragraphs="indent")
    return replace(layout, paragraph_start=start)


def _each_is_paragraph(groups: list[list[str]], start: str) -> bool:
    """Return whether every line is a paragraph: lines are long, or end as sentences do."""
    several = [group for group in groups if len(group) > 1]
    if not several:
        return False  # blank lines say the same already
    inner = [line for group in several for line in group[:-1]]
    if sum(len(line) > _LONG for line in inner) > 0.3 * len(inner):
        return True
    if start:  # lines that go on have no white space before them, and follow no sentence's end
        going_on = sum(
            not two.startswith(start) and not ends_sentence(one)
            for group in several
            for one, two in pairwise(group)
        )
        indented = sum(two.startswith(start) for group in several for two in group[1:])
        return going_on < 0.05 * len(inner) or indented > 0.9 * len(inner)
    return not is_filled(several) and sum(map(ends_sentence, inner)) > 0.8 * len(inner)


def _paragraph_start(groups: list[list[str]]) -> str:
    """Return the white space with which the first lines of paragraphs begin; "" where none is."""
    indents = Counter(
        match[0] for group in groups for line in group if (match := _INDENT.match(line))
    )
    if not indents:
        return ""
    (indent, count), *_ = indents.most_common(1)
    if count < 0.9 * sum(indents.values()):
        return ""
    inner = sum(line.startswith(indent) for group in groups for line in group[1:])
    several = sum(len(group) - 1 for group in groups)
    wide = indent.strip(" \t\u00a0")  # ideographic spaces indent nothing but paragraphs
    if not inner:  # only after blank lines
        return indent if wide or count > 0.8 * len(groups) else ""
    return indent if wide or _LEAST < inner / several < _MOST else ""


def _vary_in_indent(groups: list[list[str]]) -> bool:
    """Return whether lines with white space before them begin paragraphs, however wide it is."""
    lines = [line for group in groups for line in group]
    indented = sum(bool(_INDENT.match(line)) for line in lines)
    followed = sum(
        bool(_INDENT.match(one)) and not _INDENT.match(two)
        for group in groups
        for one, two in pairwise(group)
    )
    inner = sum(bool(_INDENT.match(line)) for group in groups for line in group[1:])
    return inner > 1 and followed > 0.5 * indented and indented < _MOST * len(lines)


def _with_spaces(text: str, layout: Layout, given: dict[str, str]) -> Layout:
    """Return the layout, with white space folded where the text is not exact without that."""
    if "spaces" in given or _is_exact(text, layout):
        return layout
    return replace(layout, spaces="fold")


def _is_exact(text: str, layout: Layout) -> bool:
    """Return whether all white space is the layout's, or one space between two words."""
    if layout.page_marker or layout.paragraphs == "indent":
        return False
    try:
        lines = read_source(text, layout)
    except SourceProblem:
        return False
    return not any(re.search(r"[\t\r\n]|  ", line.text) for line in lines)
