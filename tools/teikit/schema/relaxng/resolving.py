"""Where the files of a schema come from: its own folder, and nowhere else."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from teikit.schema.relaxng.errors import BadGrammar, Position

Resolver = Callable[[str], bytes]  # from a URI to the bytes there; raises BadGrammar
_LARGEST = 64 * 2**20


def folder_resolver(folder: Path) -> Resolver:
    """Return a resolver that reads files inside FOLDER."""
    root = folder.resolve()

    def resolve(uri: str) -> bytes:
        path = _path_of(uri).resolve()
        if not path.is_relative_to(root):
            raise BadGrammar(Position(uri), "a schema may include files of its own folder only")
        if not path.is_file():
            raise BadGrammar(Position(uri), "there is no such file")
        if path.stat().st_size > _LARGEST:
            raise BadGrammar(Position(uri), "the file is larger than any schema")
        try:
            return path.read_bytes()
        except OSError as error:
            raise BadGrammar(Position(uri), f"cannot be read: {error.strerror}") from error

    return resolve


def refuse(uri: str) -> bytes:
    """Raise BadGrammar: the schema is all there is."""
    raise BadGrammar(Position(uri), "this schema may not include other files")


def _path_of(uri: str) -> Path:
    parts = urlsplit(uri)
    if parts.scheme != "file" or parts.netloc:
        raise BadGrammar(Position(uri), "teikit reads no schema from the network")
    return Path(unquote(parts.path))
