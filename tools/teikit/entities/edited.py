"""What is to be changed in the entries of one register, and what came of it: plain values."""

from dataclasses import dataclass

from teikit.entities.sheet import Rows


@dataclass(frozen=True)
class Value:
    """What a column of an entry is to hold; "" takes it away."""

    column: str
    value: str


@dataclass(frozen=True)
class Change:
    """The values of one entry that are to be changed, or a whole new entry."""

    id: str
    kind: str
    is_new: bool
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Refusal:
    """Why a value, or (column "") a new entry, cannot be written."""

    id: str
    column: str
    reason: str
    hint: str


@dataclass(frozen=True)
class Edited:
    """The file with the changes, all of its entries, and what was refused."""

    data: bytes
    rows: Rows
    refused: tuple[Refusal, ...] = ()
