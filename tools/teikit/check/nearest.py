"""The nearest of many names, at a bounded cost: an edition may have 100,000 ids."""

import bisect
import difflib
import unicodedata
from collections.abc import Iterable, Iterator

_MOST_SEARCHES = 500  # different names looked up in one set
_MOST_COMPARED = 200  # names that one is compared with, letter by letter; fewer: all of them
_LONGEST = 100  # characters of a name that is still compared


class Nearest:
    """A set of names that can be asked which of them are meant by one that is not in it."""

    def __init__(self, names: Iterable[str]):
        self._names = sorted(name for name in names if len(name) <= _LONGEST)
        self._by_fold: dict[str, list[str]] = {}
        self._from_end: list[str] = []
        self._answers: dict[str, tuple[str, ...]] = {}

    def find(self, name: str) -> tuple[str, ...]:
        """Return up to three names that are like NAME, the likeliest first."""
        if name not in self._answers:
            if len(self._answers) >= _MOST_SEARCHES or len(name) > _LONGEST:
                return ()
            self._answers[name] = self._search(name)
        return self._answers[name]

    def _search(self, name: str) -> tuple[str, ...]:
        if not self._by_fold:
            for one in self._names:
                self._by_fold.setdefault(_fold(one), []).append(one)
            self._from_end = sorted(one[::-1] for one in self._names)
        same = self._by_fold.get(_fold(name))
        if same:
            return tuple(same[:3])
        turned = [one for way in _turned(_fold(name)) for one in self._by_fold.get(way, ())]
        if turned:
            return tuple(sorted(set(turned))[:3])
        return tuple(difflib.get_close_matches(name, self._likely(name), 3, 0.7))

    def _likely(self, name: str) -> list[str]:
        """Return all names, or, of many, those that begin or end most like NAME."""
        if len(self._names) <= _MOST_COMPARED:
            return self._names
        by_start = _around(self._names, name, _MOST_COMPARED // 2)
        by_end = _around(self._from_end, name[::-1], _MOST_COMPARED // 2)
        return sorted({*by_start, *(one[::-1] for one in by_end)})


def _around(names: list[str], name: str, count: int) -> list[str]:
    """Return COUNT names of a sorted list from around where NAME would stand."""
    at = bisect.bisect(names, name)
    return names[max(at - count // 2, 0) : at + count // 2]


def _turned(name: str) -> Iterator[str]:
    """Yield the name with each two neighbouring letters exchanged, as fingers do."""
    for at in range(len(name) - 1):
        if name[at] != name[at + 1]:
            yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _fold(name: str) -> str:
    """Return what names that look alike have in common: case and composition apart."""
    return unicodedata.normalize("NFC", name).casefold()
