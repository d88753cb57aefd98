"""What a plain text lacks of its reading: counted by the table of readings and the document."""

from collections.abc import Iterator

from lxml import etree

from teikit.document import OURS, TEI, XML_ID, Document
from teikit.edition import readings
from teikit.edition.readings import AROUND, IN_PLACE, omissions
from teikit.lines import is_line_end_hyphen
from teikit.publish.carried import Carried, Lost
from teikit.publish.loss_match import match_words
from teikit.publish.loss_told import tell_words
from teikit.publish.loss_words import Page, Stretch, Words, outermost
from teikit.readings import is_in_line
from teikit.texts import find_texts, in_examples
from teikit.transform.blocks import local_name

_EDITED, _WRITTEN = frozenset(("corr", "reg", "expan")), frozenset(("sic", "orig", "abbr"))
_IN_NOTES = "notes"
_NAMES = {
    readings.READING: "in the plain text",
    readings.SOURCE: "in the plain text of the source",
}


def count_plain(document: Document, plain: str, reading: str) -> tuple[Carried, list[Lost]]:
    """Return how much of a reading its plain text carries, and each loss."""
    top = find_texts(document.root) or outermost(document.root, "standOff")
    expected = [one for part in top or [document.root] for one in words_of_reading(part, reading)]
    return compare_plain(document, expected, plain, reading, _NAMES[reading])


def count_notes(document: Document, plain: str) -> tuple[Carried, list[Lost]]:
    """Return how much of the notes their file carries, and each loss."""
    expected = [
        one
        for number, note in enumerate(find_all_notes(document), 1)
        for one in (
            Stretch(f"[{number}]" + "".join(_passage(note).split()), note, note),
            *words_of_reading(note, _IN_NOTES),
        )
    ]
    return compare_plain(document, expected, plain, "notes-text", "in the file of notes")


def find_all_notes(document: Document) -> list[etree._Element]:
    """Return the notes of the texts and of standOff, in order, but for those in examples."""
    shown = in_examples(document.root)
    return [
        note
        for note in document.root.iter(f"{{{TEI}}}note")
        if note not in shown
        and next(note.iterancestors(f"{{{TEI}}}text", f"{{{TEI}}}standOff"), None) is not None
    ]


def _passage(note: etree._Element) -> str:
    """Return what the note is about: the ids it points to, or the id of what it stands in."""
    if note.get("target"):
        return " ".join(_ids(note.get("target")))
    for one in note.iterancestors():
        if local_name(one) in ("text", "standOff"):
            return ""
        if one.get(XML_ID):
            return one.get(XML_ID)
    return ""


def _ids(pointers: str) -> Iterator[str]:
    yield from (one.removeprefix("#") for one in pointers.split())


def _is_bare_pointer(element: etree._Element, name: str) -> bool:
    return name in ("ptr", "ref") and element.xpath("not(*) and not(normalize-space())")


def compare_plain(
    document: Document, expected: list[Stretch], plain: str, kind: str, name: str
) -> tuple[Carried, list[Lost]]:
    """Return how many of the expected characters are in a plain text, each once and in order."""
    whole = "".join(one.words for one in expected)
    if "".join(plain.split()) == whole:
        return Carried(kind, len(whole), len(whole)), []
    lines = ("".join(line.split()) for line in plain.splitlines())
    page = Page([Stretch(line, document.root) for line in lines if line], [])
    words = Words(expected, {}, {})
    losses, totals = tell_words(document, words, match_words(words, page), kind, name)
    carried = min(totals[0], len(whole) - 1)  # it is not the same, whatever was made of it
    return Carried(kind, carried, len(whole)), losses


def words_of_reading(top: etree._Element, reading: str) -> Iterator[Stretch]:
    """Yield the words of the element that a reading has, with the signs that stand for others.

    Notes are read as edited, and say where a pointer without words leads.
    """
    left_out = omissions(readings.READING if reading == _IN_NOTES else reading)
    walk = etree.iterwalk(top, events=("start", "end", "comment", "pi"))
    skipped: etree._Element | None = None
    for event, node in walk:
        if event == "start":
            name = local_name(node)
            if _is_left_out(node, name, left_out) and node is not top:
                skipped = node
                walk.skip_subtree()
            elif reading == _IN_NOTES and _is_bare_pointer(node, name):
                yield from _stretch(" ".join(_ids(node.get("target", ""))), node, top)
                skipped = node
                walk.skip_subtree()
            elif name in IN_PLACE:
                yield from _stretch(IN_PLACE[name], node, top)
                skipped = node
                walk.skip_subtree()
            else:
                if name in AROUND and not _is_mark(node, 0):
                    yield from _stretch(AROUND[name][0], node, top)
                yield from _stretch(node.text, node, top)
            continue
        if event == "end":
            name = local_name(node)
            if name in AROUND and node is not skipped and not _is_mark(node, -1):
                yield from _stretch(AROUND[name][1], node, top)
        if node is not top:
            yield from _stretch(node.tail, node.getparent(), top)


def _stretch(text: str | None, holder: etree._Element, unit: etree._Element) -> Iterator[Stretch]:
    if text and (words := "".join(text.split())):
        yield Stretch(words, holder, unit)


def _is_left_out(
    element: etree._Element, name: str, left_out: dict[str, tuple[readings.Omission, ...]]
) -> bool:
    if element.tag.startswith(f"{{{OURS}}}"):
        return True
    return any(
        _holds(one.when, element) for one in (*left_out.get(name, ()), *left_out.get("*", ()))
    )


def _holds(when: str, element: etree._Element) -> bool:
    """Return whether the element meets the condition."""
    parent = element.getparent()
    if when == readings.ANYWHERE:
        return True
    if when == readings.IN_BACK:
        return next(element.iterancestors(f"{{{TEI}}}back"), None) is not None
    if when in (readings.IN_CHOICE, readings.BESIDE, readings.LATER):
        return local_name(parent) == "choice" and _is_other_side(when, element, parent)
    if when == readings.NOT_CHOSEN:
        return local_name(parent) in ("app", "rdgGrp") and _chosen(parent) is not element
    if when == readings.IN_FIGURE:
        return local_name(parent) == "figure"
    if when == readings.IN_ENTRY:
        return local_name(parent) in ("app", "rdgGrp")
    if when == readings.LOCATED:
        return any(element.get(name) for name in ("from", "to", "loc"))
    if when == readings.NOT_IN_LINE:
        return not is_in_line(element.attrib)
    if when == readings.AT_LINE_END:
        return is_line_end_hyphen(element)
    if when == readings.OPENS_BASE:
        return local_name(parent) == "rb" and element.getprevious() is None and not parent.text
    return local_name(parent) != "restore"


def _is_other_side(when: str, element: etree._Element, choice: etree._Element) -> bool:
    names = {local_name(one) for one in choice}
    has_sides = bool(names & _EDITED and names & _WRITTEN)
    if when == readings.IN_CHOICE:
        return has_sides
    if when == readings.BESIDE:
        return has_sides and local_name(element) not in _EDITED | _WRITTEN
    return not has_sides and next(choice.iterchildren(etree.Element), None) is not element


def _chosen(app: etree._Element) -> etree._Element | None:
    """Return the lemma of an app or rdgGrp, or what holds it, or else the first reading."""
    lemma = next(app.iterchildren(f"{{{TEI}}}lem"), None)
    if lemma is not None:
        return lemma
    for group in app.iterchildren(f"{{{TEI}}}rdgGrp"):
        if next(group.iterdescendants(f"{{{TEI}}}lem"), None) is not None:
            return group
    return next(app.iterchildren(f"{{{TEI}}}rdg", f"{{{TEI}}}rdgGrp"), None)


def _is_mark(rt: etree._Element, at: int) -> bool:
    """Return whether the first (0) or last (-1) node in rt is a pc."""
    children = list(rt)
    if not children or local_name(children[at]) != "pc":
        return False
    return not rt.text if at == 0 else not children[-1].tail
