"""What passes between the check of one document and that of the edition: plain values."""

from dataclasses import dataclass

from teikit.place import Place
from teikit.project import Witness
from teikit.report import Finding


@dataclass(frozen=True)
class CheckSettings:
    """What a document is checked against: paths of schema files, and a source text."""

    relaxng: str = ""  # empty: none
    schematron: str = ""
    witness: Witness | None = None
    source: bytes | None = None  # of the witness
    folder: str = ""  # the only folder that files may be read from; empty: none at all
    cache: str = ""  # the folder where grammars are kept; empty: nowhere
    given: tuple[str, ...] = ()  # schema files named on the command line; they go before all others
    unusable: tuple[str, ...] = ()  # schemas that hit a limit: not to be tried again


@dataclass(frozen=True)
class PlacedPointer:
    """A pointer as it stands in a document, resolved: `target` is `path#id` or `path`."""

    place: Place
    ordinal: int
    attribute: str
    raw: str
    target: str


@dataclass(frozen=True)
class PlacedEntity:
    """An entity of a register: its `path#id`, its name, and where it stands."""

    uri: str
    name: str
    place: Place
    ordinal: int


@dataclass(frozen=True)
class Checked:
    """What one document is found to be: its findings, and what others must be held against."""

    path: str
    is_readable: bool
    findings: tuple[Finding, ...] = ()
    ids: tuple[str, ...] = ()
    pointers: tuple[PlacedPointer, ...] = ()
    entities: tuple[PlacedEntity, ...] = ()
    includes: tuple[str, ...] = ()  # paths of the files that xi:include brought in


@dataclass(frozen=True)
class Ids:
    """The ids of a file that is pointed to but not checked."""

    ids: tuple[str, ...]


@dataclass(frozen=True)
class Completed:
    """Findings on one file, with the way to each element and the line it is on."""

    findings: tuple[Finding, ...]
