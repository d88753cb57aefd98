"""What is at hand for telling one problem: the document, the schema, what is usual."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from teikit.document import Document
from teikit.location import plain_name
from teikit.report import Group
from teikit.schema.relaxng.words import SchemaWords
from teikit.schema.relaxng.words.nearness import near_names
from teikit.schema.relaxng.words.trying import Row
from teikit.schema.relaxng.words.usual import Usual
from teikit.visible import visible

FEW = 4  # so many names are told in a sentence; of more, the usual ones in a group
SHOWN = 6  # names of a group
_FEW_HOLDERS = 3
_MOST_KNOWN = 3_000  # names of a schema that are compared with a misspelt one
_MOST_ROWS = 100  # parents whose children are kept in order
_QUOTED = 40  # characters of a text or value that a message quotes


@dataclass(frozen=True)
class Told:
    """A problem in words."""

    message: str
    hint: str = ""
    groups: tuple[Group, ...] = ()
    gloss: str = ""
    expected: tuple[str, ...] = ()  # best guess first, as a scholar writes it


@dataclass(frozen=True)
class Desk:
    """What is known while the problems of one document are told."""

    document: Document
    words: SchemaWords
    usual: Usual
    _near: dict[tuple, tuple[str, ...]] = field(default_factory=dict)
    _ranked: dict[tuple, tuple[str, ...]] = field(default_factory=dict)
    _rows: dict[etree._Element, Row] = field(default_factory=dict)

    def row(self, parent: etree._Element) -> Row:
        """Return what stands in an element, in its order."""
        if parent not in self._rows:
            if len(self._rows) == _MOST_ROWS:
                self._rows.clear()
            self._rows[parent] = Row(self.words.grammar.automaton, parent)
        return self._rows[parent]

    def line_of(self, element: etree._Element, seen_from: etree._Element) -> str:
        """Return the words for where an element is: "in line 2", or "in line 2 of b.xml"."""
        place = self.document.place(element)
        if place.path == self.document.place(seen_from).path:
            return f"in line {place.line}"
        return f"in line {place.line} of {place.path}"

    def ranked(self, parent: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the names of elements, those first that usually stand in the parent."""
        key = parent, names
        if key not in self._ranked:
            self._ranked[key] = tuple(self.usual.children(parent, names, self._own(names)))
        return self._ranked[key]

    def _own(self, names: Iterable[str]) -> frozenset[str]:
        """Return those of the names that stand in few elements: they are what these are for."""
        holders = self.words.facts.holders
        return frozenset(name for name in names if len(holders(name)) <= _FEW_HOLDERS)

    @cached_property
    def known(self) -> tuple[str, ...]:
        """Return the names of the schema's elements, those first that are frequent."""
        return tuple(self.usual.elements(sorted(self.words.facts.declared)[:_MOST_KNOWN]))

    def near(
        self, written: str, names: tuple[str, ...], kind: str, elsewhere: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """Return the names (as the schema has them) that look like what was written, best first.

        Names from ELSEWHERE, which could not stand here, must be much nearer than those that could.
        """
        key = written, names, kind, elsewhere
        if key not in self._near:
            by_plain = {plain_name(name): name for name in reversed((*names, *elsewhere))}

            def gloss(name: str) -> str:
                return self.words.glosses.of_element(by_plain[name])

            here = tuple(map(plain_name, names))
            others = tuple(map(plain_name, elsewhere))
            found = near_names(plain_name(written), here, kind, gloss, others)
            self._near[key] = tuple(by_plain[name] for name in found)
        return self._near[key]

    def gloss(self, element: str, attribute: str = "", value: str = "") -> str:
        """Return what the schema says of a name, with the name; "" where it says nothing."""
        glosses = self.words.glosses
        if value:
            name, said = value, glosses.of_value(element, attribute, value)
        elif attribute:
            name, said = f"@{plain_name(attribute)}", glosses.of_attribute(element, attribute)
        else:
            name, said = plain_name(element), glosses.of_element(element)
        if said.startswith(f"({name}) "):  # "item (item) contains ..."
            return f"{name} {said.removeprefix(f'({name}) ')}"
        return f"{name}{' ' if said.startswith('(') else ': '}{said}" if said else ""


def plain(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names as a scholar writes them, without those that stand for any name."""
    shown = (plain_name(name) for name in names if not name.endswith("*"))
    return tuple(dict.fromkeys(shown))


def listed(names: Iterable[str], last: str = "or", most: int = FEW) -> str:
    """Return the names as "a, b or c"; where there are more of them, as "a, b, c, ..."."""
    found = list(dict.fromkeys(names))
    if len(found) > most:
        return f"{', '.join(found[:most])} …"
    return f"{', '.join(found[:-1])} {last} {found[-1]}" if len(found) > 1 else "".join(found)


def group(label: str, names: Iterable[str], most: int = SHOWN) -> tuple[Group, ...]:
    """Return a group with the first of the names; none where there are none."""
    found = tuple(dict.fromkeys(names))
    return (Group(label, found[:most], max(len(found) - most, 0)),) if found else ()


def quoted(text: str) -> str:
    """Return the beginning of a text in one line, with nothing hidden in it."""
    folded = " ".join(text.split())
    return visible(folded if len(folded) <= _QUOTED else f"{folded[: _QUOTED - 1]}…")


def a(name: str) -> str:
    """Return the name with its article: a div, an lg, an s."""
    said_with_vowel = name[:1] in "aeioAEIO" or (
        len(name) <= 2 and name.islower() and name[:1] in "fhlmnrsx"
    )
    return f"{'an' if said_with_vowel else 'a'} {name}"


def sentences(*parts: str) -> str:
    """Return the sentences that say something, one after the other."""
    return " ".join(filter(None, parts))
