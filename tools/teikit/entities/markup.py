"""The XML that is written into a register: words escaped, tags laid out like their neighbours."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from teikit.document import Document
from teikit.entities.columns import Step, rank

_NAME = re.compile(rb"<([^\s/>]+)")
_ATTRIBUTE = re.compile(rb"\s([^\s=<>/\"']+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_SPACE = b" \t\r\n"
UNIT = "  "
_IN_TEXT = {"&": "&amp;", "<": "&lt;", "\n": "&#10;", "\r": "&#13;"}
_IN_ATTRIBUTE = {**_IN_TEXT, "\t": "&#9;"}
_QUOTES = {'"': "&quot;", "'": "&apos;"}


def escape_text(value: str) -> str:
    """Return the value as the text of an element.

    A line end is written as a reference: one that stands in the file itself is layout.
    """
    return _escape(value, _IN_TEXT).replace("]]>", "]]&gt;")


def escape_attribute(value: str, quote: str = '"') -> str:
    """Return the value as it stands in an attribute between two QUOTEs."""
    return _escape(value, {**_IN_ATTRIBUTE, quote: _QUOTES[quote]})


def _escape(value: str, table: dict[str, str]) -> str:
    return value.translate(str.maketrans(table))


@dataclass
class New:
    """An element that is to be written."""

    step: Step
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: dict[Step, "New"] = field(default_factory=dict)


def render_new(new: New, gap: str, unit: str, prefix: str) -> str:
    """Return the markup of an element that stands after GAP, the white space of its place.

    UNIT is what GAP grows by in an element; PREFIX is that of the names, with its colon.
    """
    said = {"xml:lang": new.step.lang, "type": new.step.type, "subtype": new.step.subtype}
    attributes = {**{name: value for name, value in said.items() if value}, **new.attributes}
    name = prefix + new.step.name
    tag = name + "".join(f' {one}="{escape_attribute(attributes[one])}"' for one in attributes)
    deeper, closing = (gap + unit, gap) if "\n" in gap else ("", "")
    inner = escape_text(new.text) + render_children(
        new.children.values(), deeper, closing, unit, prefix
    )
    return f"<{tag}>{inner}</{name}>" if inner else f"<{tag}/>"


def render_children(children: Iterable[New], gap: str, closing: str, unit: str, prefix: str) -> str:
    """Return the content of an element: new ones, each after GAP, and CLOSING; "" for none."""
    pieces = [gap + render_new(child, gap, unit, prefix) for child in in_order(children)]
    return "".join(pieces) + closing if pieces else ""


def in_order(children: Iterable[New]) -> list[New]:
    """Return new elements of one parent in the order that entries are written in."""
    return sorted(children, key=lambda one: (rank(one.step.name), one.step.number))


class Tag:
    """A start tag as it stands in a file."""

    def __init__(self, document: Document, element: etree._Element):
        self.start = document.extent(element)[0]
        self.end = document.after_start_tag(element)
        self.raw = document.utf8[self.start : self.end]
        self.is_empty = self.raw.endswith(b"/>")
        self.name = _NAME.match(self.raw)[1].decode("utf-8")
        inner = self.raw[: -2 if self.is_empty else -1].rstrip(_SPACE)
        self.inner_end = self.start + len(inner)  # where another attribute may be added

    @property
    def prefix(self) -> str:
        """Return the prefix of the name, with its colon."""
        return self.name[: self.name.find(":") + 1]

    def attribute(self, name: str) -> tuple[int, int, int, str] | None:
        """Return where an attribute (with the space before it), its value and both end; its quote.

        None where the tag has no such attribute.
        """
        for found in _ATTRIBUTE.finditer(self.raw):
            if found[1].decode("utf-8") == name:
                quote = found[2][:1].decode("ascii")
                return (
                    self.start + found.start(),
                    self.start + found.start(2),
                    (self.start + found.end()),
                    quote,
                )
        return None


def gap_before(document: Document, offset: int) -> str:
    """Return the white space before an offset of the file, but for empty lines."""
    start = gap_start(document, offset)
    gap = document.utf8[start:offset].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return gap[gap.rfind("\n") :] if "\n" in gap else gap


def gap_start(document: Document, offset: int) -> int:
    """Return where the white space before an offset of the file begins."""
    start = offset
    while start and document.utf8[start - 1] in _SPACE:
        start -= 1
    return start


def unit_of(outer: str, inner: str) -> str:
    """Return what the white space grows by from an element to those in it."""
    grown = inner.removeprefix(outer)
    return grown if grown and "\n" in inner and inner.startswith(outer) else UNIT
