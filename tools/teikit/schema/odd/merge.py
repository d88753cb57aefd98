"""The customisation applied to the TEI's definitions.

First the references choose what is in the schema, then each specification of the customisation
adds, changes, replaces or deletes, in the order of the file.
"""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from teikit.schema.odd.customisation import Customisation
from teikit.schema.odd.errors import OddError, Remarks
from teikit.schema.odd.reading import EXAMPLES, TEI, kind, tei, words
from teikit.schema.odd.schema import Schema
from teikit.schema.odd.source import Source
from teikit.schema.odd.specs import KINDS, AttDef, AttGroup, Spec, read_spec

_DEFAULT_EXCEPTIONS = (TEI, f"{{{EXAMPLES}}}egXML")


def merge(custom: Customisation, source: Source, remarks: Remarks) -> Schema:
    """Return the schema that CUSTOM makes of the TEI."""
    merger = _Merger(custom, source, remarks, {what: {} for what in KINDS.values()})
    for reference in custom.references:
        merger.choose(reference)
    merger.add_datatypes()
    for node in custom.specs:
        merger.apply(read_spec(node, glosses=True))
    return merger.schema()


@dataclass(frozen=True, eq=False)
class _Merger:
    """The schema while it is being put together."""

    custom: Customisation
    source: Source
    remarks: Remarks
    specs: dict[str, dict[str, Spec]]

    # What is in the schema

    def choose(self, reference: etree._Element) -> None:
        """Take in what a moduleRef, elementRef, classRef, macroRef or dataRef selects."""
        name = kind(reference)
        if name == "moduleRef":
            self._choose_module(reference)
        elif name == "dataRef" and not reference.get("key"):
            return  # a datatype of XML Schema: always there
        else:
            what = {"dataRef": "datatype"}.get(name, name.removesuffix("Ref"))
            spec = self._found(reference, what, reference.get("key", ""))
            if spec is None:
                return
            if what == "class":
                spec = _with_some_attributes(spec, reference)
            self.specs[what][spec.ident] = spec

    def _choose_module(self, reference: etree._Element) -> None:
        if reference.get("url"):
            text = (
                "moduleRef/@url is not supported, because nothing outside the ODD is read: "
                "declare the elements with elementSpec and embed RELAX NG in their content"
            )
            raise self.remarks.error(reference, text)
        key = reference.get("key", "")
        if key not in self.source.modules:
            raise self.remarks.unknown(reference, "module", key, self.source.modules)
        there = list(self.source.module(key, "element"))
        include, leave = words(reference, "include"), words(reference, "except")
        for ident in (*include, *leave):
            if ident not in there:
                error = self._not_in_module(reference, key, ident, there)
                self.remarks.missing(reference, error)
        for ident in there:
            if ident not in leave and (ident in include or reference.get("include") is None):
                self._take("element", ident)
        for what in ("class", "macro", "datatype"):
            for ident in self.source.module(key, what):
                self._take(what, ident)

    def _not_in_module(
        self, node: etree._Element, key: str, ident: str, there: Iterable[str]
    ) -> OddError:
        other = self.source.find("element", ident)
        if other is None:
            return self.remarks.unknown(node, f"element in module {key} called", ident, there)
        text = f'the element "{ident}" belongs to the module {other.module}, not to {key}'
        return self.remarks.error(node, text)

    def add_datatypes(self) -> None:
        """Take in macros and datatypes of modules that are not: elements may well need them."""
        for what in ("macro", "datatype"):
            for ident in self.source.nodes[what]:
                self._take(what, ident)

    def _take(self, what: str, ident: str) -> None:
        """Take in a specification of the source, if it is not there yet."""
        spec = self.source.find(what, ident)
        if spec is not None:
            self.specs[what].setdefault(ident, spec)

    def _found(self, node: etree._Element, what: str, ident: str) -> Spec | None:
        spec = self.source.find(what, ident)
        if spec is None:
            error = self.remarks.unknown(node, what, ident, self.source.nodes[what])
            self.remarks.missing(node, error)
        return spec

    # What the customisation does to it

    def apply(self, spec: Spec) -> None:
        """Add, replace, change or delete what SPEC is about."""
        there = self.specs[spec.kind]
        if spec.mode == "add":
            self._define(spec)
        elif spec.ident not in there:
            known = self._found_anywhere(spec)
            if known and spec.mode != "delete":
                text = f"{spec.mode} has no effect: the {spec.kind} {spec.ident} is not selected"
                self.remarks.warn(spec.node, text)
        elif spec.mode == "delete":
            del there[spec.ident]
        elif spec.mode == "replace":
            there[spec.ident] = replace(spec, type=spec.type or there[spec.ident].type)
        elif spec.mode == "change":
            there[spec.ident] = self._changed(there[spec.ident], spec)
        else:
            text = f'mode="{spec.mode}": TEI knows add, change, delete and replace'
            raise self.remarks.error(spec.node, text)

    def _define(self, spec: Spec) -> None:
        if spec.ident in self.specs[spec.kind] and spec.kind == "element":
            text = (
                f"this defines {spec.ident} anew, nothing of the TEI's definition is left; "
                'say mode="change" to change it or mode="replace" if that is meant'
            )
            self.remarks.warn(spec.node, text)
        if spec.kind == "class" and spec.type not in ("model", "atts"):
            raise self.remarks.error(spec.node, 'a new classSpec needs type="model" or "atts"')
        self.specs[spec.kind][spec.ident] = spec

    def _found_anywhere(self, spec: Spec) -> bool:
        """Say whether the TEI or the customisation itself knows what SPEC is about."""
        if any(node.get("ident") == spec.ident for node in self._own(spec.kind)):
            return True  # added and deleted again
        return self._found(spec.node, spec.kind, spec.ident) is not None

    def _own(self, what: str) -> Iterable[etree._Element]:
        """Yield the specifications of one kind that the customisation adds."""
        for node in self.custom.specs:
            if KINDS[kind(node)] == what and node.get("mode", "add") in ("add", "replace"):
                yield node

    def _changed(self, base: Spec, change: Spec) -> Spec:
        return replace(
            base,
            name=change.name if change.name != change.ident else base.name,
            ns=base.ns if change.ns is None else change.ns,
            classes=self._changed_classes(base, change),
            attributes=merge_attributes(base.attributes, change.attributes),
            content=merge_content(base.content, change.content),
            gloss=change.gloss or base.gloss,
        )

    def _changed_classes(self, base: Spec, change: Spec) -> tuple[str, ...]:
        classes = change.node.find(tei("classes"))
        if classes is None:
            return base.classes
        if classes.get("mode", "replace") != "change":
            return change.classes
        gone = {m.get("key") for m in classes.findall(tei("memberOf")) if m.get("mode") == "delete"}
        for key in sorted(gone - set(base.classes), key=str):
            self.remarks.warn(classes, f"{base.ident} was no member of {key}")
        kept = [key for key in base.classes if key not in gone]
        return tuple(dict.fromkeys((*kept, *change.classes)))

    # The result

    def schema(self) -> Schema:
        """Return the finished schema."""
        schema = Schema(
            ident=self.custom.ident,
            start=tuple(self.custom.start or self._usual_start()),
            namespace=self.custom.namespace,
            exceptions=self._exceptions(),
            elements=self.specs["element"],
            classes=self.specs["class"],
            macros=self.specs["macro"],
            datatypes=self.specs["datatype"],
        )
        for ident in schema.start:
            if ident not in schema.elements:
                raise self.remarks.unknown(
                    self.custom.schema, "element in this schema (start) called", ident,
                    schema.elements,
                )  # fmt: skip
        return schema

    def _usual_start(self) -> list[str]:
        if "TEI" in self.specs["element"]:
            return ["TEI"]
        text = "the schemaSpec needs start, the outermost element: there is no TEI in this schema"
        raise self.remarks.error(self.custom.schema, text)

    def _exceptions(self) -> tuple[str, ...]:
        given = self.custom.schema.get("defaultExceptions")
        if given is None:
            return _DEFAULT_EXCEPTIONS
        return tuple(expanded_names(given.split(), self.custom.schema))


def expanded_names(names: Iterable[str], node: etree._Element) -> list[str]:
    """Return NAMES with prefixes resolved at NODE: "{uri}local", or a whole namespace as it is."""
    result = []
    for name in names:
        prefix, colon, local = name.partition(":")
        known = node.nsmap.get(prefix)
        result.append(f"{{{known}}}{local}" if colon and known and "/" not in local else name)
    return result


def merge_attributes(base: AttGroup, change: AttGroup) -> AttGroup:
    """Return BASE as CHANGE makes it; what BASE has not is added after it, grouped as it was."""
    present = {attribute.ident for attribute in base.definitions()}
    patches = {a.ident: a for a in change.definitions() if a.ident in present}
    patched, rest = _patched(base, patches), _without(change, present)
    return AttGroup("group", (*patched.items, *rest.items))


def _patched(group: AttGroup, patches: dict[str, AttDef]) -> AttGroup:
    items = []
    for item in group.items:
        if isinstance(item, AttGroup):
            items.append(_patched(item, patches))
        elif isinstance(item, AttDef) and item.ident in patches:
            items.append(item.changed_by(patches[item.ident]))
        else:
            items.append(item)
    return AttGroup(group.org, tuple(items))


def _without(group: AttGroup, idents: set[str]) -> AttGroup:
    items = []
    for item in group.items:
        if isinstance(item, AttGroup):
            inner = _without(item, idents)
            if inner.items:
                items.append(inner)
        elif not (isinstance(item, AttDef) and item.ident in idents):
            items.append(item)
    return AttGroup(group.org, tuple(items))


def merge_content(
    base: etree._Element | None, change: etree._Element | None
) -> etree._Element | None:
    """Return the content that CHANGE asks for: itself, or the values of BASE as it changes them."""
    if change is None:
        return base
    changes = change.find(tei("valList"))
    values = None if base is None else base.find(f".//{tei('valList')}")
    if changes is None or changes.get("mode") != "change" or values is None:
        return change
    items = {item.get("ident"): _bare(item) for item in values.findall(tei("valItem"))}
    for item in changes.findall(tei("valItem")):
        if item.get("mode") == "delete":
            items.pop(item.get("ident"), None)
        else:
            items[item.get("ident")] = deepcopy(item)
    content = _bare(base)
    merged = content.find(f".//{tei('valList')}")
    merged[:] = list(items.values())
    if changes.get("type"):
        merged.set("type", changes.get("type", ""))
    return content


def _bare(node: etree._Element) -> etree._Element:
    """Return a copy of NODE without glosses: what is copied from the TEI leaves its prose there."""
    copy = deepcopy(node)
    for prose in list(copy.iter(tei("gloss"), tei("desc"))):
        prose.getparent().remove(prose)
    copy.tail = None
    return copy


def _with_some_attributes(spec: Spec, reference: etree._Element) -> Spec:
    """Return a class with only the attributes that a classRef includes, or does not except."""
    include, leave = words(reference, "include"), words(reference, "except")
    if reference.get("include") is None and not leave:
        return spec
    gone = {
        a.ident: replace(a, mode="delete")
        for a in spec.attributes.definitions()
        if a.ident in leave or (reference.get("include") is not None and a.ident not in include)
    }
    return replace(spec, attributes=_patched(spec.attributes, gone))
