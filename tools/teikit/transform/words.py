"""Words that are marked one by one (w) and written without white space between them."""

from itertools import pairwise

from lxml import etree

from teikit.document import OURS, TEI
from teikit.lines import needs_space

_SPACE = f"{{{OURS}}}space"
_W = f"{{{TEI}}}w"


def mark_words(root: etree._Element) -> None:
    """Set tk:space on each w before which a space is wanted.

    That is only where all that stands in an element is w and no white space parts them: whoever
    writes `<w>in</w><w>principio</w>` leaves it to the w to say where words end.
    """
    for first in root.iter(_W):
        holder = first.getparent()
        if holder is None or first.getprevious() is not None or (holder.text or "").strip():
            continue
        words = list(holder)
        if len(words) < 2 or any(one.tag != _W or one.tail for one in words[:-1]):
            continue
        if words[-1].tag != _W or any(one.get("part") or one.get("join") for one in words):
            continue
        for before, word in pairwise(words):
            ends, begins = "".join(before.itertext())[-1:], "".join(word.itertext())[:1]
            if needs_space(ends, begins):
                word.set(_SPACE, "1")
