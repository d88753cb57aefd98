"""Which files a job looked at beside the document it was given: what its result depends on."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Look:
    """One look at a file of the project: what it held, as a hash; "" where it was not read."""

    folder: str
    path: str
    digest: str


_LOOKS: ContextVar[set[Look] | None] = ContextVar("looks", default=None)


@contextmanager
def noting_looks() -> Iterator[set[Look]]:
    """Give the set to which each look is added until the end of the `with` statement."""
    found: set[Look] = set()
    token = _LOOKS.set(found)
    try:
        yield found
    finally:
        _LOOKS.reset(token)


def note_look(folder: str, path: str, data: bytes | None) -> None:
    """Take note of what a file held; None where it could not be read."""
    looks = _LOOKS.get()
    if looks is not None:
        looks.add(Look(folder, path, "" if data is None else digest_of(data)))


def digest_of(data: bytes) -> str:
    """Return the hash of what a file holds."""
    return hashlib.sha256(data).hexdigest()
