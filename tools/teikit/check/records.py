"""What passes between the check of one document and that of the edition: plain values."""

from dataclasses import dataclass

from teikit.place import Place
from teikit.report import Finding
from teikit.schema.catalog import NO_CATALOG, Catalog
from teikit.witness import Witness


@dataclass(frozen=True)
class CheckSettings:
    """What a document is checked against: paths of schema files, and a source text."""

    relaxng: str = ""  # empty: none
    schematron: str = ""
    phase: str = ""  # of the Schematron rules; empty: their default
    witness: Witness | None = None
    source: bytes | None = None  # of the witness
    folder: str = ""  # the only folder that files may be read from; empty: none at all
    cache: str = ""  # the folder where grammars are kept; empty: nowhere
    given: tuple[str, ...] = ()  # schema files named on the command line; they go before all others
    unusable: tuple[str, ...] = ()  # schemas that hit a limit: not to be tried again
    catalog: Catalog = NO_CATALOG  # which files of the project addresses stand for


@dataclass(frozen=True)
class Named:
    """The schemas that one document is checked against, as absolute paths."""

    relaxng: tuple[str, ...] = ()
    schematron: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlacedPointer:
    """A pointer as it stands in a document, resolved: `target` is `path#id` or `path`."""

    place: Place
    ordinal: int
    attribute: str
    raw: str
    target: str


@dataclass(frozen=True)
class PlacedId:
    """An xml:id and where it stands."""

    id: str
    place: Place
    ordinal: int


@dataclass(frozen=True)
class PlacedEntity:
    """An entity of a register: its `path#id`, its name, and where it stands."""

    uri: str
    name: str
    place: Place
    ordinal: int
    kind: str = ""  # "person", "place", "work": what may not have two ids
    names: tuple[str, ...] = ()  # white space folded
    short_names: tuple[str, ...] = ()  # those that are not main, which two may share
    apart: str = ""  # what tells two of one name apart: life dates, the author of a work
    type: str = ""  # its @type
    same: tuple[str, ...] = ()  # where its @sameAs leads
    addresses: tuple[str, ...] = ()  # absolute URIs under which others know it
    if_mentioned: bool = False  # whether it is an entity only if something points to it

    @property
    def id(self) -> str:
        """Return its xml:id."""
        return self.uri.rpartition("#")[2]


@dataclass(frozen=True)
class ShortForm:
    """A prefix that can be turned round: an id that fits `pattern` is `ident:id` for `start` + id.

    Only patterns that cannot take long are kept, since they come from the document.
    """

    ident: str
    pattern: str
    start: str  # "registers/organisations.xml#"


@dataclass(frozen=True)
class Allowance:
    """One <?teikit allow="RULE" reason="..."?>, and the element that it stands before."""

    place: Place
    ordinal: int  # of the element that follows; -1: none does
    rules: tuple[str, ...]  # names, codes or families, as written
    reason: str
    of_file: bool = False  # it stands before the outermost element
    problem: str = ""  # why it cannot be understood


@dataclass(frozen=True)
class Checked:
    """What one document is found to be: its findings, and what others must be held against."""

    path: str
    is_readable: bool
    findings: tuple[Finding, ...] = ()
    ids: tuple[str, ...] = ()
    pointers: tuple[PlacedPointer, ...] = ()
    entities: tuple[PlacedEntity, ...] = ()
    texts: tuple[PlacedId, ...] = ()  # the ids of TEI and teiCorpus
    keys: tuple[str, ...] = ()  # what @key says, each once
    short_forms: tuple[ShortForm, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    includes: tuple[str, ...] = ()  # paths of the files that xi:include brought in
    against: tuple[str, ...] = ()  # families of rules that its schemas gave: relaxng, schematron


@dataclass(frozen=True)
class Ids:
    """The ids of a file that is pointed to but not checked."""

    ids: tuple[str, ...]
    is_readable: bool = True


@dataclass(frozen=True)
class Completed:
    """Findings on one file, with the way to each element and the line it is on."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class KnownName:
    """A name by which the registers know an entity, and the `path#id` of all that bear it."""

    name: str
    uris: tuple[str, ...]


@dataclass(frozen=True)
class Unmarked:
    """The findings on mentions that are not marked, in one text."""

    findings: tuple[Finding, ...]
