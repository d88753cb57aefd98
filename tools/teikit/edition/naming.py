"""How the elements of a name make words, and by which of them a register is sorted."""

from lxml import etree

from teikit.document import TEI, label_of
from teikit.edition.header import words_of
from teikit.edition.records import Words
from teikit.lines import writes_without_spaces

_T = f"{{{TEI}}}"


def name_words(element: etree._Element) -> Words:
    """Return a name as words: its parts are parted by spaces where the script has any."""
    words = words_of(element)
    if not _has_only_elements(element):
        return words
    return Words(joined(element, ""), words.lang, words.type, words.links)


def joined(element: etree._Element, between: str = ",") -> str:
    """Return the element's words; where it has only elements, their words with BETWEEN."""
    if not _has_only_elements(element):
        return label_of(element)
    parts = [part for one in element.iterchildren(f"{_T}*") if (part := joined(one, between))]
    text = parts[0] if parts else ""
    for part in parts[1:]:
        dense = writes_without_spaces(text[-1]) and writes_without_spaces(part[0])
        text += ("" if dense and not between else f"{between} ") + part
    return text


def _has_only_elements(element: etree._Element) -> bool:
    """Return whether the element has child elements and no words beside them."""
    if (element.text or "").strip():
        return False
    return len(element) > 0 and not any((one.tail or "").strip() for one in element)


def sort_key(name: etree._Element) -> str:
    """Return the words by which an entry is sorted: @sortKey, else the surname first."""
    if name.get("sortKey"):
        return name.get("sortKey")
    surname = label_of(name.find(f"{_T}surname"))
    words = joined(name, "")
    return f"{surname}, {words}" if surname else words
