"""What is in a paragraph of Word: runs of letters, links, notes, changes, pictures, fields."""

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from teikit.importing.building import LB, PB, Element, Piece, element, has_words, join_pieces
from teikit.importing.word.context import Context
from teikit.importing.word.drawings import read_pictures
from teikit.importing.word.languages import find_language
from teikit.importing.word.links import put_field, put_link
from teikit.importing.word.names import MC, TEXTS, M, R, W, find_chosen, text_of, value
from teikit.importing.word.package import Part
from teikit.importing.word.styles import Style, looks
from teikit.importing.word.symbols import find_symbol

_SKIPPED = frozenset(
    f"{W}{name}"
    for name in "pPr rPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr sectPr footnoteRef endnoteRef "
    "annotationRef separator continuationSeparator rubyPr smartTagPr customXmlPr".split()
)
_CHANGES = {"ins": ("add", ""), "moveTo": ("add", "moved"), "del": ("del", "")}
_CHANGES["moveFrom"] = ("del", "moved")
_GENERATED = "pgNum dayShort dayLong monthShort monthLong yearShort yearLong".split()


@dataclass
class _Field:
    out: list[Piece]
    start: int
    instruction: str = ""


NoteReader = Callable[[str, str], Element | None]  # kind and id -> the note


class Inline:
    """Reads one paragraph into pieces; what else it says goes to the context."""

    def __init__(self, context: Context, part: Part, style: Style, read_note: NoteReader):
        self.context, self.part, self.style, self.read_note = context, part, style, read_note
        self.boxes: list[etree._Element] = []
        self._fields: list[_Field] = []
        self._handlers = {
            f"{W}r": self._run,
            f"{W}hyperlink": self._hyperlink,
            f"{W}fldSimple": self._simple_field,
            f"{MC}AlternateContent": self._alternative,
            f"{M}oMath": self._formula,
            f"{W}txbxContent": self._box,
            f"{W}lastRenderedPageBreak": self._rendered_page,
        }
        self._handlers |= {f"{W}{name}": self._change for name in _CHANGES}

    def read(self, paragraph: etree._Element) -> list[Piece]:
        """Return the pieces of the paragraph, without a lb at its beginning."""
        out: list[Piece] = []
        self._walk(paragraph, out)
        return list(join_pieces(out))

    def _walk(self, node: etree._Element, out: list[Piece]) -> None:
        for child in node.iterchildren(tag=etree.Element):
            self._one(child, out)

    def _one(self, child: etree._Element, out: list[Piece]) -> None:
        if child.tag in _SKIPPED:
            return
        handler = self._handlers.get(child.tag)
        if handler is not None:
            handler(child, out)
        elif child.tag in TEXTS:
            self._text(child, out, ())
        else:
            self._walk(child, out)

    # -- runs -----------------------------------------------------------------------------------

    def _run(self, run: etree._Element, out: list[Piece]) -> None:
        properties = run.find(f"{W}rPr")
        character = self.context.styles.get(value(properties, "rStyle"), "character")
        rend = looks(properties, character, self.style)
        if "hidden" in rend.split():
            self.context.tell_once(
                "hidden",
                "text that Word hides is carried, marked as rend=“hidden”",
                "warning",
                "Look for it in the TEI and decide whether it is part of the text.",
            )
        for child in run.iterchildren(tag=etree.Element):
            if child.tag in TEXTS:
                self._text(child, out, self._marks(rend, run, properties, character, child))
            elif child.tag.startswith(W):
                self._in_run(child, out, rend)
            else:
                self._one(child, out)

    def _marks(
        self,
        rend: str,
        run: etree._Element,
        properties: etree._Element | None,
        character: Style,
        child: etree._Element,
    ) -> tuple[tuple[str, str], ...]:
        language = find_language(self.context, properties, (character, self.style), text_of(child))
        marks = (("rend", rend), ("xml:lang", language))
        return tuple((name, said) for name, said in marks if said)

    def _text(
        self, child: etree._Element, out: list[Piece], marks: tuple[tuple[str, str], ...]
    ) -> None:
        if child in self.context.generated:
            return
        if text := self.context.take(child):
            self._add(text, out, marks)

    def _add(self, text: str, out: list[Piece], marks: tuple[tuple[str, str], ...]) -> None:
        if marks and text.strip():
            name = "hi" if marks[0][0] == "rend" else "foreign"
            out.append(Element(name, marks, (text,)))
        else:
            out.append(text)

    def _in_run(self, child: etree._Element, out: list[Piece], rend: str) -> None:
        name = child.tag.removeprefix(W)
        marks = (("rend", rend),) if rend else ()
        if name in ("tab", "ptab"):
            out.append("\t")
        elif name in ("br", "cr"):
            self._break(child, out)
        elif name == "noBreakHyphen":
            self._add("\u2011", out, marks)
        elif name == "softHyphen":
            out.append("\u00ad")
        elif name == "sym":
            self._add(find_symbol(self.context, child), out, marks)
        elif name in ("footnoteReference", "endnoteReference", "commentReference"):
            note = self.read_note(name.removesuffix("Reference"), child.get(f"{W}id", ""))
            out.extend([note] if note is not None else [])
        elif name == "fldChar":
            self._field_mark(child, out)
        elif name in ("instrText", "delInstrText"):
            if self._fields:
                self._fields[-1].instruction += text_of(child)[:8000]
        elif name == "ruby":
            self._ruby(child, out)
        elif name in ("drawing", "pict", "object"):
            self._drawing(child, out)
        elif name in _GENERATED:
            self.context.tell("generated", "a date or page number that Word makes is left out")
        else:
            self._one(child, out)

    def _break(self, child: etree._Element, out: list[Piece]) -> None:
        kind = child.get(f"{W}type", "textWrapping")
        if kind == "page":
            self._new_page(out)
            return
        if kind == "column":
            self.context.tell("changed", "the beginning of a column is a line break", "info")
        out.append(LB)

    def _new_page(self, out: list[Piece]) -> None:
        self.context.at_page_start = True
        if has_words(out):
            out.extend((PB, LB))
        else:
            self.context.pages_due += 1

    def _rendered_page(self, child: etree._Element, out: list[Piece]) -> None:
        if not self.context.at_page_start:
            self._new_page(out)

    def _ruby(self, child: etree._Element, out: list[Piece]) -> None:
        base: list[Piece] = []
        gloss: list[Piece] = []
        for part in child.iterchildren(f"{W}rubyBase"):
            self._walk(part, base)
        for part in child.iterchildren(f"{W}rt"):
            self._walk(part, gloss)
        if has_words(base) and has_words(gloss):
            out.append(element("ruby", [element("rb", base), element("rt", gloss)]))
        else:
            out.extend(base + gloss)

    # -- what stands around runs ----------------------------------------------------------------

    def _change(self, node: etree._Element, out: list[Piece]) -> None:
        kind = node.tag.removeprefix(W)
        name, how = _CHANGES[kind]
        inner: list[Piece] = []
        self._walk(node, inner)
        who = " ".join(node.get(f"{W}author", "").split()) or "somebody unnamed"
        self.context.tell_once(
            "tracked",
            f"changes that {who} tracked are neither accepted nor rejected: what was inserted is "
            "add, what was deleted is del",
            "warning",
            "Accept or reject them in Word before importing, if they are no part of the text.",
        )
        if has_words(inner):
            out.append(element(name, inner, rend=how))
        else:
            out.extend(inner)

    def _hyperlink(self, node: etree._Element, out: list[Piece]) -> None:
        inner: list[Piece] = []
        self._walk(node, inner)
        link = self.part.links.get(node.get(f"{R}id", ""))
        target = link[1] if link and link[2] else ""
        anchor = node.get(f"{W}anchor", "")
        if target and anchor:
            target += f"#{anchor}"
        put_link(self.context, target, anchor, inner, out)

    def _simple_field(self, node: etree._Element, out: list[Piece]) -> None:
        inner: list[Piece] = []
        self._walk(node, inner)
        put_field(self.context, node.get(f"{W}instr", ""), inner, out)

    def _field_mark(self, child: etree._Element, out: list[Piece]) -> None:
        kind = child.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(_Field(out, len(out)))
        elif kind == "end" and self._fields:
            found = self._fields.pop()
            if found.out is out:
                inner = out[found.start :]
                del out[found.start :]
                put_field(self.context, found.instruction, inner, out)

    def _alternative(self, node: etree._Element, out: list[Piece]) -> None:
        chosen = find_chosen(node)
        if chosen is not None:
            parent = node.getparent()
            for child in chosen.iterchildren(tag=etree.Element):
                if parent is not None and parent.tag == f"{W}r" and child.tag.startswith(W):
                    self._in_run(child, out, "")
                else:
                    self._one(child, out)

    def _formula(self, node: etree._Element, out: list[Piece]) -> None:
        inner: list[Piece] = []
        self._walk(node, inner)
        words = "".join(piece for piece in inner if isinstance(piece, str))
        self.context.tell(
            "changed",
            "of a formula only the characters are carried",
            "warning",
            "Write it as MathML or TeX in a <formula>.",
        )
        if has_words(inner):
            out.append(element("hi", inner, rend="formula") if words.strip() else "")

    # -- pictures and boxes ---------------------------------------------------------------------

    def _box(self, node: etree._Element, out: list[Piece]) -> None:
        self.boxes.append(node)

    def _drawing(self, node: etree._Element, out: list[Piece]) -> None:
        out.extend(read_pictures(self.context, self.part, node))
        self._walk(node, out)
