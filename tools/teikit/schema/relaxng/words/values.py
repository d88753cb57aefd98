"""Values in words: which form a datatype asks for, and what is wrong with what was written."""

import re
from collections.abc import Iterable, Iterator

from teikit.schema.relaxng.datatypes import Nowhere
from teikit.schema.relaxng.datatypes.dates import days_in
from teikit.schema.relaxng.derivatives import Derivatives
from teikit.schema.relaxng.patterns import Pattern

_DATES = ("date", "gYearMonth", "gYear", "gMonthDay", "gMonth", "gDay", "dateTime", "time")
_TYPES = {
    "date": "a date such as 2012-06-07",
    "gYearMonth": "a month of a year such as 2012-06",
    "gYear": "a year of four digits such as 2012 or 0789",
    "gMonthDay": "a day of a month such as --06-07",
    "gMonth": "a month such as --06",
    "gDay": "a day such as ---07",
    "dateTime": "a date and time such as 2012-06-07T14:30:00",
    "time": "a time such as 14:30:00",
    "duration": "a duration such as P2Y6M or PT45M",
    "anyURI": "an address such as #anna, persons.xml#anna or https://example.org/",
    "boolean": "true or false",
    "integer": "a whole number (integer) such as 12 or -3",
    "nonNegativeInteger": "a whole number from 0",
    "positiveInteger": "a whole number from 1",
    "nonPositiveInteger": "0 or a negative whole number",
    "negativeInteger": "a negative whole number",
    "decimal": "a number such as 2.5",
    "double": "a number such as 2.5",
    "float": "a number such as 2.5",
    "language": "a language tag such as en, zh-Hans or de-AT",
    "Name": "a name: it begins with a letter and has no spaces",
    "NCName": "a name: it begins with a letter and has no spaces or colons",
    "ID": "a name: it begins with a letter and has no spaces or colons",
    "IDREF": "the id of an element of this document",
    "IDREFS": "ids of elements of this document, with spaces between",
    "NMTOKEN": "one word of letters, digits, . - _ and :",
    "NMTOKENS": "words of letters, digits, . - _ and :, with spaces between",
    "QName": "a name, with a prefix where it is in a namespace",
    "hexBinary": "hexadecimal digits",
    "base64Binary": "bytes in base64",
    "string": "text",
    "normalizedString": "text",
    "token": "text",
}
_FORMS = {
    r"[^\p{C}\p{Z}]+": "one word without spaces",
    r"\S+": "one word without spaces",
    r"(\p{L}|\p{N}|\p{P}|\p{S})+": "one word without spaces",
    r"(\-?[\d]+/\-?[\d]+)": "a fraction such as 1/2",
    r"(-?[0-9]+(\.[0-9]+)?,-?[0-9]+(\.[0-9]+)?)": "a point such as 12.5,30",
    r"[\-+]?\d+(\.\d+)?(%|cm|mm|in|pt|pc|px|em|ex|ch|rem|vw|vh|vmin|vmax)": (
        "a length with its unit such as 12pt or 2.5cm"
    ),
    r"[0-9.,DHMPRSTWYZ/:+\-]+": "a date in the form of ISO 8601 such as 2012-06-07",
    r"[\d]+(\.[\d]+){0,2}": "a version such as 4.9.0",
    r"[\d]+[a-z]*[\d]*(\.[\d]+[a-z]*[\d]*){0,3}": "a version such as 4.9.0",
    r"(19[789][0-9]|[2-9][0-9]{3}).*": "a date from 1970 on such as 2012-06-07",
    r"[^/\s]+:\S*": "an address with a scheme or prefix such as https://example.org/",
    r".+:.+": "something with a colon in it",
    r".+": "text",
}
_LONGEST_FORM = 60


def leaves(patterns: Iterable[Pattern]) -> Iterator[Pattern]:
    """Yield the `value` and `data` patterns of which the patterns consist, each once."""
    return (part for part in _parts(patterns) if part.kind in ("data", "value"))


def is_list(patterns: Iterable[Pattern]) -> bool:
    """Return whether several words may be written, with spaces between."""
    return any(part.kind == "list" for part in _parts(patterns))


def _parts(patterns: Iterable[Pattern]) -> Iterator[Pattern]:
    seen: set[int] = set()
    waiting = list(patterns)[::-1]
    while waiting:
        pattern = waiting.pop()
        if pattern.number in seen or pattern.kind in ("element", "attribute"):
            continue
        seen.add(pattern.number)
        yield pattern
        waiting.extend([pattern.content] if pattern.kind == "list" else reversed(pattern.members))


def listed_values(patterns: Iterable[Pattern]) -> list[str]:
    """Return the values that the schema lists, in its order as far as it is kept."""
    return [leaf.lexical for leaf in leaves(patterns) if leaf.kind == "value"]


def forms(patterns: Iterable[Pattern]) -> list[str]:
    """Return in words what a value may be besides those that are listed."""
    types = [leaf.datatype for leaf in leaves(patterns) if leaf.kind == "data"]
    names = [datatype.name for datatype in types if not _form_of(datatype)]
    dates = [name for name in _DATES if name in names]
    found = []
    if "date" in dates and "gYear" in dates:
        found.append("a date such as 2012-06-07, 2012-06 or 2012")
    for datatype in types:
        words = _form_of(datatype) or _TYPES.get(datatype.name, f"a value of type {datatype.name}")
        if datatype.name not in dates or not found or found[0] == words:
            found.append(words)
    return list(dict.fromkeys(found))


def _form_of(datatype: object) -> str:
    """Return in words what the datatype's pattern asks for; "" where it has none."""
    facets = datatype.key[2] if len(datatype.key) > 2 else ()
    form = next((text for name, text in facets if name == "pattern"), "")
    if not form:
        return ""
    if form == r"\S+" and datatype.name == "anyURI":
        return _TYPES["anyURI"]
    if form in _FORMS:
        return _FORMS[form]
    short = form if len(form) <= _LONGEST_FORM else f"{form[: _LONGEST_FORM - 1]}…"
    return f"of the form {short}"


def bad_words(patterns: Iterable[Pattern], value: str, derivatives: Derivatives) -> list[str]:
    """Return the words of a list that are none of what may stand in it."""
    known = list(leaves(patterns))
    words = dict.fromkeys(value.split()[:500])
    return [
        word
        for word in words
        if not any(derivatives.matches(leaf, word, Nowhere()) for leaf in known)
    ]


# -- what is wrong with a value ---------------------------------------------------------------

_DATE = re.compile(r"(-?\d{4,6})(?:-(\d\d)(?:-(\d\d))?(?:T.*)?)?")
_LOOSE_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
_GERMAN_DATE = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
_RANGE = re.compile(r"(\d{4}(?:-\d\d){0,2}) ?[-/–—] ?(\d{4}(?:-\d\d){0,2})")


def what_is_wrong(patterns: Iterable[Pattern], value: str) -> str:
    """Return what is wrong with the value, and how it should be, in a sentence; "" if unknown."""
    patterns = list(patterns)
    text = " ".join(value.split())
    if not text:
        return "It is empty: write a value, or leave the attribute out."
    if len(text) > 200:
        return ""
    types = [leaf.datatype for leaf in leaves(patterns) if leaf.kind == "data"]
    names = {datatype.name for datatype in types}
    if names & {"date", "gYear", "dateTime", "gYearMonth"}:
        return _wrong_date(text)
    if names and names <= {"ID", "NCName", "Name", "IDREF"}:
        return _wrong_name(text)
    if "boolean" in names and text.casefold() in ("yes", "y", "no", "n", "true", "false"):
        return f"Write {'true' if text.casefold()[0] in 'yt' else 'false'}."
    if "language" in names:
        return "Write a hyphen, not an underscore." if "_" in text else ""
    if "anyURI" in names and text.count("#") > 1:
        return "An address has one # only: write several addresses with spaces between."
    if "anyURI" in names and re.search("%(?![0-9A-Fa-f]{2})", text):
        return "A % in an address is followed by two hexadecimal digits: write % itself as %25."
    if "anyURI" in names and " " in text and not is_list(patterns):
        return "It must be one address, without spaces (in the name of a file, write %20)."
    words = any("one word" in form for form in forms(patterns))
    if words and " " in text and not is_list(patterns):
        return f"It must be one word: write for instance {text.replace(' ', '-')}."
    return ""


def wrong_day(patterns: Iterable[Pattern], value: str) -> tuple[str, str]:
    """Return why a value that looks like a date is none, and what to do; "" where it is not so."""
    match = _DATE.fullmatch(value.strip())
    names = {leaf.datatype.name for leaf in leaves(patterns) if leaf.kind == "data"}
    if match is None or "date" not in names or match[2] is None:
        return "", ""
    year, month, day = match.groups()
    if not 1 <= int(month) <= 12:
        shorter = f", or leave it out: {year}" * ("gYear" in names and day is None)
        return f"there is no month {month}", f"Correct the month{shorter}."
    days = days_in(int(year), int(month))
    if day is None or 1 <= int(day) <= days:
        return "", ""
    shorter = f", or leave it out: {year}-{month}" * ("gYearMonth" in names)
    return f"that month has {days} days", f"Correct the day{shorter}."


def _wrong_date(text: str) -> str:
    if match := _DATE.fullmatch(text):
        return _no_such_day(*match.groups())
    if match := _RANGE.fullmatch(text):
        return (
            f'A stretch of time has two attributes: from="{match[1]}" to="{match[2]}" '
            "(or notBefore and notAfter)."
        )
    for form, order in (
        (_LOOSE_DATE, (1, 2, 3)),
        (_GERMAN_DATE, (3, 2, 1)),
    ):
        if match := form.fullmatch(text):
            year, month, day = (match[index] for index in order)
            wrong = _no_such_day(year, month, day)
            return wrong or f"Write it as {_as_date(year, month, day)}."
    if re.fullmatch(r"-?\d{1,3}", text):
        return f"A year has four digits: {'-' * (text[0] == '-')}{text.lstrip('-').zfill(4)}."
    if re.search(r"\?|\b(ca?|um|circa|about|approx)\b", text, re.IGNORECASE):
        return "For a date that is not certain, write notBefore and notAfter, or cert."
    return ""


def _no_such_day(year: str, month: str | None, day: str | None) -> str:
    if not int(year):
        return "There is no year 0000 in XML Schema: the year before 0001 is -0001."
    if month is None:
        return ""
    if not 1 <= int(month) <= 12:
        return f"There is no month {month}."
    days = days_in(int(year), int(month))
    if day is not None and not 1 <= int(day) <= days:
        date = _as_date(year, month, day)
        return f"{date} does not exist: that month has {days} days."
    return ""


def _as_date(year: str, month: str, day: str | None) -> str:
    return "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])])


def _wrong_name(text: str) -> str:
    if " " in text:
        return f"It must not have spaces: write for instance {text.replace(' ', '-')}."
    if ":" in text:
        return f"It must not have a colon: write for instance {text.replace(':', '-')}."
    if text[0].isdigit() or text[0] in "-.":
        return f"It must begin with a letter: write for instance n{text.lstrip('-.')}."
    return ""
