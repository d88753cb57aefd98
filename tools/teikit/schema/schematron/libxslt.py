"""Running rules of XPath 1.0 in libxslt, which is closed to the outside."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from teikit.document import OURS
from teikit.schema.schematron.hits import CannotRun, Hit, Source
from teikit.schema.schematron.ids import find_words
from teikit.schema.schematron.stylesheet import all_assertions, render_xslt1
from teikit.schema.schematron.values import Assertion, Pattern, Schema


@dataclass(frozen=True, eq=False)
class Compiled:
    """Patterns ready to run."""

    transform: etree.XSLT
    assertions: tuple[Assertion, ...]

    def run(self, source: Source) -> Iterator[Hit]:
        """Yield where assertions are broken; raise CannotRun where one of them fails."""
        try:
            result = self.transform(source.tree)
        except etree.XSLTApplyError as error:
            raise CannotRun(str(error)) from error
        elements: dict[str, int] = {}
        for node in result.getroot():
            where = node.get("at")
            if where not in elements:
                elements[where] = source.ordinal_at(where)
            yield Hit(self.assertions[int(node.get("number"))], elements[where], node.text or "")


def compile_here(schema: Schema, patterns: tuple[Pattern, ...]) -> Compiled:
    """Return PATTERNS ready to run; raise CannotRun where one of them is wrong."""
    extensions = {(OURS, "place"): find_place, (OURS, "words"): find_words}
    try:
        # the parser again: what was put together may hold names that are no XML
        stylesheet = render_xslt1(schema, patterns)
        access = etree.XSLTAccessControl.DENY_ALL
        transform = etree.XSLT(stylesheet, access_control=access, extensions=extensions)
    except (etree.XSLTParseError, ValueError) as error:
        raise CannotRun(str(error)) from error
    return Compiled(transform, tuple(all_assertions(patterns)))


def find_place(_context: object, *choices: list) -> str:
    """Return the way to the element of the first node: XSLT's `teikit:place(nodes, .)`.

    The way is the number of each child on it, counted from 0: "0/3/1"; "" for the root.
    """
    for nodes in choices:
        if isinstance(nodes, list) and nodes:
            return _way_to(_element_of(nodes[0]))
    return ""


def _element_of(node: object) -> etree._Element | None:
    if isinstance(node, str):  # an attribute or a text
        parent = node.getparent()
        node = parent.getparent() if node.is_tail and parent is not None else parent
    while node is not None and not isinstance(node.tag, str):
        node = node.getparent()
    return node


def _way_to(element: etree._Element | None) -> str:
    steps = []
    while element is not None and (parent := element.getparent()) is not None:
        steps.append(str(parent.index(element)))
        element = parent
    return "/".join(reversed(steps))
