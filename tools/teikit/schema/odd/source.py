"""TEI's own definitions, from p5subset.xml: parsed once, each specification read when asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from teikit.schema.odd.errors import UnreadableSource
from teikit.schema.odd.reading import TEI, kind, parse, tei
from teikit.schema.odd.specs import KINDS, Spec, read_spec

_VERSION = re.compile(r"\d+\.\d+(\.\d+)?")


@dataclass(frozen=True, eq=False)
class Source:
    """The TEI's specifications by kind and name, in the order of the Guidelines."""

    nodes: dict[str, dict[str, etree._Element]]  # "element" -> ident -> elementSpec
    modules: tuple[str, ...]
    version: str  # "" where the file does not say it

    @cached_property
    def _read(self) -> dict[tuple[str, str], Spec]:
        return {}

    def find(self, what: str, ident: str) -> Spec | None:
        """Return the specification of kind WHAT that is called IDENT, or None."""
        node = self.nodes[what].get(ident)
        if node is None:
            return None
        if (what, ident) not in self._read:
            self._read[what, ident] = read_spec(node, glosses=False)
        return self._read[what, ident]

    def module(self, key: str, what: str) -> Iterator[str]:
        """Yield the name of each specification of kind WHAT that module KEY defines."""
        for ident, node in self.nodes[what].items():
            if node.get("module") == key:
                yield ident

    def attribute_names(self, spec: Spec) -> set[str]:
        """Return all attributes that the unchanged TEI gives SPEC, classes and all."""
        names: set[str] = set()
        waiting, seen = [spec], set()
        while waiting:
            current = waiting.pop()
            names |= {attribute.ident for attribute in current.attributes.definitions()}
            names |= {reference.ident for reference in current.attributes.references()}
            for key in current.classes:
                parent = self.find("class", key)
                if key not in seen and parent is not None and parent.type == "atts":
                    seen.add(key)
                    waiting.append(parent)
        return names


def read_source(data: bytes) -> Source:
    """Return the definitions of p5subset.xml."""
    try:
        root = parse(data)
    except etree.XMLSyntaxError as error:
        reason = f"the TEI source is not well-formed XML: {error.msg}"
        raise UnreadableSource("p5subset.xml", error.lineno, reason) from error
    nodes: dict[str, dict[str, etree._Element]] = {what: {} for what in KINDS.values()}
    modules = []
    for node in root.iter(tei("moduleSpec"), *map(tei, KINDS)):
        if kind(node) == "moduleSpec":
            modules.append(node.get("ident", ""))
        else:
            nodes[KINDS[kind(node)]].setdefault(node.get("ident", ""), node)
    if not nodes["element"] or not modules:
        reason = (
            "this is not the TEI source: it defines no modules and elements "
            "(--source wants the file p5subset.xml of a TEI release)"
        )
        raise UnreadableSource("p5subset.xml", None, reason)
    return Source(nodes, tuple(modules), _version(root))


def _version(root: etree._Element) -> str:
    """Return the release of the TEI, "" where the header does not say it."""
    edition = root.find(f"{{{TEI}}}teiHeader//{{{TEI}}}edition")
    found = _VERSION.search("".join(edition.itertext())) if edition is not None else None
    return found[0] if found else ""
