"""What passes between the job that indexes a text and the merging of all: plain values."""

from dataclasses import dataclass

from teikit.report import Finding


@dataclass(frozen=True)
class Paragraph:
    """A stretch of running text as it is read."""

    text: str
    anchor: str = ""  # the id in its document that is nearest to it
    lang: str = ""
    is_note: bool = False


@dataclass(frozen=True)
class Table:
    """Where keys occur in one text, as few large values, since there are many keys.

    `keys` and `lists` are parted by spaces; a list is as scripts read it, without the number of the
    first paragraph, so that putting the lists of several texts together is putting strings
    together. `bounds` has the first and the last paragraph of each, in four bytes each.
    """

    keys: str = ""
    lists: str = ""
    bounds: bytes = b""


@dataclass(frozen=True)
class FoldData:
    """What the script has to know of all characters, to fold a query as the index is folded."""

    exceptions: dict[str, str]
    dropped: str  # in brackets in a pattern
    units: str  # the same, of the characters of scripts without spaces


@dataclass(frozen=True)
class Indexed:
    """One text, indexed; its paragraphs are counted from 0.

    `signs` are single characters of scripts without spaces, with their paragraphs; `pairs` are two
    characters side by side, and `words` are words, each with paragraph and place in it. `elements`
    is (ordinal, paragraph) as `find_paragraphs` gives it.
    """

    path: str
    paragraphs: tuple[Paragraph, ...] = ()
    elements: tuple[tuple[int, int], ...] = ()
    signs: Table = Table()
    pairs: Table = Table()
    words: Table = Table()
    findings: tuple[Finding, ...] = ()
