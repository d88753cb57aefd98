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
        *hits, order = result.getroot()
        if order.tag != "order" or any(hit.get("number") is None for hit in hits):
            raise MemoryError  # libxslt goes on without what it found no room for
        numbers: dict[str, int] = {}
        if hits:
            numbers = {ident: number for number, ident in enumerate(order.text.split())}
        for hit in hits:
            ordinal = numbers.get(hit.get("at"), 0)
            yield Hit(self.assertions[int(hit.get("number"))], ordinal, hit.text or "")


def compile_here(schema: Schema, patterns: tuple[Pattern, ...]) -> Compiled:
    """Return PATTERNS ready to run; raise CannotRun where one of them is wrong."""
    extensions = {(OURS, "words"): find_words}
    try:
        stylesheet = render_xslt1(schema, patterns)
        access = etree.XSLTAccessControl.DENY_ALL
        transform = etree.XSLT(stylesheet, access_control=access, extensions=extensions)
    except (etree.XSLTParseError, ValueError) as error:
        raise CannotRun(str(error)) from error
    return Compiled(transform, tuple(all_assertions(patterns)))
