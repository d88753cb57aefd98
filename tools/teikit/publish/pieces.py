"""What passes between publishing and its jobs: plain values, no trees."""

from dataclasses import dataclass, field

from teikit.publish.carried import Carried, Lost, Unknown
from teikit.report import Finding
from teikit.sigla import Witness
from teikit.transform.rendering import PartPage, Stylesheet


@dataclass(frozen=True)
class PieceSettings:
    """How a text is rendered for one page in one language of the interface."""

    language: str
    strings: dict[str, str]
    links: dict[str, str]  # resolved URI -> URL as seen from the page
    header_links: dict[str, str] | None  # the same from the page of the header; None: not wanted
    findings: tuple[Finding, ...] = ()
    stylesheet: Stylesheet | None = None  # the edition's own
    parameters: dict[str, str] = field(default_factory=dict)  # of the stylesheet
    is_parallel: bool = False  # its divisions say the same, each in a language of its own
    pages: tuple[PartPage, ...] = ()  # of a text that is split
    folder: str = ""  # what the text includes is read in it
    witnesses: dict[str, Witness] = field(default_factory=dict)  # of other files, by URI
    pictures: dict[str, str] = field(default_factory=dict)  # that its page shows: path -> size
    # ordinal of an element -> the URIs of all that it means, where that is an entity
    mentions: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Piece:
    """A text as HTML, a fragment for each of its pages, its header as HTML, and what there is to
    say about the rendering.
    """

    parts: tuple[str, ...]
    header: str = ""
    findings: tuple[Finding, ...] = ()
    origin: str = ""  # what the header says of a letter or manuscript, for the head of the page
    carried: tuple[Carried, ...] = ()
    losses: tuple[Lost, ...] = ()
    unknown: tuple[Unknown, ...] = ()  # elements without a template


@dataclass(frozen=True)
class PlainText:
    """A text as plain text, to read and with the lines of its source, and its notes."""

    reading: str
    source: str = ""  # empty where the text has no line beginnings
    findings: tuple[Finding, ...] = ()
    notes: str = ""  # empty where it has none
    carried: tuple[Carried, ...] = ()
    losses: tuple[Lost, ...] = ()


@dataclass(frozen=True)
class Merged:
    """A text and the registers in one TEI file."""

    data: bytes
    findings: tuple[Finding, ...] = ()
