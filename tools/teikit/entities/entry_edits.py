"""Changes of an entry's values -> edits of the file, so that nothing else in it is touched."""

from collections import defaultdict

from lxml import etree

from teikit.document import ORDINAL, TEI, XML_ID, XML_LANG, Document
from teikit.edits import Edit
from teikit.entities.columns import Column, Step, find_column, is_known, rank
from teikit.entities.edited import Change, Refusal
from teikit.entities.entries import Entry, Field, can_be_cells, content_span
from teikit.entities.markup import (
    UNIT,
    New,
    Tag,
    escape_attribute,
    escape_text,
    gap_before,
    gap_start,
    in_order,
    render_children,
    render_new,
    unit_of,
)

_T = f"{{{TEI}}}"
_IN_XML = "Edit this in the XML."
_OWN = (XML_LANG, ORDINAL)
_SPACE = b" \t\r\n"


class CannotChange(Exception):
    """A value cannot be written; says why, and what to do."""

    def __init__(self, reason: str, hint: str = _IN_XML):
        super().__init__(reason)
        self.reason, self.hint = reason, hint


def column_for(head: str, kind: str, names: frozenset[str]) -> Column:
    """Return what a column means for a value that an entry has not had; raise CannotChange.

    NAMES are those of the elements that the register's entries have.
    """
    column = find_column(head, kind)
    if column is None:
        raise CannotChange("no element is called that", "Name the column as the README says.")
    ways = [step.name for step in column.steps]
    if ways and not (can_be_cells(ways) and all(is_known(one) or one in names for one in ways)):
        raise CannotChange(f"{'/'.join(ways)} cannot be added from a sheet")
    if column.attribute.lower().startswith("xml"):
        raise CannotChange(f"@{column.attribute} is reserved by XML")
    return column


class EntryEditor:
    """Collects the edits of one entry."""

    def __init__(self, document: Document, entry: Entry, change: Change, names: frozenset[str]):
        self.document, self.entry, self.change, self.names = document, entry, change, names
        self.edits: list[Edit] = []
        self.refused: list[Refusal] = []
        self._inserts: dict[int, list[str]] = defaultdict(list)
        self._fields: dict[etree._Element, list[Field]] = defaultdict(list)
        for one in entry.fields.values():
            self._fields[one.element].append(one)
        self._new: dict[etree._Element, dict[Step, New]] = defaultdict(dict)

    def work(self) -> None:
        """Make the edits of all values that can be written, and refuse the others."""
        wanted = {one.column: one.value for one in self.change.values}
        new = {head: value for head, value in wanted.items() if head not in self.entry.fields}
        kept: set[etree._Element] = set()
        for head, value in new.items():
            if value:
                self._try(head, lambda head=head, value=value: self._add(head, value, kept))
        self._change({head: wanted[head] for head in wanted if head not in new}, kept)
        for parent, children in self._new.items():
            self._insert(parent, list(children.values()))
        self.edits += [Edit(at, at, "".join(texts)) for at, texts in self._inserts.items()]

    def _try(self, head: str, step) -> None:
        try:
            step()
        except CannotChange as problem:
            self.refused.append(Refusal(self.change.id, head, problem.reason, problem.hint))

    # -- values that the entry has ---------------------------------------------------------------

    def _change(self, wanted: dict[str, str], kept: set[etree._Element]) -> None:
        gone = self._find_gone(wanted, kept)
        for element in gone:
            if element.getparent() not in gone:
                heads = [head for head in wanted if self._is_in(head, element)]
                try:
                    self._remove(element)
                except CannotChange as problem:
                    self.refused += [
                        Refusal(self.change.id, head, problem.reason, problem.hint)
                        for head in heads
                    ]
        for head, value in wanted.items():
            one = self.entry.fields[head]
            if one.element in gone:
                continue
            self._try(head, lambda one=one, value=value: self._set(one, value))

    def _set(self, one: Field, value: str) -> None:
        if one.attribute:
            self._set_attribute(one.element, one.attribute, value)
        else:
            self._set_text(one.element, value)

    def _is_in(self, head: str, element: etree._Element) -> bool:
        own = self.entry.fields[head].element
        return own is element or any(one is element for one in own.iterancestors())

    def _find_gone(self, wanted: dict[str, str], kept: set[etree._Element]) -> set[etree._Element]:
        """Return the elements of which nothing is left, so that they are taken out."""
        gone: set[etree._Element] = set()
        cleared: set[etree._Element] = set()
        for steps in sorted(self.entry.elements, key=len, reverse=True):
            element = self.entry.elements[steps]
            children = [one for one in element if isinstance(one.tag, str)]
            if (
                not steps
                or element in kept
                or element in self.entry.hidden
                or len(children) < len(element)
                or not all(one in gone for one in children)
                or any(name[0] == "{" and name not in _OWN for name in element.attrib)
                or any(wanted.get(one.head, one.value) for one in self._fields[element])
            ):
                continue
            gone.add(element)
            is_cleared = any(one.head in wanted for one in self._fields[element])
            if is_cleared or any(one in cleared for one in children):
                cleared.add(element)
        return {one for one in gone if one in cleared or self._is_below(one, cleared)}

    def _is_below(self, element: etree._Element, cleared: set[etree._Element]) -> bool:
        return any(one in cleared for one in element.iterancestors())

    def _remove(self, element: etree._Element) -> None:
        if element.getparent() in self.entry.hidden:
            raise CannotChange("words stand beside it, so it is not taken out")
        start, end = self.document.extent(element)
        self.edits.append(Edit(gap_start(self.document, start), end, ""))

    def _set_text(self, element: etree._Element, value: str) -> None:
        tag = Tag(self.document, element)
        if tag.is_empty:
            self._fill(tag, escape_text(value))
            return
        begin, end = content_span(self.document, element)
        raw = self.document.utf8[begin:end]
        if not raw.strip(_SPACE):
            self.edits.append(Edit(begin, end, escape_text(value)))
            return
        first, last = len(raw) - len(raw.lstrip(_SPACE)), len(raw.rstrip(_SPACE))
        if b"\n" in raw[:first] and value[:1].strip():  # layout, which is kept
            begin += first
        if b"\n" in raw[last:] and value[-1:].strip():
            end -= len(raw) - last
        self.edits.append(Edit(begin, end, escape_text(value)))

    def _fill(self, tag: Tag, inner: str) -> None:
        if inner:
            self.edits.append(Edit(tag.end - 2, tag.end, f">{inner}</{tag.name}>"))

    def _set_attribute(self, element: etree._Element, name: str, value: str) -> None:
        tag = Tag(self.document, element)
        found = tag.attribute(name)
        if found is None:
            if not value:  # a DTD has said it
                raise CannotChange("it does not stand in the tag")
            self._inserts[tag.inner_end].append(f' {name}="{escape_attribute(value)}"')
            return
        start, at, end, quote = found
        if value:
            self.edits.append(Edit(at + 1, end - 1, escape_attribute(value, quote)))
        else:
            self.edits.append(Edit(gap_start(self.document, start), end, ""))

    # -- values that it has not had --------------------------------------------------------------

    def _add(self, head: str, value: str, kept: set[etree._Element]) -> None:
        column = column_for(head, self.entry.kind, self.names)
        there = next(
            number
            for number in range(len(column.steps), -1, -1)
            if column.steps[:number] in self.entry.elements
        )
        element, missing = self.entry.elements[column.steps[:there]], column.steps[there:]
        if not missing and column.attribute:
            if element in self.entry.closed:
                raise CannotChange("this part of the entry is more than cells can hold")
            self._set_attribute(element, column.attribute, value)
        else:
            self._check_room(element)
            put_value(self._new[element], missing, column.attribute, value)
        for number in range(there + 1):
            kept.add(self.entry.elements[column.steps[:number]])

    def _check_room(self, parent: etree._Element) -> None:
        """Raise CannotChange where the element has words, or is no place for others."""
        if parent in self.entry.hidden or parent in self.entry.closed:
            raise CannotChange("there is markup among words here")
        if any(one.attribute == "" and one.value for one in self._fields[parent]):
            raise CannotChange("words stand here already")

    def _insert(self, parent: etree._Element, children: list[New]) -> None:
        if not children:
            return
        tag = Tag(self.document, parent)
        outer = gap_before(self.document, tag.start)
        there = [one for one in parent if isinstance(one.tag, str)]
        if not there:
            gap, closing = (outer + UNIT, outer) if "\n" in outer else ("", "")
            inner = render_children(children, gap, closing, UNIT, tag.prefix)
            if tag.is_empty:
                self._fill(tag, inner)
            else:
                self.edits.append(Edit(*content_span(self.document, parent), inner))
            return
        for child in in_order(children):
            anchor = _anchor(there, child.step)
            start, end = self.document.extent(there[0] if anchor is None else anchor)
            gap = gap_before(self.document, start)
            text = gap + render_new(child, gap, unit_of(outer, gap), tag.prefix)
            self._inserts[tag.end if anchor is None else end].append(text)


def put_value(
    children: dict[Step, New], steps: tuple[Step, ...], attribute: str, value: str
) -> None:
    """Put a value into new elements, making those on the way that are not there."""
    new = None
    for step in steps:
        if new is not None and new.text:
            raise CannotChange("an element holds either words or elements here")
        new = children.setdefault(step, New(step))
        children = new.children
    if new is None or (children and not attribute):
        raise CannotChange("an element holds either words or elements here")
    if attribute:
        new.attributes[attribute] = value
    else:
        new.text = value


def _anchor(there: list[etree._Element], step: Step) -> etree._Element | None:
    """Return the element of a parent's that a new one comes after; None: before all of them."""
    alike = [one for one in there if one.tag == f"{_T}{step.name}"]
    if alike:
        same = [
            one
            for one in alike
            if (one.get("type", ""), one.get(XML_LANG, "")) == (step.type, step.lang)
        ]
        return (same or alike)[-1]
    before = [one for one in there if rank(_name(one)) <= rank(step.name) and not _has_id(one)]
    return before[-1] if before else None


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _has_id(element: etree._Element) -> bool:
    """Return whether it is likely an entry in an entry (a place in a place), which stand last."""
    return element.get(XML_ID) is not None
