"""Where the files of a schema come from: its own folder and the edition's, and nowhere else."""

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from teikit.schema.relaxng.errors import BadGrammar, Position

Resolver = Callable[[str], bytes]  # from a URI to the bytes there; raises BadGrammar
_LARGEST = 64 * 2**20
_OUTSIDE = "a schema may include files of its own folder only, or of the edition's"


def folder_resolver(*folders: Path) -> Resolver:
    """Return a resolver that reads files inside the folders."""
    roots = [folder.resolve() for folder in folders]

    def resolve(uri: str) -> bytes:
        try:
            path = Path(os.path.realpath(path_of(uri)))
        except ValueError:  # a character that no name can have
            raise BadGrammar(Position(uri), "there is no such file") from None
        if not any(path.is_relative_to(root) for root in roots):
            raise BadGrammar(Position(uri), _OUTSIDE)
        try:
            if not os.path.isfile(path):
                raise BadGrammar(Position(uri), "there is no such file")
            with path.open("rb") as stream:
                data = stream.read(_LARGEST + 1)  # it may grow while it is read
        except OSError as error:
            raise BadGrammar(Position(uri), f"cannot be read: {error.strerror}") from error
        if len(data) > _LARGEST:
            raise BadGrammar(Position(uri), "the file is larger than any schema")
        return data

    return resolve


def refuse(uri: str) -> bytes:
    """Raise BadGrammar: the schema is all there is."""
    raise BadGrammar(Position(uri), "this schema may not include other files")


def path_of(uri: str) -> Path:
    """Return the path in a file URI; raise BadGrammar for every other address."""
    parts = urlsplit(uri)
    if parts.scheme != "file" or parts.netloc:
        raise BadGrammar(Position(uri), "teikit reads no schema from the network")
    path = unquote(parts.path)
    return Path(path.removeprefix("/") if os.name == "nt" else path)  # file:///C:/folder
