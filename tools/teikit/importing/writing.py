"""A Transcript -> a TEI file: numbered, with a header whose gaps are to be filled in.

The layout is that of `teikit format`; one line of the source is one line of the file, since the
line end stands within the tag of lb.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from teikit.importing.elements import Element, Transcript
from teikit.importing.header import render_header
from teikit.importing.languages import guess_language
from teikit.importing.numbering import number

# they hold no text of their own, so that white space between what they hold is free
_CONTAINERS = frozenset(
    "body div lg list table row figure listBibl opener closer cit sp noteGrp".split()
)
_FLAT = frozenset(("body", "div"))  # what is in them is not indented


@dataclass(frozen=True)
class SourceFile:
    """The file that a text was imported from."""

    name: str
    size: int  # bytes
    sha256: str
    path: str = ""  # as seen from the TEI file; empty where it is not kept beside it


@dataclass(frozen=True)
class TeiOptions:
    """What the TEI file says beside the text."""

    source: SourceFile
    language: str = ""
    models: tuple[str, ...] = ()  # addresses of schemas, as seen from the TEI file
    edition: str = "#src"
    site_language: str = "en"  # the first of the edition's website
    prefixes: str = ""  # the listPrefixDef of the header, as it is written


def render_tei(transcript: Transcript, options: TeiOptions) -> bytes:
    """Return the TEI file, in UTF-8."""
    numbered = number(transcript.body, options.edition)
    language = options.language or transcript.language or guess_language(transcript.witness)
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        *(f"{_model(address)}\n" for address in options.models),
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang={quoteattr(language or "und")}>\n',
        render_header(transcript, numbered, options, language),
        "<text>\n<body>\n",
        *(f"{_block(one, 0)}\n" for one in numbered.body),
        "</body>\n</text>\n</TEI>\n",
    ]
    return "".join(parts).encode("utf-8")


def _model(address: str) -> str:
    namespace = (
        "http://purl.oclc.org/dsdl/schematron"
        if address.endswith(".sch")
        else "http://relaxng.org/ns/structure/1.0"
    )
    kind = "application/relax-ng-compact-syntax" if address.endswith(".rnc") else "application/xml"
    return f'<?xml-model href={quoteattr(address)} type="{kind}" schematypens="{namespace}"?>'


def _block(element: Element, depth: int) -> str:
    """Return an element that stands on a line of its own, without its line end."""
    space = "  " * depth
    if element.name not in _CONTAINERS or not element.content:
        return space + "".join(_inline(element))
    inner = depth if element.name in _FLAT else depth + 1
    children = [_block(one, inner) for one in element.content if not isinstance(one, str)]
    return "\n".join((f"{space}{_start(element)}>", *children, f"{space}</{element.name}>"))


def _inline(element: Element) -> Iterator[str]:
    """Yield an element of running text; nothing is added between what is in it."""
    if not element.content:
        yield f"{_start(element)}/>"
        return
    yield f"{_start(element)}>"
    for one in element.content:
        if isinstance(one, str):
            yield escape(one, {"\r": "&#13;"})
        else:
            yield from _inline(one)
    yield f"</{element.name}>"


def _start(element: Element) -> str:
    """Return the start tag without its end; that of lb holds the line end."""
    space = "\n" if element.name == "lb" else " "
    attributes = [f"{name}={_quoted(value)}" for name, value in element.attributes]
    if not attributes:
        return f"<{element.name}" + "\n" * (element.name == "lb")
    return f"<{element.name}{space}" + " ".join(attributes)


def _quoted(value: str) -> str:
    return '"' + escape(value, {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}) + '"'
