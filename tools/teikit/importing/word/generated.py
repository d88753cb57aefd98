"""What Word makes itself and writes anew at any time: tables of contents, indexes."""

from lxml import etree

from teikit.importing.word.names import TEXTS, W, text_of
from teikit.importing.word.package import Part

_KINDS = frozenset(("TOC", "INDEX", "TOA"))


def find_generated(part: Part) -> set[etree._Element]:
    """Return the w:t of the part that stand in a table of contents or in an index.

    Only a field that ends counts: else one mark that lost its end would hide a whole text.
    """
    found: set[etree._Element] = set()
    fields: list[tuple[list[str], list[etree._Element]]] = []
    for node in part.root.iter(etree.Element):
        if node.tag == f"{W}fldChar":
            kind = node.get(f"{W}fldCharType")
            if kind == "begin":
                fields.append(([], []))
            elif kind == "end" and fields:
                instruction, texts = fields.pop()
                if _is_generated("".join(instruction)):
                    found.update(texts)
                elif fields:
                    fields[-1][1].extend(texts)
        elif node.tag == f"{W}instrText" and fields:
            fields[-1][0].append(text_of(node))
        elif node.tag in TEXTS and fields:
            fields[-1][1].append(node)
        elif node.tag == f"{W}fldSimple" and _is_generated(node.get(f"{W}instr", "")):
            found.update(one for one in node.iter(*TEXTS))
        elif node.tag == f"{W}docPartGallery" and node.get(f"{W}val") == "Table of Contents":
            around = next(node.iterancestors(f"{W}sdt"), None)
            found.update(() if around is None else around.iter(*TEXTS))
    return found


def _is_generated(instruction: str) -> bool:
    words = instruction.split()
    return bool(words) and words[0].upper() in _KINDS
