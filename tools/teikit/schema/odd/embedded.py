"""RELAX NG that an ODD embeds in a content model or a datatype (older ODDs do)."""

from collections.abc import Callable

from lxml import etree

from teikit.schema.odd.errors import Remarks
from teikit.schema.odd.patterns import Pattern, make
from teikit.schema.odd.reading import RNG

# Patterns that are nothing without what they hold: they vanish with it.
_CONTAINERS = "group interleave choice optional zeroOrMore oneOrMore list mixed"
_OTHERS = "element attribute text empty notAllowed value data param except name anyName nsName"


def embedded_pattern(
    node: etree._Element, named: Callable[[str], Pattern | None], remarks: Remarks
) -> Pattern | None:
    """Return the pattern at NODE, references resolved by NAMED; None where it vanishes."""
    name = etree.QName(node).localname
    if name == "ref":
        return named(node.get("name", ""))
    if name not in f"{_CONTAINERS} {_OTHERS}".split():
        # grammar, externalRef, include: another grammar, perhaps another file; nothing is fetched
        raise remarks.error(node, f"rng:{name} is not supported in an ODD")
    parts = [
        embedded_pattern(child, named, remarks)
        for child in node
        if isinstance(child.tag, str) and child.tag.startswith(f"{{{RNG}}}")
    ]
    left = [part for part in parts if part is not None]
    if name in _CONTAINERS.split() and not left:
        return None
    if name == "choice" and len(left) == 1:
        return left[0]
    if name == "element" and len(left) == (0 if node.get("name") else 1):
        left.append(make("empty"))
    pattern = make(name, *left, **_attributes(node))
    if not left:
        pattern.text = node.text
    return pattern


def _attributes(node: etree._Element) -> dict[str, str]:
    """Return the attributes of RELAX NG at NODE; a prefix in a name becomes a namespace."""
    attributes = {key: val for key, val in node.attrib.items() if not key.startswith("{")}
    prefix, colon, local = attributes.get("name", "").partition(":")
    if colon and prefix in node.nsmap and prefix != "xml":
        attributes |= {"name": local, "ns": node.nsmap[prefix]}
    return attributes
