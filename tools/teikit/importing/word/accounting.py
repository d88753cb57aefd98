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
_SAID = frozenset(("sym", "noBreakHyphen", "softHyphen"))  # elements that stand for a character
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
    if sum(surplus.values()) <= symbols:
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
    """Return how often each character stands in a .docx, and how many elements stand for one."""
    counter: Counter[str] = Counter()
    symbols = 0
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            if name.lower().endswith(".xml"):
                text, _ = decode(file.read(name), name)
                symbols += _Counting(counter).read(text.removeprefix("\ufeff"))
    return counter, symbols


class _Counting:
    """Counts the characters of one part, without those that are there again for other programs."""

    def __init__(self, counter: Counter[str]):
        self.counter = counter
        self.symbols = 0
        self._open: list[str] = []  # what the elements around are to us
        self._chosen: list[bool] = []  # of each of these: was one of its alternatives read

    def read(self, text: str) -> int:
        parser = expat.ParserCreate("utf-8", " ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(text.encode("utf-8"), True)
        return self.symbols

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        kind = ""
        if "markup-compatibility" in namespace and local == "AlternateContent":
            kind = "alternatives"
        elif self._open and self._open[-1] == "alternatives":
            kind = self._alternative(local if "markup-compatibility" in namespace else "")
        elif local in _TEXTS and _is_family(namespace):
            kind = "text"
        elif local in _SAID and "/wordprocessingml/" in namespace:
            self.symbols += 1
        around = self._open[-1] if self._open else ""
        if around == "repeated" or (around == "text" and not kind):
            kind = around
        self._open.append(kind)
        self._chosen.append(False)

    def _alternative(self, local: str) -> str:
        """Return what the child of an mc:AlternateContent is: the first choice is what is read."""
        if local in ("Choice", "Fallback") and not self._chosen[-1]:
            self._chosen[-1] = True
            return ""
        return "repeated"

    def _end(self, name: str) -> None:
        self._open.pop()
        self._chosen.pop()

    def _characters(self, text: str) -> None:
        if self._open and self._open[-1] == "text":
            self.counter.update(text)


def _is_family(namespace: str) -> bool:
    return any(one in namespace for one in _FAMILIES)
