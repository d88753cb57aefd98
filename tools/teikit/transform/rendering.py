"""What a rendering needs to know and what it gives: plain values, without lxml."""

from dataclasses import dataclass, field

from teikit.report import Finding
from teikit.sigla import Witness


@dataclass(frozen=True)
class Stylesheet:
    """A stylesheet that does not come with teikit. `name` is what messages call it.

    Files in `folder` and below may be imported; empty: only ours may. `digest` stands for what
    these files hold.
    """

    data: bytes
    name: str = "stylesheet.xsl"
    folder: str = ""
    digest: str = ""


@dataclass(frozen=True)
class PartPage:
    """One page of a text that is split."""

    start: int  # ordinal of the element that it begins with
    url: str  # as the other pages of the text link to it


@dataclass(frozen=True)
class RenderSettings:
    """What a rendering knows of the edition around the text."""

    language: str = "en"  # of the interface
    strings: dict[str, str] = field(default_factory=dict)  # key as in the TOML files, "xslt.note"
    links: dict[str, str] = field(default_factory=dict)  # "path#id" or "path" -> href
    findings: tuple[Finding, ...] = ()  # marked in the text by their number in this tuple
    stylesheet: Stylesheet | None = None  # the edition's own, which imports teikit:html.xsl
    parameters: dict[str, str] = field(default_factory=dict)  # of the stylesheet: lib/params.xsl
    pages: tuple[PartPage, ...] = ()  # where the text goes on on another page
    folder: str = ""  # what the document includes is read in it, by the jobs
    witnesses: dict[str, Witness] = field(default_factory=dict)  # of other files, by URI
    pictures: dict[str, str] = field(default_factory=dict)  # that pages show: path -> "640x480"
    references: dict[int, str] | None = None  # of what can be cited, by ordinal
    # ordinal of an element -> the URIs of all that it means, where that is an entity
    mentions: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Rendered:
    """What came out, and what there is to say about it."""

    content: str
    messages: tuple[Finding, ...] = ()
    title: str = ""  # of the text, from its header
    parts: tuple[str, ...] = ()  # the content by page, where settings.pages asked for that
    unknown: tuple[tuple[str, int], ...] = ()  # name and ordinal of elements without a template


@dataclass(frozen=True)
class Produced:
    """What a stylesheet of the scholar made."""

    content: bytes
    messages: tuple[Finding, ...] = ()
