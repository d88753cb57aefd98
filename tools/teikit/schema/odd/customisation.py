"""The customisation as it was written: what its schemaSpec selects, changes and demands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from teikit.schema.odd.errors import Remarks, UnreadableOdd
from teikit.schema.odd.reading import TEI, XML_ID, kind, parse, tei, words
from teikit.schema.odd.specs import KINDS

_RELEASE = re.compile(r"tei:(\d+(?:\.\d+)+)$")
_REFERENCES = ("moduleRef", "elementRef", "classRef", "macroRef", "dataRef")


@dataclass(frozen=True, eq=False)
class Customisation:
    """The parts of an ODD that make a schema, with all specification groups in their places."""

    root: etree._Element
    schema: etree._Element  # the schemaSpec
    references: tuple[etree._Element, ...]  # moduleRef, elementRef, classRef ...
    specs: tuple[etree._Element, ...]  # elementSpec, classSpec, macroSpec, dataSpec
    constraints: tuple[etree._Element, ...]  # constraintSpec outside any specification

    @property
    def ident(self) -> str:
        """Return the name of the schema."""
        return self.schema.get("ident", "schema")

    @property
    def start(self) -> list[str]:
        """Return the elements that may be the outermost one; [] where the ODD does not say."""
        return words(self.schema, "start")

    @property
    def namespace(self) -> str:
        """Return the namespace of elements that name none."""
        return self.schema.get("ns", TEI)

    @property
    def version(self) -> str:
        """Return the TEI release that the ODD asks for (source="tei:4.9.0"), "" for any."""
        found = _RELEASE.match(self.schema.get("source", ""))
        return found[1] if found else ""


def read_customisation(data: bytes, remarks: Remarks) -> Customisation:
    """Return the customisation in DATA."""
    try:
        root = parse(data)
    except etree.XMLSyntaxError as error:
        reason = f"not well-formed XML: {error.msg}"
        raise UnreadableOdd(remarks.name, error.lineno, reason) from error
    schemas = list(root.iter(tei("schemaSpec")))
    if not schemas:
        reason = "this is no TEI customisation: it has no schemaSpec (in the TEI namespace)"
        raise UnreadableOdd(remarks.name, root.sourceline, reason)
    for other in schemas[1:]:
        remarks.warn(other, "a second schemaSpec is not compiled; only the first one is")
    groups = {g.get(XML_ID, ""): g for g in root.iter(tei("specGrp")) if g.get(XML_ID)}
    expansion = _Expansion(groups, remarks)
    parts = list(expansion.of(schemas[0], ()))
    for ident, group in groups.items():
        if ident not in expansion.used and not _inside(group, schemas[0]):
            remarks.warn(group, f"the specGrp {ident} is not used: no specGrpRef leads to it")
    return Customisation(
        root=root,
        schema=schemas[0],
        references=tuple(part for part in parts if kind(part) in _REFERENCES),
        specs=tuple(part for part in parts if kind(part) in KINDS),
        constraints=tuple(part for part in parts if kind(part) == "constraintSpec"),
    )


@dataclass(frozen=True, eq=False)
class _Expansion:
    """Puts specification groups where a specGrpRef points to them."""

    groups: dict[str, etree._Element]
    remarks: Remarks

    @property
    def used(self) -> set[str]:
        """Return the groups that some specGrpRef leads to."""
        root = next(iter(self.groups.values()), None)
        if root is None:
            return set()
        references = root.getroottree().iter(tei("specGrpRef"))
        return {reference.get("target", "").removeprefix("#") for reference in references}

    def of(
        self, parent: etree._Element, above: tuple[etree._Element, ...]
    ) -> Iterator[etree._Element]:
        """Yield the declarations in PARENT, groups replaced by what they hold."""
        for child in parent:
            name = kind(child)
            if name == "specGrp":
                yield from self.of(child, (*above, child))
            elif name == "specGrpRef":
                group = self.target(child)
                if group in above:
                    raise self.remarks.error(child, "this specGrpRef leads back to its own group")
                if group is not None:
                    yield from self.of(group, (*above, group))
            elif name in KINDS:
                if not child.get("ident"):
                    raise self.remarks.error(child, f"this {name} has no ident")
                yield child
            elif name in _REFERENCES or name == "constraintSpec":
                yield child

    def target(self, reference: etree._Element) -> etree._Element | None:
        """Return the group that REFERENCE points to; only groups of this file can be read."""
        target = reference.get("target", "")
        if not target.startswith("#"):
            text = f'"{target}" is outside this file, which is all that is read: copy its specGrp'
            raise self.remarks.error(reference, text)
        if target[1:] not in self.groups:  # TEI's own tei_simplePrint.odd has such a reference
            error = self.remarks.unknown(reference, "specGrp", target[1:], self.groups)
            self.remarks.missing(reference, error)
        return self.groups.get(target[1:])


def _inside(node: etree._Element, ancestor: etree._Element) -> bool:
    return any(parent is ancestor for parent in node.iterancestors())
