"""What a page lacks of its text, or has too often: counted in what was written.

Every character of the text, and of the annotations in standOff, is on the page once. White space
is not counted, nor are words of ours on the page.
"""

from lxml import etree

from teikit.document import Document, safe_parser
from teikit.publish.loss_match import match_words
from teikit.publish.loss_told import tell_words
from teikit.publish.loss_words import words_of_document, words_of_page
from teikit.report import Finding


def find_lost_words(document: Document, content: str, language: str = "") -> list[Finding]:
    """Return an error for each stretch of words that the HTML lacks, doubles or moves."""
    words, page = words_of_document(document, language), words_of_page(read_page(content))
    findings, _ = tell_words(document, words, page, match_words(words, page))
    return findings


def read_page(content: str) -> etree._Element:
    """Return the tree of a fragment in which every element is closed."""
    return etree.fromstring(f"<div>{content}</div>".encode(), safe_parser())
