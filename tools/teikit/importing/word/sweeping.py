"""Whatever words no reader took: they are listed, so that none is lost without a word."""

from collections.abc import Iterable

from lxml import etree

from teikit.importing.building import SPACE
from teikit.importing.word.context import Context
from teikit.importing.word.names import TEXTS, W, is_repeated, text_of
from teikit.importing.word.package import Part

_OUTSIDE = {
    "hdr": "a header of the pages is left out",
    "ftr": "a footer of the pages is left out",
}


def sweep(context: Context) -> None:
    """Note what is left in all parts of the document, by part and paragraph."""
    for name, part in sorted(context.package.parts.items()):
        left = [one for one in _texts(part) if one not in context.taken]
        _list_generated(context, left)
        for around, texts in _by_paragraph(part, left):
            words = context.take_out(texts)
            if not words.strip(SPACE):
                continue
            kind = etree.QName(part.root).localname
            if part is context.package.main:
                message = f"{_near(around)}, the words of something that is no text are left out"
                context.tell_once("lost", message, "warning", words=words)
            elif kind in _OUTSIDE:
                message = f"{_OUTSIDE[kind]} ({name})"
                context.tell_once(
                    "outside", message, "info", "In TEI it is <fw>, on each page.", words
                )
            else:
                message = f"what is in the part {name} of the document is left out"
                context.tell_once("outside", message, "warning", words=words)


def _list_generated(context: Context, left: list[etree._Element]) -> None:
    words = context.take_out([one for one in left if one in context.generated])
    if words.strip(SPACE):
        context.tell_once(
            "generated",
            "a table of contents or an index that Word made is left out: it can be made anew",
            words=words,
        )


def _texts(part: Part) -> Iterable[etree._Element]:
    """Yield what holds characters, but not what says the same again for older programs."""
    for one in part.root.iter(*sorted(TEXTS)):
        if not is_repeated(one):
            yield one


def _by_paragraph(
    part: Part, texts: list[etree._Element]
) -> Iterable[tuple[etree._Element, list[etree._Element]]]:
    """Yield the texts in the order of the part: of the main part by paragraph, else all at once."""
    if etree.QName(part.root).localname != "document" and texts:
        yield part.root, texts
        return
    groups: dict[etree._Element, list[etree._Element]] = {}
    for one in texts:
        around = next(one.iterancestors(f"{W}p"), part.root)
        groups.setdefault(around, []).append(one)
    yield from groups.items()


def _near(paragraph: etree._Element) -> str:
    texts = paragraph.iter(f"{W}t") if paragraph.tag == f"{W}p" else ()
    words = " ".join("".join(map(text_of, texts)).split())
    return f"in the paragraph “{words[:40]}”" if words else "between two paragraphs"
