"""What stops the compiler, and what it only remarks on, each with its line in the ODD."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from lxml import etree

from teikit.errors import TeikitError


class OddError(TeikitError):
    """The ODD cannot be compiled; says where and why."""

    def __init__(self, name: str, line: int | None, reason: str):
        super().__init__(f"{name}:{line}: {reason}" if line else f"{name}: {reason}")
        self.name, self.line, self.reason = name, line, reason


class UnreadableOdd(OddError):
    """The ODD is not well-formed XML, or not a TEI customisation."""


class UnreadableSource(OddError):
    """The TEI source (p5subset.xml) is not well-formed, or something else."""


class UnknownName(OddError):
    """The ODD names a module, element, class, macro, datatype or attribute that nobody defines."""


@dataclass(frozen=True)
class Remarks:
    """The warnings of one compilation, in the order in which they arose."""

    name: str  # what the ODD is called in messages
    lenient: bool = False  # a name that nobody defines is then a warning
    lines: list[str] = field(default_factory=list)

    def warn(self, node: etree._Element, text: str) -> None:
        """Add a warning that points to the line of NODE."""
        line = f"{self.name}:{node.sourceline}: {text}"
        if line not in self.lines:
            self.lines.append(line)

    def error(self, node: etree._Element, text: str) -> OddError:
        """Return the exception that says TEXT of NODE, to be raised by the caller."""
        return OddError(self.name, node.sourceline, text)

    def missing(self, node: etree._Element, error: OddError) -> None:
        """Raise ERROR, or warn of it where the ODD may be older than the TEI source."""
        if not self.lenient:
            raise error
        self.warn(node, f"{error.reason} (ignored)")

    def unknown(self, node: etree._Element, kind: str, key: str, known: Iterable[str]) -> OddError:
        """Return the exception for a name that nobody defines, with the nearest one known."""
        near = get_close_matches(key, list(known), n=1, cutoff=0.7)
        hint = f"; did you mean {near[0]}?" if near else ""
        return UnknownName(self.name, node.sourceline, f'there is no {kind} "{key}"{hint}')
