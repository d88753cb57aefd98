"""The permanent links of paragraphs and verse: their anchors, numbers and canonical references."""

from collections.abc import Iterable, Mapping

from lxml import etree

from teikit.divisions import anchors_of
from teikit.document import ORDINAL, OURS, TEI, XML_ID, Document
from teikit.references import anchor_of, find_references
from teikit.transform.blocks import SECTIONS, local_name

_ID, _N, _REF = (f"{{{OURS}}}{name}" for name in ("id", "n", "ref"))
_CITED = tuple(f"{{{TEI}}}{name}" for name in ("p", "ab", "lg", "l"))
_STANZA = _CITED[2]
_LONGEST = 8  # characters of a stanza's @n that stand beside it
_VERSE = frozenset(_CITED[2:])
_HOLDERS = SECTIONS | frozenset("sp lg".split())
_EACH = 5  # of lines without an id, one in so many is numbered


def mark_permalinks(
    texts: Iterable[etree._Element], references: Mapping[int, str] | None, taken: frozenset[str]
) -> None:
    """Set tk:n, tk:id and tk:ref on what has a reference, tk:id on divisions; TAKEN ids stay.

    tk:ref is left out where the reference is the id itself, or, without one, the number shown.
    Without REFERENCES, as for a file by itself, nothing is set.
    """
    if references is None:
        return
    known = set(taken)
    for text in texts:
        for division, anchor in anchors_of(text).items():
            if division.get(_ID) is None and anchor not in known:
                known.add(anchor)
                division.set(_ID, anchor)
        for element in text.iter(*_CITED):
            reference = references.get(int(element.get(ORDINAL, "-1")), "")
            if local_name(element.getparent()) not in _HOLDERS:
                continue
            if reference:
                _mark(element, reference, known)
            elif element.tag == _STANZA and element.get(_ID) is not None and _has_words(element):
                element.set(_N, _number_of(element))


def give_ids(document: Document, root: etree._Element) -> list[tuple[int, str]]:
    """Give paragraphs and verse without an xml:id the one that their page will give them.

    ROOT is a working copy of the document's tree. Return (ordinal, id) of each, in order.
    """
    references = find_references(document)
    taken = set(root.xpath("//@xml:id"))
    given = []
    for element in root.iter(*_CITED):
        ordinal = int(element.get(ORDINAL, "-1"))
        reference = references.get(ordinal, "")
        if (
            not reference
            or local_name(element.getparent()) not in _HOLDERS
            or is_kept(element.get(XML_ID, ""))
        ):
            continue
        anchor = anchor_of(reference)
        if anchor and anchor not in taken and _is_shown(element, reference.rpartition(".")[2]):
            taken.add(anchor)
            element.set(XML_ID, anchor)
            given.append((ordinal, anchor))
    return given


def is_kept(name: str) -> bool:
    """Return whether a page keeps this id."""
    return bool(name) and not name.startswith("tk-") and len(name.split()) == 1


def _mark(element: etree._Element, reference: str, known: set[str]) -> None:
    last = reference.rpartition(".")[2]
    own = element.get(_ID)
    if own is None:
        anchor = anchor_of(reference)
        if not anchor or anchor in known or not _is_shown(element, last):
            return
        known.add(anchor)
        element.set(_ID, anchor)
    if element.tag in _VERSE:
        element.set(_N, last)
    elif element.get(_N) is None:
        element.set(_N, ".".join(reference.split(".")[-2:]))
    if reference != (own or element.get(_N)):
        element.set(_REF, reference)


def _number_of(stanza: etree._Element) -> str:
    """Return the @n of a stanza, else its place among those beside it."""
    said = stanza.get("n", "").strip()
    if 0 < len(said) <= _LONGEST:
        return said
    return str(1 + sum(1 for _ in stanza.itersiblings(_STANZA, preceding=True)))


def _is_shown(element: etree._Element, number: str) -> bool:
    """Return whether one that has no id has a number: each paragraph, and every fifth line.

    A paragraph without words, which a template of the editors left, has none.
    """
    if not _has_words(element):
        return False
    if element.tag in _VERSE:
        return (
            element.tag == _CITED[-1]
            and number.isascii()
            and number.isdigit()
            and (int(number) % _EACH == 0)
        )
    return True


def _has_words(element: etree._Element) -> bool:
    return any(words.strip() for words in element.itertext(etree.Element, with_tail=True))
