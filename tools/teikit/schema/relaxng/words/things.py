"""What stands in a parent, in its order, and what its element may hold from the beginning."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from teikit.schema.relaxng.automaton import State
from teikit.schema.relaxng.derivatives import Derivatives
from teikit.schema.relaxng.recovery import TEXT, RecoveringAutomaton


@dataclass(frozen=True)
class Thing:
    """A child element, or text between child elements."""

    name: str  # TEXT for text
    element: etree._Element | None = None
    text: str = ""


def content_of(automaton: RecoveringAutomaton, name: str, attributes: bool = False) -> State | None:
    """Return the state at the beginning of what is in an element.

    With ATTRIBUTES, None where it must have some.
    """
    contents = [pattern.content for pattern in automaton.declared.get(name, ())]
    derivatives: Derivatives = automaton.derivatives
    if attributes:
        closed = map(derivatives.close_start_tag, contents)
        contents = [one for one in closed if one is not automaton.pool.not_allowed]
        return automaton.state(tuple(contents)) if contents else None
    return automaton.state(tuple(map(derivatives.forgive_attributes, contents)))


def things_in(parent: etree._Element) -> Iterator[Thing]:
    """Yield the children of an element, and the texts between them."""
    text = parent.text or ""
    for child in parent:
        if isinstance(child.tag, str):
            if text.strip():
                yield Thing(TEXT, None, " ".join(text.split()))
            yield Thing(child.tag, child)
            text = ""
        text += child.tail or ""
    if text.strip():
        yield Thing(TEXT, None, " ".join(text.split()))
