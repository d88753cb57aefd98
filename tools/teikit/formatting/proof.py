"""The proof that a layout changed white space alone, and only where that is no text.

It does not trust what laid the file out: both are read again, token by token.
"""

from collections.abc import Iterator, Sequence

from teikit.errors import TeikitError
from teikit.formatting.spaces import Space
from teikit.formatting.tokens import CHARACTERS, EMPTY, END, START, WHITE, read_tag, read_tokens


class Mistake(TeikitError):
    """The layout would have changed the document: teikit is wrong, and nothing is written."""

    def __init__(self, path: str):
        super().__init__(
            f"{path}: to lay it out would have changed more than white space, so it is left as it "
            "is. This is a mistake of teikit: please report it, if you can with the file"
        )


def check_same(path: str, before: bytes, after: bytes, spaces: Sequence[Space]) -> None:
    """Raise Mistake unless two files differ in white space alone, where SPACES says it is no text.

    Of each element SPACES says what its white space is, as `layout.settle` gives it back; line
    ends are LF in both.
    """
    pairs = zip(_essence(before, spaces), _essence(after, spaces), strict=True)
    try:
        is_same = all(one == other for one, other in pairs)
    except ValueError:  # one has more tokens than the other
        is_same = False
    if not is_same:
        raise Mistake(path)


def _essence(utf8: bytes, spaces: Sequence[Space]) -> Iterator[tuple]:
    """Yield all of a file that is not to change."""
    natures = iter(spaces)
    open_elements = [False]  # whether the white space in each is text
    for kind, piece in read_tokens(utf8):
        if kind == CHARACTERS and not open_elements[-1] and not piece.strip(WHITE):
            continue
        if kind not in (START, EMPTY, END):
            yield kind, piece
            continue
        yield kind, *read_tag(piece)
        if kind == START:
            open_elements.append(next(natures).is_text)
        elif kind == EMPTY:
            next(natures)
        else:
            open_elements.pop()
