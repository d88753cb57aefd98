"""Regular expressions of XML Schema (part 2, appendix F), matched without backtracking."""

from teikit.schema.relaxng.regex.matcher import Matcher
from teikit.schema.relaxng.regex.syntax import BadPattern, parse_pattern

__all__ = ["BadPattern", "Matcher", "compile_pattern"]


def compile_pattern(text: str) -> Matcher:
    """Return what matches the expression; raise BadPattern where it is none."""
    return Matcher(*parse_pattern(text))
