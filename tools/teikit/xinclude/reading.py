"""A document with the parts that its xi:include elements name, each element in its own file.

The parts are copied into a copy of the document's tree, file by file and in document order; what
is copied may hold further xi:include elements. All of it is counted, because two lines can ask
for a million copies. Two decisions differ from what other processors do (XInclude 1.1 allows
both): the address that pointers in a part are relative to is kept in an attribute of our own
and not in xml:base, which many a schema forbids there; and xml:lang is added only where the
part's own file says a language, since chapters usually rely on that of the edition.
"""

import copy
import dataclasses
from array import array
from collections.abc import Iterable
from functools import partial

from lxml import etree

from teikit.document import ORDINAL, Document, read_document
from teikit.files import read_inside
from teikit.report import Finding
from teikit.xinclude.inputs import LARGEST, Inputs, Loader
from teikit.xinclude.names import FALLBACK, INCLUDE
from teikit.xinclude.requests import (
    CannotInclude,
    fallback_of,
    read_request,
)
from teikit.xinclude.splicing import (
    TAIL,
    Node,
    copy_nodes,
    fallback_nodes,
    missing_part,
    new_root,
    splice,
)

MOST = 1_000  # xi:include elements that are followed in one document
DEEPEST = 50  # files that include one another
NESTED = 256  # elements within one another, as the parser allows in one file
Chain = tuple[tuple[str, str], ...]  # what is being included: path and pointer of each file


def include_parts(
    document: Document, data: bytes, folder: str
) -> tuple[Document, tuple[Finding, ...], tuple[str, ...]]:
    """Return the document, which was read from DATA, with what it includes; see `read_whole`."""
    includer = _Includer(document, partial(read_inside, folder))
    whole = includer.include_all()
    if whole is None:  # nothing stands where the outermost element should: as it was read
        whole = read_document(data, document.path)
    return whole, includer.findings(whole), tuple(sorted(includer.inputs.paths))


class _Includer:
    """Replaces the xi:include elements in a copy of one document."""

    def __init__(self, document: Document, load: Loader):
        self.path, self.encoding = document.path, document.encoding
        self.inputs = Inputs(document, load)
        self.tree = copy.deepcopy(document.tree)
        self.todo: list[tuple[etree._Element, Chain]] = []
        self.notes: list[tuple[Finding, etree._Element | None]] = []
        self.count = self.size = 0
        self.is_full = False

    def include_all(self) -> Document | None:
        """Return the whole document; None where there is no outermost element in the end."""
        self.push([self.tree.getroot()], ((self.path, ""),))
        while self.todo:
            self.replace(*self.todo.pop())
        if self.tree.getroot().tag == INCLUDE:
            return None
        self.drop_stray_fallbacks()
        return self.assemble()

    def push(self, nodes: Iterable[Node], chain: Chain) -> None:
        """Put the outermost xi:include elements in the nodes on the list, the first on top."""
        found = [
            include
            for node in nodes
            if isinstance(node, etree._Element)
            for include in node.iter(INCLUDE)
            if next(include.iterancestors(INCLUDE), None) is None
        ]
        self.todo.extend((include, chain) for include in reversed(found))

    def replace(self, include: etree._Element, chain: Chain) -> None:
        """Put what the xi:include asks for, or its fallback, in its place."""
        if self.is_full:
            self.drop(include)
            return
        try:
            nodes, longer = self.fetch(include, chain)
            self.put(include, nodes, longer)
        except CannotInclude as problem:
            self.refuse(include, problem, chain)

    def fetch(self, include: etree._Element, chain: Chain) -> tuple[list[Node], Chain]:
        """Return copies of what the xi:include asks for, and the chain that holds for them."""
        self.count += 1
        if self.count > MOST:
            raise self.full(f"it includes more than {MOST:,} parts")
        if len(chain) > DEEPEST:
            raise self.full(f"more than {DEEPEST} files include one another")
        request = read_request(include, self.path)
        step = (request.path, request.pointer)
        if not request.is_text and step in chain:
            raise _loop(request.path)
        part = self.inputs.part(request)
        above = {one.get(ORDINAL) for one in (include, *include.iterancestors())}
        if any(not isinstance(one, str) and one.get(ORDINAL) in above for one in part.nodes):
            raise _loop(request.path)
        self.size += part.size
        if self.size > LARGEST:
            raise self.full(f"its parts come to more than {LARGEST // 1_000_000} megabytes")
        if len(above) + part.height > NESTED:
            raise self.full(f"with its parts, more than {NESTED} elements lie within one another")
        mark = self.position(include)
        nodes = copy_nodes(part.nodes, include, request, request.path, mark)
        last = nodes[-1]
        if include.tail and not isinstance(last, str) and isinstance(last.tag, str):
            last.set(TAIL, include.get(TAIL) or self.end(include))
        return nodes, (*chain, step)

    def full(self, reason: str) -> CannotInclude:
        """Return the problem that a limit is reached: nothing more is included."""
        self.is_full = True
        return CannotInclude(
            "xinclude:limit",
            f"this document is checked without some of its parts: {reason}",
            "Does a part include itself by way of others? If not, check the parts by themselves.",
            is_fatal=True,
        )

    def put(self, include: etree._Element, nodes: list[Node], chain: Chain) -> None:
        """Put the nodes in the place of the xi:include."""
        if include.getparent() is not None:
            splice(include, nodes)
            self.push(nodes, chain)
            return
        root = new_root(include, nodes)
        if root is None:
            raise CannotInclude(
                "xinclude:malformed",
                "an xi:include that is the outermost element must bring in exactly one element",
                "Put the xi:include into a TEI element.",
                is_fatal=True,
            )
        self.tree = root.getroottree()
        self.push([root], chain)

    def refuse(self, include: etree._Element, problem: CannotInclude, chain: Chain) -> None:
        """Note why nothing is included, and put the fallback there if one may stand for it."""
        fallback = None if problem.is_fatal else fallback_of(include)
        if fallback is None:
            self.note(include, problem)
            self.drop(include)
            return
        if problem.rule == "xinclude:unresolved":
            problem = CannotInclude(
                "xinclude:fallback",
                f"{problem.reason}; its fallback stands here",
                "If the file should be there, correct @href or add it.",
            )
            problem.severity = "info"
        self.note(include, problem)
        try:
            self.put(include, fallback_nodes(fallback, self.path), chain)
        except CannotInclude as worse:
            self.note(include, worse)

    def drop(self, include: etree._Element) -> None:
        """Leave a mark where the part is missing; an outermost xi:include stays."""
        if include.getparent() is not None:
            splice(include, [missing_part(include)])

    def drop_stray_fallbacks(self) -> None:
        """Take out each xi:fallback that stands in no xi:include, and say so."""
        for stray in list(self.tree.getroot().iter(FALLBACK)):
            self.note(
                stray,
                CannotInclude(
                    "xinclude:malformed",
                    "xi:fallback stands in no xi:include, so it was left out",
                    "Put it into the xi:include that it belongs to.",
                    is_fatal=True,
                ),
            )
            if stray.getparent() is not None:
                splice(stray, [missing_part(stray)])

    def note(self, include: etree._Element, problem: CannotInclude) -> None:
        """Keep the problem as a finding; its ordinal is known when all is done."""
        number, start = map(int, self.position(include).split(":"))
        finding = Finding(
            problem.place or self.inputs.xml[number].source.tag_at(start),
            problem.rule,
            problem.reason,
            severity=problem.severity,
            hint=problem.hint,
        )
        self.notes.append((finding, None if problem.place else include.getparent()))

    def findings(self, whole: Document) -> tuple[Finding, ...]:
        """Return what was noted, each once, at the elements of the whole document."""
        found: dict[Finding, Finding] = {}
        for finding, element in self.notes:
            ordinal = -1 if element is None else whole.ordinal(element)
            found.setdefault(finding, dataclasses.replace(finding, ordinal=ordinal))
        return tuple(found.values())

    def position(self, element: etree._Element) -> str:
        """Return "number of the file:where the tag begins"."""
        number, _, ordinal = element.get(ORDINAL).partition(":")
        return f"{number}:{self.inputs.xml[int(number)].starts[int(ordinal)]}"

    def end(self, element: etree._Element) -> str:
        """Return "number of the file:where the element ends"."""
        number, _, ordinal = element.get(ORDINAL).partition(":")
        one = self.inputs.xml[int(number)]
        return f"{number}:{one.source.after_tag(one.ends[int(ordinal)])}"

    def assemble(self) -> Document:
        """Return the document, its elements numbered anew."""
        files, starts, ends = array("I"), array("Q"), array("Q")
        tails: dict[int, tuple[int, int]] = {}
        inputs = self.inputs.xml
        for ordinal, element in enumerate(self.tree.iter(etree.Element)):
            number, _, old = element.get(ORDINAL).partition(":")
            one = inputs[int(number)]
            files.append(one.number)
            starts.append(one.starts[int(old)])
            ends.append(one.ends[int(old)])
            element.set(ORDINAL, str(ordinal))
            tail = element.attrib.pop(TAIL, None)
            if tail is not None:
                file, _, start = tail.partition(":")
                tails[ordinal] = int(file), int(start)
        sources = tuple(one.source for one in inputs)
        return Document(
            self.path, self.tree, self.encoding, sources, files, starts, ends, True, tails
        )


def _loop(path: str) -> CannotInclude:
    return CannotInclude(
        "xinclude:loop",
        f"{path} was not included: it would include itself without end",
        "Take out one of the xi:include elements that lead round in a circle.",
        is_fatal=True,
    )
