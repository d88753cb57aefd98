"""Witnesses: what @wit says, as sigla that lead to a list of the witnesses.

The stylesheets cannot part an attribute at its spaces without recursion that a document could
make too deep. So each value of @wit is resolved here, once:

    tk:witnesses
      tk:wit value="#S #N"     a value of @wit, with a tk:siglum (href) for each pointer in it
      tk:witness id lang       a witness that the text cites and does not describe itself
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from teikit.document import OURS, TEI, XML_ID
from teikit.pointers import Prefix, resolve
from teikit.sigla import WITNESSES, Witness, read_witness

_T = f"{{{TEI}}}"
_ID = f"{{{OURS}}}id"
_NAMED = (
    *WITNESSES,
    *(f"{_T}{name}" for name in ("person", "org", "bibl", "biblStruct", "msDesc")),
)
_HAND = re.compile(r"(.+?)(?:\*+|[Cc]\d?)")
_MOST_SIGLA = 2000  # in one @wit


@dataclass(frozen=True)
class Cited:
    """Elements with a @wit, the witnesses of other files by URI, and the language of the text."""

    elements: list[etree._Element]
    elsewhere: Mapping[str, Witness]
    language: str


def add_witnesses(
    root: etree._Element, path: str, prefixes: tuple[Prefix, ...], cited_by: Cited
) -> None:
    """Add tk:witnesses to the tree: what its @wit mean."""
    values = dict.fromkeys(" ".join(one.get("wit").split()) for one in cited_by.elements)
    values.pop("", None)
    if not values:
        return
    language = cited_by.language
    known = _Known(root, path, prefixes, cited_by.elsewhere)
    holder = etree.SubElement(root, f"{{{OURS}}}witnesses")
    cited: dict[str, Witness] = {}
    for value in values:
        entry = etree.SubElement(holder, f"{{{OURS}}}wit", value=value)
        for token in value.split()[:_MOST_SIGLA]:
            witness = known.find(token)
            siglum = etree.SubElement(entry, f"{{{OURS}}}siglum")
            if witness is None:
                siglum.text = token.rpartition("#")[2] or token
                continue
            is_plain = "#" not in token and ":" not in token
            siglum.text = token if is_plain else witness.siglum(language)
            anchor = known.anchors.get(witness.uri)
            if not anchor:
                cited.setdefault(witness.uri, witness)
                anchor = f"tk-wit-{len(cited)}"
                known.anchors[witness.uri] = anchor
            siglum.set("href", f"#{anchor}")
    for witness in cited.values():
        entry = etree.SubElement(
            holder,
            f"{{{OURS}}}witness",
            id=known.anchors[witness.uri],
            siglum=witness.siglum(language),
            lang=witness.lang,
        )
        entry.text = witness.words


class _Known:
    """The witnesses that a pointer of one document may name."""

    def __init__(
        self,
        root: etree._Element,
        path: str,
        prefixes: tuple[Prefix, ...],
        elsewhere: Mapping[str, Witness],
    ):
        self.path, self.prefixes, self.elsewhere = path, prefixes, elsewhere
        self.here: dict[str, Witness] = {}  # by uri
        self.by_name: dict[str, Witness] = {}  # by @n or xml:id, for a @wit without #
        self.anchors: dict[str, str] = {}  # by uri: where on the page it is described
        for element in root.iter(*_NAMED):
            name = element.get(XML_ID) or (element.get("n") if element.tag in WITNESSES else None)
            if not name or f"{path}#{name}" in self.here:
                continue
            witness = read_witness(element, f"{path}#{name}")
            self.here[witness.uri] = witness
            self.by_name.setdefault(name, witness)
            if element.get("n"):
                self.by_name.setdefault(element.get("n"), witness)
            if element.get(_ID) and next(element.iterancestors(f"{_T}text"), None) is not None:
                self.anchors[witness.uri] = element.get(_ID)

    def find(self, token: str) -> Witness | None:
        """Return the witness that one pointer of @wit names."""
        if "#" not in token and ":" not in token:
            of_a_hand = _HAND.fullmatch(token)  # 01*, 424C: a hand in the manuscript 01, 424
            return self.by_name.get(token) or (
                self.by_name.get(of_a_hand[1]) if of_a_hand else None
            )
        uri = resolve(token, self.path, self.prefixes).target
        return self.here.get(uri) or self.elsewhere.get(uri)
