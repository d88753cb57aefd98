"""New entries of a register, laid out like those that it has."""

from collections.abc import Iterable

from lxml import etree

from teikit.document import TEI, Document
from teikit.edits import Edit
from teikit.entities.columns import Step
from teikit.entities.edited import Change, Refusal
from teikit.entities.entries import LISTS, content_span, is_entry
from teikit.entities.entry_edits import CannotChange, column_for, put_value
from teikit.entities.markup import (
    UNIT,
    New,
    Tag,
    gap_before,
    render_children,
    render_new,
    unit_of,
)
from teikit.schema.relaxng.xmlnames import is_ncname

_T = f"{{{TEI}}}"
_HOLDERS = tuple(f"{_T}{name}" for name in ("standOff", "particDesc", "settingDesc", "text"))


def find_neighbour(document: Document, kind: str) -> etree._Element | None:
    """Return the entry after which a new one of this kind comes, or the empty list for it.

    None where the register has no list for it.
    """
    lists = [
        one
        for name in LISTS[kind]
        if name.startswith("list") or name == "interpGrp"
        for one in document.elements(name)
        if any(outer.tag in _HOLDERS for outer in one.iterancestors())
        and not any(is_entry(outer) for outer in one.iterancestors())
    ]
    if kind == "item":
        lists = [one for one in lists if one.get("type") == "concept"]
    entries = [child for one in lists for child in one if child.tag == f"{_T}{kind}"]
    if entries:
        return entries[-1]
    empty = [one for one in lists if len(one) == 0 and not (one.text or "").strip()]
    return empty[-1] if empty else None


def add_entries(
    document: Document, changes: Iterable[Change], names: frozenset[str]
) -> tuple[list[Edit], list[Refusal]]:
    """Return the edits that add new entries, and which of these cannot be added."""
    refused: list[Refusal] = []
    groups: dict[etree._Element, list[New]] = {}
    for change in changes:
        try:
            groups.setdefault(_neighbour(document, change), []).append(_new_entry(change, names))
        except CannotChange as problem:
            refused.append(Refusal(change.id, "", problem.reason, problem.hint))
    return [_addition(document, *group) for group in groups.items() if group[1]], refused


def _neighbour(document: Document, change: Change) -> etree._Element:
    if not is_ncname(change.id):
        raise CannotChange(f"{change.id} cannot be an xml:id", "Choose another id.")
    if change.id in document.ids:
        raise CannotChange(
            f"{change.id} is the xml:id of something else in this file", "Choose another id."
        )
    found = find_neighbour(document, change.kind)
    if found is None:
        raise CannotChange(
            f"the register has no list for {change.kind}",
            f"Add a {LISTS[change.kind][0]} to its XML, or name another register.",
        )
    return found


def _new_entry(change: Change, names: frozenset[str]) -> New:
    entry = New(Step(change.kind), {"xml:id": change.id})
    for one in change.values:
        column = column_for(one.column, change.kind, names)
        if column.steps:
            put_value(entry.children, column.steps, column.attribute, one.value)
        elif column.attribute:
            entry.attributes[column.attribute] = one.value
        else:
            entry.text = one.value
    if entry.text and entry.children:
        raise CannotChange("an entry holds either words or elements here")
    return entry


def _addition(document: Document, neighbour: etree._Element, entries: list[New]) -> Edit:
    """Return the edit that adds entries after one that is there, or into an empty list."""
    tag = Tag(document, neighbour)
    outer = gap_before(document, tag.start)
    if neighbour.tag == f"{_T}{entries[0].step.name}":
        end = document.extent(neighbour)[1]
        texts = (outer + _render(document, neighbour, one, outer, tag.prefix) for one in entries)
        return Edit(end, end, "".join(texts))
    gap, closing = (outer + UNIT, outer) if "\n" in outer else ("", "")
    inner = "".join(gap + render_new(one, gap, UNIT, tag.prefix) for one in entries) + closing
    if tag.is_empty:
        return Edit(tag.end - 2, tag.end, f">{inner}</{tag.name}>")
    return Edit(*content_span(document, neighbour), inner)


def _render(
    document: Document, neighbour: etree._Element, new: New, outer: str, prefix: str
) -> str:
    """Return the markup of a new entry whose content lies as that of its neighbour does."""
    first = next((one for one in neighbour if isinstance(one.tag, str)), None)
    if first is None or not new.children:
        return render_new(new, outer, UNIT, prefix)
    gap = gap_before(document, document.extent(first)[0])
    closing = gap_before(document, content_span(document, neighbour)[1]) if "\n" in gap else ""
    inner = render_children(new.children.values(), gap, closing, unit_of(closing, gap), prefix)
    head = render_new(New(new.step, new.attributes), outer, UNIT, prefix)
    return f"{head.removesuffix('/>')}>{inner}</{prefix}{new.step.name}>"
