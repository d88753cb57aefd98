"""The lines of a source file, by the Layout that edition.toml gives."""

import re
from dataclasses import dataclass, replace

from teikit.check.page_numbers import page_pattern
from teikit.witness import Layout

_SPACE = " \t\r\n"
_WIDE = "\u3000"  # with which paragraphs begin in East Asia
_RUN = re.compile(f"[{_SPACE}]+")
_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True)
class PageStart:
    """Where a page begins within a line: before which of its characters, and what it is called."""

    at: int
    n: str


@dataclass(frozen=True)
class SourceLine:
    """A line of text in the source: page and line from 1, counted on the page without blanks."""

    text: str
    page: int
    number: int
    ends_paragraph: bool
    file_line: int  # in the source file
    page_n: str = ""  # what a marker calls the page; empty: its number
    pages: tuple[PageStart, ...] = ()  # those that begin within the line
    empty_pages: tuple[str, ...] = ()  # what those right before it are called that have no line
    indent: int = 0  # characters of white space before it, where these are no text
    may_run_on: bool = False  # a page marker with a blank line beside it comes after it
    parted: bool = False  # that marker has blank lines on both sides

    @property
    def label(self) -> str:
        """Return what the line is called: page.line."""
        return f"{self.page_n or self.page}.{self.number}"


class SourceProblem(Exception):
    """The source does not have the layout that edition.toml describes; says why."""


def read_source(text: str, layout: Layout) -> tuple[SourceLine, ...]:
    """Return the lines of text in the source; raise SourceProblem where the layout is another."""
    return read_to_end(text, layout)[0]


def read_to_end(text: str, layout: Layout) -> tuple[tuple[SourceLine, ...], tuple[str, ...]]:
    """Return the lines of text in the source, and what pages after the last line are called.

    Raises SourceProblem where the layout is another.
    """
    if not text.startswith(layout.start):
        raise SourceProblem(f"it does not begin with {layout.start!r}")
    if not text.endswith(layout.end) or len(text) < len(layout.start) + len(layout.end):
        raise SourceProblem(f"it does not end with {layout.end!r}")
    body = text[len(layout.start) : len(text) - len(layout.end)]
    reader = _Reader(layout)
    return tuple(reader.read(body)), reader.last_pages()


class _Reader:
    """Reads the lines one by one, keeping count of the pages."""

    def __init__(self, layout: Layout):
        self.layout = layout
        self.marker = page_pattern(layout.page_marker)
        self.folds = layout.spaces == "fold"
        self.page, self.page_n, self.number = 0, "", 0
        self.has_words = False  # whether a line that began on the page before has words on this
        self.blank, self.after_marker = False, False  # what there was since the last line
        self.blank_before = False  # a blank line before the marker
        self.has_line = False  # whether this page (by Layout.page) has had a line
        self.empty_pages: list[str] = []
        self.lines: list[SourceLine] = []

    def read(self, body: str) -> list[SourceLine]:
        layout = self.layout
        file_line = _count_ends(layout.start) + 1
        between = _count_ends(layout.line)
        for block in body.split(layout.page) if layout.page else [body]:
            self.turn("")
            self.blank, self.after_marker, self.has_line = False, False, False
            for slot in block.split(layout.line):
                self.take(slot, file_line)
                file_line += _count_ends(slot) + between
            file_line += _count_ends(layout.page) - between
        return self.lines

    def last_pages(self) -> tuple[str, ...]:
        """Return what the pages are called on which no line follows."""
        is_empty = self.page and not self.number and not self.has_words
        return (*self.empty_pages, *([self.page_n] if is_empty else []))

    def turn(self, n: str) -> None:
        """Begin a page; a marker before all text of the page only says what it is called."""
        is_empty = self.page and not self.number and not self.has_words
        if n and is_empty and not self.page_n:
            self.page_n = n
            return
        if is_empty:
            self.empty_pages.append(self.page_n)
        self.page, self.page_n, self.number, self.has_words = self.page + 1, n, 0, False

    def take(self, slot: str, file_line: int) -> None:
        """Read one slot: a line of text, a blank line, or a page marker that stands alone."""
        if self._is_blank(slot):
            self.take_blank()
            return
        ends = bool(self.layout.paragraph_end) and slot.endswith(self.layout.paragraph_end)
        kept = slot.removesuffix(self.layout.paragraph_end) if ends else slot
        begins = bool(self.layout.paragraph_start) and kept.startswith(self.layout.paragraph_start)
        if begins:
            self.end_surely()
            kept = kept.removeprefix(self.layout.paragraph_start)
        text, pages = self._marked(kept)
        if pages and not text.strip(_SPACE):
            for one in pages:
                self.turn(one.n)
            self.after_marker, self.blank_before = True, self.blank
            self.let_run_on()
            return
        if slot.startswith(_WIDE):
            self.end_after_marker()
        self.blank, self.after_marker, self.has_line = False, False, True
        begin, end = len(text) - len(text.lstrip(_SPACE)), len(text.rstrip(_SPACE))
        for one in pages:
            if one.at <= begin:
                self.turn(one.n)
        after = [one for one in pages if one.at >= end]
        pages = [one for one in pages if begin < one.at < end]
        indent = len(text) - len(text.lstrip(_SPACE))
        if self.folds or self.marker:
            text, pages = _folded(text, pages)
        elif text != text.strip():
            raise SourceProblem(
                f"line {file_line} has white space at its edge that the "
                "layout in edition.toml does not account for"
            )
        self._add(text, pages, indent if self.folds else 0, file_line)
        if ends or self.layout.paragraphs == "line":
            self.end_paragraph()
        for one in pages:
            self.turn(one.n)
            self.has_words = True
        for one in after:
            self.turn(one.n)

    def take_blank(self) -> None:
        """Read a blank line: it ends a paragraph, unless that has an end of its own, or no line."""
        if self.layout.paragraph_end or not self.has_line:
            return
        self.end_paragraph()
        self.blank = True
        self.let_run_on()
        if self.after_marker and self.blank_before:
            self.lines[-1] = replace(self.lines[-1], parted=True)

    def let_run_on(self) -> None:
        """Note that the blank line beside a page marker may be that of the page's end."""
        if self.blank and self.after_marker and not self.lines[-1].may_run_on:
            self.lines[-1] = replace(self.lines[-1], may_run_on=True)

    def _add(self, text: str, pages: list[PageStart], indent: int, file_line: int) -> None:
        if indent and self.layout.paragraphs == "indent":
            self.end_surely()
        self.number += 1
        empty, self.empty_pages = tuple(self.empty_pages), []
        line = SourceLine(text, self.page, self.number, False, file_line, self.page_n)
        self.lines.append(replace(line, pages=tuple(pages), empty_pages=empty, indent=indent))

    def end_paragraph(self) -> None:
        if self.lines and not self.lines[-1].ends_paragraph:
            self.lines[-1] = replace(self.lines[-1], ends_paragraph=True)

    def end_surely(self) -> None:
        """End a paragraph whose next one says that it begins, whatever stands between them."""
        self.end_paragraph()
        if self.lines and self.lines[-1].may_run_on:
            self.lines[-1] = replace(self.lines[-1], may_run_on=False)

    def end_after_marker(self) -> None:
        """End the paragraph before a page marker where a wide space begins the line after it."""
        if self.after_marker and self.lines and self.lines[-1].may_run_on:
            self.end_surely()

    def _is_blank(self, slot: str) -> bool:
        return slot == self.layout.blank_line or (self.folds and not slot.strip(_SPACE))

    def _marked(self, slot: str) -> tuple[str, list[PageStart]]:
        """Return the line without page markers, and where they stood."""
        if self.marker is None:
            return slot, []
        pieces: list[str] = []
        pages: list[PageStart] = []
        done = length = 0
        for match in self.marker.finditer(slot):
            pieces.append(slot[done : match.start()])
            length += match.start() - done
            pages.append(PageStart(length, match["n"]))
            done = match.end()
        return "".join((*pieces, slot[done:])), pages


def _count_ends(text: str) -> int:
    """Return how many line ends there are, of whatever kind."""
    return len(_LINE_END.findall(text)) if "\r" in text else text.count("\n")


def _folded(text: str, pages: list[PageStart]) -> tuple[str, list[PageStart]]:
    """Return the line with each run of white space as one space, and none at its edges."""
    folded, moved, done, length = [], [], 0, 0
    for one in (*pages, PageStart(len(text), "")):
        part = _RUN.sub(" ", text[done : one.at])
        if part[:1] == " " and (not folded or folded[-1][-1:] == " "):
            part = part[1:]
        if part:
            folded.append(part)
        length += len(part)
        moved.append(PageStart(length, one.n))
        done = one.at
    return "".join(folded).rstrip(" "), moved[:-1]
