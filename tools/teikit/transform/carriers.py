"""Which elements carry an attribute: what most passes over the working tree ask first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from lxml import etree

Carriers = Mapping[str, list[etree._Element]]  # attribute -> the elements that have it


def find_carriers(root: etree._Element) -> Carriers:
    """Return the elements that have each attribute, in document order; [] for any other."""
    found: dict[str, list[etree._Element]] = defaultdict(list)
    for element in root.iter(etree.Element):
        for name in element.keys():
            found[name].append(element)
    return found


def of_any(carriers: Carriers, names: Iterable[str]) -> Iterable[etree._Element]:
    """Return the elements that have any of these attributes, each once."""
    return dict.fromkeys(element for name in names for element in carriers.get(name, ()))
