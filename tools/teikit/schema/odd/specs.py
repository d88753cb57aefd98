"""What an ODD declares, as values: elements, classes, macros, datatypes and their attributes.

Content models and datatypes stay TEI elements; content.py reads them when the grammar is
written. Reading a specification of the TEI itself leaves its glosses out (they are the TEI's
prose); reading one of the customisation keeps them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from teikit.schema.odd.reading import kind, language, tei

KINDS = {
    "elementSpec": "element",
    "classSpec": "class",
    "macroSpec": "macro",
    "dataSpec": "datatype",
}


@dataclass(frozen=True)
class ValItem:
    """One value of a list of values."""

    ident: str
    name: str  # what stands in documents: altIdent, else ident
    mode: str
    gloss: str


@dataclass(frozen=True)
class ValList:
    """A list of values, or (mode="change") what is to be done with another one."""

    type: str | None  # closed, semi, open
    mode: str
    items: tuple[ValItem, ...]


@dataclass(frozen=True, eq=False)
class AttDef:
    """An attribute, or (mode="change", "delete") what is to be done with one that is there."""

    ident: str
    mode: str
    node: etree._Element
    name: str | None = None
    ns: str | None = None
    usage: str | None = None
    datatype: etree._Element | None = None
    values: tuple[ValList, ...] = ()  # to be applied one after the other
    gloss: str = ""

    def changed_by(self, other: "AttDef") -> "AttDef":
        """Return this attribute as OTHER makes it; what OTHER does not say stays."""
        if other.mode != "change":
            return other
        return replace(
            self,
            mode="change" if self.mode == "delete" else self.mode,
            name=other.name or self.name,
            ns=other.ns or self.ns,
            usage=other.usage or self.usage,
            datatype=self.datatype if other.datatype is None else other.datatype,
            values=self.values + other.values,
            gloss=other.gloss or self.gloss,
        )


@dataclass(frozen=True, eq=False)
class AttRef:
    """A reference to one attribute of a class."""

    owner: str
    ident: str
    node: etree._Element


@dataclass(frozen=True, eq=False)
class AttGroup:
    """Attributes that go together (org="group") or exclude one another (org="choice")."""

    org: str = "group"
    items: tuple["AttDef | AttRef | AttGroup", ...] = ()

    def definitions(self) -> Iterator[AttDef]:
        """Yield each attribute of the group, at any depth."""
        for item in self.items:
            if isinstance(item, AttGroup):
                yield from item.definitions()
            elif isinstance(item, AttDef):
                yield item

    def references(self) -> Iterator[AttRef]:
        """Yield each reference of the group, at any depth."""
        for item in self.items:
            if isinstance(item, AttGroup):
                yield from item.references()
            elif isinstance(item, AttRef):
                yield item


@dataclass(frozen=True, eq=False)
class Spec:
    """An element, class, macro or datatype; in the customisation perhaps only a change of one."""

    kind: str  # a value of KINDS
    ident: str
    mode: str
    node: etree._Element
    name: str = ""  # what stands in documents: altIdent, else ident
    module: str = ""
    type: str = ""  # of a class: model or atts
    ns: str | None = None
    classes: tuple[str, ...] = ()
    attributes: AttGroup = AttGroup()
    content: etree._Element | None = None
    gloss: str = ""


def read_spec(node: etree._Element, *, glosses: bool) -> Spec:
    """Return the specification that stands at NODE."""
    ident = node.get("ident", "")
    classes = node.find(tei("classes"))
    members = () if classes is None else classes.findall(tei("memberOf"))
    added = [m.get("key", "") for m in members if m.get("mode") != "delete"]
    return Spec(
        kind=KINDS[kind(node)],
        ident=ident,
        mode=node.get("mode", "add"),
        node=node,
        name=_alternative(node) or ident,
        module=node.get("module", ""),
        type=node.get("type", ""),
        ns=node.get("ns"),
        classes=tuple(dict.fromkeys(added)),
        attributes=_read_attributes(node, glosses),
        content=node.find(tei("content")),
        gloss=read_gloss(node) if glosses else "",
    )


def _read_attributes(node: etree._Element, glosses: bool) -> AttGroup:
    """Return the attributes of a specification, its choices as groups in a group."""
    items: list[AttDef | AttRef | AttGroup] = []
    for child in node.findall(tei("attList")):
        group = _read_group(child, glosses)
        items.extend(group.items if group.org == "group" else [group])
    return AttGroup("group", tuple(items))


def _read_group(node: etree._Element, glosses: bool) -> AttGroup:
    items: list[AttDef | AttRef | AttGroup] = []
    for child in node:
        if kind(child) == "attDef":
            items.append(_read_attribute(child, glosses))
        elif kind(child) == "attRef":
            items.append(AttRef(child.get("class", ""), child.get("name", ""), child))
        elif kind(child) == "attList":
            items.append(_read_group(child, glosses))
    return AttGroup(node.get("org", "group"), tuple(items))


def _read_attribute(node: etree._Element, glosses: bool) -> AttDef:
    return AttDef(
        ident=node.get("ident", ""),
        mode=node.get("mode", "add"),
        node=node,
        name=_alternative(node),
        ns=node.get("ns"),
        usage=node.get("usage"),
        datatype=node.find(tei("datatype")),
        values=tuple(read_values(child, glosses) for child in node.findall(tei("valList"))),
        gloss=read_gloss(node) if glosses else "",
    )


def read_values(node: etree._Element, glosses: bool) -> ValList:
    """Return the list of values that stands at NODE."""
    items = tuple(
        ValItem(
            ident=item.get("ident", ""),
            name=_alternative(item) or item.get("ident", ""),
            mode=item.get("mode", "add"),
            gloss=read_gloss(item) if glosses else "",
        )
        for item in node.findall(tei("valItem"))
    )
    return ValList(node.get("type"), node.get("mode", "add"), items)


def final_values(steps: tuple[ValList, ...]) -> ValList | None:
    """Return the list that is there when STEPS were applied one after the other.

    A list without mode is added, as the Guidelines say; the TEI's own compiler loses it where its
    attribute is changed (TEIC/Stylesheets issue 699), so that its schemas allow any castItem/@type.
    """
    result: ValList | None = None
    for step in steps:
        if step.mode == "delete":
            result = None
        elif step.mode == "change" and result is not None:
            result = _changed_values(result, step)
        else:
            kept = tuple(item for item in step.items if item.mode != "delete")
            result = replace(step, mode="add", items=kept)
    return result


def _changed_values(base: ValList, change: ValList) -> ValList:
    items = {item.ident: item for item in base.items}
    for item in change.items:
        if item.mode == "delete":
            items.pop(item.ident, None)
        elif item.mode == "change" and item.ident in items:
            old = items[item.ident]
            name = item.name if item.name != item.ident else old.name
            items[item.ident] = replace(old, name=name, gloss=item.gloss or old.gloss)
        else:
            items[item.ident] = item
    return ValList(change.type or base.type, base.mode, tuple(items.values()))


def read_gloss(node: etree._Element) -> str:
    """Return gloss and desc of NODE, one language after the other: "zh … / en …"."""
    texts: dict[str, dict[str, str]] = {}
    for child in node:
        if kind(child) in ("gloss", "desc"):
            text = " ".join("".join(child.itertext()).split())
            texts.setdefault(language(child), {}).setdefault(kind(child), text)
    lines = {
        lang: ": ".join(parts[part] for part in ("gloss", "desc") if parts.get(part))
        for lang, parts in texts.items()
    }
    full = {lang: line for lang, line in lines.items() if line}
    if len(full) == 1:
        return next(iter(full.values()))
    return " / ".join(f"{lang} {line}".strip() for lang, line in full.items())


def _alternative(node: etree._Element) -> str | None:
    """Return the altIdent of a specification, None where it has none."""
    other = node.find(tei("altIdent"))
    return other.text.strip() if other is not None and other.text else None
