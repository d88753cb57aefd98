"""The rules of the customisation (constraintSpec) as one ISO Schematron schema.

Only its own: those of the TEI are the TEI's. Each rule stands in a pattern of its own, as the
TEI's processor has it, so that no rule keeps another one from being tried; who wants that writes
sch:pattern. A pattern is called after its constraintSpec.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from teikit.schema.odd.customisation import Customisation
from teikit.schema.odd.errors import Remarks
from teikit.schema.odd.reading import SCH, TEI, kind, tei
from teikit.schema.odd.relaxng import attribution
from teikit.schema.odd.schema import Schema
from teikit.schema.odd.specs import KINDS, Spec
from teikit.schema.odd.xpath import is_xpath1

_EXPRESSIONS = {
    "rule": ("context", "subject"),
    "assert": ("test", "subject"),
    "report": ("test", "subject"),
    "let": ("value",),
    "value-of": ("select",),
    "name": ("path",),
}
_BARE = ("assert", "report", "let", "extends")


def render_schematron(
    schema: Schema, custom: Customisation, version: str, remarks: Remarks
) -> bytes:
    """Return the Schematron schema with the rules of CUSTOM that apply to SCHEMA."""
    writer = _Rules(schema, custom, remarks, {"tei": TEI})
    for constraint in _constraints(custom, schema):
        writer.add(constraint)
    root = etree.Element(_sch("schema"), nsmap={"sch": SCH})
    for prefix, uri in writer.prefixes.items():
        etree.SubElement(root, _sch("ns"), prefix=prefix, uri=uri)
    root.extend([*writer.phases, *writer.globals, *writer.patterns])
    if writer.diagnostics:
        etree.SubElement(root, _sch("diagnostics")).extend(writer.diagnostics)
    root.set("queryBinding", writer.binding(root))
    etree.cleanup_namespaces(root, top_nsmap={"sch": SCH})
    _indent(root)
    text = etree.tostring(root, encoding="unicode")
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<!--\n{attribution(schema, version)}-->\n'
    return f"{head}{text}\n".encode()


def _constraints(custom: Customisation, schema: Schema) -> Iterator[etree._Element]:
    """Yield each Schematron constraintSpec of what is in the schema, in the order of the ODD."""
    yield from filter(_wanted, custom.constraints)
    for node in custom.specs:
        there = schema.of(KINDS[kind(node)])
        if node.get("mode") != "delete" and node.get("ident") in there:
            yield from filter(_wanted, node.iter(tei("constraintSpec")))


def _wanted(node: etree._Element) -> bool:
    scheme = node.get("scheme", "schematron")
    return node.get("mode") != "delete" and scheme in ("schematron", "isoschematron")


@dataclass(frozen=True, eq=False)
class _Rules:
    """Collects what goes into the schema."""

    schema: Schema
    custom: Customisation
    remarks: Remarks
    prefixes: dict[str, str]
    phases: list[etree._Element] = field(default_factory=list)
    globals: list[etree._Element] = field(default_factory=list)  # xsl:key, schema-wide let
    patterns: list[etree._Element] = field(default_factory=list)
    diagnostics: list[etree._Element] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def add(self, node: etree._Element) -> None:
        """Take in one constraintSpec."""
        if not node.get("ident"):
            raise self.remarks.error(node, "this constraintSpec has no ident")
        for namespace in node.iter(_sch("ns")):
            self._declare(namespace)
        children = [child for part in node.findall(tei("constraint")) for child in part]
        rules = [child for child in children if child.tag == _sch("rule")]
        bare = [child for child in children if _name(child) in _BARE]
        tests = [child for child in bare if _name(child) in ("assert", "report")]
        for child in children:
            self._set_aside(child, bool(tests))
        if tests:
            rules.insert(0, self._wrapped(node, bare))
        if any(rule.get("abstract") == "true" for rule in rules):
            self._pattern(node, rules)  # abstract rules are known in their own pattern only
        else:
            for rule in rules:
                self._pattern(node, [rule])

    def _set_aside(self, child: etree._Element, wrapped: bool) -> None:
        """Put in its place what is no rule."""
        name = _name(child)
        if name == "pattern":
            copy = _copy(child)
            copy.set("id", self._id(child.get("id") or _owner_ident(child, "constraintSpec")))
            for rule in copy.iter(_sch("rule")):
                self._complete(rule, child)
            self.patterns.append(copy)
        elif name == "phase":
            self.phases.append(_copy(child))
        elif name == "diagnostics":
            self.diagnostics.extend(_copy(inner) for inner in child)
        elif name == "diagnostic":
            self.diagnostics.append(_copy(child))
        elif (name == "let" and not wrapped) or (not name and not kind(child)):
            self.globals.append(_copy(child))

    def _pattern(self, node: etree._Element, rules: list[etree._Element]) -> None:
        pattern = etree.Element(_sch("pattern"), id=self._id(node.get("ident", "")))
        for rule in rules:
            copy = _copy(rule)
            self._complete(copy, node)
            pattern.append(copy)
        self.patterns.append(pattern)

    def _wrapped(self, node: etree._Element, bare: list[etree._Element]) -> etree._Element:
        """Return a rule around assertions that stand alone."""
        rule = etree.Element(_sch("rule"))
        rule.extend([_copy(child) for child in bare])
        return rule

    def _complete(self, rule: etree._Element, original: etree._Element) -> None:
        """Give RULE the context that its place in the ODD implies, if it has none."""
        if rule.get("context") or rule.get("abstract") == "true":
            return
        context = self._context(original)
        if not context:
            text = "this rule needs a context: it stands in no element, class or attribute"
            raise self.remarks.error(original, text)
        rule.set("context", context)

    def _context(self, node: etree._Element) -> str:
        """Return what a rule at NODE is about: the element, the class's members, the attribute."""
        spec: Spec | None = None
        attribute = ""
        for parent in node.iterancestors():
            if kind(parent) == "attDef":
                attribute = parent.get("ident", "")
            elif kind(parent) in KINDS:
                spec = self.schema.of(KINDS[kind(parent)]).get(parent.get("ident", ""))
                break
        if spec is None:
            return ""
        members = [spec]
        if spec.kind == "class":
            members = list(self.schema.member_elements(spec.ident).values())
        elif spec.kind != "element":
            return ""
        suffix = f"/@{attribute}" if attribute else ""
        return " | ".join(f"{self._qualified(element)}{suffix}" for element in members)

    def _qualified(self, element: Spec) -> str:
        """Return the name of ELEMENT with a declared prefix."""
        uri = self.schema.namespace_of(element)
        if not uri:
            return element.name
        for prefix, known in self.prefixes.items():
            if known == uri:
                return f"{prefix}:{element.name}"
        prefix = f"ns{len(self.prefixes)}"
        self.prefixes[prefix] = uri
        return f"{prefix}:{element.name}"

    def _declare(self, node: etree._Element) -> None:
        prefix, uri = node.get("prefix", ""), node.get("uri", "")
        if self.prefixes.setdefault(prefix, uri) != uri:
            text = f'the prefix "{prefix}" stands for {self.prefixes[prefix]} already'
            raise self.remarks.error(node, text)

    def _id(self, ident: str) -> str:
        """Return IDENT, numbered where it is taken."""
        number, found = 1, ident
        while found in self.ids:
            number += 1
            found = f"{ident}-{number}"
        self.ids.add(found)
        return found

    def binding(self, root: etree._Element) -> str:
        """Return the query language that the rules are written in."""
        for node in root.iter(*map(_sch, _EXPRESSIONS)):
            for attribute in _EXPRESSIONS[_name(node)]:
                expression = node.get(attribute)
                if expression is not None and not is_xpath1(expression):
                    pattern = next((p.get("id") for p in node.iterancestors(_sch("pattern"))), "")
                    text = f"the rule {pattern} is no XPath 1.0: {' '.join(expression.split())}"
                    self.remarks.warn(self.custom.schema, text)
                    return "xslt2"
        return "xslt"


def _owner_ident(node: etree._Element, name: str) -> str:
    owner = next(node.iterancestors(tei(name)))
    return owner.get("ident", "")


def _sch(name: str) -> str:
    return f"{{{SCH}}}{name}"


def _name(node: etree._Element) -> str:
    """Return the local name of a Schematron element, "" for anything else."""
    return node.tag[len(SCH) + 2 :] if node.tag.startswith(f"{{{SCH}}}") else ""


def _copy(node: etree._Element) -> etree._Element:
    copy = deepcopy(node)
    copy.tail = None
    return copy


def _indent(root: etree._Element) -> None:
    """Indent schema and patterns; what stands in a rule keeps its white space, it is text."""
    for child in root:
        child.tail = "\n  "
        if _name(child) == "pattern":
            child.text = "\n    "
            for rule in child:
                rule.tail = "\n    "
            if len(child):
                child[-1].tail = "\n  "
    if len(root):
        root.text, root[-1].tail = "\n  ", "\n"
