"""What one file of an edition says, as plain frozen values.

A record holds no tree, so it can pass between processes, be kept, and be merged with those of
the other files (`model.py`). Everything is keyed by resolved URI, `path#id`.
"""

import re
from dataclasses import dataclass

from teikit.place import Place
from teikit.report import Finding
from teikit.sigla import Witness

_NUMBER = re.compile(r"[\d\s.()§IVXLCivxlc一二三四五六七八九十百〇零第章节（）、.]*")

ENTRY = "entry"  # the name of a relation that says no more than that one entry names another


@dataclass(frozen=True)
class Words:
    """A few words of the encoding: in which language, and of what @type.

    `links` are (words, URI) for each link in them, in order.
    """

    text: str
    lang: str = ""
    type: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Dates:
    """A date as its attributes and its words give it."""

    when: str = ""
    start: str = ""  # @from, else @notBefore
    end: str = ""  # @to, else @notAfter
    label: str = ""
    type: str = ""

    @property
    def iso(self) -> str:
        """Return the date as one string: 2012-06-07, or 2012-06-06/2012-06-07."""
        return self.when or (f"{self.start}/{self.end}" if self.start or self.end else "")


@dataclass(frozen=True)
class Identifier:
    """What an authority calls an entity."""

    type: str
    value: str


@dataclass(frozen=True)
class Entity:
    """One thing that texts refer to: an organisation, a place, a work, a concept.

    An entry without xml:id has no uri either: nothing can point to it.
    """

    uri: str
    id: str
    kind: str  # org, person, place, event, work, object, concept, nym, witness, hand ... interp
    type: str = ""
    group: str = ""  # of an interp: the @type of its interpGrp
    names: tuple[Words, ...] = ()
    descs: tuple[Words, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    dates: tuple[Dates, ...] = ()
    facts: tuple[Words, ...] = ()  # whatever else is said of it; the type is the element's name
    sources: tuple[str, ...] = ()  # where its @source and its evidence lead
    same: tuple[str, ...] = ()  # resolved URIs of its @sameAs: other entries of the same thing
    addresses: tuple[str, ...] = ()  # absolute URIs under which others know it
    if_mentioned: bool = False  # whether it is an entity only if something points to it
    is_made: bool = False  # whether no register has it: it was made from the texts
    sort: str = ""  # the words by which a register is sorted

    @property
    def has_page(self) -> bool:
        """Return whether it has a page of its own: one without xml:id has none."""
        return bool(self.id) and self.kind != "interp"


@dataclass(frozen=True)
class Relation:
    """A tie between entities; `mutual` holds all of them where it has no direction."""

    name: str
    active: tuple[str, ...] = ()
    passive: tuple[str, ...] = ()
    mutual: tuple[str, ...] = ()
    dates: Dates = Dates()
    sources: tuple[str, ...] = ()
    descs: tuple[Words, ...] = ()
    cert: str = ""


@dataclass(frozen=True)
class Group:
    """A list of entities that has a heading of its own (an interpGrp, a list)."""

    type: str
    descs: tuple[Words, ...] = ()


@dataclass(frozen=True)
class RegisterRecord:
    """The entities and relations that one file defines."""

    path: str  # of the file; of a register made from the texts, "tk-names/" and the kind
    titles: tuple[Words, ...] = ()
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    groups: tuple[Group, ...] = ()
    is_in_text: bool = False  # whether the file has running text besides


@dataclass(frozen=True)
class Division:
    """A part of a text, for contents lists; `depth` counts from 1."""

    id: str
    type: str
    n: str
    label: str  # the words of its heading
    incipit: str  # how its running text begins
    depth: int
    lang: str = ""

    @property
    def is_numbered(self) -> bool:
        """Return whether its heading is at most a number, so that readers need more to go by."""
        return bool(_NUMBER.fullmatch(self.label))


@dataclass(frozen=True)
class Part:
    """One page of a text that is split: where it begins, and in which divisions."""

    name: str  # of its page: the id of its division, else its number
    start: int  # ordinal of the element that it begins with
    path: tuple[Division, ...] = ()  # the divisions that it is in, the outermost first
    opens: tuple[Division, ...] = ()  # those that begin in it
    number: int = 1  # of the pages of one division that is huge
    last: tuple[Division, ...] = ()  # where small divisions share the page: the path of the last
    member: int = -1  # of a corpus, or of several texts in one file: which of them, from 0
    ids: tuple[str, ...] = ()  # in document order
    characters: int = 0  # as TextRecord counts them
    incipit: str = ""  # how its first paragraph or verse begins


@dataclass(frozen=True)
class Passage:
    """The words of the smallest part of a text that can be cited by its id."""

    id: str
    text: str


@dataclass(frozen=True)
class Mention:
    """A place in a text that refers to an entity, or is a name that refers to none."""

    text: str  # path of the file
    ordinal: int
    line: int
    column: int
    element: str
    type: str
    targets: tuple[str, ...]  # resolved URIs
    surface: str
    before: str
    after: str
    anchor: str  # its own id, else that of the nearest ancestor that has one
    passage: str  # id of the passage that it stands in
    lang: str = ""
    cert: str = ""
    key: str = ""  # @key
    where: str = ""  # "note", "apparatus", "header", "file", "speech"; "" in the text itself
    role: str = ""  # what the @type of a correspAction makes of it: sent, received

    @property
    def path(self) -> str:
        """Return the path of the file."""
        return self.text


@dataclass(frozen=True)
class Statement:
    """A stretch of a text that does something with words."""

    text: str
    anchor: str
    number: int  # from 1 within the anchor
    surface: str
    analyses: tuple[str, ...]  # resolved URIs of @ana
    lang: str = ""


@dataclass(frozen=True)
class Licence:
    """One licence or statement of rights, with its scope: @n, or its id (licence-text)."""

    target: str
    scope: str
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Origin:
    """How a text came about, as lists of texts show it."""

    date: Dates = Dates()
    senders: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()  # keywords
    language: str = ""  # of the source, as textLang says it

    @property
    def year(self) -> int | None:
        """Return the year that the text is from, or the first that it may be from."""
        match = re.match(r"-?\d+", self.date.when or self.date.start or self.date.end)
        return int(match[0]) if match else None


@dataclass(frozen=True)
class Name:
    """A name, and its parts where the encoding tells them apart."""

    text: str
    lang: str = ""
    family: str = ""
    given: str = ""
    particle: str = ""  # of, von, de la
    suffix: str = ""  # Jr.


@dataclass(frozen=True)
class Agent:
    """A person or an organisation that is responsible for something."""

    role: str  # author, editor, translator or contributor
    names: tuple[Name, ...]  # the same in several languages
    identifiers: tuple[Identifier, ...] = ()
    is_group: bool = False


@dataclass(frozen=True)
class HeaderRecord:
    """What the teiHeader says that pages and citations need."""

    titles: tuple[Words, ...] = ()
    authors: tuple[Words, ...] = ()
    editors: tuple[Words, ...] = ()  # who is responsible; the type is what for
    publishers: tuple[Words, ...] = ()
    edition: str = ""  # @n of edition
    date: str = ""  # of the edition, else of its publication, else of the newest change
    identifiers: tuple[Identifier, ...] = ()
    licences: tuple[Licence, ...] = ()
    abstracts: tuple[Words, ...] = ()
    ids: tuple[str, ...] = ()
    origin: Origin = Origin()
    is_published: bool = False  # its date is said of the edition, and is no mere change of the file
    agents: tuple[Agent, ...] = ()  # authors, editors and others, with the parts of their names
    contact: str = ""  # where whoever publishes the text can be reached
    is_letter: bool = False
    changed: str = ""  # the day of the newest change
    places: tuple[Words, ...] = ()  # where it is published


@dataclass(frozen=True)
class Member:
    """One of the texts of a file that holds several, as a corpus does."""

    header: HeaderRecord  # what it says of itself, and for what it lacks, the corpus around it
    head: str = ""  # the words of its heading
    lang: str = ""
    characters: int = 0
    within: tuple[tuple[Words, ...], ...] = ()  # titles of the corpora in the file's corpus


@dataclass(frozen=True)
class TextRecord:
    """One text of the edition."""

    path: str
    lang: str = ""
    ids: tuple[str, ...] = ()  # all xml:ids inside <text>, in document order
    divisions: tuple[Division, ...] = ()
    passages: tuple[Passage, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    head: str = ""  # the words of the heading that stands before all divisions
    paragraphs: int = 0
    sentences: int = 0
    characters: int = 0  # without white space, notes not counted
    targets: tuple[str, ...] = ()  # what its pointers lead to inside the project, sorted
    parts: tuple[Part, ...] = ()  # the pages of a text that is split; (): it is one page
    members: tuple[Member, ...] = ()  # of a corpus, or several texts in one file
    includes: tuple[str, ...] = ()  # files that xi:include brought in


@dataclass(frozen=True)
class NamedPicture:
    """A file that graphic, media or @facs names as a picture: its path in the project."""

    path: str
    place: Place


@dataclass(frozen=True)
class Extracted:
    """All that one file says; `problem` alone where it cannot be read."""

    path: str
    header: HeaderRecord = HeaderRecord()
    text: TextRecord | None = None
    register: RegisterRecord | None = None
    problem: Finding | None = None
    includes: tuple[str, ...] = ()  # files that xi:include brought in, whole or in part
    wholes: tuple[str, ...] = ()  # those of which all, or all of the text, is in this one
    aliases: tuple[tuple[str, str], ...] = ()  # URI of an id in such a file -> URI in this one
    witnesses: tuple[Witness, ...] = ()  # that its listWit describe
    cited: tuple[str, ...] = ()  # URIs of witnesses in other files that its @wit name
    pictures: tuple[NamedPicture, ...] = ()  # each file once
    targets: tuple[str, ...] = ()  # to which its pointers lead, resolved, each once, sorted
