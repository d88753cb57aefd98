"""What passes between publishing and its jobs: plain values, no trees."""

from dataclasses import dataclass, field

from teikit.report import Finding
from teikit.sigla import Witness
from teikit.transform.rendering import PartPage, Stylesheet


@dataclass(frozen=True)
class PieceSettings:
    """How a text is rendered for one page in one language of the interface."""

    language: str
    strings: dict[str, str]
    links: dict[str, str]  # resolved URI -> URL as seen from the page
    header_links: dict[str, str]  # the same from the page about the edition; empty: not wanted
    findings: tuple[Finding, ...] = ()
    stylesheet: Stylesheet | None = None  # the edition's own
    parameters: dict[str, str] = field(default_factory=dict)  # of the stylesheet
    is_parallel: bool = False  # its divisions say the same, each in a language of its own
    pages: tuple[PartPage, ...] = ()  # of a text that is split
    folder: str = ""  # what the text includes is read in it
    witnesses: dict[str, Witness] = field(default_factory=dict)  # of other files, by URI


@dataclass(frozen=True)
class Piece:
    """A text as HTML, a fragment for each of its pages, its header as HTML, and what there is to
    say about the rendering.
    """

    parts: tuple[str, ...]
    header: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class PlainText:
    """A text as plain text, to read and with the lines of its source."""

    reading: str
    source: str = ""  # empty where the text has no line beginnings
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Merged:
    """A text and the registers in one TEI file."""

    data: bytes
    findings: tuple[Finding, ...] = ()
