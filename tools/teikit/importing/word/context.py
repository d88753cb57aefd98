"""What is known while a document is read: where we are, what was taken, what is told of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from teikit.importing.building import SPACE
from teikit.importing.losses import Loss, quote, tell
from teikit.importing.word.names import W, text_of
from teikit.importing.word.numbering import Numbering
from teikit.importing.word.package import Package
from teikit.importing.word.styles import Styles
from teikit.place import Place

_AFTER = 40  # characters before a place that are quoted so that it can be found


@dataclass(eq=False)
class Context:
    """One reading of one document. It grows while its parts are walked through, in order."""

    path: str
    package: Package
    styles: Styles
    numbering: Numbering
    language: str = ""  # in which most of it is written; empty: it does not say
    losses: list[Loss] = field(default_factory=list)
    said: set[tuple[str, str]] = field(default_factory=set)
    taken: set[etree._Element] = field(default_factory=set)  # the w:t that are carried or listed
    generated: set[etree._Element] = field(default_factory=set)  # the w:t of tables of contents
    # each section of the document -> the one after it
    next_sections: dict[etree._Element, etree._Element | None] = field(default_factory=dict)
    notes_read: set[tuple[str, str]] = field(default_factory=set)
    note_counts: dict[str, int] = field(default_factory=dict)
    paragraph: int = 0
    before: str = ""  # the last words before this place
    pages_due: int = 0  # that begin before the next words
    at_page_start: bool = True  # no words since a page began

    def take(self, element: etree._Element) -> str:
        """Return the characters of a w:t or its like; none where they were taken before."""
        if element in self.taken:
            return ""
        self.taken.add(element)
        text = text_of(element)
        if text.strip(SPACE):
            self.before = (self.before + text)[-_AFTER:]
            self.at_page_start = False
        return text

    def take_out(self, elements: Iterable[etree._Element]) -> str:
        """Return the characters of elements that will be listed, and not carried."""
        found, before = [], None
        for element in elements:
            if element not in self.taken:
                self.taken.add(element)
                around = next(element.iterancestors(f"{W}p"), None)
                found.append((" " if found and around is not before else "") + text_of(element))
                before = around
        return "".join(found)

    @property
    def where(self) -> str:
        """Return the place in words: paragraphs have no numbers that Word shows."""
        after = " ".join(self.before.split())
        return f"paragraph {self.paragraph}" + (f", after “{after}”" if after else "")

    def tell(
        self, rule: str, message: str, severity: str = "warning", hint: str = "", words: str = ""
    ) -> None:
        """Note something about this place; WORDS are those that are in no element."""
        text = f"{self.where}: {message}" + (f": {quote(words)}" if words else "")
        self.losses.append(Loss(tell(Place(self.path), rule, text, severity, hint), words))

    def tell_once(
        self, rule: str, message: str, severity: str = "info", hint: str = "", words: str = ""
    ) -> None:
        """Note something about the whole document, the first time it is met."""
        text = message + (f": {quote(words)}" if words else "")
        if (rule, text) not in self.said or words:
            self.said.add((rule, text))
            self.losses.append(Loss(tell(Place(self.path), rule, text, severity, hint), words))
