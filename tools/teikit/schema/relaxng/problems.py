"""What is wrong in a document, as the validator sees it."""

from dataclasses import dataclass
from typing import Any

UNKNOWN_ELEMENT = "unknown-element"  # the schema has no element of this name
MISPLACED_ELEMENT = "misplaced-element"  # it has one, but not here
MISSING_ELEMENT = "missing-element"  # something must stand before this element
TEXT_NOT_ALLOWED = "text-not-allowed"
UNKNOWN_ATTRIBUTE = "unknown-attribute"  # the element has no attribute of this name
MISSING_ATTRIBUTE = "missing-attribute"
BAD_VALUE = "bad-value"  # of an attribute, or of an element that holds data
INCOMPLETE_CONTENT = "incomplete-content"  # the element ends too early
DUPLICATE_ID = "duplicate-id"
UNKNOWN_ID = "unknown-id"


@dataclass(frozen=True)
class Problem:
    """One mistake. Names are written "{namespace}local"."""

    kind: str
    element: Any  # the element concerned: an lxml element, or whatever start() was given
    name: str  # its name
    parent: str = ""  # the name of the element around it
    found: str = ""  # an attribute, a value, the beginning of a text
    attribute: str = ""  # the attribute whose value is bad
    expected: tuple[str, ...] = ()  # names or values that could stand there, sorted
    completing: tuple[str, ...] = ()  # of incomplete content: those that alone would complete it
    value: str = ""  # of an unknown attribute
    text_allowed: bool = False  # whether text could stand there as well
    lacking: Any = None  # the element that lacks a misplaced one (moved.py)
    meant: str = ""  # the name that was probably meant, where the element's own is the mistake
    wrapper: str = ""  # the element that should probably stand around it, and is missing
