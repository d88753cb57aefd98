"""Grammars by the path of their file: kept in this process, and between runs in the cache."""

import re
from functools import lru_cache
from os.path import isfile, relpath
from pathlib import Path

from teikit.errors import TeikitError
from teikit.schema.relaxng.cache import cached_grammar
from teikit.schema.relaxng.errors import BadGrammar, TooComplex
from teikit.schema.relaxng.grammar import Grammar, load_grammar
from teikit.schema.relaxng.resolving import folder_resolver, path_of
from teikit.schema.state import SchemaState

_FILE_URI = re.compile(r"file:///(?:[A-Za-z]:/)?[^\s:]*")


def schema_job(path: str, folder: str, cache: str) -> SchemaState:
    """Return whether the RELAX NG file at PATH can be used; keep it for the documents to come."""
    if not isfile(path):
        return SchemaState(path, "there is no such file", "missing")
    try:
        _read_again_if_changed(path, folder, cache)
    except TooComplex as problem:
        return SchemaState(path, str(problem), "complex")
    except BadGrammar as problem:
        position = problem.position
        if position is None or position.source != Path(path).resolve().as_uri():
            return SchemaState(path, _in_words(str(problem), path, folder), "unsound")
        rule = f" (RELAX NG, section {problem.section})" if problem.section else ""
        reason = _in_words(problem.reason + rule, path, folder)
        return SchemaState(path, reason, "unsound", position.line)
    return SchemaState(path)


def read_grammar(path: str, folder: str = "", cache: str = "") -> Grammar:
    """Return the grammar in the RELAX NG file at PATH.

    It may include files of its own folder, and of FOLDER, that of the project. CACHE is where
    grammars are kept between runs; empty: nowhere. Raises TeikitError where it is no sound schema.
    """
    try:
        return _read_again_if_changed(path, folder, cache)
    except BadGrammar as problem:
        raise TeikitError(_in_words(str(problem), path)) from problem


def _read_again_if_changed(path: str, folder: str, cache: str) -> Grammar:
    grammar, stamps = _read(path, folder, cache)
    if stamps != _stamps(grammar):
        _read.cache_clear()
        grammar, _ = _read(path, folder, cache)
    return grammar


def _in_words(problem: str, path: str, project: str = "") -> str:
    """Return what is wrong; it names files by their URI, and scholars know them by path."""

    def shown(found: re.Match[str]) -> str:
        file = path_of(found[0])
        if project:
            return Path(relpath(file, Path(project).resolve())).as_posix()
        folder = Path(path).parent
        return str(folder / relpath(file, folder.resolve()))

    return _FILE_URI.sub(shown, problem)


@lru_cache(maxsize=4)
def _read(path: str, folder: str, cache: str) -> tuple[Grammar, tuple]:
    file = Path(path)
    resolver = folder_resolver(file.parent, *([Path(folder)] if folder else []))
    grammar = cached_grammar(file, Path(cache), resolver) if cache else load_grammar(file, resolver)
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
