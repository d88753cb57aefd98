"""Links and fields of Word, once their words were read."""

import re

from teikit.importing.building import LB, PB, Piece, element, has_words, join_pieces
from teikit.importing.targets import as_pointer
from teikit.importing.word.context import Context

_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]{1,4000})"|([^\s"\\]{1,4000}))?', re.S)
_BOOKMARK = re.compile(r'\\l\s+"?([^"\s]{1,200})')
_MADE = ("PAGE", "NUMPAGES", "DATE", "TIME", "SAVEDATE", "PRINTDATE")


def put_link(
    context: Context, target: str, anchor: str, inner: list[Piece], out: list[Piece]
) -> None:
    """Add the words of a link to OUT, as a ref where it leads to something outside."""
    words = join_pieces(inner)
    pointer = as_pointer(target)
    if pointer and has_words(words) and not any(one in (LB, PB) for one in words):
        out.append(element("ref", words, target=pointer))
        return
    out.extend(words)
    if target:
        context.tell("changed", f"the link to {target[:300]} is not carried, its words are")
    elif anchor and not anchor.startswith("_Toc"):
        context.tell(
            "changed",
            f"the link to the bookmark {anchor[:100]} is not carried, its words are",
            "info",
            "Give the place an xml:id, and point to it with <ref target='#...'>.",
        )


def put_field(context: Context, instruction: str, inner: list[Piece], out: list[Piece]) -> None:
    """Add to OUT what a field shows, by the instruction that makes it."""
    words = instruction.split()
    kind = words[0].upper() if words else ""
    if kind == "HYPERLINK" and (found := _LINK.match(instruction)):
        bookmark = _BOOKMARK.search(instruction)
        target, anchor = found[1] or found[2] or "", bookmark[1] if bookmark else ""
        put_link(context, f"{target}#{anchor}" if target and anchor else target, anchor, inner, out)
        return
    if kind == "XE":
        context.tell("lost", f"an entry of the index is left out: {instruction.strip()[:300]}")
    elif kind in _MADE:
        context.tell(
            "generated", f"what Word made here of a field ({kind}) is kept as it was", "info"
        )
    out.extend(inner)
