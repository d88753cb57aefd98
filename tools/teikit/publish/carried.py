"""What a site carries of its texts, as numbers; plain values, so that no lxml is needed."""

from dataclasses import dataclass

from teikit.report import Finding

# kinds of what is counted, in the order of the tables that show them
KINDS = (
    "text",  # characters of the text on its page
    "annotations",  # characters of the annotations in standOff on the page
    "reading",  # characters of the reading in the plain text
    "source",  # characters of the source in the plain text with its lines
    "notes-text",  # characters of the notes in the file of notes
    "ids",  # each xml:id as an anchor
    "notes",  # notes that their place leads to, or that stand there
    "entities",  # mentions that are links to their entity
    "links",  # other pointers that lead somewhere, as links
    "dates",  # dates that HTML can say, as time
    "elements",  # elements that a template knows
    "unresolved",  # pointers that lead nowhere; none of them can be carried
)
# what is counted although nothing is lost: the words of such elements are carried
_NO_LOSS = frozenset(("elements", "unresolved"))


@dataclass(frozen=True)
class Carried:
    """How many of one kind of thing a text has (`of`), and how many are carried.

    `allowed` is how many of the others the editors allow to be missing.
    """

    what: str  # one of KINDS
    carried: int
    of: int
    allowed: int = 0

    @property
    def missing(self) -> int:
        """Return how many are not carried."""
        return self.of - self.carried

    @property
    def is_loss(self) -> bool:
        """Return whether something is lost that nobody allows."""
        return self.missing > self.allowed and self.what not in _NO_LOSS


@dataclass(frozen=True, order=True)
class Unknown:
    """An element that no template knows; its words are on the page all the same."""

    path: str
    line: int
    name: str


@dataclass(frozen=True)
class Lost:
    """A finding about a loss, and of which kind it is: one of KINDS."""

    kind: str
    finding: Finding
