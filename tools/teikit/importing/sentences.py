"""Sentences of running text, as `s`, by their closing marks."""

import re
from collections.abc import Iterator, Sequence

from teikit.importing.elements import Element

_MARK = "\x00"  # stands for an element among the words
_WIDE = re.compile("[。！？](?:[！？])*[”’」』）》】]*")
_NARROW = re.compile(r"""[.!?…]+["”’»)\]]*(?=[\s\x00])""")
_OPENING = '"“‘«([¿¡—–- \x00\t\n'
# words before a full stop that ends no sentence; single letters are taken for initials
_SHORT = frozenset(
    "mr mrs ms dr st prof rev hon capt col gen lt sr jr vs viz cf etc no vol pp fol ed eds ca "
    "hr fr hrn nr bd bzw usw vgl ggf mme mlle mm m p s f v".split()
)


def mark_sentences(content: Sequence[Element | str]) -> tuple[Element | str, ...]:
    """Return the content of a paragraph with its sentences as `s`, end to end.

    White space between two of them stands between the elements.
    """
    text = "".join(part if isinstance(part, str) else _MARK for part in content)
    elements = iter([part for part in content if not isinstance(part, str)])
    made: list[Element | str] = []
    for sentence, space in _sentences(text):
        made.append(Element("s", (), tuple(_parts(sentence, elements))))
        if space:
            made.append(space)
    return tuple(made)


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    start = 0
    for end in sorted({*_wide_ends(text), *_narrow_ends(text)}):
        if not text[start:end].strip(_MARK + " "):
            continue
        rest = text[end:]
        if not rest.strip(_MARK + " \t\n"):
            break
        space = rest[: len(rest) - len(rest.lstrip(" \t\n"))]
        yield text[start:end], space
        start = end + len(space)
    yield text[start:], ""


def _wide_ends(text: str) -> Iterator[int]:
    return (match.end() for match in _WIDE.finditer(text))


def _narrow_ends(text: str) -> Iterator[int]:
    for match in _NARROW.finditer(text):
        following = text[match.end() : match.end() + 40].lstrip(_OPENING)[:1]
        if not (following.isupper() or following.isdigit()):
            continue
        word = re.search(r"([^\W\d_]+)$", text[max(0, match.start() - 30) : match.start()])
        short = word and (len(word[1]) == 1 or word[1].lower() in _SHORT)
        if match[0].startswith(".") and short:
            continue
        yield match.end()


def _parts(sentence: str, elements: Iterator[Element | str]) -> Iterator[Element | str]:
    for index, piece in enumerate(sentence.split(_MARK)):
        if index:
            yield next(elements)
        if piece:
            yield piece
