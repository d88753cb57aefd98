"""Following the pointers of one document, in whichever of its files and under any xml:base."""

from collections.abc import Iterator

from lxml import etree

from teikit.addresses import Address
from teikit.bases import base_of
from teikit.document import TEI, Document
from teikit.pointers import Pointer, pointers_of, read_prefixes, resolve, split_pointers


class Follower:
    """Leads from what the attributes of a document's elements say to resolved URIs.

    `by_part` says that ids are those of the files which xi:include brought in; without it, that
    they are the document's own (`assembling.py` has written its pointers so).
    """

    def __init__(self, document: Document, *, by_part: bool = False):
        self._document, self._by_part = document, by_part and document.is_assembled
        self._prefixes = read_prefixes(document)
        self._has_bases = self._by_part or b"base" in document.utf8

    def follow(self, element: etree._Element, raw: str) -> Pointer:
        """Return where the pointer RAW of the element leads; see `resolve`."""
        document, own = self._document, self._document.path
        base = Address(own)
        if self._has_bases:
            base = base_of(element, own)
            if base.problem:
                return Pointer(raw, "", base.problem)
        if self._by_part:
            own = document.file_of(element)
            if raw.startswith("#") and raw[1:] in document.ids:
                own = document.source_of(document.ids[raw[1:]]).path
        return resolve(raw, own, self._prefixes, base.url or base.path)

    def all_targets(self, root: etree._Element) -> tuple[str, ...]:
        """Return where all pointers in the element lead inside the project, sorted."""
        found = set()
        for element in root.iter(f"{{{TEI}}}*"):
            for _, raw in pointers_of(element):
                pointer = self.follow(element, raw)
                if pointer.target and not pointer.is_external:
                    found.add(pointer.target)
        return tuple(sorted(found))

    def targets(self, element: etree._Element, *attributes: str) -> Iterator[str]:
        """Yield where the pointers in these attributes lead, in order; none that leads nowhere."""
        for attribute in attributes:
            for raw in split_pointers(element.get(attribute, "")):
                target = self.follow(element, raw).target
                if target:
                    yield target
