"""What is said of notes and of interventions: who says it, which hand, where they are called from.

A note that stands in the text itself, such as those at the end of a book, is called by a ref or
ptr that points to it, or says with @target what it is about: then it is called from there.
"""

from collections.abc import Mapping

from lxml import etree

from teikit.document import OURS, TEI
from teikit.pointers import resolve
from teikit.transform.blocks import RUNNING, is_moved, local_name
from teikit.transform.carriers import Carriers

_T = f"{{{TEI}}}"
_ID, _NOTE, _NUMBER, _ON, _BY, _SOURCE_N, _CALLED, _CALLS, _RESP, _HAND = (
    f"{{{OURS}}}{name}" for name in "id note number on by source-n called calls resp hand".split()
)
_ENDS, _SIGN = f"{{{OURS}}}ends", f"{{{OURS}}}sign"
_SPANS = ("addSpan", "delSpan", "damageSpan")
_NOTES = f"{_T}note"
_NAMES = tuple(f"{_T}{name}" for name in ("persName", "orgName", "name"))
_LONGEST = 80  # characters of a name
_AT = ("hand", "new", "scribe")  # attributes that name a hand


def mark_said(
    carriers: Carriers,
    texts: list[etree._Element],
    path: str,
    ids: Mapping[str, etree._Element],
) -> None:
    """Set tk:resp and tk:hand where @resp and @hand say something, tk:by on notes.

    IDS has the elements that have an id.
    """
    names = _Names(ids, path)
    for element in carriers.get("resp", ()):
        if element.tag != _NOTES:
            element.set(_RESP, names.of(element.get("resp")))
    for attribute in _AT:
        for element in carriers.get(attribute, ()):
            if element.get(_HAND) is None:
                element.set(_HAND, names.of(element.get(attribute)))
    for text in texts:
        notes = list(text.iter(_NOTES))
        speakers = {note.get("resp", "").strip() for note in notes}
        for note in notes:
            if note.get("resp", "").strip() and len(speakers) > 1:
                note.set(_BY, names.of(note.get("resp")))
            number = note.get("n", "").strip()
            if note.get(_NOTE) and number and number != note.get(_NOTE):
                note.set(_SOURCE_N, number[:_LONGEST])


def mark_ends(root: etree._Element, path: str, ids: Mapping[str, etree._Element]) -> None:
    """Set tk:ends on the anchor where what addSpan, delSpan or damageSpan says ends."""
    for span in root.iter(*(f"{_T}{name}" for name in _SPANS)):
        at, _, name = resolve(span.get("spanTo", "").strip(), path).target.rpartition("#")
        end = ids.get(name) if at == path else None
        if end is not None and end.tag == f"{_T}anchor" and not end.get(_ENDS):
            end.set(_ENDS, local_name(span))


def mark_calls(texts: list[etree._Element], path: str, ids: Mapping[str, etree._Element]) -> None:
    """Lead from the text to the notes that stand in it elsewhere, and back."""
    made = 0
    for text in texts:
        for element in list(text.iter(f"{_T}ref", f"{_T}ptr")):
            note = _note_at(element.get("target", ""), path, ids)
            if note is None or note in element.iterancestors():
                continue
            element.set(_CALLS, _sign_of(note))
            if not element.get(_ID):
                made += 1
                element.set(_ID, f"tk-call-{made}")
            if not note.get(_CALLED):
                note.set(_CALLED, element.get(_ID))
                if local_name(element) == "ptr":
                    note.set(_SIGN, _sign_of(note))
        for note in list(text.iter(_NOTES)):
            at = None if note.get(_CALLED) else _about(note, path, ids)
            if at is not None and note.get(_ID):
                made += 1
                _call_from(at, note, f"tk-call-{made}")


def _note_at(raw: str, path: str, ids: Mapping[str, etree._Element]) -> etree._Element | None:
    """Return the note that stands in the text and to which a pointer leads, if one does."""
    if len(raw.split()) != 1:
        return None
    at, _, name = resolve(raw, path).target.rpartition("#")
    found = ids.get(name) if at == path else None
    is_note = found is not None and found.tag == _NOTES and not found.get(_ON)
    return found if is_note and not found.get(_NOTE) and _is_apart(found) else None


def _is_apart(note: etree._Element) -> bool:
    return next(note.iterancestors(f"{_T}text"), None) is not None and not is_moved(note)


def _about(
    note: etree._Element, path: str, ids: Mapping[str, etree._Element]
) -> etree._Element | None:
    """Return the last element that a note of this text says it is about, if it is in a text."""
    if note.get(_NOTE) or note.get(_ON) or not _is_apart(note):
        return None
    for raw in (note.get("targetEnd", ""), note.get("target", "")):
        for pointer in reversed(raw.split()):
            at, _, name = resolve(pointer, path).target.rpartition("#")
            found = ids.get(name) if at == path else None
            if (
                found is not None
                and next(found.iterancestors(f"{_T}text"), None) is not None
                and found not in note.iterancestors()
                and not any(one is note for one in (found, *found.iterancestors()))
            ):
                return found
    return None


def _call_from(target: etree._Element, note: etree._Element, name: str) -> None:
    """Put a ptr to the note behind what it is about, or at its end where that is a block."""
    call = etree.Element(f"{_T}ptr", target=f"#{note.get(_ID)}")
    call.set(_CALLS, _sign_of(note))
    call.set(_ID, name)
    note.set(_CALLED, name)
    note.set(_SIGN, _sign_of(note))
    is_running = local_name(target) in RUNNING or not target.get(f"{{{OURS}}}box")
    if is_running and target.getparent() is not None:
        call.tail, target.tail = target.tail, None
        target.addnext(call)
    else:
        target.append(call)


def _sign_of(note: etree._Element) -> str:
    """Return the sign that calls a note in the text; no number of ours looks like it."""
    return f"*{note.get('n', '')[:_LONGEST]}"


class _Names:
    """The names of those who are responsible, and of hands, by the pointers to them."""

    def __init__(self, ids: Mapping[str, etree._Element], path: str):
        self.ids, self.path = ids, path
        self.found: dict[str, str] = {}

    def of(self, raw: str) -> str:
        """Return the names that the pointers lead to in this document, else what they say."""
        if raw not in self.found:
            self.found[raw] = ", ".join(dict.fromkeys(map(self._name, raw.split()[:20])))
        return self.found[raw]

    def _name(self, pointer: str) -> str:
        at, _, name = resolve(pointer, self.path).target.rpartition("#")
        element = self.ids.get(name) if at == self.path and "#" in pointer else None
        words = "" if element is None else _name_of(element)
        return words or pointer.rpartition("#")[2] or pointer


def _name_of(element: etree._Element) -> str:
    """Return what a person, an editor or a hand is called."""
    name = local_name(element)
    if name in ("respStmt", "person", "org", "change", "editor", "author", "principal"):
        named = next(element.iter(*_NAMES), element if not len(element) else None)
        words = "" if named is None else "".join(named.itertext())
    elif name in ("handNote", "persName", "orgName", "name"):
        words = "".join(element.itertext()) or element.get("scribe", "").lstrip("#")
    else:
        words = ""
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + "…"
