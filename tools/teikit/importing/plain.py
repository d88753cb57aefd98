"""A plain text as TEI: its lines, paragraphs, pages, headings, and stanzas where it is verse."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from teikit.check.source_lines import SourceLine, SourceProblem, read_source
from teikit.errors import TeikitError
from teikit.importing.elements import Element, Transcript
from teikit.importing.headings import Headings
from teikit.importing.layouts import find_layout
from teikit.importing.sentences import mark_sentences
from teikit.place import Place
from teikit.report import Finding

# what XML 1.0 cannot hold; a form feed is read as layout before this is looked for
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MOST_TOLD = 20  # places of one kind


@dataclass(frozen=True)
class PlainOptions:
    """What a person says about a plain text; what is left out is read off the text."""

    layout: dict[str, str] = field(default_factory=dict)  # fields of a Layout
    title: str = "auto"  # or "first", "none", or the title itself
    heading: str = ""  # a regular expression, instead of our own for headings
    headings: bool = True
    verse: bool = False
    sentences: bool = False


class CannotImport(TeikitError):
    """The text cannot become TEI as it is."""


def read_plain_text(text: str, path: str, encoding: str, options: PlainOptions) -> Transcript:
    """Return the Transcript of TEXT, the characters of the file PATH.

    Raises CannotImport where the text holds what XML cannot, or has another layout than it is
    said to have.
    """
    told = find_layout(text, options.layout)
    try:
        lines = read_source(text, told.layout)
    except SourceProblem as problem:
        raise CannotImport(f"{path}: {problem}") from None
    if not lines:
        raise CannotImport(f"{path}: has no text")
    for line in lines:
        _check_characters(line, path)
    paragraphs = tuple(_paragraphs(lines))
    headings = Headings(options.title, options.heading, options.headings)
    title, rest = headings.title_of(paragraphs)
    has_pages = any(line.page > 1 or line.page_n or line.pages for line in lines)
    body = _Body(headings, options, page=0 if has_pages else 1).build(title, rest)
    rules = (*told.rules, *headings.rules(title, rest), *_other_rules(options))
    return Transcript(
        body,
        text,
        told.layout,
        title="".join(_joined(title)) if title else headings.given_title,
        encoding=encoding,
        rules=rules,
        lost=tuple(_folded(text, lines, path)) if told.layout.spaces == "fold" else (),
    )


def _check_characters(line: SourceLine, path: str) -> None:
    found = _FORBIDDEN.search(line.text)
    if found:
        raise CannotImport(
            f"{path}:{line.file_line}: has the control character U+{ord(found[0]):04X} after “"
            f"{line.text[max(0, found.start() - 20) : found.start()]}”, which XML cannot hold: "
            "take it out of the text, or write what it stands for"
        )


def _paragraphs(lines: Sequence[SourceLine]) -> Iterator[tuple[SourceLine, ...]]:
    block: list[SourceLine] = []
    for line in lines:
        block.append(line)
        if line.ends_paragraph:
            yield tuple(block)
            block = []
    if block:
        yield tuple(block)


def _joined(lines: Sequence[SourceLine]) -> Iterator[str]:
    """Yield the words of some lines as running text."""
    from teikit.lines import needs_space

    yield lines[0].text
    for before, line in pairwise(lines):
        yield " " * needs_space(before.text[-1:], line.text[:1]) + line.text


def _folded(text: str, lines: Sequence[SourceLine], path: str) -> Iterator[Finding]:
    """Yield a finding for runs of white space within a line, which become one space."""
    slots = text.splitlines() if "\r" in text else text.replace("\f", "\n").split("\n")
    for line in lines:
        slot = slots[line.file_line - 1] if line.file_line <= len(slots) else ""
        inner = slot.strip()
        if re.search(r"[ \t]{2,}|\t", inner):
            yield Finding(
                Place(path, line.file_line, 1, line.file_line, 1),
                "import:white-space",
                f"several spaces or tabs in “{_cut(inner)}” are one space in the encoding",
                severity="info",
                hint="Where they mean something, say it by markup: table, or rend.",
            )


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _other_rules(options: PlainOptions) -> Iterator[str]:
    if options.verse:
        yield "each line is a verse, and a blank line ends a stanza (--verse)"
    if options.sentences:
        yield "sentences end with 。！？, or with . ! ? before a capital (--sentences)"


class _Body:
    """Puts paragraphs together: headings begin divisions, pages begin where they do."""

    def __init__(self, headings: Headings, options: PlainOptions, page: int):
        self.headings, self.options = headings, options
        self.page = page  # of the line before; where there are no pages, that of all lines

    def build(
        self, title: tuple[SourceLine, ...], paragraphs: Sequence[tuple[SourceLine, ...]]
    ) -> tuple[Element, ...]:
        body: list[Element] = []
        division: list[Element] | None = None  # what is in the one that is being read
        kind, has_divisions = "preamble", any(map(self.headings.is_heading, paragraphs))
        if title:
            body.extend((*self.turned(title[0]), Element("head", (), self.content(title))))

        def close() -> None:
            if division is not None:
                body.append(Element("div", (("type", kind),), tuple(division)))

        for lines in paragraphs:
            pages = self.turned(lines[0])
            if self.headings.is_heading(lines):
                close()
                body.extend(pages)
                division, kind = [Element("head", (), self.content(lines))], "section"
            elif has_divisions:
                division = division if division is not None else []
                division.extend((*pages, self.block(lines)))
            else:
                body.extend((*pages, self.block(lines)))
        close()
        return tuple(body)

    def turned(self, line: SourceLine) -> tuple[Element, ...]:
        """Return the pb that stand before a line: of its page, and of empty ones before that."""
        if line.page == self.page:
            return ()
        self.page = line.page
        return tuple(map(_page, (*line.empty_pages, line.page_n)))

    def block(self, lines: tuple[SourceLine, ...]) -> Element:
        if not self.options.verse:
            content = self.content(lines)
            return Element("p", (), mark_sentences(content) if self.options.sentences else content)
        verses = []
        for index, line in enumerate(lines):
            pages = self.turned(line) if index else ()
            attributes = (("rend", f"indent{line.indent}"),) if line.indent else ()
            verses.append(Element("l", attributes, (*pages, *self.line(line))))
        return Element("lg", (), tuple(verses))

    def content(self, lines: Sequence[SourceLine]) -> tuple[Element | str, ...]:
        content: list[Element | str] = []
        for index, line in enumerate(lines):
            content.extend(self.turned(line) if index else ())
            content.extend(self.line(line))
        return tuple(content)

    def line(self, line: SourceLine) -> Iterator[Element | str]:
        """Yield the line beginning, the words, and the pages that begin among them."""
        yield Element("lb")
        done = 0
        for page in line.pages:
            if page.at > done:
                yield line.text[done : page.at]
            yield _page(page.n)
            self.page += 1
            done = page.at
        if line.text[done:]:
            yield line.text[done:]


def _page(n: str) -> Element:
    return Element("pb", (("n", n),) if n else ())
