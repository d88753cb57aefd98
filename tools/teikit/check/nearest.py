"""The ids that were probably meant, without comparing everything with everything."""

import difflib
from collections.abc import Collection

_COMPARISONS = 200_000  # of a run; a document may be made of pointers that lead nowhere
_LONGEST = 80  # characters; the time of a comparison grows with their square


class Nearest:
    """Finds ids like one that is not there, as long as that has not taken too long already."""

    def __init__(self) -> None:
        self._left = _COMPARISONS
        self._found: dict[tuple[str, str], tuple[str, ...]] = {}

    def find(self, path: str, wanted: str, known: Collection[str]) -> tuple[str, ...]:
        """Return up to three ids of the file at PATH that are like WANTED, the best first."""
        key = path, wanted
        if key not in self._found:
            self._found[key] = self._search(wanted, known)
        return self._found[key]

    def _search(self, wanted: str, known: Collection[str]) -> tuple[str, ...]:
        if len(wanted) > _LONGEST or len(known) > self._left:
            return ()
        self._left -= len(known)
        short = sorted(one for one in known if len(one) <= _LONGEST)
        return tuple(difflib.get_close_matches(wanted, short, 3, 0.7))
