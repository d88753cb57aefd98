"""From bytes to a Document: decoded once, safely parsed, every element placed.

The bytes are decoded once, by the encoding that the file declares (XML 1.0, appendix F), and
lxml and expat read the same UTF-8. lxml gives the tree; expat, which alone tells where a tag
begins and ends, gives the places. Each element of the tree carries its ordinal (its number in
document order, from 0) in an attribute of our own namespace, which every later pass copies;
the ordinal leads back to the place in the scholar's file.
"""

import bisect
import codecs
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from xml.parsers import expat

from lxml import etree

from teikit.errors import TeikitError
from teikit.place import Place

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
OURS = "urn:teikit"  # what we add to a working tree; never in what we put out
ORDINAL = f"{{{OURS}}}ordinal"
XML_ID = f"{{{XML}}}id"
XML_LANG = f"{{{XML}}}lang"
NS = {"tei": TEI, "tk": OURS, "xml": XML}

_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TAG_END = re.compile(rb"""(?:[^>"']|"[^"]*"|'[^']*')*>""")
_LINE_END = re.compile(rb"\r\n?|\n")
_EXTERNAL_ENTITY = re.compile(rb"""<!ENTITY\s+([^\s%]+)\s+(?:SYSTEM|PUBLIC)\s""")


class UnreadableDocument(TeikitError):
    """The file cannot be read as XML; carries the parts of the finding that says so."""

    def __init__(self, place: Place, rule: str, reason: str, hint: str = ""):
        super().__init__(f"{place}: {reason}")
        self.place, self.rule, self.reason, self.hint = place, rule, reason, hint


@dataclass(frozen=True, eq=False)
class Document:
    """One XML file as it was read; never changed. `path` is relative to the project."""

    path: str
    tree: etree._ElementTree
    encoding: str  # the Python name of the encoding that the bytes were in
    utf8: bytes = field(repr=False)  # the file's characters, without a byte order mark
    _starts: array = field(repr=False)  # ordinal -> where its tag begins in utf8
    _ends: array = field(repr=False)  # ordinal -> where its end tag (or empty tag) begins

    @property
    def root(self) -> etree._Element:
        """Return the outermost element."""
        return self.tree.getroot()

    @cached_property
    def _lines(self) -> array:
        return _line_starts(self.utf8)

    def ordinal(self, element: etree._Element) -> int:
        """Return the element's number in document order, or that of its nearest placed ancestor."""
        while element is not None:
            value = element.get(ORDINAL) if isinstance(element.tag, str) else None
            if value is not None:
                return int(value)
            element = element.getparent()
        return 0

    def place(self, element: etree._Element) -> Place:
        """Return where the element's start tag stands."""
        return self.place_of(self.ordinal(element))

    def place_of(self, ordinal: int) -> Place:
        """Return where the start tag of the element with this ordinal stands."""
        start = self._starts[ordinal]
        return self.span(start, self._after_tag(start))

    def extent(self, element: etree._Element) -> tuple[int, int]:
        """Return where the whole element begins and ends in `utf8`."""
        ordinal = self.ordinal(element)
        return self._starts[ordinal], self._after_tag(self._ends[ordinal])

    def after_start_tag(self, element: etree._Element) -> int:
        """Return where the content of the element begins in `utf8`."""
        return self._after_tag(self._starts[self.ordinal(element)])

    def span(self, start: int, end: int) -> Place:
        """Return the place of utf8[start:end]."""
        return Place(self.path, *_position(self.utf8, self._lines, start),
                     *_position(self.utf8, self._lines, end))

    def text_index(self, ordinal: int, where: str, part: str) -> int:
        """Return where PART begins in the "text" or "tail" of the element, as it was read."""
        return max((getattr(self._elements[ordinal], where) or "").find(part), 0)

    def place_in_text(self, ordinal: int, where: str, index: int) -> Place | None:
        """Return the place of one character of an element's "text" or "tail".

        None where the characters of the file are not those of the text (entities, CDATA,
        character references stand between).
        """
        if ordinal < 0:
            return None
        element = self._elements[ordinal]
        start = self.after_start_tag(element) if where == "text" else self.extent(element)[1]
        before = (getattr(element, where) or "")[:index].encode("utf-8")
        if self.utf8[start : start + len(before)].replace(b"\r\n", b"\n") != before:
            return None
        return self.span(start + len(before), start + len(before) + 1)

    @cached_property
    def _elements(self) -> list[etree._Element]:
        return list(self.root.iter(etree.Element))

    def _after_tag(self, start: int) -> int:
        if self.utf8[start : start + 1] == b"&":  # the element came out of an internal entity
            return self.utf8.find(b";", start) + 1
        match = _TAG_END.match(self.utf8, start)
        return match.end() if match else start

    @cached_property
    def ids(self) -> dict[str, int]:
        """Return each xml:id with the ordinal of the first element that has it."""
        found: dict[str, int] = {}
        for element in self.root.iter(etree.Element):
            name = element.get(XML_ID)
            if name is not None:
                found.setdefault(name, int(element.get(ORDINAL)))
        return found

    def elements(self, *names: str) -> Iterator[etree._Element]:
        """Yield the TEI elements with these names, in document order."""
        return self.root.iter(*(f"{{{TEI}}}{name}" for name in names))


def read_document(data: bytes, path: str) -> Document:
    """Return the Document in DATA; raise UnreadableDocument where it is not well-formed XML.

    `path` is what findings call the file. Nothing but DATA is read: no DTD, no entity from
    another file, no network.
    """
    if not data.strip():
        raise UnreadableDocument(Place(path), "xml:empty", "the file is empty",
                                 "Put a TEI document into it, or delete it.")
    text, encoding = decode(data, path)
    utf8 = text.removeprefix("\ufeff").encode("utf-8")
    tree, problem = _parse_tree(utf8)
    starts, ends, stopped = _find_places(utf8)
    if problem is not None or stopped is not None:
        raise _unreadable(path, utf8, problem, stopped)
    for ordinal, element in enumerate(tree.iter(etree.Element)):
        element.set(ORDINAL, str(ordinal))
    return Document(path, tree, encoding, utf8, starts, ends)


def decode(data: bytes, path: str) -> tuple[str, str]:
    """Return the characters of an XML file and the Python name of the encoding it declares.

    Raises UnreadableDocument where the bytes are not what the file declares.
    """
    encoding, declared = _encoding_of(data)
    try:
        codec = codecs.lookup(encoding)
        if not getattr(codec, "_is_text_encoding", True):
            raise LookupError(encoding)
    except LookupError:
        raise UnreadableDocument(
            Place(path, 1, 1, 1, 1), "xml:encoding", f"the file declares an unknown encoding, {encoding}",
            'Save the file as UTF-8 and declare encoding="UTF-8".',
        ) from None
    try:
        return data.decode(encoding), codec.name
    except UnicodeDecodeError as error:
        head = data[: error.start].decode(encoding, "replace")
        line = head.count("\n") + 1
        column = len(head) - (head.rfind("\n") + 1) + 1
        says = f"declares {encoding}" if declared else "declares no encoding, so it must be UTF-8"
        raise UnreadableDocument(
            Place(path, line, column, line, column + 1), "xml:encoding",
            f"the file {says}, but the byte 0x{data[error.start]:02X} here does not fit that",
            "Save the file as UTF-8, or declare the encoding that it really has.",
        ) from error


def _encoding_of(data: bytes) -> tuple[str, bool]:
    """Return the name of the encoding, and whether the file says so itself."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name, True
    for prefix, name in ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"),
                         (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be")):
        if data.startswith(prefix):
            return name, True
    match = _DECLARED.match(data[:400].lstrip())
    if match:
        return match[1].decode("ascii"), True
    return "utf-8", False


class _Nothing(etree.Resolver):
    """Answer every request for another file with nothing (`load_dtd=False` alone does not)."""

    def resolve(self, url, public_id, context):
        return self.resolve_string("", context)


def safe_parser() -> etree.XMLParser:
    """Return a parser of UTF-8 that is closed to the outside and keeps ids to us."""
    parser = etree.XMLParser(encoding="utf-8", resolve_entities="internal", no_network=True,
                             load_dtd=False, collect_ids=False)
    parser.resolvers.add(_Nothing())
    return parser


def _parse_tree(utf8: bytes) -> tuple[etree._ElementTree | None, etree.XMLSyntaxError | None]:
    try:
        return etree.fromstring(utf8, safe_parser()).getroottree(), None
    except etree.XMLSyntaxError as error:
        return None, error


@dataclass(frozen=True)
class _Stop:
    """Where expat gave up, why, and the innermost element that was open."""

    offset: int
    code: int
    reason: str
    open_name: str
    open_offset: int


def _find_places(utf8: bytes) -> tuple[array, array, _Stop | None]:
    starts, ends = array("Q"), array("Q")
    open_elements: list[tuple[int, str]] = []
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True

    def start(name: str, _attributes: object) -> None:
        open_elements.append((len(starts), name))
        starts.append(parser.CurrentByteIndex)
        ends.append(0)

    def end(_name: str) -> None:
        ends[open_elements.pop()[0]] = parser.CurrentByteIndex

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(utf8, True)
    except expat.ExpatError as error:
        ordinal, name = open_elements[-1] if open_elements else (-1, "")
        where = starts[ordinal] if open_elements else 0
        return starts, ends, _Stop(max(parser.ErrorByteIndex, 0), error.code,
                                   expat.ErrorString(error.code), name, where)
    return starts, ends, None


def _unreadable(path: str, utf8: bytes, problem: etree.XMLSyntaxError | None,
                stop: _Stop | None) -> UnreadableDocument:
    """Return the exception that says best why this is not well-formed."""
    lines = _line_starts(utf8)
    if stop is not None:
        line, column = _position(utf8, lines, stop.offset)
    else:
        line, column = problem.position
        line, column = max(line, 1), max(column - 1, 1)
    place = Place(path, line, column, line, column + 1)
    external = _external_entity(utf8, problem)
    if external:
        return UnreadableDocument(
            place, "xml:external-entity",
            f"the entity &{external}; stands for another file, which teikit refuses to read",
            "Put the text itself here, or include the file by xi:include.",
        )
    reason, hint = _explain(utf8, lines, problem, stop)
    return UnreadableDocument(place, "xml:not-well-formed", f"not well-formed XML: {reason}", hint)


def _external_entity(utf8: bytes, problem: etree.XMLSyntaxError | None) -> str:
    """Return the name of the external entity that the parser refused, or an empty string."""
    missing = re.search(r"Entity '([^']+)' not defined", problem.msg or "") if problem else None
    if missing is None:
        return ""
    names = {name.decode("utf-8") for name in _EXTERNAL_ENTITY.findall(utf8)}
    return missing[1] if missing[1] in names else ""


def _explain(utf8: bytes, lines: array, problem: etree.XMLSyntaxError | None,
             stop: _Stop | None) -> tuple[str, str]:
    codes = expat.errors.codes
    if b"<" not in utf8[:1024].lstrip()[:1]:
        return ("the file does not begin with a tag, so it is not XML",
                "teikit reads TEI-XML files; is this the right file?")
    if stop is not None and stop.code == codes[expat.errors.XML_ERROR_TAG_MISMATCH]:
        closed = re.match(rb"[^\s>]*", utf8[stop.offset : stop.offset + 80])
        name = closed[0].decode("utf-8", "replace")
        at, _ = _position(utf8, lines, stop.open_offset)
        return (f"</{name}> stands where </{stop.open_name}> is expected",
                f"The element {stop.open_name} opened in line {at} is still open: close it first.")
    if stop is not None and stop.open_name and stop.code in (
        codes[expat.errors.XML_ERROR_NO_ELEMENTS], codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    ):
        at, _ = _position(utf8, lines, stop.open_offset)
        return (f"the file ends inside the element {stop.open_name}",
                f"{stop.open_name} was opened in line {at}: close it, or restore what is cut off.")
    undefined = re.search(r"Entity '([^']+)' not defined", problem.msg or "") if problem else None
    if undefined:
        return (f"the entity &{undefined[1]}; is not defined",
                "XML itself knows only &amp; &lt; &gt; &quot; and &apos;: write the character.")
    reason = problem.msg if problem is not None else stop.reason
    return re.sub(r", line \d+, column \d+.*$", "", reason or "unknown reason"), ""


def _line_starts(utf8: bytes) -> array:
    starts = array("Q", [0])
    starts.extend(match.end() for match in _LINE_END.finditer(utf8))
    return starts


def _position(utf8: bytes, lines: array, offset: int) -> tuple[int, int]:
    """Return line and column, both from 1, columns in characters."""
    line = bisect.bisect_right(lines, offset)
    return line, len(utf8[lines[line - 1] : offset].decode("utf-8", "replace")) + 1


def text_of(element: etree._Element) -> str:
    """Return the characters inside the element, without comments and processing instructions."""
    return element.xpath("string()")


def label_of(element: etree._Element | None) -> str:
    """Return the element's words with white space folded, for labels and keys; "" for None."""
    return " ".join(text_of(element).split()) if element is not None else ""
