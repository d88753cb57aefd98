"""From bytes to a Document: decoded once, safely parsed, every element placed.

The bytes are decoded once, by the encoding that the file declares (XML 1.0, appendix F), and
lxml and expat read the same UTF-8. lxml gives the tree; expat, which alone tells where a tag
begins and ends, gives the places. Each element of the tree carries its ordinal (its number in
document order, from 0) in an attribute of our own namespace, which every later pass copies;
the ordinal leads back to the place in the scholar's file.
"""

import bisect
import copy
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from teikit.decoding import decode
from teikit.place import Place
from teikit.source import Source
from teikit.tags import find_tags
from teikit.unreadable import UnreadableDocument, explain_unreadable, refuse_other_kinds
from teikit.visible import fold_spaces

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
OURS = "urn:teikit"  # what we add to a working tree; never in what we put out
ORDINAL = f"{{{OURS}}}ordinal"
XML_ID = f"{{{XML}}}id"
XML_LANG = f"{{{XML}}}lang"
INCLUDED_AT = f"{{{OURS}}}included-at"  # on what it brought in: "source:start" of each xi:include
BASE = f"{{{OURS}}}base"  # on the same: the address that pointers in it are relative to
NS = {"tei": TEI, "tk": OURS, "xml": XML}


@dataclass(frozen=True, eq=False)
class Document:
    """A document as it was read; never changed. `path` is relative to the project.

    It comes from one file, or, where xi:include brought others in, from several: each element
    belongs to one of `sources`, and is placed there.
    """

    path: str
    tree: etree._ElementTree
    encoding: str  # the Python name of the encoding that the bytes were in
    sources: tuple[Source, ...]  # the document's own file first
    _files: array = field(repr=False)  # ordinal -> which of the sources it stands in
    _starts: array = field(repr=False)  # ordinal -> where its tag begins in that source
    _ends: array = field(repr=False)  # ordinal -> where its end tag (or empty tag) begins
    is_assembled: bool = False  # whether xi:include was replaced in the tree
    # ordinal of an included element -> where its tail stands: which source, from where on
    _tails: Mapping[int, tuple[int, int]] = field(default_factory=dict, repr=False)

    @property
    def root(self) -> etree._Element:
        """Return the outermost element."""
        return self.tree.getroot()

    @property
    def utf8(self) -> bytes:
        """Return the characters of the document's own file, without a byte order mark."""
        return self.sources[0].utf8

    def clean_tree(self) -> etree._ElementTree:
        """Return the tree as it was read, without what we added: its n-th element has ordinal n."""
        if not self.is_assembled:
            return etree.fromstring(self.utf8, safe_parser()).getroottree()
        tree = copy.deepcopy(self.tree)
        etree.strip_attributes(tree, f"{{{OURS}}}*")
        return tree

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
        return self.source_of(ordinal).tag_at(self._starts[ordinal])

    def is_at(self, ordinal: int, place: Place) -> bool:
        """Return whether the place is the start tag of the element with this ordinal."""
        return 0 <= ordinal < len(self._starts) and self.place_of(ordinal) == place

    def is_written(self, ordinal: int) -> bool:
        """Return whether the element's tags stand in its file, and not in an internal entity."""
        start = self._starts[ordinal]
        return self.source_of(ordinal).utf8[start : start + 1] == b"<"

    def source_of(self, ordinal: int) -> Source:
        """Return the file that the element with this ordinal stands in."""
        return self.sources[self._files[ordinal]]

    def included_at(self, element: etree._Element) -> tuple[Place, ...]:
        """Return the xi:include elements that brought the element in, the outermost first."""
        if not self.is_assembled:
            return ()
        marks = [
            mark
            for one in (element, *element.iterancestors())
            for mark in reversed(one.get(INCLUDED_AT, "").split())
        ]
        return tuple(self._place_of_mark(mark) for mark in reversed(marks))

    def _place_of_mark(self, mark: str) -> Place:
        if mark not in self._marks:
            file, start = map(int, mark.split(":"))
            self._marks[mark] = self.sources[file].tag_at(start)
        return self._marks[mark]

    @cached_property
    def _marks(self) -> dict[str, Place]:
        return {}

    def is_same_place(self, one: int, other: int) -> bool:
        """Return whether two elements, by their ordinals, are the same in their file."""
        return (self._files[one], self._starts[one]) == (self._files[other], self._starts[other])

    def file_of(self, element: etree._Element) -> str:
        """Return the path of the file that the element stands in."""
        return self.source_of(self.ordinal(element)).path

    def extent(self, element: etree._Element) -> tuple[int, int]:
        """Return where the whole element begins and ends in the characters of its source."""
        ordinal = self.ordinal(element)
        return self._starts[ordinal], self.source_of(ordinal).after_tag(self._ends[ordinal])

    def after_start_tag(self, element: etree._Element) -> int:
        """Return where the content of the element begins in the characters of its source."""
        ordinal = self.ordinal(element)
        return self.source_of(ordinal).after_tag(self._starts[ordinal])

    def ordinal_at(self, offset: int, file: int = 0) -> int:
        """Return the innermost element that stands around an offset; -1: there is none.

        The offset is one in the characters of `sources[file]`.
        """
        starts, ordinals = self._starts_in(file)
        at = bisect.bisect_right(starts, offset) - 1
        ordinal = ordinals[at] if at >= 0 else -1
        while ordinal >= 0 and not self._reaches(ordinal, offset, file):
            ordinal = self.parent_ordinal(ordinal)
        return ordinal

    def _reaches(self, ordinal: int, offset: int, file: int) -> bool:
        source = self.sources[file]
        return self._files[ordinal] == file and source.after_tag(self._ends[ordinal]) > offset

    def ordinal_after(self, offset: int, file: int = 0) -> int:
        """Return the first element that begins at or after the offset; -1: none does."""
        starts, ordinals = self._starts_in(file)
        at = bisect.bisect_left(starts, offset)
        return ordinals[at] if at < len(starts) else -1

    def _starts_in(self, file: int) -> tuple[Sequence[int], Sequence[int]]:
        """Return where the elements of a file begin, in order, and their ordinals."""
        if not self.is_assembled:
            return self._starts, range(len(self._starts))
        if file not in self._sorted_starts:
            pairs = sorted(
                (self._starts[ordinal], ordinal)
                for ordinal, found in enumerate(self._files)
                if found == file
            )
            self._sorted_starts[file] = [one for one, _ in pairs], [one for _, one in pairs]
        return self._sorted_starts[file]

    @cached_property
    def _sorted_starts(self) -> dict[int, tuple[Sequence[int], Sequence[int]]]:
        return {}

    def parent_ordinal(self, ordinal: int) -> int:
        """Return the element that the one with this ordinal stands in; -1: it is the outermost."""
        parent = self._elements[ordinal].getparent()
        return -1 if parent is None else int(parent.get(ORDINAL))

    def text_index(self, ordinal: int, where: str, part: str) -> int:
        """Return where PART begins in the "text" or "tail" of the element, as it was read."""
        return max((getattr(self._elements[ordinal], where) or "").find(part), 0)

    def place_in_text(self, ordinal: int, where: str, index: int) -> Place | None:
        """Return the place of one character of an element's "text" or "tail".

        None where the characters of the file are not those of the text (entities, CDATA,
        character references, included text stand between).
        """
        if ordinal < 0:
            return None
        element = self._elements[ordinal]
        source, start = self.text_start(ordinal, where)
        before = (getattr(element, where) or "")[:index].encode("utf-8")
        if source.utf8[start : start + len(before)].replace(b"\r\n", b"\n") != before:
            return None
        return source.span(start + len(before), start + len(before) + 1)

    def text_at(self, ordinal: int) -> tuple[int, int]:
        """Return where the element's content begins: which of the sources, and where in it.

        Of an element that came out of an entity, -1 stands for where: it is not in the file.
        """
        file, start = self._files[ordinal], self._starts[ordinal]
        return file, self.sources[file].after_tag(start) if self.is_written(ordinal) else -1

    def tail_at(self, ordinal: int) -> tuple[int, int]:
        """Return where what follows the element begins: which of the sources, and where in it."""
        if ordinal in self._tails:
            return self._tails[ordinal]
        file, end = self._files[ordinal], self._ends[ordinal]
        return file, self.sources[file].after_tag(end) if self.is_written(ordinal) else -1

    def end_tag_at(self, ordinal: int) -> int:
        """Return where the end tag of the element begins in its source, or the tag, if empty."""
        return self._ends[ordinal]

    def text_start(self, ordinal: int, where: str) -> tuple[Source, int]:
        """Return the file in which an element's "text" or "tail" stands, and where in its utf8."""
        if where == "text":
            element = self._elements[ordinal]
            return self.source_of(ordinal), self.after_start_tag(element)
        if ordinal in self._tails:
            file, start = self._tails[ordinal]
            return self.sources[file], start
        return self.source_of(ordinal), self.extent(self._elements[ordinal])[1]

    def element(self, ordinal: int) -> etree._Element | None:
        """Return the element with this ordinal; None where there is none."""
        return self._elements[ordinal] if 0 <= ordinal < len(self._elements) else None

    @cached_property
    def _elements(self) -> list[etree._Element]:
        return list(self.root.iter(etree.Element))

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
        raise UnreadableDocument(
            Place(path),
            "xml:empty",
            "the file is empty",
            "Put a TEI document into it, or delete it.",
        )
    refuse_other_kinds(data, path)
    text, encoding = decode(data, path)
    utf8 = text.removeprefix("\ufeff").encode("utf-8")
    tree, problem = _parse_tree(utf8)
    starts, ends, stopped = find_tags(utf8)
    if problem is not None or stopped is not None:
        raise explain_unreadable(path, utf8, problem, stopped)
    for ordinal, element in enumerate(tree.iter(etree.Element)):
        element.set(ORDINAL, str(ordinal))
    files = array("I", bytes(array("I").itemsize * len(starts)))
    return Document(path, tree, encoding, (Source(path, utf8),), files, starts, ends)


class _Nothing(etree.Resolver):
    """Answer every request for another file with nothing (`load_dtd=False` alone does not)."""

    def resolve(self, url, public_id, context):
        return self.resolve_string("", context)


def safe_parser(*, deep: bool = False) -> etree.XMLParser:
    """Return a parser of UTF-8 that is closed to the outside and keeps ids to us.

    DEEP takes elements more than 255 deep in one another, too: only for what we made ourselves.
    """
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        collect_ids=False,
        huge_tree=deep,
    )
    parser.resolvers.add(_Nothing())
    return parser


def _parse_tree(utf8: bytes) -> tuple[etree._ElementTree | None, etree.XMLSyntaxError | None]:
    try:
        return etree.fromstring(utf8, safe_parser()).getroottree(), None
    except etree.XMLSyntaxError as error:
        return None, error


def text_of(element: etree._Element) -> str:
    """Return the characters inside the element, without comments and processing instructions."""
    return element.xpath("string()")


def label_of(element: etree._Element | None) -> str:
    """Return the element's words with white space folded, for labels and keys; "" for None.

    Readings beside a word (rt) are no part of a label.
    """
    if element is None:
        return ""
    if next(element.iterdescendants(f"{{{TEI}}}rt"), None) is None:
        return fold_spaces(text_of(element))
    return fold_spaces("".join(_without_readings(element)))


def _without_readings(top: etree._Element) -> Iterator[str]:
    skipped: etree._Element | None = None
    for event, node in etree.iterwalk(top, events=("start", "end", "comment", "pi")):
        if event == "start":
            if skipped is None and node.tag == f"{{{TEI}}}rt" and node is not top:
                skipped = node
            elif skipped is None and node.text:
                yield node.text
            continue
        skipped = None if node is skipped else skipped
        if skipped is None and node is not top and node.tail:
            yield node.tail
