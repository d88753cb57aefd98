"""A text of the edition that a new one is made like."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """A text of the edition, whose prefixes the new text at TARGET shall have too."""

    data: bytes = b""
    path: str = ""  # in the edition, as is `target`
    target: str = ""
