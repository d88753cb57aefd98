"""RELAX NG validation of one document: problems -> findings."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from teikit.document import XML_ID, Document
from teikit.place import Place
from teikit.report import Finding
from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.errors import TooComplex
from teikit.schema.relaxng.grammar import Grammar
from teikit.schema.relaxng.loading import read_grammar
from teikit.schema.relaxng.moved import join_moved
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.words import SchemaWords


def check_relaxng(
    document: Document, schema: str, folder: str = "", cache: str = "", language: str = "en"
) -> Iterator[Finding]:
    """Yield a finding for each thing in the document that the RELAX NG file SCHEMA forbids.

    FOLDER is that of the project, and CACHE where grammars are kept (see `read_grammar`). Of
    glosses in several languages, those in LANGUAGE are shown. Raises TeikitError where the file
    cannot be read or is no sound schema.
    """
    words = _words_of(read_grammar(schema, folder, cache), schema, language)
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
    problems = [*problems, *_check_ids(document, words)]
    if problems:
        from teikit.schema.relaxng.explanation import explain  # most documents need no words

        yield from explain(document, problems, words)


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
def _words_of(grammar: Grammar, schema: str, language: str) -> SchemaWords:
    return SchemaWords(grammar, Path(schema), language)
