"""Which language a run is in, where it differs from that of the document."""

import re
from collections import Counter
from collections.abc import Iterable

from lxml import etree

from teikit.importing.word.context import Context
from teikit.importing.word.names import W, is_on, text_of
from teikit.importing.word.package import Part
from teikit.importing.word.styles import Style
from teikit.lines import writes_without_spaces

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def find_main_language(part: Part, styles: Iterable[etree._Element]) -> str:
    """Return the language of most characters, by what runs, else the defaults, say of it."""
    counts: Counter[str] = Counter()
    for run in part.root.iter(f"{W}r"):
        said = run.find(f"{W}rPr/{W}lang")
        if said is not None:
            words = "".join(text_of(one) for one in run.iterchildren(f"{W}t"))
            counts[_said(said, _slot(words, run.find(f"{W}rPr")))] += len(words)
    total = sum(len(one.text or "") for one in part.root.iter(f"{W}t"))
    for language, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if language and 2 * count > total:
            return language
    for style in styles:
        said = style.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        if said is not None:
            words = "".join(one.text or "" for one in part.root.iter(f"{W}t"))
            return _said(said, _slot(words[:10_000], None))
    return ""


def find_language(
    context: Context,
    properties: etree._Element | None,
    styles: Iterable[Style],
    words: str,
) -> str:
    """Return the language of a run where it is another than the document's; else nothing.

    What differs in the country alone is no other language: spelling checkers set that.
    """
    if not any(letter.isalpha() for letter in words):
        return ""
    slot = _slot(words, properties)
    sources = [properties, *(style.find(f"{W}rPr[{W}lang]") for style in styles)]
    for source in sources:
        said = None if source is None else source.find(f"{W}lang")
        language = "" if said is None else _said(said, slot)
        if language:
            return "" if _primary(language) == _primary(context.language) else language
    return ""


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]


def _slot(words: str, properties: etree._Element | None) -> str:
    """Return which of the three languages of a run holds: by what kind of letters it has."""
    if is_on(properties, "rtl") or is_on(properties, "cs"):
        return "bidi"
    letters = [letter for letter in words if letter.isalpha()]
    east_asian = sum(map(writes_without_spaces, letters))
    east_asian += sum("\uac00" <= letter <= "\ud7a3" for letter in letters)
    return "eastAsia" if 2 * east_asian > len(letters) else "val"


def _said(lang: etree._Element, slot: str) -> str:
    said = lang.get(f"{W}{slot}", "")
    return said if _TAG.fullmatch(said) else ""
