"""A plain text as TEI: its lines, paragraphs, pages, headings, and stanzas where it is verse."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from teikit.check.source_lines import SourceLine, SourceProblem, read_to_end
from teikit.errors import TeikitError
from teikit.importing.elements import Element, Transcript
from teikit.importing.headings import Headings, find_counted
from teikit.importing.hyphens import Hyphens
from teikit.importing.layouts import find_layout
from teikit.importing.lineforms import ends_sentence
from teikit.importing.sentences import mark_sentences
from teikit.importing.settings import HYPHENS
from teikit.importing.unmatched import refuse_unmatched
from teikit.lines import needs_space, writes_without_spaces
from teikit.place import Place
from teikit.report import Finding
from teikit.witness import Layout, find_layout_problem

# what XML 1.0 cannot hold; a form feed is read as layout before this is looked for
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile(r"[ \t]{2,}|\t|\r")
_LINE_END = re.compile(r"\r\n?|\n")
_MOST_TOLD = 20  # places of one kind
_WRAPPED = 12  # characters from which on a line of a title may go on below, in East Asia


@dataclass(frozen=True)
class PlainOptions:
    """What a person says about a plain text; what is left out is read off the text."""

    layout: dict[str, str] = field(default_factory=dict)  # fields of a Layout
    title: str = "auto"  # or "first", "none", or the title itself
    heading: str = ""  # a regular expression, instead of our own for headings
    headings: bool = True
    verse: bool | None = None  # None: as the lines look
    sentences: bool = False
    hyphens: str = HYPHENS[0]


class CannotImport(TeikitError):
    """The text cannot become TEI as it is."""


def read_plain_text(text: str, path: str, encoding: str, options: PlainOptions) -> Transcript:
    """Return the Transcript of TEXT, the characters of the file PATH.

    Raises CannotImport where the text holds what XML cannot, or has another layout than it is
    said to have.
    """
    problem = find_layout_problem(options.layout)
    if problem is not None:
        raise CannotImport(f"--{problem[0]}: {problem[1]}")
    told = find_layout(text, options.layout, options.verse)
    refuse_unmatched(text, path, options.layout, told.layout)
    try:
        lines, last_pages = read_to_end(text, told.layout)
    except SourceProblem as problem:
        raise CannotImport(f"{path}: {problem}") from None
    if not lines:
        raise CannotImport(f"{path}: has no text")
    for line in lines:
        _check_characters(line, path)
    paragraphs = tuple(_paragraphs(lines))
    counted = find_counted(paragraphs)
    headings = Headings(options.title, options.heading, options.headings, counted)
    title, rest = headings.title_of(paragraphs)
    has_pages = any(line.page > 1 or line.page_n or line.pages for line in lines) or last_pages
    hyphens = Hyphens((line.text for line in lines), options.hyphens)
    making = _Body(headings, options, hyphens, told.is_verse, page=0 if has_pages else 1)
    body = (*making.build(title, rest), *map(_page, last_pages))
    rules = (
        *told.rules,
        *headings.rules(title, rest),
        *_other_rules(options, told.is_verse),
        *_marker_rules(lines, told.layout),
        *hyphens.rules(),
    )
    return Transcript(
        body,
        text,
        told.layout,
        title=headings.given_title or _title_of(title),
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
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        block.append(line)
        if following is None or (line.ends_paragraph and not _runs_on(line, following)):
            yield tuple(block)
            block = []


def _runs_on(line: SourceLine, following: SourceLine) -> bool:
    """Return whether a paragraph goes on over a blank line that may be that of a page's end."""
    if not line.may_run_on or ends_sentence(line.text):
        return False
    first = following.text[:1]
    if writes_without_spaces(first) and line.parted:
        return False  # no small letter says that the sentence goes on
    return not first.isupper() and first.isalpha()


def _title_of(lines: Sequence[SourceLine]) -> str:
    """Return the title of the header; a short line apart from what stands below it."""
    if not lines:
        return ""
    is_short = len(lines[0].text) < _WRAPPED  # else it may go on below, within a word
    below = "".join(_joined(lines[1:])) if lines[1:] else ""
    if is_short and below and not needs_space(lines[0].text[-1:], below[:1]):
        return f"{lines[0].text}\u3000{below}"
    return "".join(_joined(lines))


def _joined(lines: Sequence[SourceLine]) -> Iterator[str]:
    """Yield the words of some lines as running text."""
    yield lines[0].text
    for before, line in pairwise(lines):
        yield " " * needs_space(before.text[-1:], line.text[:1]) + line.text


def _folded(text: str, lines: Sequence[SourceLine], path: str) -> Iterator[Finding]:
    """Yield what there is to say of runs of white space within lines, which become one space."""
    slots = _LINE_END.split(text)
    folded = [
        line
        for line in lines
        if line.file_line <= len(slots) and _SPACES.search(slots[line.file_line - 1].strip())
    ]
    if not folded:
        return
    numbers = list(dict.fromkeys(line.file_line for line in folded))
    first = slots[numbers[0] - 1].strip()
    yield Finding(
        Place(path, numbers[0], 1, numbers[0], 1),
        "import:white-space",
        f"several spaces or tabs in “{_cut(first)}” are one space in the encoding"
        + _others(numbers[1:]),
        severity="info",
        hint="Where they mean something, say it by markup: table, or rend.",
    )


def _others(numbers: list[int]) -> str:
    """Return in words in which other lines the same is found, lines in a row as one."""
    if not numbers:
        return ""
    rows: list[list[int]] = []
    for number in numbers:
        if rows and number == rows[-1][-1] + 1:
            rows[-1][1:] = [number]
        else:
            rows.append([number])
    named = ", ".join("–".join(map(str, row)) for row in rows[:_MOST_TOLD])
    more = ", …" * (len(rows) > _MOST_TOLD)
    return f"; so in {len(numbers)} other line{'s' * (len(numbers) > 1)}: {named}{more}"


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _other_rules(options: PlainOptions, is_verse: bool) -> Iterator[str]:
    if is_verse:
        yield "each line is a verse, and a blank line ends a stanza (--verse, --no-verse)"
    else:
        yield "no line is a verse (--verse)"
    if options.sentences:
        yield "sentences end with 。！？, or with . ! ? before a capital (--sentences)"


def _marker_rules(lines: Sequence[SourceLine], layout: Layout) -> Iterator[str]:
    if layout.page_marker and not lines[0].page_n:
        yield (
            "the page before the first page marker has no number: if the markers stand at the ends "
            "of pages, all are one too late"
        )


class _Body:
    """Puts paragraphs together: headings begin divisions, pages begin where they do."""

    def __init__(
        self,
        headings: Headings,
        options: PlainOptions,
        hyphens: Hyphens,
        is_verse: bool,
        page: int,
    ):
        self.headings, self.options = headings, options
        self.hyphens, self.is_verse = hyphens, is_verse
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
        if not self.is_verse:
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
        broken = ""
        for index, line in enumerate(lines):
            if index:
                content.extend(_broken(one, broken) for one in self.turned(line))
            following = lines[index + 1].text if index + 1 < len(lines) else ""
            words = list(self.line(line))
            last = words[-1] if isinstance(words[-1], str) else ""
            ending, next_broken = self.hyphens.part(last, following)
            if last:
                words[-1:] = ending
            words[0] = _broken(words[0], broken)
            content.extend(words)
            if not next_broken and needs_space(last[-1:], following[:1]):
                content.append(" ")  # a program that knows no lb must not join two words
            broken = next_broken
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


def _broken(beginning: Element | str, broken: str) -> Element | str:
    """Return an lb or pb with @break, where that is known."""
    if not broken or isinstance(beginning, str):
        return beginning
    return replace(beginning, attributes=(*beginning.attributes, ("break", broken)))


def _page(n: str) -> Element:
    return Element("pb", (("n", n),) if n else ())
