"""What no rule may do: read a file or the network, see the environment, make code of data.

Every function that an expression calls or names must be known to be harmless; one that nobody
knows is a mistake, one that leads out is refused. What is looked up only when it runs
(function-lookup, transform, xsl:evaluate, dynamic XQuery) is refused as such. Saxon is closed
by its own configuration besides (saxon.py): this is what gives a message, that is the lock.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from teikit.schema.schematron.tokens import find_calls
from teikit.schema.schematron.values import XSL

_FN = "http://www.w3.org/2005/xpath-functions"
_XS = "http://www.w3.org/2001/XMLSchema"
PREFIXES = {  # may be used without a declaration, as XSLT processors of Schematron allow
    "fn": _FN,
    "xs": _XS,
    "math": f"{_FN}/math",
    "map": f"{_FN}/map",
    "array": f"{_FN}/array",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_HARMLESS_SPACES = (_XS, PREFIXES["math"], PREFIXES["map"], PREFIXES["array"])
_CLOSED = frozenset(
    "doc doc-available document collection uri-collection unparsed-text unparsed-text-lines "
    "unparsed-text-available unparsed-binary json-doc csv-doc html-doc environment-variable "
    "available-environment-variables system-property available-system-properties transform "
    "load-xquery-module function-lookup stream-available parse-xml parse-xml-fragment parse-html "
    "invisible-xml evaluate put current-output-uri static-base-uri xsd-validator".split()
)
_HARMLESS = frozenset(
    # XPath 1.0 and what looks like a call
    "last position count id local-name namespace-uri name string concat starts-with contains "
    "substring-before substring-after substring string-length normalize-space translate boolean "
    "not true false lang number sum floor ceiling round current key generate-id format-number "
    "element-available function-available type-available unparsed-entity-uri "
    "unparsed-entity-public-id node text comment processing-instruction and or div mod "
    # XPath 2.0 to 3.1
    "if for some every return satisfies in then else let to eq ne lt le gt ge is idiv union "
    "intersect except instance treat castable cast of as function item element attribute "
    "document-node schema-element schema-attribute namespace-node empty-sequence map array "
    "abs adjust-date-to-timezone adjust-dateTime-to-timezone adjust-time-to-timezone "
    "analyze-string apply avg base-uri codepoint-equal codepoints-to-string collation-key compare "
    "contains-token copy-of current-date current-dateTime current-group current-grouping-key "
    "current-time data dateTime day-from-date day-from-dateTime days-from-duration deep-equal "
    "default-collation default-language distinct-values document-uri element-with-id empty "
    "encode-for-uri ends-with error escape-html-uri exactly-one exists filter fold-left fold-right "
    "for-each for-each-pair format-date format-dateTime format-integer format-time function-arity "
    "function-name generate-id has-children head hours-from-dateTime hours-from-duration "
    "hours-from-time idref implicit-timezone in-scope-prefixes index-of innermost insert-before "
    "iri-to-uri json-to-xml local-name-from-QName lower-case matches max min minutes-from-dateTime "
    "minutes-from-duration minutes-from-time month-from-date month-from-dateTime "
    "months-from-duration namespace-uri-for-prefix namespace-uri-from-QName nilled node-name "
    "normalize-unicode one-or-more outermost parse-ietf-date parse-json path prefix-from-QName "
    "QName random-number-generator regex-group remove replace resolve-QName resolve-uri reverse "
    "root round-half-to-even seconds-from-dateTime seconds-from-duration seconds-from-time "
    "serialize snapshot sort string-join string-to-codepoints subsequence tail timezone-from-date "
    "timezone-from-dateTime timezone-from-time tokenize trace unordered upper-case xml-to-json "
    "year-from-date year-from-dateTime years-from-duration zero-or-one".split()
)
# what may stand in an xsl:function
_INSTRUCTIONS = frozenset(
    "param sequence variable value-of text choose when otherwise if for-each for-each-group sort "
    "perform-sort copy copy-of number analyze-string matching-substring non-matching-substring "
    "element attribute comment iterate next-iteration break on-completion with-param map "
    "map-entry where-populated on-empty on-non-empty try catch".split()
)
_EXPRESSIONS = frozenset(
    "select test match use group-by group-adjacent group-starting-with group-ending-with".split()
)
_CALL = re.compile(r"((?:[^\W\d][\w.\-]*:)?[^\W\d][\w.\-]*)\s*[(#]")


Names = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Refusal:
    """Why an expression is not run: `closed` where it leads out, else a mistake in it."""

    closed: bool
    reason: str


def find_refusal(
    expressions: Iterable[str], namespaces: Mapping[str, str], functions: Names
) -> Refusal | None:
    """Return why the first of EXPRESSIONS that may not run may not, None where all may.

    `functions` are the (URI, name) of the schema's own xsl:function elements.
    """
    for expression in expressions:
        for uri, name in find_calls(expression):
            refusal = _judge(uri, name, namespaces, functions)
            if refusal:
                return refusal
    return None


def _judge(uri: str, name: str, namespaces: Mapping[str, str], functions: Names) -> Refusal | None:
    prefix, _, local = name.rpartition(":")
    space = uri or (namespaces.get(prefix) or PREFIXES.get(prefix, "?") if prefix else _FN)
    if space in _HARMLESS_SPACES or (space != _FN and (space, local) in functions):
        return None
    if local in _CLOSED:
        return Refusal(True, f"it calls {name}(), which leads out of the document")
    if space != _FN:
        return Refusal(True, f"it calls {name}(), a function that is no part of XPath")
    if local not in _HARMLESS:
        return Refusal(False, f"there is no function {name}()")
    return None


def find_refusal_in(element: etree._Element, functions: Names) -> Refusal | None:
    """Return why an xsl:key or the code of an xsl:function may not run, None where it may."""
    for node in element.iter(etree.Element):
        space, _, local = node.tag.rpartition("}")
        if node is not element and space == f"{{{XSL}" and local not in _INSTRUCTIONS:
            return Refusal(True, f"it uses xsl:{local}, which a rule may not")
        namespaces = {prefix: uri for prefix, uri in node.nsmap.items() if prefix}
        for name, value in node.attrib.items():
            refusal = _judge_attribute(name, value, namespaces, functions)
            if refusal:
                return refusal
    return None


def _judge_attribute(
    name: str, value: str, namespaces: Mapping[str, str], functions: Names
) -> Refusal | None:
    local = name.rpartition("}")[2]
    forbidden = ("use-when", "expand-text", "extension-element-prefixes", "default-collation")
    if local.startswith("_") or local in forbidden:
        return Refusal(True, f"it uses @{local}, which a rule may not")
    if local in _EXPRESSIONS:
        return find_refusal([value], namespaces, functions)
    if "{" not in value:
        return None
    # between the braces of a template quotes may be anything: every name before a parenthesis
    if "Q{" in value:
        return Refusal(True, f"it has a name with Q{{...}} in @{local}, which a rule may not")
    for call in _CALL.findall(value):
        refusal = _judge("", call, namespaces, functions)
        if refusal:
            return refusal
    return None
