"""Words of a text that its page does not have.

Two questions, asked of what was written and not of the stylesheets. Which stretches of words
are nowhere on the page? Each is reported where it stands. Is every character there as often as
in the text? That finds what the first cannot: a short word that is lost in one place and stands
in another, unless a note in standOff happens to supply it. White space is not counted, nor are
words of ours on the page.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from lxml import etree

from teikit.document import Document
from teikit.report import Finding
from teikit.spacing import without_idle_space
from teikit.texts import find_texts

# classes of the elements on a page whose words are ours
OURS_ON_A_PAGE = frozenset(
    {"tk-label", "tk-back", "tk-wit", "tk-n", "tk-noteref", "tk-finding", "tk-outer"}
)
_SHOWN = 60  # characters of what is lost that the message shows
_HINT = "A stylesheet drops them: give their element a template."


class _Words(HTMLParser):
    """The words of a fragment in which every element is closed: all of them, and the text's."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.all: list[str] = []
        self.own: list[str] = []
        self._ours = 0  # how deep we are inside an element of ours

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._ours or OURS_ON_A_PAGE & set((dict(attrs).get("class") or "").split()):
            self._ours += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        self._ours = max(0, self._ours - 1)

    def handle_data(self, data: str) -> None:
        self.all.append(data)
        if not self._ours:
            self.own.append(data)


def find_lost_words(document: Document, content: str) -> Iterator[Finding]:
    """Yield an error for each stretch of the document's text that is not in the HTML."""
    parser = _Words()
    parser.feed(content)
    parser.close()
    stretches = list(_stretches(document))
    lost = list(_nowhere(stretches, _packed(parser.all)))
    for holder, words in lost:
        yield _finding(document, holder, f"these words are not on the page: {_short(words)}")
    missing = Counter(_packed(words for _, words in stretches))
    missing -= Counter(_packed(words for _, words in lost))
    missing -= Counter(_packed(parser.own))
    if missing:
        signs = " ".join(f"{sign} ({count})" for sign, count in sorted(missing.items())[:12])
        message = f"{missing.total()} characters of the text are not on the page: {signs}"
        yield _finding(document, next(document.elements("text"), document.root), message)


def _nowhere(
    stretches: list[tuple[etree._Element, str]], page: str
) -> Iterator[tuple[etree._Element, str]]:
    """Yield the stretches that are not on the page, neither in their order nor elsewhere."""
    position = 0
    for holder, words in stretches:
        at = page.find(_packed([words]), position)
        if at >= 0:
            position = at + len(_packed([words]))
        elif _packed([words]) not in page:
            yield holder, words


def _stretches(document: Document) -> Iterator[tuple[etree._Element, str]]:
    """Yield (element, words) for each text node of the document's texts, in order."""
    for text in find_texts(without_idle_space(document.tree).getroot()):
        for event, node in etree.iterwalk(text, events=("start", "end", "comment", "pi")):
            if event == "start" and (node.text or "").split():
                yield node, node.text
            elif event != "start" and node is not text and (node.tail or "").split():
                yield node.getparent(), node.tail


def _finding(document: Document, element: etree._Element, message: str) -> Finding:
    return Finding(
        document.place(element),
        "publish:lost-text",
        message,
        ordinal=document.ordinal(element),
        hint=_HINT,
    )


def _packed(pieces: Iterable[str]) -> str:
    return "".join("".join(pieces).split())


def _short(words: str) -> str:
    shown = " ".join(words.split())
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
