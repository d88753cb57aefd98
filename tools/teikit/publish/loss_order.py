"""Which words of a text stand elsewhere on its page: not in order, or in another paragraph."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from lxml import etree

from teikit.publish.loss_match import Matched
from teikit.publish.loss_words import Page, Stretch, Words, may_move
from teikit.transform.blocks import local_name

_ROUNDS = 3
_FEW = 100  # lost stretches that are looked at
_AROUND = 5  # elements around words by which it is seen where they belong
_LIKE = 8  # stretches of the same words that are tried in each other's place


def find_moved(words: Words, places: Sequence[int]) -> list[int]:
    """Return the stretches that are not where they belong; PLACES says where they are.

    Whole notes, paragraphs and divisions may stand elsewhere; within one of them there is one
    order, and nothing that belongs to another.
    """
    found = [at for at in places if at >= 0]
    if all(one < other for one, other in pairwise(found)):
        return []
    places = list(places)
    units = _by_unit(words.stretches, places)
    moved = _misplaced(words.stretches, places, units)
    if moved:
        _exchange_alike(words.stretches, places, units)
        moved = _misplaced(words.stretches, places, units)
    return sorted(moved)


def _misplaced(
    stretches: list[Stretch], places: list[int], units: dict[etree._Element, list[int]]
) -> set[int]:
    moved = {number for numbers in units.values() for number in _not_in_order(numbers, places)}
    moved.update(_strayed(stretches, places, units.keys(), moved))
    return moved


def exchange_lost(words: Words, page: Page, matched: Matched) -> None:
    """Let a stretch that is nowhere stand where another of the same words does, if it is more at
    home there: a word of a note among the notes, one of the text in the text.
    """
    stretches, places = words.stretches, matched.places
    lost = [number for number, at in enumerate(places) if at < 0][:_FEW]
    alike: dict[str, list[int]] = {stretches[number].words: [] for number in lost}
    for number, one in enumerate(stretches) if lost else ():
        if places[number] >= 0 and one.words in alike:
            alike[one.words].append(number)
    for number in lost:
        for other in alike[stretches[number].words][:_LIKE]:
            at = places[other]
            run = page.stretches[bisect_right(matched.starts, at) - 1]
            if _at_home(stretches[number], run) > _at_home(stretches[other], run):
                places[number], places[other] = at, -1
                break


def _at_home(one: Stretch, there: Stretch) -> int:
    """Return how many of the elements around words have their names on the page around them."""
    classes = {
        token
        for holder in (there.holder, *there.holder.iterancestors(etree.Element))
        for token in (holder.get("class") or "").split()[:1]
    }
    around = [one.holder, *one.holder.iterancestors(etree.Element)]
    return len({local_name(holder) for holder in around[:_AROUND]} & classes)


def _by_unit(stretches: list[Stretch], places: list[int]) -> dict[etree._Element, list[int]]:
    units: dict[etree._Element, list[int]] = {}
    for number, one in enumerate(stretches):
        if places[number] >= 0:
            units.setdefault(one.unit, []).append(number)
    return units


def _exchange_alike(
    stretches: list[Stretch], places: list[int], units: dict[etree._Element, list[int]]
) -> None:
    """Let stretches of the same words stand for each other, where they fit better so."""
    alike: dict[str, list[int]] = {}
    beside: dict[int, tuple[int, int]] = {}  # a stretch -> those before and after it in its unit
    for numbers in units.values():
        for before, number, after in zip(
            [-1, *numbers[:-1]], numbers, [*numbers[1:], -1], strict=True
        ):
            beside[number] = before, after
    for number in sorted(beside):
        alike.setdefault(stretches[number].words, []).append(number)

    def fit(number: int) -> int:
        before, after = beside[number]
        at = places[number]
        return (before >= 0 and places[before] + len(stretches[before].words) == at) + (
            after >= 0 and at + len(stretches[number].words) == places[after]
        )

    for _ in range(_ROUNDS):
        changed = False
        for number in beside:
            same = alike[stretches[number].words]
            if len(same) < 2 or (now := fit(number)) == 2:
                continue
            middle = bisect_left(same, number)
            for other in same[max(0, middle - _LIKE) : middle + _LIKE]:
                before = now + fit(other)
                places[number], places[other] = places[other], places[number]
                if other != number and fit(number) + fit(other) > before:
                    changed = True
                    break
                places[number], places[other] = places[other], places[number]
        if not changed:
            return


def _not_in_order(numbers: list[int], places: Sequence[int]) -> list[int]:
    """Return the fewest of these stretches without which the others are in order."""
    if all(places[one] < places[other] for one, other in pairwise(numbers)):
        return []
    ends: list[int] = []  # of the best order of each length: where its last stretch is
    last: list[int] = []  # ... and which it is
    before: dict[int, int] = {}
    for number in numbers:
        at = bisect_left(ends, places[number])
        if at == len(ends):
            ends.append(places[number])
            last.append(number)
        else:
            ends[at], last[at] = places[number], number
        before[number] = last[at - 1] if at else -1
    if len(ends) == len(numbers):
        return []
    kept, number = set(), last[-1] if last else -1
    while number >= 0:
        kept.add(number)
        number = before[number]
    return [number for number in numbers if number not in kept]


def _strayed(
    stretches: list[Stretch], places: list[int], units: Set[etree._Element], moved: set[int]
) -> Iterator[int]:
    """Yield stretches that stand on the page after their paragraph has ended there."""
    chains: dict[etree._Element, tuple[etree._Element, ...]] = {}
    ended: set[etree._Element] = set()
    flow: tuple[etree._Element, ...] = ()  # the units that are open on the page
    aside: tuple[etree._Element, ...] = ()  # the same inside a note
    for number in sorted(
        (number for number, at in enumerate(places) if at >= 0 and number not in moved),
        key=places.__getitem__,
    ):
        unit = stretches[number].unit
        if unit in ended:
            yield number
            continue
        if unit not in chains:
            chains[unit] = _chain(unit, units)
        chain = chains[unit]
        if may_move(chain[-1]):
            ended.update(one for one in aside if one not in (*chain, *unit.iterancestors()))
            aside = chain
        else:
            ended.update(aside)
            ended.update(one for one in flow if one not in chain)
            aside, flow = (), chain


def _chain(unit: etree._Element, units: Set[etree._Element]) -> tuple[etree._Element, ...]:
    """Return this unit and those that hold it; what may stand anywhere is held by none."""
    found = [unit]
    for one in unit.iterancestors(etree.Element):
        if may_move(found[-1]):
            break
        if one in units or may_move(one):
            found.append(one)
    return tuple(found)
