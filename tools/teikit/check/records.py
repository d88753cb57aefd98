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
    folder: str = ""  # the project's, from which schemas may include


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


@dataclass(frozen=True)
class Ids:
    """The ids of a file that is pointed to but not checked."""

    ids: tuple[str, ...]
