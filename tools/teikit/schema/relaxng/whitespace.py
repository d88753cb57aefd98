"""Where white space is no text: the elements whose content is, by the grammar, elements only."""

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from teikit.schema.relaxng.automaton import Opening
from teikit.schema.relaxng.grammar import Grammar
from teikit.schema.relaxng.validator import ElementContext, Validation

_WHITE = " \t\r\n"
_EVENTS = ("start", "end", "comment", "pi")


def find_element_only(grammar: Grammar, tree: etree._ElementTree) -> Iterator[bool | None]:
    """Yield for each element, in document order, whether its content is elements only.

    That is said of the element in its place, since a grammar may have several elements of one
    name. False: there is a reading of the document by which text, or a value, may stand in it.
    None: the grammar has no such element in this place. Raises TooComplex as `validate` does.
    """
    context = ElementContext()
    walk = _Walk(grammar.automaton, context)
    text = ""
    for event, node in etree.iterwalk(tree, events=_EVENTS):
        if event == "start":
            if text and text.strip(_WHITE):
                walk.text(text)
            context.element = node
            walk.start(node.tag, node.items(), node)
            yield walk.is_element_only
            text = node.text
        elif event == "end":
            context.element = node
            walk.end(text or "")
            text = node.tail
        elif node.tail and walk.open:
            text = (text or "") + node.tail
        walk.problems.clear()


class _Walk(Validation):
    """A validation that knows of the element it went into last what may stand in it."""

    is_element_only: bool | None = None

    def start(
        self,
        name: str,
        attributes: Iterable[tuple[str, str]],
        element: Any = None,
        opening: Opening | None = None,
    ) -> None:
        is_known = self.automaton.open(self.state, name) is not None
        super().start(name, attributes, element, opening)
        self.is_element_only = (
            not any(pattern.has_text or pattern.has_data for pattern in self.state.patterns)
            if is_known
            else None
        )
