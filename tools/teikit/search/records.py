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
class Postings:
    """Where a key occurs in one text: the paragraphs of first and last, and all in characters.

    `rest` is what follows the number of the first paragraph, so that putting the lists of several
    texts together is putting strings together.
    """

    first: int
    last: int
    rest: str


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
    signs: dict[str, Postings] | None = None
    pairs: dict[str, Postings] | None = None
    words: dict[str, Postings] | None = None
    findings: tuple[Finding, ...] = ()
