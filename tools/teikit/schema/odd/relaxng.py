"""The merged schema as RELAX NG: one definition for each element, class, macro and datatype."""

from dataclasses import dataclass

from lxml import etree

from teikit.schema.odd.attributes import Attributes
from teikit.schema.odd.content import Contents
from teikit.schema.odd.customisation import Customisation
from teikit.schema.odd.errors import OddError, Remarks
from teikit.schema.odd.patterns import (
    XSD,
    Pattern,
    documentation,
    local,
    make,
    one_of,
)
from teikit.schema.odd.reading import RNG, tei
from teikit.schema.odd.schema import Schema
from teikit.schema.odd.specs import Spec

_OWN_PATTERNS = (tei("content"), tei("datatype"))


def render_relaxng(schema: Schema, custom: Customisation, version: str, remarks: Remarks) -> bytes:
    """Return the grammar of SCHEMA; VERSION is the TEI release it was made from."""
    contents = Contents(schema, custom.root, remarks)
    writer = _Writer(schema, contents, Attributes(schema, contents))
    elements = {ident: writer.element(spec) for ident, spec in sorted(schema.elements.items())}
    others = writer.others()
    start = make("start", one_of(make("ref", name=ident) for ident in schema.start))
    used = _reached([start, *elements.values()], others)
    _warn_of_impossible(schema, elements, others, remarks)
    grammar = make("grammar", start, datatypeLibrary=XSD, ns=schema.namespace)
    grammar.extend(_define(ident, pattern, schema.elements.get(ident))
                   for ident, pattern in elements.items())  # fmt: skip
    for ident in sorted(used):
        spec = schema.classes.get(ident) or schema.macros.get(ident) or schema.datatypes.get(ident)
        grammar.append(_define(ident, others[ident], spec))
    etree.indent(grammar)
    text = etree.tostring(grammar, encoding="unicode")
    if any(next(node.iter(*_OWN_PATTERNS), None) is not None for node in custom.specs):
        _load(text, custom.schema, remarks)  # takes seconds for the whole TEI, which needs it not
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<!--\n{attribution(schema, version)}-->\n'
    return f"{head}{text}\n".encode()


def attribution(schema: Schema, version: str) -> str:
    """Return what stands at the head of both files: what this is, and whose work is in it."""
    release = f"TEI P5 version {version}" if version else "TEI P5"
    return (
        f"  {schema.ident.replace('--', '- -')}: compiled from an ODD; change the ODD, not this "
        f"file.\n"
        f"  Built with {release} (https://tei-c.org/), by the TEI Consortium, which is\n"
        f"  available under CC BY 3.0 (https://creativecommons.org/licenses/by/3.0/)\n"
        f"  or BSD-2-Clause (https://opensource.org/licenses/BSD-2-Clause).\n"
    )


@dataclass(frozen=True, eq=False)
class _Writer:
    """Writes the definitions."""

    schema: Schema
    contents: Contents
    attributes: Attributes

    def element(self, spec: Spec) -> Pattern:
        """Return the pattern of one element."""
        pattern = make("element", name=spec.name)
        if self.schema.namespace_of(spec) != self.schema.namespace:
            pattern.set("ns", self.schema.namespace_of(spec))
        if spec.gloss:
            pattern.append(documentation(spec.gloss))
        pattern.extend(self.attributes.of(spec))
        content = self.contents.of(spec)
        if content is not None and local(content) == "group":
            pattern.extend(list(content))
        else:
            pattern.append(make("empty") if content is None else content)
        return pattern

    def others(self) -> dict[str, Pattern]:
        """Return all definitions that are not elements, needed or not."""
        found: dict[str, Pattern] = {}
        for spec in self.schema.classes.values():
            if spec.type == "atts":
                found |= dict(self.attributes.definitions(spec))
            else:
                found[spec.ident] = self._model(spec)
        for spec in (*self.schema.macros.values(), *self.schema.datatypes.values()):
            content = self.contents.of(spec)
            found[spec.ident] = make("empty") if content is None else content
        return found | self.contents.wildcards

    def _model(self, spec: Spec) -> Pattern:
        """Return the choice between the members of a class; notAllowed where it has none."""
        members = self.schema.members[spec.ident]
        names = [
            member.ident
            for member in members
            if member.kind == "element" or self.schema.member_elements(member.ident)
        ]
        inner = one_of(make("ref", name=name) for name in names)
        return make("notAllowed") if inner is None else inner


def _define(ident: str, pattern: Pattern, spec: Spec | None) -> Pattern:
    """Return the definition of IDENT, with its gloss unless the element inside carries it."""
    define = make("define", name=ident)
    if spec is not None and spec.kind != "element" and spec.gloss:
        define.append(documentation(spec.gloss))
    define.append(pattern)
    return define


def _reached(patterns: list[Pattern], others: dict[str, Pattern]) -> set[str]:
    """Return which of OTHERS the patterns refer to, directly or through one another."""
    reached: set[str] = set()
    waiting = list(patterns)
    while waiting:
        for reference in waiting.pop().iter(f"{{{RNG}}}ref"):
            name = reference.get("name", "")
            if name in others and name not in reached:
                reached.add(name)
                waiting.append(others[name])
    return reached


def _warn_of_impossible(
    schema: Schema, elements: dict[str, Pattern], others: dict[str, Pattern], remarks: Remarks
) -> None:
    """Warn of elements that no document can hold, because they need a member of an empty class."""
    for ident, pattern in elements.items():
        if not _possible(pattern, others, ()):
            text = (
                f"no document can contain a valid {ident}: its content demands a class of "
                "which this schema has no member (delete the element or change its content)"
            )
            remarks.warn(schema.elements[ident].node, text)


def _possible(pattern: Pattern, others: dict[str, Pattern], above: tuple[str, ...]) -> bool:
    name = local(pattern)
    if name == "notAllowed":
        return False
    if name in ("optional", "zeroOrMore", "except"):
        return True
    if name == "ref":
        target = pattern.get("name", "")
        if target not in others or target in above:
            return True
        return _possible(others[target], others, (*above, target))
    children = (child for child in pattern if local(child))
    verdicts = [_possible(child, others, above) for child in children]
    return any(verdicts) or not verdicts if name == "choice" else all(verdicts)


def _load(text: str, node: etree._Element, remarks: Remarks) -> None:
    """Raise OddError where the grammar breaks a rule of RELAX NG (as only a content model can)."""
    try:
        etree.RelaxNG(etree.fromstring(text))
    except etree.XMLSyntaxError as error:  # of what we wrote: only its depth can be wrong
        reason = "the content of an element is nested too deeply: simplify it"
        raise OddError(remarks.name, node.sourceline, reason) from error
    except etree.RelaxNGParseError as error:
        raise OddError(
            remarks.name, node.sourceline, f"the schema is no correct RELAX NG: {error}"
        ) from error
