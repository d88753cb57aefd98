"""Which words of two texts are the same: what is left are the changes.

What stands once on either side holds the two together (runs of eight words, of four, of two, one),
within the stretches between them again; what is short, or all repetition, is compared word by word
(Myers 1986). Every step is counted: a text made to take long gets one large change instead of many
small ones, never a wrong one.
"""

import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_RUNS = (8, 4, 2, 1)
_SHORT = 64  # words on both sides together that are compared without looking for anchors
_MOST_EDITS = 300  # between two anchors that are compared word by word
_STEPS = 5_000_000  # of the comparison word by word, in all
_NEAR = 8  # words that are the same between two hunks that may be told word for word
_PASSES = 60  # times that the texts may be gone through for anchors


class Hunk(NamedTuple):
    """old[old_start:old_end] stands where new[new_start:new_end] does."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def is_turned(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether the two are compared the other way round: so that both ways are one."""
    return new < old


def align(old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    """Return the stretches that differ, in order; what lies between them is the same.

    Going back from NEW to OLD gives the same stretches, turned round.
    """
    numbers: dict[str, int] = {}
    ids = [[numbers.setdefault(word, len(numbers)) for word in words] for words in (old, new)]
    if is_turned(old, new):
        hunks = [Hunk(n1, n2, o1, o2) for o1, o2, n1, n2 in _Alignment(*ids[::-1]).hunks()]
    else:
        hunks = _Alignment(*ids).hunks()
    return _one_for_one(hunks, *ids)


class _Alignment:
    def __init__(self, old: Sequence[int], new: Sequence[int]):
        self.old, self.new = list(old), list(new)
        self.steps = _STEPS
        self.looks = _PASSES * (len(old) + len(new)) + 10_000

    def hunks(self) -> list[Hunk]:
        """Return the stretches that differ, those that touch made one."""
        found: list[Hunk] = []
        todo = [Hunk(0, len(self.old), 0, len(self.new))]
        while todo:
            stretch = self.trimmed(todo.pop())
            if stretch.old_start == stretch.old_end and stretch.new_start == stretch.new_end:
                continue
            if stretch.old_start == stretch.old_end or stretch.new_start == stretch.new_end:
                found.append(stretch)
                continue
            anchors = self.anchors(stretch)
            if anchors:
                todo.extend(reversed(list(_between(stretch, anchors))))
            else:
                found.extend(self.by_words(stretch))
        return _joined(found)

    def trimmed(self, stretch: Hunk) -> Hunk:
        """Return the stretch without what is the same at its beginning and at its end."""
        old_start, old_end, new_start, new_end = stretch
        old, new = self.old, self.new
        while old_start < old_end and new_start < new_end and old[old_start] == new[new_start]:
            old_start, new_start = old_start + 1, new_start + 1
        while old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
            old_end, new_end = old_end - 1, new_end - 1
        return Hunk(old_start, old_end, new_start, new_end)

    def anchors(self, stretch: Hunk) -> list[tuple[int, int]]:
        """Return pairs of words that belong together, in order; none where nothing is unique."""
        size = stretch.old_end - stretch.old_start + stretch.new_end - stretch.new_start
        if size <= _SHORT:
            return []
        for length in _RUNS:
            self.looks -= size
            if self.looks < 0:
                return []
            places = _unique(self.new, stretch.new_start, stretch.new_end, length)
            pairs = [
                (at, places[run])
                for run, at in _unique(self.old, stretch.old_start, stretch.old_end, length).items()
                if run in places
            ]
            if pairs:
                return _longest_rising(sorted(pairs))
        return []

    def by_words(self, stretch: Hunk) -> list[Hunk]:
        """Return what differs by the fewest words, or all of it where that takes too long."""
        old = self.old[stretch.old_start : stretch.old_end]
        new = self.new[stretch.new_start : stretch.new_end]
        path = self.fewest(old, new)
        if path is None:
            return [stretch]
        found, x, y = [], 0, 0
        for same_x, same_y in [*path, (len(old), len(new))]:
            if (x, y) != (same_x, same_y):
                found.append(
                    Hunk(
                        stretch.old_start + x,
                        stretch.old_start + same_x,
                        stretch.new_start + y,
                        stretch.new_start + same_y,
                    )
                )
            x, y = same_x + 1, same_y + 1
        return found

    def fewest(self, old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]] | None:
        """Return the pairs of the same words with the fewest edits around them; None: too many."""
        furthest, trace = {1: 0}, []
        for edits in range(min(len(old) + len(new), _MOST_EDITS) + 1):
            trace.append(dict(furthest))
            self.steps -= edits + 1
            for diagonal in range(-edits, edits + 1, 2):
                x = _step(furthest, diagonal, edits)
                y = x - diagonal
                begin = x
                while x < len(old) and y < len(new) and old[x] == new[y]:
                    x, y = x + 1, y + 1
                self.steps -= x - begin
                furthest[diagonal] = x
                if x >= len(old) and y >= len(new):
                    return _backwards(trace, len(old), len(new))
            if self.steps < 0:
                return None
        return None


def _step(furthest: dict[int, int], diagonal: int, edits: int) -> int:
    if diagonal == -edits or (
        diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1]
    ):
        return furthest[diagonal + 1]
    return furthest[diagonal - 1] + 1


def _backwards(trace: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for edits in range(len(trace) - 1, -1, -1):
        furthest, diagonal = trace[edits], x - y
        begin = _step(furthest, diagonal, edits)
        while x > begin and x > 0 and x - diagonal > 0:
            x -= 1
            pairs.append((x, x - diagonal))
        if edits:
            down = begin == furthest.get(diagonal + 1, -1) and (
                diagonal == -edits
                or (diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1])
            )
            diagonal += 1 if down else -1
            x = furthest[diagonal]
            y = x - diagonal
    return pairs[::-1]


def _unique(words: Sequence[int], start: int, end: int, length: int) -> dict[tuple, int]:
    """Return the runs of words that stand once between START and END, and where."""
    seen: dict[tuple, int] = {}
    for at in range(start, end - length + 1):
        run = tuple(words[at : at + length])
        seen[run] = -1 if run in seen else at
    return {run: at for run, at in seen.items() if at >= 0}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most of the pairs, sorted by the first, of which the second rises too."""
    tops: list[int] = []
    top_pairs: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        at = bisect.bisect_left(tops, second)
        before.append(top_pairs[at - 1] if at else -1)
        if at == len(tops):
            tops.append(second)
            top_pairs.append(index)
        else:
            tops[at], top_pairs[at] = second, index
    chain, index = [], top_pairs[-1]
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _between(stretch: Hunk, anchors: Sequence[tuple[int, int]]) -> Iterator[Hunk]:
    """Yield the stretches between the anchors."""
    old, new = stretch.old_start, stretch.new_start
    for old_at, new_at in anchors:
        if old < old_at or new < new_at:
            yield Hunk(old, old_at, new, new_at)
        old, new = old_at + 1, new_at + 1
    yield Hunk(old, stretch.old_end, new, stretch.new_end)


def _one_for_one(hunks: Sequence[Hunk], old: Sequence[int], new: Sequence[int]) -> list[Hunk]:
    """Return the hunks, two made others where word for word no more differs than they have.

    What is 甲乙乙丙 here and 乙乙乙丁 there has two words replaced, rather than one removed, and
    another replaced by two.
    """
    done: list[Hunk] = []
    for hunk in hunks:
        last = done[-1] if done else None
        if last and hunk.old_start - last.old_end <= _NEAR and _balance(last) == -_balance(hunk):
            others = _replaced(last, hunk, old, new) if _balance(last) else None
            if others is not None:
                done[-1:] = others
                continue
        done.append(hunk)
    return done


def _balance(hunk: Hunk) -> int:
    """Return how many words the hunk has more in the new version than in the old."""
    return hunk.new_end - hunk.new_start - (hunk.old_end - hunk.old_start)


def _replaced(one: Hunk, other: Hunk, old: Sequence[int], new: Sequence[int]) -> list[Hunk] | None:
    """Return what differs word for word from ONE to OTHER; None if that is more than these."""
    size = other.old_end - one.old_start
    edits = sum(h.old_end - h.old_start + h.new_end - h.new_start for h in (one, other))
    if size > _NEAR + edits:
        return None
    places = [(one.old_start + by, one.new_start + by) for by in range(size)]
    unlike = [(i, j) for i, j in places if old[i] != new[j]]
    if len(unlike) * 2 > edits:
        return None
    return _joined([Hunk(i, i + 1, j, j + 1) for i, j in unlike])


def _joined(hunks: Sequence[Hunk]) -> list[Hunk]:
    joined: list[Hunk] = []
    for hunk in sorted(hunks):
        last = joined[-1] if joined else None
        if last and last.old_end == hunk.old_start and last.new_end == hunk.new_start:
            joined[-1] = Hunk(last.old_start, hunk.old_end, last.new_start, hunk.new_end)
        else:
            joined.append(hunk)
    return joined
