"""Whether an expression is XPath 1.0, which every Schematron processor can run."""

import re

from lxml import etree

_LITERAL = re.compile(r""""[^"]*"|'[^']*'""")
_CALL = re.compile(r"(?<![\w.\-])([A-Za-z_][\w.\-]*(?::[A-Za-z_][\w.\-]*)?)\s*\(")
_FUNCTIONS = (
    # XPath 1.0, its node tests, and what XSLT 1.0 adds
    "last position count id local-name namespace-uri name string concat starts-with contains "
    "substring-before substring-after substring string-length normalize-space translate boolean "
    "not true false lang number sum floor ceiling round "
    "node text comment processing-instruction "
    "document key format-number current generate-id system-property element-available "
    "function-available unparsed-entity-uri "
    # operators that may stand before a parenthesis
    "and or div mod"
)


def is_xpath1(expression: str) -> bool:
    """Say whether EXPRESSION can be read as XPath 1.0 and calls no function of later versions."""
    try:
        etree.XPath(expression)
    except etree.XPathSyntaxError:
        return False
    calls = _CALL.findall(_LITERAL.sub("''", expression))
    return all(call in _FUNCTIONS.split() for call in calls)
