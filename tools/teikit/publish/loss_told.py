"""What is lost of the words of a text, doubled or moved: each told where it stands."""

from bisect import bisect_right
from collections.abc import Iterator
from difflib import SequenceMatcher

from lxml import etree

from teikit.document import Document
from teikit.publish.carried import Lost
from teikit.publish.loss_match import Matched
from teikit.publish.loss_order import find_moved
from teikit.publish.loss_words import Stretch, Words
from teikit.report import Finding

LOST, DOUBLED, MOVED = "publish:lost-text", "publish:doubled-text", "publish:moved-text"
PAGE = "on the page"
_SHOWN = 60  # characters of what is lost that the message shows
_COMPARED = 20_000  # pairs of characters that are compared one by one
_HINTS = {
    LOST: "A stylesheet drops them: give their element a template.",
    DOUBLED: "A stylesheet shows them twice, or adds them: its own need the class tk-label.",
    MOVED: "A stylesheet takes them out of their order.",
}


def tell_words(
    document: Document, words: Words, matched: Matched, kind: str = "text", where: str = PAGE
) -> tuple[list[Lost], list[int]]:
    """Return the losses, and how many characters are carried: of the text, of annotations."""
    losses: list[Lost] = []

    def tell(one: Stretch, rule: str, message: str) -> None:
        finding = _at(document, one.holder, rule, message)
        losses.append(Lost("annotations" if one.is_annotation else kind, finding))

    missing = [0, 0]
    extra = _extra_after(matched)
    previous = -1  # the stretch before that is on the page
    stretches, places = words.stretches, matched.places
    number = 0
    while number < len(stretches):
        if places[number] >= 0:
            previous, number = number, number + 1
            continue
        ends = number
        while ends < len(stretches) and places[ends] < 0:
            ends += 1
        at = places[previous] + len(stretches[previous].words) if previous >= 0 else 0
        there = extra.pop(at, "")
        group = stretches[number:ends]
        for one, lost in _lost_of(group, there):
            missing[one.is_annotation] += len(lost)
            tell(one, LOST, _lost_message(lost, one, where))
        if added := _added(group, there):
            tell(group[0], DOUBLED, _doubled_message(added, where))
        number = ends
    for one, added in _left_over(document, words, matched, extra):
        tell(one, DOUBLED, _doubled_message(added, where))
    for number in find_moved(words, matched.places):
        one = stretches[number]
        tell(
            one, MOVED, f"these words stand elsewhere {where} than in the text: {short(one.words)}"
        )
    totals = [0, 0]
    for one in stretches:
        totals[one.is_annotation] += len(one.words)
    return losses, [totals[0] - missing[0], totals[0], totals[1] - missing[1], totals[1]]


def _extra_after(matched: Matched) -> dict[int, str]:
    """Return the words of the page that no stretch has, by where they begin."""
    return {begin: matched.page[begin:end] for begin, end in matched.extra}


def _lost_of(group: list[Stretch], there: str) -> Iterator[tuple[Stretch, str]]:
    """Yield what of these stretches is not among the words that the page has in their place."""
    whole = "".join(one.words for one in group)
    kept = _kept(whole, there)
    begin = 0
    for one in group:
        end = begin + len(one.words)
        lost = "".join(sign for at, sign in enumerate(one.words, begin) if at not in kept)
        if lost:
            yield one, lost
        begin = end


def _kept(whole: str, there: str) -> set[int]:
    """Return which characters of the whole are there, in order."""
    return {at for begin, _, size in _common(whole, there) for at in range(begin, begin + size)}


def _added(group: list[Stretch], there: str) -> str:
    """Return what the page has in the place of these stretches that they do not have."""
    whole = "".join(one.words for one in group)
    kept = {at for _, begin, size in _common(whole, there) for at in range(begin, begin + size)}
    return "".join(sign for at, sign in enumerate(there) if at not in kept)


def _common(one: str, other: str) -> Iterator[tuple[int, int, int]]:
    """Yield what two strings have in common: where it begins in each, and how long it is."""
    most = min(len(one), len(other))
    begin = next((at for at in range(most) if one[at] != other[at]), most)
    end = next((at for at in range(most - begin) if one[-1 - at] != other[-1 - at]), most - begin)
    yield 0, 0, begin
    yield len(one) - end, len(other) - end, end
    first, second = one[begin : len(one) - end], other[begin : len(other) - end]
    if 0 < len(first) * len(second) <= _COMPARED:
        for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
            yield begin + block.a, begin + block.b, block.size


def _left_over(
    document: Document, words: Words, matched: Matched, extra: dict[int, str]
) -> Iterator[tuple[Stretch, str]]:
    """Yield words of the page that stand where nothing is missing, and the stretch before them."""
    order = sorted((at, number) for number, at in enumerate(matched.places) if at >= 0)
    starts = [at for at, _ in order]
    for at, added in extra.items():
        before = max(bisect_right(starts, at) - 1, 0)
        yield (words.stretches[order[before][1]] if order else Stretch("", document.root)), added


def _lost_message(lost: str, one: Stretch, where: str) -> str:
    of = "an annotation" if one.is_annotation else "the text"
    if len(lost) == 1:
        return f"1 character of {of} is not {where}: {lost}"
    return f"{len(lost)} characters of {of} are not {where}: {short(lost)}"


def _doubled_message(added: str, where: str) -> str:
    many = "1 character is" if len(added) == 1 else f"{len(added)} characters are"
    return f"{many} {where} here that the text does not have, or not as often: {short(added)}"


def _at(document: Document, element: etree._Element, rule: str, message: str) -> Finding:
    return Finding(
        document.place(element),
        rule,
        message,
        ordinal=document.ordinal(element),
        hint=_HINTS[rule],
    )


def short(words: str) -> str:
    """Return the words, cut where they are many."""
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
