"""Putting nodes into a tree in the place of an xi:include, and what they keep of their own file."""

import copy
from collections.abc import Sequence

from lxml import etree

from teikit.addresses import Address
from teikit.bases import XML_BASE, base_of, write_base
from teikit.document import BASE, INCLUDED_AT, OURS, XML, XML_ID, XML_LANG
from teikit.xinclude.names import MISSING, XI
from teikit.xinclude.requests import Request

TAIL = f"{{{OURS}}}tail"  # on an included element, while at work: where its tail stands
_LOCAL = "http://www.w3.org/2001/XInclude/local-attributes"
Node = etree._Element | str


def copy_nodes(
    nodes: Sequence[Node], include: etree._Element, request: Request, path: str, mark: str
) -> list[Node]:
    """Return copies of the nodes, made ready to stand in the place of the xi:include.

    MARK says where the xi:include stands.
    """
    copies: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            copies.append(node)
            continue
        one = copy.copy(node)
        one.tail = None
        copies.append(one)
        if isinstance(node.tag, str):
            above = node.getparent()
            base = Address(path) if above is None else base_of(above, path)
            _carry(one, include, base, mark)
            language = _language_of(node)
            if language is not None and language != _language_of(include.getparent()):
                one.set(XML_LANG, language)
            _copy_attributes(include, one, request)
    return copies


def fallback_nodes(fallback: etree._Element, path: str) -> list[Node]:
    """Return the content of the xi:fallback, made ready to stand for its xi:include."""
    include = fallback.getparent()
    has_base = any(one.get(name) for one in (include, fallback) for name in (BASE, XML_BASE))
    base = base_of(fallback, path) if has_base else None
    for child in fallback:
        if isinstance(child.tag, str):
            _carry(child, include, base, "")
    return [*([fallback.text] if fallback.text else []), *fallback]


def _carry(element: etree._Element, include: etree._Element, base: Address | None, mark: str):
    """Note on the element what its xi:include knew, and the address it has itself."""
    marks = f"{include.get(INCLUDED_AT, '')} {mark}".strip()
    if marks:
        element.set(INCLUDED_AT, marks)
    if base is not None:
        element.set(BASE, write_base(base))


def splice(include: etree._Element, nodes: Sequence[Node]) -> None:
    """Put the nodes in the place of the xi:include, which has a parent."""
    for node in nodes:
        if isinstance(node, str):
            _add_text(include, node)
        else:
            include.addprevious(node)
    tail, include.tail = include.tail, None
    if tail:
        _add_text(include, tail)
    include.getparent().remove(include)


def missing_part(include: etree._Element) -> etree._ProcessingInstruction:
    """Return what stands where a part is missing: schemas do not see it, renderings can show it."""
    href = " ".join(include.get("href", "").split())
    return etree.ProcessingInstruction(MISSING, href.replace("?>", "?"))


def new_root(old: etree._Element, nodes: Sequence[Node]) -> etree._Element | None:
    """Return the one element among the nodes, with the prolog of OLD, or None where not one."""
    elements = [node for node in nodes if not isinstance(node, str) and isinstance(node.tag, str)]
    if len(elements) != 1 or any(isinstance(node, str) and node.strip() for node in nodes):
        return None
    root = copy.copy(elements[0])
    root.tail = None
    at = root
    for sibling in old.itersiblings(preceding=True):
        one = copy.copy(sibling)
        at.addprevious(one)
        at = one
    return root


def _add_text(before: etree._Element, text: str) -> None:
    previous = before.getprevious()
    if previous is None:
        parent = before.getparent()
        parent.text = (parent.text or "") + text
    else:
        previous.tail = (previous.tail or "") + text


def _language_of(element: etree._Element | None) -> str | None:
    while element is not None:
        if element.get(XML_LANG) is not None:
            return element.get(XML_LANG)
        element = element.getparent()
    return None


def _copy_attributes(include: etree._Element, element: etree._Element, request: Request) -> None:
    """Set what the xi:include gives to the included element (XInclude 1.1, attribute copying)."""
    for name, value in include.items():
        namespace, _, local = name[1:].rpartition("}") if name[0] == "{" else ("", "", name)
        if namespace == _LOCAL:
            element.set(local, value)
        elif namespace not in ("", XI, XML, OURS):
            element.set(name, value)
    if request.new_id:
        element.set(XML_ID, request.new_id)
    elif request.new_id is not None:
        element.attrib.pop(XML_ID, None)
