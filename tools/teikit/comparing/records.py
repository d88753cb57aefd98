"""What a comparison says: plain values, so that they can cross processes."""

from dataclasses import dataclass

from teikit.place import Place
from teikit.report import Finding

NOWHERE = Place("")
TEXT, HEADER = "text", "teiHeader"  # parts of a document; others are called as their element


@dataclass(frozen=True)
class TextChange:
    """One place at which the words differ. `old` and `new` are exact, white space folded."""

    kind: str  # changed, added, removed, moved
    only: str  # what alone differs: "white space", "capitals" ...; empty: words
    part: str  # text, teiHeader, standOff ...
    citation: str  # in the new version, or, of what was removed, in the old one
    old_citation: str
    old: str
    new: str
    before: str  # what stands before and after it
    after: str
    old_place: Place
    new_place: Place
    old_at: int  # where it begins in the folded words of the part, in characters from 0
    new_at: int


@dataclass(frozen=True)
class MarkupChange:
    """One difference in the markup. What was added stood NOWHERE, what was removed stands there."""

    kind: str  # added removed renamed attribute id moved extent divided joined comment ...
    part: str
    citation: str
    element: str
    attribute: str
    old: str
    new: str
    words: str  # around which it stands
    message: str  # all of it in a sentence
    old_place: Place
    new_place: Place


@dataclass(frozen=True)
class Compared:
    """What differs between two documents; where one could not be read, only that."""

    text: tuple[TextChange, ...] = ()
    markup: tuple[MarkupChange, ...] = ()
    old_problems: tuple[Finding, ...] = ()  # why the file could not be read
    new_problems: tuple[Finding, ...] = ()
    old_notes: tuple[Finding, ...] = ()  # what xi:include could not bring in
    new_notes: tuple[Finding, ...] = ()
    is_same_file: bool = False  # byte for byte

    @property
    def problems(self) -> tuple[Finding, ...]:
        """Return why the two could not be compared."""
        return self.old_problems + self.new_problems

    @property
    def notes(self) -> tuple[Finding, ...]:
        """Return what is not compared."""
        return self.old_notes + self.new_notes


@dataclass(frozen=True)
class Passage:
    """A stretch of a text that is cited by one reference."""

    part: str
    citation: str
    text: str


@dataclass(frozen=True)
class Passages:
    """The passages of a document in its order; not `is_readable`: it is no TEI."""

    passages: tuple[Passage, ...] = ()
    is_readable: bool = True
