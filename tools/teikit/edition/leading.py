"""Which entries of the registers a text leads to, by itself or through others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    """The entries of one register, in order; those in another entry's list are there, too."""

    path: str
    entries: tuple[Entry, ...] = ()


class Leading:
    """What each text leads to in the registers; `data` holds the files of these by path."""

    def __init__(self, registers: Iterable[Entries], data: Mapping[str, bytes]):
        self._registers = tuple(registers)
        self._data = {path: content.removeprefix(_BOM) for path, content in data.items()}
        self._by_id: dict[str, list[Entry]] = {}
        for register in self._registers:
            for entry in register.entries:
                for name in entry.ids:
                    self._by_id.setdefault(name, []).append(entry)

    def cut(self, targets: Iterable[str]) -> tuple[tuple[str, bytes], ...]:
        """Return each register (path, bytes) without the entries to which the targets do not lead.

        A register of which nothing is left is not among them.
        """
        reached = self._reached(targets)
        found = []
        for register in self._registers:
            kept = [one for one in register.entries if _is_kept(one, reached, self._by_id)]
            if kept or not register.entries:
                found.append((register.path, self._without(register, kept)))
        return tuple(found)

    def _reached(self, targets: Iterable[str]) -> set[str]:
        """Return the ids of all entries that are led to."""
        reached: set[str] = set()
        waiting = list(targets)
        while waiting:
            for entry in self._by_id.get(waiting.pop(), ()):
                if not reached.issuperset(entry.ids):
                    reached.update(entry.ids)
                    waiting.extend(entry.targets)
        return reached

    def _without(self, register: Entries, kept: list[Entry]) -> bytes:
        data, parts, at = self._data[register.path], [], 0
        stay = {(one.start, one.end) for one in kept}
        for entry in register.entries:
            if entry.start < at or (entry.start, entry.end) in stay:
                continue  # in one that went, or it stays
            parts.append(data[at : entry.start].rstrip())
            at = entry.end
        return b"".join((*parts, data[at:]))


def _is_kept(entry: Entry, reached: set[str], by_id: Mapping[str, list[Entry]]) -> bool:
    if not entry.is_relation:
        return not reached.isdisjoint(entry.ids)
    known = [target for target in entry.targets if target in by_id]
    return bool(known) and reached.issuperset(known)
