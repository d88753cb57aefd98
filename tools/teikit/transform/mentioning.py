"""Mentions of entities -> the links that a page has for them."""

from collections.abc import Mapping, Sequence

from lxml import etree

from teikit.document import OURS, TEI
from teikit.transform.hrefs import Hrefs

_T = f"{{{TEI}}}"
_ORDINAL, _HREF, _A, _MORE = (f"{{{OURS}}}{name}" for name in ("ordinal", "href", "a", "more"))
# where the words stand that become the link of another element
_SPEAKING = {f"{_T}sp": f"{_T}speaker", f"{_T}castItem": f"{_T}role"}
# what is no link itself: what points from it is shown by other means
_NO_LINKS = frozenset(f"{_T}{name}" for name in (
    "div div1 div2 div3 div4 div5 div6 div7 lg text body front back group app lem rdg rdgGrp add "
    "del subst handShift note witDetail gap space u teiHeader standOff listApp"
).split())  # fmt: skip


def mark_mentions(
    root: etree._Element, mentions: Mapping[str, Sequence[str]], hrefs: Hrefs
) -> None:
    """Set tk:href, tk:a and tk:more on what means entities; MENTIONS says which, by ordinal.

    A speech is linked at its speaker's name, an item of a cast at its role.
    """
    for element in root.iter(f"{_T}*") if mentions else ():
        uris = mentions.get(element.get(_ORDINAL, ""))
        if not uris or element.tag in _NO_LINKS:
            continue
        found = list(dict.fromkeys(filter(None, map(hrefs.of, uris))))
        if element.tag in _SPEAKING:
            inner = element.find(_SPEAKING[element.tag])
            if inner is None:  # small links after it
                element.set(_MORE, " ".join(found))
                continue
            if inner.get(_ORDINAL, "") in mentions:
                continue
            element = inner
        if found:
            element.set(_HREF, found[0])
            element.set(_A, "whole")
            if found[1:]:
                element.set(_MORE, " ".join(found[1:]))
