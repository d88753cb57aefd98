"""What is wrong with a schema itself, as one line with file and line."""

from dataclasses import dataclass

from teikit.errors import TeikitError


@dataclass(frozen=True)
class Position:
    """Where something stands in a schema; line 0 means the file as a whole."""

    source: str  # the URI of the file, or the name that was given to its bytes
    line: int = 0

    def __str__(self) -> str:
        return f"{self.source}:{self.line}" if self.line else self.source


class BadGrammar(TeikitError):
    """The schema cannot be read, is not RELAX NG, or breaks a rule of the specification."""

    def __init__(self, position: Position | None, reason: str, section: str = ""):
        where = f"{position}: " if position else ""
        rule = f" (RELAX NG, section {section})" if section else ""
        super().__init__(f"{where}{' '.join(reason.split())}{rule}")
        self.position, self.reason, self.section = position, reason, section


class TooComplex(TeikitError):
    """The schema makes more of a document than there is room for; validation stopped there."""
