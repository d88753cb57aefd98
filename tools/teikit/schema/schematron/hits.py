"""What the engines take and give: the document as rules see it, and where assertions are broken."""

from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from teikit.document import Document, safe_parser
from teikit.schema.schematron.values import Assertion


class CannotRun(Exception):
    """An engine does not take an expression, or fails while it runs; the text says why."""


def parse_again(xml: bytes) -> etree._Element:
    """Return the root of XML, which is well-formed: where it cannot be read, memory is short."""
    try:
        return etree.fromstring(xml, safe_parser())
    except etree.XMLSyntaxError as error:
        raise MemoryError from error


@dataclass(frozen=True)
class Hit:
    """An assertion that the element with this ordinal breaks, or that failed to run there."""

    assertion: Assertion
    ordinal: int
    message: str
    failed: bool = False


@dataclass(frozen=True, eq=False)
class Source:
    """A document as rules see it: without our ordinals, which are attributes too."""

    document: Document

    @cached_property
    def tree(self) -> etree._ElementTree:
        """Return the document parsed anew."""
        try:
            return self.document.clean_tree()
        except etree.XMLSyntaxError as error:  # it could be read before: memory is short now
            raise MemoryError from error

    @cached_property
    def xml(self) -> str:
        """Return the document as text without its document type declaration."""
        root = self.tree.getroot()
        before = reversed(list(root.itersiblings(preceding=True)))
        return "".join(
            etree.tostring(node, encoding="unicode", with_tail=False)
            for node in (*before, root, *root.itersiblings())
        )
