"""id() in libxslt, by a key: the parser does not know which attributes are ids.

It is told not to collect them (document.py), because lxml refuses a document in which an id comes
twice. The stylesheet has a key of all elements by xml:id instead, and id(X) becomes
key('teikit:id', teikit:words(X)).
"""

from lxml import etree

from teikit.schema.schematron.tokens import Token, split_xpath


def rewrite_ids(expression: str) -> str:
    """Return EXPRESSION with calls of id() as calls of key()."""
    tokens = list(split_xpath(expression))
    ends: list[bool] = []  # for each open parenthesis: whether it is one of id()
    result = []
    for index, token in enumerate(tokens):
        if token.text == "(":
            called = _is_call_of_id(tokens, index)
            ends.append(called)
            result.append("('teikit:id', teikit:words(" if called else "(")
        elif token.text == ")":
            result.append("))" if ends and ends.pop() else ")")
        elif token.text == "id" and _opens_next(tokens, index):
            result.append("key")
        else:
            result.append(token.text)
    return "".join(result)


def _opens_next(tokens: list[Token], index: int) -> bool:
    return next((t.text for t in tokens[index + 1 :] if t.kind != "space"), "") == "("


def _is_call_of_id(tokens: list[Token], index: int) -> bool:
    return next((t.text for t in reversed(tokens[:index]) if t.kind != "space"), "") == "id"


def find_words(_context: object, value: object) -> list[etree._Element]:
    """Return each word of VALUE in an element of its own: XSLT's `teikit:words(x)`."""
    if isinstance(value, list):
        texts = [node if isinstance(node, str) else "".join(node.itertext()) for node in value]
    elif isinstance(value, float) and value.is_integer():
        texts = [str(int(value))]
    else:
        texts = [str(value)]
    found = []
    for word in " ".join(texts).split():
        element = etree.Element("word")
        element.text = word
        found.append(element)
    return found
