"""Our RELAX NG engine: schemas in both syntaxes, validation by derivatives, in pure Python.

    grammar = load_grammar(Path("tei_all.rng"))
    for problem in grammar.validate(tree):
        ...

The way of a schema: `xmlsyntax` or `compact` read it, `simplify` follows its names and files,
`patterns` keeps what remains, `restrictions` says whether it may be so. The way of a document:
`validator` walks through it from state to state of `automaton`, which asks `derivatives` what
each start tag, attribute and text leaves of a pattern. What does not fit is read in several ways
(`readings`, by steps of `recovery`); `lookahead` takes the one after which least else is wrong.
`cache` writes a grammar down as data.
"""

from teikit.schema.relaxng.errors import BadGrammar, Position, TooComplex
from teikit.schema.relaxng.grammar import Grammar, load_grammar
from teikit.schema.relaxng.moved import join_moved
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.resolving import folder_resolver

__all__ = [
    "BadGrammar",
    "Grammar",
    "Position",
    "Problem",
    "TooComplex",
    "folder_resolver",
    "join_moved",
    "load_grammar",
]
