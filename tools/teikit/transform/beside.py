"""What standOff says in words, and where a page tells it."""

from collections.abc import Iterator

from lxml import etree

from teikit.document import OURS, TEI
from teikit.transform.blocks import DOUBTS, local_name

_ID, _ON, _TOLD, _BESIDE = (f"{{{OURS}}}{name}" for name in ("id", "on", "told", "beside"))
_STAND_OFF = f"{{{TEI}}}standOff"
_NOTES = tuple(f"{{{TEI}}}{name}" for name in ("note", *DOUBTS))
# registers, whose entries have pages of their own; and what the apparatus tells
_ELSEWHERE = frozenset(
    "listPerson listPlace listOrg listEvent listObject listNym listRelation listBibl interpGrp "
    "taxonomy person personGrp place org event object bibl biblStruct listApp teiHeader".split()
)
_SUMMED_UP = frozenset("p ab l lg div div1 div2 div3 div4 div5 div6 div7".split())


def mark_beside(root: etree._Element, texts: list[etree._Element]) -> None:
    """Set tk:told on notes that the text calls, and tk:beside on what else standOff says."""
    if not texts or next(root.iter(_STAND_OFF), None) is None:
        return
    names = {
        element.get(_ID): local_name(element)
        for text in texts
        for element in text.iter(etree.Element)
        if element.get(_ID)
    }
    for top in root.iter(_STAND_OFF):
        for part in top.iterchildren(etree.Element):
            if local_name(part) not in _ELSEWHERE and part.tag != _STAND_OFF:
                _mark(part, names)


def _mark(part: etree._Element, names: dict[str | None, str]) -> None:
    for note in part.iter(*_NOTES):
        place = names.get(note.get(_ON))
        if place and (note.get("type") != "summary" or place in _SUMMED_UP):
            note.set(_TOLD, "yes")
    if any(words.strip() for words in _untold(part)):
        part.set(_BESIDE, "yes")


def _untold(part: etree._Element) -> Iterator[str]:
    """Yield the words of the part that are in no note that the text calls."""
    walk = etree.iterwalk(part, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if element.get(_TOLD):
                walk.skip_subtree()
            else:
                yield element.text or ""
        elif element is not part:
            yield element.tail or ""
