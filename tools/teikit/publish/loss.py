"""What a page lacks of its text, or has too often: counted in what was written.

Every character of the text, and of the annotations in standOff, is on the page once. White space
is not counted, nor are words of ours on the page. Nothing here knows what stylesheets do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from teikit.document import Document, safe_parser
from teikit.publish.carried import Carried, Lost
from teikit.publish.loss_marks import Marks
from teikit.publish.loss_match import match_words
from teikit.publish.loss_notes import check_notes, find_notes, holder_of
from teikit.publish.loss_order import exchange_lost
from teikit.publish.loss_told import tell_words
from teikit.publish.loss_words import annotations_in, outermost, words_of_document, words_of_page
from teikit.report import Finding
from teikit.texts import find_texts

NO_LINKS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Counted:
    """How much of a text its page carries, and each loss."""

    rows: tuple[Carried, ...]
    losses: tuple[Lost, ...]


def find_lost_words(document: Document, content: str, language: str = "") -> list[Finding]:
    """Return an error for each stretch of words that the HTML lacks, doubles or moves."""
    words, page = words_of_document(document, language), words_of_page(read_page([content]))
    matched = match_words(words, page)
    exchange_lost(words, page, matched)
    losses, _ = tell_words(document, words, matched)
    return [one.finding for one in losses]


def count_page(
    document: Document,
    parts: Sequence[str],
    language: str = "",
    links: Mapping[str, str] = NO_LINKS,
    unknown: int = 0,
) -> Counted:
    """Return what the pages of a text, its PARTS as HTML, carry of it.

    LINKS says where pointers lead from there; UNKNOWN is how many elements had no template.
    """
    tree = read_page(parts)
    notes = find_notes(document)
    holders = {one for one in map(holder_of, notes.values()) if one is not None}
    words = words_of_document(document, language, {*notes, *notes.values(), *holders})
    page = words_of_page(tree)
    matched = match_words(words, page)
    exchange_lost(words, page, matched)
    losses, totals = tell_words(document, words, matched)
    rows = [Carried("text", *totals[:2]), Carried("annotations", *totals[2:])]
    marks = Marks(document, parts_of(document), words, page, tree, matched, links)
    for check in (marks.check_ids, marks.check_links, marks.check_dates):
        found, told = check()
        rows += found
        losses += told
    row, told = check_notes(document, notes, words, page, matched)
    rows += [row, Carried("elements", marks.many - unknown, marks.many)]
    return Counted(tuple(rows), (*losses, *told))


def parts_of(document: Document) -> list[etree._Element]:
    """Return the elements that are on the page of a document: its texts and annotations."""
    texts, stand_offs = find_texts(document.root), outermost(document.root, "standOff")
    if texts:
        return [*texts, *(part for one in stand_offs for part in annotations_in(one))]
    return stand_offs or [document.root]


def read_page(parts: Sequence[str]) -> etree._Element:
    """Return the tree of fragments in which every element is closed."""
    inside = "".join(f"<div>{part}</div>" for part in parts)
    # it is ours, and may be deeper than the text was
    return etree.fromstring(f"<div>{inside}</div>".encode(), safe_parser(deep=True))
