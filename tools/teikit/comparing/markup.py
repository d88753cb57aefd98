"""Two streams -> the changes in their markup.

Elements of the two versions are the same by their id, or by standing around the same words; what
is left over is compared by looser and looser marks: words at the same place, a name alone.
"""

import bisect
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator

from teikit.comparing.aligning import Hunk
from teikit.comparing.records import MarkupChange
from teikit.comparing.streams import Node, Stream
from teikit.comparing.tellings import Teller
from teikit.comparing.texts import Alignment
from teikit.document import XML_ID

Key = Callable[[Node], Hashable]
Pair = tuple[Node, Node]


class Coordinates:
    """Where a place in one stream lies in the other: all that touches a change is one place."""

    def __init__(self, hunks: list[Hunk]):
        self.hunks = hunks
        self._starts = [one.old_start for one in hunks], [one.new_start for one in hunks]

    def common(self, at: int, is_new: bool) -> int:
        """Return a number that is the same for the same place in both."""
        index = bisect.bisect_right(self._starts[is_new], at) - 1
        if index < 0:
            return at
        hunk = self.hunks[index]
        if at <= (hunk.new_end if is_new else hunk.old_end):
            return hunk.old_start
        return at - (hunk.new_end - hunk.old_end if is_new else 0)

    def is_within(self, node: Node, is_new: bool) -> bool:
        """Return whether the node came or went with words: there is nothing else to tell of it."""
        if (
            node.start == node.end
            and node.parent is not None
            and node.parent.start < node.parent.end
        ):
            node = node.parent
        return self.hunk_around(node, is_new, strictly=node.start == node.end) is not None

    def hunk_around(self, node: Node, is_new: bool, strictly: bool = False) -> Hunk | None:
        """Return the change within which the node stands; STRICTLY: not at its edge."""
        index = bisect.bisect_right(self._starts[is_new], node.start) - 1
        if index < 0:
            return None
        hunk = self.hunks[index]
        begin, end = hunk[2:] if is_new else hunk[:2]
        inside = begin < node.start and node.end < end if strictly else node.end <= end
        return hunk if inside else None


def find_markup_changes(alignment: Alignment, tell: Teller) -> Iterator[MarkupChange]:
    """Yield the changes in the markup of a part."""
    matching = _Matching(alignment.old, alignment.new, Coordinates(alignment.hunks))
    for old, new in matching.pairs:
        yield from tell.pair(old, new, matching.moved(old, new))
    for old, pieces in matching.divided:
        yield tell.divided(old, pieces)
    for pieces, new in matching.joined:
        yield tell.joined(pieces, new)
    for old in matching.old:
        if not matching.where.is_within(old, False):
            yield tell.removed(old)
        elif XML_ID in old.attributes:
            yield tell.lost_id(old)
    for new in matching.new:
        if not matching.where.is_within(new, True):
            yield tell.added(new)


class _Matching:
    """Finds which nodes are the same; those of which there is no other are left over."""

    def __init__(self, old: Stream, new: Stream, where: Coordinates):
        self.where = where
        self.old, self.new = list(old.nodes), list(new.nodes)
        self.pairs: list[Pair] = []
        self.divided: list[tuple[Node, list[Node]]] = []
        self.joined: list[tuple[list[Node], Node]] = []
        self._extents = {
            **{id(one): self._extent(one, False) for one in self.old},
            **{id(one): self._extent(one, True) for one in self.new},
        }
        extent = self._of
        self.match(lambda n: (n.kind, n.name, extent(n), _known(n)))
        self.divided = list(self.split(self.old, self.new))
        self.joined = [(pieces, whole) for whole, pieces in self.split(self.new, self.old)]
        self.match(lambda n: (n.kind, n.name, n.attributes.get(XML_ID)), _has_id)
        self.match(lambda n: (n.kind, n.name, extent(n), n.attributes.get("n")))
        self.match(lambda n: (n.kind, n.name, extent(n)))
        self.match(lambda n: n.attributes[XML_ID], _has_id)
        self.match(lambda n: (n.kind, extent(n), _known(n)), _has_words)
        self.match(lambda n: (n.kind, extent(n)), _has_words)
        self.match(lambda n: (n.kind, n.name, _known(n)), _has_marks)
        self.match(lambda n: (n.kind, n.name, extent(n)[0]), _has_words)
        self.match(lambda n: (n.kind, n.name, extent(n)[1]), _has_words)
        self.pairs.sort(key=lambda pair: pair[1].order)

    def _extent(self, node: Node, is_new: bool) -> tuple[int, int]:
        return self.where.common(node.start, is_new), self.where.common(node.end, is_new)

    def _of(self, node: Node) -> tuple[int, int]:
        return self._extents[id(node)]

    def moved(self, old: Node, new: Node) -> str:
        """Return "" where the two stand at the same place, else "start", "end" or "both"."""
        if not self._is_moved(old, new):
            return ""
        before, after = self._of(old), self._of(new)
        if before[0] == after[0]:
            return "end"
        return "start" if before[1] == after[1] else "both"

    def _is_moved(self, old: Node, new: Node) -> bool:
        if old.is_aside and new.is_aside:
            return self.where.common(old.anchor, False) != self.where.common(new.anchor, True)
        if self._of(old) == self._of(new):
            return False
        return not (self.where.hunk_around(old, False) and self.where.hunk_around(new, True))

    def match(self, key: Key, takes: Callable[[Node], bool] = lambda _: True) -> None:
        """Pair what has the same key, in order; keep the rest."""
        waiting: dict[Hashable, deque[Node]] = defaultdict(deque)
        for one in self.new:
            if takes(one):
                waiting[key(one)].append(one)
        if not waiting:
            return
        left, taken = [], set()
        for one in self.old:
            others = waiting.get(key(one)) if takes(one) else None
            if others:
                other = others.popleft()
                taken.add(id(other))
                self.pairs.append((one, other))
            else:
                left.append(one)
        self.old = left
        self.new = [one for one in self.new if id(one) not in taken]

    def split(self, wholes: list[Node], parts: list[Node]) -> Iterator[tuple[Node, list[Node]]]:
        """Yield what is one element here and several of its name, one after another, there."""
        following: dict[tuple[str, int], Node] = {}
        for one in reversed(parts):
            if _has_words(one):
                following[one.name, self._of(one)[0]] = one
        used: set[int] = set()
        for whole in [one for one in wholes if _has_words(one)]:
            at, end = self._of(whole)
            pieces: list[Node] = []
            while at < end and (piece := following.get((whole.name, at))):
                at = self._of(piece)[1]
                if id(piece) in used or at <= self._of(piece)[0]:
                    break
                pieces.append(piece)
            if at == end and len(pieces) > 1:
                used.update(map(id, [whole, *pieces]))
                yield whole, pieces
        wholes[:] = [one for one in wholes if id(one) not in used]
        parts[:] = [one for one in parts if id(one) not in used]


def _known(node: Node) -> tuple:
    return tuple(sorted(node.attributes.items()))


def _has_id(node: Node) -> bool:
    return XML_ID in node.attributes


def _has_words(node: Node) -> bool:
    return node.end > node.start and node.kind == "element"


def _has_marks(node: Node) -> bool:
    return bool(node.attributes)
