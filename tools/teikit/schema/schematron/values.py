"""A Schematron schema as values: what reading gives, and planning and compiling take."""

from dataclasses import dataclass, field

from lxml import etree

from teikit.errors import TeikitError

SCH = "http://purl.oclc.org/dsdl/schematron"
XSL = "http://www.w3.org/1999/XSL/Transform"


class BadRules(TeikitError):
    """A Schematron file cannot be read or is wrong in itself."""


@dataclass(frozen=True)
class Let:
    """A name for the value of an expression."""

    name: str
    value: str


@dataclass(frozen=True)
class Piece:
    """A part of a message: "text" as it stands, the "value" of an expression, a node's "name"."""

    kind: str
    content: str


@dataclass(frozen=True)
class Assertion:
    """An assert, or a report, which is an assert the other way round."""

    name: str  # what findings call it: the id of it, of its rule or of its pattern
    test: str
    is_report: bool
    message: tuple[Piece, ...]
    severity: str = "error"
    see: str = ""
    subject: str = "."
    lets: tuple[Let, ...] = ()  # those of its rule that stand before it

    @property
    def expressions(self) -> tuple[str, ...]:
        """Return every XPath in it, those of its lets left out."""
        pieces = (piece.content for piece in self.message if piece.kind != "text")
        return (self.test, self.subject, *pieces)


@dataclass(frozen=True)
class Rule:
    """What holds for the nodes that `context` matches."""

    name: str
    context: str
    assertions: tuple[Assertion, ...]


@dataclass(frozen=True)
class Pattern:
    """Rules of which the first one that matches a node is the one that counts."""

    name: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, eq=False)
class Helper:
    """An xsl:key or xsl:function that rules may call."""

    kind: str  # "key" or "function"
    name: str
    element: etree._Element = field(repr=False)
    is_xpath1: bool = False  # libxslt can have it

    @property
    def expanded(self) -> tuple[str, str]:
        """Return the URI and the name in it."""
        prefix, _, local = self.name.rpartition(":")
        return self.element.nsmap.get(prefix or "\0", ""), local


@dataclass(frozen=True)
class Schema:
    """The patterns of the phase that was chosen, without anything abstract."""

    binding: str  # the query language: xslt, xslt2, ...
    namespaces: dict[str, str]
    lets: tuple[Let, ...]  # of the schema, the phase and the patterns
    patterns: tuple[Pattern, ...]
    helpers: tuple[Helper, ...] = ()
    strangers: tuple[str, ...] = ()  # XSLT in the schema that is neither key nor function
    problems: tuple[tuple[str, str], ...] = ()  # (name, why it cannot be run)
