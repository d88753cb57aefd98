"""The canonical reference of each paragraph and verse: as the header says, else by its place.

By its place means by divisions and @n: chapter 3, paragraph 2 is `3.2`; front and back matter say
so, `front.1`. What has neither a reference nor an id of its own has no permanent link; what has a
reference only gets an anchor made from it. An anchor lasts as long as the divisions and @n before
it: an xml:id is what an editor can promise.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from teikit.citations import find_citations
from teikit.document import ORDINAL, TEI, Document

_T = f"{{{TEI}}}"
_DIVISIONS = frozenset(
    f"{_T}{name}" for name in "div div1 div2 div3 div4 div5 div6 div7 prologue epilogue".split()
)
_PASSED = frozenset(f"{_T}{name}" for name in "lg sp spGrp".split())  # numbers go on through them
_MATTER = {f"{_T}front": "front", f"{_T}back": "back"}
_PARAGRAPHS = frozenset((f"{_T}p", f"{_T}ab"))
_LINE, _TEXT, _BODY, _GROUP = f"{_T}l", f"{_T}text", f"{_T}body", f"{_T}group"
_NUMBER = re.compile(r"\d{1,6}[a-z]?([.,]\d{1,6}[a-z]?){0,5}")
_LABEL = re.compile(r"[^\s\-]{1,24}")
# ids of our own furniture that end in a number have a hyphen before it
_ANCHOR = re.compile(r"[\w.:,]*\d[\w.:,]*")


@dataclass
class _Scope:
    """A division, or what holds paragraphs as one does."""

    prefix: str
    divisions: int = 0
    numbered: bool = False  # whether its divisions are told apart by @n
    paragraphs: list[etree._Element] = field(default_factory=list)
    lines: list[etree._Element] = field(default_factory=list)


def find_references(document: Document) -> dict[int, str]:
    """Return the reference of each paragraph and verse by its ordinal; none comes twice."""
    said = find_citations(document)
    found, taken = dict(said), set(said.values())
    for element, reference in _by_place(document.root):
        ordinal = int(element.get(ORDINAL))
        if ordinal not in found and reference not in taken:
            taken.add(reference)
            found[ordinal] = reference
    return found


def anchor_of(reference: str) -> str:
    """Return the id that a place without one has in its page, or "" where it can have none."""
    return f"tk-{reference}" if _ANCHOR.fullmatch(reference) else ""


def _by_place(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    texts = [one for one in root.iter(_TEXT) if next(one.iterancestors(_TEXT), None) is None]
    scopes: dict[etree._Element, _Scope] = {}
    for number, text in enumerate(texts, 1):
        top = _Scope(str(number) if len(texts) > 1 else "")
        scopes[text] = top
        for element in text.iterdescendants(etree.Element):
            scope = scopes.get(element.getparent())
            if scope is not None:
                _enter(element, scope, scopes)
    for scope in {id(one): one for one in scopes.values()}.values():
        yield from _numbered(scope)


def _enter(element: etree._Element, scope: _Scope, scopes: dict[etree._Element, _Scope]) -> None:
    """Take an element whose parent counts into the scopes."""
    tag = element.tag
    if tag in _PASSED or tag in (_BODY, _GROUP):
        scopes[element] = scope
    elif tag in _MATTER:
        scopes[element] = _Scope(_join(scope.prefix, _MATTER[tag]))
    elif tag in _DIVISIONS or tag == _TEXT:
        if not scope.divisions:
            scope.numbered = _are_numbered(element)
        scope.divisions += 1
        label = element.get("n", "") if scope.numbered else str(scope.divisions)
        scopes[element] = _Scope(_join(scope.prefix, label))
    elif tag in _PARAGRAPHS:
        scope.paragraphs.append(element)
    elif tag == _LINE:
        scope.lines.append(element)


def _are_numbered(first: etree._Element) -> bool:
    """Return whether the divisions that begin with FIRST have each an @n of its own."""
    tags = (*_DIVISIONS, _TEXT)
    labels = [one.get("n", "") for one in (first, *first.itersiblings(*tags))]
    return len(set(labels)) == len(labels) and all(map(_LABEL.fullmatch, labels))


def _numbered(scope: _Scope) -> Iterator[tuple[etree._Element, str]]:
    """Yield the lines and paragraphs of a division with their references.

    Lines go by their @n, paragraphs by theirs where each has one; else both are counted.
    """
    both = bool(scope.lines and scope.paragraphs)
    told = [one.get("n", "") for one in scope.lines]
    by_n = any(map(_NUMBER.fullmatch, told))
    for count, (line, n) in enumerate(zip(scope.lines, told, strict=True), 1):
        if not by_n or _NUMBER.fullmatch(n):
            yield line, _join(scope.prefix, n if by_n else str(count))
    told = [one.get("n", "") for one in scope.paragraphs]
    by_n = len(set(told)) == len(told) and all(map(_NUMBER.fullmatch, told))
    for count, (paragraph, n) in enumerate(zip(scope.paragraphs, told, strict=True), 1):
        number = n if by_n else str(count)
        yield paragraph, _join(scope.prefix, f"p{number}" if both else number)


def _join(prefix: str, label: str) -> str:
    """Return the label behind its prefix, unless it says that already (1.2 in 1)."""
    if not prefix or label.startswith(f"{prefix}."):
        return label
    return f"{prefix}.{label}"
