"""The witness check: the encoding says what the source says, character for character.

A source file marks the ends of lines, paragraphs and pages in some way of its own; the Layout
in edition.toml describes it by literal strings:

    start, end      what comes before the first line and after the last
    line            what stands between two lines
    page            what stands there instead where a new page begins
    paragraph-end   what follows the last line of a paragraph
    blank-line      what an empty line of the page consists of

Every character of the source is then either text or accounted for. The encoding marks the same
by lb, pb and block elements. The two are compared line by line.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from teikit.document import NS, TEI, Document
from teikit.place import Place
from teikit.project import Layout, Witness
from teikit.readings import NOT_IN_SOURCE, ONLY_IN_CHOICE
from teikit.report import Finding
from teikit.spacing import without_idle_space

_BLOCKS = frozenset("p head l ab item salute signed dateline byline label trailer "
                    "speaker stage opener closer cell quote".split())
_SPACE = " \t\r\n"


@dataclass(frozen=True)
class SourceLine:
    """A line of text in the source: page and line from 1, counted on the page without blanks."""

    text: str
    page: int
    number: int
    ends_paragraph: bool
    file_line: int  # in the source file

    @property
    def label(self) -> str:
        """Return what the line is called: page.line."""
        return f"{self.page}.{self.number}"


@dataclass
class _Line:
    """A line of the encoding while it is read: its text, in pieces with their origin."""

    ordinal: int  # of the lb
    n: str
    page: int
    starts_block: bool
    pieces: list[tuple[str, int, str, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece[0] for piece in self.pieces)


class SourceProblem(Exception):
    """The source does not have the layout that edition.toml describes; says why."""


def read_source(text: str, layout: Layout) -> tuple[SourceLine, ...]:
    """Return the lines of text in the source; raise SourceProblem where the layout is another."""
    if not text.startswith(layout.start):
        raise SourceProblem(f"it does not begin with {layout.start!r}")
    if not text.endswith(layout.end) or len(text) < len(layout.start) + len(layout.end):
        raise SourceProblem(f"it does not end with {layout.end!r}")
    body = text[len(layout.start) : len(text) - len(layout.end)]
    file_line = layout.start.count("\n") + 1
    lines: list[SourceLine] = []
    for page, block in enumerate(body.split(layout.page) if layout.page else [body], 1):
        slots, number = block.split(layout.line), 0
        for index, slot in enumerate(slots):
            if slot != layout.blank_line:
                number += 1
                ends = _ends_paragraph(slot, slots[index + 1 : index + 2], layout)
                kept = slot.removesuffix(layout.paragraph_end) if ends else slot
                if kept != kept.strip():
                    raise SourceProblem(f"line {file_line} has white space at its edge that the "
                                        "layout in edition.toml does not account for")
                lines.append(SourceLine(kept, page, number, ends, file_line))
            file_line += slot.count("\n") + layout.line.count("\n")
        file_line += layout.page.count("\n") - layout.line.count("\n")
    return tuple(lines)


def _ends_paragraph(slot: str, after: list[str], layout: Layout) -> bool:
    if layout.paragraph_end:
        return slot.endswith(layout.paragraph_end)
    return bool(after) and after[0] == layout.blank_line


def check_witness(document: Document, witness: Witness, source: bytes) -> Iterator[Finding]:
    """Yield findings where text, lines, paragraphs or pages differ from those of the source."""
    try:
        lines = read_source(source.decode(witness.encoding), witness.layout)
    except (UnicodeDecodeError, LookupError, SourceProblem) as problem:
        yield Finding(
            Place(witness.source), "witness:layout", f"the source cannot be read: {problem}",
            hint="Describe how the file marks lines and pages under [witness.layout] in "
                 "edition.toml.",
        )
        return
    reader = _Reader(document, witness.edition)
    encoded = reader.read()
    yield from reader.findings
    for tag, i1, i2, j1, j2 in _align([line.text for line in encoded],
                                      [line.text for line in lines]):
        if tag == "equal":
            for line, source_line in zip(encoded[i1:i2], lines[j1:j2], strict=True):
                yield from _compare_layout(document, line, source_line, witness)
            continue
        common = min(i2 - i1, j2 - j1)
        for line, source_line in zip(encoded[i1 : i1 + common], lines[j1 : j1 + common],
                                     strict=True):
            yield _different(document, line, source_line, witness)
        for line in encoded[i1 + common : i2]:
            yield Finding(
                document.place_of(line.ordinal), "witness:extra-line",
                f"the source has no line like “{_short(line.text)}” here",
                hint=f"Compare with {witness.source}.", ordinal=line.ordinal,
            )
        before = encoded[i2 - 1].ordinal if i2 else 0
        for source_line in lines[j1 + common : j2]:
            yield Finding(
                document.place_of(before), "witness:missing-line",
                f"after this, the source ({witness.source}, line {source_line.file_line}) has the "
                f"line {source_line.label} “{_short(source_line.text)}”, which is not encoded",
                hint="Encode the line, with its lb.", ordinal=before,
            )
    yield from _compare_blocks(document, encoded, lines, witness)


def _align(ours: list[str], theirs: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Return how the lines correspond, as difflib's opcodes, in the way that differs least."""
    found = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    if len(ours) != len(theirs):
        return found
    pairs = [("equal" if one == two else "replace", index, index + 1, index, index + 1)
             for index, (one, two) in enumerate(zip(ours, theirs, strict=True))]
    differing = sum(tag == "replace" for tag, *_ in pairs)
    moved = sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in found if tag != "equal")
    return pairs if differing <= moved else found


def _compare_layout(document: Document, line: _Line, source: SourceLine,
                    witness: Witness) -> Iterator[Finding]:
    if line.page != source.page:
        yield Finding(
            document.place_of(line.ordinal), "witness:page",
            f"this line stands on page {line.page} of the encoding, but on page {source.page} of "
            f"the source ({witness.source}, line {source.file_line})",
            hint="Put the pb where the page begins.", ordinal=line.ordinal,
        )
    if "." in line.n and line.n != source.label:
        yield Finding(
            document.place_of(line.ordinal), "witness:line-number",
            f'lb n="{line.n}" is line {source.label} of the source',
            hint=f'Write n="{source.label}".', ordinal=line.ordinal,
        )


def _compare_blocks(document: Document, encoded: list[_Line], lines: tuple[SourceLine, ...],
                    witness: Witness) -> Iterator[Finding]:
    """Yield a finding where one of the two begins a paragraph and the other does not."""
    if [line.text for line in encoded] != [line.text for line in lines]:
        return  # said already, and the lines do not correspond
    for line, before in zip(encoded[1:], lines, strict=False):
        if line.starts_block != before.ends_paragraph:
            says = "ends" if before.ends_paragraph else "does not end"
            yield Finding(
                document.place_of(line.ordinal), "witness:paragraph",
                f"before this line a paragraph {says} in the source ({witness.source}, line "
                f"{before.file_line}); the encoding has it otherwise",
                hint="Begin paragraphs and headings where the source does.", ordinal=line.ordinal,
            )


def _different(document: Document, line: _Line, source: SourceLine, witness: Witness) -> Finding:
    at = next((index for index, (one, two) in enumerate(zip(line.text, source.text, strict=False))
               if one != two), min(len(line.text), len(source.text)))
    ours = line.text[at : at + 12] or "the end of the line"
    theirs = source.text[at : at + 12] or "the end of the line"
    return Finding(
        _place_in(document, line, at), "witness:text",
        f"line {source.label} of the source ({witness.source}, line {source.file_line}) differs "
        f"from its character {at + 1} on: here “{ours}”, there “{theirs}”",
        hint="Restore the words of the source; what the edition corrects belongs in sic and corr.",
        ordinal=line.ordinal,
    )


def _place_in(document: Document, line: _Line, at: int) -> Place:
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


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"


class _Reader:
    """Reads the lines of an encoding: what stands between one lb and the next."""

    def __init__(self, document: Document, edition: str):
        self.document, self.edition = document, edition
        self.tree = without_idle_space(document.tree)
        self.lines: list[_Line] = []
        self.findings: list[Finding] = []
        self.page = 0
        self.new_block = True

    def read(self) -> list[_Line]:
        for text in self.tree.getroot().findall("tei:text", NS):
            self.walk(text)
        for line in self.lines:
            _fold(line)
        return self.lines

    def walk(self, top: etree._Element) -> None:
        skipped = None
        for event, node in etree.iterwalk(top, events=("start", "end", "comment", "pi")):
            if event == "start" and skipped is None:
                if _is_left_out(node):
                    skipped = node
                    continue
                self.begin(node)
                self.take(node, "text")
            elif event != "start":
                if event == "end" and node is skipped:
                    skipped = None
                if event == "end" and skipped is None and etree.QName(node).localname in _BLOCKS:
                    self.new_block = True
                if skipped is None and node is not top:
                    self.take(node, "tail")

    def begin(self, node: etree._Element) -> None:
        name = etree.QName(node).localname
        if name in _BLOCKS:
            self.new_block = True
        if name not in ("lb", "pb") or (self.edition
                                        and self.edition not in node.get("edRef", "").split()):
            return
        if name == "pb":
            self.page += 1
            return
        self.lines.append(_Line(self.document.ordinal(node), node.get("n", ""),
                                max(self.page, 1), self.new_block))
        self.new_block = False

    def take(self, node: etree._Element, where: str) -> None:
        text = getattr(node, where)
        if not text:
            return
        if self.lines:
            index = 0
            if isinstance(node.tag, str):
                ordinal = self.document.ordinal(node)
                index = self.document.text_index(ordinal, where, text)
            else:
                ordinal = -1
            self.lines[-1].pieces.append((text, ordinal, where, index))
        elif text.strip(_SPACE):
            self.findings.append(Finding(
                self.document.place(node), "witness:before-first-line",
                f"“{_short(text.strip(_SPACE))}” stands before the first lb, so it is on no line "
                "of the source", hint="Put an lb where the line begins.",
                ordinal=self.document.ordinal(node),
            ))


def _is_left_out(node: etree._Element) -> bool:
    name = etree.QName(node)
    if name.namespace != TEI:
        return True
    if name.localname in ONLY_IN_CHOICE:
        parent = node.getparent()
        return parent is not None and etree.QName(parent).localname == "choice"
    return name.localname in NOT_IN_SOURCE


def _fold(line: _Line) -> None:
    """Fold the white space of the encoding: a run is one space, none at the line's edges."""
    folded: list[tuple[str, int, str, int]] = []
    after_space = True
    for text, ordinal, where, index in line.pieces:
        for offset, character in enumerate(text):
            is_space = character in _SPACE
            if is_space and after_space:
                continue
            folded.append((" " if is_space else character, ordinal, where, index + offset))
            after_space = is_space
    while folded and folded[-1][0] == " ":
        folded.pop()
    line.pieces = folded
