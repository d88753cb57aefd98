"""The rules of HTML that a rendering might break, told without a browser or a validator."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

PHRASING = frozenset(
    "a abbr b br cite code data del em i ins q s small span strong sub sup time u"
    " ruby rt rp math img".split()
)
ONLY_PHRASING = frozenset(
    "p span h1 h2 h3 h4 h5 h6 em i b s u sub sup cite code abbr time pre q small ruby rt rp".split()
)
TRANSPARENT = frozenset(("a", "ins", "del"))
CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd"}, "table": {"tr"}, "tr": {"td", "th"}}
# what the page says of itself: no words of the text
OWN_WORDS = frozenset(
    {"tk-label", "tk-back", "tk-wit", "tk-n", "tk-noteref", "tk-finding", "tk-outer"}
)  # said here again, so that publish/loss.py cannot excuse more by a slip


def html_problems(root: etree._Element) -> Iterator[str]:
    """Yield what is wrong with the fragment as HTML."""
    ids = Counter(element.get("id") for element in root.iter(etree.Element) if element.get("id"))
    yield from (f"the id {name} comes {count} times" for name, count in ids.items() if count > 1)
    for element in root.iter(etree.Element):
        yield from _content_problems(element)
        href = element.get("href", "")
        if href.startswith("#") and href[1:] not in ids and not href.startswith("#tk-finding-"):
            yield f"the link {href} leads nowhere"
        if element.tag == "time" and not element.get("datetime"):
            yield "a time without datetime"


def _content_problems(element: etree._Element) -> Iterator[str]:
    name = element.tag
    if name in CHILDREN:
        wrong = [child.tag for child in element if child.tag not in CHILDREN[name]]
        if wrong:
            yield f"{wrong[0]} in {name}"
    if name == "dt":  # takes blocks, but no heading or section
        wrong = [
            one.tag for one in element.iter("section", "article", *(f"h{n}" for n in "123456"))
        ]
        if wrong:
            yield f"{wrong[0]} in dt"
    if name == "ruby":
        inside = " ".join(child.tag for child in element)
        if not re.fullmatch(r"(?:(?:span|a)(?: rp rt rp)+ ?)+", inside):
            yield f"{inside} in ruby"
    if name == "dl" and len(element) and element[0].tag == "dd":
        yield "dd without dt"
    if name == "a" and any(ancestor.tag == "a" for ancestor in element.iterancestors()):
        yield "a in a"
    holder = element
    while holder is not None and holder.tag in TRANSPARENT:
        holder = holder.getparent()
    if holder is not None and holder.tag in ONLY_PHRASING:
        for child in element.iterchildren(etree.Element):
            if child.tag not in PHRASING:
                yield f"{child.tag}.{child.get('class')} in {name}.{element.get('class')}"


def characters(root: etree._Element, skip: Callable[[etree._Element], bool]) -> Counter:
    """Return how often each character comes, white space and what SKIP says aside."""
    pieces: list[str] = []

    def walk(element: etree._Element) -> None:
        if not isinstance(element.tag, str) or skip(element):
            return
        pieces.append(element.text or "")
        for child in element:
            walk(child)
            pieces.append(child.tail or "")

    walk(root)
    return Counter("".join("".join(pieces).split()))


def is_ours(element: etree._Element) -> bool:
    """Return whether the element of a page holds no words of the text."""
    return bool(OWN_WORDS & set(element.get("class", "").split()))
