"""What a reader of a format gives: the TEI that will be written, as plain frozen values.

A reader (plain text, Markdown, Word) decides what is a paragraph, a heading, a verse, a line; it
writes no numbers, no ids and no header. `Element("lb")` stands where each line of the source
begins, `Element("pb")` where each page does (with `n`, where the source says one); the writer
numbers them, gives ids, and adds @edRef and @break.
"""

from dataclasses import dataclass

from teikit.report import Finding
from teikit.witness import Layout


@dataclass(frozen=True)
class Element:
    """A TEI element to be written: its name, its attributes in order, and what is in it."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    content: tuple["Element | str", ...] = ()


@dataclass(frozen=True)
class Transcript:
    """A source as TEI: the content of `body`, and what there is to say about it.

    `witness` is the plain text that the encoding must keep to, in `layout`, from now on: of a plain
    text the file itself, of other formats the words that the reader found in them.
    """

    body: tuple[Element, ...]
    witness: str
    layout: Layout
    title: str = ""  # what the text seems to be called
    author: str = ""  # these three as the source says them apart from the text
    date: str = ""
    language: str = ""
    encoding: str = "utf-8"  # of a plain text
    rules: tuple[str, ...] = ()  # how lines, paragraphs, pages were told, one sentence each
    lost: tuple[Finding, ...] = ()  # what could not be carried, with its place in the source
