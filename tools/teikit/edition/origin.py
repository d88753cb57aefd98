"""Where and when a text was written, by whom to whom, and what kind of text it is."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from teikit.document import NS, label_of
from teikit.edition.records import Dates, Origin

# where the date of a text may stand, the first that has one counts
_DATES = (
    "tei:profileDesc/tei:correspDesc/tei:correspAction[@type='sent']/tei:date",
    "tei:profileDesc/tei:creation/descendant-or-self::*[self::tei:date or self::tei:origDate]",
    "tei:fileDesc/tei:sourceDesc//tei:history/tei:origin//tei:origDate",
    "tei:fileDesc/tei:sourceDesc//tei:origDate",
    "tei:fileDesc/tei:sourceDesc//tei:*[self::tei:bibl or self::tei:biblStruct]"
    "[@type='firstEdition']//tei:date",
    "tei:fileDesc/tei:sourceDesc//tei:*[self::tei:bibl or self::tei:biblStruct]"
    "[@type='originalSource']//tei:date",
    "tei:fileDesc/tei:titleStmt/tei:title[@when or @when-iso]",
    "parent::tei:TEI/tei:standOff//tei:event[@type='written' or @type='print' or @type='premiere']",
    "tei:fileDesc/tei:sourceDesc//tei:imprint/tei:date",
    "tei:fileDesc/tei:sourceDesc//tei:bibl//tei:date",
)
_PLACES = (
    "tei:profileDesc/tei:correspDesc/tei:correspAction[@type='sent']//tei:placeName",
    "tei:profileDesc/tei:correspDesc/tei:correspAction[@type='sent']//tei:settlement",
    "tei:profileDesc/tei:creation//tei:placeName",
    "tei:fileDesc/tei:sourceDesc//tei:history/tei:origin//tei:placeName",
)
_LANGUAGE = "tei:fileDesc/tei:sourceDesc//tei:textLang/@mainLang"
_NAMES = "*[self::tei:persName or self::tei:orgName or self::tei:name or self::tei:rs]"
_KINDS = (
    "tei:profileDesc/tei:textClass/tei:keywords//tei:term",
    "tei:profileDesc/tei:textClass/tei:keywords//tei:item[not(.//tei:term)]",
)
_ONE = ("when", "when-iso", "when-custom")
_STARTS = ("from", "notBefore", "from-iso", "notBefore-iso", "from-custom", "notBefore-custom")
_ENDS = ("to", "notAfter", "to-iso", "notAfter-iso", "to-custom", "notAfter-custom")
_ISO = re.compile(r"-?\d{4,}(-\d\d){0,2}")
_MOST = 12  # keywords
_LONGEST = 60  # characters of what a list can show


def extract_origin(header: etree._Element) -> Origin:
    """Return what the teiHeader says of how the text came about."""
    sent = "tei:profileDesc/tei:correspDesc/tei:correspAction[@type='sent']//" + _NAMES
    received = "tei:profileDesc/tei:correspDesc/tei:correspAction[@type='received']//" + _NAMES
    return Origin(
        next(_dates(header), Dates()),
        _labels(_find(header, sent)),
        _labels(_find(header, received)),
        next((found for path in _PLACES if (found := _labels(_find(header, path)))), ()),
        _labels(one for path in _KINDS for one in _find(header, path))[:_MOST],
        next(iter(header.xpath(_LANGUAGE, namespaces=NS)), ""),
    )


def _find(header: etree._Element, path: str) -> list[etree._Element]:
    return header.xpath(path, namespaces=NS)


def _labels(elements: Iterable[etree._Element]) -> tuple[str, ...]:
    """Return the words of the elements, each once; what is too long for a list is left out."""
    labels = (label_of(one) for one in elements)
    return tuple(dict.fromkeys(one for one in labels if 0 < len(one) <= _LONGEST))


def _dates(header: etree._Element) -> Iterator[Dates]:
    for path in _DATES:
        for element in _find(header, path):
            one, start, end = (_value(element, names) for names in (_ONE, _STARTS, _ENDS))
            words = label_of(element) if element.tag.endswith(("}date", "}origDate")) else ""
            words = words if len(words) <= _LONGEST else ""
            if one or start or end:
                yield Dates(one, start, end, words)
            elif _ISO.fullmatch(words):
                yield Dates(words)


def _value(element: etree._Element, names: tuple[str, ...]) -> str:
    return next((element.get(name) for name in names if _ISO.fullmatch(element.get(name, ""))), "")
