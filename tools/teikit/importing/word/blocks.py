"""Paragraphs, tables and text boxes of Word, in their order."""

from collections.abc import Iterator

from lxml import etree

from teikit.importing.building import (
    LB,
    PB,
    Element,
    Piece,
    element,
    has_words,
    join_pieces,
    without_lines,
)
from teikit.importing.nesting import nest
from teikit.importing.word.context import Context
from teikit.importing.word.inline import Inline, NoteReader
from teikit.importing.word.lists import Flat, group
from teikit.importing.word.names import MC, M, R, W, find_chosen, is_on, value
from teikit.importing.word.numbering import Label
from teikit.importing.word.package import Part
from teikit.importing.word.styles import Style, outline_level, slug

_QUOTES = "quote", "intense quote", "block text", "quotations", "block quotation", "blockquote"
_ALIGNMENTS = {"center": "center", "right": "right", "end": "right"}
_SKIPPED = frozenset(f"{W}{name}" for name in "sectPr tcPr tblPr tblGrid sdtPr sdtEndPr".split())
_CHANGED = f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"


class Blocks:
    """Reads what holds paragraphs: the body, a cell, a note, a text box."""

    def __init__(
        self,
        context: Context,
        part: Part,
        read_note: NoteReader,
        *,
        has_lines: bool = True,
        mark: str = "",
    ):
        self.context, self.part, self.read_note = context, part, read_note
        self.has_lines = has_lines  # notes have none: they are no lines of the text
        self.mark = mark  # what @rend says of each paragraph
        self._flats: list[Flat] = []
        self._initial: list[Piece] = []  # a letter that is set large, before its paragraph

    def read(self, container: etree._Element) -> list[Flat]:
        """Return the blocks in the container, in order."""
        self._walk(container)
        if self._initial:
            self._put(element("p", self._lines(self._initial)), "block", 0)
        return self._flats

    def _walk(self, node: etree._Element) -> None:
        for child in node.iterchildren(tag=etree.Element):
            if child.tag in (f"{W}p", f"{M}oMathPara"):
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag == f"{W}altChunk":
                link = self.part.links.get(child.get(f"{R}id", ""))
                name = link[1][:300] if link else "without a name"
                self.context.tell("lost", f"another document is embedded here ({name})")
            elif child.tag == f"{MC}AlternateContent":
                chosen = find_chosen(child)
                if chosen is not None:
                    self._walk(chosen)
            elif child.tag not in _SKIPPED:
                self._walk(child)

    # -- paragraphs -----------------------------------------------------------------------------

    def _paragraph(self, paragraph: etree._Element) -> None:
        context = self.context
        context.paragraph += 1
        context.before += " " if context.before else ""
        properties = paragraph.find(f"{W}pPr")
        style = context.styles.get(value(properties, "pStyle"))
        on_new_page = is_on(properties, "pageBreakBefore")
        if on_new_page is None:
            on_new_page = is_on(style.find(f"{W}pPr[{W}pageBreakBefore]"), "pageBreakBefore")
        if on_new_page:
            self._page_due()
        label = context.numbering.next_label(properties, style)
        inline = Inline(context, self.part, style, self.read_note)
        pieces = inline.read(paragraph)
        self._note_changed_mark(properties)
        pieces, pages_after = _without_edges([*self._initial, *pieces])
        if self._is_initial(properties) and has_words(pieces):
            self._initial = [element("hi", pieces, rend="drop-cap")]
        elif has_words(pieces):
            self._initial = []
            self._put_paragraph(pieces, properties, style, label)
        context.pages_due += pages_after
        for box in inline.boxes:
            self._box(box)
        if properties is not None:
            self._end_section(properties)

    def _put_paragraph(
        self,
        pieces: list[Piece],
        properties: etree._Element | None,
        style: Style,
        label: Label | None,
    ) -> None:
        pieces, language = _lift_language(pieces)
        rend = " ".join(filter(None, (self.mark, *_rend(properties, style))))
        level = _level(properties, style)
        content = self._lines(pieces)
        numbered = label.text if label else ""
        if style.is_called("title", "subtitle") and not label:
            kind = "sub" if style.is_called("subtitle") else "main"
            block = element("p", content, type=kind, rend=rend, xml_lang=language)
            self._put(block, "title", 0)
        elif level:
            block = element("p", content, n=numbered, rend=rend, xml_lang=language)
            self._put(block, "head", level)
        elif label:
            self._put(element("item", content), "item", 0, label)
        else:
            kind = "quote" if style.is_called(*_QUOTES) else "block"
            self._put(element("p", content, rend=rend, xml_lang=language), kind, 0)
        if numbered:
            self.context.tell_once(
                "generated",
                "numbers that Word writes before paragraphs are in @n, not in the text",
            )

    def _put(self, block: Element, kind: str, level: int, label: Label | None = None) -> None:
        breaks = self.context.pages_due if self.has_lines else 0
        self.context.pages_due = 0
        self._flats.append(Flat(kind, block, level, breaks, label))

    def _lines(self, pieces: list[Piece]) -> list[Piece]:
        if self.has_lines:
            return [LB, *pieces]
        return list(without_lines(pieces))

    def _is_initial(self, properties: etree._Element | None) -> bool:
        frame = None if properties is None else properties.find(f"{W}framePr")
        return frame is not None and frame.get(f"{W}dropCap", "none") != "none"

    def _page_due(self) -> None:
        if not self.context.at_page_start:
            self.context.pages_due += 1
            self.context.at_page_start = True

    def _end_section(self, properties: etree._Element) -> None:
        """A section says how it begins, so the next one tells what happens at the end of this."""
        section = properties.find(f"{W}sectPr")
        if section is None or section not in self.context.next_sections:
            return
        following = self.context.next_sections[section]
        if value(following, "type", "nextPage") not in ("continuous", "nextColumn"):
            self._page_due()

    def _note_changed_mark(self, properties: etree._Element | None) -> None:
        marks = None if properties is None else properties.find(f"{W}rPr")
        if marks is not None and any(marks.find(name) is not None for name in _CHANGED):
            self.context.tell(
                "tracked",
                "that a paragraph was divided or joined here is tracked in Word; it is divided",
            )

    def _box(self, box: etree._Element) -> None:
        reader = Blocks(
            self.context, self.part, self.read_note, has_lines=self.has_lines, mark="textbox"
        )
        self.context.tell(
            "changed",
            "the words of a text box stand after the paragraph, marked as rend=“textbox”",
            "info",
            "Move them to where they belong.",
        )
        self._flats += [Flat("block", one) for one in nest(group(reader.read(box)), divs=False)]

    # -- tables ---------------------------------------------------------------------------------

    def _table(self, table: etree._Element) -> None:
        from teikit.importing.word.tables import Tables

        if found := Tables(self).read(table):
            self._flats.append(Flat("block", found))

    def for_cell(self) -> "Blocks":
        """Return a reader of what is in a cell."""
        return Blocks(self.context, self.part, self.read_note, has_lines=self.has_lines)


def _level(properties: etree._Element | None, style: Style) -> int:
    direct = None if properties is None else properties.find(f"{W}outlineLvl")
    return style.level if direct is None else outline_level(direct)


def _rend(properties: etree._Element | None, style: Style) -> Iterator[str]:
    """Yield what @rend says of a paragraph."""
    if style.is_own:
        yield slug(style.name)
    elif style.is_called("caption"):
        yield "caption"
    said = value(properties, "jc") or value(style.find(f"{W}pPr[{W}jc]"), "jc")
    if said in _ALIGNMENTS:
        yield _ALIGNMENTS[said]


def _without_edges(pieces: list[Piece]) -> tuple[list[Piece], int]:
    """Return the pieces without lines and pages that nothing stands before or after."""
    pieces, pages = list(pieces), 0
    while pieces and pieces[0] == LB:
        pieces.pop(0)
    while pieces and (pieces[-1] in (LB, PB) or _is_blank(pieces[-1])):
        pages += pieces.pop() == PB
    return pieces, pages


def _is_blank(piece: Piece) -> bool:
    return isinstance(piece, str) and not piece.strip(" \t\r\n")


def _lift_language(pieces: list[Piece]) -> tuple[list[Piece], str]:
    """Return the pieces and the language that all of them are in, if it is marked on each."""
    marked = [
        dict(one.attributes).get("xml:lang", "")
        if isinstance(one, Element) and one.name in ("hi", "foreign")
        else ""
        for one in pieces
        if has_words([one])
    ]
    if not marked or not marked[0] or len(set(marked)) > 1:
        return pieces, ""
    return list(join_pieces(_unmarked(pieces))), marked[0]


def _unmarked(pieces: list[Piece]) -> Iterator[Piece]:
    for one in pieces:
        if isinstance(one, str) or one.name not in ("hi", "foreign"):
            yield one
            continue
        kept = tuple(given for given in one.attributes if given[0] != "xml:lang")
        if one.name == "foreign":
            yield from one.content
        else:
            yield Element("hi", kept, one.content)
