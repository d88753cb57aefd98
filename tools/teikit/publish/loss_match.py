"""Which words of a document are where on its page: each stretch once, in the longest runs.

A page has the words of a document in another order: notes and readings stand at its end or
beside. So both are walked together, and where they part, the place in the document is looked for
from which on they go together longest.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from teikit.publish.loss_words import Page, Words

_KEY = 8  # characters by which a stretch is looked for
_CANDIDATES = 12  # places in the document that are looked at
_SURE = 3  # stretches before two ways part that may be the same by chance
_LONG = 40  # characters that go together by no chance
_LOST = 3  # stretches that are passed over to find one that goes on
_AHEAD = 24  # stretches that are compared to choose between two places


@dataclass(frozen=True, eq=False)
class Matched:
    """Where each stretch of a document begins among the words of the page; -1: nowhere.

    `extra` are the words of the page that no stretch was found for: (begin, end).
    """

    places: list[int]
    extra: Sequence[tuple[int, int]]
    page: str
    starts: Sequence[int]  # where each stretch of the page begins


def match_words(document: Words, page: Page) -> Matched:
    """Return where the words of the document are on the page."""
    return _Matcher(document, page).match()


class _Matcher:
    def __init__(self, document: Words, page: Page):
        self.movable = document.movable
        self.words = [one.words for one in document.stretches]
        self.runs = [one.words for one in page.stretches]
        self.page = "".join(self.runs)
        self.starts = []
        at = 0
        for one in page.stretches:
            self.starts.append(at)
            at += len(one.words)
        self.places = [-1] * len(self.words)
        self.keys: dict[str, list[int]] = {}
        for number, words in enumerate(self.words):
            self.keys.setdefault(words[:_KEY], []).append(number)
        self.passed: dict[str, int] = {}  # how many of a key's numbers are used up for good

    def match(self) -> Matched:
        """Walk over the page and give each of its words to a stretch."""
        at, number, extra = 0, 0, []
        while at < len(self.page):
            count = self._together(at, number)
            if count:
                for step in range(number, number + count):
                    self.places[step] = at
                    at += len(self.words[step])
                number += count
                continue
            chosen = self._choose(at, number)
            if chosen < 0:
                end = self._next_start(at)
                if extra and extra[-1][1] == at:
                    extra[-1] = (extra[-1][0], end)
                else:
                    extra.append((at, end))
                at = end
                continue
            self.places[chosen] = at
            at += len(self.words[chosen])
            number = chosen + 1
        self._put_in_order()
        return Matched(self.places, extra, self.page, self.starts)

    def _put_in_order(self) -> None:
        """Let notes and readings of the same words stand in the order of the document."""
        alike: dict[tuple[str, ...], list[int]] = {}
        for begin, end in self.movable.items():
            if all(at >= 0 for at in self.places[begin:end]):
                alike.setdefault(tuple(self.words[begin:end]), []).append(begin)
        for words, begins in alike.items():
            if len(begins) > 1:
                found = sorted(self.places[begin : begin + len(words)] for begin in begins)
                for begin, places in zip(sorted(begins), found, strict=True):
                    self.places[begin : begin + len(words)] = places

    def _together(self, at: int, number: int) -> int:
        """Return how many stretches from here on are the same in both, well before they part."""
        run = bisect_left(self.starts, at)
        if run >= len(self.runs) or self.starts[run] != at:
            return 0
        words, runs = self.words, self.runs
        most = min(len(words) - number, len(runs) - run)
        step = 0
        while step < most and words[number + step] == runs[run + step]:
            if self.places[number + step] >= 0:
                break
            step += 1
        return step if step == most and len(words) - number == most else max(step - _SURE, 0)

    def _choose(self, at: int, number: int) -> int:
        """Return the stretch that goes on at this place of the page, or -1."""
        page, words = self.page, self.words
        expected = number < len(words) and self.places[number] < 0
        if expected and page.startswith(words[number], at):
            same = self.keys[words[number][:_KEY]]
            if len(same) == 1 and len(words[number]) >= _KEY:  # there is no other like it
                return number
        # words that begin as a stretch of the page does and part from it are not those
        least = min(self._next_start(at) - at, _LONG)
        following, alike = [*self._following(number)], [*self._alike(at, number)]
        for lost, candidates in ((0, following), (0, alike), (_LOST, following), (_LOST, alike)):
            best, reach = -1, least - 1
            for candidate in candidates:
                if self.places[candidate] < 0 and page.startswith(words[candidate], at):
                    length = self._reach(candidate, at, lost)
                    if length > reach:
                        best, reach = candidate, length
            if best >= 0:
                return best
        return -1

    def _following(self, number: int) -> Iterator[int]:
        """Yield the stretch that is expected, and those after notes that it begins."""
        while number < len(self.words):
            yield number
            if number not in self.movable:
                return
            number = self.movable[number]

    def _alike(self, at: int, number: int) -> Iterator[int]:
        """Yield stretches that begin with what the page has here."""
        for length in range(_KEY, 0, -1):
            key = self.page[at : at + length]
            numbers = self.keys.get(key) if len(key) == length else None
            if numbers:
                yield from self._near(key, numbers, number)

    def _near(self, key: str, numbers: list[int], number: int) -> list[int]:
        """Return the first of these that come after the expected one, and of those before."""
        passed = self.passed.get(key, 0)
        while passed < len(numbers) and self.places[numbers[passed]] >= 0:
            passed += 1
        self.passed[key] = passed
        middle = max(bisect_left(numbers, number), passed)
        before = [one for one in numbers[passed : passed + _CANDIDATES] if one < number]
        return [*numbers[middle : middle + _CANDIDATES], *before]

    def _reach(self, number: int, at: int, lost: int) -> int:
        """Return how many characters go together from here on; notes may stand in between, and
        LOST stretches may be missing in each place.
        """
        begin = at
        for _ in range(_AHEAD):
            number = self._going_on(number, at, lost)
            if number < 0:
                break
            at += len(self.words[number])
            number += 1
        return at - begin

    def _going_on(self, number: int, at: int, lost: int) -> int:
        """Return the stretch from NUMBER on that the page has at this place, or -1."""
        for _ in range(lost + 1):
            while number < len(self.words):
                if self.places[number] < 0 and self.page.startswith(self.words[number], at):
                    return number
                if number not in self.movable:
                    break
                number = self.movable[number]
            number += 1
        return -1

    def _next_start(self, at: int) -> int:
        following = bisect_left(self.starts, at + 1)
        return self.starts[following] if following < len(self.starts) else len(self.page)
