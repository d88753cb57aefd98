"""What is still to be written: <?teikit fill="who wrote the text"?>.

`teikit import` puts such a processing instruction wherever only a person knows the words; anybody
may put one anywhere. Each is a finding until it is gone.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import unescape

from teikit.report import Finding

if TYPE_CHECKING:
    from teikit.document import Document

_OURS = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?teikit(?P<said>\s[^?]*?fill\s*=.*?)\?>|<\?.*?\?>",
    re.DOTALL,
)
_FILL = re.compile(r"""\s*fill\s*=\s*(?:"([^"]*)"|'([^']*)')\s*""")
_QUOTES = {"&quot;": '"', "&apos;": "'"}


def is_gap(said: str) -> bool:
    """Return whether this is what a processing instruction of ours says for a gap."""
    return _FILL.fullmatch(said) is not None


def check_gaps(document: "Document") -> Iterator[Finding]:
    """Yield a finding for each gap, in the order of the files and of what is in them."""
    for file, source in enumerate(document.sources):
        if b"<?teikit" not in source.utf8:
            continue
        for match in _OURS.finditer(source.utf8):
            said = _FILL.fullmatch((match["said"] or b"").decode("utf-8"))
            if said is None:
                continue
            wanted = unescape(said[1] if said[1] is not None else said[2], _QUOTES).strip()
            holder = document.ordinal_at(match.start(), file)
            element = document.element(holder)
            name = element.tag.rpartition("}")[2] if element is not None else ""
            yield Finding(
                source.span(match.start(), match.end()),
                "header:gap",
                f"{name or 'here'} is still to be written: {wanted or 'it says not what'}",
                severity="warning",
                hint='Write it in the place of <?teikit fill="..."?>.',
                ordinal=max(holder, 0),
            )
