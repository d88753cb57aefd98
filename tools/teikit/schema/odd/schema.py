"""The schema as merged: which elements, classes, macros and datatypes there are, and how they hang
together."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from teikit.schema.odd.specs import AttDef, Spec


@dataclass(frozen=True, eq=False)
class Schema:
    """The merged specifications by name, in schema order."""

    ident: str
    start: tuple[str, ...]
    namespace: str
    exceptions: tuple[str, ...]  # what anyElement leaves out where it does not say so itself
    elements: dict[str, Spec]
    classes: dict[str, Spec]
    macros: dict[str, Spec]
    datatypes: dict[str, Spec]

    def has(self, what: str, ident: str) -> bool:
        """Say whether the schema has a WHAT (element, class, macro, datatype) called IDENT."""
        return ident in self.of(what)

    def of(self, what: str) -> dict[str, Spec]:
        """Return all specifications of one kind."""
        return {
            "element": self.elements,
            "class": self.classes,
            "macro": self.macros,
            "datatype": self.datatypes,
        }[what]

    def namespace_of(self, element: Spec) -> str:
        """Return the namespace that ELEMENT is in."""
        return self.namespace if element.ns is None else element.ns

    @cached_property
    def members(self) -> dict[str, tuple[Spec, ...]]:
        """Return the members of each class: subclasses first, then elements, in schema order."""
        members: dict[str, list[Spec]] = {ident: [] for ident in self.classes}
        for spec in (*self.classes.values(), *self.elements.values()):
            for key in spec.classes:
                if key in members:
                    members[key].append(spec)
        return {ident: tuple(specs) for ident, specs in members.items()}

    def member_elements(self, ident: str, above: tuple[str, ...] = ()) -> dict[str, Spec]:
        """Return all elements of a class, those of its subclasses included."""
        found: dict[str, Spec] = {}
        for member in self.members.get(ident, ()):
            if member.kind == "element":
                found[member.ident] = member
            elif member.ident not in above:
                found |= self.member_elements(member.ident, (*above, ident))
        return found

    def attribute_classes(self, spec: Spec) -> Iterator[Spec]:
        """Yield the attribute classes of the schema that SPEC belongs to directly."""
        for key in spec.classes:
            parent = self.classes.get(key)
            if parent is not None and parent.type == "atts" and parent is not spec:
                yield parent

    def inherited(self, spec: Spec, ident: str, above: tuple[str, ...] = ()) -> AttDef | None:
        """Return attribute IDENT as the classes of SPEC give it, None where none does."""
        for parent in self.attribute_classes(spec):
            if parent.ident in above:
                continue
            found = self.attribute(parent, ident, (*above, parent.ident))
            if found is not None:
                return found
        return None

    def attribute(self, spec: Spec, ident: str, above: tuple[str, ...] = ()) -> AttDef | None:
        """Return attribute IDENT of SPEC, its own or inherited, None where it has none."""
        for own in spec.attributes.definitions():
            if own.ident == ident:
                return self.resolved(spec, own, above)
        for reference in spec.attributes.references():
            owner = self.classes.get(reference.owner)
            if reference.ident == ident and owner is not None and owner.ident not in above:
                return self.attribute(owner, ident, (*above, owner.ident))
        return self.inherited(spec, ident, above)

    def resolved(self, spec: Spec, own: AttDef, above: tuple[str, ...] = ()) -> AttDef | None:
        """Return OWN in full: what it leaves unsaid comes from the class that SPEC has it from.

        None where it is deleted, or where it changes what no class of this schema gives: to
        delete an attribute in its class deletes it in the elements that only refine it.
        """
        if own.mode == "delete":
            return None
        if own.mode != "change":
            return own
        base = self.inherited(spec, own.ident, above)
        return None if base is None else base.changed_by(own)
