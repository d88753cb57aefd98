"""The names that a customisation uses: each must be defined, in the TEI or in the ODD itself."""

from collections.abc import Iterator

from lxml import etree

from teikit.schema.odd.customisation import Customisation
from teikit.schema.odd.errors import Remarks
from teikit.schema.odd.reading import kind, tei
from teikit.schema.odd.schema import Schema
from teikit.schema.odd.source import Source
from teikit.schema.odd.specs import KINDS, Spec, read_spec

_WHAT = {
    "elementRef": "element",
    "classRef": "class",
    "macroRef": "macro",
    "dataRef": "datatype",
    "memberOf": "class",
}


def check_customisation(
    custom: Customisation, source: Source, schema: Schema, remarks: Remarks
) -> None:
    """Raise OddError where CUSTOM uses a name that nobody defines; warn of what has no effect."""
    known = _known_names(custom, source)
    for node in custom.specs:
        _check_references(node, known, schema, remarks)
        spec = schema.of(KINDS[kind(node)]).get(node.get("ident", ""))
        if spec is not None and node.get("mode") == "change":
            _check_attributes(node, spec, source, schema, remarks)


def _known_names(custom: Customisation, source: Source) -> dict[str, set[str]]:
    known = {what: set(nodes) for what, nodes in source.nodes.items()}
    for node in custom.specs:
        known[KINDS[kind(node)]].add(node.get("ident", ""))
    return known


def _check_references(
    spec: etree._Element, known: dict[str, set[str]], schema: Schema, remarks: Remarks
) -> None:
    for node in _references(spec):
        key = node.get("key") or node.get("class", "")
        what = _WHAT.get(kind(node), "class")
        if key not in known[what]:
            remarks.missing(node, remarks.unknown(node, what, key, known[what]))
            continue
        leaving = spec.get("mode") == "delete" or node.get("mode") == "delete"
        if not leaving and not schema.has(what, key):
            text = f"{spec.get('ident')} refers to the {what} {key}, which is not in this schema"
            remarks.warn(node, text)


def _references(spec: etree._Element) -> Iterator[etree._Element]:
    """Yield what refers to another specification by name, anywhere in SPEC."""
    for node in spec.iter(*map(tei, _WHAT), tei("attRef")):
        if node.get("key") is not None or kind(node) == "attRef":
            yield node
        elif kind(node) != "dataRef":
            yield node  # a key forgotten is a name that nobody defines


def _check_attributes(
    node: etree._Element, spec: Spec, source: Source, schema: Schema, remarks: Remarks
) -> None:
    """Raise where NODE changes an attribute that SPEC never had; warn where it has it no more."""
    known: set[str] | None = None
    for attribute in read_spec(node, glosses=False).attributes.definitions():
        if attribute.mode not in ("change", "delete"):
            continue
        if attribute.mode == "change" and schema.attribute(spec, attribute.ident) is not None:
            continue
        if known is None:
            before = source.find(spec.kind, spec.ident)
            known = source.attribute_names(before) if before else set()
            known |= {a.ident for a in spec.attributes.definitions() if a.mode != "change"}
            known |= set(_inherited_names(spec, schema))
        if attribute.ident not in known and attribute.mode == "change":
            where = f"attribute of {spec.ident} called"
            error = remarks.unknown(attribute.node, where, attribute.ident, sorted(known))
            remarks.missing(attribute.node, error)
        elif attribute.ident not in known:
            remarks.warn(attribute.node, f"{spec.ident} had no attribute {attribute.ident}")
        elif attribute.mode == "change":
            text = f"no effect: {spec.ident} has no attribute {attribute.ident} in this schema"
            remarks.warn(attribute.node, text)


def _inherited_names(spec: Spec, schema: Schema, above: tuple[str, ...] = ()) -> Iterator[str]:
    for parent in schema.attribute_classes(spec):
        if parent.ident not in above:
            yield from (attribute.ident for attribute in parent.attributes.definitions())
            yield from (reference.ident for reference in parent.attributes.references())
            yield from _inherited_names(parent, schema, (*above, parent.ident))
