"""Where something stands, for people: the way to an element in words, and the line it is on."""

import bisect
import re
from array import array
from collections import Counter

from lxml import etree

from teikit.document import TEI, XML, Document
from teikit.place import Place

_HEAD, _TAIL = 3, 8  # steps of a long path that are shown at its beginning and its end
_LONGEST_NAME = 60
_AROUND = 200  # characters of a long line that are kept on either side
CUT = "…"
_LONGEST_TAG = 20_000  # bytes of a start tag in which an attribute is looked for
_ATTRIBUTE = re.compile(rb"""[\s/]([^\s=/>"'<]+)\s*=\s*(?:"[^"]*"|'[^']*')""")


def plain_name(name: str) -> str:
    """Return a name as a scholar writes it: TEI's without a namespace, others with it."""
    namespace, _, local = name.rpartition("}")
    local = _short(local)
    if namespace in ("", f"{{{TEI}"):
        return local
    return f"xml:{local}" if namespace == f"{{{XML}" else f"{local} (of {_short(namespace[1:])})"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}{CUT}"


class _Children:
    """The child elements of one element: their ordinals, names, and numbers by name."""

    def __init__(self, parent: etree._Element, document: Document):
        self.ordinals, self.numbers = array("Q"), array("Q")
        self.counts: Counter[str] = Counter()
        for child in parent.iterchildren(etree.Element):
            self.counts[child.tag] += 1
            self.ordinals.append(document.ordinal(child))
            self.numbers.append(self.counts[child.tag])


class Locator:
    """Finds its way in one document; remembers what it counted, so that many findings are cheap."""

    def __init__(self, document: Document):
        self.document = document
        self._children: dict[int, _Children] = {}
        self._line = "", 0, ""

    def path(self, ordinal: int) -> str:
        """Return the way to an element in words: text > body > div 3 > p 4.

        An element has a number where it has siblings of its name. TEI at the top goes without
        saying. The middle of a long way is left out.
        """
        element = self.document.element(ordinal)
        if element is None:
            return ""
        steps: list[etree._Element] = []
        while element is not None and len(steps) < _HEAD + _TAIL:
            steps.append(element)
            element = element.getparent()
        if element is None:
            words = [self._step(step) for step in reversed(steps)]
        else:
            tail = [self._step(step) for step in reversed(steps[:_TAIL])]
            words = [*self._head(ordinal), CUT, *tail]
        if len(words) > 1 and words[0] == "TEI":
            del words[0]
        return " > ".join(words)

    def _head(self, ordinal: int) -> list[str]:
        """Return the first steps to an element that lies deep."""
        element, words = self.document.root, [self._step(self.document.root)]
        for _ in range(_HEAD - 1):
            children = self._children_of(element)
            index = bisect.bisect_right(children.ordinals, ordinal) - 1
            element = self.document.element(children.ordinals[index])
            words.append(self._step(element))
        return words

    def _step(self, element: etree._Element) -> str:
        name, parent = plain_name(element.tag), element.getparent()
        if parent is None:
            return name
        children = self._children_of(parent)
        if children.counts[element.tag] == 1:
            return name
        index = bisect.bisect_left(children.ordinals, self.document.ordinal(element))
        return f"{name} {children.numbers[index]}"

    def _children_of(self, parent: etree._Element) -> _Children:
        ordinal = self.document.ordinal(parent)
        if ordinal not in self._children:
            self._children[ordinal] = _Children(parent, self.document)
        return self._children[ordinal]

    def source(self, place: Place) -> tuple[str, int]:
        """Return the line where the place begins, and the column in it; "", 0 where none does.

        Of a long line only what is around the column is given, between ellipses.
        """
        source = next((one for one in self.document.sources if one.path == place.path), None)
        if source is None or not 0 < place.line <= len(source.lines):
            return "", 0
        if self._line[:2] != (place.path, place.line):
            self._line = place.path, place.line, source.line(place.line)
        return cut_around(self._line[2], place.column)


def cut_around(line: str, column: int) -> tuple[str, int]:
    """Return what of a line is around the column, and the column in that, from 1."""
    column = min(max(column, 1), len(line) + 1)
    begin, end = max(column - 1 - _AROUND, 0), column - 1 + _AROUND
    before, after = CUT * (begin > 0), CUT * (end < len(line))
    return f"{before}{line[begin:end]}{after}", column - begin + len(before)


def attribute_place(document: Document, element: etree._Element, name: str) -> Place:
    """Return where an attribute stands, from its name to the end of its value.

    Where the start tag is not written in the file (it came out of an entity), or is longer than
    anybody writes, that of the element.
    """
    source = document.source_of(document.ordinal(element))
    start, end = document.extent(element)[0], document.after_start_tag(element)
    namespace, _, local = name.rpartition("}")
    for match in _ATTRIBUTE.finditer(source.utf8, start, end if end - start < _LONGEST_TAG else 0):
        prefix, _, written = match[1].decode("utf-8", "replace").rpartition(":")
        bound = XML if prefix == "xml" else element.nsmap.get(prefix, "") if prefix else ""
        if written == local and bound == namespace.removeprefix("{"):
            return source.span(match.start(1), match.end())
    return document.place(element)
