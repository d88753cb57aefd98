"""Where words begin and end: what a comparison takes as one.

In scripts that part words by spaces, a word; in others a character. Marks (accents, vowel signs,
variation selectors) stay with the letter before them.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from teikit.lines import writes_without_spaces

_LONGEST = 100  # characters from which on a word is taken letter by letter
_ASCII = re.compile(r"[A-Za-z0-9_]+|.", re.DOTALL)
# Thai, Lao, Tibetan, Burmese, Khmer: words without spaces
_RUN_ON = ((0x0E00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF))
_JOINERS = "\u200c\u200d"
_LETTER, _SINGLE, _MARK, _JOINER = range(4)


@lru_cache(20_000)
def _kind(character: str) -> int:
    if character in _JOINERS:
        return _JOINER
    category = unicodedata.category(character)
    if category[0] == "M":
        return _MARK
    if writes_without_spaces(character) or any(
        first <= ord(character) <= last for first, last in _RUN_ON
    ):
        return _SINGLE
    return _LETTER if category[0] in "LN" or category == "Pc" else _SINGLE


def split_words(run: str) -> Iterator[str]:
    """Yield the words of a run of characters without spaces; joined they are the run again."""
    if run.isascii():
        words: Iterator[str] = _ASCII.findall(run)
    elif run.isalpha() and not any(map(_kind, set(run))):
        words = iter((run,))
    else:
        words = _split(run)
    for word in words:
        if len(word) > _LONGEST:
            yield from letters(word)
        else:
            yield word


def _split(run: str) -> Iterator[str]:
    start, open_word, joined = 0, False, False
    for index, character in enumerate(run):
        kind = _kind(character)
        if kind in (_MARK, _JOINER):
            joined = kind == _JOINER
            continue
        goes_on = index > start and (joined or (kind == _LETTER and open_word))
        if index and not goes_on:
            yield run[start:index]
            start = index
        open_word, joined = kind == _LETTER, False
    if run:
        yield run[start:]


def letters(word: str) -> Iterator[str]:
    """Yield the letters of a word, each with its marks."""
    start = 0
    for index, character in enumerate(word):
        if index and _kind(character) not in (_MARK, _JOINER):
            yield word[start:index]
            start = index
    if word:
        yield word[start:]
