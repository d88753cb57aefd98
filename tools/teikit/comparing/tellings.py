"""A change in the markup, told in a sentence."""

from collections.abc import Iterator, Sequence

from teikit.comparing.records import NOWHERE, MarkupChange
from teikit.comparing.streams import Node, Stream
from teikit.document import XML_ID, Document
from teikit.location import attribute_place, plain_name
from teikit.place import Place

_WORDS = 24  # characters of what an element stands around
_VALUE = 60


class Teller:
    """Tells what changed in the markup of one part."""

    def __init__(self, documents: tuple[Document, Document], streams: tuple[Stream, Stream]):
        self.documents, self.streams = documents, streams
        self.part = streams[1].part

    # -- one by one ---------------------------------------------------------------------------

    def pair(self, old: Node, new: Node, moved: str = "") -> Iterator[MarkupChange]:
        """Yield what differs between two nodes that are the same."""
        if old.kind != "element":
            if old.attributes != new.attributes:
                yield self._make(
                    old.kind, old, new, f"{_kind(new)} “{_cut(old.attributes[''])}” became "
                    f"“{_cut(new.attributes[''])}”",
                    values=(old.attributes[""], new.attributes[""]),
                )  # fmt: skip
            elif moved:
                yield self._make("moved", old, new, f"{self._named(new)} stands elsewhere")
            return
        if old.name != new.name:
            yield self._make(
                "renamed", old, new, f"<{old.name}> became <{new.name}>{self._around(new, 1)}",
                values=(old.name, new.name),
            )  # fmt: skip
        yield from self._attributes(old, new)
        if moved:
            yield self._moved(old, new, moved)

    def _moved(self, old: Node, new: Node, moved: str) -> MarkupChange:
        if old.start == old.end or new.start == new.end or (old.is_aside and new.is_aside):
            return self._make("moved", old, new, f"{self._named(new)} stands elsewhere")
        is_end = moved == "end"
        before, after = self._words(old, 0, is_end), self._words(new, 1, is_end)
        verbs = {"start": ("began with", "begins with"), "end": ("ended with", "ends with")}
        was, now = verbs.get(moved, ("stood around", "stands around"))
        return self._make(
            "extent", old, new, f"{_tag(new)} {was} “{before}” and {now} “{after}”",
            values=(before, after),
        )  # fmt: skip

    def _attributes(self, old: Node, new: Node) -> Iterator[MarkupChange]:
        for name in sorted({*old.attributes, *new.attributes}):
            before, after = old.attributes.get(name), new.attributes.get(name)
            if before == after or _folded(before) == _folded(after):
                continue
            shown = plain_name(name)
            where = f"<{new.name}>{self._around(new, 1)}"
            if before is None:
                message = f'@{shown}="{_cut(after)}" was added to {where}'
            elif after is None:
                message = f'@{shown}="{_cut(before)}" was removed from {where}'
            else:
                message = f'@{shown} on {where} was "{_cut(before)}" and is "{_cut(after)}"'
            is_id = name == XML_ID
            if is_id and before is not None:
                message += ": what points to the old id leads nowhere now"
            yield self._make(
                "id" if is_id else "attribute", old, new, message, shown, (before, after),
                self._places(old, new, name),
            )  # fmt: skip

    def removed(self, old: Node) -> MarkupChange:
        """Return that a node is no longer there."""
        lost = f": the id {old.attributes[XML_ID]} is lost" if XML_ID in old.attributes else ""
        return self._make("removed", old, None, f"{self._named(old, 0)} was removed{lost}")

    def lost_id(self, old: Node) -> MarkupChange:
        """Return that an id went with the words that had it."""
        ident = old.attributes[XML_ID]
        return self._make(
            "id", old, None, f"the id {_cut(ident)} of <{old.name}> is lost with its words",
            "xml:id", (ident, None),
        )  # fmt: skip

    def added(self, new: Node) -> MarkupChange:
        """Return that a node is new."""
        return self._make("added", None, new, f"{self._named(new)} was added")

    def divided(self, old: Node, pieces: Sequence[Node]) -> MarkupChange:
        """Return that one element became several."""
        message = f"<{old.name}>{self._around(old, 0)} was divided into {len(pieces)}"
        message += self._lost([old], pieces)
        return self._make("divided", old, pieces[0], message)

    def joined(self, pieces: Sequence[Node], new: Node) -> MarkupChange:
        """Return that several elements became one."""
        message = f"{len(pieces)} <{new.name}> were joined into one{self._around(new, 1)}"
        return self._make("joined", pieces[0], new, message + self._lost(pieces, [new]))

    def _lost(self, old: Sequence[Node], new: Sequence[Node]) -> str:
        kept = {one.attributes.get(XML_ID) for one in new}
        lost = [
            one.attributes[XML_ID]
            for one in old
            if XML_ID in one.attributes and one.attributes[XML_ID] not in kept
        ]
        return f": the ids {', '.join(map(_cut, lost[:5]))} are lost" if lost else ""

    # -- words and places -----------------------------------------------------------------------

    def _make(
        self,
        kind: str,
        old: Node | None,
        new: Node | None,
        message: str,
        attribute: str = "",
        values: tuple[str | None, str | None] = ("", ""),
        places: tuple[Place, Place] | None = None,
    ) -> MarkupChange:
        node = new or old
        places = places or (
            self._place(old, 0) if old else NOWHERE,
            self._place(new, 1) if new else NOWHERE,
        )
        return MarkupChange(
            kind,
            self.part,
            node.citation,
            node.name if node.kind == "element" else "",
            attribute,
            values[0] or "",
            values[1] or "",
            self._words(node, 1 if new else 0),
            message,
            *places,
        )

    def _place(self, node: Node, side: int) -> Place:
        document = self.documents[side]
        if node.kind == "element":
            return document.place_of(node.ordinal)
        if document.is_assembled:
            return document.place_of(node.ordinal)
        line = max(node.place[0], 1)
        return Place(document.path, line, 1, line, 1)

    def _places(self, old: Node, new: Node, name: str) -> tuple[Place, Place]:
        found = [
            attribute_place(document, document.element(node.ordinal), name)
            for document, node in zip(self.documents, (old, new), strict=True)
        ]
        return found[0], found[1]

    def _words(self, node: Node, side: int, is_end: bool = False) -> str:
        """Return the words that an element stands around; of many, the first or the last."""
        stream = self.streams[side]
        if node.start == node.end:
            return ""
        start = max(node.start, node.end - _WORDS - 1) if is_end else node.start
        end = node.end if is_end else min(node.end, node.start + _WORDS + 1)
        words = stream.folded[stream.offset(start) : stream.offset(end, before_gap=True)]
        if len(words) <= _WORDS:
            return words
        return f"…{words[-_WORDS:]}" if is_end else f"{words[:_WORDS]}…"

    def _around(self, node: Node, side: int) -> str:
        words = self._words(node, side)
        return f" around “{words}”" if words else ""

    def _named(self, node: Node, side: int = 1) -> str:
        if node.kind != "element":
            return f"{_kind(node)} “{_cut(node.attributes[''])}”"
        return f"{_tag(node)}{self._around(node, side)}"


def _kind(node: Node) -> str:
    return "the comment" if node.kind == "comment" else f"the instruction <?{node.name}?>"


def _tag(node: Node) -> str:
    shown = [f'{plain_name(name)}="{_cut(value)}"' for name, value in node.attributes.items()]
    return f"<{' '.join([node.name, *shown[:4]])}>"


def _cut(value: str | None) -> str:
    value = value or ""
    return value if len(value) <= _VALUE else f"{value[: _VALUE - 1]}…"


def _folded(value: str | None) -> str | None:
    return None if value is None else " ".join(value.split())
