"""A Problem in words for the scholar: what is wrong, and what may stand there instead."""

from collections.abc import Iterable, Iterator

from teikit.document import Document
from teikit.report import Finding
from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.words import SchemaWords
from teikit.schema.relaxng.words.attributes import (
    tell_bad_value,
    tell_duplicate_id,
    tell_missing_attribute,
    tell_unknown_attribute,
    tell_unknown_id,
)
from teikit.schema.relaxng.words.desk import Desk
from teikit.schema.relaxng.words.elements import tell_misplaced, tell_unknown_element
from teikit.schema.relaxng.words.lacking import tell_incomplete, tell_missing, tell_text
from teikit.schema.relaxng.words.placing import Placing
from teikit.schema.relaxng.words.usual import Usual

_MOST_EXPECTED = 50  # names that a finding carries for programs


def explain(
    document: Document, problems: Iterable[Problem], words: SchemaWords
) -> Iterator[Finding]:
    """Yield the finding for each problem, placed at the element, attribute or text it is about."""
    desk, placing = Desk(document, words, Usual(document)), Placing(document)
    for problem in problems:
        told = _WORDS[problem.kind](desk, problem)
        element = problem.element
        if problem.kind == kinds.MISSING_ELEMENT and problem.found:
            misfit = desk.row(element).first_misfit(problem.found)
            element = element if misfit is None else misfit
        yield Finding(
            placing.place_of(problem, element),
            f"relaxng:{problem.kind}",
            told.message,
            hint=told.hint,
            expected=told.expected[:_MOST_EXPECTED],
            ordinal=document.ordinal(element),
            gloss=told.gloss,
            groups=told.groups,
        )


_WORDS = {
    kinds.UNKNOWN_ELEMENT: tell_unknown_element,
    kinds.MISPLACED_ELEMENT: tell_misplaced,
    kinds.MISSING_ELEMENT: tell_missing,
    kinds.TEXT_NOT_ALLOWED: tell_text,
    kinds.UNKNOWN_ATTRIBUTE: tell_unknown_attribute,
    kinds.MISSING_ATTRIBUTE: tell_missing_attribute,
    kinds.BAD_VALUE: tell_bad_value,
    kinds.INCOMPLETE_CONTENT: tell_incomplete,
    kinds.DUPLICATE_ID: tell_duplicate_id,
    kinds.UNKNOWN_ID: tell_unknown_id,
}
