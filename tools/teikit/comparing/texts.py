"""Two streams -> the changes in their words, each with its passage."""

import bisect
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from teikit.comparing.aligning import Hunk, align, is_turned
from teikit.comparing.likeness import what_differs
from teikit.comparing.places import Placer
from teikit.comparing.records import TextChange
from teikit.comparing.streams import Stream
from teikit.document import Document

Spans = list[tuple[int, int]]
_CONTEXT = 30  # characters on either side
_FEWEST_MOVED = 12  # characters of a passage that is told to have moved
_FEW = 12  # characters between two changes that may be told as one
_SLIDES = 200  # words that a change is moved at most, to begin with a passage


class Alignment:
    """How two streams of the same part lie against each other, in letters."""

    def __init__(self, old: Stream, new: Stream):
        self.old, self.new = old, new
        self.words: list[Hunk] = []
        self.hunks: list[Hunk] = []
        if old.letters == new.letters:
            return
        ids = old.tokens, new.tokens
        merged = self._merged(align(*ids))
        for index, hunk in enumerate(merged):
            following = merged[index + 1] if index + 1 < len(merged) else None
            self.words.append(self._slid(hunk, following, ids))
        self.hunks = [
            Hunk(
                old.starts[one.old_start],
                old.starts[one.old_end],
                new.starts[one.new_start],
                new.starts[one.new_end],
            )
            for one in self.words
        ]

    def _merged(self, hunks: Sequence[Hunk]) -> list[Hunk]:
        """Return the hunks, two made one where what is the same between them is an accident."""
        merged: list[Hunk] = []
        for hunk in hunks:
            last = merged[-1] if merged else None
            if last and self._is_accident(last, hunk):
                merged[-1] = Hunk(last.old_start, hunk.old_end, last.new_start, hunk.new_end)
            else:
                merged.append(hunk)
        return merged

    def _is_accident(self, one: Hunk, other: Hunk) -> bool:
        old, new = self.old.starts, self.new.starts
        begin, end = old[one.old_end], old[other.old_start]
        if end - begin > _FEW or other.old_start - one.old_end > 3:
            return False
        sizes = [
            max(old[h.old_end] - old[h.old_start], new[h.new_end] - new[h.new_start])
            for h in (one, other)
        ]
        if (end - begin) * 2 > min(sizes):
            return False
        new_begin, new_end = new[one.new_end], new[other.new_start]
        return not (
            self.old.passage_starts(begin - 1, end + 1)
            or self.new.passage_starts(new_begin - 1, new_end + 1)
        )

    def _slid(self, hunk: Hunk, following: Hunk | None, ids: Sequence[Sequence[str]]) -> Hunk:
        """Return what was added or removed so that it begins with a passage, where it can."""
        if hunk.old_start != hunk.old_end and hunk.new_start != hunk.new_end:
            return hunk
        is_new = hunk.old_start == hunk.old_end
        words, stream = (ids[1], self.new) if is_new else (ids[0], self.old)
        begin, end = (hunk.new_start, hunk.new_end) if is_new else (hunk.old_start, hunk.old_end)
        before = hunk.old_start - (self.words[-1].old_end + 1 if self.words else 0)
        after = (following.old_start - 1 if following else len(ids[0])) - hunk.old_end
        if stream.begins_passage(stream.starts[begin]):
            return hunk
        for by in range(1, min(_SLIDES, before) + 1):
            if words[begin - by] != words[end - by]:
                break
            if stream.begins_passage(stream.starts[begin - by]):
                return Hunk(*(at - by for at in hunk))
        for by in range(1, min(_SLIDES, after) + 1):
            if words[begin + by - 1] != words[end + by - 1]:
                break
            if stream.begins_passage(stream.starts[begin + by]):
                return Hunk(*(at + by for at in hunk))
        return hunk


def find_text_changes(
    alignment: Alignment, documents: tuple[Document, Document]
) -> Iterator[TextChange]:
    """Yield the changes in the words, in the order of the new version."""
    yield from _moves(list(_Texts(alignment, documents).changes()))


class _Texts:
    def __init__(self, alignment: Alignment, documents: tuple[Document, Document]):
        self.alignment = alignment
        self.old, self.new = alignment.old, alignment.new
        self.old_placer = Placer(documents[0], self.old)
        self.new_placer = Placer(documents[1], self.new)

    def changes(self) -> Iterator[TextChange]:
        """Yield all changes; between two hunks only a space can differ."""
        old_at = new_at = 0
        last = Hunk(*[len(self.old.letters)] * 2, *[len(self.new.letters)] * 2)
        for hunk in [*self.alignment.hunks, last]:
            yield from self.spaces(old_at, hunk.old_start, new_at)
            if hunk is not last:
                yield from self.of_hunk(hunk)
            old_at, new_at = hunk.old_end, hunk.new_end

    def spaces(self, start: int, end: int, new_start: int) -> Iterator[TextChange]:
        """Yield where a space alone was added or removed in what is the same."""
        shift = new_start - start
        old = _between(self.old.gaps, start, end)
        new = {gap - shift for gap in _between(self.new.gaps, new_start, end + shift)}
        for at in sorted(new.symmetric_difference(old)):
            yield from self.of_hunk(Hunk(at, at, at + shift, at + shift))

    def of_hunk(self, hunk: Hunk) -> Iterator[TextChange]:
        """Yield the changes of a hunk, passage by passage."""
        old = _Claim(self.old, hunk.old_start, hunk.old_end)
        new = _Claim(self.new, hunk.new_start, hunk.new_end)
        for piece in self.split(hunk):
            change = self.change(
                piece,
                *old.words(piece.old_start, piece.old_end),
                *new.words(piece.new_start, piece.new_end),
            )
            if change is not None:
                yield change

    def split(self, hunk: Hunk) -> Iterator[Hunk]:
        """Yield the hunk by passages: those of one citation together, others by themselves."""
        old = self._cut(self.old, hunk.old_start, hunk.old_end)
        new = self._cut(self.new, hunk.new_start, hunk.new_end)
        if not old and not new:  # a space alone
            yield hunk
            return
        done_old = done_new = 0
        for i, j in [*self._same_citations(old, new), (len(old), len(new))]:
            old_at = old[i - 1][1] if i else hunk.old_start
            new_at = new[done_new][0] if done_new < len(new) else hunk.new_end
            yield from _paired(old[done_old:i], new[done_new:j], old_at, new_at)
            if i < len(old):
                yield Hunk(*old[i], *new[j])
            done_old, done_new = i + 1, j + 1

    def _cut(self, stream: Stream, start: int, end: int) -> Spans:
        if start == end:
            return []
        borders = [start, *stream.passage_starts(start, end), end]
        return list(itertools.pairwise(borders))

    def _same_citations(self, old: Spans, new: Spans) -> list[tuple[int, int]]:
        """Return pairs of passages with one citation, in order."""
        names = (
            [self.old.citation(begin) for begin, _ in old],
            [self.new.citation(begin) for begin, _ in new],
        )
        if is_turned(self.old.tokens, self.new.tokens):
            return [(i, j) for j, i in _rising(names[1], names[0])]
        return _rising(*names)

    def change(self, hunk: Hunk, old_at: int, old: str, new_at: int, new: str) -> TextChange | None:
        """Return the change, without the spaces that are the same on both sides."""
        if old.startswith(" ") and new.startswith(" "):
            old_at, old, new_at, new = old_at + 1, old[1:], new_at + 1, new[1:]
        if old.endswith(" ") and new.endswith(" "):
            old, new = old[:-1], new[:-1]
        if old == new:
            return None
        kind = "changed"
        if not old.strip(" "):
            kind = "added" if new.strip(" ") else "changed"
        elif not new.strip(" "):
            kind = "removed"
        if kind == "removed":
            before, after = _context(self.old, hunk.old_start, hunk.old_end, old_at, old)
        else:
            before, after = _context(self.new, hunk.new_start, hunk.new_end, new_at, new)
        old_citation = self.old.citation(hunk.old_start)
        citation = self.new.citation(hunk.new_start)
        return TextChange(
            kind,
            what_differs(old, new),
            self.new.part,
            old_citation if kind == "removed" else citation,
            old_citation,
            old,
            new,
            before,
            after,
            self.old_placer.place(hunk.old_start, hunk.old_end),
            self.new_placer.place(hunk.new_start, hunk.new_end),
            old_at,
            new_at,
        )


class _Claim:
    """Gives out the folded words of one side of a hunk, each space once."""

    def __init__(self, stream: Stream, start: int, end: int):
        self.stream, self.is_empty = stream, start == end
        self.done = stream.offset(start, before_gap=True)

    def words(self, start: int, end: int) -> tuple[int, str]:
        """Return where the letters begin in the folded words, and what they are with the spaces
        beside them."""
        begin = self.done
        if start != end or self.is_empty:
            self.done = self.stream.offset(end)
        return begin, self.stream.folded[begin : self.done]


def _context(stream: Stream, start: int, end: int, at: int, words: str) -> tuple[str, str]:
    """Return what stands before and after some words in their passage."""
    begin, finish = stream.passage_around(start)
    if end > start:
        finish = stream.passage_around(end - 1)[1]
    behind = at + len(words)
    first = max(at - _CONTEXT, stream.offset(begin))
    last = min(behind + _CONTEXT, stream.offset(finish, before_gap=True))
    return stream.folded[min(first, at) : at], stream.folded[behind : max(last, behind)]


def _rising(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return pairs of places with the same name, each after the one before."""
    wanted: dict[str, int] = {}
    for index, name in enumerate(new):
        wanted.setdefault(name, index)
    pairs, last = [], -1
    for index, name in enumerate(old):
        found = wanted.get(name, -1)
        if found > last:
            pairs.append((index, found))
            last = found
    return pairs


def _paired(old: Spans, new: Spans, old_at: int, new_at: int) -> Iterator[Hunk]:
    """Yield as many passages as there are on both sides together, others as removed and added."""
    if len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield Hunk(*one, *other)
        return
    for begin, end in old:
        yield Hunk(begin, end, new_at, new_at)
    for begin, end in new:
        yield Hunk(old_at, old_at, begin, end)


def _between(gaps: Sequence[int], start: int, end: int) -> Sequence[int]:
    """Return the gaps between two letters, not those at either."""
    return gaps[bisect.bisect_right(gaps, start) : bisect.bisect_left(gaps, end)]


def _moves(changes: Sequence[TextChange]) -> Iterator[TextChange]:
    """Yield the changes; the same words removed here and added there are one that moved."""
    added: dict[str, list[int]] = {}
    for index, one in enumerate(changes):
        if one.kind == "added" and len(one.new.strip(" ")) >= _FEWEST_MOVED:
            added.setdefault(one.new.strip(" "), []).append(index)
    moved: dict[int, TextChange] = {}
    gone: set[int] = set()
    for index, one in enumerate(changes):
        places = added.get(one.old.strip(" ")) if one.kind == "removed" else None
        if places:
            moved[places.pop(0)] = one
            gone.add(index)
    for index, one in enumerate(changes):
        if index in moved:
            before = moved[index]
            yield replace(
                one,
                kind="moved",
                only="",
                old=before.old,
                old_citation=before.old_citation,
                old_place=before.old_place,
                old_at=before.old_at,
            )
        elif index not in gone:
            yield one
