"""Which of the suggestions are meant: by number, kind, entity, name and length."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from teikit.entities.records import Candidate, Choice, Suggestion
from teikit.errors import TeikitError

_MOST = 1_000_000  # a number of a suggestion


@dataclass(frozen=True)
class Wanted:
    """What the editor asked for; what is empty limits nothing."""

    kinds: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()  # ids, pointers or URIs
    names: tuple[str, ...] = ()
    shortest: int = 2  # characters of a name
    only: tuple[range, ...] = ()
    skip: tuple[range, ...] = ()


def select_suggestions(suggestions: Iterable[Suggestion], wanted: Wanted) -> list[Suggestion]:
    """Return the suggestions that are wanted, each with the candidates that are."""
    selected = []
    for one in suggestions:
        candidates = tuple(each for each in one.candidates if _is_wanted(each, wanted))
        if (
            candidates
            and len(one.name) >= wanted.shortest
            and (not wanted.names or one.name in wanted.names)
            and (not wanted.only or _is_in(one.number, wanted.only))
            and not _is_in(one.number, wanted.skip)
        ):
            selected.append(replace(one, candidates=candidates))
    return selected


def _is_wanted(candidate: Candidate, wanted: Wanted) -> bool:
    names = {candidate.uri, candidate.uri.rpartition("#")[2], candidate.pointer}
    return (not wanted.kinds or candidate.kind in wanted.kinds) and (
        not wanted.entities or not names.isdisjoint(wanted.entities)
    )


def _is_in(number: int, ranges: Iterable[range]) -> bool:
    return any(number in one for one in ranges)


def read_numbers(text: str) -> tuple[range, ...]:
    """Return the numbers that a text such as "1,3-5" means; raise TeikitError where it is none."""
    ranges = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        first, dash, last = part.partition("-")
        numbers = (first.strip(), (last if dash else first).strip())
        if not all(one.isascii() and one.isdigit() and len(one) < 8 for one in numbers):
            raise TeikitError(f"{part[:100]}: write numbers of suggestions, such as 1,3-5")
        ranges.append(range(int(numbers[0]), min(int(numbers[1]), _MOST) + 1))
    return tuple(ranges)


def missing_numbers(suggestions: Sequence[Suggestion], only: Iterable[range]) -> list[str]:
    """Return the numbers that were asked for and that no suggestion has."""
    known = {one.number for one in suggestions}
    last = max(known, default=0)
    missing = []
    for one in only:
        if one.stop - 1 > last or not one:
            missing.append(f"{one.start}-{one.stop - 1}" if len(one) > 1 else str(one.start))
    return missing


def clear_choices(suggestions: Iterable[Suggestion]) -> tuple[Choice, ...]:
    """Return what can be marked without asking: where only one entity may be meant."""
    return tuple(
        Choice(one.number, one.candidates[0].uri)
        for one in suggestions
        if len(one.candidates) == 1 and not one.problem
    )
