"""A document as streams of words: one for its text, one for its header, one for each other part.

A stream has all characters but white space; apart from that it knows where a space stands. White
space is folded: where a line of the file ends, at lb, pb, cb, gb and between blocks there is a
space only in scripts that have spaces, and none beside break="no". Notes, and of several words for
one place all but the first, follow after the rest, so that the line around them stays one. Element
and comments lie in the stream from one character to another.
"""

import bisect
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from teikit.comparing.words import split_words
from teikit.lines import needs_space

_RUN = re.compile(r"[ \t\r\n]+|[^ \t\r\n]+")


@dataclass(eq=False)
class Node:
    """An element, a comment or a processing instruction in a stream."""

    name: str  # as it is told: TEI's without a namespace
    attributes: dict[str, str]
    ordinal: int  # of the element; of a comment, that of what it stands in
    citation: str
    order: int  # in the document
    kind: str = "element"  # or comment, instruction
    place: tuple[int, int] = (-1, 0)  # of a comment: its line, as far as it is known
    anchor: int = 0  # where it is called, if it stands apart
    start: int = 0
    end: int = 0
    is_aside: bool = False
    parent: "Node | None" = None


@dataclass(frozen=True)
class Piece:
    """A text node, or a part of one, in a stream."""

    start: int  # in the stream
    text: str  # as it was read
    ordinal: int
    where: str  # "text" or "tail" of the element with the ordinal
    skip: int  # characters of it before this piece: comments stand between
    citation: str


class Buffer:
    """A line of words while they are read; notes have one of their own."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.length = 0
        self.gaps: list[int] = []
        self.pieces: list[Piece] = []
        self.last = ""
        self.is_hard = self.is_soft = self.is_border = self.is_glued = False

    def add(self, text: str, ordinal: int, where: str, skip: int, citation: str) -> None:
        """Take in a text node."""
        if text:
            self.pieces.append(Piece(self.length, text, ordinal, where, skip, citation))
        for run in _RUN.findall(text):
            if run[0] not in " \t\r\n":
                self._word(run)
            elif "\n" in run or "\r" in run:
                self.is_soft = True
            else:
                self.is_hard = True

    def _word(self, run: str) -> None:
        if self._is_gap(run[0]):
            self.gaps.append(self.length)
        self.runs.append(run)
        self.length += len(run)
        self.last = run[-1]
        self.is_hard = self.is_soft = self.is_border = self.is_glued = False

    def _is_gap(self, following: str) -> bool:
        if not self.last:
            return False
        if self.is_border:
            return needs_space(self.last, following)
        if self.is_glued:
            return False
        return self.is_hard or (self.is_soft and needs_space(self.last, following))


@dataclass(eq=False)
class Stream:
    """The words of one part of a document."""

    part: str
    letters: str = ""
    gaps: list[int] = field(default_factory=list)  # before which letters a space stands
    pieces: list[Piece] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)

    @cached_property
    def tokens(self) -> list[str]:
        """Return the words."""
        return [word for run in self._runs() for word in split_words(run)]

    def _runs(self) -> Iterator[str]:
        """Yield what stands between two spaces."""
        for begin, end in itertools.pairwise([0, *self.gaps, len(self.letters)]):
            yield self.letters[begin:end]

    @cached_property
    def starts(self) -> list[int]:
        """Return where each word begins, and, last, where all end."""
        starts, at = [0], 0
        for token in self.tokens:
            at += len(token)
            starts.append(at)
        return starts

    @cached_property
    def _gap_set(self) -> frozenset[int]:
        return frozenset(self.gaps)

    def has_gap(self, at: int) -> bool:
        """Return whether a space stands before the letter AT."""
        return at in self._gap_set

    def offset(self, at: int, *, before_gap: bool = False) -> int:
        """Return where the letter AT stands in the folded words, or the space before it."""
        find = bisect.bisect_left if before_gap else bisect.bisect_right
        return at + find(self.gaps, at)

    @cached_property
    def folded(self) -> str:
        """Return the words with a space where one stands."""
        return " ".join(self._runs())

    @cached_property
    def _piece_starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    def piece_at(self, at: int) -> Piece | None:
        """Return the piece in which the letter AT stands; at the end, the last."""
        index = bisect.bisect_right(self._piece_starts, min(at, len(self.letters) - 1)) - 1
        while index > 0 and not self.pieces[index].text.strip(" \t\r\n"):
            index -= 1
        return self.pieces[index] if index >= 0 else None

    def citation(self, at: int) -> str:
        """Return how the letter AT is cited."""
        piece = self.piece_at(at)
        return piece.citation if piece else ""

    @cached_property
    def passages(self) -> tuple[list[int], list[str]]:
        """Return where each stretch with one citation begins, and the citations."""
        starts: list[int] = []
        names: list[str] = []
        for piece in self.pieces:
            if piece.text.strip(" \t\r\n") and (not names or names[-1] != piece.citation):
                starts.append(piece.start)
                names.append(piece.citation)
        return starts, names

    def passage_around(self, at: int) -> tuple[int, int]:
        """Return where the passage of a letter begins and ends."""
        starts = self.passages[0]
        index = bisect.bisect_right(starts, at)
        end = starts[index] if index < len(starts) else len(self.letters)
        return (starts[index - 1] if index else 0), end

    @cached_property
    def _passage_set(self) -> frozenset[int]:
        return frozenset(self.passages[0])

    def begins_passage(self, at: int) -> bool:
        """Return whether a passage begins with the letter AT."""
        return at in self._passage_set

    def passage_starts(self, start: int, end: int) -> list[int]:
        """Return where passages begin between two letters, neither of them counted."""
        starts = self.passages[0]
        return starts[bisect.bisect_right(starts, start) : bisect.bisect_left(starts, end)]


def join_buffers(part: str, buffers: list[Buffer], nodes: list[tuple[Node, int, int]]) -> Stream:
    """Return the stream of a part: its buffers one after the other, with the nodes in them.

    Each node comes with the numbers of the buffers that its words are in and that it is called in.
    """
    stream = Stream(part)
    bases: list[int] = []
    base, last = 0, ""
    for buffer in buffers:
        bases.append(base)
        first = buffer.runs[0][0] if buffer.runs else ""
        if first and last and needs_space(last, first):
            stream.gaps.append(base)
        stream.gaps.extend(base + gap for gap in buffer.gaps)
        stream.pieces.extend(_moved(buffer.pieces, base))
        base += buffer.length
        last = buffer.last or last
    stream.letters = "".join(run for buffer in buffers for run in buffer.runs)
    for node, own, called in nodes:
        node.start += bases[own]
        node.end += bases[own]
        node.anchor += bases[called]
        stream.nodes.append(node)
    return stream


def _moved(pieces: list[Piece], base: int) -> Iterator[Piece]:
    for one in pieces:
        yield Piece(one.start + base, one.text, one.ordinal, one.where, one.skip, one.citation)
