"""RELAX NG validation of one document: problems -> findings."""

from collections.abc import Iterator

from teikit.document import Document
from teikit.place import Place
from teikit.report import Finding
from teikit.schema.relaxng.errors import TooComplex
from teikit.schema.relaxng.explanation import explain
from teikit.schema.relaxng.loading import read_grammar
from teikit.schema.relaxng.moved import join_moved


def check_relaxng(
    document: Document, schema: str, folder: str = "", cache: str = ""
) -> Iterator[Finding]:
    """Yield a finding for each thing in the document that the RELAX NG file SCHEMA forbids.

    FOLDER is that of the project, and CACHE where grammars are kept (see `read_grammar`).
    Raises TeikitError where the file cannot be read or is no sound schema.
    """
    grammar = read_grammar(schema, folder, cache)
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
