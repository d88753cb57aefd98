"""Mentions that look like a known entity but are not marked: the job `unmarked`.

It runs only where `registers:unmarked` is switched on, since it needs the names of all registers.
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from lxml import etree

from teikit.check.completing import complete_findings
from teikit.check.pointers import find_short_forms
from teikit.check.records import KnownName, ShortForm, Unmarked
from teikit.document import TEI, Document, read_document
from teikit.lines import needs_space, writes_without_spaces
from teikit.place import Place
from teikit.report import Finding
from teikit.unreadable import UnreadableDocument

_T = f"{{{TEI}}}"
_START = 2  # characters of a name by which it is looked up
# names and references: what stands in them is marked, or was left without @ref on purpose
_MARKED = frozenset(f"{_T}{name}" for name in (
    "orgName persName placeName geogName country region settlement district bloc name rs "
    "eventName objectName speaker bibl biblStruct listBibl listPerson listPlace listOrg castList "
    "index graphic figDesc fw term"
).split())  # fmt: skip
# elements that part no words; a name may run through their tags
_THROUGH = frozenset(f"{_T}{name}" for name in (
    "hi emph foreign seg s w pc c g unclear supplied sic orig abbr choice lb pb cb gb milestone "
    "anchor q said quote mentioned soCalled surplus add addSpan delSpan damage ex am"
).split())  # fmt: skip
_BREAKS = frozenset(f"{_T}{name}" for name in ("lb", "pb", "cb", "gb", "milestone"))
_LEFT_OUT = frozenset(f"{_T}{name}" for name in ("corr", "reg", "expan"))
_REFERS = ("ref", "key", "nymRef")
_BARRIER = "\x00"
_SPACES = re.compile(r"\s+")
_MOST = 1000  # findings in one document


def unmarked_job(data: bytes, path: str, names: tuple[KnownName, ...]) -> Unmarked:
    """Return a finding for each name of the registers that DATA holds and does not mark."""
    try:
        document = read_document(data, path)
    except UnreadableDocument:
        return Unmarked(())
    found = []
    for finding in check_unmarked(document, names):
        found.append(finding)
        if len(found) == _MOST:
            break
    return Unmarked(tuple(complete_findings(document, found)))


def check_unmarked(document: Document, names: Iterable[KnownName]) -> Iterator[Finding]:
    """Yield a finding for each place of a text that reads like a known name and is not marked."""
    finder = NameFinder(names)
    forms = find_short_forms(document)
    for text in document.elements("text"):
        if any(one.tag == text.tag for one in text.iterancestors()):
            continue
        run = _Run()
        _walk(text, run, document)
        words, origins = run.folded()
        for occurrence in finder.find(words):
            ordinal, where, _ = origins[occurrence.start]
            place = _span(document, origins[occurrence.start], origins[occurrence.end - 1])
            holder = document.parent_ordinal(ordinal) if where == "tail" else ordinal
            pointers = tuple(_pointer(uri, document, forms) for uri in occurrence.known.uris)
            yield Finding(
                place or document.place_of(ordinal),
                "registers:unmarked",
                f"“{occurrence.known.name}” is the name of an entity in the registers, but is "
                "not marked here",
                severity="warning",
                hint=f'Mark it, with ref="{pointers[0]}"'
                + (f" (or {' or '.join(pointers[1:3])})" if pointers[1:] else "")
                + ", if that is what is meant.",
                expected=pointers,
                ordinal=holder,
            )


def _span(
    document: Document, first: tuple[int, str, int], last: tuple[int, str, int]
) -> Place | None:
    """Return the place from one character to another; None where the first is in no text as read.

    Each is an element, its "text" or "tail", and which character of that.
    """
    begin, end = (
        document.place_in_text(ordinal, where, index) if where else None
        for ordinal, where, index in (first, last)
    )
    if begin is None or end is None or end.path != begin.path or end < begin:
        return begin
    return replace(begin, end_line=end.end_line, end_column=end.end_column)


def _pointer(uri: str, document: Document, forms: tuple[ShortForm, ...]) -> str:
    """Return how the document would point to the entity: by a prefix where it has one."""
    home, _, name = uri.partition("#")
    for form in forms:
        if form.start == f"{home}#" and re.fullmatch(form.pattern, name):
            return f"{form.ident}:{name}"
    if home == document.path:
        return f"#{name}"
    return f"{quote(posixpath.relpath(home, posixpath.dirname(document.path) or '.'))}#{name}"


@dataclass
class _Run:
    """The running text, piece by piece, each with where it comes from."""

    pieces: list[tuple[str, int, str]] = field(default_factory=list)  # text, ordinal, where

    def folded(self) -> tuple[str, list[tuple[int, str, int]]]:
        """Return the text, white space folded, and for each character where it comes from."""
        characters: list[str] = []
        origins: list[tuple[int, str, int]] = []
        gap: tuple[int, str, int] | None = None  # where the white space began that is not written
        for text, ordinal, where in self.pieces:
            for index, character in enumerate(text):
                if character.isspace():
                    gap = gap or (ordinal, where, index)
                    continue
                if gap and characters and needs_space(characters[-1], character):
                    characters.append(" ")
                    origins.append(gap)
                gap = None
                characters.append(character)
                origins.append((ordinal, where, index))
        return "".join(characters), origins


def _walk(text: etree._Element, run: _Run, document: Document) -> None:
    """Fill the run with the words of the text that are not marked as a mention."""
    skipped: etree._Element | None = None
    for event, node in etree.iterwalk(text, events=("start", "end", "comment", "pi")):
        is_element = isinstance(node.tag, str)
        if event == "start" and skipped is None:
            if node is not text and _is_marked(node):
                skipped = node
                run.pieces.append((_BARRIER, -1, ""))
                continue
            if node.tag in _BREAKS:
                run.pieces.append(("" if node.get("break") == "no" else "\n", -1, ""))
            elif node.tag not in _THROUGH:
                run.pieces.append((_BARRIER, -1, ""))
            if node.text:
                run.pieces.append((node.text, document.ordinal(node), "text"))
            continue
        if event == "start":
            continue
        if skipped is not None and node is not skipped:
            continue
        if node is skipped or (is_element and node.tag not in _THROUGH):
            run.pieces.append((_BARRIER, -1, ""))
        skipped = None if node is skipped else skipped
        if node is not text and node.tail:
            at = (document.ordinal(node), "tail" if is_element else "")  # "": after a comment
            run.pieces.append((node.tail, *at))


def _is_marked(element: etree._Element) -> bool:
    return (
        element.tag in _MARKED
        or element.tag in _LEFT_OUT
        or any(element.get(name) for name in _REFERS)
    )


@dataclass(frozen=True)
class Occurrence:
    """Where a known name stands in a run of text."""

    start: int
    known: KnownName
    end: int


class NameFinder:
    """Finds known names in running text, the longest first, each place once."""

    def __init__(self, names: Iterable[KnownName]):
        self._names = {" ".join(known.name.split()): known for known in names}
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            if len(name) >= _START:
                lengths.setdefault(name[:_START], set()).add(len(name))
        self._lengths = {start: sorted(found, reverse=True) for start, found in lengths.items()}

    def find(self, text: str) -> Iterator[Occurrence]:
        """Yield the names in TEXT, in order; the time is linear in the length of TEXT."""
        position = 0
        while position < len(text) - 1:
            known = self._at(text, position)
            length = len(" ".join(known.name.split())) if known else 1
            if known:
                yield Occurrence(position, known, position + length)
            position += length

    def _at(self, text: str, start: int) -> KnownName | None:
        """Return the longest name that begins here and is whole words."""
        lengths = self._lengths.get(text[start : start + _START])
        if not lengths or (start and _is_within_a_word(text, start)):
            return None
        for length in lengths:
            end = start + length
            if end <= len(text) and not (end < len(text) and _is_within_a_word(text, end)):
                known = self._names.get(text[start:end])
                if known:
                    return known
        return None


def _is_within_a_word(text: str, at: int) -> bool:
    """Return whether text[at] continues a word, in scripts that part words by spaces."""
    return _is_word(text[at - 1]) and _is_word(text[at])


def _is_word(character: str) -> bool:
    return (
        character.isalnum() or unicodedata.combining(character) > 0
    ) and not writes_without_spaces(character)
