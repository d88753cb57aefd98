"""What passes between the jobs on entities and whoever asks for them: plain values."""

from dataclasses import dataclass

from teikit.check.records import KnownName, PlacedEntity, ShortForm
from teikit.place import Place
from teikit.report import Finding


@dataclass(frozen=True)
class PlacedMention:
    """A place in a text that refers to entities, or is a name that refers to none."""

    place: Place
    element: str
    type: str
    targets: tuple[str, ...]  # resolved URIs
    raw: str  # @ref as it is written
    key: str
    surface: str
    before: str
    after: str
    where: str = ""  # "note", "apparatus", "header", "file", "speech"; "" in the text itself

    @property
    def path(self) -> str:
        """Return the path of the file."""
        return self.place.path


@dataclass(frozen=True)
class Listed:
    """The entities and mentions of one file, with those that xi:include brings in."""

    path: str
    entities: tuple[PlacedEntity, ...] = ()
    mentions: tuple[PlacedMention, ...] = ()
    ids: tuple[str, ...] = ()
    short_forms: tuple[ShortForm, ...] = ()
    is_text: bool = False  # whether it has running text, and not only lists of entities
    problem: Finding | None = None  # why it cannot be read


@dataclass(frozen=True, order=True)
class Tag:
    """An element by which an entity is marked, and its @type."""

    element: str
    type: str = ""

    def __str__(self) -> str:
        return f'{self.element} type="{self.type}"' if self.type else self.element


@dataclass(frozen=True)
class Known:
    """An entity as texts are searched for it, and how it is marked: the usual way first."""

    uri: str
    kind: str
    name: str
    tags: tuple[Tag, ...]
    by_words: tuple[tuple[str, Tag], ...] = ()  # how these very words are marked elsewhere


@dataclass(frozen=True)
class Search:
    """What a text is searched for; files are read inside `folder` only."""

    folder: str
    names: tuple[KnownName, ...]
    known: tuple[Known, ...]  # all entities that bear one of the names
    private: tuple[str, ...] = ()  # texts whose own entities are looked for in them only
    prefixed: tuple[str, ...] = ()  # files that declare prefixes for pointers to registers


@dataclass(frozen=True)
class Candidate:
    """An entity that may be meant, how the text points to it, and how it would be marked."""

    uri: str
    kind: str
    name: str
    pointer: str
    tags: tuple[Tag, ...]  # the first one that the schema allows there is taken


@dataclass(frozen=True)
class Suggestion:
    """A known name in a text that is not marked."""

    number: int  # from 1 in each file, always the same for the same state of the file
    place: Place
    name: str
    before: str
    after: str
    candidates: tuple[Candidate, ...]
    problem: str = ""  # why it cannot be marked without an editor's hand


@dataclass(frozen=True)
class Suggested:
    """The suggestions for one file and those it includes."""

    suggestions: tuple[Suggestion, ...] = ()
    problem: Finding | None = None  # why it cannot be read


@dataclass(frozen=True, order=True)
class Choice:
    """A suggestion that is to be marked, and which entity is meant."""

    number: int
    uri: str


@dataclass(frozen=True)
class Refusal:
    """A suggestion that was not marked, and why."""

    number: int
    reason: str


@dataclass(frozen=True)
class Marked:
    """A file with the marks that were chosen: its bytes, what was marked, and what was not."""

    data: bytes
    done: tuple[int, ...] = ()
    refused: tuple[Refusal, ...] = ()
