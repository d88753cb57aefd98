"""RELAX NG validation of one document: problems -> findings."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from teikit.document import XML_ID, Document
from teikit.errors import TeikitError
from teikit.place import Place
from teikit.report import Finding
from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.errors import BadGrammar, TooComplex
from teikit.schema.relaxng.explanation import explain
from teikit.schema.relaxng.grammar import load_grammar
from teikit.schema.relaxng.moved import join_moved
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.words import SchemaWords


def check_relaxng(document: Document, schema: str, language: str = "en") -> Iterator[Finding]:
    """Yield a finding for each thing in the document that the RELAX NG file SCHEMA forbids.

    Of glosses in several languages, those in LANGUAGE are shown. Raises TeikitError where the
    file cannot be read or is no sound schema.
    """
    path = Path(schema)
    words = _read_schema(schema, path.stat().st_mtime_ns if path.exists() else 0, language)
    try:
        problems = join_moved(words.grammar.validate(document.tree))
    except TooComplex as reason:
        yield Finding(
            Place(document.path),
            "relaxng:too-complex",
            f"was not validated to the end: {reason}",
            hint="Simplify the schema, or validate against another.",
        )
        return
    yield from explain(document, [*problems, *_check_ids(document, words)], words)


def _check_ids(document: Document, words: SchemaWords) -> Iterator[Problem]:
    """Yield what is wrong with IDs in attributes other than xml:id, which check/ids.py covers.

    Schemas that leave open which attributes are IDs, as the TEI's do, say nothing about them.
    """
    if not words.has_ids:
        return
    for problem in words.grammar.check_ids(document.tree):
        if problem.kind != kinds.DUPLICATE_ID or problem.attribute != XML_ID:
            yield problem


@lru_cache(maxsize=4)
def _read_schema(schema: str, _changed: int, language: str) -> SchemaWords:
    folder = Path(schema).parent
    try:
        return SchemaWords(load_grammar(Path(schema)), Path(schema), language)
    except BadGrammar as error:  # it names files by their URI; scholars know them by path
        said = unquote(str(error)).replace(f"file://{folder.resolve().as_posix()}", str(folder))
        raise TeikitError(said) from error
