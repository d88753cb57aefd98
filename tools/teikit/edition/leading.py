"""Which entries of the registers a text leads to, by itself or through others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Entry:
    """One entry: where it stands in its file, its ids (`path#id`), and what it leads to."""

    start: int
    end: int
    ids: tuple[str, ...]
    targets: tuple[str, ...]
    is_relation: bool = False  # it says something of others, and nobody leads to it


@dataclass(frozen=True)
class Entries:
    """The entries of one register, in order; none of them is in another."""

    path: str
    entries: tuple[Entry, ...] = ()


class Leading:
    """What texts lead to in the registers; `data` holds the files of these by path."""

    def __init__(self, registers: Iterable[Entries], data: Mapping[str, bytes]):
        self._registers = [_Register(one, data[one.path]) for one in registers]
        self._by_id: dict[str, Entry] = {}
        for register in self._registers:
            for entry in register.entries:
                for name in entry.ids:
                    self._by_id.setdefault(name, entry)

    def cut(self, targets: Iterable[str]) -> tuple[tuple[str, bytes], ...]:
        """Return each register (path, bytes) without the entries to which the targets do not lead.

        A register of which nothing is left is not among them.
        """
        reached = self._reached(targets)
        return tuple(
            (register.path, data)
            for register in self._registers
            if (data := register.cut(reached, self._by_id)) is not None
        )

    def _reached(self, targets: Iterable[str]) -> dict[str, None]:
        """Return the ids of all entries that are led to."""
        reached: dict[str, None] = {}
        waiting = list(targets)
        while waiting:
            target = waiting.pop()
            if target in self._by_id and target not in reached:
                entry = self._by_id[target]
                reached |= dict.fromkeys(entry.ids)
                waiting.extend(entry.targets)
        return reached


class _Register:
    """A register that is cut often: what is looked up for it once."""

    def __init__(self, entries: Entries, data: bytes):
        self.path, self.entries = entries.path, entries.entries
        self._data = data.removeprefix(_BOM)
        borders = [0, *(at for one in self.entries for at in (one.start, one.end)), len(data)]
        gaps = [self._data[a:b] for a, b in list(pairwise(borders))[::2]]  # before each, and after
        self._marked = [number for number, gap in enumerate(gaps) if gap.strip()]
        self._gaps = gaps
        self._numbers: dict[str, set[int]] = {}  # of the entries with this id, or about it
        for number, entry in enumerate(self.entries):
            for name in entry.targets if entry.is_relation else entry.ids:
                self._numbers.setdefault(name, set()).add(number)

    def cut(self, reached: Mapping[str, None], known: Mapping[str, Entry]) -> bytes | None:
        """Return the bytes with the entries that were reached; None where there are none."""
        if not self.entries:
            return self._data
        numbers = {number for name in reached for number in self._numbers.get(name, ())}
        kept = {one for one in numbers if self._stays(self.entries[one], reached, known)}
        if not kept:
            return None
        parts = []
        for number in sorted(kept.union(self._marked)):
            gap = self._gaps[number]
            parts.append(gap if gap.strip() else b"\n")
            if number in kept:
                parts.append(self._data[self.entries[number].start : self.entries[number].end])
        return b"".join(parts)

    def _stays(self, entry: Entry, reached: Mapping[str, None], known: Mapping[str, Entry]) -> bool:
        """Return whether it was reached; of a relation, all between which it is."""
        return not entry.is_relation or all(one in reached for one in entry.targets if one in known)
