"""Content models as RELAX NG patterns.

What a content model refers to and the schema has not vanishes from it; a sequence or an
alternation of which nothing is left vanishes as well.
"""

from dataclasses import dataclass, field

from lxml import etree

from teikit.schema.odd.datatypes import (
    builtin_data,
    facets,
    occurrence,
    restricted,
    value_choice,
)
from teikit.schema.odd.embedded import embedded_pattern
from teikit.schema.odd.errors import Remarks
from teikit.schema.odd.merge import expanded_names
from teikit.schema.odd.patterns import Pattern, make, one_of, repeated, together
from teikit.schema.odd.reading import RNG, kind, words
from teikit.schema.odd.schema import Schema
from teikit.schema.odd.specs import Spec, read_values

# classRef/@expand: how the members are joined, and how often each of them may stand
_EXPANSIONS = {
    "alternate": ("choice", 1, 1),
    "sequence": ("group", 1, 1),
    "sequenceOptional": ("group", 0, 1),
    "sequenceRepeatable": ("group", 1, None),
    "sequenceOptionalRepeatable": ("group", 0, None),
}


@dataclass(frozen=True, eq=False)
class Contents:
    """Writes content models; collects the extra definitions that wildcards need."""

    schema: Schema
    own: etree._Element  # the root of the customisation: its glosses are ours
    remarks: Remarks
    wildcards: dict[str, Pattern] = field(default_factory=dict)

    def of(self, spec: Spec) -> Pattern | None:
        """Return the content model of SPEC, None where it has none or all of it vanished."""
        if spec.content is None:
            return None
        return together(self.pattern(child, spec) for child in _elements(spec.content))

    def datatype(self, node: etree._Element, spec: Spec) -> Pattern | None:
        """Return the pattern that a datatype element holds, how often it may stand aside."""
        return one_of(self.pattern(child, spec) for child in _elements(node))

    def pattern(self, node: etree._Element, spec: Spec) -> Pattern | None:
        """Return the pattern that stands at NODE in the content model of SPEC."""
        if node.tag.startswith(f"{{{RNG}}}"):
            return embedded_pattern(node, self.named, self.remarks)
        name = kind(node)
        if name == "textNode":
            # a datatype is for attributes and lists, where RELAX NG does not always allow text
            return make("data", type="string") if spec.kind == "datatype" else make("text")
        if name == "empty":
            return make("empty")
        if name == "valList":
            values = read_values(node, glosses=self._ours(node))
            if values.type == "open":
                return make("text")
            return value_choice(values, make("text") if values.type == "semi" else None)
        if name == "sequence":
            join = "interleave" if node.get("preserveOrder") == "false" else "group"
            inner = together((self.pattern(child, spec) for child in _elements(node)), join)
        elif name == "alternate":
            inner = one_of(self.pattern(child, spec) for child in _elements(node))
        elif name in ("elementRef", "macroRef"):
            inner = self.named(node.get("key", ""))
        elif name == "classRef":
            inner = self._class(node)
        elif name == "dataRef":
            inner = self._data(node)
        elif name == "anyElement":
            inner = self._wildcard(node, spec)
        else:
            raise self.remarks.error(node, f"{name} cannot stand in a content model")
        return repeated(inner, *occurrence(node, self.remarks))

    def named(self, name: str) -> Pattern | None:
        """Return the reference to an element, class, macro or datatype; None if it is not there.

        The older names for expanded classes (model.pLike_sequence) are understood as well.
        """
        schema = self.schema
        if name in schema.elements or name in schema.macros or name in schema.datatypes:
            return make("ref", name=name)
        if name in schema.classes and schema.classes[name].type == "model":
            return make("ref", name=name)
        base, _, expansion = name.rpartition("_")
        expansion = {"alternation": "alternate"}.get(expansion, expansion)
        if base in schema.classes and expansion in _EXPANSIONS:
            return self._expanded(base, expansion)
        return None

    def _class(self, node: etree._Element) -> Pattern | None:
        key = node.get("key", "")
        if key not in self.schema.classes:
            return None
        expansion = node.get("expand", "alternate")
        if expansion not in _EXPANSIONS:
            raise self.remarks.unknown(node, "kind of expand", expansion, _EXPANSIONS)
        only, leave = words(node, "include"), words(node, "except")
        if expansion == "alternate" and not only and not leave:
            return self.named(key)
        return self._expanded(key, expansion, only, leave)

    def _expanded(
        self,
        key: str,
        expansion: str,
        only: list[str] | tuple[()] = (),
        leave: list[str] | tuple[()] = (),
        above: tuple[str, ...] = (),
    ) -> Pattern | None:
        """Return the members of a class written out, those of its subclasses in their place."""
        join, least, most = _EXPANSIONS[expansion]
        parts: list[Pattern | None] = []
        for member in self.schema.members[key]:
            if member.ident in leave or member.ident in above:
                continue
            if member.kind == "class":
                named = () if member.ident in only else only
                inner = self._expanded(member.ident, expansion, named, leave, (*above, key))
                parts.append(inner)
            elif not only or member.ident in only:
                parts.append(repeated(make("ref", name=member.ident), least, most))
        return together(parts, join)

    def _data(self, node: etree._Element) -> Pattern | None:
        if node.get("ref"):
            text = "dataRef/@ref is not supported: name an XML Schema datatype or a dataSpec"
            raise self.remarks.error(node, text)
        if not node.get("key"):
            return builtin_data(node, self.remarks)
        extra = facets(node, self.remarks)
        if not extra:
            return self.named(node.get("key", ""))
        spec = self.schema.datatypes.get(node.get("key", ""))
        inner = self._inlined(spec) if spec is not None else None
        left = restricted(inner, extra) if inner is not None else None
        return make("notAllowed") if left is None else left

    def _inlined(self, spec: Spec, above: tuple[str, ...] = ()) -> Pattern | None:
        """Return the content of a datatype with all datatypes that it refers to written out."""
        pattern = self.of(spec)
        references = [] if pattern is None else list(pattern.iter(f"{{{RNG}}}ref"))
        for reference in references:
            other = self.schema.datatypes.get(reference.get("name", ""))
            if other is None or other.ident in above:
                raise self.remarks.error(spec.node, f"the datatype {spec.ident} refers to itself")
            inner = self._inlined(other, (*above, spec.ident))
            inner = make("notAllowed") if inner is None else inner
            if reference is pattern:
                pattern = inner
            else:
                reference.getparent().replace(reference, inner)
        return pattern

    def _wildcard(self, node: etree._Element, spec: Spec) -> Pattern:
        """Return a reference to a new definition: elements of any name, with anything in them."""
        require, given = words(node, "require"), node.get("except")
        if given is None:
            leave = [*self.schema.exceptions, *self._identified(self.schema.exceptions)]
        else:
            leave = expanded_names(given.split(), node)
        name = f"anyElement_{spec.ident}_{1 + len(self.wildcards)}"
        names = [_name_class(leave, space) for space in require] or [_name_class(leave, None)]
        inner = make("choice", make("text"), make("ref", name=name))
        self.wildcards[name] = make(
            "element",
            names[0] if len(names) == 1 else make("choice", *names),
            make("zeroOrMore", make("attribute", make("anyName"))),
            make("zeroOrMore", inner),
        )
        return make("ref", name=name)

    def _ours(self, node: etree._Element) -> bool:
        """Say whether the glosses at NODE are ours: in the ODD, or merged (the TEI's taken out)."""
        root = node.getroottree().getroot()
        return root is self.own or kind(root) == "content"

    def _identified(self, known: tuple[str, ...]) -> list[str]:
        """Return the elements of other namespaces that have an xml:id.

        A wildcard must not match them: one element would have an id of type ID and, by the
        wildcard, of any type, which RELAX NG DTD Compatibility forbids.
        """
        return [
            f"{{{self.schema.namespace_of(element)}}}{element.name}"
            for element in self.schema.elements.values()
            if self.schema.namespace_of(element) not in known
            and f"{{{self.schema.namespace_of(element)}}}{element.name}" not in known
            and self.schema.attribute(element, "xml:id") is not None
        ]


def _elements(node: etree._Element) -> list[etree._Element]:
    """Return the children that make a content model."""
    return [child for child in node if kind(child) or child.tag.startswith(f"{{{RNG}}}")]


def _name_class(leave: list[str], space: str | None) -> Pattern:
    """Return the names of one namespace (None: of all), without those to be left out."""
    exceptions = []
    for name in leave:
        if name.startswith("{"):
            uri, _, local = name[1:].partition("}")
            if space in (None, uri):
                exceptions.append(make("name", ns=uri))
                exceptions[-1].text = local
        elif space is None:
            exceptions.append(make("nsName", ns=name))
    inner = [make("except", *exceptions)] if exceptions else []
    return make("anyName", *inner) if space is None else make("nsName", *inner, ns=space)
