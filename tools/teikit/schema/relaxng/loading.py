"""Grammars by the path of their file: kept in this process, and between runs in the cache."""

from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from teikit.errors import TeikitError
from teikit.schema.relaxng.cache import cached_grammar
from teikit.schema.relaxng.errors import BadGrammar, TooComplex
from teikit.schema.relaxng.grammar import Grammar, load_grammar
from teikit.schema.relaxng.resolving import folder_resolver, path_of
from teikit.schema.state import SchemaState


def schema_job(path: str, folder: str, cache: str) -> SchemaState:
    """Return whether the RELAX NG file at PATH can be used; keep it for the documents to come."""
    try:
        read_grammar(path, folder, cache)
    except TooComplex as problem:
        return SchemaState(path, f"{path}: {problem}", "complex")
    except TeikitError as problem:
        return SchemaState(path, str(problem), "unsound")
    return SchemaState(path)


def read_grammar(path: str, folder: str = "", cache: str = "") -> Grammar:
    """Return the grammar in the RELAX NG file at PATH.

    It may include files of its own folder, and of FOLDER, that of the project. CACHE is where
    grammars are kept between runs; empty: nowhere. Raises TeikitError where it is no sound schema.
    """
    grammar, stamps = _read(path, folder, cache)
    if stamps != _stamps(grammar):
        _read.cache_clear()
        grammar, _ = _read(path, folder, cache)
    return grammar


@lru_cache(maxsize=4)
def _read(path: str, folder: str, cache: str) -> tuple[Grammar, tuple]:
    file = Path(path)
    resolver = folder_resolver(file.parent, *([Path(folder)] if folder else []))
    try:
        if cache:
            grammar = cached_grammar(file, Path(cache), resolver)
        else:
            grammar = load_grammar(file, resolver)
    except BadGrammar as error:  # it names files by their URI; scholars know them by path
        root = file.parent.resolve().as_posix()
        said = unquote(str(error)).replace(f"file://{root}", str(file.parent))
        raise TeikitError(said) from error
    return grammar, _stamps(grammar)


def _stamps(grammar: Grammar) -> tuple[tuple[int, int] | None, ...]:
    """Return what changes when a file of the schema is written."""
    return tuple(_stamp(path_of(uri)) for uri, _ in grammar.sources)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
