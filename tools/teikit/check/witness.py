"""The witness check: the encoding says what the source says, character for character.

A source file marks the ends of lines, paragraphs and pages in some way of its own; the Layout
in edition.toml describes it by literal strings:

    start, end      what comes before the first line and after the last
    line            what stands between two lines
    page            what stands there instead where a new page begins
    paragraph-end   what follows the last line of a paragraph
    blank-line      what an empty line of the page consists of
    spaces          "fold": runs of white space in a line count as one, those at its edges as none
    paragraphs      what begins one: a blank line; "indent": or a line with white space before it;
                    "line": each line
    paragraph-start white space that precedes the first line of a paragraph
    page-marker     what in the text says that a page begins: "[p. {n}]"

Every character of the source is then either text or accounted for. The encoding marks the same
by lb, pb and block elements. The two are compared line by line.
"""

import difflib
from collections.abc import Iterator

from teikit.check.encoded_lines import (
    EncodedLine,
    count_letters,
    read_encoded_lines,
    shorten,
)
from teikit.check.source_lines import SourceLine, SourceProblem, read_source
from teikit.document import Document
from teikit.place import Place
from teikit.report import Finding
from teikit.witness import Witness


def check_witness(document: Document, witness: Witness, source: bytes) -> Iterator[Finding]:
    """Yield findings where text, lines, paragraphs or pages differ from those of the source."""
    try:
        lines = read_source(source.decode(witness.encoding), witness.layout)
    except (ValueError, LookupError, SourceProblem) as problem:
        yield Finding(
            Place(witness.source),
            "witness:layout",
            f"the source cannot be read: {problem}",
            hint="Describe how the file marks lines and pages under [witness.layout] in "
            "edition.toml.",
        )
        return
    encoded, stray = read_encoded_lines(document, witness.edition)
    yield from stray
    for tag, i1, i2, j1, j2 in _align(
        [line.text for line in encoded], [line.text for line in lines]
    ):
        if tag == "equal":
            for line, source_line in zip(encoded[i1:i2], lines[j1:j2], strict=True):
                yield from _compare_layout(document, line, source_line, witness)
            continue
        common = min(i2 - i1, j2 - j1)
        for line, source_line in zip(
            encoded[i1 : i1 + common], lines[j1 : j1 + common], strict=True
        ):
            yield _different(document, line, source_line, witness)
        for line in encoded[i1 + common : i2]:
            yield Finding(
                document.place_of(line.ordinal),
                "witness:extra-line",
                f"the source has no line like “{shorten(line.text)}” here",
                hint=f"Compare with {witness.source}.",
                ordinal=line.ordinal,
            )
        before = encoded[i2 - 1].ordinal if i2 else 0
        for source_line in lines[j1 + common : j2]:
            yield Finding(
                document.place_of(before),
                "witness:missing-line",
                f"after this, the source ({witness.source}, line {source_line.file_line}) has the "
                f"line {source_line.label} “{shorten(source_line.text)}”, which is not encoded",
                hint="Encode the line, with its lb.",
                ordinal=before,
            )
    yield from _compare_blocks(document, encoded, lines, witness)


def _align(ours: list[str], theirs: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Return how the lines correspond, as difflib's opcodes, in the way that differs least."""
    if ours == theirs:
        return [("equal", 0, len(ours), 0, len(ours))]
    found = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    if len(ours) != len(theirs):
        return found
    pairs = [
        ("equal" if one == two else "replace", index, index + 1, index, index + 1)
        for index, (one, two) in enumerate(zip(ours, theirs, strict=True))
    ]
    differing = sum(tag == "replace" for tag, *_ in pairs)
    moved = sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in found if tag != "equal")
    return pairs if differing <= moved else found


def _compare_layout(
    document: Document, line: EncodedLine, source: SourceLine, witness: Witness
) -> Iterator[Finding]:
    if line.page != source.page:
        yield Finding(
            document.place_of(line.ordinal),
            "witness:page",
            f"this line stands on page {line.page} of the encoding, but on page {source.page} of "
            f"the source ({witness.source}, line {source.file_line})",
            hint="Put the pb where the page begins.",
            ordinal=line.ordinal,
        )
    if witness.layout.page_marker:
        yield from _compare_pages(document, line, source, witness)
    if "." in line.n and line.n != source.label:
        yield Finding(
            document.place_of(line.ordinal),
            "witness:line-number",
            f'lb n="{line.n}" is line {source.label} of the source',
            hint=f'Write n="{source.label}".',
            ordinal=line.ordinal,
        )


def _compare_pages(
    document: Document, line: EncodedLine, source: SourceLine, witness: Witness
) -> Iterator[Finding]:
    """Yield a finding where the source calls a page, or begins one within the line, otherwise."""
    ours = [("", line.page_n if source.page_n else ""), *(line.pages if source.pages else ())]
    theirs = [
        ("", source.page_n),
        *_page_starts(source),
    ]
    if ours[: len(theirs)] != theirs:
        said = ", ".join(
            f"{n or 'without a number'}" + (f" after character {at}" if at else "")
            for at, n in theirs
        )
        yield Finding(
            document.place_of(line.ordinal),
            "witness:page",
            f"the line stands, in the source ({witness.source}, line {source.file_line}), on page "
            f"{said}; the encoding has it otherwise",
            hint="Put the pb where the page begins, with its number in @n.",
            ordinal=line.ordinal,
        )


def _page_starts(source: SourceLine) -> Iterator[tuple[int, str]]:
    """Yield after how many letters of the line a page begins, and what it is called."""
    letters = done = 0
    for page in source.pages:
        letters += count_letters(source.text[done : page.at])
        done = page.at
        yield letters, page.n


def _compare_blocks(
    document: Document, encoded: list[EncodedLine], lines: tuple[SourceLine, ...], witness: Witness
) -> Iterator[Finding]:
    """Yield a finding where one of the two begins a paragraph and the other does not."""
    if [line.text for line in encoded] != [line.text for line in lines]:
        return  # said already, and the lines do not correspond
    for line, before in zip(encoded[1:], lines, strict=False):
        if before.may_run_on or line.starts_block is None:
            continue  # it may be the page that the blank line ends, or a verse of a stanza
        if line.starts_block != before.ends_paragraph:
            says = "ends" if before.ends_paragraph else "does not end"
            yield Finding(
                document.place_of(line.ordinal),
                "witness:paragraph",
                f"before this line a paragraph {says} in the source ({witness.source}, line "
                f"{before.file_line}); the encoding has it otherwise",
                hint="Begin paragraphs and headings where the source does.",
                ordinal=line.ordinal,
            )


def _different(
    document: Document, line: EncodedLine, source: SourceLine, witness: Witness
) -> Finding:
    at = next(
        (
            index
            for index, (one, two) in enumerate(zip(line.text, source.text, strict=False))
            if one != two
        ),
        min(len(line.text), len(source.text)),
    )
    ours = line.text[at : at + 12] or "the end of the line"
    theirs = source.text[at : at + 12] or "the end of the line"
    return Finding(
        _place_in(document, line, at),
        "witness:text",
        f"line {source.label} of the source ({witness.source}, line {source.file_line}) differs "
        f"from its character {at + 1} on: here “{ours}”, there “{theirs}”",
        hint="Restore the words of the source; what the edition corrects belongs in sic and corr.",
        ordinal=line.ordinal,
    )


def _place_in(document: Document, line: EncodedLine, at: int) -> Place:
    """Return the place of character AT of the line, as near as it can be told."""
    passed, last = 0, None
    for text, ordinal, where, index in line.pieces:
        if text and at < passed + len(text):
            place = document.place_in_text(ordinal, where, index + at - passed)
            return place or document.place_of(line.ordinal)
        passed += len(text)
        last = (ordinal, where, index + len(text)) if text else last
    place = document.place_in_text(*last) if last else None
    return place or document.place_of(line.ordinal)
