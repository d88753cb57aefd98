"""The account: every character of a .docx is in the TEI exactly once, or listed as lost.

It knows nothing of the reader: it unpacks the file by itself, reads it with expat instead of
lxml, and counts characters.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from xml.parsers import expat

from teikit.decoding import decode
from teikit.importing.elements import Element

_SPACE = " \t\r\n"
_TEXTS = frozenset(("t", "delText"))
_SAID = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_FAMILIES = (
    "/wordprocessingml/",
    "/officeDocument/2006/math",
    "/officeDocument/math",
    "/drawingml/",
)


@dataclass(frozen=True)
class Account:
    """What the source has and the import has not, and the other way round: characters, sorted."""

    missing: str
    surplus: str

    @property
    def is_closed(self) -> bool:
        """Return whether nothing is missing and nothing was added."""
        return not self.missing and not self.surplus


def close_account(data: bytes, body: Iterable[Element], lost: Iterable[str]) -> Account:
    """Return how the characters of a .docx compare with those of a body and of what is lost."""
    source, symbols = count_source(data)
    carried: Counter[str] = Counter()
    _count_elements(body, carried)
    for words in lost:
        carried.update(words)
    for space in _SPACE:
        source.pop(space, None)
        carried.pop(space, None)
    surplus = carried - source
    if sum(surplus.values()) <= symbols:  # w:sym says a character by its place in a font
        surplus = Counter()
    return Account(_listed(source - carried), _listed(surplus))


def _listed(counter: Counter[str]) -> str:
    return "".join(sorted(counter.elements()))


def _count_elements(body: Iterable[Element], counter: Counter[str]) -> None:
    waiting = list(body)
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            counter.update(one)
        elif one.name != "figDesc":  # the description of a picture is a property of it
            waiting.extend(one.content)


def count_source(data: bytes) -> tuple[Counter[str], int]:
    """Return how often each character stands in the parts of a .docx, and how many w:sym."""
    counter: Counter[str] = Counter()
    symbols = 0
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            if name.lower().endswith(".xml"):
                text, _ = decode(file.read(name), name)
                symbols += _Counting(counter).read(text.removeprefix("\ufeff"))
    return counter, symbols


class _Counting:
    """Counts the characters of one part, without those that are there again for old programs."""

    def __init__(self, counter: Counter[str]):
        self.counter = counter
        self.symbols = 0
        self._inside = 0  # how many elements that hold characters are open
        self._repeated = 0  # how many mc:Fallback are open that say something again
        self._choices: list[bool] = []  # of each mc:AlternateContent that is open: had it a choice

    def read(self, text: str) -> int:
        parser = expat.ParserCreate("utf-8", " ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(text.encode("utf-8"), True)
        return self.symbols

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if "markup-compatibility" in namespace:
            self._start_alternative(local)
        elif local in _TEXTS and _is_family(namespace):
            self._inside += 1
        elif "/wordprocessingml/" in namespace and not self._repeated:
            self.symbols += local == "sym"
            self.counter.update(_SAID.get(local, ""))

    def _start_alternative(self, local: str) -> None:
        if local == "AlternateContent":
            self._choices.append(False)
        elif local == "Choice" and self._choices:
            if self._choices[-1]:
                self._repeated += 1
            self._choices[-1] = True
        elif local == "Fallback" and self._choices and self._choices[-1]:
            self._repeated += 1

    def _end(self, name: str) -> None:
        namespace, _, local = name.rpartition(" ")
        if "markup-compatibility" in namespace:
            if local == "AlternateContent" and self._choices:
                self._choices.pop()
            elif local == "Fallback" and self._choices and self._choices[-1]:
                self._repeated -= 1
        elif local in _TEXTS and _is_family(namespace):
            self._inside -= 1

    def _characters(self, text: str) -> None:
        if self._inside and not self._repeated:
            self.counter.update(text)


def _is_family(namespace: str) -> bool:
    return any(one in namespace for one in _FAMILIES)
