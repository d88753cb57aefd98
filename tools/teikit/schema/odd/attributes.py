"""Attributes as RELAX NG patterns.

A class becomes one definition for each of its attributes (att.typed.attribute.type) and one for
all of them (att.typed.attributes), as in the TEI's own schemas. An element refers to its classes;
where it changes or deletes what a class gives it, the class is taken apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from teikit.schema.odd.content import Contents
from teikit.schema.odd.datatypes import occurrence, value_choice, value_list
from teikit.schema.odd.patterns import Pattern, documentation, make, one_of, together
from teikit.schema.odd.schema import Schema
from teikit.schema.odd.specs import AttDef, AttGroup, AttRef, Spec, final_values


@dataclass(frozen=True, eq=False)
class Attributes:
    """Writes the attributes of elements and classes."""

    schema: Schema
    contents: Contents

    def of(self, spec: Spec) -> list[Pattern]:
        """Return the attributes of SPEC: what its classes give, then its own."""
        patterns = list(self._inherited(spec, self._own(spec), set(), ()))
        inline = spec.kind == "element"
        patterns += self._items(spec, spec.attributes, set(), inline=inline)
        return patterns

    def definitions(self, spec: Spec) -> Iterator[tuple[str, Pattern]]:
        """Yield the definitions that a class gives rise to: name and pattern."""
        inside = together(self.of(spec))
        if inside is not None:
            yield f"{spec.ident}.attributes", inside
        for item in spec.attributes.items:
            if isinstance(item, AttDef):
                pattern = self._attribute(spec, item)
                if pattern is not None:
                    yield definition_name(spec, item.ident), pattern

    def names(self, spec: Spec, above: tuple[str, ...] = ()) -> dict[str, None]:
        """Return the names of all attributes of SPEC, own and inherited."""
        names: dict[str, None] = {}
        for parent in self.schema.attribute_classes(spec):
            if parent.ident not in above:
                names |= self.names(parent, (*above, parent.ident))
        for own in spec.attributes.definitions():
            names.pop(own.ident, None)
            if self.schema.resolved(spec, own) is not None:
                names[own.ident] = None
        for reference in spec.attributes.references():
            if self._referred(reference) is not None:
                names[reference.ident] = None
        return names

    def _inherited(
        self, spec: Spec, taken: set[str], done: set[str], above: tuple[str, ...]
    ) -> Iterator[Pattern]:
        """Yield what the classes of SPEC give, without TAKEN; an attribute must not come twice.

        TAKEN grows by the attributes, DONE by the classes that were written.
        """
        for parent in self.schema.attribute_classes(spec):
            if parent.ident in done or parent.ident in above:
                continue
            done.add(parent.ident)
            names = self.names(parent)
            if not names:
                continue
            if taken.isdisjoint(names):
                taken |= names.keys()
                done |= set(self._ancestors(parent))
                yield make("ref", name=f"{parent.ident}.attributes")
                continue
            own = self._own(parent)
            yield from self._inherited(parent, taken | own, done, (*above, parent.ident))
            yield from self._items(parent, parent.attributes, set(taken), inline=False)
            taken |= names.keys()

    def _own(self, spec: Spec) -> set[str]:
        """Return the attributes that SPEC itself declares, changes or deletes."""
        referred = {r.ident for r in spec.attributes.references() if self._referred(r) is not None}
        return referred | {attribute.ident for attribute in spec.attributes.definitions()}

    def _ancestors(self, spec: Spec, above: tuple[str, ...] = ()) -> Iterator[str]:
        for parent in self.schema.attribute_classes(spec):
            if parent.ident not in above:
                yield parent.ident
                yield from self._ancestors(parent, (*above, parent.ident))

    def _items(
        self, spec: Spec, group: AttGroup, taken: set[str], *, inline: bool
    ) -> Iterator[Pattern]:
        """Yield the attributes of a group, without TAKEN, written out or as references."""
        for item in group.items:
            pattern: Pattern | None
            if isinstance(item, AttGroup):
                inner = self._items(spec, item, taken, inline=True)
                pattern = one_of(inner) if item.org == "choice" else together(inner)
            elif item.ident in taken:
                pattern = None
            elif isinstance(item, AttRef):
                pattern = self._referred(item)
            elif inline:
                pattern = self._attribute(spec, item)
            elif self.schema.resolved(spec, item) is not None:
                pattern = make("ref", name=definition_name(spec, item.ident))
            else:
                pattern = None
            if pattern is not None:
                yield pattern

    def _referred(self, reference: AttRef) -> Pattern | None:
        """Return the attribute that an attRef names, None where the schema has it no more."""
        owner = self.schema.classes.get(reference.owner)
        if owner is None:
            return None
        attribute = self.schema.attribute(owner, reference.ident)
        if attribute is None:
            return None
        if any(item is attribute for item in owner.attributes.items):
            return make("ref", name=definition_name(owner, reference.ident))
        return self._attribute(owner, attribute)

    def _attribute(self, spec: Spec, own: AttDef) -> Pattern | None:
        """Return the pattern of one attribute, None where it is deleted."""
        attribute = self.schema.resolved(spec, own)
        if attribute is None:
            return None
        pattern = make("attribute", **_attribute_name(attribute))
        if attribute.gloss:
            pattern.append(documentation(attribute.gloss))
        pattern.append(self._value(spec, attribute))
        return pattern if attribute.usage == "req" else make("optional", pattern)

    def _value(self, spec: Spec, attribute: AttDef) -> Pattern:
        node = attribute.datatype
        datatype = None if node is None else self.contents.datatype(node, spec)
        values = final_values(attribute.values)
        if values is not None and values.type in ("closed", "semi"):
            if values.type == "semi" and datatype is None:
                datatype = make("data", type="string")
            choice = value_choice(values, datatype)
            if choice is None:
                text = f"@{attribute.ident} of {spec.ident} has a closed list without any value"
                self.contents.remarks.warn(attribute.node, text)
            datatype = make("notAllowed") if choice is None else choice
        if datatype is None:
            return make("text")
        if node is None:
            return datatype
        return value_list(datatype, *occurrence(node, self.contents.remarks))


def definition_name(spec: Spec, ident: str) -> str:
    """Return the name under which the grammar defines attribute IDENT of a class."""
    return f"{spec.ident}.attribute.{ident.replace(':', '')}"


def _attribute_name(attribute: AttDef) -> dict[str, str]:
    """Return name and, where there is one, namespace of an attribute."""
    name = attribute.name or attribute.ident
    prefix, colon, local = name.partition(":")
    if not colon or prefix == "xml":
        return {"name": name, "ns": attribute.ns} if attribute.ns else {"name": name}
    return {"name": local, "ns": attribute.ns or attribute.node.nsmap.get(prefix) or ""}
