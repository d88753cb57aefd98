"""Dates: the machine-readable ones exist, and run forwards (TEI P5, att.datable).

@when and its like are dates of XML Schema, those ending in -iso dates of ISO 8601; those ending
in -custom follow a system of their own (@datingMethod, @calendar) and are not judged.
"""

from collections.abc import Iterator

from lxml import etree

from teikit.check.date_forms import Date, Problem, read_iso, read_w3c
from teikit.document import TEI, Document
from teikit.location import attribute_place
from teikit.report import Finding

_W3C = ("when", "notBefore", "notAfter", "from", "to", "absolute")
_ISO = ("when-iso", "notBefore-iso", "notAfter-iso", "from-iso", "to-iso")
_ALL = frozenset((*_W3C, *_ISO))
# @from and @to of these are pages, lines or pointers
_NO_DATES = frozenset({"app", "arc", "biblScope", "citedRange", "locus", "rt", "span", "index"})
# what cannot be later than what: a beginning, and an end
_PAIRS = (
    ("from", "to"),
    ("notBefore", "notAfter"),
    ("notBefore", "to"),
    ("from", "notAfter"),
    ("notBefore", "when"),
    ("when", "notAfter"),
)
_FIRST, _LAST = ("when", "from", "notBefore"), ("when", "to", "notAfter")


def check_dates(document: Document) -> Iterator[Finding]:
    """Yield a finding for each date that does not exist, has an unknown form or runs backwards."""
    for element in document.root.iter(f"{{{TEI}}}*"):
        if not _ALL.intersection(element.keys()):
            continue
        if element.tag.rpartition("}")[2] in _NO_DATES:
            continue
        for attributes, read, suffix in ((_W3C, read_w3c, ""), (_ISO, read_iso, "-iso")):
            values = {one: element.get(one) for one in attributes if element.get(one)}
            if not values:
                continue
            dates = {}
            for attribute, value in values.items():
                result = read(value)
                if isinstance(result, Problem):
                    yield _impossible(document, element, attribute, value, result)
                else:
                    dates[attribute] = result
            yield from _check_order(document, element, values, dates, suffix)
    yield from _check_lives(document)


def _impossible(
    document: Document, element: etree._Element, attribute: str, value: str, problem: Problem
) -> Finding:
    return Finding(
        attribute_place(document, element, attribute),
        problem.rule,
        f'@{attribute}="{value}" {problem.message}',
        hint=problem.hint,
        expected=problem.expected,
        ordinal=document.ordinal(element),
    )


def _check_order(
    document: Document,
    element: etree._Element,
    values: dict[str, str],
    dates: dict[str, tuple[Date, Date]],
    suffix: str,
) -> Iterator[Finding]:
    for attribute, (first, last) in dates.items():
        if first is not last and first.is_later_than(last):
            yield _reversed(
                document, element, f'@{attribute}="{values[attribute]}" ends before it begins'
            )
    for one, two in _PAIRS:
        one, two = one + suffix, two + suffix
        if one in dates and two in dates and dates[one][0].is_later_than(dates[two][1]):
            said = f'@{one}="{values[one]}" is later than @{two}="{values[two]}"'
            yield _reversed(document, element, said)


def _reversed(document: Document, element: etree._Element, said: str) -> Finding:
    return Finding(
        document.place(element),
        "dates:reversed",
        said,
        hint="Exchange the two, or correct one.",
        ordinal=document.ordinal(element),
    )


def _check_lives(document: Document) -> Iterator[Finding]:
    """Yield a warning for each person who dies before being born."""
    for person in document.elements("person"):
        births = _limits(person, "birth", _FIRST)
        deaths = _limits(person, "death", _LAST)
        if (
            births
            and deaths
            and all(birth.is_later_than(death) for birth, _ in births for death, _ in deaths)
        ):
            element = deaths[0][1]
            yield Finding(
                document.place(element),
                "dates:life-reversed",
                f"the death ({deaths[0][0]}) is earlier than the birth ({births[0][0]})",
                severity="warning",
                hint="Correct one of the two.",
                ordinal=document.ordinal(element),
            )


def _limits(
    person: etree._Element, name: str, attributes: tuple[str, ...]
) -> list[tuple[Date, etree._Element]]:
    """Return the first (or last) possible dates of the births or deaths, one for each."""
    found = []
    for element in person.iterchildren(f"{{{TEI}}}{name}"):
        for holder in (element, *element.iterchildren(f"{{{TEI}}}date")):
            said = next((holder.get(one) for one in attributes if holder.get(one)), None)
            date = read_w3c(said) if said else None
            if date and not isinstance(date, Problem):
                found.append((date[0], element))
    return found
