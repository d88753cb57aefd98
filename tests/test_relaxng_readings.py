"""What is told where the validator read an element as something else than it is called."""

import pytest

from teikit.document import TEI
from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.explanation import explain
from teikit.schema.relaxng.grammar import load_grammar
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.words import SchemaWords

SCHEMA = """
default namespace = "http://www.tei-c.org/ns/1.0"
start = element TEI { element teiHeader { empty }, element text { element body { block* } } }
block = p | lg | quote
p = element p { text }
lg = element lg { element l { text }+ }
quote = element quote { p* }
"""
READINGS = [
    (
        "<quote><l/></quote>",
        {"found": "l", "meant": "lg"},
        "quote must not hold l",
        "Did you mean lg?",
    ),
    (
        "<quote><l/></quote>",
        {"found": "l"},
        "quote must not hold l",
        "Take the tags of quote away, or move the l out of it.",
    ),
    (
        "<quote/><p/>",
        {"found": "p"},
        "quote must not stand before p in body",
        "Either the quote or the p is in the wrong place.",
    ),
    ("<quote>a</quote>", {"meant": "p"}, "quote does not fit what stands in it", "Did you mean p?"),
]


@pytest.mark.parametrize(("body", "details", "message", "hint"), READINGS)
def test_an_element_that_does_not_fit_what_is_beside_it_is_told(
    tei, schema_file, body, details, message, hint
):
    path = schema_file(SCHEMA)
    document, names = tei(body), {key: f"{{{TEI}}}{name}" for key, name in details.items()}
    element = next(document.root.iter(f"{{{TEI}}}quote"))
    problem = Problem(
        kinds.MISPLACED_ELEMENT, element, element.tag, element.getparent().tag, **names
    )
    (found,) = explain(document, [problem], SchemaWords(load_grammar(path), path))
    assert (found.message, found.hint) == (message, hint)


def test_an_element_that_belongs_into_the_one_before_it_is_told(tei, schema_file):
    path = schema_file(SCHEMA)
    document = tei("<lg/><l/>")
    lg, line = (next(document.root.iter(f"{{{TEI}}}{name}")) for name in ("lg", "l"))
    problem = Problem(
        kinds.MISPLACED_ELEMENT, line, line.tag, line.getparent().tag, expected=("p",), lacking=lg
    )
    (found,) = explain(document, [problem], SchemaWords(load_grammar(path), path))
    assert found.hint == "It belongs into the lg before it: move the end tag </lg> behind it."
