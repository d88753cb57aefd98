"""The files that are included in one document: each read once, each element marked as its own."""

import codecs
import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from teikit.decoding import decode
from teikit.document import ORDINAL, OURS, XML_ID, Document, read_document
from teikit.files import NotReadable
from teikit.source import Source
from teikit.unreadable import UnreadableDocument
from teikit.xinclude.fragments import find_fragment
from teikit.xinclude.requests import CannotInclude, Request

Loader = Callable[[str, int], bytes]  # path, largest size -> bytes; raises NotReadable
LARGEST = 40_000_000  # bytes that may be read, and that the included parts may come to
_NO_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # compiled when needed


@dataclass(frozen=True, eq=False)
class Part:
    """What an inclusion brings in, to be copied: nodes, or a text; how large it is, how deep."""

    nodes: tuple[etree._Element | str, ...]
    size: int
    height: int = 0


@dataclass(frozen=True, eq=False)
class Input:
    """One XML file; its elements carry `number:ordinal`."""

    number: int  # among the sources of the document
    source: Source
    root: etree._Element
    starts: array = field(repr=False)
    ends: array = field(repr=False)

    @cached_property
    def ids(self) -> dict[str, etree._Element]:
        """Return the first element with each xml:id."""
        found: dict[str, etree._Element] = {}
        for element in self.root.iter(etree.Element):
            name = element.get(XML_ID)
            if name is not None:
                found.setdefault(name, element)
        return found


class Inputs:
    """Reads the files that a document includes, and finds the parts in them."""

    def __init__(self, document: Document, load: Loader):
        self.load = load
        self.xml: list[Input] = []
        self.paths: set[str] = set()  # of all files that were read, but for the document's own
        self._found: dict[str, Input | CannotInclude] = {}
        self._parts: dict[Request, Part] = {}
        self._read = 0
        self._own = document.path
        self._found[document.path] = self._mark(document)

    def part(self, request: Request) -> Part:
        """Return what is asked for; raise CannotInclude where it cannot be had."""
        if request not in self._parts:
            self._parts[request] = self._text(request) if request.is_text else self._xml(request)
        return self._parts[request]

    def input(self, path: str) -> Input:
        """Return the XML file at the path; raise CannotInclude where it cannot be read."""
        if path not in self._found:
            try:
                self._found[path] = self._mark(read_document(self._bytes(path), path))
            except UnreadableDocument as problem:
                self._found[path] = _unreadable(problem)
            except CannotInclude as problem:
                self._found[path] = problem
        found = self._found[path]
        if isinstance(found, CannotInclude):
            raise found
        return found

    def _mark(self, document: Document) -> Input:
        number = len(self.xml)
        etree.strip_attributes(document.tree, f"{{{OURS}}}*")  # also what the file itself has
        for ordinal, element in enumerate(document.root.iter(etree.Element)):
            element.set(ORDINAL, f"{number}:{ordinal}")
        one = Input(number, document.sources[0], document.root, document._starts, document._ends)
        self.xml.append(one)
        return one

    def _bytes(self, path: str) -> bytes:
        try:
            data = self.load(path, LARGEST - self._read)
        except NotReadable as problem:
            raise _not_readable(path, problem) from problem
        self._read += len(data)
        if path != self._own:
            self.paths.add(path)
        return data

    def _xml(self, request: Request) -> Part:
        file = self.input(request.path)
        if request.pointer:
            nodes = (find_fragment(file.root, file.ids, request.pointer, request.path),)
        else:
            before = reversed(list(file.root.itersiblings(preceding=True)))
            nodes = (*before, file.root, *file.root.itersiblings())
        size = sum(len(etree.tostring(one, encoding="utf-8", with_tail=False)) for one in nodes)
        return Part(nodes, size, max(_height(one) for one in nodes))

    def _text(self, request: Request) -> Part:
        if request.pointer:
            raise CannotInclude(
                "xinclude:pointer",
                f'teikit includes a text whole only, not fragid="{request.pointer[:200]}"',
                "Take out @fragid, or put the part into a file of its own.",
            )
        data = self._bytes(request.path)
        try:
            text = _decoded(data, request)
        except UnreadableDocument as problem:
            raise _unreadable(problem) from problem
        stray = re.search(_NO_XML, text)
        if stray:
            line = text.count("\n", 0, stray.start()) + 1
            raise CannotInclude(
                "xinclude:text",
                f"{request.path} was not included: line {line} has the character "
                f"U+{ord(stray[0]):04X}, which no XML file can hold",
                "Take the character out of the file. Is it a text at all?",
                is_fatal=True,
            )
        return Part((text,), len(text.encode("utf-8")))


def _decoded(data: bytes, request: Request) -> str:
    if not request.encoding:
        return decode(data, request.path)[0].removeprefix("\ufeff")
    try:
        codec = codecs.lookup(request.encoding)
        if not getattr(codec, "_is_text_encoding", True):
            raise LookupError(request.encoding)
        return data.decode(request.encoding).removeprefix("\ufeff")
    except (LookupError, ValueError):
        raise CannotInclude(
            "xinclude:text",
            f"{request.path} was not included: it is no text in the encoding "
            f'that @encoding names, "{request.encoding[:40]}"',
            "Name the encoding that the file really has, or save it as UTF-8.",
            is_fatal=True,
        ) from None


def _height(top: etree._Element) -> int:
    """Return how many elements lie within one another in TOP."""
    if not isinstance(top.tag, str):
        return 0
    deepest = depth = 0
    for event, _ in etree.iterwalk(top, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _unreadable(problem: UnreadableDocument) -> CannotInclude:
    return CannotInclude(
        problem.rule, problem.reason, problem.hint, is_fatal=True, place=problem.place
    )


def _not_readable(path: str, problem: NotReadable) -> CannotInclude:
    if problem.kind == "large":
        return CannotInclude(
            "xinclude:limit",
            f"{path} was not included: the files would come to more than "
            f"{LARGEST // 1_000_000} megabytes",
            "Check the parts by themselves.",
            is_fatal=True,
        )
    if problem.kind == "outside":
        return CannotInclude(
            "xinclude:outside",
            f"{path} was not included: {problem.reason}",
            "Put the file itself, not a link, into the project.",
        )
    return CannotInclude(
        "xinclude:unresolved",
        f"{path} was not included: {problem.reason}",
        "Correct @href, add the file, or say in xi:fallback what is to stand here without it.",
    )
