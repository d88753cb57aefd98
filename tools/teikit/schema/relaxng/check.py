"""RELAX NG validation of one document: problems -> findings."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from teikit.document import Document
from teikit.errors import TeikitError
from teikit.place import Place
from teikit.report import Finding
from teikit.schema.relaxng.errors import BadGrammar, TooComplex
from teikit.schema.relaxng.explanation import explain
from teikit.schema.relaxng.grammar import Grammar, load_grammar
from teikit.schema.relaxng.moved import join_moved


def check_relaxng(document: Document, schema: str) -> Iterator[Finding]:
    """Yield a finding for each thing in the document that the RELAX NG file SCHEMA forbids.

    Raises TeikitError where the file cannot be read or is no sound schema.
    """
    path = Path(schema)
    grammar = _read_grammar(schema, path.stat().st_mtime_ns if path.exists() else 0)
    try:
        problems = join_moved(grammar.validate(document.tree))
    except TooComplex as reason:
        yield Finding(
            Place(document.path),
            "relaxng:too-complex",
            f"was not validated to the end: {reason}",
            hint="Simplify the schema, or validate against another.",
        )
        return
    for problem in problems:
        yield explain(document, problem)


@lru_cache(maxsize=4)
def _read_grammar(schema: str, _changed: int) -> Grammar:
    folder = Path(schema).parent
    try:
        return load_grammar(Path(schema))
    except BadGrammar as error:  # it names files by their URI; scholars know them by path
        said = unquote(str(error)).replace(f"file://{folder.resolve().as_posix()}", str(folder))
        raise TeikitError(said) from error
