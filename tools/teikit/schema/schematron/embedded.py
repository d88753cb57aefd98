"""Schematron that stands inside a RELAX NG schema or an ODD -> one Schematron schema.

In RELAX NG it stands anywhere: patterns, rules without a pattern, assertions without a rule, which
are then about the element that is defined around them. In an ODD it stands in constraintSpec; the
compiler of ODDs writes the schema, from this ODD alone. Which elements are members of a TEI class
is then unknown; `teikit odd compile` knows it.
"""

from collections.abc import Iterator
from copy import deepcopy
from urllib.parse import urljoin

from lxml import etree

from teikit.document import TEI
from teikit.schema.odd.customisation import Customisation, read_customisation
from teikit.schema.odd.errors import OddError, Remarks
from teikit.schema.odd.reading import kind, tei
from teikit.schema.odd.schema import Schema
from teikit.schema.odd.schematron import render_schematron
from teikit.schema.odd.specs import Spec, read_spec
from teikit.schema.schematron.includes import Reader, read_xml
from teikit.schema.schematron.values import SCH, XSL, BadRules

RNG = "http://relaxng.org/ns/structure/1.0"
_S = f"{{{SCH}}}"
_MOST_FILES = 200
_WHOLE = ("pattern", "group", "phase", "diagnostics", "ns", "let")


def find_in_relaxng(root: etree._Element, name: str, read: Reader, base: str) -> etree._Element:
    """Return the Schematron schema of the rules inside the RELAX NG schema ROOT, which is at BASE.

    READ reads the grammars it includes. The query language is that of TEI's schemas, XPath 2,
    unless @queryBinding says otherwise.
    """
    found = _new_schema(root.get("queryBinding", "xslt2"))
    prefixes = {"tei": TEI}
    files: dict[str, etree._Element] = {base: root}
    _include(root, base, read, files)
    wanted = (f"{_S}*", f"{{{XSL}}}key", f"{{{XSL}}}function")
    for element in (element for file in files.values() for element in file.iter(*wanted)):
        prefixes |= {key: uri for key, uri in element.nsmap.items() if key and key != "xml"}
        parent = element.getparent()
        if parent is not None and parent.tag.startswith((_S, f"{{{XSL}}}")):
            continue
        local = etree.QName(element).localname
        if local == "rule":
            etree.SubElement(found, f"{_S}pattern").append(_copy(element))
        elif local in ("assert", "report"):
            rule = _rule_about(element, prefixes)
            etree.SubElement(found, f"{_S}pattern").append(rule)
        elif local in (*_WHOLE, "key", "function"):
            found.append(_copy(element))
    if not any(True for _ in found.iter(f"{_S}assert", f"{_S}report")):
        raise BadRules(f"{name}: there is no Schematron in this RELAX NG schema")
    declared = {ns.get("prefix") for ns in found.iter(f"{_S}ns")}
    for prefix, uri in sorted(prefixes.items()):
        if prefix not in declared:
            etree.SubElement(found, f"{_S}ns", prefix=prefix, uri=uri)
    return found


def _include(
    root: etree._Element, base: str, read: Reader, files: dict[str, etree._Element]
) -> None:
    """Add to FILES what the grammar ROOT includes, each file once."""
    for element in root.iter(f"{{{RNG}}}include", f"{{{RNG}}}externalRef"):
        uri = urljoin(base, element.get("href", ""))
        if uri in files or len(files) > _MOST_FILES:
            continue
        files[uri] = read_xml(read(uri), uri.rpartition("/")[2])
        _include(files[uri], uri, read, files)


def _rule_about(assertion: etree._Element, prefixes: dict[str, str]) -> etree._Element:
    """Return a rule with ASSERTION about the element that is defined around it."""
    rule = etree.Element(f"{_S}rule")
    rule.append(_copy(assertion))
    element = next(assertion.iterancestors(f"{{{RNG}}}element"), None)
    name = element.get("name", "").strip() if element is not None else ""
    if name and ":" not in name:
        uri = next((e.get("ns") for e in (element, *element.iterancestors()) if e.get("ns")), "")
        prefix = next((key for key, known in prefixes.items() if known == uri), "")
        if uri and not prefix:
            prefix = f"ns{len(prefixes)}"
            prefixes[prefix] = uri
        name = f"{prefix}:{name}" if prefix else name
    if name:
        rule.set("context", name)
    return rule


def find_in_odd(data: bytes, name: str) -> etree._Element:
    """Return the Schematron schema of the rules in the ODD in DATA."""
    try:
        remarks = Remarks(name, lenient=True)
        custom = read_customisation(data, remarks)
        specs = [read_spec(node, glosses=False) for node in custom.specs]
        schema = Schema(
            ident=custom.ident,
            start=(),
            namespace=custom.namespace,
            exceptions=(),
            elements=_of_kind(specs, "element"),
            classes=_of_kind(specs, "class"),
            macros=_of_kind(specs, "macro"),
            datatypes=_of_kind(specs, "datatype"),
        )
        unplaced = list(_take_unplaced(custom, schema))
        found = read_xml(render_schematron(schema, custom, "", remarks), name)
    except OddError as problem:
        raise BadRules(str(problem)) from problem
    for ident in unplaced:  # a rule without context: reading it notes that it cannot be run
        pattern = etree.SubElement(found, f"{_S}pattern", id=ident)
        etree.SubElement(pattern, f"{_S}rule")
    return found


def _take_unplaced(custom: Customisation, schema: Schema) -> Iterator[str]:
    """Take out the constraints of classes without known members, and yield their names."""
    for node in custom.specs:
        if kind(node) != "classSpec" or schema.member_elements(node.get("ident", "")):
            continue
        for constraint in list(node.iter(tei("constraintSpec"))):
            rules = list(constraint.iter(f"{_S}rule"))
            if not rules or any(not rule.get("context") for rule in rules):
                constraint.getparent().remove(constraint)
                yield constraint.get("ident", "")


def _of_kind(specs: list[Spec], wanted: str) -> dict[str, Spec]:
    return {spec.ident: spec for spec in specs if spec.kind == wanted and spec.mode != "delete"}


def _new_schema(binding: str) -> etree._Element:
    return etree.Element(f"{_S}schema", nsmap={"sch": SCH}, queryBinding=binding)


def _copy(element: etree._Element) -> etree._Element:
    copy = deepcopy(element)
    copy.tail = None
    return copy
