"""Whether a schema can be used: what the job `schema` says before any document is held to it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SchemaState:
    """A schema file, and why it cannot be used where that is so."""

    path: str
    problem: str = ""  # in words, without the path; empty: it can be used
    reason: str = ""  # "missing", "unsound", "complex", or that of a JobFailed: "time", "memory"...
    line: int = 0  # in the file itself, where one can be told
