"""Where a finding stands: at the attribute or the words that are wrong, not only at the element."""

from dataclasses import replace

from lxml import etree

from teikit.document import Document
from teikit.location import attribute_place
from teikit.place import Place
from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.problems import Problem

_AT_ATTRIBUTE = {
    kinds.BAD_VALUE: lambda problem: problem.attribute,
    kinds.DUPLICATE_ID: lambda problem: problem.attribute,
    kinds.UNKNOWN_ID: lambda problem: problem.attribute,
    kinds.UNKNOWN_ATTRIBUTE: lambda problem: problem.found,
}


class Placing:
    """Finds the places of the problems in one document."""

    def __init__(self, document: Document):
        self._document = document
        self._texts: dict[int, dict[str, list[tuple[int, str, int, str]]]] = {}

    def place_of(self, problem: Problem, element: etree._Element) -> Place:
        """Return the place of what is wrong at the element."""
        find_name = _AT_ATTRIBUTE.get(problem.kind)
        found = None
        if find_name and (name := find_name(problem)):
            return attribute_place(self._document, element, name)
        elif problem.kind in (kinds.TEXT_NOT_ALLOWED, kinds.BAD_VALUE) and problem.found:
            found = self._text_place(element, problem.found)
        return found or self._document.place(element)

    def _text_place(self, element: etree._Element, beginning: str) -> Place | None:
        """Return the place of the first text in an element that begins so and was not placed."""
        ordinal = self._document.ordinal(element)
        if ordinal not in self._texts:
            self._texts[ordinal] = _texts_in(self._document, element)
        waiting = self._texts[ordinal].get(beginning[:_COMPARED], [])
        if not waiting:
            return None
        at, where, index, words = waiting.pop(0)
        place = self._document.place_in_text(at, where, index)
        if place is None:
            return None
        return replace(place, end_column=place.column + len(words))


_COMPARED = 40  # characters by which a text is known again


def _texts_in(
    document: Document, element: etree._Element
) -> dict[str, list[tuple[int, str, int, str]]]:
    """Return the texts directly in an element by how they begin: where, and their first line."""
    found: dict[str, list[tuple[int, str, int, str]]] = {}
    pieces = [(element, "text"), *((one, "tail") for one in element.iterchildren(etree.Element))]
    for holder, where in pieces:
        text = getattr(holder, where) or ""
        words = text.strip()
        if words:
            start = len(text) - len(text.lstrip())
            key = " ".join(words.split())[:_COMPARED]
            line = words.splitlines()[0].rstrip()
            entry = document.ordinal(holder), where, start, line
            found.setdefault(key, []).append(entry)
    return found
