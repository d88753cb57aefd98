"""Whether a schema can be used: what the job `schema` says before any document is held to it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SchemaState:
    """A schema file, and why it cannot be used where that is so."""

    path: str
    problem: str = ""  # in words, naming the file and the line; empty: it can be used
    reason: str = ""  # "unsound", "complex", or what a JobFailed says: "time", "memory", "crash"
