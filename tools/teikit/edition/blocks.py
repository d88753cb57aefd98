"""The words of a text, block by block, and what stands around an element in its block."""

from collections.abc import Iterator

from lxml import etree

from teikit.document import TEI, XML_ID
from teikit.lines import writes_without_spaces
from teikit.readings import NOT_IN_SOURCE, ONLY_IN_CHOICE
from teikit.visible import fold_spaces

_T = f"{{{TEI}}}"
_BLOCKS = frozenset(f"{_T}{name}" for name in (
    "p head ab l item cell label byline closer dateline docAuthor docDate docImprint docTitle "
    "opener salute signed speaker stage trailer q quote note"
).split())  # fmt: skip
CITABLE = frozenset(f"{_T}{name}" for name in ("s", "l", "p", "ab", "head"))
_AROUND = 20  # characters of context on each side
_LOOKED_AT = 200  # characters in which they are looked for at first: a block may be a whole text


class Blocks:
    """The words of a text, block by block, and where in its block each element stands."""

    def __init__(self, text: etree._Element):
        self.texts: list[str] = []  # of the blocks of the text itself, in order
        self._top, self._words = text, self.texts
        self._apart: list[str] = []  # of what the text leaves out: notes, other readings
        self.citable: list[etree._Element] = []
        # id(element) -> the list its block is in, which of them it is, start, end
        self._spans: dict[int, tuple[list[str], int, int, int]] = {}
        self._kept: list[etree._Element] = []  # keeps the proxies alive, and so their id()
        for element in text.iter(*_BLOCKS):
            if not any(
                one.tag in _BLOCKS or is_left_out(one) for one in _inside(element, text)
            ) and not is_left_out(element):
                pieces: list[str] = []
                self._walk(element, pieces, 0)
                self.texts.append("".join(pieces))
        self._find_citable(text)

    def _walk(self, element: etree._Element, pieces: list[str], length: int) -> int:
        start = length
        if element.text:
            pieces.append(element.text)
            length += len(element.text)
        for child in element:
            if isinstance(child.tag, str) and not self._is_apart(child):
                length = self._walk(child, pieces, length)
            if child.tail:
                pieces.append(child.tail)
                length += len(child.tail)
        self._spans[id(element)] = (self._words, len(self._words), start, length)
        self._kept.append(element)
        return length

    def _is_apart(self, child: etree._Element) -> bool:
        """Return whether the words of the child are not among those of its parent's block."""
        return is_left_out(child) or (self._words is self._apart and self.has(child))

    def _find_citable(self, text: etree._Element) -> None:
        for element in text.iter(*CITABLE):
            if (
                element.get(XML_ID)
                and not element.get(XML_ID).startswith("tk-")
                and id(element) in self._spans
                and element.find(f".//{_T}s[@{XML_ID}]") is None
            ):
                self.citable.append(element)

    def has(self, element: etree._Element) -> bool:
        """Return whether the element stands in a block."""
        return id(element) in self._spans

    def is_in_block(self, element: etree._Element) -> bool:
        """Return whether the element stands in running text, or in a note of it."""
        return self.has(element) and (
            self._spans[id(element)][0] is self.texts or self._root_of(element).tag in _BLOCKS
        )

    def surface(self, element: etree._Element) -> str:
        """Return the element's words, white space folded."""
        texts, block, start, end = self._spans[id(element)]
        return fold_spaces(texts[block][start:end])

    def passage(self, element: etree._Element) -> str:
        """Return the words of a passage, white space folded."""
        return self.surface(element)

    def around(self, element: etree._Element) -> tuple[str, str]:
        """Return the words before and after the element within its block, cut with an ellipsis."""
        texts, block, start, end = self._spans[id(element)]
        return words_around(texts[block], start, end)

    def take_in(self, element: etree._Element) -> None:
        """Give the element a block where it stands in none: in a note, in another reading."""
        if self.has(element) or element is self._top:
            return
        pieces: list[str] = []
        self._words = self._apart
        self._walk(self._root_of(element), pieces, 0)
        self._apart.append("".join(pieces))
        self._words = self.texts

    def _root_of(self, element: etree._Element) -> etree._Element:
        """Return the element whose words stand around this one: its paragraph, note or parent."""
        for one in (element, *element.iterancestors()):
            if one is self._top:
                break
            if one.tag in _BLOCKS or is_left_out(one):
                return one
        return element.getparent()


def words_around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words before text[start:end] and after it, cut with an ellipsis."""
    before = _last_words(text, start).lstrip()
    after = _first_words(text, end).rstrip()
    if len(before) > _AROUND + 3:
        before = "…" + _whole_words(before[::-1])[::-1].lstrip()
    if len(after) > _AROUND + 3:
        after = _whole_words(after).rstrip() + "…"
    return before, after


def _last_words(text: str, end: int) -> str:
    """Return text[:end] with white space folded, or as much of its end as a context may take."""
    length = _LOOKED_AT
    while True:
        folded = _fold(text[max(end - length, 0) : end])
        if length >= end or len(folded) > 2 * _AROUND:
            return folded
        length *= 2


def _first_words(text: str, start: int) -> str:
    """Return text[start:] with white space folded, or as much of it as a context may take."""
    length = _LOOKED_AT
    while True:
        folded = _fold(text[start : start + length])
        if start + length >= len(text) or len(folded) > 2 * _AROUND:
            return folded
        length *= 2


def _whole_words(words: str) -> str:
    """Return the first characters of a context; a word or number is not cut, if it is not all."""
    cut = words[:_AROUND]
    if _is_wordlike(cut[-1]) and _is_wordlike(words[_AROUND]):
        kept = cut
        while kept and _is_wordlike(kept[-1]):
            kept = kept[:-1]
        return kept or cut
    return cut


def _is_wordlike(character: str) -> bool:
    """Return whether the character is one of a script that parts words by spaces."""
    return character.isalnum() and not writes_without_spaces(character)


def _fold(words: str) -> str:
    """Return the words with each run of white space as one space, also at either end."""
    return fold_spaces(f"x{words}x")[1:-1]


def _inside(element: etree._Element, text: etree._Element) -> Iterator[etree._Element]:
    for one in element.iterancestors():
        if one is text:
            return
        yield one


def is_left_out(element: etree._Element) -> bool:
    """Return whether the words of the element are no running text of the source."""
    name = etree.QName(element).localname
    if name in ONLY_IN_CHOICE:
        return etree.QName(element.getparent()).localname == "choice"
    return name in NOT_IN_SOURCE or name == "rt"  # a reading beside a word: it would part a name
