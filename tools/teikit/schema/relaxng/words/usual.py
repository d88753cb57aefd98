"""What usually stands where: in this document, in TEI documents, and only then by the alphabet."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path

from lxml import etree

from teikit.document import ORDINAL, Document
from teikit.location import plain_name

_OWN = 1000  # that something stands in hardly anything else, where no figures tell more

_Figures = dict[str, dict]


@cache
def _figures() -> _Figures:
    """Return how often names stand where in TEI documents."""
    return tomllib.loads(Path(__file__).with_name("usual.toml").read_text("utf-8"))


@cache
def _general_attributes() -> Counter[str]:
    """Return how often attributes are given, whatever the element."""
    total: Counter[str] = Counter()
    for counts in _figures()["attributes"].values():
        total.update(counts)
    return total


def is_tei(element: str) -> bool:
    """Return whether the TEI has an element of this name, as far as the figures know."""
    return element in _figures()["elements"] or element in _figures()["children"]


class Usual:
    """Ranks names for one document. Names are written "{namespace}local"."""

    def __init__(self, document: Document):
        self._document = document

    @cached_property
    def _here(self) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
        """Return how often children and attributes stand in elements of each name."""
        children: dict[str, Counter[str]] = defaultdict(Counter)
        attributes: dict[str, Counter[str]] = defaultdict(Counter)
        for element in self._document.root.iter(etree.Element):
            parent = element.getparent()
            if parent is not None:
                children[parent.tag][element.tag] += 1
            attributes[element.tag].update(name for name in element.keys() if name != ORDINAL)
        return children, attributes

    def children(
        self, parent: str, names: Iterable[str], own: frozenset[str] = frozenset()
    ) -> list[str]:
        """Return the names of elements, those first that usually stand in PARENT.

        OWN are those that stand in hardly anything else, as item does in list.
        """
        here = self._here[0].get(parent, {})
        usual = _figures()["children"].get(plain_name(parent), {})
        general = _figures()["elements"]

        def rank(name: str) -> tuple:
            plain = plain_name(name)
            many = here.get(name, 0) > 1  # one alone may be the same mistake
            weight = 3 * usual.get(plain, 0) + general.get(plain, 0)
            weight += _OWN * (name in own and not usual)
            return -100 * here.get(name, 0) * many - weight, len(plain), plain

        return sorted(names, key=rank)

    def holders(self, child: str, names: Iterable[str]) -> list[str]:
        """Return the names of elements, those first in which CHILD usually stands."""
        plain_child = plain_name(child)
        children, general = _figures()["children"], _figures()["elements"]

        def rank(name: str) -> tuple:
            plain = plain_name(name)
            count = self._here[0].get(name, {}).get(child, 0)
            usual = children.get(plain, {}).get(plain_child, 0)
            return -usual - count * (count > 1), -general.get(plain, 0), plain

        return sorted(names, key=rank)

    def is_usual(self, parent: str, child: str) -> bool:
        """Return whether CHILD often stands in PARENT, here or elsewhere."""
        figures = _figures()["children"].get(plain_name(parent), {})
        return plain_name(child) in figures or self._here[0].get(parent, {}).get(child, 0) > 1

    def attributes(self, element: str, names: Iterable[str]) -> list[str]:
        """Return the names of attributes, those first that ELEMENT usually has."""
        here = self._here[1].get(element, {})
        usual = _figures()["attributes"].get(plain_name(element), {})
        general = _general_attributes()

        def rank(name: str) -> tuple:
            plain = plain_name(name)
            return -usual.get(plain, 0) - here.get(name, 0), -general[plain], plain

        return sorted(names, key=rank)

    def elements(self, names: Iterable[str]) -> list[str]:
        """Return the names of elements, those first that are frequent."""
        general = _figures()["elements"]
        return sorted(names, key=lambda name: (-general.get(plain_name(name), 0), name))
