"""Footnotes, endnotes and comments, each read where it is referred to."""

from lxml import etree

from teikit.importing.building import Element, element, has_words
from teikit.importing.nesting import nest
from teikit.importing.word.blocks import Blocks
from teikit.importing.word.context import Context
from teikit.importing.word.lists import group
from teikit.importing.word.names import W
from teikit.importing.word.numbering import format_number
from teikit.importing.word.package import Part

_KINDS = {  # of the part, and what the note is in TEI
    "footnote": ("footnotes", {"place": "foot"}),
    "endnote": ("endnotes", {"place": "end"}),
    "comment": ("comments", {"type": "comment"}),
}


class Notes:
    """The notes of a document by kind and id."""

    def __init__(self, context: Context):
        self.context = context
        self._found: dict[tuple[str, str], tuple[Part, etree._Element]] = {}
        package = context.package
        for kind, (part_kind, _) in _KINDS.items():
            for part in package.related(package.main, part_kind):
                for note in part.root.iterchildren(f"{W}{kind}"):
                    self._found.setdefault((kind, note.get(f"{W}id", "")), (part, note))

    def read(self, kind: str, name: str) -> Element | None:
        """Return the note; None where there is none, or it was read before."""
        context = self.context
        if (kind, name) not in self._found:
            context.tell("lost", f"a {kind} is referred to, but is not in the document")
            return None
        if (kind, name) in context.notes_read:
            context.tell("changed", f"a {kind} is referred to once more; it stands at the first")
            return None
        context.notes_read.add((kind, name))
        part, note = self._found[kind, name]
        numbered = self._number(kind)
        if kind == "comment":
            self._tell_of_comments()
        kept = context.paragraph, context.before, context.pages_due, context.at_page_start
        flats = Blocks(context, part, self.read, has_lines=False).read(note)
        context.paragraph, context.before, context.pages_due, context.at_page_start = kept
        blocks = nest(group(flats), divs=False)
        given = {"n": numbered} | _KINDS[kind][1]
        if not has_words(blocks):
            return None
        if len(blocks) == 1 and blocks[0].name == "p":
            language = dict(blocks[0].attributes).get("xml:lang", "")
            return element("note", blocks[0].content, **given, xml_lang=language)
        return element("note", blocks, **given)

    def _number(self, kind: str) -> str:
        if kind == "comment":
            return ""
        count = self.context.note_counts.get(kind, 0) + 1
        self.context.note_counts[kind] = count
        return format_number(count, "lowerRoman" if kind == "endnote" else "decimal")

    def _tell_of_comments(self) -> None:
        self.context.tell_once(
            "outside",
            "comments are carried as notes of type “comment” where they end",
            "warning",
            "Delete those that are no part of the edition.",
        )
