"""Words of a text that its page does not have.

Every stretch of words in the text must come again on the page, in its order, white space aside;
what a stylesheet moves (notes, both sides of a choice) may stand elsewhere on it.
"""

from collections.abc import Iterator
from html.parser import HTMLParser

from lxml import etree

from teikit.document import TEI, Document
from teikit.report import Finding
from teikit.spacing import without_idle_space

_SHOWN = 60  # characters of what is lost that the message shows


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def find_lost_words(document: Document, content: str) -> Iterator[Finding]:
    """Yield an error for each stretch of the document's text that is not in the HTML."""
    parser = _Words()
    parser.feed(content)
    parser.close()
    page = "".join("".join(parser.pieces).split())
    root = without_idle_space(document.tree).getroot()
    position = 0
    for text in root.iter(f"{{{TEI}}}text"):
        if next(text.iterancestors(f"{{{TEI}}}text"), None) is not None:
            continue
        for holder, words in _stretches(text):
            stretch = "".join(words.split())
            if not stretch:
                continue
            at = page.find(stretch, position)
            if at >= 0:
                position = at + len(stretch)
            elif stretch not in page:
                shown = " ".join(words.split())
                yield Finding(
                    document.place(holder),
                    "publish:lost-text",
                    "these words are not on the page: "
                    f"{shown[:_SHOWN]}{'…' if len(shown) > _SHOWN else ''}",
                    ordinal=document.ordinal(holder),
                    hint="A stylesheet drops them: give their element a template.",
                )


def _stretches(text: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield (element, words) for each text node below TEXT, in order."""
    for event, node in etree.iterwalk(text, events=("start", "end", "comment", "pi")):
        if event == "start":
            if node.text:
                yield node, node.text
        elif node is not text and node.tail:
            yield node.getparent(), node.tail
