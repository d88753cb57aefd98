"""What a file is to an edition that begins: a plain value, which a job gives back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """Whether a file is TEI, or cannot be told since it is not well-formed; and its schemas."""

    is_tei: bool = False
    is_readable: bool = True
    schemas: tuple[str, ...] = ()  # as xml-model, or what came before it, names them
    language: str = ""  # of its text, as xml:lang says it
    role: str = "other"  # text, register, odd, header (neither), part (of a document), other
