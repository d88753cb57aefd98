"""The nearest of many names, at a bounded cost: an edition may have 100,000 ids."""

import difflib
import unicodedata
from collections.abc import Iterable

_MOST_SEARCHES = 300  # different names looked up in one set
_MOST_COMPARED = 1000  # names that one is compared with, letter by letter
_LONGEST = 100  # characters of a name that is still compared


class Nearest:
    """A set of names that can be asked which of them are meant by one that is not in it."""

    def __init__(self, names: Iterable[str]):
        self._names = sorted(names)
        self._by_fold: dict[str, list[str]] | None = None
        self._by_start: dict[str, list[str]] = {}
        self._answers: dict[str, tuple[str, ...]] = {}

    def find(self, name: str) -> tuple[str, ...]:
        """Return up to three names that are like NAME, the likeliest first."""
        if name not in self._answers:
            if len(self._answers) >= _MOST_SEARCHES or len(name) > _LONGEST:
                return ()
            self._answers[name] = self._search(name)
        return self._answers[name]

    def _search(self, name: str) -> tuple[str, ...]:
        if self._by_fold is None:
            self._by_fold = {}
            for one in self._names:
                self._by_fold.setdefault(_fold(one), []).append(one)
                self._by_start.setdefault(_fold(one)[:1], []).append(one)
        same = self._by_fold.get(_fold(name))
        if same:
            return tuple(same[:3])
        start = self._by_start.get(_fold(name)[:1], self._names)
        room = max(2, len(name) // 3)
        likely = [one for one in start if abs(len(one) - len(name)) <= room][:_MOST_COMPARED]
        found = difflib.get_close_matches(name, likely, 3, 0.7)
        if not found and len(self._names) <= _MOST_COMPARED:
            found = difflib.get_close_matches(name, self._names, 3, 0.7)
        return tuple(found)


def _fold(name: str) -> str:
    """Return what names that look alike have in common: case and composition apart."""
    return unicodedata.normalize("NFC", name).casefold()
