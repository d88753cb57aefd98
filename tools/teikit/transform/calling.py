"""Where the text calls the entries of its apparatus, and in which order.

An entry is called behind the words that stand in the text. So one inside its lemma is called
before it, one inside another reading after it, from the list. One in the source's side of a choice
is called behind the choice: the reading text shows the other side.
"""

from collections.abc import Iterator

from lxml import etree

from teikit.document import OURS, TEI
from teikit.transform.blocks import is_moved, local_name

_APP, _CHOICE = f"{{{TEI}}}app", f"{{{TEI}}}choice"
_HOLDERS = (_APP, f"{{{TEI}}}rdgGrp")
_LATE = f"{{{OURS}}}late"
WRITTEN = frozenset(("sic", "orig", "abbr"))
EDITED = frozenset(("corr", "reg", "expan"))


def in_order_of_calls(text: etree._Element) -> Iterator[etree._Element]:
    """Yield the entries of the text in the order of their calls.

    Set tk:late on those that are called behind a choice, and on the choice.
    """
    if next(text.iter(_APP), None) is None:
        return
    waiting: dict[etree._Element, list[etree._Element]] = {}
    choices: dict[etree._Element, str] = {}
    for _, element in etree.iterwalk(text, events=("end",), tag=(_APP, _CHOICE)):
        entries = waiting.pop(element, [])
        if element.tag == _APP:
            entries = [element, *entries]
        holder = called_behind(element) if entries else None
        if holder is None:
            yield from entries
            continue
        waiting.setdefault(holder, []).extend(entries)
        if element.tag == _APP and holder.tag == _CHOICE:
            number = choices.setdefault(holder, str(len(choices) + 1))
            element.set(_LATE, number)
            holder.set(_LATE, number)


def called_behind(element: etree._Element) -> etree._Element | None:
    """Return the choice behind which what stands here is called, or the entry in whose list."""
    inner = element
    for above in element.iterancestors(f"{{{TEI}}}*"):
        if above.tag == _CHOICE and edited_side(inner) is not None:
            return above
        if above.tag in _HOLDERS and is_moved(inner):
            return next(
                (one for one in (above, *above.iterancestors(_APP)) if one.tag == _APP), None
            )
        inner = above
    return None


def edited_side(written: etree._Element) -> etree._Element | None:
    """Return what the reading text has for the source's side of a choice."""
    if local_name(written) not in WRITTEN or local_name(written.getparent()) != "choice":
        return None
    sides = written.getparent().iterchildren(f"{{{TEI}}}*")
    return next((one for one in sides if local_name(one) in EDITED), None)
