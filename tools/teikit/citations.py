"""The references by which a text is cited, from citeStructure in its header (TEI P5, chapter 17).

@match says which elements a structure cites, @use the reference of each, @delim what stands before
it; a structure inside another goes on from there: `s3` + `.p` + `4`. Names in the expressions are
TEI's. What is no XPath 1.0 cites nothing. The older cRefPattern, which tells how to find a passage
but not what it is called, is left aside.
"""

from collections.abc import Sequence

from lxml import etree

from teikit.document import NS, TEI, Document
from teikit.schema.schematron.tokens import Token, read_words

_STRUCTURE = f"{{{TEI}}}citeStructure"
_OPERATORS = frozenset("and or div mod".split())
_OPERANDS = frozenset(") ] . .. *".split())


def find_citations(document: Document) -> dict[int, str]:
    """Return the reference of each element that the header says how to cite, by its ordinal.

    Where two structures cite an element, the first holds.
    """
    found: dict[int, str] = {}
    for refs in document.elements("refsDecl"):
        for structure in refs.iterchildren(_STRUCTURE):
            _cite(document, structure, document.root, "", found)
    return found


def _cite(
    document: Document,
    structure: etree._Element,
    base: etree._Element,
    prefix: str,
    found: dict[int, str],
) -> None:
    use = structure.get("use", "")
    evaluate = _compiled(use, structure)
    nodes = _matches(structure, base)
    if evaluate is None:
        return
    deeper = list(structure.iterchildren(_STRUCTURE))
    for number, node in enumerate(nodes, 1):
        value = _value(evaluate, node, number)
        if not value:
            continue
        reference = f"{prefix}{structure.get('delim', '') if prefix else ''}{value}"
        found.setdefault(document.ordinal(node), reference)
        for inner in deeper:
            _cite(document, inner, node, reference, found)


def _matches(structure: etree._Element, base: etree._Element) -> list[etree._Element]:
    """Return the elements that @match leads to, in the order of the document."""
    path = _compiled(structure.get("match", ""), structure)
    if path is None:
        return []
    try:
        result = path(base)
    except etree.XPathError:
        return []
    return [one for one in result if _is_element(one)] if isinstance(result, list) else []


def _is_element(node: object) -> bool:
    return isinstance(node, etree._Element) and isinstance(node.tag, str)


def _value(evaluate: etree.XPath, node: etree._Element, number: int) -> str:
    """Return the reference of one element, of which NUMBER is its place among those matched."""
    try:
        result = evaluate(node, **{"tk-position": number})
    except etree.XPathError:
        return ""
    if isinstance(result, list):
        result = result[0] if result else ""
    if isinstance(result, etree._Element):
        result = result.xpath("string()")
    if isinstance(result, float):
        result = int(result) if result.is_integer() else result
    return " ".join(str(result).split())


def _compiled(expression: str, structure: etree._Element) -> etree.XPath | None:
    """Return the expression, ready to be evaluated; None where it is no XPath 1.0."""
    prefixes = {prefix: uri for prefix, uri in structure.nsmap.items() if prefix}
    try:
        return etree.XPath(with_tei_names(expression), namespaces={**prefixes, **NS})
    except (etree.XPathError, ValueError):
        return None


def with_tei_names(expression: str) -> str:
    """Return an XPath with tei: before names of elements that have no prefix.

    position() outside of predicates becomes $tk-position: the number of the element among those
    that were matched together, which an evaluation that begins at the element cannot know.
    """
    words = read_words(expression)
    result, depth, index = [], 0, 0
    after_operand = False  # then a name is an operator
    while index < len(words):
        word = words[index]
        depth += {"[": 1, "]": -1}.get(word.text, 0)
        if not depth and [one.text for one in words[index : index + 3]] == ["position", "(", ")"]:
            result.append("$tk-position")
            index, after_operand = index + 3, True
            continue
        is_operator = after_operand and word.text in _OPERATORS
        is_test = not is_operator and _is_name_test(words, index)
        result.append(f"tei:{word.text}" if is_test else word.text)
        after_operand = not is_operator and (
            word.kind in ("name", "literal", "number") or word.text in _OPERANDS
        )
        index += 1
    return " ".join(result)


def _is_name_test(words: Sequence[Token], index: int) -> bool:
    """Return whether a name that is no operator is that of an element without a prefix."""
    word = words[index]
    before = words[index - 1].text if index else ""
    after = words[index + 1].text if index + 1 < len(words) else ""
    if word.kind != "name" or ":" in word.text or after in ("(", "::"):
        return False
    is_attribute = before == "::" and words[index - 2].text == "attribute"
    return before not in ("@", "$") and not is_attribute
