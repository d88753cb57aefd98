"""A witness: the source file that a text was encoded from, and how it marks its layout."""

from dataclasses import dataclass, field

SPACES = ("exact", "fold")
PARAGRAPHS = ("blank", "indent", "line")
NUMBER = "{n}"  # in a page marker: where the number of the page stands


@dataclass(frozen=True)
class Layout:
    """How a source file marks its lines, paragraphs and pages; see `check/witness.py`."""

    line: str = "\n"
    page: str = "\f"
    paragraph_end: str = ""
    blank_line: str = ""
    start: str = ""
    end: str = ""
    spaces: str = "exact"  # one of SPACES
    paragraphs: str = "blank"  # one of PARAGRAPHS
    page_marker: str = ""  # such as "[p. {n}]"


@dataclass(frozen=True)
class Witness:
    """A source file that a text must agree with, character for character."""

    text: str  # path of the TEI file, relative to the project
    source: str  # path of the source file, relative to the project
    edition: str = ""  # what @edRef of its lb and pb must be; empty: all of them count
    encoding: str = "utf-8"
    layout: Layout = field(default_factory=Layout)
